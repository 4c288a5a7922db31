"""Files that want to do harm, or are broken, get a clear message and nothing else."""

import resource

import pytest

from content.transfer import FileRefused
from translation.files import xml
from translation.files.xml import parse

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><tmx>&i;</tmx>"
)

HOSTILE = {
    "bomb": (BOMB.encode(), "Die Datei definiert Entitäten"),
    "file": (
        b'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx>&x;</tmx>',
        "Die Datei definiert Entitäten",
    ),
    "parameter entity": (
        b'<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]><tmx/>',
        "Die Datei definiert Entitäten",
    ),
    "deep": (b"<tmx>" + b"<a>" * 200_000, "Die Datei hat zu viele Teile"),
    "wide": (b"<tmx>" + b"<a/>" * 500_000 + b"</tmx>", "Die Datei hat zu viele Teile"),
    "large": (b"<tmx>" + b" " * 5 * 1024**2 + b"</tmx>", "Die Datei ist größer als 5"),
    "latin": ("<tmx><a>Größe</a></tmx>".encode("latin-1"), "Die Buchstaben der Datei"),
    "lying": (b'<?xml version="1.0" encoding="utf-16"?><tmx/>', "Die Buchstaben der Datei"),
    "unknown": (b'<?xml version="1.0" encoding="klingon"?><tmx/>', "Die Buchstaben der Datei"),
    "Chinese": (b'<?xml version="1.0" encoding="gb2312"?><tmx/>', "Die Buchstaben der Datei"),
    "half": (b"<tmx>\n<body>\n<tu>", "Die Datei ist in Zeile 3 beschädigt"),
    "empty": (b"", "Das ist keine TMX-Datei"),
    "text": ("Käse & Brot".encode(), "Das ist keine TMX-Datei"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "Die Buchstaben der Datei"),
    "zip": (b"PK\x03\x04\x14\x00\x08\x00", "Das ist keine TMX-Datei"),
    "other": (b"<html><body/></html>", "Das ist keine TMX-Datei"),
    "nothing in it": (b"\x00" * 100, "Das ist keine TMX-Datei"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_in_words(name):
    data, begins = HOSTILE[name]
    before = resource.getrusage(resource.RUSAGE_SELF)
    with pytest.raises(FileRefused) as refused:
        parse(data, roots={"tmx"}, name="TMX")
    after = resource.getrusage(resource.RUSAGE_SELF)
    (message,) = refused.value.messages
    assert message.startswith(begins)
    assert after.ru_utime - before.ru_utime < 5
    # Kilobytes: nothing is made of a file that is many times its size.
    assert after.ru_maxrss - before.ru_maxrss < 400_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_file_may_say_how_its_letters_are_written(encoding):
    declared = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{declared}"?><tmx>Größe</tmx>'.encode(encoding)
    assert parse(data, roots={"tmx"}, name="TMX").text == "Größe"


def test_a_document_type_is_taken_and_never_fetched():
    data = b'<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd"><tmx/>'
    assert parse(data, roots={"tmx"}, name="TMX").tag == "tmx"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de", "de"),
        ("DE-de", "de"),
        ("tr_TR", "tr"),
        ("de-simple", "de-simple"),
        ("uk-UA", "uk"),
        ("fr", None),
        ("", None),
        ("x" * 1000, None),
    ],
)
def test_languages_are_understood_however_they_are_written(tag, code):
    (child,) = parse(f'<a><b xml:lang="{tag}"/></a>'.encode(), roots={"a"}, name="TMX")
    assert xml.language_of(child) == code
