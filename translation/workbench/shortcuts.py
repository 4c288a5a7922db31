"""The keys of the workbench: one list for the page that shows them and for the script that listens."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Shortcut:
    """``action``: what the script knows it by. ``keys``: as the event names them, with the modifiers first."""

    action: str
    keys: str
    label: str

    @property
    def shown(self):
        """Return the keys one by one, as they are printed on keyboards."""
        names = {"ArrowDown": "↓", "ArrowUp": "↑", "Control": "Strg / Ctrl"}
        return [names.get(key, key) for key in self.keys.split("+")]


SHORTCUTS = (
    Shortcut("save_next", "Control+Enter", _("Save this sentence and go to the next one that needs work")),
    Shortcut("next", "Alt+ArrowDown", _("Next sentence")),
    Shortcut("previous", "Alt+ArrowUp", _("Sentence before")),
    Shortcut("suggestion", "Alt+1 … 5", _("Take suggestion 1 to 5")),
    Shortcut("mark", "Alt+M", _("Insert the next mark that is missing, around what is selected")),
    Shortcut("term", "Alt+G", _("Insert the next glossary term that is missing")),
    Shortcut("original", "Alt+O", _("Copy the original")),
    Shortcut("preview", "Alt+P", _("Show or hide the preview")),
)
