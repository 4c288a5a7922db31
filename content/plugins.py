"""The base class of a plugin's app config, and how its version bounds are read."""

import re

from django.apps import AppConfig, apps

from . import __version__

PLUGIN_GROUP = "cms.plugins"


def version_key(version):
    """Return a version number such as "0.1.0" as a tuple of its three numbers.

    Missing parts count as 0 and what follows the numbers ("rc1") is ignored. Raises ``ValueError`` when
    ``version`` does not begin with a number.
    """
    match = re.match(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?", version)
    if not match:
        raise ValueError(f"“{version}” is no version number.")
    return tuple(int(part or 0) for part in match.groups())


class PluginConfig(AppConfig):
    """What the entry point of a plugin names.

    ``requires_cms``: ``(lowest, first_too_new)``, versions as strings; the plugin runs with a platform version
    ``lowest <= version < first_too_new``. The plugin's own name is its ``label``: it prefixes template
    directories (``templates/<label>/``) and names of URLs (``<label>_…`` or the namespace ``<label>``).
    """

    requires_cms: tuple[str, str] = ("", "")

    def fits(self, version=__version__):
        """Return whether the plugin runs with that version of the platform. Raises ``ValueError`` on bad bounds."""
        lowest, first_too_new = self.requires_cms
        return version_key(lowest) <= version_key(version) < version_key(first_too_new)


def installed_plugins():
    """Return the app configs of all installed plugins."""
    return [config for config in apps.get_app_configs() if isinstance(config, PluginConfig)]


def plugin_of(function):
    """Return the config of the plugin that a hook function comes from, or None."""
    config = apps.get_containing_app_config(function.__module__)
    return config if isinstance(config, PluginConfig) else None
