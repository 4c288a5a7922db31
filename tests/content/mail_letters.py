"""A mail template for the tests of the outbox, outside all apps."""

import copy

SUBJECT = "{{ title }}"
TEXT = """{% extends "content/mail/base.txt" %}{% block body %}{{ title }} & more

{{ words }}
  * {{ link }}
{% endblock %}"""
HTML = """{% extends "content/mail/base.html" %}{% block body %}<p>{{ words }}</p>
<p><a href="{{ link }}">{{ title }}</a></p>{% endblock %}"""


def install(settings, directory):
    """Make the template "letters/mail/letter" known, kept below ``directory``."""
    folder = directory / "letters" / "mail"
    folder.mkdir(parents=True)
    for suffix, source in (("subject.txt", SUBJECT), ("txt", TEXT), ("html", HTML)):
        (folder / f"letter.{suffix}").write_text(source)
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [directory]
    settings.TEMPLATES = templates


def letter(key="letter:1", **changes):
    """Return arguments of ``queue_mail`` for a mail with the template above."""
    context = {
        "title": "Zur Abstimmung",
        "words": "Bitte sehen Sie sich die Änderung an.",
        "link": "https://example.org/approve/SIGNED",
    }
    return {
        "key": key,
        "to": "coordinator@example.org",
        "template": "letters/mail/letter",
        "language": "de",
        **changes,
        "context": {**context, **changes.get("context", {})},
    }
