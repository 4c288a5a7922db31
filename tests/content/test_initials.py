"""Letters that stand for an organisation without a logo."""

import pytest

from content.templatetags.content_page import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Haus International", "HI"),
        ("BAMF", "BAMF"),
        ("Familienzentrum am Markt", "FM"),
        ("SV Illertal", "SV"),
        ("LBE Bayern e.V.", "LBE"),
        ("جمعية الوفاء", "جا"),
        ("Syrisch-Deutscher Freundeskreis Iller", "SDF"),
        ("Thingers", "T"),
        ("„Mosaik“", ""),
        ("", ""),
    ],
)
def test_a_name_is_cut_to_its_initials_never_through_a_word(name, letters):
    assert initials(name) == letters
