"""Registers what this app brings."""

from wagtail import hooks

from . import choosers, interfaces, panels
from .demo_steps import steps
from .selectors import acts_everywhere


@hooks.register("register_demo_step")
def partners_demo_steps():
    return steps()


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose(pages, request):
    return choosers.narrowed(pages, request)


@hooks.register("construct_admin_api", order=100)
def own_files(router):
    router.register_endpoint("images", interfaces.OwnImagesAPIViewSet)
    router.register_endpoint("documents", interfaces.OwnDocumentsAPIViewSet)


@hooks.register("construct_homepage_panels")
def own_panels(request, shown):
    panels.narrow(shown)


@hooks.register("construct_reports_menu")
def no_reports_on_others(request, menu_items):
    if not acts_everywhere(request.user):
        menu_items.clear()
