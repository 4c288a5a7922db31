"""The calendar files of an event: ``event.ics`` for all of it, ``2026-12-12.ics`` for one date."""

import datetime

from django.http import Http404, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

from .feeds import page_calendar


class CalendarFiles(RoutablePageMixin):
    """For event pages: answers below the page's address with iCalendar files."""

    @path("event.ics/", name="calendar")
    def calendar(self, request):
        return self._file(request, f"{self.slug}.ics")

    @re_path(r"^(\d{4}-\d{2}-\d{2})\.ics/$", name="date")
    def date(self, request, day):
        try:
            occurrence = datetime.date.fromisoformat(day)
        except ValueError as error:
            raise Http404 from error
        return self._file(request, f"{self.slug}-{day}.ics", occurrence=occurrence)

    def _file(self, request, name, *, occurrence=None):
        try:
            content = page_calendar(self, request, occurrence=occurrence)
        except LookupError as error:
            raise Http404 from error
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
