"""What a glossary holds, where its terms stand in texts, and who keeps it."""

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from wagtail.models import Locale, Page

from content.scopes import ScopeMixin
from translation.selectors import languages_of

from .matching import Matcher
from .models import Term

#: The right of translators, over the languages that they translate into, and of those who coordinate, over all.
KEEP_OWN, KEEP_ALL = "translation.keep_glossary", "translation.keep_glossaries"


def keeps_any(user):
    """Return whether ``user`` keeps a glossary at all. It costs no query that pages do not cost anyway."""
    return user.has_perm(KEEP_ALL) or user.has_perm(KEEP_OWN)


def kept_languages(user):
    """Return the ``Locale`` objects whose glossary and memory ``user`` keeps, in the table's order. One query."""
    if not user.has_perm(KEEP_ALL):
        return languages_of(user)
    by_code = Locale.objects.in_bulk(field_name="language_code")
    codes = (row.code for row in settings.LANGUAGE_TABLE if row.code != settings.LANGUAGE_CODE)
    return [by_code[code] for code in codes if code in by_code]


def may_keep(user, locale):
    """Return whether ``user`` keeps the glossary and the memory of ``locale``."""
    return locale in kept_languages(user)


def regions():
    """Return ``[(translation key, title)]`` of the regions that a term can hold for, by title."""
    found = []
    for model in apps.get_models():
        if issubclass(model, ScopeMixin) and issubclass(model, Page):
            pages = model.objects.filter(
                locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True, live=True
            )
            found += pages.values_list("translation_key", "title")
    return sorted(((str(key), title) for key, title in found), key=lambda region: (region[1], region[0]))


def terms_of(locale, *, text=""):
    """Return the terms of ``locale`` as a queryset; ``text``: part of a word or of a note."""
    terms = Term.objects.filter(locale=locale)
    text = text.strip()
    if text:
        terms = terms.filter(Q(source__icontains=text) | Q(target__icontains=text) | Q(note__icontains=text))
    return terms


def matcher_of(locale, *, region_key=""):
    """Return a ``Matcher`` of the terms that hold in ``region_key``: its own, and those of everywhere. One query.

    Where a region has a rule for a word of its own, that of everywhere does not hold. Keep the ``Matcher`` while one
    request is answered, and not longer.
    """
    terms = list(Term.objects.filter(locale=locale, region_key__in={"", region_key}))
    own = {term.source_key for term in terms if term.region_key}
    return Matcher([term for term in terms if term.region_key or term.source_key not in own])


def terms_in(texts, locale, *, region_key=""):
    """Return ``{text: [Hit]}`` for marked texts of the source language; see ``matcher_of``. One query."""
    matcher = matcher_of(locale, region_key=region_key)
    return {text: matcher.hits(text) for text in texts}
