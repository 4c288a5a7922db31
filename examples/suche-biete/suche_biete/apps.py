from django.utils.translation import gettext_lazy as _

from content.plugins import PluginConfig


class SucheBieteConfig(PluginConfig):
    name = "suche_biete"
    label = "suche_biete"
    verbose_name = _("Notice board")
    requires_cms = ("0.1.0", "0.2.0")
    default_auto_field = "django.db.models.BigAutoField"
