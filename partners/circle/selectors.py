"""Reads around steering circles."""

from django.db.models import Count, Q

from .models import Choice, CircleMember, Field, Sector, Step


def quarters(region):
    """Return ``[(sector label, [(field label, [member, …]), …]), …]`` of a region in any language. One query."""
    members = list(
        CircleMember.objects.filter(circle__region__translation_key=region.translation_key, is_active=True)
    )
    return [
        (
            sector.label,
            [
                (field.label, [one for one in members if (one.sector, one.field) == (sector, field)])
                for field in Field
            ],
        )
        for sector in Sector
    ]


def timeline(region):
    """Return the steps of a region in any language, by day, with ``asked`` and ``agreed``. One query."""
    return Step.objects.filter(circle__region__translation_key=region.translation_key).annotate(
        asked=Count("answers"), agreed=Count("answers", filter=Q(answers__choice=Choice.AGREE))
    )
