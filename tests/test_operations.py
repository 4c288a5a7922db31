"""What operators read and start is what the settings read."""

import os
import re
from pathlib import Path

import pytest
import yaml

from cms.settings import base

ROOT = Path(__file__).parents[1]
REQUIRED = set(re.findall(r'_required\(\s*"(\w+)"', (ROOT / "cms/settings/production.py").read_text()))
DEVELOPMENT = set(re.findall(r'env\.\w+\("(\w+)"', (ROOT / "cms/settings/dev.py").read_text()))
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "mitmischen"}


def documented(heading):
    """Return the variables in the table below ``heading`` of the settings' page."""
    page = (ROOT / "docs/operations/settings.md").read_text()
    section = page.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))


def test_every_variable_that_the_settings_read_is_explained_and_no_other():
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"} == REQUIRED
    assert documented("Read by the site") == set(base.env.scheme) | REQUIRED | DEVELOPMENT


def test_every_variable_that_compose_reads_is_explained():
    read = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    explained = documented("Read by the site") | documented("Read by `compose.yaml`")
    assert read <= explained
    assert documented("Read by `compose.yaml`") <= read


def test_every_variable_of_the_makefile_is_explained():
    set_there = set(re.findall(r"^([A-Z]+) \?=", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set_there <= documented("Read by `make`")


def test_compose_runs_web_worker_beat_and_what_they_need():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "redis", "proxy"}
    assert set(OURS) == {"migrate", "web", "worker", "beat"}
    assert "granian" in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("name", sorted(OURS))
def test_each_of_our_containers_gets_every_variable_the_settings_read(name):
    given = set(OURS[name]["environment"]) - {"GRANIAN_WORKERS"}
    assert given == set(base.env.scheme) | REQUIRED


def test_what_compose_starts_exists():
    programs = {command.split()[0] for service in OURS.values() if (command := service.get("command"))}
    assert programs == {"python", "celery"}
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (ROOT / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]


@pytest.mark.parametrize("page", sorted((ROOT / "docs/operations").glob("*.md")), ids=lambda page: page.stem)
def test_links_between_the_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
        assert os.path.exists(page.parent / target), target


def test_commands_in_the_pages_exist():
    from django.core.management import get_commands

    text = "".join(page.read_text() for page in (ROOT / "docs/operations").glob("*.md"))
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())
