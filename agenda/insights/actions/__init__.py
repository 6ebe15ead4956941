"""Send an insight, put alike ones together, give it an owner, answer it and tell the room."""

from agenda.insights.actions.answering import act, answer, decline
from agenda.insights.actions.keeping import forget_old
from agenda.insights.actions.merging import merge, take_apart
from agenda.insights.actions.notices import shown_mails
from agenda.insights.actions.owning import DAYS, function_of, give, remind_owners, say
from agenda.insights.actions.refusals import InsightRefused
from agenda.insights.actions.sending import InSession, send_insight
from agenda.insights.actions.telling import record_reading
