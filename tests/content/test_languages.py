"""Which language partners write in is a setting."""

import re
from pathlib import Path

from django.conf import settings

LITERAL = re.compile(r"""lang=["']de["']|language_attrs ["']de["']""")


def test_no_template_takes_it_for_granted_that_partners_write_german():
    templates = [each for each in Path(settings.BASE_DIR).glob("*/templates/**/*.*") if each.is_file()]
    assert len(templates) > 100
    assert [each.name for each in templates if LITERAL.search(each.read_text())] == []
