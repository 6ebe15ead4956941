"""Loader: Django finds here what the capabilities define."""

import agenda.rooms.models
import agenda.sessions.models
