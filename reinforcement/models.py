"""Loader: Django finds here what the capabilities define."""

import reinforcement.assessments.models
import reinforcement.campaigns.models
import reinforcement.coaching.models
import reinforcement.learning.models
import reinforcement.touches.models
