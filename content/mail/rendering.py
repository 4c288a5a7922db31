"""From a template and a language to subject, text and HTML."""

import re
import textwrap
from typing import NamedTuple

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from content.languages import direction

#: Columns of plain text. RFC 5322 section 2.1.1 recommends at most 78.
WIDTH = 74


class RenderedMail(NamedTuple):
    subject: str
    text: str
    html: str


def render_mail(*, template, language, context):
    """Return a ``RenderedMail`` in ``language`` (a code of the language table).

    ``template`` is "<app>/mail/<name>"; read are ``<template>.subject.txt``, ``.txt`` and ``.html``. They know, besides
    ``context``: ``site_name``, ``site_url`` (without a slash at its end), ``language``, ``direction`` ("ltr" or "rtl")
    and ``subject``. Raises ``LookupError`` for an unknown language and ``TemplateDoesNotExist``.
    """
    values = {
        **context,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": settings.BASE_URL,
        "language": language,
        "direction": direction(language),
    }
    with override(language):
        values["subject"] = one_line(_plain(f"{template}.subject.txt", values))
        return RenderedMail(
            subject=values["subject"],
            text=wrapped(_plain(f"{template}.txt", values)),
            html=get_template(f"{template}.html").render(values),
        )


def _plain(name, values):
    """Return a text template with ``values`` as they are: an ampersand in plain text is no entity."""
    return get_template(name).template.render(Context(values, autoescape=False))


def one_line(text):
    """Return ``text`` without line breaks and control characters, which could begin another header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def wrapped(text):
    """Return ``text`` in lines of at most ``WIDTH`` columns; an address in it is never cut in two."""
    lines = []
    for line in text.strip().splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(
            line, WIDTH, break_long_words=False, break_on_hyphens=False, subsequent_indent=indent
        ) or [""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"
