"""Usual beginnings: a form that opens filled in, and the questions that its texts leave to whoever writes."""

import html
import re
from copy import deepcopy

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .registry import kind_of

#: What the address of the form is asked for: ``?preset=festival``.
PARAMETER = "preset"
#: A question in square brackets is one that nobody has answered yet; brackets without a question mark are text.
_QUESTION = re.compile(r"\[[^\[\]]*\?\s*\]")


def open_questions(page):
    """Return ``{field name: [question, …]}`` of what the texts of ``page`` still ask, with their brackets."""
    found = {}
    for field in page._meta.get_fields():
        if not isinstance(field, models.CharField | models.TextField) or field.choices or not field.editable:
            continue
        text = " ".join(html.unescape(strip_tags(str(getattr(page, field.name) or ""))).split())
        questions = _QUESTION.findall(text)
        if questions:
            found[field.name] = list(dict.fromkeys(questions))
    return found


def fill_in(page, preset):
    """Set what ``preset`` says on the unsaved ``page``."""
    for name, value in deepcopy(preset.values).items():
        setattr(page, name, value)


# Wagtail tells whoever asked of the new page's form, and later what the page is; what both get is the parent.


def ask_for_preset(request, parent, page_class):
    """Keep on ``parent`` which preset the form of a new page was asked for with, and say what it does."""
    kind = kind_of(page_class)
    slug = request.GET.get(PARAMETER, "")
    if request.method != "GET" or kind is None or not slug:
        return
    parent.preset_asked_for = preset = kind.preset(slug)
    if preset is None:
        messages.warning(request, _("There is no such beginning any more. This is the empty form."))
        return
    messages.success(
        request,
        _(
            "What is usual for “%(preset)s” is filled in. Answer the questions in [square brackets]. "
            "Nothing is saved yet."
        )
        % {"preset": preset.label},
    )


def fill_in_what_was_asked_for(page, parent):
    """Fill in the new ``page`` below ``parent`` with the preset that its form was asked for with, if there was one."""
    preset = getattr(parent, "preset_asked_for", None)
    if preset is not None:
        fill_in(page, preset)
