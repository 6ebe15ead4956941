from django.core.files.base import ContentFile

from core.imports.uploads import store_upload
from core.tests.access import ON_THE_ROSTER, PLANNERS, Row, slug
from events.attendance.models import Attendee
from events.needs.actions import open_forms
from events.needs.models import NeedForm, NeedManager

# An executive manages travel and room here: planners read neither
MANAGERS = frozenset({"executive"})


def prepare(world):
    seat = Attendee.objects.get(kickoff=world.kickoff, person=world["rep"])
    open_forms(kickoff=world.kickoff, by=world["planner"], at=seat.added_at)
    for form in NeedForm.objects.filter(kickoff=world.kickoff, kind__in=("TRAVEL", "ROOM")):
        NeedManager.objects.create(form=form, person=world["executive"])
        low = form.kind.lower()
        world.things[f"{low}_upload"] = store_upload(
            ContentFile(b"person\n", f"{low}.csv"),
            owner_id=world["executive"].pk,
            purpose=f"{low}:{world.kickoff.slug}",
            at=seat.added_at,
        )


def _form(world):
    return {"slug": world.kickoff.slug, "kind": "ROOM"}


def _token(kind):
    return lambda world: {"slug": world.kickoff.slug, "token": world.things[f"{kind}_upload"]}


REFUSED = frozenset({422})
ROWS = [
    Row("events:needs:list", PLANNERS | MANAGERS, slug),
    Row("events:needs:open", PLANNERS, slug, method="post"),
    Row("events:needs:mine", ON_THE_ROSTER, slug),
    Row("events:needs:answer", ON_THE_ROSTER, _form, method="post", ok=REFUSED),
    Row("events:needs:answers", MANAGERS, _form),
    Row("events:needs:export", MANAGERS, _form),
    Row("events:needs:settings", PLANNERS, _form),
    Row("events:needs:settings", PLANNERS, _form, method="post", ok=REFUSED),
    Row("events:needs:remove_manager", PLANNERS, _form, method="post"),
    Row("events:needs:travel_import", MANAGERS, slug),
    Row("events:needs:room_import", MANAGERS, slug),
    Row("events:needs:travel_preview", MANAGERS, _token("travel")),
    Row("events:needs:room_preview", MANAGERS, _token("room")),
]
