"""What a kind of content is: the register of kinds, and every surface that is computed from it."""

#: Version of the platform that plugins state their bounds against (``content.plugins.PluginConfig``).
__version__ = "0.1.0"
