import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef

from core.prepared import prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_type():
    """How often the query was put together, and the query: what may be done with a kind of thing."""
    built = []

    @prepared
    def permissions(type_id, name="", *, least=0):
        built.append((type_id, name, least))
        found = Permission.objects.filter(content_type=type_id, pk__gt=least).order_by("pk")
        others = Permission.objects.filter(name=OuterRef("name")).exclude(pk=OuterRef("pk"))
        found = found.annotate(has_namesake=Exists(others))
        return found.filter(name=name) if name else found

    permissions.built = built
    return permissions


@pytest.fixture
def kinds():
    return [ContentType.objects.create(app_label="tests", model=name) for name in ("bell", "drum")]


def permission(kind, name):
    return Permission.objects.create(content_type=kind, name=name, codename=name.lower())


def test_it_is_put_together_once_and_asked_with_other_keys(
    of_type, kinds, django_assert_num_queries
):
    bell, drum = kinds
    ring, play, beat = permission(bell, "Ring"), permission(bell, "Play"), permission(drum, "Beat")
    permission(drum, "Play")

    with django_assert_num_queries(2):
        found = [(one, bool(one.has_namesake)) for one in of_type(bell.pk)]
        others = of_type(drum.pk)
    assert found == [(ring, False), (play, True)]
    assert others[0] == beat
    assert len(others) == 2
    assert len(of_type.built) == 1


def test_what_it_depends_on_besides_is_put_together_again(of_type, kinds):
    ring = permission(kinds[0], "Ring")

    assert of_type(kinds[0].pk, least=ring.pk) == []
    assert of_type(kinds[0].pk, least=0) == [ring]
    assert len(of_type.built) == 2


def test_each_key_takes_its_own_place(of_type, kinds):
    attack = permission(kinds[0], "Ring'; --")
    permission(kinds[0], "Play")

    assert of_type(kinds[0].pk, "Ring'; --") == [attack]
    assert of_type(kinds[0].pk, "Nothing") == []
    assert len(of_type.built) == 1
