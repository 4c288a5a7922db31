"""What becomes of references in rich text when it is shown."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler


class LivePageLinkHandler(PageLinkHandler):
    """Leaves the words of a link to a page that is not published, without its address, which is made of the title."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        pages = [page.localized if page else None for page in cls.get_many(attrs_list)]
        return [
            f'<a href="{escape(page.url)}">' if page and page.live and page.url else "<a>" for page in pages
        ]
