"""Translators work in wagtail-localize's editor; what it does to pages is ours."""

from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import resolve, reverse
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation
from wagtail_localize.wagtail_hooks import register_admin_urls

from tests.factories.pages import PlainPageFactory
from translation import selectors, services
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


def put(client, translation, path, text):
    segment = translation.source.stringsegment_set.filter(context__path=path).first()
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return client.put(url, f"value={text}", content_type="application/x-www-form-urlencoded")


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_translator_finds_the_editor_behind_every_page_of_the_language(tree, translator, client):
    for page in (tree.home, tree.region, tree.organisation, tree.event):
        response = client.get(edit_url(translated(page, tree.tr)))
        assert response.status_code == 200
        assert response.templates[0].name == "wagtail_localize/admin/edit_translation.html"
    assert translated(tree.event, tree.tr).alias_of_id == tree.event.pk


def test_opening_the_editor_publishes_nothing(tree, translator, client):
    client.get(edit_url(translated(tree.event, tree.tr)))
    assert selectors.states_for([tree.event], tree.tr) == {tree.event.translation_key: State.MISSING}


@pytest.mark.parametrize("language", ["ar", "de"])
def test_a_translator_cannot_touch_another_language_or_the_source(tree, translator, client, language):
    page = tree.event if language == "de" else translated(tree.event, tree.ar)
    for url in (edit_url(page), reverse("translation_start", args=[page.pk])):
        response = client.get(url)
        assert response.status_code in (302, 403)
        assert "World Café" not in response.content.decode()
    assert put(client, translation_into(tree.event, tree.ar), "title", "X").status_code in (302, 403)
    client.post(edit_url(page), {"action": "publish"})
    assert not StringTranslation.objects.exists()


def test_what_a_translator_types_and_publishes_is_read(tree, translator, client):
    translation = translation_into(tree.event, tree.tr)
    assert put(client, translation, "title", "Dünya Kafesi").status_code == 201
    assert put(client, translation, "teaser", "Konuşalım.").status_code == 201
    response = client.post(edit_url(translated(tree.event, tree.tr)), {"action": "publish"})
    page = translated(tree.event, tree.tr)
    assert page.title == "Dünya Kafesi"
    assert page.untranslated_fields == ["text"]
    assert page.live_revision.user == translator
    assert len(said(response)) == 2


def test_what_is_wrong_is_said_with_the_name_of_the_field(tree, translator, client):
    translation = translation_into(tree.event, tree.tr)
    put(client, translation, "title", "Dünya Kafesi")
    put(client, translation, "teaser", "a" * 161)
    response = client.post(edit_url(translated(tree.event, tree.tr)), {"action": "publish"})
    assert len(said(response)) == 1
    assert said(response)[0].startswith("Kurztext: ")
    assert translated(tree.event, tree.tr).alias_of_id == tree.event.pk
    assert "160" in client.get(edit_url(translated(tree.event, tree.tr))).content.decode()


def test_publishing_nothing_is_refused_in_words(tree, translator, client):
    response = client.post(edit_url(translated(tree.event, tree.tr)), {"action": "publish"})
    assert response.status_code == 302
    assert len(said(response)) == 1


def test_a_locked_page_is_neither_edited_nor_published(tree, translator, client):
    other = get_user_model().objects.create_user("coordinator")
    translation = translation_into(tree.event, tree.tr)
    put(client, translation, "title", "Dünya Kafesi")
    Page.objects.filter(pk=translated(tree.event, tree.tr).pk).update(locked=True, locked_by=other)
    client.post(edit_url(translated(tree.event, tree.tr)), {"action": "publish"})
    assert translated(tree.event, tree.tr).alias_of_id == tree.event.pk
    assert put(client, translation, "teaser", "Konuşalım.").status_code in (302, 403)


def test_a_translator_without_the_right_to_publish_is_refused(tree, translator, client):
    group = translator.groups.get()
    group.page_permissions.filter(permission__codename="publish_page").delete()
    put(client, translation_into(tree.event, tree.tr), "title", "Dünya Kafesi")
    client.post(edit_url(translated(tree.event, tree.tr)), {"action": "publish"})
    assert translated(tree.event, tree.tr).alias_of_id == tree.event.pk


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
    assert client.get(edit_url(page)).status_code == 200


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


def test_the_editor_can_be_reached_from_the_source(tree, translator, client):
    url = reverse("translation_start", args=[tree.event.pk])
    assert client.get(f"{url}?language=tr").url == edit_url(translated(tree.event, tree.tr))


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


def put_override(client, translation, segment, body):
    url = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    return client.put(url, body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x"]
)
def test_a_link_is_not_replaced_by_an_address_that_nobody_may_link_to(
    tree, linked, translator, client, value
):
    response = put_override(
        client, translation_into(tree.event, tree.tr), linked, urlencode({"value": value})
    )
    assert response.status_code == 400
    assert not SegmentOverride.objects.exists()


