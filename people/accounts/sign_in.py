"""
What guards the ways in (ADR 16).

A right password always opens. Where an account or an address has seen too many wrong ones, it
takes a code from the mail as well, except on a device that has signed in to the account before:
what others try from elsewhere does not count there.
"""

from dataclasses import dataclass
from datetime import datetime

from core.keys import bare
from people.accounts import rules
from people.accounts.devices import Device
from people.limits.actions import Counted, count_try, is_allowed, take_back
from people.limits.rules import Limit, digest


@dataclass(frozen=True, slots=True)
class PasswordTry:
    """A password that is about to be looked at; `needs_code` if a right one is not enough."""

    tries: tuple[Counted, ...]
    needs_code: bool


def count_password(*, email: str, device: Device, address: str, at: datetime) -> PasswordTry:
    """
    Count a password before it is looked at, so that many at once are all counted.

    `address` is the network address that it comes from.
    """
    whose = digest("password", *_by(email, device))
    tries = [count_try(digest=whose, limits=rules.WRONG_PASSWORDS, at=at)]
    if not device.knows(email):
        source = digest("password", "from", address)
        tries.append(count_try(digest=source, limits=rules.WRONG_PASSWORDS_FROM_ADDRESS, at=at))
    return PasswordTry(tuple(tries), not all(counted.is_within for counted in tries))


def password_was_right(tried: PasswordTry) -> None:
    """Count a password no more."""
    take_back(*tried.tries)


def may_ask_for_code(*, email: str, device: Device, address: str, at: datetime) -> bool:
    """Whether one more code may go to somebody's mail."""
    return _may_ask(
        "code", email, device, address, rules.CODE_REQUESTS, rules.CODE_REQUESTS_FROM_ADDRESS, at
    )


def may_ask_for_reset(*, email: str, device: Device, address: str, at: datetime) -> bool:
    """Whether one more link to a new password may go to somebody's mail."""
    return _may_ask(
        "reset", email, device, address, rules.RESET_REQUESTS, rules.RESET_REQUESTS_FROM_ADDRESS, at
    )


def may_try_code(*, code: str, session_key: str, at: datetime) -> bool:
    """
    Whether one more guess may be compared with the code that this browser was promised.

    It is counted first, so that many at once get no more than three between them. `code` is empty
    where none was mailed, which counts and takes as long.
    """
    guesses = digest("guess", session_key, code)
    return count_try(digest=guesses, limits=rules.CODE_TRIES, at=at).is_within


def may_confirm(*, person_id: int, at: datetime) -> bool:
    """Whether somebody who is signed in may type their own password once more."""
    return is_allowed(digest=digest("confirm", str(person_id)), limits=rules.CONFIRMATIONS, at=at)


def _by(email: str, device: Device) -> tuple[str, ...]:
    """What tries at an account are counted by: those of a device that it knows apart."""
    email = bare(email).lower()
    return (email, device.id) if device.knows(email) else (email,)


def _may_ask(
    what: str,
    email: str,
    device: Device,
    address: str,
    limits: tuple[Limit, ...],
    limits_from_address: tuple[Limit, ...],
    at: datetime,
) -> bool:
    if not device.knows(email):
        source = digest(what, "from", address)
        if not is_allowed(digest=source, limits=limits_from_address, at=at):
            return False
    return is_allowed(digest=digest(what, *_by(email, device)), limits=limits, at=at)
