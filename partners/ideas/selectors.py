"""Reads around ideas: what is public, and who decides."""

from django.utils.translation import get_language
from wagtail.models import Locale

from content.visibility import visible_pages
from organisations.models import RegionPage
from partners.joining.selectors import managed_regions

from .models import Idea, IdeaState


def public_regions():
    """Return ``{translation key: region}`` in the active language, of the regions that readers see; ended ones too."""
    locale = Locale.objects.get_for_language(get_language())
    return {
        region.translation_key: region for region in visible_pages(locale, model=RegionPage).order_by("path")
    }


def public_ideas(regions):
    """Return the published ideas of ``regions`` (pages in any language), the newest first, as a queryset."""
    keys = [region.translation_key for region in regions]
    return (
        Idea.objects.filter(state=IdeaState.PUBLISHED, region__translation_key__in=keys)
        .select_related("region")
        .order_by("-published_at", "-pk")
    )


def ideas_for(user):
    """Return the ideas for the regions that ``user`` coordinates, as a queryset."""
    return Idea.objects.filter(region__in=managed_regions(user).values("pk")).select_related(
        "region", "decided_by"
    )


def waiting_for(user):
    """Return the ideas that nobody has decided on, the oldest first."""
    return ideas_for(user).filter(state=IdeaState.WAITING)