def test_what_the_editor_sends_is_taken(tree, linked, translator, client):
    translation = translation_into(tree.event, tree.tr)
    segment = translation.source.stringsegment_set.get(context__path="title")
    for name, id_, value in (
        ("edit_string_translation", segment.pk, "Dünya"),
        ("edit_override", linked.pk, "https://example.org/tr/"),
    ):
        url = reverse(f"wagtail_localize:{name}", args=[translation.pk, id_])
        body = encode_multipart(BOUNDARY, {"value": value})
        assert client.put(url, body, content_type=MULTIPART_CONTENT).status_code == 201
    assert StringTranslation.objects.get().data == "Dünya"
    assert SegmentOverride.objects.get().data == "https://example.org/tr/"


def test_a_link_is_replaced_by_another(tree, linked, translator, client):
    translation = translation_into(tree.event, tree.tr)
    body = urlencode({"value": "https://example.org/tr/"})
    assert put_override(client, translation, linked, body).status_code == 201
    assert SegmentOverride.objects.get().data == "https://example.org/tr/"


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


@pytest.mark.parametrize("body", ["", "other=1", "value=%00", f"value={'a' * 20_001}"])
def test_what_no_page_could_hold_is_refused_and_breaks_nothing(tree, linked, translator, client, body):
    translation = translation_into(tree.event, tree.tr)
    segment = translation.source.stringsegment_set.first()
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    form = "application/x-www-form-urlencoded"
    assert client.put(url, body, content_type=form).status_code == 400
    assert put_override(client, translation, linked, body).status_code == 400
    assert client.put(url, "{}", content_type="application/json").status_code == 400


def test_a_stored_sentence_keeps_emphasis_and_loses_everything_that_runs(tree, translator, client):
    hostile = "<b onclick=alert(1)>Dünya</b><script>alert(1)</script> <img src=x onerror=alert(1)> & Co"
    hostile += " <a id='a1'>x</a>"
    put(client, translation_into(tree.event, tree.tr), "title", quote(hostile))
    assert StringTranslation.objects.get().data == '<b>Dünya</b>  &amp; Co <a id="a1">x</a>'


def test_plain_words_are_stored_as_they_were_typed(tree, translator, client):
    put(client, translation_into(tree.event, tree.tr), "title", quote("Ali & Ayşe, 3 < 4"))
    assert StringTranslation.objects.get().data == "Ali & Ayşe, 3 < 4"


def test_a_preview_shows_nothing_that_runs(tree, translator, client):
    translation = translation_into(tree.event, tree.tr)
    segment = translation.source.stringsegment_set.filter(context__path="text").first()
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string,
                locale=tree.tr,
                context=segment.context,
                data="Canlı <img src=x onerror=alert(1)>",
                translation_type="manual",
            )
        ]
    )
    body = client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk])).content.decode()
    assert "Canlı" in body
    assert "onerror" not in body


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"/etc/passwd",
        b"\xff\xfe",
        b'msgid "unfinished',
        b'msgid ""\nmsgstr ""\n',
        b"msgid" + b"x" * 2_100_000,
    ],
)
def test_a_file_that_is_no_po_file_of_this_page_is_refused_in_words(tree, translator, client, content):
    url = reverse("wagtail_localize:upload_pofile", args=[translation_into(tree.event, tree.tr).pk])
    data = {} if content is None else {"file": SimpleUploadedFile("seite.po", content)}
    response = client.post(url, data)
    assert response.status_code == 302
    assert len(said(response)) == 1
    assert not StringTranslation.objects.exists()


def test_the_po_file_of_a_page_is_taken_back_filled_in(tree, translator, client):
    translation = translation_into(tree.event, tree.tr)
    po = client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk])).content
    filled = po.replace(
        b'msgid "World Caf\xc3\xa9"\nmsgstr ""', b'msgid "World Caf\xc3\xa9"\nmsgstr "D\xc3\xbcnya"'
    )
    client.post(
        reverse("wagtail_localize:upload_pofile", args=[translation.pk]),
        {"file": SimpleUploadedFile("a.po", filled)},
    )
    assert [row.data for row in StringTranslation.objects.all()] == ["Dünya"]


def test_a_locked_translation_is_not_given_up(tree, translator, client):
    services.write_translation(page=tree.event, language_code="tr", sentences={"title": "Dünya Kafesi"})
    page = translated(tree.event, tree.tr)
    other = get_user_model().objects.create_user("coordinator")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=other)
    client.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))
    assert translated(tree.event, tree.tr).title == "Dünya Kafesi"
