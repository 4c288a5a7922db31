"""The parts around every page."""

from django import template
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content import registry
from content.languages import font_script, language
from content.listing import few
from content.presentation import unconfirmed
from home import short_lists
from home.models import PlainPage
from home.navigation import surroundings as make_surroundings
from home.page_head import head_of
from home.sharing import share_ways

register = template.Library()


@register.simple_tag(takes_context=True)
def surroundings(context):
    """Return the ``Surroundings`` of this page: menu, languages, footer."""
    return make_surroundings(context["request"], context.get("page"))


@register.simple_tag
def current_language():
    """Return the active language's row of the language table."""
    return language(get_language())


@register.simple_tag
def current_font():
    """Return which font file the active language is written with."""
    return font_script(get_language())


@register.inclusion_tag("home/_unconfirmed.html", takes_context=True)
def unconfirmed_note(context):
    """Tell readers where nobody confirmed the page in time; no query beside those of the surroundings."""
    page, around = context["page"], surroundings(context)
    return {"unconfirmed": unconfirmed(page, scope=around.scope, published_at=around.source_published_at)}


@register.inclusion_tag("home/_own_lists.html", takes_context=True)
def own_lists(context, page):
    """Show what belongs to the owner ``page``, kind by kind."""
    return {"request": context["request"], "lists": short_lists.own_lists(page)}


@register.inclusion_tag("home/_own_lists.html", takes_context=True)
def door_lists(context, page):
    """Show what else is behind the door that leads to ``page``."""
    return {"request": context["request"], "lists": short_lists.door_lists(page, surroundings(context))}


@register.simple_tag(takes_context=True)
def region_lists(context, page):
    """Return the ``RegionLists`` of a region; asked once per page object."""
    if not hasattr(page, "_region_lists"):
        page._region_lists = short_lists.region_lists(page, surroundings(context))
    return page._region_lists


@register.inclusion_tag("home/_related.html", takes_context=True)
def related(context, page):
    """Show entries that fit the page."""
    return {"request": context["request"], "kind": page.kind, "items": short_lists.related_entries(page)}


@register.inclusion_tag("home/_share.html", takes_context=True)
def share(context, page, facts=()):
    """Offer the ways to pass ``page`` on; the first of its ``facts`` go into the message."""
    url = context["request"].build_absolute_uri()
    return {"ways": share_ways(page, url, facts), "url": url}


@register.inclusion_tag("home/_pages_below.html", takes_context=True)
def pages_below(context, page):
    """Link the plain pages below ``page``."""
    below = few(PlainPage).child_of(page).live().filter(view_restrictions=None).select_related("locale")
    return {"request": context["request"], "below": below}


@register.inclusion_tag("home/_chips.html", takes_context=True)
def places(context, region):
    """Link the places of a region to what is there, in the list of the first kind that can be filtered by place."""
    url = _filtered(context, "place")
    chips = [(name, f"{url}{slugify(name)}" if url else "") for name in region.places]
    return {"heading": _("Places"), "id": "places", "chips": chips, "are_names": True}


@register.inclusion_tag("home/_chips.html", takes_context=True)
def topics(context, page):
    """Link the topics of a page to what else there is about them."""
    url = _filtered(context, "topic", first=page.kind)
    chips = [(topic.label(), f"{url}{topic.slug}" if url else "") for topic in short_lists.topics_of(page)]
    return {"heading": _("Topics"), "id": "topics", "chips": chips}


def _filtered(context, facet, *, first=None):
    """Return the address of a list up to the value of ``facet``: of ``first``, or of any kind that has it; or ""."""
    around = surroundings(context)
    kinds = ([first] if first else []) + registry.all_kinds()
    for kind in kinds:
        url = around.list_url(kind)
        if url and any(one.slug == facet for one in kind.facets):
            return f"{url}?{urlencode({facet: ''})}"
    return ""


@register.simple_tag(takes_context=True)
def page_head(context):
    """Return what machines read of a page: its address, languages, summary, picture and schema.org data."""
    page, request = context.get("page"), context["request"]
    if page is None or not page.pk or not hasattr(page, "lineage"):
        return ""
    around = surroundings(context)
    return render_to_string("home/_page_head.html", head_of(page, request, around))
