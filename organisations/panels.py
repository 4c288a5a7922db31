"""The edit forms of regions and organisations, in the order people think: what, where, for whom, contact, extras."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

from content.panels import ACCESSIBILITY_PANEL, CARE_PANELS, NAME_PANEL, TOPICS_PANEL

REGION_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                NAME_PANEL,
                FieldPanel("teaser"),
                FieldPanel("text"),
                FieldPanel("image"),
                FieldPanel("contact"),
            ],
            heading=_("What?"),
        ),
        ObjectList(
            [
                FieldPanel("region_kind"),
                FieldPanel("places"),
                FieldPanel("name_variants"),
                FieldPanel("languages"),
                FieldPanel("runs_until"),
                FieldPanel("inactive_kinds"),
            ],
            heading=_("Where, until when, in which languages?"),
        ),
        ObjectList([InlinePanel("roles", label=_("role of an organisation"))], heading=_("Who takes part?")),
        ObjectList(CARE_PANELS, heading=_("Extras")),
    ]
)

ORGANISATION_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                NAME_PANEL,
                FieldPanel("short_name"),
                FieldPanel("teaser"),
                FieldPanel("text"),
                FieldPanel("types"),
                FieldPanel("fields_of_work"),
                TOPICS_PANEL,
                FieldPanel("logo"),
                FieldPanel("image"),
            ],
            heading=_("What?"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [FieldPanel(name) for name in ("place_name", "street", "postcode", "city")],
                    heading=_("Address"),
                ),
                FieldPanel("places"),
                FieldPanel("opening_hours"),
                FieldPanel("public_transport"),
                FieldPanel("transport_minutes"),
                ACCESSIBILITY_PANEL,
            ],
            heading=_("When and where?"),
        ),
        ObjectList(
            [
                FieldPanel("languages_spoken"),
                FieldPanel("accepts_newcomers"),
                FieldPanel("opening_measures"),
            ],
            heading=_("For whom?"),
        ),
        ObjectList([FieldPanel("contact"), FieldPanel("website")], heading=_("Contact")),
        ObjectList([FieldPanel("verified_by"), FieldPanel("verified_on"), *CARE_PANELS], heading=_("Extras")),
    ]
)
