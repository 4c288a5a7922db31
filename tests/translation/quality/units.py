"""Short ways to ask the checks."""

from django.utils.translation import override

from translation.quality import Unit, check_unit


def found(source, target, language="en", **kwargs):
    """Return ``(level, code, what the finding points at or None)`` of each finding; the source is German."""
    return [
        (finding.level.value, finding.code, finding.span and target[slice(*finding.span)])
        for finding in check_unit(Unit(source, target, "de", language, **kwargs))
    ]


def said(source, target, language="en", **kwargs):
    """Return the messages in English."""
    with override("en"):
        return [
            str(finding.message) for finding in check_unit(Unit(source, target, "de", language, **kwargs))
        ]
