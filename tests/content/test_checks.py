"""Every system check is broken once: the id it gives, and the hint that says how to mend it."""

import dataclasses
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import path
from wagtail import hooks
from wagtail.models import Page

from cms.settings.languages import LANGUAGE_TABLE
from content import checks, registry
from content.plugins import PLUGIN_GROUP, PluginConfig, version_key
from content.registry import Column, ContentKind, Facet, PageAction, Preset, Section, TextCheck
from content.visibility import visible_pages
from organisations.models import OrganisationPage

SOUND = ContentKind(
    slug="sound",
    model="organisations.OrganisationPage",
    label="Sound",
    label_singular="Sound",
    card_template="wagtailadmin/base.html",
)


def ids(messages):
    return [message.id for message in messages]


@pytest.fixture
def declared():
    """Declare kinds in place of the installed ones; returns a function that takes them."""
    registered = hooks._hooks.get("register_content_kind", [])
    hooks.search_for_hooks()
    kept = list(registered)

    def declare(*kinds):
        hooks._hooks["register_content_kind"] = [(lambda kind=kind: kind, 0) for kind in kinds]
        registry.clear()

    yield declare
    hooks._hooks["register_content_kind"] = kept
    registry.clear()


@pytest.fixture
def hooked():
    """Register hooks for one test; returns a function that takes name and function."""
    added = []

    def add(name, function):
        hooks.search_for_hooks()
        hooks._hooks.setdefault(name, []).append((function, 0))
        added.append((name, (function, 0)))

    yield add
    for name, entry in added:
        hooks._hooks[name].remove(entry)
        if not hooks._hooks[name]:
            del hooks._hooks[name]
    registry.clear()


def forget(monkeypatch, model, attribute):
    """Take ``attribute`` from ``model`` and its bases up to Wagtail's page."""
    for base in model.__mro__:
        if base is Page:
            return
        if attribute in vars(base):
            monkeypatch.delattr(base, attribute)


@pytest.fixture
def plugin(tmp_path):
    """An app config of a plugin, in a directory of its own."""
    (tmp_path / "templates" / "board").mkdir(parents=True)

    class BoardConfig(PluginConfig):
        name = "board"
        path = str(tmp_path)
        requires_cms = ("0.1", "0.2")

    return BoardConfig("board", SimpleNamespace(__file__=str(tmp_path / "__init__.py")))


@pytest.fixture
def installed(monkeypatch, plugin):
    """Let Django see the plugin among its apps."""
    monkeypatch.setitem(apps.app_configs, "board", plugin)
    return plugin


def test_the_platform_as_it_is_passes_every_check():
    assert [message for message in run_checks() if (message.id or "").startswith("content.")] == []


def test_two_kinds_with_one_slug_or_one_model_are_named_with_both_places(declared):
    declared(SOUND, SOUND)
    messages = checks.check_kinds_are_declared_once(None)
    assert ids(messages) == ["content.E001", "content.E001"]
    assert "The slug “sound” is declared by" in messages[0].msg
    assert "The model “organisations.OrganisationPage” is declared by" in messages[1].msg


@pytest.mark.parametrize("model", ["nowhere.Nothing", "organisations.Nothing", "nonsense"])
def test_a_kind_about_a_model_that_does_not_exist_is_refused(declared, model):
    declared(dataclasses.replace(SOUND, model=model))
    (message,) = checks.check_kinds_have_content_pages(None)
    assert message.id == "content.E002"
    assert f"“{model}”, which does not exist" in message.msg


def test_a_kind_about_something_that_is_no_content_page_is_refused(declared):
    declared(dataclasses.replace(SOUND, model="home.PlainPage"))
    (message,) = checks.check_kinds_have_content_pages(None)
    assert message.id == "content.E002"
    assert "content.models.ContentPage" in message.hint


def test_a_missing_card_page_or_section_template_is_named(declared, hooked, monkeypatch):
    declared(dataclasses.replace(SOUND, card_template="sound/card.html"))
    monkeypatch.setattr(OrganisationPage, "template", "sound/page.html")
    hooked("register_content_section", lambda: Section("extra", "sound/extra.html", lambda page, request: {}))
    messages = [message for message in checks.check_templates_exist(None) if "“sound/" in message.msg]
    assert ids(messages) == ["content.E003"] * 3
    assert [message.msg.split("“")[1].split("”")[0] for message in messages] == [
        "sound/card.html",
        "sound/page.html",
        "sound/extra.html",
    ]


