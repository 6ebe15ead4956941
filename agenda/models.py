"""Loader: Django finds here what the capabilities define."""

import agenda.clinics.models
import agenda.door.models
import agenda.feeds.models
import agenda.groups.models
import agenda.insights.models
import agenda.notes.models
import agenda.panels.models
import agenda.reviews.models
import agenda.rooms.models
import agenda.sessions.models
