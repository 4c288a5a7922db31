"""Model fields for facts that are the same in every language."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class KeysField(models.JSONField):
    """Several keys of one vocabulary, kept as a JSON list in the vocabulary's order.

    ``vocabulary`` is a ``TextChoices`` class, or anything with ``choices`` and ``values``. It stays out of
    migrations, so that a new key needs none. Unknown keys are refused with their names, unless
    ``keeps_unknown``: for vocabularies that plugins add to, whose keys must outlast a plugin's absence.
    """

    def __init__(self, *args, vocabulary=None, keeps_unknown=False, **kwargs):
        self.vocabulary = vocabulary
        self.keeps_unknown = keeps_unknown
        kwargs["default"] = list
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        kwargs.pop("blank", None)
        return name, path, args, kwargs

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            raise ValidationError(_("Give a list of keys."), code="invalid")
        unknown = [key for key in value if key not in self.vocabulary.values]
        if unknown and not self.keeps_unknown:
            raise ValidationError(
                _("Not known here: %(keys)s. Possible are: %(known)s."),
                params={"keys": ", ".join(unknown), "known": ", ".join(self.vocabulary.values)},
                code="unknown_key",
            )

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        known = [key for key in self.vocabulary.values if key in value]
        return known + [key for key in dict.fromkeys(value) if key not in known]

    def save_form_data(self, instance, data):
        """Take what was ticked; keys that a form could not offer stay."""
        if self.keeps_unknown:
            data = [
                *data,
                *(key for key in self.value_from_object(instance) if key not in self.vocabulary.values),
            ]
        super().save_form_data(instance, data)

    def formfield(self, **kwargs):
        return forms.TypedMultipleChoiceField(
            choices=lambda: self.vocabulary.choices,
            required=False,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            widget=kwargs.get("widget") or forms.CheckboxSelectMultiple,
        )

    def labels(self, value):
        """Return the labels of the keys in ``value``, in the active language."""
        labels = dict(self.vocabulary.choices)
        return [str(labels[key]) for key in value if key in labels]


class LinesTextarea(forms.Textarea):
    """Shows a list as one entry per line."""

    def format_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


class LinesFormField(forms.CharField):
    """One entry per line; empty lines and doubles fall away."""

    widget = LinesTextarea(attrs={"rows": 5})

    def to_python(self, value):
        lines = value if isinstance(value, list) else (value or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def has_changed(self, initial, data):
        return self.to_python(initial) != self.to_python(data)

    def validate(self, value):
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """Lines carry no validators of their own."""


class LinesField(models.JSONField):
    """A list of short texts, edited as one per line."""

    def __init__(self, *args, **kwargs):
        kwargs["default"] = list
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        kwargs.pop("blank", None)
        return name, path, args, kwargs

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
            raise ValidationError(_("Give one entry per line."), code="invalid")

    def formfield(self, **kwargs):
        return LinesFormField(
            required=False,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            strip=True,
        )


class TriState(models.TextChoices):
    """Yes, no, or nobody has looked yet; never guess "no"."""

    UNKNOWN = "unknown", _("not known yet")
    YES = "yes", _("yes")
    NO = "no", _("no")


class TriStateField(models.CharField):
    """A fact that is true, false, or unknown until somebody has looked."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 7
        kwargs["choices"] = TriState.choices
        kwargs["default"] = TriState.UNKNOWN
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "choices", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(widget=forms.RadioSelect, **kwargs)
