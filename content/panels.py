"""Parts of edit forms that every kind shares."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel

from .facts import AccessibilityFacts

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
    PublishingPanel(),
]
