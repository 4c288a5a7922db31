"""In which language each sentence of a page really is."""

from django.conf import settings
from django.db import models


class UntranslatedMixin(models.Model):
    """For pages that can stand in one locale with sentences in the source language.

    A page that nobody translated yet is an alias: all its sentences are the source's. A translation may lack
    some; ``untranslated_fields`` names those, so that templates can say ``lang`` and ``dir`` truthfully.
    """

    untranslated_fields = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs):
        """Check a page; of an alias, which is its source and was checked there, only what is its own."""
        if self.alias_of_id:
            self.minimal_clean()
        else:
            super().full_clean(*args, **kwargs)

    def language_of(self, field_name):
        """Return the code of the language that the sentence in ``field_name`` is written in, on this row."""
        if self.alias_of_id or field_name in self.untranslated_fields:
            return settings.LANGUAGE_CODE
        return self.locale.language_code

    @property
    def is_translated(self):
        """Return whether at least the title is in the language of this page's locale."""
        return self.language_of("title") == self.locale.language_code
