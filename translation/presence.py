"""Which languages a page stands in, and the rows of the tree that make it so.

A row in another locale is an *alias* (it shows the source, and Wagtail keeps it in step) or a *translation*.
"""

from django.conf import settings
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from content.scopes import ScopeMixin, scope_of
from content.untranslated import UntranslatedMixin

from .facts import child_relation_names
from .models import PageTranslationState


def is_source(page):
    """Return whether ``page`` is written in the source language and can be translated."""
    return (
        isinstance(page, UntranslatedMixin)
        and page.alias_of_id is None
        and page.locale.language_code == settings.LANGUAGE_CODE
    )


def scope_page_of(page):
    """Return the region that ``page`` is or lies in, or None."""
    if isinstance(page, ScopeMixin):
        return page
    region = scope_of(list(page.get_ancestors()))
    return region and region.specific


def wanted_locales(page):
    """Return the locales, beside the source's, that ``page`` is to be readable in, in the table's order."""
    scope = scope_page_of(page)
    order = [row.code for row in settings.LANGUAGE_TABLE]
    codes = scope.language_codes() if scope is not None else order
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    return [locales[code] for code in codes if code in locales and code != settings.LANGUAGE_CODE]


def lock_tree():
    """Let nobody else make, move or delete rows of other languages until commit.

    Two processes that add pages below one parent would give them the same place. Taken before any row is
    locked, so that nobody waits in a circle.
    """
    Page.objects.select_for_update(no_key=True).filter(depth=1).first()


def lacks_rows(page, locales):
    """Return whether ``page`` has no row yet in one of ``locales``."""
    known = Page.objects.filter(translation_key=page.translation_key, locale__in=locales)
    return known.count() < len(locales)


def translated_rows(page, *, with_children=False):
    """Return the rows of ``page`` in other locales by locale id, as specific pages, locked until commit.

    ``with_children``: read what the facts need besides, in one query for all rows.
    """
    known = Page.objects.filter(translation_key=page.translation_key)
    list(known.select_for_update(no_key=True).values_list("pk"))
    rows = type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    if with_children:
        rows = rows.prefetch_related(*child_relation_names(type(page)))
    return {row.locale_id: row for row in rows.select_related("locale")}


def add_missing_rows(page, locales, rows):
    """Make an alias of the source ``page`` in each of ``locales`` that has no row in ``rows``; parents first."""
    missing = [locale for locale in locales if locale.pk not in rows]
    if not missing:
        return rows
    parent = page.get_parent()
    if parent.is_root():
        parents = {locale.pk: parent for locale in missing}
    else:
        parents = {row.locale_id: row for row in Page.objects.filter(translation_key=parent.translation_key)}
        if any(locale.pk not in parents for locale in missing):
            add_missing_rows(parent.specific, missing, parents)
    for locale in missing:
        slug = f"{page.slug}-{locale.language_code}" if parent.is_root() else page.slug
        rows[locale.pk] = page.create_alias(
            parent=parents[locale.pk],
            # Taken only for as long as a page of that name is being deleted; following puts it right.
            update_slug=find_available_slug(parents[locale.pk], slug),
            update_locale=locale,
            reset_translation_key=False,
            log_action=None,
        )
    return rows


def remove_unwanted_rows(page, locales, rows):
    """Take ``page`` from readers of languages that its region does without.

    Aliases go, unless something translated lies below them; translations stay, hidden, for the day the
    language comes back.
    """
    wanted = {locale.pk for locale in locales}
    for locale_id in [locale_id for locale_id in rows if locale_id not in wanted]:
        row = rows.pop(locale_id)
        if row.alias_of_id is not None and row.is_leaf():
            row.delete()
        elif row.live:
            hide(row)


def hide(row, *, set_expired=False):
    """Unpublish a row because its source is not to be read; remember that it comes back with it."""
    if row.alias_of_id is None:
        PageTranslationState.objects.update_or_create(
            translation_key=row.translation_key,
            locale_id=row.locale_id,
            defaults={"hidden_with_source": True},
        )
    row.unpublish(set_expired=set_expired, log_action="wagtail.unpublish")


def ensure_translation_records(source, locales):
    """Make wagtail-localize's ``Translation`` of ``source`` into each locale, so that its editor opens."""
    known = set(source.translations.values_list("target_locale_id", flat=True))
    Translation.objects.bulk_create(
        [Translation(source=source, target_locale=locale) for locale in locales if locale.pk not in known],
        ignore_conflicts=True,
    )
