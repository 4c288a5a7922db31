"""Choosers speak the language of the person who chooses."""

import inspect

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import gettext, override
from wagtail.admin.viewsets import chooser
from wagtail.users.models import UserProfile

from home.chooser_labels import LABELS


@pytest.mark.parametrize(("language", "tabs"), [("de", ["Suche", "Hochladen"]), ("ar", ["البحث", "رفع"])])
def test_the_tabs_of_the_chooser_of_pictures_are_in_the_readers_language(
    admin_client, admin_user, language, tabs
):
    UserProfile.objects.create(user=admin_user, preferred_language=language)
    html = admin_client.get("/admin/images/chooser/").json()["html"]
    found = BeautifulSoup(html, "html.parser").select("[role=tab]")
    assert [tab.find(string=True, recursive=False).strip() for tab in found] == tabs


def test_wagtail_still_writes_exactly_these_labels_down_once():
    source = inspect.getsource(chooser)
    assert "from django.utils.translation import gettext as _" in source
    assert source.count(" = _(") == len(LABELS)
    with override("tr"):
        # Each is a text that Wagtail has.
        assert [name for name, label in LABELS.items() if str(label) != gettext(label._args[0])] == []
