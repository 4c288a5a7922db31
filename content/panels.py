"""Parts of edit forms that every kind shares."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from .facts import AccessibilityFacts
from .widgets import DateTimeInput

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
    FieldPanel("slug"),
    schedule_panel(),
]
