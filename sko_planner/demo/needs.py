"""What those who come to the kickoff ahead need, in forms that different people manage."""

import random
from datetime import datetime, timedelta

from events.attendance.models import Attendee
from events.needs.actions import name_manager, open_forms
from events.needs.models import NeedAnswer, NeedForm
from events.needs.queries import forms
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_DIETS = ["none"] * 12 + ["vegetarian"] * 3 + ["vegan", "halal", "kosher", "gluten-free"]
_SIZES = ("S", "M", "M", "L", "L", "XL", "none")
# How many of ten have answered each form
_SAID = {"DIET": 9, "ACCESS": 9, "TRAVEL": 8, "ROOM": 8, "SHIRT": 9, "EMERGENCY": 9}
_HERS = ("ACCESS", "EMERGENCY")  # what the planner manages herself


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Six forms with their managers, answered by most of those who come."""
    kickoff = kickoffs.ahead
    asked_at = now - timedelta(days=12)
    open_forms(kickoff=kickoff, by=company.planner, at=asked_at)
    coming = Attendee.objects.filter(kickoff=kickoff).coming(now).select_related("person")
    people = list(coming.order_by("pk"))
    staff = [one.person for one in people if one.kind == Attendee.Kind.STAFF]
    others = [person for person in staff if person != company.planner and not person.role]
    answers = []
    for number, form in enumerate(forms(kickoff)):
        manager = company.planner if form.kind in _HERS else others[number // 2 % len(others)]
        name_manager(form=form, person=manager, by=company.planner, at=asked_at)
        for attendee in people:
            if rng.random() * 10 < _SAID[form.kind]:
                values = _values(form, attendee, rng)
                said_at = asked_at + (now - asked_at) * rng.random()
                answer = NeedAnswer(form=form, attendee=attendee, said_at=said_at)
                answer.write(values)
                answers.append(answer)
    NeedAnswer.objects.bulk_create(answers, batch_size=500)


def _values(form: NeedForm, attendee: Attendee, rng: random.Random) -> dict[str, str]:
    kickoff = form.kickoff
    first = kickoff.starts_date - timedelta(days=1)
    if form.kind == "DIET":
        allergies = {"allergies": "peanuts"} if rng.random() < 0.04 else {}
        return {"diet": rng.choice(_DIETS), **allergies}
    if form.kind == "ACCESS":
        return {"access": "step-free" if rng.random() < 0.03 else "none"}
    if form.kind == "TRAVEL":
        by = "train" if attendee.person.country in ("PT", "ES") else "plane"
        return {
            "by": by,
            "start": attendee.person.job_title.rpartition(", ")[2],
            "arrives": first.isoformat(),
            "departs": kickoff.ends_date.isoformat(),
        }
    if form.kind == "ROOM":
        return {
            "room": "share" if rng.random() < 0.2 else "own",
            "first": first.isoformat(),
            "leaves": kickoff.ends_date.isoformat(),
        }
    if form.kind == "SHIRT":
        return {"size": rng.choice(_SIZES)}
    return {"name": "Somebody at home", "phone": f"+351 9{rng.randint(10_000_000, 99_999_999)}"}
