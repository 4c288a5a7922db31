"""Makes the admin's entry of each declared kind: menu, flat list, and sheets in and out."""

from django.urls import path
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.pages import PageListingViewSet

from content import registry
from content.transfer.sheets import Sheet
from content.transfer.views import EmptySheetView, PreviewView, UploadView

from .columns import columns_for
from .filters import filters_for
from .selectors import kinds_to_see
from .views import AddView, FlatListView


class KindMenuItem(MenuItem):
    """Shown to those who find something behind it."""

    def __init__(self, *args, kind_slug, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind_slug = kind_slug

    def is_shown(self, request):
        return self.kind_slug in kinds_to_see(request.user)


class KindViewSet(PageListingViewSet):
    """Everything the admin shows of one ``content.registry.ContentKind`` as a whole."""

    index_view_class = FlatListView
    choose_parent_view_class = AddView
    add_to_admin_menu = True

    def __init__(self, kind):
        super().__init__(
            f"kind_{kind.slug}",
            kind=kind,
            model=kind.page_model,
            icon=kind.admin_icon,
            menu_label=kind.label,
            menu_order=kind.order,
            url_prefix=f"kinds/{kind.slug}",
        )

    @cached_property
    def has_owner(self):
        """Return whether pages of the kind belong to an organisation."""
        return Sheet(self.kind).parent_heading == "owner"

    @cached_property
    def columns(self):
        return columns_for(self.kind, has_owner=self.has_owner)

    @cached_property
    def filterset_class(self):
        return filters_for(self.kind, has_owner=self.has_owner)

    def get_menu_item(self, order=None):
        return KindMenuItem(
            label=self.menu_label,
            url=self.menu_url,
            name=self.name,
            icon_name=self.menu_icon,
            order=self.menu_order if order is None else order,
            kind_slug=self.kind.slug,
        )

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            **{
                "kind": self.kind,
                "upload_url_name": self.get_url_name("upload"),
                "preview_url_name": self.get_url_name("preview"),
                "template_url_name": self.get_url_name("template"),
                **kwargs,
            }
        )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("sheet/", self.construct_view(EmptySheetView), name="template"),
            path("import/", self.construct_view(UploadView), name="upload"),
            path("import/<uuid:upload_id>/", self.construct_view(PreviewView), name="preview"),
        ]


def kind_viewsets():
    """Return a ``KindViewSet`` per declared kind, in their order."""
    return [KindViewSet(kind) for kind in registry.all_kinds()]
