"""Pictures as files: refused before they are decoded, drawn anew, nothing left in them but what can be seen."""

import gc
import io
import struct
import warnings
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from content.models import Picture
from content.picture_files import drawn_anew
from tests.factories.pages import OfferPageFactory
from tests.factories.sites import picture

PLACE = "Kempten 47.7267"


@pytest.fixture(autouse=True)
def files_of_wagtail():
    """Wagtail's views leave the new picture's file to the garbage collector; it comes here, not in another test."""
    yield
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()


def photo(kind="JPEG", *, size=(40, 20), orientation=6, **save):
    """Return the bytes of a photo with red on the left, a place, a camera and a way to be turned."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x010F] = PLACE
    exif.get_ifd(0x8825)[2] = (47.0, 43.0, 36.0)
    stream = io.BytesIO()
    image.save(stream, kind, exif=exif, **save)
    return stream.getvalue()


def upload(content, name="foto.jpg"):
    return SimpleUploadedFile(name, content)


def drawn(content, name="foto.jpg"):
    return Image.open(io.BytesIO(drawn_anew(upload(content, name)).read()))


def bomb(width=30_000, height=30_000):
    """Return a PNG of a few bytes whose header announces 900 million points."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_are_gone_and_the_picture_stands_upright(kind):
    content = photo(kind)
    assert PLACE.encode() in content

    again = drawn(content, f"foto.{kind.lower()}")

    assert (again.format, again.size) == (kind, (20, 40))
    assert dict(again.getexif()) == {}
    assert PLACE.encode() not in drawn_anew(upload(content)).read()
    # Turned by 90 degrees, what was left is on top.
    red, _green, blue = again.convert("RGB").getpixel((10, 5))
    assert (red > 200, blue < 60) == (True, True)


def test_a_page_hidden_in_a_picture_is_gone():
    content = photo(comment=b"<script>hostile(1)</script>") + b"<script>hostile(2)</script>"
    assert b"hostile" in content
    assert b"hostile" not in drawn_anew(upload(content)).read()


def test_of_a_moving_picture_the_first_frame_is_left():
    stream = io.BytesIO()
    first, second = Image.new("RGB", (4, 4), "red"), Image.new("RGB", (4, 4), "blue")
    first.save(stream, "GIF", save_all=True, append_images=[second] * 9)
    again = drawn(stream.getvalue(), "winken.gif")
    assert (again.n_frames, again.convert("RGB").getpixel((1, 1))) == (1, (255, 0, 0))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bomb(), "zu groß"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='hostile(1)'/>", "kein Bild"),
        (b"<html>", "kein Bild"),
        (b"", "kein Bild"),
        (photo()[:200], "kein Bild"),
    ],
)
def test_what_is_too_large_or_no_picture_is_refused_with_words_that_help(content, words):
    with pytest.raises(ValidationError) as refused:
        drawn_anew(upload(content, "bild.png"))
    assert words in str(refused.value.messages)


def test_many_frames_count_together(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    stream = io.BytesIO()
    frames = [Image.new("L", (6, 6), shade) for shade in (0, 80, 160)]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(ValidationError):
        drawn_anew(upload(stream.getvalue(), "viele.gif"))


# --- Every way in ---


def stored(found):
    with found.file.open("rb") as file:
        return file.read()


def sent(**changes):
    return {
        "title": "Fest",
        "description": "Menschen an einem langen Tisch",
        "photographer": "Ada",
        "licence": "eigenes Bild",
        "people_shown": "agreed",
        "tags": "",
        "collection": 1,
        **changes,
    }


@pytest.mark.django_db
def test_a_picture_made_in_code_is_drawn_anew():
    found = Picture.objects.create(title="Fest", file=ContentFile(photo(), name="fest.jpg"))
    assert PLACE.encode() not in stored(found)
    assert (found.width, found.height) == (20, 40)


@pytest.mark.django_db
def test_a_picture_from_the_form_is_drawn_anew(admin_client):
    response = admin_client.post(reverse("wagtailimages:add"), sent(file=upload(photo())))
    assert response.status_code == 302
    found = Picture.objects.get()
    assert PLACE.encode() not in stored(found)
    assert found.file_size == len(stored(found))


@pytest.mark.django_db
def test_a_picture_from_the_chooser_is_drawn_anew(admin_client):
    data = {f"image-chooser-upload-{name}": value for name, value in sent(file=upload(photo())).items()}
    response = admin_client.post(reverse("wagtailimages_chooser:create"), data)
    assert response.json()["step"] == "chosen"
    assert PLACE.encode() not in stored(Picture.objects.get())


@pytest.mark.django_db
def test_pictures_uploaded_together_wait_for_their_descriptions_and_are_drawn_anew(admin_client):
    response = admin_client.post(
        reverse("wagtailimages:add_multiple"), {"title": "Fest", "collection": 1, "files[]": upload(photo())}
    )
    assert Picture.objects.count() == 0
    number = response.json()["uploaded_file_id"]

    data = {f"uploaded-image-{number}-{name}": value for name, value in sent().items()}
    admin_client.post(reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number]), data)

    assert PLACE.encode() not in stored(Picture.objects.get())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("description", "Beschreiben Sie das Bild"),
        ("photographer", "Nennen Sie"),
        ("licence", "unter welcher Lizenz"),
        ("people_shown", "erkennbar"),
    ],
)
def test_what_is_missing_is_named_at_its_field(admin_client, name, words):
    response = admin_client.post(reverse("wagtailimages:add"), sent(file=upload(photo()), **{name: ""}))
    errors = response.context["form"].errors
    assert list(errors) == [name]
    assert words in errors[name][0]
    assert Picture.objects.count() == 0


@pytest.mark.django_db
def test_a_page_is_not_published_with_a_picture_nobody_agreed_to(site):
    unknown = picture()
    unknown.people_shown = "unknown"
    page = OfferPageFactory(parent=site.organisation, image=unknown, live=False)
    assert "image" in page.missing_for_publication()
    unknown.people_shown = "agreed"
    assert "image" not in page.missing_for_publication()
