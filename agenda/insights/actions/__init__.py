"""Send an insight, put alike ones together, give it an owner, answer it and tell the room."""

from agenda.insights.actions.refusals import InsightRefused
from agenda.insights.actions.sending import InSession, send_insight
