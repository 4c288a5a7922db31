"""The workbench through its pages, without scripts and as scripts use it."""

from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.translation.drafts.world import Desk
from translation.drafts.models import Draft, LanguageRule
from translation.glossary.models import Term
from translation.models import State

WELCOME = "Alle sind willkommen."


@pytest.fixture
def desk(db, client):
    desk = Desk()
    client.force_login(desk.aylin)
    return desk


def address(desk, code="tr"):
    return reverse("translation_workbench", args=[desk.target(code).pk])


def body_of(response):
    return response.content.decode()


def said(response):
    return [unescape(str(message)).strip() for message in get_messages(response.wsgi_request)]


def typed(desk, **texts):
    """Return what the form would send: every sentence as it stands, but those in ``texts`` (by their source)."""
    data = {}
    for line in desk.lines():
        data[f"text-{line.pk}"] = texts.get(line.source, line.target)
        data[f"version-{line.pk}"] = line.version
    return data


def test_source_and_target_stand_beside_each_other_in_their_languages(desk, client):
    desk.save(WELCOME, "Herkes davetlidir.")
    body = body_of(client.get(address(desk)))
    assert body.count('class="bench-field"') == len(desk.lines())
    assert 'lang="tr"' in body
    assert ">Herkes davetlidir.</textarea>" in body
    assert (
        'Für das <span class="mark">1</span>leibliche<span class="mark">/1</span> Wohl ist gesorgt.' in body
    )
    arabic = desk.target("ar")
    client.force_login(desk.hanan)
    assert 'lang="ar" dir="rtl"' in body_of(client.get(reverse("translation_workbench", args=[arabic.pk])))


def test_without_scripts_one_button_saves_what_was_changed(desk, client):
    response = client.post(
        address(desk), typed(desk, **{"World Café": "Dünya Kafesi", WELCOME: "Herkes gelsin."})
    )
    assert response.status_code == 302
    assert sorted(Draft.objects.values_list("text", flat=True)) == ["Dünya Kafesi", "Herkes gelsin."]
    assert desk.target().title == "World Café"
    client.post(address(desk), typed(desk))
    assert Draft.objects.count() == 2


def test_two_people_at_once_see_both_texts_and_nothing_is_lost(desk, client):
    mine = typed(desk, **{WELCOME: "Benim cümlem."})
    desk.save(WELCOME, "Deniz'in cümlesi.", by=desk.deniz)
    response = client.post(address(desk), mine)
    body = body_of(response)
    assert response.status_code == 409
    assert "Deniz&#x27;in cümlesi." in body
    assert ">Benim cümlem.</textarea>" in body
    assert desk.line(WELCOME).target == "Deniz'in cümlesi."
    # Having seen it, the same button replaces it.
    again = typed(desk, **{WELCOME: "Benim cümlem."})
    assert client.post(address(desk), again).status_code == 302
    assert desk.line(WELCOME).target == "Benim cümlem."


def test_a_sentence_that_has_gone_gives_back_what_was_typed(desk, client):
    data = typed(desk, **{WELCOME: "Herkes davetlidir."})
    desk.republish(text="<p>Ganz anders 12345, und kürzer.</p>")
    response = client.post(address(desk), data)
    assert response.status_code == 409
    assert "Herkes davetlidir." in " ".join(said(response))


def test_an_outdated_sentence_shows_what_has_changed_and_is_confirmed_by_its_button(desk, client):
    desk.translate()
    desk.submit()
    desk.approve()
    desk.republish(text=desk.source.text.replace("willkommen", "herzlich willkommen"))
    body = body_of(client.get(address(desk)))
    assert "<ins>herzlich </ins>" in body
    line = desk.line("Alle sind herzlich willkommen.")
    client.post(address(desk), typed(desk) | {"one": line.pk})
    assert desk.line("Alle sind herzlich willkommen.").is_outdated is False


def test_handing_in_names_what_is_wrong_and_keeps_everything(desk, client):
    desk.translate()
    source = "Für das <1>leibliche</1> Wohl ist gesorgt."
    response = client.post(address(desk), typed(desk, **{source: "Yiyecek var."}) | {"action": "submit"})
    assert response.status_code == 422
    assert ">Yiyecek var.</textarea>" in body_of(response)
    assert said(response) == [
        "Text: Die Marke <1> fehlt. Setzen Sie sie dorthin, wo die Wörter stehen, zu denen sie gehört."
    ]
    assert desk.state().standing == State.IN_WORK


