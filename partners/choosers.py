"""Wagtail's choosers for people who see only some of the pages, pictures and tags.

Wagtail's own offer every page in the tree, and call each by the title of its latest draft.
"""

from django.http import Http404, JsonResponse
from wagtail.admin.views import chooser, tags
from wagtail.images.views.chooser import ImageChooserViewSet, ImageChooseView
from wagtail.images.views.chooser import viewset as image_chooser
from wagtail.models import Page

from content.choosing import choosable_by, own_pages

from .selectors import tags_of


def narrowed(pages, request):
    """Return of the queryset ``pages`` those that the person may point to, and the root to start from."""
    if request.user.is_superuser:
        return pages
    return pages.filter(pk__in=choosable_by(request.user, Page).values("pk"))


def _is_choosable(user, page_id):
    return choosable_by(user, Page).filter(pk=page_id).exists()


class PublicNamesMixin:
    """Calls pages of others what readers call them: a draft's title is nobody else's business."""

    def get(self, request, *args, **kwargs):
        self._own = None if request.user.is_superuser else own_pages(request.user)
        return super().get(request, *args, **kwargs)

    def name(self, page):
        """Return the title that the person may see."""
        if page.is_root() or self._own is None or self._own.filter(pk=page.pk).exists():
            return page.get_admin_display_title()
        return page.title

    @property
    def columns(self):
        return [_renamed(column, self) for column in super().columns]


def _renamed(column, view):
    """Let a column of a chooser show pages by the names that the person at ``view`` may see."""
    is_title = isinstance(column, chooser.PageTitleColumn)
    if is_title or isinstance(column, chooser.ParentPageColumn):

        def get_value(instance):
            page = instance if is_title else instance.get_parent()
            page.draft_title = view.name(page)
            return page.draft_title if is_title else page

        column.get_value = get_value
    return column


class BrowseView(PublicNamesMixin, chooser.BrowseView):
    """Goes down only where there is something that the person may point to."""

    def get(self, request, parent_page_id=None):
        if parent_page_id is not None and not self._is_open(request.user, parent_page_id):
            raise Http404
        return super().get(request, parent_page_id)

    def get_object_list(self):
        # What all pages of a type have in common may be a page that the person must not see.
        if not self._is_open(self.request.user, self.parent_page.pk):
            self.parent_page = Page.get_first_root_node().specific
        return super().get_object_list()

    @staticmethod
    def _is_open(user, page_id):
        return Page.objects.filter(pk=page_id, depth=1).exists() or _is_choosable(user, page_id)


class SearchView(PublicNamesMixin, chooser.SearchView):
    """Finds what the person may point to."""


class ChosenMultipleView(chooser.ChosenMultipleView):
    """Tells of the chosen pages only those that the person may point to."""

    def render_chosen_response(self, result):
        return super().render_chosen_response(_as_seen(self.request.user, result))


class ExternalLinkView(chooser.ExternalLinkView):
    """Recognises an address as one of ours only where the person may point to the page behind it.

    Needs ``WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "exact"``: otherwise Wagtail asks first, and names the page.
    """

    def render_chosen_response(self, result):
        if "id" in result:
            result = next(iter(_as_seen(self.request.user, [result])), None) or self.get_result_data()
        return super().render_chosen_response(result)


def _as_seen(user, rows):
    """Return of ``rows``, each about a page, those the person may point to, by the names that the person may see."""
    if user.is_superuser:
        return rows
    found = Page.objects.filter(pk__in=[row["id"] for row in rows])
    titles = dict(found.filter(pk__in=choosable_by(user, Page).values("pk")).values_list("pk", "title"))
    own = set(found.filter(pk__in=own_pages(user).values("pk")).values_list("pk", flat=True))
    return [
        row if row["id"] in own else row | {"adminTitle": titles[row["id"]]}
        for row in rows
        if row["id"] in titles
    ]


class OwnTagsImageChooseView(ImageChooseView):
    """Suggests tags of the own pictures only."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["popular_tags"] = tags_of(self.request.user, self.model_class)[:10]
        return context


class OwnTagsImageChooserViewSet(ImageChooserViewSet):
    """The chooser of pictures with ``OwnTagsImageChooseView``."""

    choose_view_class = OwnTagsImageChooseView


def choose_image(request):
    """Wagtail's chooser of pictures, with the tags of the own ones."""
    viewset = OwnTagsImageChooserViewSet(
        image_chooser.name, model=image_chooser.model, url_prefix=image_chooser.url_prefix
    )
    return viewset.choose_view(request)


def autocomplete_tags(request, app_name=None, model_name=None):
    """Complete tags of the own pictures and documents; of other models as Wagtail does: they are vocabularies."""
    if (app_name, model_name) not in ((None, None), ("taggit", "tag")):
        return tags.autocomplete(request, app_name, model_name)
    term = request.GET.get("term", "")
    found = tags_of(request.user).filter(name__istartswith=term) if term else []
    names = sorted(tag.name for tag in found)
    return JsonResponse(names[: tags.TAGS_AUTOCOMPLETE_LIMIT], safe=False)
