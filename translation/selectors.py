"""Reads that span translations."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from content.permissions import ground_for
from content.untranslated import UntranslatedMixin

from .models import FollowedSource, PageTranslationState, State, TranslatorGroup


def states_for(pages, locale):
    """Return ``{translation key: State}`` of ``pages`` in ``locale``. One query."""
    keys = [page.translation_key for page in pages]
    known = dict(
        PageTranslationState.objects.filter(locale=locale, translation_key__in=keys).values_list(
            "translation_key", "state"
        )
    )
    return {key: State(known.get(key, State.MISSING)) for key in keys}


def states_by_language(pages):
    """Return ``{translation key: {language code: State}}`` of ``pages``. One query."""
    result = {page.translation_key: {} for page in pages}
    rows = PageTranslationState.objects.filter(translation_key__in=result)
    for key, code, state in rows.values_list("translation_key", "locale__language_code", "state"):
        result[key][code] = State(state)
    return result


def is_demo_translation(page):
    """Return whether ``page`` is a translation that came with the demo. One query."""
    return PageTranslationState.objects.filter(
        translation_key=page.translation_key, locale_id=page.locale_id, is_demo=True
    ).exists()


def pages_not_followed():
    """Return published source pages that their translations have not followed, or not to the latest publication."""
    followed = FollowedSource.objects.filter(translation_key=OuterRef("translation_key"))
    pages = Page.objects.filter(
        live=True, alias_of__isnull=True, depth__gt=1, locale__language_code=settings.LANGUAGE_CODE
    ).annotate(was_followed=Exists(followed), followed_revision=Subquery(followed.values("revision_id")[:1]))
    return [
        page
        for page in pages.order_by("path")
        if is_localisable(page.specific_class)
        and not (page.was_followed and page.followed_revision == page.live_revision_id)
    ]


def is_translation_review(workflow_state):
    """Return whether a Wagtail ``WorkflowState`` is that of a translation somebody reads. One query."""
    return TranslatorGroup.objects.filter(workflow=workflow_state.workflow_id).exists()


def languages_of(user):
    """Return the locales that ``user`` translates into, in the language table's order; all of them for administrators.

    One query.
    """
    locales = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)
    if not user.is_active:
        return []
    if not user.is_superuser:
        locales = locales.filter(translator_group__group__user=user)
    order = {row.code: place for place, row in enumerate(settings.LANGUAGE_TABLE)}
    return sorted(locales, key=lambda locale: order.get(locale.language_code, len(order)))


def may_translate(user, locale):
    """Return whether ``user`` translates into ``locale``."""
    return any(known.pk == locale.pk for known in languages_of(user))


def works_in_translations(user):
    """Return whether ``user`` has rights over pages of another language than the source's: translators, administrators.

    Asks for nothing but the user's rights, which Wagtail remembers, and the ``Ground``: every page's menu asks.
    """
    if user.is_superuser:
        return True
    source = ground_for(user).source_locale_id
    rights = PagePermissionPolicy().get_cached_permissions_for_user(user)
    return any(right.page.locale_id != source and right.page.depth > 1 for right in rights)


def is_localisable(model):
    """Return whether pages of ``model`` appear in several languages; not where its app is gone (None)."""
    return model is not None and issubclass(model, UntranslatedMixin)


def source_page_of(page):
    """Return the source of a page in another language; None for a source and for a page that has none."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return None
    return Page.objects.filter(
        translation_key=page.translation_key,
        locale__language_code=settings.LANGUAGE_CODE,
        alias_of__isnull=True,
    ).first()
