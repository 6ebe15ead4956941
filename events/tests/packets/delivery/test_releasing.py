"""Releases: signed for the company, at once or under an embargo, lifted, cancelled."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.due import ticks
from events.packets.delivery import actions, queries
from events.packets.delivery.hooks import Moment, find_moments
from events.packets.delivery.models import (
    EmployerSignature,
    Frozen,
    Packet,
    PacketRelease,
    PacketVersion,
)
from events.tests.factories import (
    AttendeeFactory,
    PacketFactory,
    PacketReleaseFactory,
    PacketVersionFactory,
)
from events.tests.packets.delivery.importing import (
    MONDAY,
    TUESDAY,
    approve_all,
    import_one,
    release_all,
)
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PersonFactory, RegionFactory, RevOpsFactory, TeamFactory

pytestmark = pytest.mark.django_db
State = PacketVersion.State
LATER = TUESDAY + timedelta(days=20)
COMP = Moment("session:7", "Comp session", LATER)


@pytest.fixture
def agenda():
    """The agenda, whose one session a test can move or take away."""
    held = [COMP]
    with find_moments.only(lambda kickoff: held):
        yield held


@pytest.fixture
def approved(kickoff, rep):
    import_one(kickoff, rep)
    approve_all(kickoff)
    return PacketVersion.objects.get()


@pytest.fixture
def held(kickoff, approved, agenda):
    """Approved, released on Monday under the embargo of the comp session."""
    return release_all(kickoff, until=COMP).release


def state_of(version):
    return PacketVersion.objects.get(pk=version.pk).state


def test_a_release_at_once_signs_each_version_for_the_company(kickoff, approved):
    by = RevOpsFactory(full_name="Mateusz Wiśniewski")

    done = actions.release_packets(
        kickoff=kickoff,
        by=by,
        at=MONDAY,
        signed_as=actions.SignedAs(" mateusz  wisniewski", "Head of RevOps"),
    )

    signature, version = EmployerSignature.objects.get(), PacketVersion.objects.get()
    assert (done.count, version.release) == (1, done.release)
    assert (signature.version, signature.person) == (version, by)
    assert (signature.typed_name, signature.title) == ("mateusz wisniewski", "Head of RevOps")
    assert (signature.content_hash, signature.signed_at) == (version.content_hash, MONDAY)
    assert (done.release.lifted_at, done.release.is_waiting) == (MONDAY, False)


@pytest.mark.parametrize(
    ("name", "title", "says"),
    [("Somebody Else", "CEO", "your own name"), ("Mateusz Wiśniewski", " ", "as what you sign")],
)
def test_a_release_needs_the_releasers_own_name_and_a_title(kickoff, approved, name, title, says):
    by = RevOpsFactory(full_name="Mateusz Wiśniewski")

    with pytest.raises(actions.PacketRefused, match=says):
        actions.release_packets(
            kickoff=kickoff, by=by, at=MONDAY, signed_as=actions.SignedAs(name, title)
        )

    assert state_of(approved) == State.APPROVED
    assert not PacketRelease.objects.exists()


def test_under_an_embargo_nothing_is_released_and_nobody_is_told(kickoff, approved, held):
    assert held.is_waiting
    assert (held.moment_key, held.moment_label, held.due_at) == COMP_FACTS
    assert state_of(approved) == State.APPROVED
    assert not Message.objects.filter(key__startswith="packet-released").exists()
    assert queries.my_packet_state(approved.packet.rep, kickoff) is None
    embargo = queries.embargo_of(Packet.objects.get())
    assert (embargo.due_at, embargo.label, embargo.is_lost) == (LATER, "Comp session", False)
    assert queries.counts_by_state(kickoff, TUESDAY)[0] == {"EMBARGOED": 1}


COMP_FACTS = (COMP.key, COMP.label, COMP.at)


def test_an_embargo_lifts_itself_once_its_moment_has_come(kickoff, approved, held):
    assert actions.lift_due(at=LATER - timedelta(seconds=1)) == 0

    counts = [actions.lift_due(at=LATER) for _ in range(2)]

    version = PacketVersion.objects.get()
    assert counts == [1, 0]
    assert (version.state, version.released_at, version.released_by) == (
        State.RELEASED,
        LATER,
        held.by,
    )
    assert Message.objects.filter(key__startswith="packet-released").count() == 1
    assert Entry.objects.get(verb="packets.released").actor is None


def test_the_tick_lifts_what_is_due(kickoff, approved, held):
    assert ticks.run_tick(LATER)["packets"] == {"lifted": 1, "expired": 0}


def test_an_embargo_follows_its_session(kickoff, approved, held, agenda):
    agenda[0] = replace(COMP, at=LATER + timedelta(hours=2), label="Comp session, moved")

    assert actions.lift_due(at=LATER) == 0

    held.refresh_from_db()
    assert (held.due_at, held.moment_label) == (LATER + timedelta(hours=2), "Comp session, moved")
    assert actions.lift_due(at=LATER + timedelta(hours=2)) == 1


def test_the_page_says_where_the_session_is_now_before_any_tick(kickoff, approved, held, agenda):
    agenda[0] = replace(COMP, at=LATER + timedelta(hours=2))

    assert queries.embargoes(kickoff)[0].due_at == LATER + timedelta(hours=2)
    held.refresh_from_db()
    assert held.due_at == LATER


def test_an_embargo_whose_session_is_gone_waits_for_revops(kickoff, approved, held, agenda):
    agenda.clear()

    assert actions.lift_due(at=LATER + timedelta(days=9)) == 0

    (embargo,) = queries.embargoes(kickoff)
    assert (embargo.is_lost, embargo.label, embargo.count) == (True, "Comp session", 1)
    by = RevOpsFactory()
    assert actions.lift_release(release_id=held.pk, by=by, at=TUESDAY).count == 1
    assert Entry.objects.get(verb="packets.released").actor == by


def test_a_fixed_time_needs_no_agenda(kickoff, approved):
    release_all(kickoff, until=Moment("", "", LATER))

    assert actions.lift_due(at=LATER) == 1


def test_a_moment_that_is_over_is_refused(kickoff, approved):
    with pytest.raises(actions.PacketRefused, match="moment is over"):
        release_all(kickoff, until=Moment("", "", MONDAY))


def test_a_release_that_fails_leaves_the_others(kickoff, approved, held, monkeypatch):
    other = PacketReleaseFactory(due_at=LATER)
    version = PacketVersionFactory(packet__kickoff=other.kickoff, state="APPROVED", release=other)
    lift = actions.releasing.lift_release

    def failing(*, release_id, at, by=None):
        if release_id == held.pk:
            raise RuntimeError
        return lift(release_id=release_id, at=at, by=by)

    monkeypatch.setattr(actions.releasing, "lift_release", failing)

    assert actions.lift_due(at=LATER) == 1
    assert state_of(version) == State.RELEASED
    assert state_of(approved) == State.APPROVED


def test_a_packet_that_cannot_be_opened_is_left_and_named(kickoff, approved, rep):
    good = PacketVersionFactory(packet__kickoff=kickoff, state="APPROVED")
    PacketVersion.objects.filter(pk=approved.pk).update(sealed="broken")

    done = release_all(kickoff)

    assert (done.count, done.left_out) == (1, ["Aïcha Benyahia"])
    assert (state_of(good), state_of(approved)) == (State.RELEASED, State.APPROVED)


def test_one_that_breaks_under_embargo_is_left_and_revops_is_told(kickoff, approved, held):
    good = PacketVersionFactory(packet__kickoff=kickoff, state="APPROVED", release=held)
    PacketVersion.objects.filter(pk=approved.pk).update(sealed="broken")

    assert actions.lift_due(at=LATER) == 1

    held.refresh_from_db()
    assert held.left_out == "Aïcha Benyahia"
    assert (state_of(good), state_of(approved)) == (State.RELEASED, State.APPROVED)
    assert PacketVersion.objects.get(pk=approved.pk).release is None
    assert not EmployerSignature.objects.filter(version=approved).exists()
    assert Message.objects.filter(key__startswith="packets-left-out").exists()


def test_cancelling_takes_the_signatures_off_and_leaves_approval(kickoff, approved, held):
    count = actions.cancel_release(release_id=held.pk, by=RevOpsFactory(), at=TUESDAY)

    version = PacketVersion.objects.get()
    assert (count, version.state, version.release) == (1, State.APPROVED, None)
    assert not EmployerSignature.objects.exists()
    assert actions.lift_due(at=LATER) == 0
    with pytest.raises(actions.PacketRefused, match="before you got here"):
        actions.cancel_release(release_id=held.pk, by=RevOpsFactory(), at=TUESDAY)
    assert actions.lift_release(release_id=held.pk, by=RevOpsFactory(), at=TUESDAY) is None
    assert release_all(kickoff, at=TUESDAY).count == 1


def test_a_draft_that_changes_under_embargo_leaves_it(kickoff, rep, approved, held):
    import_one(kickoff, rep, at=TUESDAY, quota="950000")

    version = PacketVersion.objects.get()
    assert (version.state, version.release) == (State.DRAFT, None)
    assert not EmployerSignature.objects.exists()
    assert actions.lift_due(at=LATER) == 0


def test_what_waits_is_not_released_a_second_time(kickoff, approved, held):
    assert release_all(kickoff).count == 0


def test_a_lifted_version_replaces_the_one_before(kickoff, rep, agenda):
    import_one(kickoff, rep)
    approve_all(kickoff)
    release_all(kickoff)
    import_one(kickoff, rep, quota="950000")
    approve_all(kickoff)
    release_all(kickoff, until=COMP)

    assert queries.my_packet_state(rep, kickoff).number == 1
    actions.lift_due(at=LATER)

    assert queries.my_packet_state(rep, kickoff).number == 2
    assert [v.state for v in PacketVersion.objects.order_by("number")] == [
        State.SUPERSEDED,
        State.RELEASED,
    ]


def test_a_release_names_a_region_a_team_a_manager_or_a_role(kickoff):
    boss = PersonFactory(full_name="Søren Lindqvist")
    team = TeamFactory(region=RegionFactory(name="EMEA"))
    for title in ("AE, Lyon", "AE, Oslo", "SDR"):
        person = PersonFactory(manager=boss, team=team, region=team.region, job_title=title)
        AttendeeFactory(kickoff=kickoff, person=person)
        PacketVersionFactory(packet=PacketFactory(kickoff=kickoff, rep=person), state="APPROVED")
    PacketVersionFactory(packet__kickoff=kickoff, state="DRAFT")

    scopes = queries.releasable(kickoff)

    assert [(scope.label, len(scope.packet_ids)) for scope in scopes] == [
        ("All that is approved (3)", 3),
        ("EMEA (3)", 3),
        (f"{team.name} (3)", 3),
        ("Søren Lindqvist (3)", 3),
        ("AE (2)", 2),
        ("SDR (1)", 1),
    ]
    done = release_all(kickoff, packet_ids=scopes[-2].packet_ids, scope=scopes[-2].name)
    assert (done.count, done.release.scope) == (2, "AE")


def test_the_release_of_a_version_is_frozen_with_it(kickoff, approved):
    release_all(kickoff)
    version = PacketVersion.objects.get()
    version.release = PacketReleaseFactory(kickoff=kickoff)

    with pytest.raises(Frozen):
        version.save()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        PacketVersion.objects.update(release=version.release)


def test_the_companys_signature_never_changes(kickoff, approved):
    release_all(kickoff)
    signature = EmployerSignature.objects.get()
    signature.title = "Somebody else"

    with pytest.raises(Frozen):
        signature.save()


@pytest.mark.parametrize(
    "fields",
    [
        {"lifted_at": MONDAY, "cancelled_at": MONDAY},
        {"moment_key": "session:1", "moment_label": ""},
    ],
)
def test_what_must_never_be_stored_of_releases_is_not(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        PacketReleaseFactory(**fields)


def test_a_signature_has_a_name_and_a_title_and_a_draft_no_release(approved):
    fields = {
        "version": approved,
        "person": PersonFactory(),
        "content_hash": "x",
        "signed_at": MONDAY,
    }
    for wrong in ({"typed_name": "", "title": "CEO"}, {"typed_name": "A", "title": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EmployerSignature.objects.create(**fields, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        PacketVersionFactory(state="DRAFT", release=PacketReleaseFactory())


def test_embargoes_are_read_with_the_same_queries_for_any_number(
    kickoff, agenda, django_assert_num_queries
):
    for more in (1, 2, 4):
        for _ in range(more):
            held = PacketReleaseFactory(kickoff=kickoff, moment_key=COMP.key, moment_label="x")
            PacketVersionFactory(packet__kickoff=kickoff, state="APPROVED", release=held)
        with django_assert_num_queries(1):
            queries.embargoes(kickoff)
