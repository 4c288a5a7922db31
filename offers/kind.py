"""What an offer is to lists, search, sheets, feeds and the API."""

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
from content.registry import Column, ContentKind
from content.renewal import renewal_of_day
from content.vocabularies import Door
from organisations.models import PostalPlace

from .presets import OFFER_PRESETS
from .structured_data import offer_json_ld
from .vocabularies import Commitment, Direction, OfferKind, Purpose, Stage


def _expires_on(page):
    return page.valid_until


def _taken_up_again(page):
    return {"stage": Stage.RUNNING} if page.stage in (Stage.PAUSED, Stage.ENDED) else {}


def _search_text(page):
    provider = page.provider
    labels = page._meta.get_field("target_groups").labels(page.target_groups)
    return " ".join([page.get_offer_kind_display(), *labels, *getattr(provider, "places", []), *page.places])


OFFERS = ContentKind(
    slug="offers",
    model="offers.OfferPage",
    label=_("Offers"),
    label_singular=_("Offer"),
    intro=_("Advice, training, rooms, money – and many ways to join in."),
    icon="hands",
    accent="mint",
    admin_icon="pick",
    door=Door.OPPORTUNITIES,
    order=10,
    card_template="offers/card.html",
    select_related=("owner_page", "region_page", "image"),
    facets=(
        choice_facet("purpose", _("What are you looking for?"), Purpose),
        choice_facet("kind", _("Kind of offer"), OfferKind, field="offer_kind", icon="hands"),
        topic_facet(),
        region_facet(),
        place_facet(lambda page: page.effective_places),
        language_facet(),
        german_facet(),
        target_facet(),
        choice_facet("time", _("Time it takes"), Commitment, field="commitment", icon="clock"),
        flag_facet("free", _("Free of charge"), lambda page: page.is_free, icon="euro"),
        accessible_facet(),
        newcomer_facet(),
        choice_facet("direction", _("Aim"), Direction),
    ),
    columns=(
        *field_columns(
            "title",
            "teaser",
            "text",
            "first_step",
            "what_to_bring",
            "commitment_note",
            translated=("title", "teaser", "text", "first_step", "what_to_bring", "commitment_note"),
            in_list=("title",),
        ),
        *field_columns("offer_kind", "direction", "purpose", in_list=("offer_kind",)),
        Column("topics"),
        Column("contact", in_api=False),
        *field_columns(
            "target_groups",
            "languages_spoken",
            "german_level",
            "no_experience_needed",
            "no_membership_needed",
            "commitment",
            "availability",
            "costs",
            "costs_amount",
            "expenses_refunded",
            "insured",
            "training_given",
            "certificate_given",
            "police_certificate_needed",
            "minimum_age",
            "childcare",
            "car_needed",
            "stage",
            "valid_until",
            "capacity",
            "funded_by",
            "place_mode",
            "online_url",
            "places",
            *PostalPlace.place_fields,
            "public_transport",
            "transport_minutes",
            *AccessibilityFacts.accessibility_fields,
            "confirmed_on",
            "confirmed_by",
            "review_interval",
            "image",
            in_list=("stage", "valid_until", "confirmed_on"),
            hidden_from_api=("review_interval",),
        ),
    ),
    search_text=_search_text,
    json_ld=offer_json_ld,
    expires_on=_expires_on,
    renewal=renewal_of_day("valid_until", _("valid until"), reset=_taken_up_again),
    presets=OFFER_PRESETS,
    demo_sheet="demo/offers.csv",
)
