"""What keeps a translation from being handed in or published."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from translation.placeholders import Broken, plain, to_html
from translation.segments import markup_error

from .models import Origin


def errors_of(lines):
    """Return ``{segment id: [message]}`` of the sentences that have to be mended first."""
    return {line.pk: messages for line in lines if (messages := errors_in(line))}


def errors_in(line):
    """Return what has to be mended in one ``Line``; nothing where nothing is translated."""
    if not line.target:
        return []
    try:
        html = to_html(line.target, line.sentence.text)
    except Broken as broken:
        return broken.messages
    messages = []
    if (wrong := markup_error(line.sentence, html)) is not None:
        messages.append(wrong)
    if line.limit is not None and len(plain(line.target)) > line.limit:
        messages.append(
            format_lazy(
                _("This has {length} characters; at most {most} fit here."),
                length=len(plain(line.target)),
                most=line.limit,
            )
        )
    if line.is_pending and line.is_outdated:
        messages.append(
            _("The original has changed since. Look at what is new, and save the sentence again.")
        )
    if line.is_pending and line.origin == Origin.MACHINE:
        messages.append(_("A machine wrote this, and nobody has read it. Read it, and save it."))
    return messages
