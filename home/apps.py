from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self):
        from .chooser_labels import follow_the_reader  # Wagtail's classes need the apps

        follow_the_reader()
