"""Who translates the demo."""

from django.contrib.auth import get_user_model
from wagtail.models import Locale

from content.demo import PEOPLE, Demo, DemoStep

from .services import ensure_translator_group


def steps():
    """Return this app's ``DemoStep`` objects."""
    return [DemoStep(PEOPLE + 6, "Translators", load_translators)]


def load_translators(demo: Demo):
    """Make a group of translators per language, and put the demo's people into theirs."""
    groups = {
        code: ensure_translator_group(locale=Locale.objects.get(language_code=code))
        for code in demo.target_languages
    }
    for row in demo.json("people"):
        if row.get("translates"):
            user = get_user_model().objects.get(username=row["username"])
            user.groups.add(groups[row["translates"]])
