"""The form of a picture, wherever one is uploaded or changed: what the law and good manners ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from .picture_files import drawn_anew
from .vocabularies import PeopleShown


class PictureForm(BaseImageForm):
    """Asks for a description, a photographer, a licence and the consent of the people shown."""

    REQUIRED = {
        "description": _("Describe the picture in a sentence, for people who cannot see it."),
        "photographer": _("Give the name of whoever took or drew the picture."),
        "licence": _("Say under which licence the picture may be shown, for example “own picture”."),
        "people_shown": _("Say whether somebody can be recognised, and whether they agreed."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, message in self.REQUIRED.items():
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = message
        if "people_shown" in self.fields:
            self.fields["people_shown"].widget = forms.RadioSelect(choices=PeopleShown.choices)
            if not self.instance.pk:
                self.initial["people_shown"] = None

    def clean_file(self):
        """Draw a new file anew; the old one was, when it came."""
        file = self.cleaned_data["file"]
        return drawn_anew(file) if "file" in self.changed_data and file else file
