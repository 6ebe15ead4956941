"""Sessions in the database, as Django keeps them, but for what a dump would give away."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.utils import timezone

from core.boxes import box_for
from core.prepared import prepared
from people.keys.models import BrowserSession
from people.keys.rules import session_digest

_PURPOSE = "people.keys.sessions"


@prepared  # each request asks it
def _sessions(digest: str) -> QuerySet[BrowserSession]:
    return BrowserSession.objects.filter(session_key=digest)


class SessionStore(DatabaseStore):
    """`session_key` is what the cookie holds; the table has its digest, and sealed data."""

    @classmethod
    def get_model_class(cls) -> Any:
        return BrowserSession

    def _get_session_from_db(self) -> BrowserSession | None:
        for found in _sessions(session_digest(self.session_key or "")):
            if found.expire_date > timezone.now():
                return found
        self._session_key = None
        return None

    def exists(self, session_key: str) -> bool:
        return BrowserSession.objects.filter(session_key=session_digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        return BrowserSession(
            session_key=session_digest(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # the stubs leave it out
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            person_id=data.get(SESSION_KEY),
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            BrowserSession.objects.filter(session_key=session_digest(key)).delete()

    def encode(self, session_dict: dict[str, Any]) -> str:
        return box_for(_PURPOSE).encrypt(super().encode(session_dict).encode()).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            return super().decode(box_for(_PURPOSE).decrypt(session_data).decode())
        except InvalidToken:
            return {}  # sealed under another SECRET_KEY: whoever it was signs in again
