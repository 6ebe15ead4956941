"""The files that start and ship the project agree with each other and with the settings."""

import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from honcho.environ import parse_procfile
from kombu.exceptions import ContentDisallowed
from kombu.serialization import loads

from sko_planner.celery import app

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
READ_BY_SETTINGS = set(
    re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', (ROOT / "sko_planner/settings.py").read_text())
)
READ_BY_PROCESSES = {
    name
    for path, pattern in (
        ("sko_planner/gunicorn.py", r'environ\.get\("([A-Z_]+)"'),
        ("Procfile", r"\$\{([A-Z_]+)"),
        ("compose.yaml", r"\$\{([A-Z_]+)"),
    )
    for name in re.findall(pattern, (ROOT / path).read_text())
}


def test_the_example_environment_names_every_variable_that_is_read():
    named = set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert {"SECRET_KEY", "HOST", "WORKER_CONCURRENCY", "DOMAIN"} <= named
    assert named == READ_BY_SETTINGS | READ_BY_PROCESSES


def test_the_example_environment_sets_each_variable_once():
    named = re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)

    assert [name for name, times in Counter(named).items() if times > 1] == []


def test_the_broker_of_compose_asks_for_a_password_which_its_clients_know():
    broker = SERVICES["redis"]

    assert broker["environment"]["REDISCLI_AUTH"] == "${REDIS_PASSWORD}"
    assert "requirepass" in " ".join(broker["command"])
    assert "ports" not in broker
    assert ":${REDIS_PASSWORD:?" in SERVICES["web"]["environment"]["REDIS_URL"]


def test_nothing_that_others_can_write_to_is_unpickled():
    assert "redis" not in str(settings.CACHES).lower()
    assert "file" not in str(settings.CACHES).lower()
    assert app.conf.task_serializer == app.conf.result_serializer == "json"
    assert app.conf.accept_content == app.conf.result_accept_content == ["json"]
    assert app.conf.worker_enable_remote_control is False


def test_a_task_that_comes_as_a_pickle_is_refused():
    with pytest.raises(ContentDisallowed):
        loads(b"x", "application/x-python-serialize", "binary", accept=app.conf.accept_content)


def test_compose_sets_only_variables_that_are_read():
    assert set(SERVICES["web"]["environment"]) - READ_BY_SETTINGS == set()


def test_compose_has_the_processes_of_the_procfile_a_database_and_a_broker():
    processes = set(parse_procfile((ROOT / "Procfile").read_text()).processes)

    assert set(SERVICES) == processes | {"migrate", "postgres", "redis"}


def test_there_is_one_beat_and_any_number_of_the_others():
    assert SERVICES["beat"]["deploy"]["replicas"] == 1
    assert not any("container_name" in service for service in SERVICES.values())
    assert "-" in SERVICES["web"]["ports"][0].rpartition(":")[0]


@pytest.mark.parametrize("name", ["web", "postgres", "redis"])
def test_what_others_wait_for_has_a_health_check(name):
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_tables_are_there(name):
    assert SERVICES[name]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "postgres": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }


def test_every_named_volume_is_declared():
    used = {
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
    }

    assert used == set(COMPOSE["volumes"])


def test_the_image_runs_as_nobody_of_importance_and_starts_what_the_procfile_starts():
    dockerfile = (ROOT / "Dockerfile").read_text()
    web = parse_procfile((ROOT / "Procfile").read_text()).processes["web"]
    command = re.search(r"^CMD \[(.+)\]$", dockerfile, re.M).group(1).replace(",", "")

    assert re.findall(r"^USER (\w+)$", dockerfile, re.M) == ["sko"]
    assert ["exec", *shlex.split(command)] == shlex.split(web)
