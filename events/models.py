"""Loader: Django finds here what the capabilities define."""

import events.attendance.models
import events.bets.models
import events.budget.models
import events.commitments.models
import events.deals.models
import events.guests.models
import events.invitations.models
import events.kickoff.models
import events.needs.models
import events.packets.comp.models
import events.packets.coverage.models
import events.packets.delivery.models
import events.packets.inquiries.models
import events.packets.letters.models
import events.packets.quotas.models
import events.packets.records.models
import events.packets.territories.models
import events.planning.models
import events.prework.models
import events.questions.models
import events.rates.models
import events.readiness.models
import events.strategies.models
import events.trail.models
