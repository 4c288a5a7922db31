"""What the filters of Wagtail's lists offer: people and tags that somebody may know of.

Wagtail names everybody who ever owned or edited a page, and the most used tags of all pictures and documents.
"""

from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.documents.views.documents import DocumentsFilterSet
from wagtail.documents.views.documents import IndexView as DocumentsView
from wagtail.images.views.images import ImagesFilterSet
from wagtail.images.views.images import IndexView as ImagesView

from .selectors import people_known_to, tags_of


def narrow_people_in_page_lists():
    """Let every list of pages, also those of plugins, offer known people only.

    The lists share the filters of ``PageFilterSet``, and Wagtail makes them from several views; so they are changed
    where they are declared.
    """
    for name in ("owner", "edited_by"):
        of_wagtail = PageFilterSet.declared_filters[name]
        of_wagtail.queryset = _known_among(of_wagtail.queryset)


def _known_among(queryset):
    def known(request):
        return queryset(request).filter(pk__in=people_known_to(request.user).values("pk"))

    return known


class OwnTagsMixin:
    """Lists the tags of the own things."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "tag" in self.filters:
            names = [tag.name for tag in tags_of(self.request.user, self._meta.model)[:10]]
            self.filters["tag"].extra["choices"] = [(name, name) for name in names]


class OwnTagsImagesFilterSet(OwnTagsMixin, ImagesFilterSet):
    """Filters of pictures."""

    class Meta(ImagesFilterSet.Meta):
        pass


class OwnTagsDocumentsFilterSet(OwnTagsMixin, DocumentsFilterSet):
    """Filters of documents."""

    class Meta(DocumentsFilterSet.Meta):
        pass


class OwnTagsImagesView(ImagesView):
    """The list of pictures."""

    filterset_class = OwnTagsImagesFilterSet


class OwnTagsDocumentsView(DocumentsView):
    """The list of documents."""

    filterset_class = OwnTagsDocumentsFilterSet
