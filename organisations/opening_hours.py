"""Office hours as OpenStreetMap writes them (https://wiki.openstreetmap.org/wiki/Key:opening_hours)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from opening_hours import OpeningHours, ParserError


def validate_opening_hours(value):
    """Raise ``ValidationError`` with an example when ``value`` is no opening_hours expression."""
    try:
        OpeningHours(value)
    except ParserError as error:
        raise ValidationError(
            _("“%(value)s” cannot be read as hours. Write for example: Mo-Th 09:00-12:00; Tu 14:00-17:00"),
            params={"value": value},
            code="opening_hours",
        ) from error
