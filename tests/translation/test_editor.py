"""wagtail-localize's own pages lead to ours or are closed, and other languages' pages stay where their sources are."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import resolve, reverse
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation
from wagtail_localize.wagtail_hooks import register_admin_urls

from tests.factories.pages import PlainPageFactory
from translation import selectors, services
from translation.drafts.models import Draft
from translation.drafts.selectors import lines_of
from translation.models import State

#: wagtail-localize's routes that show nothing of anybody.
HARMLESS = {"javascript_catalog"}


def translated(page, locale):
    return type(page).objects.get(translation_key=page.translation_key, locale=locale)


def translation_into(page, locale):
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)


@pytest.fixture
def translator(tree, client):
    user = get_user_model().objects.create_user("translator-tr")
    user.groups.add(services.ensure_translator_group(locale=tree.tr))
    client.force_login(user)
    return user


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_translator_finds_the_workbench_behind_every_page_of_the_language(tree, translator, client):
    for page in (tree.home, tree.region, tree.organisation, tree.event):
        row = translated(page, tree.tr)
        response = client.get(edit_url(row), follow=True)
        assert response.redirect_chain == [(reverse("translation_workbench", args=[row.pk]), 302)]
        assert response.status_code == 200
    assert translated(tree.event, tree.tr).alias_of_id == tree.event.pk


def test_opening_it_publishes_nothing(tree, translator, client):
    client.get(edit_url(translated(tree.event, tree.tr)), follow=True)
    assert selectors.states_for([tree.event], tree.tr) == {tree.event.translation_key: State.MISSING}


@pytest.mark.parametrize("language", ["ar", "de"])
def test_a_translator_cannot_touch_another_language_or_the_source(tree, translator, client, language):
    page = tree.event if language == "de" else translated(tree.event, tree.ar)
    for url in (
        edit_url(page),
        reverse("translation_start", args=[page.pk]),
        reverse("translation_workbench", args=[page.pk]),
    ):
        response = client.get(url)
        assert response.status_code in (302, 403, 404)
        assert "World Café" not in response.content.decode()
    client.post(edit_url(page), {"action": "publish"})
    assert not StringTranslation.objects.exists()


def test_a_locked_page_is_not_written_on(tree, translator, client):
    other = get_user_model().objects.create_user("coordinator")
    page = translated(tree.event, tree.tr)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=other)
    line = lines_of(tree.event, tree.tr).lines[0]
    url = reverse("translation_workbench", args=[page.pk])
    data = {f"text-{line.pk}": "Dünya Kafesi", f"version-{line.pk}": line.version}
    assert "<textarea" not in client.get(url).content.decode()
    assert client.post(url, data).status_code == 409
    assert client.post(reverse("translation_save_line", args=[page.pk, line.pk]), data).status_code in (
        302,
        403,
    )
    assert not Draft.objects.exists()


def test_a_translator_neither_deletes_nor_moves_nor_adds_pages(tree, translator, client, admin_user):
    page = translated(tree.event, tree.tr)
    for user in (translator, admin_user):
        client.force_login(user)
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        client.post(
            reverse("wagtailadmin_pages:move_confirm", args=[page.pk, translated(tree.region, tree.tr).pk])
        )
        client.get(
            reverse("wagtailadmin_pages:add", args=["home", "plainpage", translated(tree.home, tree.tr).pk])
        )
        client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={page.pk}")
        assert translated(tree.event, tree.tr).get_parent().specific == translated(tree.organisation, tree.tr)


def test_syncing_from_the_menu_does_not_put_german_into_a_translation(tree, republish, client, admin_user):
    services.write_translation(page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi"})
    republish(tree.event, title="World Café am Abend")
    client.force_login(admin_user)
    source = translation_into(tree.event, tree.tr).source
    client.post(
        reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": "on"}
    )
    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[tree.event.pk]), {"locales": [tree.tr.pk]}
    )
    assert translated(tree.event, tree.tr).title == "Dünya Kafesi"


def test_a_translation_that_is_given_up_shows_the_original_and_can_be_begun_again(
    tree, translator, client, committed
):
    services.write_translation(page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi"})
    page = translated(tree.event, tree.tr)
    with committed():
        client.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))
    page = translated(tree.event, tree.tr)
    assert page.title == "World Café"
    assert page.language_of("title") == "de"
    assert selectors.states_for([tree.event], tree.tr) == {tree.event.translation_key: State.MISSING}
    assert client.get(edit_url(page), follow=True).status_code == 200


def test_a_translation_cannot_be_stopped(tree, translator, client):
    translation = translation_into(tree.event, tree.tr)
    client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    translation.refresh_from_db()
    assert translation.enabled


def test_a_page_that_is_unpublished_by_hand_comes_back_with_its_translations(
    tree, client, admin_user, republish, committed
):
    services.write_translation(page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi"})
    client.force_login(admin_user)
    with committed():
        client.post(reverse("wagtailadmin_pages:unpublish", args=[tree.event.pk]))
    assert not Page.objects.live().filter(translation_key=tree.event.translation_key).exists()
    republish(tree.event)
    assert Page.objects.live().filter(translation_key=tree.event.translation_key).count() == 3


def test_a_page_that_is_deleted_by_hand_is_deleted_in_every_language(tree, client, admin_user, committed):
    client.force_login(admin_user)
    with committed():
        client.post(reverse("wagtailadmin_pages:delete", args=[tree.event.pk]))
    assert not Page.objects.filter(translation_key=tree.event.translation_key).exists()


def test_a_page_that_is_moved_by_hand_is_moved_in_every_language(tree, client, admin_user, committed):
    with committed():
        page = PlainPageFactory(parent=tree.home)
    client.force_login(admin_user)
    with committed():
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, tree.region.pk]))
    assert translated(page, tree.tr).get_parent().specific == translated(tree.region, tree.tr)


def test_the_workbench_can_be_reached_from_the_source(tree, translator, client):
    url = reverse("translation_start", args=[tree.event.pk])
    target = translated(tree.event, tree.tr)
    assert client.get(f"{url}?language=tr").url == reverse("translation_workbench", args=[target.pk])


@pytest.mark.parametrize(
    "pattern",
    [each for each in register_admin_urls()[0].url_patterns if each.name not in HARMLESS],
    ids=lambda each: each.name,
)
def test_every_route_of_wagtail_localize_that_writes_or_lists_leads_to_us(pattern):
    values = {
        name: 1 if type(converter).__name__ == "IntConverter" else "x"
        for name, converter in pattern.pattern.converters.items()
    }
    match = resolve(reverse(f"wagtail_localize:{pattern.name}", kwargs=values))
    names = {match.func.__module__, getattr(match.func, "__wrapped__", match.func).__module__}
    assert "translation.editor" in names


@pytest.fixture
def linked(tree, republish):
    """The event with a link in its text; returns the segment of its address."""
    republish(tree.event, text='<p>Mehr <a href="https://example.org/">hier</a>.</p>')
    return translation_into(tree.event, tree.tr).source.overridablesegment_set.get()


@pytest.mark.parametrize(
    "name",
    ["edit_string_translation", "edit_override", "upload_pofile", "download_pofile", "machine_translate"],
)
def test_ways_past_drafts_and_reviews_are_closed(tree, linked, client, admin_user, name):
    client.force_login(admin_user)
    translation = translation_into(tree.event, tree.tr)
    things = {
        "edit_string_translation": [translation.source.stringsegment_set.first().pk],
        "edit_override": [linked.pk],
    }
    url = reverse(f"wagtail_localize:{name}", args=[translation.pk, *things.get(name, [])])
    form = "application/x-www-form-urlencoded"
    for answer in (
        client.get(url, follow=True),
        client.post(url, {"value": "https://example.org/tr/"}, follow=True),
        client.put(url, "value=https://example.org/tr/", content_type=form, follow=True),
    ):
        # What is not there in the admin is looked for in the language of the address.
        assert answer.status_code == 404
    assert not StringTranslation.objects.exists()
    assert not SegmentOverride.objects.exists()


def test_a_bad_override_that_was_stored_otherwise_does_not_reach_readers(tree, linked, translator, client):
    SegmentOverride.objects.create(locale=tree.tr, context=linked.context, data_json='"javascript:alert(1)"')
    sentence = (
        translation_into(tree.event, tree.tr).source.stringsegment_set.get(context__path="text").string.data
    )
    with pytest.raises(ValidationError):
        services.write_translation(
            page=tree.event, language_code="tr", sentences={"text": f"<p>{sentence}</p>"}
        )
    assert "javascript" not in translated(tree.event, tree.tr).text


def test_a_place_has_one_override_per_language(tree, linked):
    SegmentOverride.objects.create(
        locale=tree.tr, context=linked.context, data_json='"https://example.org/1"'
    )
    with pytest.raises(IntegrityError):
        SegmentOverride.objects.create(
            locale=tree.tr, context=linked.context, data_json='"https://example.org/2"'
        )


def test_a_stored_sentence_keeps_emphasis_and_loses_everything_that_runs(tree):
    hostile = "<b onclick=alert(1)>Dünya</b><script>alert(1)</script> <img src=x onerror=alert(1)> & Co"
    hostile += " <a id='a1'>x</a>"
    segment = translation_into(tree.event, tree.tr).source.stringsegment_set.get(context__path="title")
    for text, kept in (
        (hostile, '<b>Dünya</b>  &amp; Co <a id="a1">x</a>'),
        ("Ali & Ayşe, 3 < 4", "Ali & Ayşe, 3 < 4"),
    ):
        row, _created = StringTranslation.objects.update_or_create(
            translation_of=segment.string, context=segment.context, locale=tree.tr, defaults={"data": text}
        )
        row.refresh_from_db()
        assert row.data == kept


def test_a_locked_translation_is_not_given_up(tree, translator, client):
    services.write_translation(page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi"})
    page = translated(tree.event, tree.tr)
    other = get_user_model().objects.create_user("coordinator")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=other)
    client.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))
    assert translated(tree.event, tree.tr).title == "Dünya Kafesi"
