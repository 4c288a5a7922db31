"""What is asked before files go out or come in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .files import FORMATS, MAX_UPLOAD


class DownloadForm(forms.Form):
    """Which pages, and in which format."""

    which = forms.ChoiceField(
        label=_("Which pages?"),
        choices=[("work", _("Those with something to do")), ("all", _("All pages"))],
        initial="work",
        widget=forms.RadioSelect,
    )
    format = forms.ChoiceField(
        label=_("For which program?"),
        choices=[
            ("xliff", _("XLIFF 2.1: for most translation programs")),
            ("po", _("PO: for Poedit, OmegaT, Weblate and others")),
        ],
        initial="xliff",
        widget=forms.RadioSelect,
    )

    @property
    def file_format(self):
        """Return the ``ExchangeFormat`` that was chosen."""
        return FORMATS[self.cleaned_data["format"]]


class UploadForm(forms.Form):
    """One file, not larger than what is read."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The file you downloaded here, filled in: .xlf, .po, or several of them in a .zip."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.po,.zip"}),
        error_messages={
            "required": _("No file is chosen. Choose the file on your device."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def clean_file(self):
        """Refuse a large file unread."""
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            raise ValidationError(
                _("The file is larger than %(megabytes)d MB. Divide it into several files.")
                % {"megabytes": MAX_UPLOAD // 1024**2}
            )
        return file
