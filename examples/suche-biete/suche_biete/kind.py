"""What a notice is to lists, search, sheets, feeds and the API."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.columns import field_columns
from content.facets import choice_facet, place_facet, region_facet, topic_facet
from content.registry import Column, ContentKind, Preset
from content.renewal import renewal_of_day

from .models import Side, Thing

NOTICES = ContentKind(
    slug="notices",
    model="suche_biete.NoticePage",
    label=_("Notice board"),
    label_singular=pgettext_lazy("notice", "Notice"),
    intro=_("Rooms, things, time and language partners: who looks for something, who gives something."),
    icon="clipboard",
    accent="sun",
    admin_icon="clipboard-list",
    order=40,
    card_template="suche_biete/card.html",
    select_related=("owner_page", "region_page", "image"),
    facets=(
        choice_facet("side", _("Looking or giving"), Side, icon="hands"),
        choice_facet("thing", pgettext_lazy("notice", "What"), Thing, icon="puzzle"),
        topic_facet(),
        region_facet(),
        place_facet(lambda page: page.effective_places),
    ),
    columns=(
        *field_columns("title", "teaser", translated=("title", "teaser"), in_list=("title",)),
        *field_columns("side", "thing", "expires_on", in_list=("side", "thing", "expires_on")),
        Column("topics"),
        Column("contact", in_api=False),
        *field_columns("places", "confirmed_on", "confirmed_by"),
    ),
    search_text=lambda page: f"{page.get_side_display()} {page.get_thing_display()}",
    expires_on=lambda page: page.expires_on,
    renewal=renewal_of_day("expires_on", _("stands until")),
    presets=(
        Preset(
            slug="language-partner",
            label=pgettext_lazy("notice", "Language partner wanted"),
            description=_("Two people, two languages: who would like to talk?"),
            icon="speech",
            values={
                "title": "Suche: Sprachpartner:in für [welche Sprache?]",
                "teaser": "Wir sprechen mal meine, mal Ihre Sprache. [Wann und wo würde es passen?]",
                "side": Side.LOOKS_FOR.value,
                "thing": Thing.LANGUAGE_PARTNER.value,
            },
        ),
    ),
    demo_sheet="demo/notices.csv",
)
