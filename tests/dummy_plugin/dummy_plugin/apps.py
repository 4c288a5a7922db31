from content.plugins import PluginConfig


class DummyPluginConfig(PluginConfig):
    name = "dummy_plugin"
    requires_cms = ("0.1", "0.2")
    default_auto_field = "django.db.models.BigAutoField"
