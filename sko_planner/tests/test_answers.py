import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import reverse

from core.answers import bad_request, say_in_words
from people.tests.factories import PersonFactory


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_only_takes_forms_says_so_when_it_is_opened(client, signed_in):
    if signed_in:
        client.force_login(PersonFactory())
    answer = client.get(reverse("theme"))

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "There is nothing to open here" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429])
def test_no_refusal_is_blank(rf, status):
    answer = say_in_words(lambda request: HttpResponse(status=status))(rf.get("/"))

    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


def test_what_a_view_says_itself_stays(rf):
    answer = say_in_words(lambda request: HttpResponse("No.", status=403))(rf.get("/"))

    assert answer.content == b"No."


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/nothing/"])
def test_an_address_that_the_api_does_not_have_is_answered_in_json(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not Found"}


def test_a_method_that_the_api_refuses_is_refused_in_json(rf):
    refuse = say_in_words(lambda request: HttpResponseNotAllowed(["GET"]))

    answer = refuse(rf.post("/api/v1/schema/"))

    assert answer.headers["Allow"] == "GET"
    assert answer.content == b'{"detail": "Method Not Allowed"}'


def test_what_is_too_large_is_told_from_what_is_not_understood(rf):
    too_large = bad_request(rf.post("/"), RequestDataTooBig("body exceeded"))
    not_understood = bad_request(rf.post("/"), SuspiciousOperation("odd"))

    assert (too_large.status_code, not_understood.status_code) == (413, 400)
    assert "send less" in too_large.content.decode()
    assert "not understood" in not_understood.content.decode()


def test_what_is_larger_than_any_file_is_not_read(client, settings):
    answer = client.post("/", b"", content_type="x/y", CONTENT_LENGTH="2000000000")

    assert answer.status_code == 413
    assert "send less" in answer.content.decode()
