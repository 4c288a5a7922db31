"""Pictures are public; documents are only what Wagtail's own view hands out."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from cms.media import uploaded_picture


@pytest.fixture
def uploads(tmp_path, settings):
    """A folder of uploads with a picture and a document."""
    settings.MEDIA_ROOT = str(tmp_path)
    for name in ("images/garden.webp", "original_images/garden.jpg", "documents/minutes.pdf", "secret.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"this is {name}")
    return tmp_path


@pytest.mark.parametrize("path", ["images/garden.webp", "original_images/garden.jpg"])
def test_a_picture_is_served(uploads, client, path):
    answer = client.get(f"/media/{path}")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).decode() == f"this is {path}"
    answer.close()


@pytest.mark.parametrize(
    "path",
    [
        "documents/minutes.pdf",
        "/documents/minutes.pdf",
        "./documents/minutes.pdf",
        "images/../documents/minutes.pdf",
        "images/./../documents/minutes.pdf",
        "images/../../etc/passwd",
        "secret.txt",
        "",
    ],
)
def test_a_document_is_not_found_however_it_is_asked_for(uploads, path):
    with pytest.raises(Http404):
        uploaded_picture(RequestFactory().get("/"), path)
