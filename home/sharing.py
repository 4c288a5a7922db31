"""How readers pass a page on: their messenger gets the words, and nothing is asked of it before they tap."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext_lazy as _

#: How many facts go into a message: when and where, or how often and where.
FACTS = 2


@dataclass(frozen=True)
class ShareWay:
    """One way to pass a page on."""

    label: Any
    icon: str
    url: str


def message(page, url, facts=()):
    """Return what somebody is told of ``page``: title, the first ``facts`` or else the teaser, and where to read on."""
    told = [
        f"{fact.label}: {', '.join(str(line.text) for line in fact.lines)}" for fact in list(facts)[:FACTS]
    ]
    return "\n".join([page.title, *(told or filter(None, [getattr(page, "teaser", "")])), url])


def share_ways(page, url, facts=()):
    """Return the ``ShareWay`` objects of a page.

    WhatsApp and Telegram document their addresses; a text message is RFC 5724, an e-mail RFC 6068.
    """
    text = message(page, url, facts)
    return [
        ShareWay("WhatsApp", "message", f"https://wa.me/?{urlencode({'text': text})}"),
        ShareWay(
            "Telegram",
            "send",
            f"https://t.me/share/url?{urlencode({'url': url, 'text': text.removesuffix(url).strip()})}",
        ),
        ShareWay(_("Text message"), "smartphone", f"sms:?body={quote(text)}"),
        ShareWay(
            _("E-mail"),
            "mail",
            f"mailto:?subject={quote(page.title)}&body={quote(text.replace(chr(10), chr(13) + chr(10)))}",
        ),
    ]
