"""Parts of edit forms that every kind shares."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from .facts import AccessibilityFacts
from .widgets import DateTimeInput, TopicCheckboxes

#: What Wagtail's dialog for scheduled publishing needs to put a change back that was not saved.
_IN_DIALOG = {
    "data-controller": "w-action",
    "data-action": "w-dialog:hidden->w-action#reset",
    "data-w-dialog-target": "notify",
}


def schedule_panel():
    """Return Wagtail's panel for scheduled publishing, with dates as all our forms ask for them."""
    return PublishingPanel(
        children=[
            FieldPanel(name, widget=DateTimeInput(attrs=_IN_DIALOG)) for name in ("go_live_at", "expire_at")
        ]
    )


TITLE_PANEL = FieldPanel("title", help_text=_("Say in a few words what it is."))
NAME_PANEL = FieldPanel("title", heading=_("Name"), help_text=_("Write the name as people know it."))
TOPICS_PANEL = FieldPanel("topics", widget=TopicCheckboxes, help_text=_("Tick what fits."))

ACCESSIBILITY_PANEL = MultiFieldPanel(
    [FieldPanel(name) for name in AccessibilityFacts.accessibility_fields],
    heading=_("Accessibility"),
    help_text=_("Leave “not known yet” where nobody has looked."),
    classname="collapsed",
)

CARE_PANELS = [
    FieldPanel("confirmed_on"),
    FieldPanel("confirmed_by"),
    FieldPanel("review_interval"),
    FieldPanel(
        "slug",
        heading=_("End of the address"),
        help_text=_("Leave it as it is: links and printed flyers lead there."),
    ),
    schedule_panel(),
]
