"""What was typed on the steps of a form, carried from page to page without a cookie."""

from django.core import signing

SALT = "partners.joining.steps"
#: No field takes more; what is longer is cut, so that a page cannot grow with every step back.
LONGEST_VALUE = 2000


class Steps:
    """The forms of several pages, and what was typed into them so far.

    It travels in a signed hidden field, so that "back" loses nothing, also what is not valid yet. Whoever changes
    it begins anew. ``forms``: form classes in order. ``typed``: form number, from 0 → field → list of values.
    """

    def __init__(self, forms, typed=None):
        self.forms = forms
        self.typed = typed or {}

    @classmethod
    def read(cls, forms, text):
        """Return the ``Steps`` that ``packed`` once made; empty ones for anything else."""
        try:
            typed = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            return cls(forms)
        return cls(forms, {int(number): values for number, values in typed.items()})

    @property
    def packed(self):
        """Return everything typed so far as signed text."""
        return signing.dumps(self.typed, salt=SALT, compress=True)

    def take(self, number, data):
        """Remember what was typed on one page; ``data``: a ``QueryDict``."""
        self.typed[number] = {
            name: [value[:LONGEST_VALUE] for value in data.getlist(name)]
            for name in self.forms[number].base_fields
        }

    def initial(self, number):
        """Return what was typed on a page, as values by field; empty where it was not seen yet."""
        fields = self.forms[number].base_fields
        return {
            name: values
            if getattr(fields[name].widget, "allow_multiple_selected", False)
            else "".join(values[:1])
            for name, values in self.typed.get(number, {}).items()
            # A page that was open while the site was renewed may bring a field that is gone.
            if name in fields
        }

    def bound(self, number, **kwargs):
        """Return the form of a page, bound to what was typed there."""
        return self.forms[number](self.initial(number), **kwargs)