def test_two_links_of_the_same_name_at_the_foot_of_pages_are_refused(hooked):
    for label in ("One", "Two"):
        hooked(
            "register_content_page_actions",
            lambda label=label: PageAction("twice", label, lambda page, request: "/"),
        )
    (message,) = checks.check_page_actions_are_distinct(None)
    assert message.id == "content.E019"
    assert message.msg.startswith("The link “twice” at the foot of pages is declared by ")


@pytest.mark.parametrize("nothing", [("slug", "Label"), PageAction("fixed", "Label", "/an/address/")])
def test_what_is_no_link_at_the_foot_of_pages_is_refused(hooked, nothing):
    hooked("register_content_page_actions", lambda: nothing)
    (message,) = checks.check_page_actions_are_distinct(None)
    assert message.id == "content.E019"
    assert "PageAction(slug=" in message.hint


def preset(slug="usual", **values):
    return Preset(slug, "Usual", "As usual", values)


def test_presets_have_names_of_their_own(declared):
    declared(dataclasses.replace(SOUND, presets=(preset(), preset(), preset("other"))))
    (message,) = checks.check_presets_can_be_filled_in(None)
    assert (message.id, message.msg) == ("content.E020", "The kind “sound” has two presets “usual”.")
    assert "name of its own" in message.hint


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"titel": "Verein"}, "names the field “titel”, which “organisations.OrganisationPage” has not."),
        (
            {"search_description": "Verein"},
            "names the field “search_description”, which the form does not ask for.",
        ),
        ({"path": "0001"}, "names the field “path”, which the form does not ask for."),
        ({"contact": 1}, "names the field “contact”, which the form does not ask for."),
        ({"types": ["castle"]}, "has a value for the field “types” that it refuses: "),
        ({"teaser": "x" * 161}, "has a value for the field “teaser” that it refuses: "),
    ],
)
def test_a_preset_that_the_form_would_lose_is_refused(declared, values, fault):
    declared(dataclasses.replace(SOUND, presets=(preset(title="Verein"), preset("wrong", **values))))
    (message,) = checks.check_presets_can_be_filled_in(None)
    assert message.id == "content.E020"
    assert message.msg.startswith(f"The preset “wrong” of the kind “sound” {fault}")


def test_two_checks_of_texts_of_the_same_name_are_refused(hooked):
    for _time in (1, 2):
        hooked("register_content_text_checks", lambda: TextCheck("twice", find=lambda text, language: []))
    (message,) = checks.check_text_checks_are_distinct(None)
    assert message.id == "content.E021"
    assert message.msg.startswith("The check of texts “twice” is declared by ")


@pytest.mark.parametrize(
    "nothing",
    [
        ("slug", len),
        TextCheck("none"),
        TextCheck("both", find=len, compare=len),
        TextCheck("text", find="a text"),
        TextCheck("kinds", find=len, kinds=("offers",)),
    ],
)
def test_what_is_no_check_of_texts_is_refused(hooked, nothing):
    hooked("register_content_text_checks", lambda: nothing)
    (message,) = checks.check_text_checks_are_distinct(None)
    assert message.id == "content.E021"
    assert "TextCheck(slug=" in message.hint


def test_a_misspelt_hook_name_is_refused_with_the_names_there_are(hooked):
    hooked("register_content_kinds", lambda: SOUND)
    (message,) = checks.check_hook_names_are_known(None)
    assert message.id == "content.E004"
    assert "register_content_kind, register_content_columns" in message.hint


def test_a_kind_that_does_not_say_where_its_pages_belong_is_refused(declared, monkeypatch):
    declared(SOUND)
    forget(monkeypatch, OrganisationPage, "parent_page_types")
    assert ids(checks.check_kinds_state_their_parents(None)) == ["content.E005"]


