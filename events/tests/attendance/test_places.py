import pytest

from core.imports.problems import FileRefused
from events.tests.attendance.test_importing import _import
from events.tests.factories import KickoffFactory
from people.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_a_part_of_a_country_comes_in_by_code_or_name_and_another_is_refused_by_row():
    kickoff = KickoffFactory()
    ada = "name,e-mail,country,state\nAda Ek,ada@x.example,Canada,{}\n"

    first, again = (_import(kickoff, ada.format(said)) for said in ("Ontario", "CA-ON"))
    with pytest.raises(FileRefused, match="1") as refusal:
        _import(kickoff, ada.format("England"))

    assert Person.objects.get(email="ada@x.example").subdivision == "ON"
    assert (first.created, again.unchanged) == (1, 1)
    assert "is no part of CA" in str(refusal.value.problems.shown[0].message)
