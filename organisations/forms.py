"""Forms of what organisations own."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from content.forms import ContentPageForm, OwnChoicesMixin


class OwnedContactForm(ContentPageForm):
    """Offers the contacts of the page's own organisation only."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "contact" in self.fields:
            field = self.fields["contact"]
            field.queryset = field.queryset.filter(organisation_key__in=self._organisation_keys())

    def _organisation_keys(self):
        """Return translation keys: of the page, if it is an organisation, and of what it lies below."""
        parent = self.parent_page
        pages = [self.instance, *(parent.get_ancestors(inclusive=True) if parent is not None else [])]
        return [page.translation_key for page in pages if page.translation_key]


class RegionContactForm(ContentPageForm):
    """Offers the contacts of organisations in the region."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "contact" in self.fields and self.instance.pk:
            keys = self.instance.get_descendants().values("translation_key")
            field = self.fields["contact"]
            field.queryset = field.queryset.filter(organisation_key__in=keys)


class ContactForm(OwnChoicesMixin, WagtailAdminModelForm):
    """A contact of one of the organisations that the person at the form may change."""

    organisation = forms.ModelChoiceField(label=_("organisation"), queryset=None)

    class Meta:
        fields = [
            "name",
            "function",
            "languages",
            "phone",
            "email",
            "messengers",
            "hours",
            "photo",
            "photo_consent",
        ]

    field_order = ["organisation", *Meta.fields]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        from .selectors import organisations_editable_by  # selectors import the models, which import forms

        choices = organisations_editable_by(self.for_user)
        self.fields["organisation"].queryset = choices
        if self.instance.pk:
            self.initial["organisation"] = choices.filter(
                translation_key=self.instance.organisation_key, locale__language_code=settings.LANGUAGE_CODE
            ).first()
        elif choices.count() == 1:
            self.initial["organisation"] = choices.first()
        self.narrow_choices()

    def clean(self):
        cleaned = super().clean()
        self.say_what_was_refused()
        if cleaned.get("organisation"):
            self.instance.organisation_key = cleaned["organisation"].translation_key
        return cleaned
