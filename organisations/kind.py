"""What an organisation is to lists, search, sheets, feeds and the API."""

from django.utils.translation import gettext_lazy as _

from content.columns import field_columns
from content.facets import (
    accessible_facet,
    choice_facet,
    language_facet,
    newcomer_facet,
    place_facet,
    region_facet,
    topic_facet,
)
from content.facts import AccessibilityFacts
from content.registry import Column, ContentKind
from content.vocabularies import Door

from .models import PostalPlace
from .structured_data import organisation_json_ld
from .vocabularies import FieldOfWork, OrganisationType

ORGANISATIONS = ContentKind(
    slug="organisations",
    model="organisations.OrganisationPage",
    label=_("Organisations"),
    label_singular=_("Organisation"),
    intro=_("People and groups who already join in, and whom you can ask."),
    icon="people",
    accent="lilac",
    admin_icon="group",
    door=Door.PEOPLE,
    order=30,
    card_template="organisations/card.html",
    ordering=("title", "pk"),
    select_related=("region_page", "logo"),
    facets=(
        choice_facet("type", _("Kind of organisation"), OrganisationType, field="types", icon="people"),
        choice_facet("field", _("Field"), FieldOfWork, field="fields_of_work"),
        topic_facet(),
        region_facet(),
        place_facet(lambda page: page.places),
        language_facet(),
        accessible_facet(),
        newcomer_facet("accepts_newcomers"),
    ),
    columns=(
        *field_columns(
            "title",
            "short_name",
            "teaser",
            "text",
            "types",
            "fields_of_work",
            translated=("teaser", "text"),
            in_list=("title", "types"),
        ),
        Column("topics"),
        *field_columns("languages_spoken", "places", in_list=("languages_spoken",)),
        Column("contact", in_api=False),
        *field_columns(
            "opening_hours",
            "public_transport",
            "transport_minutes",
            "opening_measures",
            "website",
            "accepts_newcomers",
            *PostalPlace.place_fields,
            *AccessibilityFacts.accessibility_fields,
            "verified_by",
            "verified_on",
            "confirmed_on",
            "confirmed_by",
            "review_interval",
            "image",
            "logo",
            in_list=("confirmed_on",),
            hidden_from_api=("review_interval",),
        ),
    ),
    search_text=lambda page: " ".join(
        [page.short_name, *page.places, *page._meta.get_field("types").labels(page.types)]
    ),
    json_ld=organisation_json_ld,
    demo_sheet="demo/organisations.csv",
)
