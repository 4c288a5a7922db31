"""Views of the admin that belong to events."""

from django import forms
from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.views.decorators.http import require_GET

from .forms import DatesWidget, date_rows, day_label
from .models import EventPage
from .recurrence import RecurrenceError, describe
from .vocabularies import Repeat, Weekday


class DatesPreviewForm(forms.Form):
    """What the list of coming dates depends on."""

    start_date = forms.DateField(localize=True)
    start_time = forms.TimeField(localize=True, required=False)
    all_day = forms.BooleanField(required=False)
    repeat = forms.ChoiceField(choices=Repeat.choices)
    repeat_weekdays = forms.MultipleChoiceField(choices=Weekday.choices, required=False)
    repeat_until = forms.DateField(localize=True, required=False)


@require_GET
@permission_required("wagtailadmin.access_admin")
def dates_preview(request):
    """Return the rows of the next dates for what stands in the form now; an empty list for half a form."""
    form = DatesPreviewForm(request.GET)
    rows, description = [], ""
    if form.is_valid():
        fields = form.cleaned_data
        page = EventPage(
            start_date=fields["start_date"], start_time=fields["start_time"], all_day=fields["all_day"]
        )
        try:
            recurrence = Repeat.from_form(
                fields["repeat"],
                start=fields["start_date"],
                weekdays=fields["repeat_weekdays"],
                until=fields["repeat_until"],
            )
            page.rrule = recurrence.to_rrule()
            description = describe(recurrence, fields["start_date"])
        except RecurrenceError as error:
            description = str(error)
        typed = {
            row["original"]: row
            for row in DatesWidget().value_from_datadict(request.GET, None, "date_changes")
        }
        rows = [
            typed.get(row["original"], row) | {"label": day_label(row["original"])} for row in date_rows(page)
        ]
    context = {"rows": rows, "name": "date_changes", "description": description}
    return render(request, "events/admin/date_rows.html", context)
