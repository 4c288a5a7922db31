"""The form of every content page: drafts may be half-filled, published pages may not.

And what every form in the admin has to do that lets somebody point to things: nobody points to, or sees by pointing,
what is hidden from them.
"""

import re

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from .choosing import choosable_by

#: How rich text is stored by the editor: references to pages, documents and pictures by number.
_REFERENCE = re.compile(
    r'<(?:a|embed)\b(?=[^>]*\b(?:link|embed)type="(page|document|image)")(?=[^>]*\bid="(\d+)")[^>]*>'
)


class OwnChoicesMixin:
    """Lists and takes only what ``for_user`` may point to; what was chosen before may stay.

    A reference to something hidden is taken out of what was sent before anything is shown again, because a chooser
    shows the title and an editor the address of whatever number it is given.
    """

    def narrow_choices(self):
        """Narrow all fields of this form; to be called when they are there."""
        self.refused_choices = []
        if self.for_user is None or self.for_user.is_superuser:
            return
        from wagtail.admin.rich_text import DraftailRichTextArea  # needs models, which import this module

        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._narrow_choice(name, field)
            elif isinstance(field.widget, DraftailRichTextArea):
                self._narrow_rich_text(name, field)

    def _narrow_choice(self, name, field):
        allowed = choosable_by(self.for_user, field.queryset.model)
        if allowed is None:
            return
        kept = self.initial.get(name)
        own = field.queryset.filter(pk__in=allowed.values("pk"))
        field.queryset = own | field.queryset.filter(pk=getattr(kept, "pk", kept)) if kept else own
        sent = self.data.get(self.add_prefix(name)) if self.is_bound else None
        if sent and not (str(sent).isdecimal() and field.queryset.filter(pk=sent).exists()):
            self._send_instead(name, "")

    def _narrow_rich_text(self, name, field):
        if not self.is_bound or self.add_prefix(name) not in self.data:
            return
        html = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)) or ""
        kept = set(_REFERENCE.findall(self.initial.get(name) or ""))
        foreign = {
            found
            for found in _REFERENCE.findall(html)
            if found not in kept and not self._may_refer_to(*found)
        }
        if foreign:
            clean = _REFERENCE.sub(lambda found: "<a>" if found.groups() in foreign else found[0], html)
            self._send_instead(name, field.widget.format_value(clean))

    def _may_refer_to(self, kind, pk):
        model = {"page": Page, "document": get_document_model(), "image": get_image_model()}[kind]
        return choosable_by(self.for_user, model).filter(pk=pk).exists()

    def _send_instead(self, name, value):
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value
        self.refused_choices.append(name)

    def say_what_was_refused(self):
        """Add an error to each field that pointed to something hidden; to be called while cleaning."""
        for name in self.refused_choices:
            self.errors.pop(name, None)
            self.add_error(
                name,
                _(
                    "This cannot be chosen here. Choose something of your own or something that everybody can read."
                ),
            )


class ContentPageForm(OwnChoicesMixin, WagtailAdminPageForm):
    """Names every missing fact at once, at its field, and only when somebody publishes or asks for approval."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # An address is made from the title; nobody has to think of one.
            self.fields["slug"].required = False
        self.narrow_choices()

    def clean(self):
        cleaned = super().clean()
        self.say_what_was_refused()
        return cleaned

    def _post_clean(self):
        self.instance.is_draft_being_saved = True
        super()._post_clean()
        self.instance.is_draft_being_saved = False
        if self.is_deferred_validation:
            return
        for name, message in self.instance.missing_for_publication().items():
            if name not in self.fields:
                self.add_error(None, message)
            elif name not in self.errors:
                self.add_error(name, message)
