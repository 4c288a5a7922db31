"""The seven states in templates: always a word, a symbol and a colour together."""

from django import template

from translation.models import State

register = template.Library()

#: State → symbol of the public sprite.
SYMBOLS = {
    State.MISSING: "minus",
    State.MACHINE_DRAFT: "puzzle",
    State.IN_WORK: "pencil",
    State.IN_REVIEW: "eye",
    State.FRESH: "check",
    State.OUTDATED: "repeat",
    State.NOT_WANTED: "no",
}


@register.inclusion_tag("translation/desk/_state.html")
def translation_state(state):
    """Show a ``State``."""
    return {"state": state, "symbol": SYMBOLS[state]}
