import pytest

from people.notices.rules import Delivery, Kind, delivery, path_in

SITE = "https://sko.example"
KIND = Kind("tests.kind", "Something", "Open it")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("Read it: https://sko.example/k/lisbon/me/.", "/k/lisbon/me/"),
        ("First https://sko.example/a/ then https://sko.example/b/", "/a/"),
        ("See (https://sko.example/a/?page=2)", "/a/?page=2"),
        ("See https://sko.example.evil/a/", ""),
        ("See https://elsewhere.example/a/", ""),
        ("Nothing to see", ""),
        ("Typed: https://sko.example//evil.example/ Then https://sko.example/b/", "/b/"),
        (r"Typed: https://sko.example/\evil.example/ Nothing", ""),
        (f"Typed: https://sko.example/{'a' * 300} Nothing", ""),
    ],
)
def test_a_notice_leads_to_the_first_address_of_ours(body, path):
    assert path_in(body, SITE) == path


def test_a_choice_that_is_no_longer_offered_falls_back_to_the_default():
    assert delivery(KIND, "hourly", is_urgent=False) == Delivery.DAILY
