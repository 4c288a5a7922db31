"""Everything that changes a glossary."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from content.sanitise import writable

from .matching import folded
from .models import Rule, Term

#: Terms of one language. Larger glossaries help nobody, and every page of the workbench reads them.
MOST_TERMS = 5_000
#: A word has one of these at most.
BINDING = (Rule.REQUIRED, Rule.KEEP)


def save_term(*, locale, source, target, rule, note="", region_key="", term=None):
    """Write a term, a new one or ``term``, and return it.

    With ``Rule.KEEP`` the target is what the source is. Raises ``ValidationError`` by field.
    """
    term = term if term is not None else Term()
    with transaction.atomic():
        # Two who add the same word must not both find it missing.
        Locale.objects.select_for_update().get(pk=locale.pk)
        fill(term, locale=locale, source=source, target=target, rule=rule, note=note, region_key=region_key)
        check(term, others=_others(term))
        term.save()
    return term


def delete_term(*, term):
    """Take a term out of its glossary."""
    Term.objects.filter(pk=term.pk).delete()


def fill(term, *, locale, source, target, rule, note="", region_key=""):
    """Set the values of ``term``, cleaned: one line each, nothing that a file could not hold. Returns it.

    What is always to be as in the original is not translated, whichever of the two rules says so.
    """
    term.locale, term.rule, term.region_key = locale, rule, region_key
    term.source, term.note = one_line(source), one_line(note)
    term.target = term.source if rule == Rule.KEEP else one_line(target)
    if rule == Rule.REQUIRED and term.target == term.source:
        term.rule = Rule.KEEP
    term.source_key, term.target_key = folded_key(term.source), folded_key(term.target)
    return term


def folded_key(text):
    """Return what tells a word apart from others, whatever its case."""
    return folded(one_line(text))[: Term._meta.get_field("source_key").max_length]


def one_line(text):
    """Return ``text`` without what a file could not hold, in one line."""
    return " ".join(writable(text or "").split())


def check(term, *, others):
    """Raise ``ValidationError`` by field where ``term`` is not complete, or cannot stand beside ``others``.

    ``others``: the terms with the same source, in the same place.
    """
    errors = {}
    if not any(letter.isalnum() for letter in term.source):
        errors["source"] = _("Give the word as it stands in the original.")
    if not term.target and term.rule != Rule.KEEP:
        errors["target"] = _("Give the word as it is to be, or not to be, in the translation.")
    for name in ("source", "target", "note"):
        most = Term._meta.get_field(name).max_length
        if len(getattr(term, name)) > most:
            errors[name] = _("This is longer than %(most)d characters. Shorten it.") % {"most": most}
    if term.rule not in Rule.values:
        errors["rule"] = _("Choose one of the rules.")
    if not errors:
        errors = _conflicts(term, others)
    if errors:
        raise ValidationError(errors)


def _conflicts(term, others):
    for other in others:
        words = {"source": other.source, "target": other.target, "rule": other.get_rule_display()}
        if other.target_key == term.target_key:
            return {"source": _("“%(source)s” – “%(target)s” is in the glossary already.") % words}
        if term.rule in BINDING and other.rule in BINDING:
            return {
                "source": _(
                    "For “%(source)s” there is a rule already: %(rule)s (“%(target)s”). Change that one."
                )
                % words
            }
    return {}


def _others(term):
    """Return the terms with the same source in the same place; raises ``ValidationError`` where there is no room."""
    terms = Term.objects.filter(locale=term.locale)
    if term.pk is None and terms.count() >= MOST_TERMS:
        raise ValidationError(
            {
                "source": _("The glossary is full: it holds %(most)d terms. Delete what nobody needs.")
                % {"most": MOST_TERMS}
            }
        )
    return terms.filter(region_key=term.region_key, source_key=term.source_key).exclude(pk=term.pk)
