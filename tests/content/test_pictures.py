"""Pictures: their sizes are made before readers come."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from content.pictures import SIZES, fetch_renditions
from tests.factories.sites import picture

ROOT = Path(apps.get_app_config("content").path).parent
SIZE = re.compile(r"{% image [\w.]+ ([\w-]+)")


@pytest.mark.django_db
def test_all_sizes_are_made_when_a_picture_comes(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        new = picture()

    assert set(new.renditions.values_list("filter_spec", flat=True)) == set(SIZES)


@pytest.mark.django_db
def test_a_picture_without_its_file_stops_nobody(django_capture_on_commit_callbacks, caplog):
    new = picture()
    new.file.storage.delete(new.file.name)

    with django_capture_on_commit_callbacks(execute=True):
        new.save()

    assert new.renditions.count() == 0
    assert f"picture {new.pk}" in caplog.text


def test_templates_show_pictures_in_these_sizes_only():
    templates = [
        path
        for app in ("content", "home", "organisations", "offers", "events")
        for path in (ROOT / app).rglob("*.html")
    ]
    used = {size for path in templates for size in SIZE.findall(path.read_text())}

    assert used == set(SIZES)


@pytest.mark.django_db
def test_sizes_of_many_pictures_are_fetched_in_one_query(django_assert_num_queries):
    pictures = [picture(), None, picture(), picture()]
    for one in pictures:
        if one is not None:
            one.get_rendition(SIZES[0])

    with django_assert_num_queries(1):
        fetch_renditions(pictures)
        assert all(one.get_rendition(SIZES[0]).url for one in pictures if one is not None)
