"""No view of ours in the admin goes without a judge of its accessibility."""

import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from wagtail import hooks

from tests.matrix.addresses import views
from tests.services.judged_views import JUDGED, without_kind

WAGTAILS = "a page or window of Wagtail or wagtail-localize, which we only narrow to what people may see"
SENT_TO = "is only sent to; what it answers is a page that is judged, or no page"
LEADS_ON = "leads to another page"
FILE = "answers with a file or with data"
PART = "is a part of a page, loaded into one that is judged"
SHUT = "is shut"

#: Addresses of ours that no axe test judges, and why.
EXCEPTIONS = {
    **dict.fromkeys(
        (
            "admin/bulk/<app_label>/<model_name>/<action>/",
            "admin/choose-page/",
            "admin/choose-page/<parent_page_id>/",
            "admin/choose-page/search/",
            "admin/choose-page/chosen-multiple/",
            "admin/choose-external-link/",
            "admin/images/chooser/",
            "admin/images/",
            "admin/documents/",
            "admin/localize/page/<page_id>/convert_to_alias/",
            "admin/localize/reports/translations/",
        ),
        WAGTAILS,
    ),
    **dict.fromkeys(
        (
            "partners_freshness_confirm",
            "partners_send_again",
            "partners_trust",
            "sign_out_elsewhere",
            "translation_claim",
            "translation_save_line",
            "admin/localize/translate/<translation_id>/overrides/<overridable_segment_id>/edit/",
            "admin/localize/translate/<translation_id>/disable/",
        ),
        SENT_TO,
    ),
    **dict.fromkeys(
        (
            "translation_files_languages",
            "translation_start",
            "admin/localize/submit/page/<page_id>/",
            "admin/localize/update/<translation_source_id>/",
        ),
        LEADS_ON,
    ),
    **dict.fromkeys(
        (
            "admin/tag-autocomplete/",
            "admin/tag-autocomplete/<app_name>/<model_name>/",
            "kind:template",
            "mfa_login_webauthn",
            "translation_files_download",
            "translation_glossary_export",
            "translation_memory_export",
            "translation_page_file",
        ),
        FILE,
    ),
    **dict.fromkeys(
        (
            "admin/documents/results/",
            "admin/images/results/",
            "admin/localize/reports/translations/results/",
            "audit_log_results",
            "contacts:history_results",
            "contacts:index_results",
            "events_dates_preview",
            "kind:index_results",
            "mails:index_results",
        ),
        PART,
    ),
    **dict.fromkeys(
        (
            "admin/failwhale/",
            "admin/forms/",
            "admin/forms/results/",
            "admin/localize/api/snippets/<app_label>/<model_name>/",
            "admin/localize/api/snippets/<app_label>/<model_name>/<pk>/",
            "admin/localize/submit/snippet/<app_label>/<model_name>/<pk>/",
            "admin/localize/translate/<translation_id>/machine_translate/",
            "admin/localize/translate/<translation_id>/pofile/download/",
            "admin/localize/translate/<translation_id>/pofile/upload/",
            "admin/localize/translate/<translation_id>/preview/",
            "admin/localize/translate/<translation_id>/preview/<mode>/",
            "admin/localize/translate/<translation_id>/strings/<string_segment_id>/edit/",
        ),
        SHUT,
    ),
    "translation_memory_preview": "the same view and template as translation_glossary_preview",
    "translation_preview": "a public page as readers will see it; tests/browser/test_site.py judges those",
}


def is_ours(function):
    """Return whether a view or a function lies in this repository's apps."""
    function = inspect.unwrap(function)
    module = getattr(function, "view_class", function).__module__
    return module.partition(".")[0] in {
        Path(app.path).name for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR
    }


def our_views():
    """Return the names, or paths, of the addresses in the admin that a view or a set of views of ours answers."""
    made = [function() for function, _order in hooks._hooks["register_admin_viewset"] if is_ours(function)]
    flat = [viewset for each in made for viewset in (each if isinstance(each, list) else [each])]
    spaces = tuple(f"{viewset.url_namespace}:" for viewset in flat)
    return {
        without_kind(name or path) for path, name, view in views() if is_ours(view) or name.startswith(spaces)
    }


def test_every_view_of_ours_is_judged_by_axe_or_excepted_with_a_reason():
    judged = {name for names in JUDGED.values() for name in names}
    ours = our_views()
    assert "partners_people" in ours
    assert sorted(ours - judged - set(EXCEPTIONS)) == []
    # What has gone is not named any more, and what is judged needs no excuse.
    assert sorted(set(EXCEPTIONS) - ours) == []
    assert sorted((judged - ours) | (judged & set(EXCEPTIONS))) == []


@pytest.mark.parametrize("test", JUDGED, ids=lambda test: test.rpartition("::")[2])
def test_the_tests_that_judge_are_there(test):
    file, _colons, name = test.partition("::")
    assert f"\ndef {name}(" in (settings.BASE_DIR / file).read_text(encoding="utf-8")
