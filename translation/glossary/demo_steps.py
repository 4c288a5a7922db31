"""The glossaries of the demo."""

from wagtail.models import Locale

from content.demo import PEOPLE, Demo, DemoStep

from .models import Rule, Term
from .services import save_term


def steps():
    """Return the ``DemoStep`` objects of glossaries."""
    return [DemoStep(PEOPLE + 41, "Glossaries", load_glossaries)]


def load_glossaries(demo: Demo):
    """Write the demo's terms into the languages that have none yet."""
    rows = demo.json("glossary") or []
    locales = Locale.objects.filter(language_code__in=demo.target_languages)
    for locale in locales.exclude(pk__in=Term.objects.values("locale")):
        for row in rows:
            target = row.get("targets", {}).get(locale.language_code, "")
            if target or row["rule"] == Rule.KEEP:
                save_term(
                    locale=locale,
                    source=row["source"],
                    target=target,
                    rule=row["rule"],
                    note=row.get("note", ""),
                )
