"""Groups of facts that several kinds share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import TriState, TriStateField


class AccessibilityFacts(models.Model):
    """What people need to know before they come; each is yes, no, or not known yet."""

    step_free = TriStateField(_("step-free entrance"))
    accessible_toilet = TriStateField(_("accessible toilet"))
    lift = TriStateField(_("lift"))
    hearing_loop = TriStateField(_("hearing loop"))
    sign_language = TriStateField(_("sign language"))
    quiet_room = TriStateField(_("quiet room"))
    assistance_dog = TriStateField(_("assistance dogs welcome"))
    accessible_parking = TriStateField(_("accessible parking"))

    accessibility_fields = (
        "step_free",
        "accessible_toilet",
        "lift",
        "hearing_loop",
        "sign_language",
        "quiet_room",
        "assistance_dog",
        "accessible_parking",
    )

    class Meta:
        abstract = True

    def accessibility(self):
        """Return ``[(label, TriState)]`` for all eight facts, known ones first."""
        pairs = [
            (self._meta.get_field(name).verbose_name, TriState(getattr(self, name)))
            for name in self.accessibility_fields
        ]
        return sorted(pairs, key=lambda pair: pair[1] == TriState.UNKNOWN)
