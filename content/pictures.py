"""Fetching the sizes of pictures for all of a page or list at once."""

from django.db.models import prefetch_related_objects
from wagtail.images.models import AbstractImage


def fetch_renditions(pictures):
    """Fetch the sizes of ``pictures`` (None among them is left out) in one query; none where there is no picture."""
    found = [picture for picture in pictures if isinstance(picture, AbstractImage)]
    if found:
        prefetch_related_objects(found, "renditions")


def pictures_of(page, relations):
    """Return what ``page`` has of pictures behind ``relations`` ("image", "contact__photo") that are loaded already."""
    pictures = []
    for relation in relations:
        value = page
        for name in relation.split("__"):
            value = getattr(value, name, None)
        pictures.append(value)
    return pictures
