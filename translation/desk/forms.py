"""What people choose on the desk and above the matrix, and the day by which they want to be done."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.languages import language
from translation.models import State

from .sources import PLAIN_PAGES, kinds_among, regions_among


class FilterForm(forms.Form):
    """Narrows sources by region, kind and words; further choices come from subclasses.

    A choice that does not exist (any more) counts as none, so that kept addresses go on working.
    """

    q = forms.CharField(label=_("Title contains"), required=False, max_length=100)
    region = forms.ChoiceField(label=_("Region"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, data, *, sources):
        super().__init__(data)
        regions, kinds = regions_among(sources), kinds_among(sources)
        self.fields["region"].choices = [
            ("", _("All")),
            *((str(region.key), region.title) for region in regions),
        ]
        self.fields["kind"].choices = [("", _("All")), *kinds, (PLAIN_PAGES, _("Other pages"))]
        for field in self.fields.values():
            field.widget.attrs["class"] = "desk-input"
        self.is_valid()

    def value(self, name):
        """Return what was chosen, or ""."""
        return self.cleaned_data.get(name) or ""

    @property
    def is_narrowing(self):
        """Return whether anything is chosen."""
        return any(self.cleaned_data.values())

    def matches(self, source):
        """Return whether ``source`` is among what was chosen."""
        region, kind, words = self.value("region"), self.value("kind"), self.value("q").casefold()
        return (
            (not region or (source.region is not None and str(source.region.key) == region))
            and (not kind or source.kind == kind)
            and (not words or words in source.title.casefold())
        )


class DueForm(forms.Form):
    """The day by which a translator wants to be done; none is a choice too."""

    due_on = forms.DateField(
        label=_("To be done by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(
                _("This day is over. Choose today or a later day, or leave it empty.")
            )
        return day


class MatrixFilterForm(FilterForm):
    """Narrows by state as well: pages that stand so in at least one language."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *State.choices])
    field_order = ("q", "region", "kind", "state")

    def __init__(self, data, *, sources):
        super().__init__(data, sources=sources)


class WantedForm(forms.Form):
    """The languages that a page is to be translated into."""

    languages = forms.MultipleChoiceField(
        label=_("Translate into"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data, *, locales):
        """``locales``: ``[(Locale, State)]`` of the languages that the page appears in."""
        wanted = [locale.language_code for locale, state in locales if state != State.NOT_WANTED]
        super().__init__(data, initial={"languages": wanted})
        self.fields["languages"].choices = [
            (locale.language_code, language(locale.language_code).endonym) for locale, _state in locales
        ]
