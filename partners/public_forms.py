"""What the public forms of this app share: fields for what strangers type, and the regions they can choose."""

import re
import unicodedata
from functools import wraps

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from content.visibility import visible_pages
from organisations.models import RegionPage

#: Joiners that Persian and many Indian languages cannot be written without; every other control character goes.
JOINERS = {"\u200c", "\u200d"}

_WEB_ADDRESS = re.compile(r"://|www\.|\w\.[a-z]{2,}(?![\w.])")


def one_line(text):
    """Return ``text`` in one line without control characters, those that turn the direction of letters among them."""
    return " ".join(
        "".join(
            letter if letter in JOINERS or unicodedata.category(letter)[0] != "C" else " " for letter in text
        ).split()
    )


class LineField(forms.CharField):
    """A short text in one line."""

    def to_python(self, value):
        return one_line(super().to_python(value) or "")


class NameField(LineField):
    """What somebody or something is called. It goes into mails, and must not turn them into advertising."""

    def clean(self, value):
        value = super().clean(value)
        if _WEB_ADDRESS.search(value):
            raise ValidationError(_("Write the name only, without the address of a website."))
        return value


class WordsField(forms.CharField):
    """A longer text; its paragraphs stay, control characters go."""

    widget = forms.Textarea

    def to_python(self, value):
        text = "\n".join(map(one_line, (super().to_python(value) or "").splitlines()))
        return re.sub(r"\n{3,}", "\n\n", text).strip()


class PhoneField(LineField):
    """A phone number, kept the way machines write it (E.164)."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"})

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        try:
            number = phonenumbers.parse(value, "DE")
        except phonenumbers.NumberParseException as error:
            raise ValidationError(
                _("“%(phone)s” is no phone number. Write it like 0831 12345.") % {"phone": value}
            ) from error
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_for_people(phone):
    """Return a number that ``PhoneField`` cleaned the way people in Germany write it; "" for none."""
    if not phone:
        return ""
    number = phonenumbers.parse(phone, "DE")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def unindexed(view):
    """Let search engines keep away from all answers of the function ``view``."""

    @wraps(view)
    def answer(*args, **kwargs):
        response = view(*args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


def open_regions():
    """Return the regions that readers of the active language can write to: public, and not ended. One query or two."""
    locale = Locale.objects.get_for_language(get_language())
    return [
        region for region in visible_pages(locale, model=RegionPage).order_by("path") if not region.has_ended
    ]


class RegionField(forms.ChoiceField):
    """One of the regions that can be written to; cleans to its slug, which is the same in every language."""

    def __init__(self, **kwargs):
        kwargs.setdefault("error_messages", {"required": _("Choose your region.")})
        super().__init__(
            label=kwargs.pop("label", _("Region")),
            choices=lambda: [("", "–"), *((region.slug, region.title) for region in open_regions())],
            **kwargs,
        )
