"""The hints below each text of an edit form."""

from django.forms import Media
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, Panel

from content.languages import direction

from .hints import hints_for
from .readability import LIMITS
from .texts import read

#: A text of fewer words is praised for nothing.
FEWEST_WORDS_TO_PRAISE = 8


class TextHintsPanel(Panel):
    """Shows below a field what could be better in its text, or that it is good; empty where there is no text."""

    def __init__(self, field_name, **kwargs):
        super().__init__(**kwargs)
        self.field_name = field_name

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "field_name": self.field_name}

    @property
    def clean_name(self):
        return f"{self.field_name}_hints"

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/text_checks/panel.html"

        def is_shown(self):
            return self.field_name in self.form.fields

        def classes(self):
            return [*super().classes(), "text-hints-panel"]

        @property
        def media(self):
            return Media(css={"all": ["content/css/text_checks.css"]})

        @property
        def field_name(self):
            return self.panel.field_name

        @property
        def html_id(self):
            """Return the id of the element that holds the hints."""
            return f"text-hints-{self.field_name}"

        @property
        def label(self):
            """Return what the group of hints is called."""
            return _("Hints on “%(field)s”") % {"field": self.form.fields[self.field_name].label}

        @cached_property
        def language(self):
            """Return the code of the language the text is written in."""
            return self.instance.locale.language_code

        @property
        def direction(self):
            """Return "ltr" or "rtl" for the text."""
            return direction(self.language)

        @cached_property
        def text(self):
            """Return what the field holds, as it was typed where the form was sent."""
            value = getattr(self.instance, self.field_name)
            return value if isinstance(value, str) else ""

        @cached_property
        def hints(self):
            return hints_for(self.text, self.language, self.instance)

        @property
        def is_good(self):
            """Return whether there is enough text to say that it reads well, in a language in which we can tell."""
            return (
                not self.hints
                and self.language in LIMITS
                and len(read(self.text).words) >= FEWEST_WORDS_TO_PRAISE
            )


def with_hints(handler, names):
    """Return the bound edit handler ``handler`` with a ``TextHintsPanel`` behind each field that is among ``names``."""
    children = []
    for child in handler.children:
        children.append(with_hints(child, names) if hasattr(child, "children") else child)
        if isinstance(child, FieldPanel) and child.field_name in names and not child.read_only:
            children.append(TextHintsPanel(child.field_name).bind_to_model(handler.model))
    handler.children = children
    return handler


def hints_panels(bound_panel):
    """Return the bound ``TextHintsPanel`` objects below a bound edit handler that are shown."""
    if isinstance(bound_panel, TextHintsPanel.BoundPanel):
        return [bound_panel]
    return [found for child in getattr(bound_panel, "visible_children", ()) for found in hints_panels(child)]
