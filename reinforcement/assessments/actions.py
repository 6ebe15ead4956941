from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.activity.actions import record_entry
from reinforcement.assessments import rules
from reinforcement.assessments.models import Certification, Mark, Review
from reinforcement.campaigns.models import Activity
from reinforcement.campaigns.queries import behaviours
from reinforcement.learning.models import Attempt
from reinforcement.learning.rules import CERTIFIED_PERCENT
from reinforcement.touches.actions import complete_touch
from reinforcement.touches.models import Touch


class ReviewRefused(Exception):
    """The marks were not recorded. The message is fit to show to the manager."""


@transaction.atomic
def score_behaviours(
    *, touch: Touch, marks: Mapping[int, int], by: Person, at: datetime
) -> Certification | None:
    """
    Record a manager's marks (1 to 4, by topic id) for a rep's certification, which does the
    manager's touch. Returns the certificate when the rep's check has 80% already.

    Marking again is allowed: the newest marks count, and the older ones stay.

    :raises ReviewRefused: it is no certification of a rep of this manager, RevOps has not confirmed
        the manager, it is not due yet, or not each behaviour has a mark from 1 to 4
    """
    rep = touch.about
    if touch.activity.kind != Activity.Kind.CERTIFICATION or rep is None:
        raise ReviewRefused(_("There is nobody to mark here."))
    if rep.manager_id != by.pk:
        raise ReviewRefused(_("Only the rep’s manager marks what they see."))
    if rep.has_new_manager:
        raise ReviewRefused(_("You mark what you see once RevOps has confirmed you."))
    if touch.due_at > at:
        raise ReviewRefused(_("This is not due yet."))
    wanted = {topic.pk for topic in behaviours(touch.activity)}
    if set(marks) != wanted or not all(1 <= mark <= 4 for mark in marks.values()):
        raise ReviewRefused(_("Give each behaviour a mark from 1 to 4."))
    review = Review.objects.create(touch=touch, rep=rep, manager=by, scored_at=at)
    Mark.objects.bulk_create(
        Mark(review=review, topic_id=topic, score=score) for topic, score in marks.items()
    )
    record_entry(by=by, verb="behaviours.scored", at=at, subject=rep, object=review)
    complete_touch(touch=touch, by=by, at=at)
    return issue_certification(activity=touch.activity, person=rep, at=at)


@transaction.atomic
def issue_certification(
    *, activity: Activity, person: Person, at: datetime
) -> Certification | None:
    """
    Issue what a person has earned: a finished check of at least 80%, and the newest marks of the
    manager all 3 or 4. Returns the certificate that is valid, if any; issuing twice issues one.
    """
    valid = Certification.objects.valid(at.date()).filter(activity=activity, person=person).first()
    if valid is not None:
        return valid
    attempt = (
        Attempt.objects.finished()
        .filter(touch__activity=activity, person=person, score_percent__gte=CERTIFIED_PERCENT)
        .order_by("-finished_at")
        .first()
    )
    review = Review.objects.filter(touch__activity=activity, rep=person).first()
    if attempt is None or review is None:
        return None
    marks = list(review.marks.values_list("score", flat=True))
    if not rules.passed(marks, len(behaviours(activity))):
        return None
    certification, created = Certification.objects.get_or_create(
        attempt=attempt,
        review=review,
        defaults={
            "person": person,
            "activity": activity,
            "score_percent": attempt.score_percent or 0,
            "issued_at": at,
            "expires_date": at.date() + rules.VALID_FOR,
        },
    )
    if not created:
        return None  # that proof has expired: newer marks or a newer check are needed
    record_entry(
        by=review.manager, verb="certification.issued", at=at, subject=person, object=certification
    )
    return certification


def issue_on_finish(attempt: Attempt, at: datetime) -> None:
    """What follows from a finished quiz: the certificate that waited for its score."""
    activity = attempt.touch.activity
    if activity.kind == Activity.Kind.CERTIFICATION:
        issue_certification(activity=activity, person=attempt.person, at=at)
