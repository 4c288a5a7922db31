"""The question on which day a copy takes place."""

import datetime
import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import selectors
from .dates import When, new_first_day
from .services import Then

#: Nobody plans further ahead; a slip of the finger does.
FURTHEST = datetime.timedelta(days=5 * 366)


class CopyForm(forms.Form):
    """``page``: what is copied; ``rights``: the ``Rights`` of who copies it. A page without a day is asked nothing."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    when = forms.ChoiceField(
        label=gettext_lazy("When is it this time?"), choices=When.choices, widget=forms.RadioSelect
    )
    other_day = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, page, rights, **kwargs):
        super().__init__(*args, **kwargs)
        self.page, self.rights = page, rights
        renewal = page.kind.renewal
        self.first_day = renewal.first_day(page) if renewal else None
        self.initial.setdefault("token", uuid.uuid4())
        self.initial.setdefault("when", When.YEAR)
        if self.first_day is None:
            del self.fields["when"], self.fields["other_day"]
        else:
            self.fields["other_day"].label = _("New day: %(what)s") % {"what": renewal.first_day_label}

    def clean(self):
        cleaned = super().clean()
        if self.first_day is None or "when" not in cleaned:
            return cleaned
        if cleaned["when"] == When.OTHER and "other_day" in cleaned:
            self._check(cleaned["other_day"])
        return cleaned

    def _check(self, day):
        if day is None:
            self.add_error("other_day", _("Give the new day."))
        elif abs(day - timezone.localdate()) > FURTHEST:
            self.add_error("other_day", _("This day is too far away. Check the year."))

    def moved_by(self):
        """Return the ``timedelta`` that was chosen; the form is valid."""
        if self.first_day is None:
            return datetime.timedelta()
        cleaned = self.cleaned_data
        return new_first_day(self.first_day, cleaned["when"], cleaned["other_day"]) - self.first_day

    def then(self):
        """Return the ``Then`` of the button that was pressed, as far as the person may; a draft in all other cases."""
        if "publish" in self.data and self.rights.can_publish:
            return Then.PUBLISH
        if "submit" in self.data and self.rights.can_submit:
            return Then.SUBMIT
        return Then.DRAFT

    def choices(self):
        """Return ``[(radio button, dates in words)]``; no dates where the person types the day."""
        result = []
        for option in self["when"]:
            value = option.data["value"]
            day = None if value == When.OTHER else new_first_day(self.first_day, value)
            result.append((option, selectors.dates_of_copy(self.page, day - self.first_day) if day else []))
        return result
