"""The form of every content page: drafts may be half-filled, published pages may not.

And what every form in the admin has to do that lets somebody point to things: nobody points to, or sees by pointing,
what is hidden from them.
"""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from .choosing import choosable_by

#: How rich text is stored by the editor: references to pages, documents and pictures by number.
_REFERENCE = re.compile(
    r'<(?:a|embed)\b(?=[^>]*\b(?:link|embed)type="(page|document|image)")(?=[^>]*\bid="(\d+)")[^>]*>'
)


REFUSED = _("This cannot be chosen here. Choose something of your own or something that everybody can read.")


class _Choices:
    """What one form lets ``user`` point to, in fields, rich text and blocks; what was chosen before may stay."""

    def __init__(self, form, user):
        self.form, self.user, self.refused = form, user, []
        from wagtail.admin.rich_text import DraftailRichTextArea  # needs models, which import this module

        for name, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._narrow_choice(name, field)
            elif isinstance(field.widget, DraftailRichTextArea):
                self._narrow_rich_text(name, field)
            elif isinstance(field, blocks.BlockField):
                self._narrow_blocks(name, field)

    def say_what_was_refused(self):
        """Add an error to each field that pointed to something hidden; called while the form is cleaned, or after."""
        for name in self.refused:
            self.form.errors.pop(name, None)
            self.form.add_error(name, REFUSED)

    def _narrow_choice(self, name, field):
        allowed = choosable_by(self.user, field.queryset.model)
        if allowed is None:
            return
        kept = self.form.initial.get(name)
        own = field.queryset.filter(pk__in=allowed.values("pk"))
        field.queryset = own | field.queryset.filter(pk=getattr(kept, "pk", kept)) if kept else own
        sent = self.form.data.get(self.form.add_prefix(name)) if self.form.is_bound else None
        if sent and not (str(sent).isdecimal() and field.queryset.filter(pk=sent).exists()):
            self._send_instead(name, "")

    def _narrow_rich_text(self, name, field):
        if not self._is_sent(name):
            return
        html = self._sent(name, field) or ""
        kept = set(_REFERENCE.findall(self.form.initial.get(name) or ""))
        clean = self._without_foreign(html, kept)
        if clean != html:
            self._send_instead(name, field.widget.format_value(clean))

    def _narrow_blocks(self, name, field):
        if not self.form.is_bound or f"{self.form.add_prefix(name)}-count" not in self.form.data:
            return
        kept = set()
        before = self.form.initial.get(name)
        if before:
            _each_reference(field.block, before, lambda reference: kept.add(reference) or True)
        sent = self._sent(name, field)
        refused = []

        def may_stay(reference):
            if reference in kept or self._may_refer_to(*reference):
                return True
            refused.append(reference)
            return False

        _each_reference(field.block, sent, may_stay)
        if refused:
            # Shown again is what was sent without it, whatever the blocks are made of.
            field.bound_data = lambda data, initial: sent
            self.refused.append(name)

    def _without_foreign(self, html, kept):
        foreign = {
            found
            for found in _REFERENCE.findall(html)
            if found not in kept and not self._may_refer_to(*found)
        }
        return _REFERENCE.sub(lambda found: "<a>" if found.groups() in foreign else found[0], html)

    def _may_refer_to(self, kind, pk):
        model = {"page": Page, "document": get_document_model(), "image": get_image_model()}[kind]
        return choosable_by(self.user, model).filter(pk=pk).exists()

    def _is_sent(self, name):
        return self.form.is_bound and self.form.add_prefix(name) in self.form.data

    def _sent(self, name, field):
        return field.widget.value_from_datadict(self.form.data, self.form.files, self.form.add_prefix(name))

    def _send_instead(self, name, value):
        self.form.data = self.form.data.copy()
        self.form.data[self.form.add_prefix(name)] = value
        self.refused.append(name)


def _each_reference(block, value, may_stay):
    """Ask ``may_stay((kind, id))`` of everything that the ``value`` of a block points to; take out what may not."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        for child in value if isinstance(block, blocks.StreamBlock) else value.bound_blocks:
            child.value = _each_reference(child.block, child.value, may_stay)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            value[name] = _each_reference(child, value.get(name), may_stay)
    elif isinstance(block, blocks.ChooserBlock):
        kind = next((kind for kind, model in _KINDS if issubclass(block.target_model, model)), None)
        if value is not None and kind and not may_stay((kind, str(value.pk))):
            return None
    elif isinstance(block, blocks.RichTextBlock) and value:
        source = _REFERENCE.sub(lambda found: found[0] if may_stay(found.groups()) else "<a>", value.source)
        return type(value)(source)
    return value


#: What ``_REFERENCE`` calls the things that somebody may point to.
_KINDS = (("page", Page), ("image", AbstractImage), ("document", AbstractDocument))


class OwnChoicesMixin:
    """Lists and takes only what ``for_user`` may point to, in the form and in the rows below it.

    A reference to something hidden is taken out of what was sent before anything is shown again, because a chooser
    shows the title and an editor the address of whatever number it is given.
    """

    def narrow_choices(self):
        """Narrow all fields of this form; to be called when they are there."""
        self.narrowed = []
        if self.for_user is None or self.for_user.is_superuser:
            return
        below = [form for formset in getattr(self, "formsets", {}).values() for form in formset.forms]
        self.narrowed = [_Choices(form, self.for_user) for form in (self, *below)]

    def say_what_was_refused(self):
        """Add an error to each field that pointed to something hidden; to be called while cleaning."""
        for choices in self.narrowed:
            choices.say_what_was_refused()


class OwnChoicesPageForm(OwnChoicesMixin, WagtailAdminPageForm):
    """The form of a page that may point only to what its editor knows."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.narrow_choices()

    def clean(self):
        cleaned = super().clean()
        self.say_what_was_refused()
        return cleaned


class ContentPageForm(OwnChoicesPageForm):
    """Names every missing fact at once, at its field, and only when somebody publishes or asks for approval."""

    #: Model fields that the form asks for by fields of its own.
    said_in_other_words = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # An address is made from the title; nobody has to think of one.
            self.fields["slug"].required = False

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
