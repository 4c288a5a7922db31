from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self):
        from . import signal_handlers  # noqa: F401  (models must be ready before signals connect)
        from .filters import narrow_people_in_page_lists  # models are there only now

        narrow_people_in_page_lists()