def test_one_hands_in_and_another_publishes(desk, client):
    data = {name: value or "Çeviri" for name, value in typed(desk).items()}
    data |= {
        name: "Yiyecek ve <1>içecek</1>."
        for line in desk.lines()
        if "<1>" in line.source
        for name in [f"text-{line.pk}"]
    }
    assert client.post(address(desk), data | {"action": "submit"}).status_code == 302
    assert desk.state().standing == State.IN_REVIEW
    body = body_of(client.get(address(desk)))
    assert 'value="approve"' not in body
    assert 'class="bench-field"' not in body
    assert client.post(address(desk), {"action": "approve", "digest": desk.lines().digest}).status_code in (
        302,
        403,
    )
    assert desk.target().title == "World Café"

    client.force_login(desk.deniz)
    assert 'value="approve"' in body_of(client.get(address(desk)))
    client.post(address(desk), {"action": "approve", "digest": desk.lines().digest})
    assert (desk.target().title, desk.state().standing) == ("Çeviri", State.FRESH)


def test_a_reader_who_saw_something_else_is_shown_the_newest(desk, client):
    desk.translate()
    read = desk.lines().digest
    desk.submit()
    client.post(address(desk), {"action": "take_back"})
    desk.save(WELCOME, "Başka.")
    desk.submit()
    client.force_login(desk.deniz)
    response = client.post(address(desk), {"action": "approve", "digest": read})
    assert response.status_code == 409
    assert desk.target().title == "World Café"


def test_sending_back_needs_words(desk, client):
    desk.translate()
    desk.submit()
    client.force_login(desk.deniz)
    assert client.post(address(desk), {"action": "send_back", "text": " "}).status_code == 422
    client.post(address(desk), {"action": "send_back", "text": "Daha sade, lütfen."})
    assert desk.state().standing == State.IN_WORK


def test_where_nobody_reads_first_the_right_to_publish_is_needed(desk, client):
    LanguageRule.objects.create(scope=desk.region.translation_key, locale=desk.tr, needs_review=False)
    desk.translate()
    group = desk.aylin.groups.get()
    group.page_permissions.filter(permission__codename="publish_page").delete()
    client.post(address(desk), typed(desk) | {"action": "submit"})
    assert desk.target().title == "World Café"


@pytest.mark.parametrize("name", ["save", "history", "preview", "edit"])
def test_nobody_reaches_another_language(desk, client, name):
    line = desk.line(WELCOME, "ar")
    desk.save(WELCOME, "أهلا وسهلا", by=desk.hanan, code="ar")
    page = desk.target("ar")
    if name == "save":
        response = client.post(
            reverse("translation_save_line", args=[page.pk, line.pk]),
            {f"text-{line.pk}": "X", f"version-{line.pk}": desk.line(WELCOME, "ar").version},
        )
    elif name == "edit":
        response = client.post(address(desk, "ar"), {f"text-{line.pk}": "X", "action": "save"})
    else:
        arguments = [page.pk] if name == "preview" else [page.pk, line.pk]
        response = client.get(reverse(f"translation_{name}", args=arguments))
    assert response.status_code in (302, 403)
    assert "أهلا" not in body_of(response)
    assert desk.line(WELCOME, "ar").target == "أهلا وسهلا"


def test_a_script_saves_one_sentence_and_hears_what_there_is_to_say(
    desk, client, django_assert_max_num_queries
):
    line = desk.line("Für das <1>leibliche</1> Wohl ist gesorgt.")
    url = reverse("translation_save_line", args=[desk.target().pk, line.pk])
    client.get(url)
    with django_assert_max_num_queries(24):
        response = client.post(url, {f"text-{line.pk}": "Yiyecek", f"version-{line.pk}": line.version})
    assert response.status_code == 200
    assert "Die Marke &lt;1&gt; fehlt." in body_of(response)
    assert desk.line(line.source).version in body_of(response)
    stale = client.post(url, {f"text-{line.pk}": "Anders", f"version-{line.pk}": line.version})
    assert stale.status_code == 409
    assert "Yiyecek" in body_of(stale)


