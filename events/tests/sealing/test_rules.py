"""What is sealed, opened, sealed anew; keys that are no keys."""

from decimal import Decimal

import pytest
from cryptography.fernet import Fernet

from events.sealing import rules as sealing

D = Decimal


def test_what_is_sealed_with_an_old_key_is_opened_and_sealed_anew_with_the_first():
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    token = sealing.seal("917342", [old])

    anew = sealing.reseal(token, [new, old])

    assert "917342" not in token
    assert sealing.unseal(token, [new, old]) == "917342"
    assert sealing.unseal(anew, [new]) == "917342"
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(anew, [old])


def test_a_token_that_was_tampered_with_is_not_opened():
    key = Fernet.generate_key().decode()
    token = sealing.seal("917342", [key])

    with pytest.raises(sealing.Unreadable):
        sealing.unseal(token[:-6] + "AAAA==", [key])


def test_what_is_sealed_for_one_row_opens_in_no_other():
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    token = sealing.seal("917342", [old], owner="pay of 7")

    for turned in (token, sealing.reseal(token, [new, old])):
        assert sealing.unseal(turned, [new, old], owner="pay of 7") == "917342"
        for owner in ("pay of 8", ""):
            with pytest.raises(sealing.Unreadable, match="another row"):
                sealing.unseal(turned, [new, old], owner=owner)


def test_what_was_sealed_before_there_were_owners_still_opens():
    key = Fernet.generate_key().decode()

    assert sealing.unseal(sealing.seal("917342", [key]), [key], owner="pay of 7") == "917342"


@pytest.mark.parametrize(
    ("keys", "says"),
    [([], "empty"), (["short"], "Key 1"), ([Fernet.generate_key().decode(), "x"], "Key 2")],
)
def test_bad_keys_are_told_without_showing_them(keys, says):
    assert says in sealing.problem_with(keys)


def test_a_good_key_has_no_problem():
    assert sealing.problem_with([sealing.key_from_secret("secret")]) == ""
