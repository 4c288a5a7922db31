from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = _("Content")

    def ready(self):
        from . import checks, placing, signal_handlers  # noqa: F401  (register themselves; need the app registry)
        from .index import signal_handlers as index_signal_handlers  # noqa: F401  (the same)
        from .widgets import use_in_edit_forms  # its base is a module of models

        use_in_edit_forms()
