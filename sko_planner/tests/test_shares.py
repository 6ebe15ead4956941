from types import SimpleNamespace

import pytest

from sko_planner.tests.shares import Shares, kind_of, part_of


def report(nodeid, seconds, kind="pure", when="call"):
    return SimpleNamespace(
        nodeid=nodeid, duration=seconds, when=when, user_properties=[("kind", kind)]
    )


@pytest.mark.parametrize(
    ("nodeid", "part"),
    [
        ("events/tests/packets/letters/test_file.py::test_a[x/y]", "events/packets/letters"),
        ("sko_planner/tests/test_home.py::TestA::test_b", "sko_planner"),
        ("test_one.py::test_c", "."),
    ],
)
def test_a_test_belongs_to_the_capability_of_its_folder(part, nodeid):
    assert part_of(nodeid) == part


def test_seconds_are_shared_out_by_kind_and_by_capability():
    shares = Shares()
    shares.pytest_runtest_logreport(report("core/tests/due/test_a.py::test", 1))
    shares.pytest_runtest_logreport(report("people/tests/org/test_a.py::test", 6, "browser"))
    shares.pytest_runtest_logreport(report("people/tests/org/test_a.py::test", 3, when="setup"))

    assert list(shares.lines()) == [
        "     6.0 s  60%  browser",
        "     3.0 s  30%  setup",
        "     1.0 s  10%  pure",
        "     9.0 s  90%  people/org",
        "     1.0 s  10%  core/due",
        "     0.0 s   0%  the rest",
    ]


def test_this_test_reaches_no_table(request):
    assert kind_of(request.node) == "pure"
    assert ("kind", "pure") in request.node.user_properties


@pytest.mark.django_db
def test_a_test_that_is_marked_reaches_tables(request):
    assert kind_of(request.node) == "database"


def test_a_test_that_asks_through_another_fixture_reaches_tables(request, django_user_model):
    assert kind_of(request.node) == "database"
