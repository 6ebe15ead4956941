"""Each page asks the database as often for one team as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.packets.quotas.models import QuotaPlan
from events.tests.packets.quotas.factories import (
    NewHireRuleFactory,
    QuotaNodeFactory,
    QuotaPlanFactory,
    team_of,
)
from events.tests.packets.quotas.pages import at
from events.tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["plan", "cascade", "hires", "export", "person", "edit"])
def test_a_page_is_as_many_queries_for_any_number(client, page):
    world = build_world()
    plan = QuotaPlanFactory(kickoff=world.kickoff)
    NewHireRuleFactory(plan=plan, share_of_median="0.8")
    QuotaNodeFactory(plan=plan, person=world["rep"])
    QuotaPlan.objects.update(cascaded_at=plan.changed_at)
    client.force_login(world["revops"])
    kwargs = {"export": {"kind": "csv"}, "person": {"person_id": world["rep"].pk}}
    kwargs["edit"] = kwargs["person"]
    url = at(world, page, **kwargs.get(page, {}))
    seen, counts = 1, set()
    client.get(at(world, "plan"))

    for number in (1, 3, 9):
        _manager, reps = team_of(world.kickoff, number, region=world["rep"].region)
        for rep in reps[: number // 2]:
            QuotaNodeFactory(plan=plan, person=rep)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            if page == "edit":
                said = {"amount": number, "seen": seen}
                answer = client.post(url, said, headers={"HX-Request": "true"})
                seen += 1
            else:
                answer = client.get(url)
        assert answer.status_code == 200
        counts.add(len(asked))

    assert len(counts) == 1
    assert counts.pop() < 40