def test_a_wrong_number_keeps_a_translation_from_being_handed_in_and_doubt_does_not(desk, client):
    desk.republish(teaser="Rufen Sie an: 0831 123456!")
    desk.translate()
    desk.save("Rufen Sie an: 0831 123456!", "Bizi arayın: 0831 123465")
    response = client.post(address(desk), typed(desk) | {"action": "submit"})
    body = body_of(response)
    assert response.status_code == 422
    assert "0831 123456" in " ".join(said(response))
    assert body.count('class="bench-error"') >= 1
    # A mark that is missing at the end is worth a look, and no more.
    desk.save("Rufen Sie an: 0831 123456!", "Bizi arayın: 0831 123456")
    assert 'class="bench-warning"' in body_of(client.get(address(desk)))
    assert client.post(address(desk), typed(desk) | {"action": "submit"}).status_code == 302
    assert desk.state().standing == State.IN_REVIEW


def test_a_sentence_has_its_history(desk, client):
    desk.save(WELCOME, "Herkes gelsin.")
    line = desk.save(WELCOME, "Herkes <script>gelsin</script>", by=desk.deniz)
    body = body_of(client.get(reverse("translation_history", args=[desk.target().pk, line.pk])))
    assert "Herkes gelsin." in body
    assert "<script>gelsin" not in body
    assert "Deniz" in body


def test_the_preview_shows_drafts_at_their_places_and_nothing_that_runs(desk, client):
    desk.save("World Café", "Dünya Kafesi")
    desk.save(WELCOME, "Herkes <img src=x onerror=alert(1)>")
    desk.save("Für das <1>leibliche</1> Wohl ist gesorgt.", "Bozuk <1>işaret")
    body = body_of(client.get(reverse("translation_preview", args=[desk.target().pk])))
    assert "Dünya Kafesi" in body
    assert "<img src=x" not in body
    assert "Für das <b>leibliche</b> Wohl" in body
    assert desk.target().title == "World Café"


def test_opening_writes_nothing(desk, client):
    assert client.get(address(desk)).status_code == 200
    assert not Draft.objects.exists()
    assert desk.state().standing == State.MISSING


def test_what_a_page_of_sixty_sentences_and_a_save_ask(desk, client):
    desk.translate()
    desk.submit()
    desk.approve()
    Term.objects.create(
        locale=desk.tr, source="Wohl", source_key="wohl", target="afiyet", target_key="afiyet"
    )
    desk.republish(
        text="".join(f"<p>Zum Wohl sagt {one}{other}.</p>" for one in "abcdefgh" for other in "ijklmnop")
    )
    line = desk.save("Zum Wohl sagt ci.", "Afiyet olsun.")
    client.get(address(desk))
    opening, saving = address(desk), reverse("translation_save_line", args=[desk.target().pk, line.pk])
    with CaptureQueriesContext(connection) as opened:
        assert body_of(client.get(opening)).count('class="bench-field"') == 66
    with CaptureQueriesContext(connection) as saved:
        client.post(saving, {f"text-{line.pk}": "Afiyet olsun!", f"version-{line.pk}": line.version})
    assert len(opened) == 23
    # Outside of a test the savepoint is the transaction.
    kept = [query for query in saved.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(kept) == 15
    assert desk.line("Zum Wohl sagt ci.").target == "Afiyet olsun!"


def test_what_was_said_before_and_the_glossarys_words_stand_beside_a_sentence(desk, client):
    desk.translate()
    desk.submit()
    desk.approve()
    Term.objects.create(
        locale=desk.tr, source="Wohl", source_key="wohl", target="afiyet", target_key="afiyet"
    )
    desk.republish(text=desk.source.text.replace("willkommen", "sehr willkommen") + f"<p>{WELCOME}</p>")
    body = body_of(client.get(address(desk)))
    assert '<span class="term">Wohl</span>' in body
    assert 'data-term="afiyet"' in body
    # The same sentence at another place, and nearly the same at the same place.
    assert body.count('data-suggestion="[tr] Alle sind willkommen."') == 1
    line = desk.line("Für das <1>leibliche</1> Wohl ist gesorgt.")
    url = reverse("translation_save_line", args=[desk.target().pk, line.pk])
    answer = client.post(url, {f"text-{line.pk}": "<1>Yiyecek</1> var.", f"version-{line.pk}": line.version})
    assert "afiyet" in body_of(answer)
    # What somebody has written in Arabic is no business of Turkish.
    desk.translate("ar", by=desk.hanan)
    assert "[ar]" not in body_of(client.get(address(desk)))
