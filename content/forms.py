"""The form of every content page: drafts may be half-filled, published pages may not."""

from wagtail.admin.forms import WagtailAdminPageForm


class ContentPageForm(WagtailAdminPageForm):
    """Names every missing fact at once, at its field, and only when somebody publishes or asks for approval."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # An address is made from the title; nobody has to think of one.
            self.fields["slug"].required = False

    def _post_clean(self):
        self.instance.is_draft_being_saved = True
        super()._post_clean()
        self.instance.is_draft_being_saved = False
        if self.is_deferred_validation:
            return
        for name, message in self.instance.missing_for_publication().items():
            if name not in self.fields:
                self.add_error(None, message)
            elif name not in self.errors:
                self.add_error(name, message)
