"""What happens to a page's other languages when the source is hidden, moved or deleted."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from .models import CarriedTranslation, FollowedSource, PageTranslationState, TranslationWish
from .presence import add_missing_rows, hide, is_source, lock_tree, translated_rows, wanted_locales


@transaction.atomic
def hide_translations(page):
    """Unpublish every language of the source ``page``, which is unpublished; expired if it expired."""
    for row in translated_rows(page).values():
        if row.live:
            hide(row, set_expired=page.expired)


def note_that_hidden_with_source(page):
    """Remember which translations are live now, because they go and come back with the source ``page``."""
    live = Page.objects.filter(
        translation_key=page.translation_key, live=True, alias_of__isnull=True
    ).exclude(pk=page.pk)
    PageTranslationState.objects.filter(
        translation_key=page.translation_key, locale_id__in=live.values("locale_id")
    ).update(hidden_with_source=True)


@transaction.atomic
def move_translations(page_id):
    """Put every language of a moved source page below its parent's row in that language, in the same place.

    Where the new place lies in a region without that language the row is dealt with when the page is made
    present again.
    """
    page = Page.objects.select_related("locale").get(pk=page_id).specific
    if not is_source(page):
        return
    lock_tree()
    parent = page.get_parent().specific
    rows = translated_rows(page)
    parents = {} if parent.is_root() else translated_rows(parent)
    if not parent.is_root():
        wanted = {locale.pk for locale in wanted_locales(page)}
        missing = [rows[key].locale for key in rows if key in wanted and key not in parents]
        add_missing_rows(parent, missing, parents)
    next_keys = list(page.get_next_siblings().values_list("translation_key", flat=True))
    for locale_id, row in rows.items():
        target = parent if parent.is_root() else parents.get(locale_id)
        if target is None:
            continue
        siblings = {
            sibling.translation_key: sibling
            for sibling in Page.objects.child_of(target).filter(translation_key__in=next_keys)
            if sibling.locale_id == locale_id
        }
        before = next((siblings[key] for key in next_keys if key in siblings), None)
        if before is not None:
            row.move(before, pos="left")
        else:
            row.move(target, pos="last-child")


@transaction.atomic
def delete_translations(translation_key):
    """Delete what is left of a page whose source is gone, in every language."""
    rows = Page.objects.filter(translation_key=translation_key)
    if rows.filter(locale__language_code=settings.LANGUAGE_CODE).exists():
        return
    lock_tree()
    for row in rows.order_by("-depth"):
        # A parent that was deleted before took it along.
        if Page.objects.filter(pk=row.pk).exists():
            row.specific.delete()
    for model in (PageTranslationState, TranslationWish, FollowedSource):
        model.objects.filter(translation_key=translation_key).delete()
    CarriedTranslation.objects.filter(string_translation__context__object_id=translation_key).delete()


@transaction.atomic
def copy_restrictions(page_id):
    """Let who may read the source ``page`` be who may read it in every language."""
    page = Page.objects.select_related("locale").filter(pk=page_id).first()
    if page is None or page.locale.language_code != settings.LANGUAGE_CODE:
        return
    wanted = page.view_restrictions.first()
    for row in Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk):
        restriction = row.view_restrictions.first()
        if wanted is None:
            row.view_restrictions.all().delete()
            continue
        if restriction is None:
            restriction = PageViewRestriction(page=row)
        restriction.restriction_type = wanted.restriction_type
        restriction.password = wanted.password
        restriction.save()
        restriction.groups.set(wanted.groups.all())
