"""Which pages go out."""

from django.conf import settings
from wagtail.models import Page

from content.permissions import ground_for
from translation.models import PageTranslationState, State, Work
from translation.selectors import is_localisable

#: Pages in one download or upload. What is more takes longer than somebody waits for an answer.
MAX_PAGES = 100


def pages_to_send(locale, user, *, needs_work_only):
    """Return the published source pages that ``user`` may translate into ``locale``, in the order of the tree.

    ``needs_work_only``: without those on which every sentence has a translation that readers see. The pages are not
    specific.
    """
    there = Page.objects.filter(locale=locale).values("translation_key")
    left_out = PageTranslationState.objects.filter(locale=locale, is_wanted=False)
    if needs_work_only:
        left_out |= PageTranslationState.objects.filter(
            locale=locale, state=State.FRESH, work__in=[Work.NONE, Work.REVIEW]
        )
    pages = Page.objects.filter(
        locale__language_code=settings.LANGUAGE_CODE,
        live=True,
        alias_of__isnull=True,
        depth__gt=1,
        translation_key__in=there,
    ).exclude(translation_key__in=left_out.values("translation_key"))
    ground = None if user.is_superuser else ground_for(user)
    return [
        page
        for page in pages.select_related("locale").order_by("path")
        if is_localisable(page.specific_class) and not (ground and ground.ended_path(page))
    ]
