from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.utils.crypto import constant_time_compare

from people.accounts.models import Person
from people.keys.models import BrowserSession

FROM_WHERE = "signed_in"  # the part of a session that says how it began


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that somebody is signed in with; `address` and `user_agent` as they signed in."""

    digest: str
    address: str
    user_agent: str
    at: datetime


def sessions_of(person: Person, at: datetime) -> list[SignedIn]:
    """Where a person is signed in, newest first; a session from before a new password is over."""
    theirs = BrowserSession.objects.filter(person=person, expire_date__gt=at)
    found = [(session.session_key, session.get_decoded()) for session in theirs]
    signed_in = [_signed_in(digest, said) for digest, said in found if _is_of_now(person, said)]
    return sorted(signed_in, key=lambda one: one.at, reverse=True)


def _is_of_now(person: Person, said: dict[str, Any]) -> bool:
    known = str(said.get(HASH_SESSION_KEY, ""))
    return constant_time_compare(known, person.get_session_auth_hash())


def _signed_in(digest: str, said: dict[str, Any]) -> SignedIn:
    began = said.get(FROM_WHERE, {})
    return SignedIn(
        digest=digest,
        address=began.get("address", ""),
        user_agent=began.get("user_agent", ""),
        at=datetime.fromtimestamp(began.get("at", 0), UTC),
    )
