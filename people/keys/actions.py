from datetime import datetime
from secrets import token_hex

from django.db import transaction
from django.http import HttpRequest

from people.accounts.models import Person
from people.activity.actions import record_entry
from people.keys.models import ApiToken, BrowserSession
from people.keys.queries import FROM_WHERE
from people.keys.rules import session_digest, token_digest

_LONGEST_USER_AGENT = 200


def note_sign_in(request: HttpRequest, *, address: str, at: datetime) -> None:
    """Let a session say from where somebody signed in, for the list that they see of theirs."""
    request.session[FROM_WHERE] = {
        "at": at.timestamp(),
        "address": address,
        "user_agent": request.headers.get("User-Agent", "")[:_LONGEST_USER_AGENT],
    }


def end_session(*, person: Person, digest: str) -> bool:
    """Sign a person's browser out; return whether it was theirs."""
    theirs = BrowserSession.objects.filter(person=person, session_key=digest)
    return theirs.delete()[0] > 0


def end_other_sessions(*, person: Person, session_key: str) -> None:
    """Sign out every browser of a person but the one with this key."""
    theirs = BrowserSession.objects.filter(person=person)
    theirs.exclude(session_key=session_digest(session_key)).delete()


@transaction.atomic
def make_token(*, person: Person, at: datetime) -> str:
    """A new key to the API for a person; the one before it opens nothing. It is never shown again."""
    key = token_hex(20)
    ApiToken.objects.update_or_create(
        person=person, defaults={"digest": token_digest(key), "made_at": at}
    )
    record_entry(by=None, verb="person.token_made", at=at, subject=person, object=person)
    return key


def end_keys_of(person: Person) -> None:
    """Sign out every browser and every program of a person."""
    BrowserSession.objects.filter(person=person).delete()
    ApiToken.objects.filter(person=person).delete()


def end_all_keys() -> tuple[int, int]:
    """Sign out every browser and every program of everybody; return how many of each."""
    sessions = BrowserSession.objects.all().delete()[0]
    return sessions, ApiToken.objects.all().delete()[0]


def forget_expired(at: datetime) -> dict[str, int]:
    """Drop sessions that are over."""
    return {"forgotten": BrowserSession.objects.filter(expire_date__lte=at).delete()[0]}
