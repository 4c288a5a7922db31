"""What becomes of a picture before it is kept: looked at before it is decoded, drawn anew, nothing hidden in it.

A photo from a phone says where and when it was taken, and a file can be a picture and a program at once. So every
picture is decoded and written again with nothing but what can be seen, in the way it is meant to be looked at.
"""

from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

#: Formats by Pillow's names, each with what it is written with.
FORMATS = {
    "JPEG": {"quality": 88, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 88},
    "GIF": {},
    "AVIF": {"quality": 75},
}


class DrawnFile(ContentFile):
    """The file of a picture that was drawn anew."""


TOO_LARGE = _(
    "This picture is too large. Make it smaller first, for example with your phone's picture app: 4000 points along "
    "the longer side are plenty."
)


def check_size(image):
    """Raise ``ValidationError`` when decoding ``image`` (Pillow, not decoded yet) would take too much memory.

    The limit counts the pixels of all frames together: ``WAGTAILIMAGES_MAX_IMAGE_PIXELS``.
    """
    width, height = image.size
    if width * height * getattr(image, "n_frames", 1) > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(TOO_LARGE, code="too_large")


def drawn_anew(file):
    """Return a ``DrawnFile`` with the picture in ``file`` and nothing else: no place, no camera, no comment.

    It keeps its format and colours and stands upright; of a moving picture the first frame is left. Raises
    ``ValidationError`` for what is no picture, and as ``check_size`` does.
    """
    file.seek(0)
    try:
        with Image.open(BytesIO(file.read()), formats=tuple(FORMATS)) as image:
            check_size(image)
            kind, colours = image.format, image.info.get("icc_profile")
            image.seek(0)
            upright = ImageOps.exif_transpose(image)
            upright.info = {}
            written = BytesIO()
            if kind == "JPEG" and upright.mode not in ("L", "RGB"):
                upright, colours = upright.convert("RGB"), None
            extra = {"icc_profile": colours} if colours and kind != "GIF" else {}
            upright.save(written, format=kind, **FORMATS[kind], **extra)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_LARGE, code="too_large") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("This file is no picture that can be read. Save it as JPEG, PNG or WebP and choose it again."),
            code="no_picture",
        ) from error
    return DrawnFile(written.getvalue(), name=file.name)


class PictureFile(WagtailImageFieldFile):
    """The file of a picture, drawn anew whichever way it comes."""

    def save(self, name, content, save=True):
        """Keep the picture in ``content``. Raises ``ValidationError`` as ``drawn_anew`` does."""
        is_drawn = isinstance(content, DrawnFile) or isinstance(getattr(content, "file", None), DrawnFile)
        super().save(name, content if is_drawn else drawn_anew(content), save)


class PictureFileField(WagtailImageField):
    """An image field whose files hold nothing but what can be seen."""

    attr_class = PictureFile
