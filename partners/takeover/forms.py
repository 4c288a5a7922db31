"""The question for whom something is taken over."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeOverForm(forms.Form):
    """``destinations``: ``[(organisation, its region)]`` to choose from, at least one."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    into = forms.TypedChoiceField(
        label=_("For which organisation?"),
        coerce=int,
        error_messages={
            "required": _("Choose an organisation."),
            "invalid_choice": _("Choose an organisation."),
        },
    )

    def __init__(self, *args, destinations, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisations = {organisation.pk: organisation for organisation, _region in destinations}
        choices = [
            (organisation.pk, f"{organisation.title} · {region.title}")
            for organisation, region in destinations
        ]
        is_choice = len(choices) > 1
        self.fields["into"].choices = [("", "—"), *choices] if is_choice else choices
        self.initial.setdefault("token", uuid.uuid4())
        if not is_choice:
            self.initial["into"] = choices[0][0]

    def organisation(self):
        """Return the organisation that was chosen; the form is valid."""
        return self.organisations[self.cleaned_data["into"]]
