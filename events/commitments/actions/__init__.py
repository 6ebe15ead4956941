"""Promise something, adopt and agree a plan, answer what falls due, ask each Friday."""

from events.commitments.actions.adopting import adopt_plan, agree_plan
from events.commitments.actions.keeping import forget_old
from events.commitments.actions.notices import shown_mails
from events.commitments.actions.promising import Promise, promise, reword
from events.commitments.actions.refusals import CommitmentRefused
from events.commitments.actions.reviewing import finish_review, open_reviews
from events.commitments.actions.settling import Answer, reopen, settle
