import logging

import pytest
from django.urls import reverse

from people.accounts.proxies import check_proxies


@pytest.fixture
def _behind_a_proxy(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0


@pytest.mark.usefixtures("_behind_a_proxy")
def test_the_deploy_check_names_a_proxy_that_is_not_trusted():
    assert [found.id for found in check_proxies(None)] == ["accounts.W001"]


@pytest.mark.usefixtures("_behind_a_proxy")
def test_the_deploy_check_is_content_with_a_proxy_that_is_trusted(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert check_proxies(None) == []


def test_somebodys_own_machine_has_no_proxy():
    assert check_proxies(None) == []


@pytest.mark.parametrize(("trusted", "times"), [(0, 1), (1, 0)])
def test_a_proxy_that_is_not_trusted_is_logged_once(client, settings, caplog, trusted, times):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted

    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            client.get(reverse("healthz"), headers={"x-forwarded-for": "203.0.113.9"})

    assert caplog.text.count("not trusted") == times
