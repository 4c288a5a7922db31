"""The form of one term."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Rule, Term


class TermForm(forms.Form):
    """A word, what becomes of it, and where that holds. What is wrong together the service says."""

    source = forms.CharField(
        label=_("Word in the original"),
        max_length=Term._meta.get_field("source").max_length,
        help_text=_("As it stands in a dictionary. Endings such as -n, -en or -s are found as well."),
        error_messages={"required": _("Give the word as it stands in the original.")},
    )
    rule = forms.ChoiceField(
        label=_("Rule"), choices=Rule.choices, widget=forms.RadioSelect, initial=Rule.REQUIRED
    )
    target = forms.CharField(
        label=_("In the translation"),
        max_length=Term._meta.get_field("target").max_length,
        required=False,
        help_text=_("Leave this empty where the word is not translated."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=Term._meta.get_field("note").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Translators see it: why it is so, or what to write instead."),
    )
    region_key = forms.ChoiceField(label=_("Holds for"), required=False)

    def __init__(self, *args, regions, source_code, target_code, **kwargs):
        """``regions``: ``[(key, title)]``; ``source_code``, ``target_code``: languages of the two words."""
        super().__init__(*args, **kwargs)
        self.fields["region_key"].choices = [("", _("All regions")), *regions]
        self.fields["source"].widget.attrs |= {"lang": source_code, "dir": "auto"}
        self.fields["target"].widget.attrs |= {"lang": target_code, "dir": "auto"}
        self.fields["note"].widget.attrs["dir"] = "auto"
