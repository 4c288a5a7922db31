"""Which views of the admin axe judges, and in which tests.

A test that is named here and no longer judges one of its views fails; ``tests/test_judged_views.py`` fails for a view
that is neither named here nor excepted with a reason.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.matrix.addresses import plain

#: Names of addresses, by the test that has them judged in German and Arabic; the path where there is no name.
JUDGED = {
    "tests/accounts/test_admin_policy.py::test_taking_a_second_factor_away_is_a_page_for_everybody": (
        "reset_second_factor",
    ),
    "tests/partners/circle/test_in_browser.py"
    "::test_the_views_of_coordinators_are_accessible_and_as_wide_as_the_screen": (
        *("partners_circles", "partners_circle_region", "partners_circle_agreement"),
        *("partners_circle_member_add", "partners_circle_step_add", "partners_circle_member"),
        *("partners_circle_member_remove", "partners_circle_member_back", "partners_circle_step"),
        *("partners_circle_step_edit", "partners_circle_step_delete", "partners_circle_step_propose"),
        *("partners_circle_step_withdraw", "partners_circle_step_done"),
    ),
    "tests/partners/copying/test_in_browser.py::test_it_fits_a_phone_has_no_barrier_and_goes_by_keyboard": (
        "partners_copy",
    ),
    "tests/partners/joining/test_joining_browser.py::test_the_pages_have_no_barrier_and_fit_a_phone": (
        *("partners_applications", "partners_application", "partners_idea_inbox", "partners_idea_decide"),
    ),
    "tests/partners/presets/test_in_browser.py"
    "::test_the_cards_fit_a_phone_and_open_a_form_by_keyboard_of_which_a_draft_loses_nothing": (
        "partners_new",
    ),
    "tests/partners/takeover/test_in_browser.py::test_an_idea_becomes_a_draft_by_keyboard": (
        *("partners_take_over_ideas", "partners_take_over"),
    ),
    "tests/partners/test_people_pages.py::test_people_pages_have_no_barrier_and_fit_a_phone": (
        *("partners_people", "partners_team", "partners_invite", "partners_remove"),
    ),
    "tests/partners/workspace/test_forms_on_a_phone.py::test_forms_and_lists_fit_a_phone": (
        *("admin/pages/workflow/action/<page_id>/<action_name>/<task_state_id>/", "audit_log"),
        *("contacts:add", "contacts:delete", "contacts:edit", "contacts:history", "contacts:index"),
        *("contacts:usage", "kind:choose_parent", "kind:index", "kind:preview", "kind:upload"),
        *("mails:index", "mails:inspect", "partners_freshness", "partners_help", "partners_help_guide"),
        *("partners_reader_report", "partners_reader_reports", "partners_team"),
        *("translation_desk", "translation_files", "translation_glossary_languages"),
        *(
            "translation_files_preview",
            "translation_memory_languages",
            "translation_matrix",
            "translation_wanted",
        ),
    ),
    "tests/partners/workspace/test_on_a_phone.py"
    "::test_everybodys_workspace_fits_a_phone_and_has_no_barrier": ("admin/",),
    "tests/translation/test_workbench_in_browser.py::test_it_has_no_barrier_and_fits_every_screen": (
        *("translation_workbench", "translation_history"),
    ),
    "tests/translation/test_words_in_browser.py::test_every_page_is_accessible_and_as_wide_as_the_screen": (
        *("translation_glossary", "translation_glossary_add", "translation_glossary_change"),
        *("translation_glossary_delete", "translation_glossary_import", "translation_glossary_preview"),
        *("translation_memory", "translation_memory_import", "translation_memory_delete"),
    ),
}

_seen = set()


def name_of(path):
    """Return how ``JUDGED`` calls the address at ``path``; "" where none is."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return without_kind(match.view_name if match.url_name else plain(match.route))


def without_kind(name):
    """Return ``name`` as it is for every kind of content: their lists and sheets are the same views."""
    return re.sub(r"^kind_\w+:", "kind:", name)


def remember(url, view=""):
    """Note that axe judges the page at ``url``, or in it the part that ``view`` has rendered."""
    _seen.add(view or name_of(urlsplit(url).path))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Let a test fail that passed without having its views of ``JUDGED`` judged."""
    _seen.clear()
    result = yield
    left = set(JUDGED.get(item.nodeid.partition("[")[0], ())) - _seen
    assert not left, f"axe did not judge what tests/services/judged_views.py says: {', '.join(sorted(left))}"
    return result
