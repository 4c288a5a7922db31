"""Finds installed plugins: distributions with an entry point in the group ``cms.plugins``.

An entry point names an ``AppConfig`` subclass, for example ``board = "board.apps:BoardConfig"``. What it may
contain and how it is checked is described in ``docs/developers/extending.md``.
"""

from importlib.metadata import entry_points

PLUGIN_GROUP = "cms.plugins"


def plugin_app_configs():
    """Return the dotted paths of all plugins' app configs, sorted by entry point name.

    The paths go into ``INSTALLED_APPS`` as they are; nothing is imported here, so a broken plugin fails
    with Django's own message that names it.
    """
    found = sorted(entry_points(group=PLUGIN_GROUP), key=lambda entry_point: entry_point.name)
    return [f"{entry_point.module}.{entry_point.attr}" for entry_point in found]
