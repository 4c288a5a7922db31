"""How facts reach a template: small values that say what to show, and in which language it is."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import freshness
from .dates import long_date
from .fields import TriState
from .languages import direction, source_language

#: Symbols of the accessibility facts.
ACCESSIBILITY_ICONS = {
    "step_free": "accessible",
    "accessible_toilet": "toilet",
    "lift": "lift",
    "hearing_loop": "hearing",
    "sign_language": "sign",
    "quiet_room": "quiet",
    "assistance_dog": "dog",
    "accessible_parking": "parking",
}


@dataclass(frozen=True)
class Words:
    """A few words. ``language`` is set where they may be in another language than the page around them."""

    text: Any
    language: str = ""
    url: str = ""
    moment: str = ""
    is_strong: bool = False


@dataclass(frozen=True)
class Fact:
    """One box of the facts at the head of a page: a symbol, what it is about, and lines of words."""

    icon: str
    label: Any
    lines: tuple = field(default_factory=tuple)
    is_wide: bool = False


@dataclass(frozen=True)
class Highlight:
    """One of the few words that decide whether somebody comes."""

    text: Any
    icon: str = "check"
    language: str = ""


@dataclass(frozen=True)
class Status:
    """A word that must be seen before all others."""

    text: str
    icon: str
    css_class: str = ""


@dataclass(frozen=True)
class AccessibilityFact:
    """One of the facts that are yes, no, or not known yet."""

    icon: str
    label: Any
    state: str
    state_label: Any

    @property
    def state_icon(self):
        """Return the symbol of the state."""
        return {TriState.YES: "check", TriState.NO: "no"}.get(self.state, "unknown")


def fact(icon, label, *lines, is_wide=False):
    """Return a ``Fact`` of those ``lines`` that say something, or None when none does; strings become ``Words``."""
    words = tuple(line if isinstance(line, Words) else Words(line) for line in lines if line)
    return Fact(icon, label, words, is_wide) if words else None


def present(*facts):
    """Return the facts that have something to say."""
    return [one for one in facts if one is not None]


def written(page, field_name, **extra):
    """Return a sentence of ``page`` as ``Words`` in its language, or None when it is empty."""
    text = getattr(page, field_name)
    return Words(text, language=page.language_of(field_name), **extra) if text else None


def named(text, **extra):
    """Return a proper name or an address as ``Words``: it stays as it is in the source language."""
    return Words(text, language=source_language(), **extra) if text else None


def isolated(name):
    """Return a name that goes into a sentence; from right to left, numbers after it would else join it (UAX #9)."""
    return f"\u2068{name}\u2069" if direction(get_language()) == "rtl" else name


def joined(labels):
    """Return labels as one text, with the comma of the active language."""
    return _(", ").join(str(label) for label in labels)


def listed(labels):
    """Return labels as one text that stands alone: "Deutsch, Türkisch"; it begins with a capital."""
    return first_upper(joined(labels))


def first_upper(label):
    """Return a label with a capital at its beginning, as it stands alone in a box."""
    text = str(label)
    return text[:1].upper() + text[1:]


def accessibility_facts(page):
    """Return the ``AccessibilityFact`` objects of a page, known ones first; empty when nobody has looked at any."""
    facts = [
        AccessibilityFact(
            icon=ACCESSIBILITY_ICONS[name],
            label=first_upper(page._meta.get_field(name).verbose_name),
            state=getattr(page, name),
            state_label=TriState(getattr(page, name)).label,
        )
        for name in page.accessibility_fields
    ]
    if all(one.state == TriState.UNKNOWN for one in facts):
        return []
    return sorted(facts, key=lambda one: one.state == TriState.UNKNOWN)


def confirmation(page):
    """Return who said when that a page is right, as a sentence, or ""."""
    if not page.confirmed_on:
        return ""
    if page.confirmed_by:
        return _("Confirmed by %(name)s on %(day)s.") % {
            "name": page.confirmed_by,
            "day": long_date(page.confirmed_on),
        }
    return _("Confirmed on %(day)s.") % {"day": long_date(page.confirmed_on)}


@dataclass(frozen=True)
class Unconfirmed:
    """That nobody confirmed a page since ``day``, formatted; ``is_listed``: whether lists still show it."""

    day: str
    is_listed: bool


def unconfirmed(page, *, scope=None, published_at=None, today=None):
    """Return ``Unconfirmed`` where readers have to be told, or None. Arguments as in ``freshness.due_on``."""
    today = today or timezone.localdate()
    due = freshness.due_on(page, scope=scope, published_at=published_at)
    if due is None or today < freshness.unconfirmed_from(due):
        return None
    leaves = freshness.leaves_lists_on(due, scope=scope)
    return Unconfirmed(long_date(due), leaves is None or today < leaves)