def test_a_container_that_shuts_out_a_kind_is_named(declared, monkeypatch):
    declared(SOUND)
    (parent,) = OrganisationPage.clean_parent_page_models()
    monkeypatch.setattr(parent, "subpage_types", ["home.PlainPage"], raising=False)
    monkeypatch.setattr(parent, "_clean_subpage_models", None, raising=False)
    messages = checks.check_parents_accept_their_children(None)
    assert ids(messages) == ["content.E017"]
    assert messages[0].obj is parent


def test_a_kind_that_inherits_its_translatable_fields_unsaid_is_refused(declared, monkeypatch):
    declared(SOUND)
    monkeypatch.delattr(OrganisationPage, "translatable_fields")
    assert ids(checks.check_kinds_state_what_is_translated(None)) == ["content.E006"]


def test_a_translatable_field_that_is_no_field_is_named(declared, monkeypatch):
    declared(SOUND)
    monkeypatch.setattr(OrganisationPage, "translatable_fields", [SimpleNamespace(field_name="motto")])
    (message,) = checks.check_kinds_state_what_is_translated(None)
    assert message.id == "content.E006"
    assert "“motto”" in message.msg


def facet(slug):
    return Facet(slug, slug, lambda page: [], lambda: [])


def test_facets_and_columns_that_hide_each_other_or_a_parameter_are_named(declared):
    declared(
        dataclasses.replace(
            SOUND,
            facets=(facet("kind"), facet("kind"), facet("page")),
            columns=(Column("title"), Column("title")),
        )
    )
    messages = checks.check_facets_and_columns_are_distinct(None)
    assert ids(messages) == ["content.E015"] * 3
    assert [message.msg.split("“")[2].split("”")[0] for message in messages[:2]] == ["kind", "title"]
    assert messages[2].msg.startswith("The facet “page”")


def test_a_column_without_field_and_without_read_function_is_named(declared):
    declared(
        dataclasses.replace(
            SOUND, columns=(Column("title"), Column("motto"), Column("free", read=lambda page: "yes"))
        )
    )
    (message,) = checks.check_columns_have_fields(None)
    assert message.id == "content.E016"
    assert "“motto”" in message.msg


@pytest.mark.parametrize(
    "bounds", [("0.2", "0.3"), ("0.0.1", "0.1"), ("1", "2"), ("", ""), ("newest", "2"), None, ("0.1",)]
)
def test_a_plugin_out_of_bounds_or_without_bounds_is_refused(installed, bounds):
    installed.requires_cms = bounds
    assert ids(checks.check_plugins_fit(None)) == ["content.E007"]


def test_a_plugin_within_its_bounds_passes(installed):
    installed.requires_cms = ("0.1", "0.1.1")
    assert checks.check_plugins_fit(None) == []


@pytest.mark.parametrize(
    ("version", "key"), [("1", (1, 0, 0)), ("0.10.2", (0, 10, 2)), ("2.1rc1", (2, 1, 0))]
)
def test_versions_compare_by_number(version, key):
    assert version_key(version) == key


def test_a_plugin_whose_label_is_not_its_name_is_refused(plugin):
    assert ids(checks._entry_point_errors([("blackboard", plugin)])) == ["content.E008"]
    assert checks._entry_point_errors([("board", plugin), ("gone", None)]) == []


def test_an_entry_point_that_names_an_ordinary_app_is_refused():
    (message,) = checks._entry_point_errors([("home", apps.get_app_config("home"))])
    assert message.id == "content.E011"
    assert "content.plugins.PluginConfig" in message.hint


def test_a_plugin_with_templates_outside_its_directory_is_refused(installed, tmp_path):
    assert checks.check_plugins_keep_their_templates_together(None) == []
    (tmp_path / "templates" / "home").mkdir()
    (message,) = checks.check_plugins_keep_their_templates_together(None)
    assert message.id == "content.E009"
    assert "“templates/home”" in message.msg


def test_a_plugin_with_url_names_of_somebody_else_is_refused(installed, hooked, monkeypatch):
    def view(request): ...

    def patterns():
        return [path("a", view, name="board_a"), path("b", view, name="home_b"), path("c", view)]

    hooked("register_content_urls", patterns)
    monkeypatch.setattr(checks, "plugin_of", lambda function: installed if function is patterns else None)
    messages = checks.check_plugins_name_their_urls(None)
    assert ids(messages) == ["content.E010", "content.E010"]
    assert "“home_b”" in messages[0].msg
    assert "“None”" in messages[1].msg


