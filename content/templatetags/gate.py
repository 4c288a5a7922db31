"""The fields of ``content.gate`` in a form."""

from django import template

register = template.Library()


@register.inclusion_tag("content/gate_fields.html")
def gate_fields(form):
    """Show what the gate needs inside ``<form>``: the token, and a field that people do not see."""
    return {"form": form}
