"""The memory of the demo: what its translations teach."""

from content.demo import PEOPLE, Demo, DemoStep

from . import services


def steps():
    """Return the ``DemoStep`` objects of the memory. They run when all pages are there."""
    return [DemoStep(PEOPLE + 40, "Translation memory", load_memory)]


def load_memory(demo: Demo):
    """Remember what is translated."""
    services.learn_from_approved()
