"""
Deny by default: each role, each URL, the expected answer. A URL with no row fails.

Each answer is looked at once: for who gets it, and for words on it that nobody can translate.
"""

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from core.tests.access import ROLES, slug
from events import former_addresses
from sko_planner import urls
from sko_planner.tests.roles.rows import ROWS
from sko_planner.tests.roles.words import unwrapped

# Whole packages that are not ours and keep their own gate
NOT_OURS = ("admin:", "account_", "django.contrib", "rest_framework")
# Files, data, and addresses that lead on to another
NO_PAGE = {
    "agenda:clinics:sheet_pdf",
    "agenda:door:roster",
    "agenda:door:badge_file",
    "offline_worker",
    "agenda:insights:export",
    "agenda:calendar_by_link",
    "agenda:feeds:entry",
    "agenda:notes:export",
    "agenda:panels:export",
    "agenda:panels:sheet",
    "agenda:reviews:paper",
    "agenda:schedules:export",
    "agenda:sessions:people",
    "events:planning:file",
    "events:budget:export",
    "events:budget:file",
    "events:prework:file",
    "events:budget:return_pdf",
    "people:activity:export",
    "events:budget:preview",
    "events:budget:pickup_preview",
    "events:attendance:export",
    "events:prework:export",
    "events:calendar_by_link",
    "events:needs:export",
    "events:needs:room_preview",
    "events:needs:travel_preview",
    "events:packets:comp:export",
    "events:packets:comp:import_preview",
    "events:deals:accounts_preview",
    "events:deals:preview",
    "events:packets:inquiries:calendar_entry",
    "events:packets:inquiries:make_wish",
    "events:packets:letters:letter",
    "events:packets:letters:logo",
    "events:packets:letters:sample",
    "events:packets:letters:signed_copy",
    "events:packets:coverage:export",
    "events:packets:delivery:import_preview",
    "events:packets:quotas:export",
    "events:packets:quotas:import_preview",
    "events:packets:territories:export",
    "events:packets:territories:import_preview",
    "healthz",
    "home",
    "readyz",
    "reinforcement:learning:quiz",
    "reinforcement:learning:result",
}
AT_A_DESK = ("planner", "revops", "executive", "manager")


def _url_names(patterns, namespace=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from _url_names(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern):
            yield ":".join(part for part in (namespace, entry.name or str(entry.pattern)) if part)


def test_every_url_has_a_row_in_the_matrix():
    names = set(_url_names(get_resolver().url_patterns))
    ours = {name for name in names if not name.startswith(NOT_OURS)}

    # These lead on, and say nothing of what is there
    former = {f"events:{entry.pattern}" for entry in former_addresses.urlpatterns}
    assert ours - {row.url for row in ROWS} == former


@pytest.fixture
def short_refusals(monkeypatch):
    """Six of nine answers to a row are that nothing is there: that page is drawn below instead."""
    nothing_there = HttpResponse("-", status=404)
    monkeypatch.setattr(urls, "handler404", lambda *_args, **_kw: nothing_there, raising=False)


@pytest.mark.look
@pytest.mark.usefixtures("in_brackets", "short_refusals")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.url}")
def test_who_gets_an_answer_and_in_which_words(row, ask):
    wrong, read = {}, {}
    for role in sorted(ROLES, key=lambda role: role in row.allowed):
        answer = ask(row, role)
        if answer.status_code not in _expected(row, role):
            wrong[role] = answer.status_code
        elif role in _readers(row) and _is_page(answer):
            read[role] = unwrapped(answer.content.decode())

    assert wrong == {}
    assert {role: found for role, found in read.items() if found} == {}
    assert bool(read) == bool(_readers(row) and row.url not in NO_PAGE)


@pytest.mark.look
@pytest.mark.usefixtures("in_brackets")
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"anonymous"}))
def test_whoever_may_not_see_a_page_is_told_so_in_words(role, ask):
    pages = [row for row in ROWS if row.method == "get" and not row.url.startswith("api:")]
    refused = next(row for row in pages if role not in row.allowed and row.kwargs is slug)

    answer = ask(refused, role)

    assert answer.status_code == 404
    assert "This page is not here" in answer.content.decode()
    assert unwrapped(answer.content.decode()) == []


@pytest.mark.postgres
@pytest.mark.long
def test_postgresql_answers_each_address_that_is_read(ask):
    asked = [
        (row, role)
        for row in ROWS
        if row.method == "get"
        for role in _readers(row) or sorted(row.allowed)[:1]
    ]

    answers = {(row, role): ask(row, role).status_code for row, role in asked}

    assert len(answers) > 200
    assert {(row.url, role) for (row, role), code in answers.items() if code not in row.ok} == set()


def _is_page(answer):
    html = answer["Content-Type"].startswith("text/html")
    return html and not 300 <= answer.status_code < 400


def _expected(row, role):
    if role in row.allowed:
        return row.ok
    return row.login if role == "anonymous" else {404, 403} if row.url.startswith("api:") else {404}


def _readers(row):
    """Whose page is read word by word: that of one person at a desk, and the rep's."""
    if row.method != "get" or row.url.startswith("api:"):
        return set()
    desk = next((role for role in AT_A_DESK if role in row.allowed), None)
    return {desk, "rep" if "rep" in row.allowed else None} - {None}
