"""The least a page of a kind can be."""

from content.models import ContentPage


class NotePage(ContentPage):
    """A note that a region puts up; it belongs to no organisation and has no facts of its own."""

    translatable_fields = [*ContentPage.shared_translatable_fields]
    parent_page_types = ["organisations.RegionPage"]
    template = "dummy_plugin/note_page.html"
