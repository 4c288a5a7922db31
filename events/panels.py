"""The edit form of events, in the order people think."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

from content.panels import ACCESSIBILITY_PANEL, CARE_PANELS, TITLE_PANEL, TOPICS_PANEL


def _fields(*names):
    return [FieldPanel(name) for name in names]


EVENT_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                TITLE_PANEL,
                *_fields("teaser", "event_type", "text"),
                TOPICS_PANEL,
                *_fields("series", "image"),
            ],
            heading=_("What?"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    _fields("start_date", "start_time", "end_time", "end_date", "all_day", "doors_time"),
                    heading=_("When?"),
                ),
                MultiFieldPanel(
                    _fields("repeat", "repeat_weekdays", "repeat_until", "date_changes"),
                    heading=_("Repetition"),
                    classname="event-repetition",
                ),
                MultiFieldPanel(
                    _fields(
                        "place_mode", "place_name", "street", "postcode", "city", "how_to_find", "online_url"
                    ),
                    heading=_("Where?"),
                ),
                *_fields("places", "public_transport", "transport_minutes", "weather_note"),
                ACCESSIBILITY_PANEL,
            ],
            heading=_("When and where?"),
        ),
        ObjectList(
            _fields(
                "target_groups",
                "languages_spoken",
                "interpretation",
                "german_level",
                "no_experience_needed",
                "costs",
                "costs_amount",
                "childcare",
                "catering",
                "diets",
            ),
            heading=_("For whom?"),
        ),
        ObjectList(
            [
                *_fields(
                    "contact",
                    "reply_mode",
                    "reply_by",
                    "reply_channels",
                    "reply_preferred",
                    "reply_fallback",
                    "reply_note",
                    "capacity",
                    "waiting_list",
                ),
                InlinePanel("organisers", label=_("organiser")),
            ],
            heading=_("Contact"),
        ),
        ObjectList(
            [*_fields("status", "results", "press_text", "is_listed"), *CARE_PANELS], heading=_("Extras")
        ),
    ]
)
