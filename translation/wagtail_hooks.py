"""Registers what the translation app adds to Wagtail and to the platform. Nothing is decided here."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from content.permissions import kept_paths
from content.registry import AuditAction

from . import editor, services, wishes
from .desk import matrix
from .desk import services as desk_services
from .desk import views as desk
from .drafts import views as draft_views
from .exchange import views as exchange
from .glossary import demo_steps as glossary_demo
from .glossary import views as glossary_views
from .glossary.selectors import keeps_any
from .memory import demo_steps as memory_demo
from .memory import services as memory
from .memory import views as memory_views
from .selectors import source_page_of, works_in_translations
from .workbench import views as workbench


@hooks.register("register_content_localiser")
def register_localiser():
    return services


@hooks.register("register_content_urls")
def register_public_urls():
    return [
        path("wish/<int:page_id>/", wishes.wish, name="translation_wish"),
        path("translation/review/<str:token>/", draft_views.ReviewView.as_view(), name="translation_review"),
    ]


# Before wagtail-localize's own, which the first match hides; its names stay and lead here.
@hooks.register("register_admin_urls", order=-100)
def register_admin_urls():
    one = "localize/translate/<int:translation_id>/"
    return [
        path("translation/start/<int:page_id>/", editor.start, name="translation_start"),
        path("translation/desk/", desk.desk, name="translation_desk"),
        path("translation/desk/<int:page_id>/", desk.claim, name="translation_claim"),
        path("translation/matrix/", matrix.matrix, name="translation_matrix"),
        path("translation/matrix/<int:page_id>/", matrix.wanted, name="translation_wanted"),
        path("translation/pages/<int:page_id>/", workbench.workbench, name="translation_workbench"),
        path("translation/pages/<int:page_id>/preview/", workbench.preview, name="translation_preview"),
        path(
            "translation/pages/<int:page_id>/sentences/<int:segment_id>/",
            workbench.save_line,
            name="translation_save_line",
        ),
        path(
            "translation/pages/<int:page_id>/sentences/<int:segment_id>/history/",
            workbench.history,
            name="translation_history",
        ),
        path("localize/submit/page/<int:page_id>/", editor.bring_up_to_date),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            editor.no_snippets,
        ),
        path("localize/update/<int:translation_source_id>/", editor.bring_source_up_to_date),
        path(f"{one}strings/<int:string_segment_id>/edit/", editor.closed),
        path(f"{one}overrides/<int:overridable_segment_id>/edit/", editor.closed),
        path(f"{one}pofile/upload/", editor.closed),
        path(f"{one}pofile/download/", editor.closed),
        path(f"{one}preview/", editor.closed),
        path(f"{one}preview/<str:mode>/", editor.closed),
        path(f"{one}machine_translate/", editor.closed),
        path(f"{one}disable/", editor.stop),
        path("localize/page/<int:page_id>/convert_to_alias/", editor.convert_to_alias),
        path("localize/reports/translations/", editor.translations_report),
        path("localize/reports/translations/results/", editor.translations_report, {"results_only": True}),
        path("localize/api/snippets/<slug:app_label>/<slug:model_name>/", editor.no_snippets),
        path("localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/", editor.no_snippets),
    ]


@hooks.register("register_admin_urls")
def register_file_urls():
    one = "translation/files/<slug:language>/"
    return [
        path("translation/files/", exchange.languages, name="translation_files_languages"),
        path(one, exchange.files, name="translation_files"),
        path(f"{one}download/", exchange.download, name="translation_files_download"),
        path(f"{one}<uuid:upload_id>/", exchange.preview, name="translation_files_preview"),
        path(
            "translation/pages/<int:page_id>/file/<slug:format_slug>/",
            exchange.download_page,
            name="translation_page_file",
        ),
    ]


class DeskMenuItem(MenuItem):
    """Shown to translators."""

    def is_shown(self, request):
        return works_in_translations(request.user)


@hooks.register("register_admin_menu_item")
def desk_menu_item():
    return DeskMenuItem(
        _("Translations"), reverse("translation_desk"), name="translations", icon_name="globe", order=3
    )


class MatrixMenuItem(MenuItem):
    """Shown to those who keep regions."""

    def is_shown(self, request):
        return bool(kept_paths(request.user))


@hooks.register("register_admin_menu_item")
def matrix_menu_item():
    return MatrixMenuItem(
        _("Pages and languages"),
        reverse("translation_matrix"),
        name="translation-matrix",
        icon_name="table",
        order=255,
    )


@hooks.register("register_content_audit_actions")
def desk_audit_actions():
    details = {"language": _("language"), "wanted": _("is to be translated")}
    return [AuditAction(desk_services.WANTED, _("Said whether a page is to be translated"), details)]


@hooks.register("construct_reports_menu")
def hide_report(request, menu_items):
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        menu_items[:] = [
            item for item in menu_items if type(item).__module__ != "wagtail_localize.wagtail_hooks"
        ]


@hooks.register("before_edit_page", order=-10)
def open_translation_editor(request, page):
    return editor.edit(request, page)


@hooks.register("before_create_page")
def refuse_new_page(request, parent, page_class):
    return editor.refuse_structure_change(request, parent)


@hooks.register("before_delete_page")
def refuse_deletion(request, page):
    return editor.refuse_structure_change(request, page)


@hooks.register("before_copy_page")
def refuse_copy(request, page):
    return editor.refuse_structure_change(request, page)


@hooks.register("before_move_page")
def refuse_move(request, page, destination):
    return editor.refuse_structure_change(request, page)


@hooks.register("before_convert_alias_page")
def refuse_conversion(request, page):
    return editor.refuse_structure_change(request, page)


@hooks.register("before_bulk_action")
def refuse_bulk_action(request, action_type, objects, action_class_instance):
    if action_type in ("delete", "move", "publish"):
        for page in objects:
            if isinstance(page, Page) and (response := editor.refuse_structure_change(request, page)):
                return response
    return None


@hooks.register("before_unpublish_page")
def remember_what_goes_together(request, page):
    services.note_hiding_with_source(page=page)


# Moves are left to the signal: Wagtail would check the user's rights over every language, which a partner who moves
# a page of the organisation has not.
@hooks.register("construct_translated_pages_to_cascade_actions")
def pages_that_follow(pages, action):
    if action not in ("unpublish", "delete"):
        return None
    followers = {}
    for page in pages:
        if source_page_of(page) is None:
            rows = Page.objects.translation_of(page, inclusive=False)
            followers[page] = rows.filter(alias_of__isnull=True) if action == "unpublish" else rows
    return followers


# --- Memory and glossary ---


@hooks.register("register_demo_step")
def memory_demo_steps():
    return [*memory_demo.steps(), *glossary_demo.steps()]


@hooks.register("register_content_audit_actions")
def memory_audit_actions():
    return AuditAction(
        memory.FORGOTTEN, _("Deleted a translation from the memory"), {"language": _("language")}
    )


@hooks.register("register_admin_urls")
def memory_and_glossary_urls():
    term, unit = "glossary/<slug:language>/<int:term_id>/", "memory/<slug:language>/<int:unit_id>/"
    return [
        path(
            "translation/glossary/<slug:language>/add/", glossary_views.add, name="translation_glossary_add"
        ),
        path(f"translation/{term}", glossary_views.change, name="translation_glossary_change"),
        path(f"translation/{term}delete/", glossary_views.delete, name="translation_glossary_delete"),
        path("translation/glossary/<slug:language>/", glossary_views.terms, name="translation_glossary"),
        path(f"translation/{unit}delete/", memory_views.delete, name="translation_memory_delete"),
        path("translation/memory/<slug:language>/", memory_views.units, name="translation_memory"),
        *_file_urls("glossary", glossary_views),
        *_file_urls("memory", memory_views),
    ]


def _file_urls(slug, views):
    one, name = f"translation/{slug}/<slug:language>/", f"translation_{slug}"
    return [
        path(f"translation/{slug}/", views.languages, name=f"{name}_languages"),
        path(f"{one}export/", views.export, name=f"{name}_export"),
        path(f"{one}import/", views.take, name=f"{name}_import"),
        path(f"{one}import/<uuid:upload_id>/", views.preview, name=f"{name}_preview"),
    ]


class KeepersMenuItem(MenuItem):
    """Shown to whoever keeps the words of a language."""

    def is_shown(self, request):
        return keeps_any(request.user)


@hooks.register("register_admin_menu_item")
def glossary_menu_item():
    return KeepersMenuItem(
        _("Glossary"),
        reverse("translation_glossary_languages"),
        name="glossary",
        icon_name="list-ul",
        order=262,
    )


@hooks.register("register_admin_menu_item")
def memory_menu_item():
    return KeepersMenuItem(
        _("Translation memory"),
        reverse("translation_memory_languages"),
        name="translation-memory",
        icon_name="history",
        order=263,
    )
