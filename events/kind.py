"""What an event is to lists, search, sheets, feeds and the API."""

from django.utils.translation import gettext_lazy as _

from content.columns import field_columns
from content.facets import (
    accessible_facet,
    choice_facet,
    flag_facet,
    german_facet,
    language_facet,
    newcomer_facet,
    place_facet,
    region_facet,
    target_facet,
    topic_facet,
)
from content.facts import AccessibilityFacts
from content.registry import Column, ContentKind, DateWindow
from content.vocabularies import Door
from organisations.models import PostalPlace

from .feeds import calendar_feed
from .presets import EVENT_PRESETS
from .renewal import EVENT_RENEWAL
from .selectors import keys_between
from .sheet_columns import (
    read_excluded_dates,
    read_moved_dates,
    read_organisers,
    write_excluded_dates,
    write_moved_dates,
    write_organisers,
)
from .structured_data import event_json_ld
from .vocabularies import EventCosts, EventType


def _search_text(page):
    labels = page._meta.get_field("target_groups").labels(page.target_groups)
    return " ".join([page.get_event_type_display(), page.series, *labels, *page.effective_places])


TRANSLATED = ("title", "teaser", "text", "how_to_find", "reply_note", "weather_note", "results")

EVENTS = ContentKind(
    slug="events",
    model="events.EventPage",
    label=_("Events"),
    label_singular=_("Event"),
    intro=_("Meet, talk, cook, play, learn: what happens next."),
    icon="calendar",
    accent="coral",
    admin_icon="date",
    door=Door.IDEAS,
    order=20,
    card_template="events/card.html",
    ordering=("next_start", "pk"),
    select_related=("owner_page", "region_page", "image"),
    is_listed=lambda page: page.is_listed,
    facets=(
        choice_facet("kind", _("Kind of event"), EventType, field="event_type", icon="calendar"),
        topic_facet(),
        region_facet(),
        place_facet(lambda page: page.effective_places),
        language_facet(),
        german_facet(),
        target_facet(),
        flag_facet("free", _("Free of charge"), lambda page: page.costs != EventCosts.PAID, icon="euro"),
        accessible_facet(),
        flag_facet("childcare", _("Childcare"), lambda page: page.childcare == "yes", icon="child"),
        newcomer_facet(),
    ),
    columns=(
        *field_columns(*TRANSLATED, translated=TRANSLATED, in_list=("title",)),
        *field_columns(
            "event_type",
            "series",
            "start_date",
            "start_time",
            "end_date",
            "end_time",
            "all_day",
            "doors_time",
            "rrule",
            in_list=("event_type", "start_date", "start_time"),
        ),
        Column("excluded_dates", read=read_excluded_dates, write=write_excluded_dates),
        Column("moved_dates", read=read_moved_dates, write=write_moved_dates),
        Column("organisers", label=_("organisers"), read=read_organisers, write=write_organisers),
        Column("topics"),
        Column("contact", in_api=False),
        *field_columns(
            "target_groups",
            "languages_spoken",
            "interpretation",
            "german_level",
            "no_experience_needed",
            "costs",
            "costs_amount",
            "place_mode",
            "online_url",
            "places",
            *PostalPlace.place_fields,
            "public_transport",
            "transport_minutes",
            "reply_mode",
            "reply_by",
            "reply_channels",
            "reply_preferred",
            "reply_fallback",
            "capacity",
            "waiting_list",
            "catering",
            "diets",
            "childcare",
            *AccessibilityFacts.accessibility_fields,
            "status",
            "press_text",
            "is_listed",
            "confirmed_on",
            "confirmed_by",
            "review_interval",
            "image",
            in_list=("status", "confirmed_on"),
            hidden_from_api=("review_interval", "is_listed"),
        ),
    ),
    search_text=_search_text,
    json_ld=event_json_ld,
    calendar=calendar_feed,
    deadline=lambda page: page.reply_by,
    dates=DateWindow(keys_between=keys_between, order_field="next_start", end_field="next_end"),
    renewal=EVENT_RENEWAL,
    presets=EVENT_PRESETS,
    demo_sheet="demo/events.csv",
)
