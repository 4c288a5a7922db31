"""Writing to a contact whose address is not shown."""

from urllib.parse import urljoin

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.gate import GatedForm, take
from content.languages import language
from content.mail.services import queue_mail

GATE = "organisations.message"
#: So many messages reach one contact in a day, whoever sends them: nobody answers more.
PER_CONTACT_AND_DAY = 40
LONGEST_MESSAGE = 3000


class ContactIsFull(Exception):
    """The contact has got as many messages today as anybody can answer; nothing was sent."""


def answer_languages():
    """Return ``[(code, endonym)]`` of the languages that somebody can ask to be answered in."""
    return [(row.code, row.endonym) for row in settings.LANGUAGE_TABLE]


class MessageForm(GatedForm):
    """A message to a page's contact, and where the answer goes."""

    gate = GATE
    per_day = 10

    message = forms.CharField(
        label=_("Your message"),
        help_text=_("Write in the language that is easiest for you."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what you would like to ask or say.")},
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The answer goes there. Only the person you write to sees it; we do not keep it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={"required": _("Give your e-mail address. Without it nobody can answer you.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("In which language would you like the answer?"), choices=answer_languages
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()


def send_message(*, contact, page, message, address, language_code, key, name=""):
    """Queue a reader's message for ``contact`` with the reader as whom to reply to; call it in a transaction.

    ``page``: where the reader found the contact. ``key``: tells this message from all others, at most 100 characters.
    The reader gets no copy, because anybody could give somebody else's address. Raises ``ContactIsFull``.
    """
    if not take(gate=f"{GATE}.contact", sender="", limit=PER_CONTACT_AND_DAY, subject=str(contact.pk)):
        raise ContactIsFull
    queue_mail(
        key=f"organisations.message:{contact.pk}:{key}",
        to=contact.email,
        template="organisations/mail/message",
        language=settings.LANGUAGE_CODE,
        reply_to=address,
        context={
            "contact": contact.name,
            "title": page.title,
            "link": urljoin(settings.BASE_URL, page.url or ""),
            "name": name,
            "address": address,
            "text": message,
            "lines": message.splitlines(),
            "answer_in": language(language_code).endonym,
        },
    )
