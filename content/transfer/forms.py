"""The form that takes a sheet."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from .services import MAX_UPLOAD_BYTES, too_large
from .tables import CSV, XLSX


class UploadForm(forms.Form):
    """One CSV or XLSX file, not larger than what is read from a browser."""

    sheet = forms.FileField(
        label=_("File"),
        help_text=_("A CSV or XLSX file, as you download it from the list. At most 10 MB and 500 rows."),
        validators=[
            FileExtensionValidator(
                [CSV, XLSX],
                message=_("“%(extension)s” files cannot be read. Save your sheet as CSV or XLSX."),
            )
        ],
        error_messages={
            "required": _("No file is chosen. Choose the CSV or XLSX file on your device."),
            "empty": _("The file is empty. Export a sheet and fill it in."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_sheet(self):
        """Refuse a large file unread."""
        sheet = self.cleaned_data["sheet"]
        if sheet.size > MAX_UPLOAD_BYTES:
            raise ValidationError(too_large())
        return sheet