def row(**changes):
    return LANGUAGE_TABLE[0]._replace(**changes)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ([row(), row(endonym="Noch eins")], "stands twice"),
        ([row(), row(code="nds")], "are called “Deutsch”"),
        ([row(code="en")], "LANGUAGE_CODE is “de”"),
        ([row(), row(code="de_AT", endonym="Ö")], "no language tag"),
        ([row(), row(code="gsw", endonym="")], "has no name"),
        ([row(direction="up")], "direction"),
        ([row(), row(code="gsw", endonym="Schwyzerdütsch", base="als")], "falls back to “als”"),
    ],
)
def test_a_language_table_that_contradicts_itself_is_refused(settings, table, complaint):
    settings.LANGUAGE_TABLE = table
    (message,) = checks.check_language_table(None)
    assert message.id == "content.E012"
    assert complaint in message.msg


@pytest.mark.parametrize(
    "code", ["fa", "prs", "ti", "kmr", "zh-hans", "pt-br", "es-419", "de-simple", "de-1996"]
)
def test_language_tags_of_every_shape_may_be_added(settings, code):
    settings.LANGUAGE_TABLE = [row(), row(code=code, endonym="Neu")]
    assert checks.check_language_table(None) == []


def test_modelsearch_beside_wagtail_search_is_refused(settings):
    assert checks.check_modelsearch_is_not_installed_twice(None) == []
    with_both = SimpleNamespace(INSTALLED_APPS=[*settings.INSTALLED_APPS, "modelsearch"])
    original, checks.settings = checks.settings, with_both
    try:
        assert ids(checks.check_modelsearch_is_not_installed_twice(None)) == ["content.E013"]
    finally:
        checks.settings = original


def test_publishing_on_submission_is_refused(settings):
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True
    assert ids(checks.check_submitting_does_not_publish(None)) == ["content.E014"]
    del settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE
    assert ids(checks.check_submitting_does_not_publish(None)) == ["content.E014"]


def test_a_public_server_with_the_demo_on_is_refused(settings):
    settings.DEMO = True
    assert "content.E018" in ids(run_checks(include_deployment_checks=True))
    settings.DEMO = False
    assert checks.check_demo_is_off(None) == []


@pytest.fixture
def orphan(db):
    """A published page whose app is gone."""
    gone = ContentType.objects.create(app_label="gone", model="noticepage")
    page = Page(title="Zu verschenken", slug="zu-verschenken", content_type=gone)
    Page.objects.get(depth=2).add_child(instance=page)
    return page


def test_pages_of_a_removed_plugin_are_counted_and_named(orphan):
    (message,) = run_checks(tags=["database"], databases=["default"])
    assert message.id == "content.W001"
    assert "1 page(s) of the kind “gone.noticepage”" in message.msg


def test_a_database_with_all_its_plugins_has_no_orphans(db):
    assert checks.check_no_page_is_orphaned(None, databases=["default"]) == []


def test_readers_get_not_found_for_a_page_whose_plugin_was_removed(orphan, client):
    assert orphan.get_url() == "/de/zu-verschenken/"
    assert client.get(orphan.get_url()).status_code == 404


def test_nothing_that_readers_are_shown_holds_a_page_whose_plugin_was_removed(orphan):
    assert visible_pages().filter(pk=orphan.get_parent().pk).exists()
    assert not visible_pages().filter(pk=orphan.pk).exists()


def test_the_admin_lists_pages_whose_plugin_was_removed(orphan, admin_client):
    answer = admin_client.get(f"/admin/pages/{orphan.get_parent().pk}/")
    assert answer.status_code == 200
    assert "Zu verschenken" in answer.content.decode()


def test_the_group_of_entry_points_is_the_one_the_settings_read():
    from cms.plugins import PLUGIN_GROUP as READ

    assert PLUGIN_GROUP == READ


def test_check_exits_with_an_error_when_a_declaration_is_broken(declared):
    declared(dataclasses.replace(SOUND, model="nowhere.Nothing"))
    with pytest.raises(SystemCheckError, match="content.E002"):
        call_command("check")
