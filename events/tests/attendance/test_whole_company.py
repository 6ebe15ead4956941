"""A file of the whole company: who is on the roster and not in it may have left."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from core.imports.problems import FileRefused
from core.imports.uploads import store_upload
from events.attendance.models import Attendee
from events.tests.attendance.test_importing import NOON, _import
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.accounts.models import Person, ReturnChange
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kickoff():
    return KickoffFactory(slug="sko", time_zone="America/Chicago")


class TestTheWholeCompany:
    """A file of everybody: who is on the roster and not in it may have left."""

    @pytest.fixture
    def there(self, kickoff):
        """Ada and Bo stand in the file; Cy and Di do not; a guest and an executive never do."""
        _import(kickoff, "full_name,email,team\nAda Ek,a@x.example,Red\nBo Ek,b@x.example,Red\n")
        _import(kickoff, "full_name,email\nCy Ek,c@x.example\nDi Ek,d@x.example\n")
        AttendeeFactory(kickoff=kickoff, kind="GUEST", rsvp="YES", answered_at=NOON)
        AttendeeFactory(kickoff=kickoff, person=PersonFactory(role="EXECUTIVE"))
        Person.objects.filter(email="b@x.example").update(leave_date=date(2026, 10, 1))
        return {
            person.email[0]: person for person in Person.objects.filter(email__endswith="x.example")
        }

    FILE = (
        "full_name,email,team,leave_date\n"
        "Ada Ek,a@x.example,Blue,\nBo Ek,b@x.example,Red,2027-12-01\nNew Ek,n@x.example,Red,\n"
    )

    def test_joins_moves_returns_and_leaves_are_named_and_a_look_writes_nothing(
        self, kickoff, there
    ):
        report = _import(kickoff, self.FILE, leavers=None, dry_run=True)

        assert report.joining == ["New Ek"]
        assert report.placed == ["Ada Ek: Red → Blue"]
        assert report.returning == ["Bo Ek"]
        assert [one.person.full_name for one in report.absent] == ["Cy Ek", "Di Ek"]
        assert report.leaving == report.absent
        assert not Person.objects.filter(email__in=["c@x.example", "d@x.example"]).exclude(
            leave_date=None
        )

    def test_who_is_ticked_has_left_and_the_same_file_again_finds_nobody_else(self, kickoff, there):
        chosen = [there["c"].pk, there["a"].pk]  # Ada stands in the file: she stays
        reports = [_import(kickoff, self.FILE, leavers=chosen) for _ in range(2)]

        assert [len(one.leaving) for one in reports] == [1, 0]
        days = Person.objects.filter(email__in=["a@x.example", "c@x.example", "d@x.example"])
        assert list(days.order_by("email").values_list("leave_date", flat=True)) == [
            None,
            date(2026, 11, 1),
            None,
        ]
        assert Attendee.objects.filter(kickoff=kickoff, person=there["c"]).exists()

    def test_rows_that_wait_change_nothing_and_their_people_are_not_absent(self, kickoff, there):
        report = _import(kickoff, self.FILE, held=[2, 3, 4], dry_run=True)
        assert (report.joining, report.placed, report.returning) == ([], [], [])
        assert [said for _row, said in report.offered] == [
            "Ada Ek: Red → Blue",
            "Bo Ek is here again",
            "New Ek joins",
        ]
        assert [one.person.full_name for one in report.absent] == ["Cy Ek", "Di Ek"]

        _import(kickoff, self.FILE, held=[2])
        there["a"].refresh_from_db()
        assert there["a"].team.name == "Red"
        assert Attendee.objects.filter(kickoff=kickoff, person__email="n@x.example").exists()

    def test_a_new_manager_does_not_wait_alone(self, kickoff, there):
        file = "full_name,email,manager\nNew Ek,n@x.example,\nAda Ek,a@x.example,New Ek\n"

        with pytest.raises(FileRefused) as refused:
            _import(kickoff, file, held=[2])

        assert [(one.row, one.column) for one in refused.value.problems] == [(3, "manager")]
        _import(kickoff, file, held=[2, 3])
        assert not Person.objects.filter(email="n@x.example").exists()
        there["c"].leave_date = None
        other = "full_name,email,manager\nCy Ek,c@x.example,Ada Ek\nAda Ek,a@x.example,Di Ek\n"
        _import(kickoff, other, held=[3])  # a known manager whose own row waits
        there["c"].refresh_from_db()
        there["a"].refresh_from_db()
        assert (there["c"].manager, there["a"].manager) == (there["a"], None)

    def test_the_preview_asks_who_has_left_and_says_what_follows(self, client, kickoff, there):
        Attendee.objects.filter(person=there["c"]).update(rsvp="YES", answered_at=NOON)
        planner = PlannerFactory()
        client.force_login(planner)
        token = store_upload(
            ContentFile(self.FILE.encode(), "company.csv"),
            owner_id=planner.pk,
            purpose="roster:sko",
            at=timezone.now(),
        )
        url = reverse("events:attendance:preview", args=["sko", token])
        first = client.get(url).content.decode()
        columns = {f"column_{key}": key for key in ("full_name", "email", "team", "leave_date")}
        ticked = client.get(url, columns | {"whole": "ticked"}).content.decode()
        chosen = columns | {"whole": "ticked", "leavers": [there["c"].pk]}
        follows = client.get(url, chosen).content.decode()

        assert "Cy Ek" not in first
        assert "Cy Ek" in ticked
        assert "Ada Ek</span></label>" not in ticked
        assert "Has left, with yesterday as the last day: Cy Ek" in follows
        assert "1 place is free again" in follows
        assert f'name="leavers" value="{there["c"].pk}"' in follows
        waits = client.get(url, chosen | {"differs": "ticked", "held": [4]}).content.decode()
        assert "New Ek joins</span></label>" in waits
        assert "Waits, and changes nothing now: New Ek" in waits
        client.post(url, chosen | {"differs": "ticked", "held": [4]})
        assert not Person.objects.filter(email="n@x.example").exists()
        client.post(url, chosen)
        assert Person.objects.get(pk=there["c"].pk).leave_date is not None
        assert Person.objects.get(pk=there["d"].pk).leave_date is None


class TestWhoComesBack:
    """The old account opens once RevOps says so."""

    FILE = "full_name,email,leave_date\nBo Ek,b@x.example,2027-12-01\n"

    def test_waits_for_revops_and_the_same_file_again_asks_nothing(self, kickoff):
        RevOpsFactory()
        planner = PlannerFactory()
        left = PersonFactory(full_name="Bo Ek", email="b@x.example", leave_date=date(2026, 10, 1))

        reports = [_import(kickoff, self.FILE, by=planner) for _ in range(2)]

        assert [one.returning for one in reports] == [["Bo Ek"], ["Bo Ek"]]
        assert [one.changed for one in reports] == [1, 0]
        left.refresh_from_db()
        assert left.leave_date == date(2026, 10, 1)
        assert ReturnChange.objects.get().leave_date == date(2027, 12, 1)
