"""The sizes of pictures: made when a picture comes, fetched for all of a page or list at once."""

import logging

from django.db.models import prefetch_related_objects
from wagtail.images.models import AbstractImage, SourceImageIOError

logger = logging.getLogger(__name__)

#: The sizes templates show pictures in: wide in a text, as a logo, as a portrait.
SIZES = ("width-800", "max-160x160", "fill-160x160")


def make_sizes(*, picture):
    """Make all ``SIZES`` of a picture that are not there yet, so that no reader waits for one."""
    try:
        picture.get_renditions(*SIZES)
    except SourceImageIOError:
        logger.warning("The file of picture %s cannot be read; its sizes are not made.", picture.pk)


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
