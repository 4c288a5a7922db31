"""Production refuses to start half-configured, and what it starts with passes Django's own review."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.core.management import call_command

ROOT = Path(__file__).parents[1]
SECRET_KEY = "k9Vx2mQ7rT4wZ8bN1cL6yH3jF5gD0sAaPpOoIiUuEeWwQqRrTtYy"


def manage(*arguments, settings="cms.settings.production", **environment):
    """Run ``manage.py`` as an operator does and return the finished process."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": settings, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "SECRET_KEY is not set"),
        ({"ALLOWED_HOSTS": "mitmischen.example.org"}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": SECRET_KEY}, "ALLOWED_HOSTS is not set"),
        ({"SECRET_KEY": "", "ALLOWED_HOSTS": "mitmischen.example.org"}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": SECRET_KEY, "ALLOWED_HOSTS": "mitmischen.example.org"}, "EMAIL_URL is not set"),
    ],
)
def test_production_refuses_to_start_and_names_what_is_not_set(given, named):
    process = manage("check", **given)
    assert process.returncode == 1
    assert named in process.stderr


def test_production_settings_pass_the_deployment_check_without_a_warning():
    process = manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        SECRET_KEY=SECRET_KEY,
        ALLOWED_HOSTS="mitmischen.example.org",
        EMAIL_URL="smtp+tls://mail.example.org:587",
    )
    assert process.stderr == ""
    assert (process.returncode, process.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_models_and_migrations_agree():
    process = manage("makemigrations", "--check", "--dry-run", settings="cms.settings.dev")
    assert (process.returncode, process.stdout) == (0, "No changes detected\n")


def test_every_static_file_that_a_style_sheet_names_is_there(tmp_path, settings):
    settings.STATIC_ROOT = str(tmp_path)
    # What production's storage does before it compresses.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert len(json.loads((tmp_path / "staticfiles.json").read_text())["paths"]) > 100


def test_every_task_that_is_rung_by_the_clock_exists():
    current_app.loader.import_default_modules()
    assert [
        entry["task"]
        for entry in django_settings.CELERY_BEAT_SCHEDULE.values()
        if entry["task"] not in current_app.tasks
    ] == []
