"""The demo's memory and glossaries, made once however often the demo is built."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from content.demo import Demo
from translation import services as translation
from translation.glossary import demo_steps as glossary
from translation.glossary.models import Term
from translation.memory import demo_steps as memory
from translation.memory.models import MemoryUnit

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_memory_and_glossaries(tree, committed):
    with committed():
        translation.write_translation(
            page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi"}
        )
    demo = Demo(data=Path(settings.BASE_DIR, "home", "demo"), today=timezone.localdate())
    for step in [*memory.steps(), *glossary.steps()] * 2:
        step.run(demo)
    assert list(MemoryUnit.objects.values_list("source", "target")) == [("World Café", "Dünya Kafesi")]
    terms = Term.objects.filter(locale=tree.tr)
    assert list(terms.filter(rule="keep").values_list("source", "target")) == [
        ("Haus International", "Haus International"),
        ("MitMischen", "MitMischen"),
    ]
    assert terms.count() == 6
