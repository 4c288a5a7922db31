"""How events' compound facts look in one cell of a sheet."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisations.models import OrganisationPage

from .models import EventOrganiser
from .vocabularies import OrganiserRole


def _parts(cell):
    return [part.strip() for part in cell.split(";") if part.strip()]


def _day(text):
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValidationError(
            _("“%(text)s” is no date. Write it like 2026-12-24."), params={"text": text}
        ) from error


def read_excluded_dates(page):
    """Return ``2026-12-24; 2026-12-31``."""
    return "; ".join(page.excluded_dates)


def write_excluded_dates(page, cell):
    """Take what ``read_excluded_dates`` gives."""
    page.excluded_dates = sorted(_day(part) for part in _parts(cell))


def read_moved_dates(page):
    """Return ``2026-12-24>2026-12-27T14:00`` per moved date, with ``/2026-12-27T16:00`` where an end is given."""
    cells = []
    for entry in page.moved_dates:
        end = f"/{entry['end']}" if entry.get("end") else ""
        cells.append(f"{entry['original']}>{entry['start']}{end}")
    return "; ".join(cells)


def write_moved_dates(page, cell):
    """Take what ``read_moved_dates`` gives."""
    moved = []
    for part in _parts(cell):
        original, arrow, times = part.partition(">")
        start, _slash, end = times.partition("/")
        try:
            if not arrow:
                raise ValueError(part)
            parsed = [datetime.datetime.fromisoformat(text) for text in (start, end) if text]
        except ValueError as error:
            raise ValidationError(
                _("“%(text)s” is no moved date. Write it like 2026-12-24>2026-12-27T14:00."),
                params={"text": part},
            ) from error
        texts = [moment.strftime("%Y-%m-%dT%H:%M") for moment in parsed]
        moved.append(
            {"original": _day(original), "start": texts[0], "end": texts[1] if len(texts) > 1 else ""}
        )
    page.moved_dates = moved


def read_organisers(page):
    """Return ``mosaik:co_host; lbe:supported_by`` by slugs of organisations."""
    return "; ".join(f"{row.organisation.slug}:{row.role}" for row in page.organisers.all())


def write_organisers(page, cell):
    """Take what ``read_organisers`` gives; organisations are looked up in the page's locale."""

    rows = []
    for number, part in enumerate(_parts(cell)):
        slug, _colon, role = part.partition(":")
        role = role or OrganiserRole.CO_HOST
        if role not in OrganiserRole.values:
            raise ValidationError(
                _("“%(role)s” is no role. Possible are: %(known)s."),
                params={"role": role, "known": ", ".join(OrganiserRole.values)},
            )
        organisation = OrganisationPage.objects.filter(slug=slug, alias_of__isnull=True).first()
        if organisation is None:
            raise ValidationError(
                _("No organisation has the short address “%(slug)s”."), params={"slug": slug}
            )
        rows.append(EventOrganiser(organisation=organisation, role=role, sort_order=number))
    page.organisers = rows
