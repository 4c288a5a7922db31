"""Addresses of Wagtail's admin that answer differently here; they stand before Wagtail's own and leave it the names.

Wagtail's hook for addresses cannot do that: it puts them behind its own. Which address needs which guard is in
``tests/matrix/table.py``.
"""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404, reports
from wagtail.admin.views import workflows
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import choosers, filters, guards
from .approval import admin as approval
from .workspace import frame
from .workspace import views as workspace_views

everywhere, administrators, own, known = (
    guards.for_those_who_act_everywhere,
    guards.for_administrators,
    guards.for_own_pages,
    guards.with_known_destination,
)


def of_page(name, slot):
    """Return Wagtail's view ``name`` of a page, whose id is in ``slot``, as its type's views have it."""
    return page_viewset_registry.as_view(name, page_id_kwarg=slot)


urlpatterns = [
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", guards.bulk_action),
    path("", workspace_views.home),
    path("failwhale/", guards.nobody),
    path("tag-autocomplete/", choosers.autocomplete_tags),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", choosers.autocomplete_tags),
    # Choosers
    path("choose-page/", choosers.BrowseView.as_view()),
    path("choose-page/<int:parent_page_id>/", choosers.BrowseView.as_view()),
    path("choose-page/search/", choosers.SearchView.as_view()),
    path("choose-page/chosen-multiple/", choosers.ChosenMultipleView.as_view()),
    path("choose-external-link/", choosers.ExternalLinkView.as_view()),
    path("images/chooser/", choosers.choose_image),
    # Lists
    path("images/", filters.OwnTagsImagesView.as_view()),
    path("images/results/", filters.OwnTagsImagesView.as_view(results_only=True)),
    path("documents/", filters.OwnTagsDocumentsView.as_view()),
    path("documents/results/", filters.OwnTagsDocumentsView.as_view(results_only=True)),
    path("forms/", guards.nobody),
    path("forms/results/", guards.nobody),
    # Pages
    path(
        "pages/",
        frame.for_those_who_know_the_tree(page_viewset_registry.as_view("index", is_base_page=True)),
    ),
    path(
        "pages/<int:parent_page_id>/",
        frame.for_those_who_know_the_tree(
            page_viewset_registry.as_view("index", parent_page_id_kwarg="parent_page_id")
        ),
    ),
    path("pages/<int:page_id>/copy/", known(of_page("copy", "page_id"))),
    path("pages/<int:page_to_move_id>/move/", known(of_page("move", "page_to_move_id"))),
    path(
        "pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/",
        own(of_page("move_confirm", "page_to_move_id"), "page_to_move_id", "destination_id"),
    ),
    path(
        "pages/create/<slug:app_label>/<slug:model_name>",
        known(
            page_viewset_registry.as_view(
                "choose_parent", app_label_kwarg="app_label", model_name_kwarg="model_name"
            )
        ),
    ),
    path("pages/<int:page_id>/edit/", approval.about_what_was_shown(of_page("edit", "page_id"))),
    path(
        "pages/<int:page_id>/revisions/<int:revision_id>/revert/",
        approval.about_what_was_shown(of_page("revisions_revert", "page_id")),
    ),
    path(
        "pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        approval.decide,
    ),
    path(
        "pages/workflow/confirm_cancellation/<int:page_id>/",
        own(of_page("confirm_workflow_cancellation", "page_id"), "page_id"),
    ),
    # Tasks are the administrators'; reports name what is everybody's.
    path("workflows/task_chooser/", administrators(workflows.TaskChooserView.as_view())),
    path("workflows/task_chooser/results/", administrators(workflows.TaskChooserResultsView.as_view())),
    path("workflows/task_chooser/create/", administrators(workflows.TaskChooserCreateView.as_view())),
    path("workflows/task_chooser/<int:task_id>/", administrators(workflows.task_chosen)),
    *[
        path(f"reports/{each.pattern}", everywhere(each.callback), each.default_args)
        for each in reports.urlpatterns
    ],
]
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
urlpatterns = decorate_urlpatterns(urlpatterns, display_custom_404)
urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)
