"""The edit form of offers, in the order people think."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface

from content.panels import ACCESSIBILITY_PANEL, CARE_PANELS, TITLE_PANEL, TOPICS_PANEL


def _fields(*names):
    return [FieldPanel(name) for name in names]


OFFER_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                TITLE_PANEL,
                *_fields("teaser", "offer_kind", "purpose", "direction"),
                *_fields("text", "first_step", "what_to_bring"),
                TOPICS_PANEL,
                FieldPanel("image"),
            ],
            heading=_("What?"),
        ),
        ObjectList(
            [
                *_fields("availability", "commitment", "commitment_note", "stage", "valid_until"),
                *_fields("place_mode", "online_url"),
                MultiFieldPanel(
                    _fields("place_name", "street", "postcode", "city", "places"),
                    heading=_("Address, if it is not your organisation's"),
                ),
                *_fields("public_transport", "transport_minutes", "car_needed"),
                ACCESSIBILITY_PANEL,
            ],
            heading=_("When and where?"),
        ),
        ObjectList(
            _fields(
                "target_groups",
                "languages_spoken",
                "german_level",
                "no_experience_needed",
                "no_membership_needed",
                "minimum_age",
                "childcare",
                "costs",
                "costs_amount",
                "capacity",
            ),
            heading=_("For whom?"),
        ),
        ObjectList(_fields("contact"), heading=_("Contact")),
        ObjectList(
            [
                *_fields(
                    "expenses_refunded",
                    "insured",
                    "training_given",
                    "certificate_given",
                    "police_certificate_needed",
                    "funded_by",
                ),
                *CARE_PANELS,
            ],
            heading=_("Extras"),
        ),
    ]
)
