"""The form that takes a file of another translation program."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .xml import MAX_BYTES, too_large


class FileForm(forms.Form):
    """One file, not larger than what is read."""

    file = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("No file is chosen. Choose the file on your device."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def __init__(self, *args, file_format, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.help_text = _("A file that ends in %(ending)s, at most %(megabytes)d MB.") % {
            "ending": file_format.ending,
            "megabytes": MAX_BYTES // 1024**2,
        }
        field.widget.attrs["accept"] = f"{file_format.ending},.xml"

    def clean_file(self):
        """Refuse a large file unread."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(too_large())
        return file
