"""Links in mails: one purpose, one use, a time limit, and no trace of the token anywhere."""

import io
import logging
import threading
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import path
from django.utils import timezone

from cms.urls import handler404, handler500, urlpatterns
from content.logs import HIDDEN, HideSignedLinks, without_tokens
from content.models import SignedLink
from content.signed_link_views import SignedLinkView
from content.signed_links import (
    LinkExpired,
    LinkInvalid,
    LinkOutdated,
    LinkUsed,
    binding_of,
    make_link,
    read_link,
    use,
    withdraw,
)

PURPOSE = "tests.rename"
DAY = timedelta(days=1)


class RenameGroup(SignedLinkView):
    """Gives a group the name "done": a deed that can be seen."""

    purpose = PURPOSE
    template_name = "signed_links/rename.html"

    def get_binding(self, link):
        return binding_of(Group.objects.get(pk=link.subject).name)

    def get_context(self, link):
        return {"group": Group.objects.get(pk=link.subject)}

    def act(self, link):
        group = Group.objects.get(pk=link.subject)
        group.name = "done"
        group.save()
        Group.objects.create(name=f"deed {Group.objects.count()}")


class Fail(RenameGroup):
    def act(self, link):
        super().act(link)
        raise RuntimeError("on purpose")


def all_languages(route, view):
    return [path(f"{code}/{route}/<str:token>/", view) for code in ("de", "ar")]


class Urls:
    urlpatterns = [
        *all_languages("rename", RenameGroup.as_view()),
        *all_languages("fail", Fail.as_view()),
        *urlpatterns,
    ]
    handler404, handler500 = handler404, handler500


@pytest.fixture(autouse=True)
def addresses(settings, tmp_path):
    template = tmp_path / "signed_links" / "rename.html"
    template.parent.mkdir()
    template.write_text(
        '{% extends "content/signed_link.html" %}{% block title %}Rename{% endblock %}'
        "{% block heading %}{{ group.name }}{% endblock %}"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.ROOT_URLCONF = Urls


@pytest.fixture
def group(db):
    return Group.objects.create(name="before")


@pytest.fixture
def token(group):
    return make_link(
        purpose=PURPOSE,
        subject=str(group.pk),
        expires_in=DAY,
        binding=binding_of("before"),
        person="a@example.org",
    )


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def name_of(group):
    return Group.objects.get(pk=group.pk).name


# --- The service ------------------------------------------------------------------------------------------


def test_a_token_opens_its_link_and_is_kept_nowhere(token, group):
    link = read_link(token, purpose=PURPOSE)

    assert (link.subject, link.person, link.used_at) == (str(group.pk), "a@example.org", None)
    kept = " ".join(str(value) for value in SignedLink.objects.values().get().values())
    secret, _dot, signature = token.partition(".")
    assert secret not in kept
    assert signature not in kept


def test_a_token_opens_no_link_of_another_purpose(token):
    with pytest.raises(LinkInvalid):
        read_link(token, purpose="tests.delete")


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t[:-1],
        lambda t: ("B" if t[0] == "A" else "A") + t[1:],
        lambda t: "",
        lambda t: "x.y",
        lambda t: t + "ä",
    ],
)
def test_a_mistyped_token_is_refused_without_asking_the_database(token, change, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(LinkInvalid):
        read_link(change(token), purpose=PURPOSE)


def test_a_link_works_until_its_time_is_over(token):
    SignedLink.objects.update(expires_at=timezone.now() + timedelta(seconds=5))
    link = read_link(token, purpose=PURPOSE)
    SignedLink.objects.update(expires_at=timezone.now())
    with pytest.raises(LinkExpired) as refused:
        read_link(token, purpose=PURPOSE)
    assert refused.value.link == link
    with pytest.raises(LinkExpired):
        use(link, current=link.binding)
    assert SignedLink.objects.get().used_at is None


def test_a_link_works_once_even_for_those_who_read_it_before(token):
    first, second = read_link(token, purpose=PURPOSE), read_link(token, purpose=PURPOSE)
    use(first, current=first.binding)
    with pytest.raises(LinkUsed):
        use(second, current=second.binding)
    with pytest.raises(LinkUsed):
        read_link(token, purpose=PURPOSE)


def test_what_changed_since_it_was_shown_is_not_agreed_to(token):
    link = read_link(token, purpose=PURPOSE)
    with pytest.raises(LinkOutdated):
        use(link, current=binding_of("after"))
    with pytest.raises(LinkOutdated):
        use(link, current=binding_of("after"), shown=binding_of("before"))
    use(link, current=binding_of("after"), shown=binding_of("after"))


def test_a_binding_tells_texts_apart_and_orders_of_keys_not():
    assert binding_of("ab", "c") != binding_of("a", "bc")
    assert binding_of({"a": 1, "b": 2}) == binding_of({"b": 2, "a": 1})
    assert len(binding_of("")) == 64


def test_a_withdrawn_link_is_invalid_and_forgotten(token, group):
    other = make_link(purpose="tests.delete", subject=str(group.pk), expires_in=DAY)
    withdraw(subject=str(group.pk), purpose=PURPOSE)
    with pytest.raises(LinkInvalid):
        read_link(token, purpose=PURPOSE)
    assert read_link(other, purpose="tests.delete").subject == str(group.pk)
    withdraw(subject=str(group.pk))
    assert SignedLink.objects.count() == 0


def test_a_link_that_ended_long_ago_is_forgotten_by_the_housekeeping(token, group):
    other = make_link(purpose=PURPOSE, subject="2", expires_in=-timedelta(days=29))
    SignedLink.objects.filter(subject=str(group.pk)).update(expires_at=timezone.now() - timedelta(days=31))
    call_command("housekeeping")
    assert list(SignedLink.objects.values_list("subject", flat=True)) == ["2"]
    with pytest.raises(LinkExpired):
        read_link(other, purpose=PURPOSE)


# --- The page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing_and_tells_nobody(site, reader, token, group, method):
    for _each in range(2):
        response = getattr(reader, method)(f"/de/rename/{token}/")
        assert response.status_code == 200
    assert name_of(group) == "before"
    assert SignedLink.objects.get().used_at is None
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_a_form_without_cookie_acts_once_and_then_says_so(site, reader, token, group):
    soup = BeautifulSoup(reader.get(f"/de/rename/{token}/").content, "html.parser")
    form = soup.select_one("main form")
    assert form["action"] == f"/de/rename/{token}/"
    data = {field["name"]: field["value"] for field in form.select("input")}

    response = reader.post(form["action"], data)

    assert (response.status_code, name_of(group)) == (200, "done")
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    Group.objects.filter(pk=group.pk).update(name="later")
    assert reader.post(form["action"], data).status_code == 410
    assert name_of(group) == "later"


@pytest.mark.parametrize(
    ("code", "direction", "heading"),
    [("de", "ltr", "Das ist schon erledigt."), ("ar", "rtl", "لقد تم ذلك بالفعل.")],
)
def test_a_used_link_explains_itself_in_the_readers_language(site, reader, token, code, direction, heading):
    site.present(site.imprint, code)
    reader.post(f"/de/rename/{token}/")

    response = reader.get(f"/{code}/rename/{token}/")

    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 410
    assert (soup.html["lang"], soup.html["dir"], soup.h1.text) == (code, direction, heading)
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("method", "reason"), [("get", "expired"), ("post", "expired"), ("get", "invalid"), ("post", "invalid")]
)
def test_other_links_that_do_nothing_explain_themselves(site, reader, token, group, method, reason):
    if reason == "expired":
        SignedLink.objects.update(expires_at=timezone.now())
    else:
        token = token[:-3]
    response = getattr(reader, method)(f"/de/rename/{token}/")
    heading = BeautifulSoup(response.content, "html.parser").h1.text
    assert (response.status_code, heading) == {
        "expired": (410, "Dieser Link ist abgelaufen."),
        "invalid": (404, "Dieser Link funktioniert nicht."),
    }[reason]
    assert name_of(group) == "before"


def test_a_change_in_between_answers_with_the_new_version_which_can_then_be_agreed_to(
    site, reader, token, group
):
    address = f"/de/rename/{token}/"
    shown = BeautifulSoup(reader.get(address).content, "html.parser").select_one("[name=shown]")["value"]
    Group.objects.filter(pk=group.pk).update(name="after")

    response = reader.post(address, {"shown": shown})

    soup = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, soup.h1.text, name_of(group)) == (409, "after", "after")
    assert soup.select_one("main .note[role=status]") is not None
    again = reader.post(address, {"shown": soup.select_one("[name=shown]")["value"]})
    assert (again.status_code, name_of(group)) == (200, "done")


def test_a_deed_that_fails_leaves_the_link_usable(site, token, group):
    client = Client(raise_request_exception=False)
    assert client.post(f"/de/fail/{token}/").status_code == 500
    assert name_of(group) == "before"
    assert client.post(f"/de/rename/{token}/").status_code == 200


@pytest.mark.postgres
def test_of_two_at_the_same_time_one_acts(transactional_db, site, token, group):
    barrier = threading.Barrier(4)
    statuses = []

    def send():
        barrier.wait()
        try:
            statuses.append(
                Client().post(f"/de/rename/{token}/", {"shown": binding_of("before")}).status_code
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # Whoever comes after the deed sees either the used link, or first that the group has changed.
    assert sorted(statuses)[0] == 200
    assert set(sorted(statuses)[1:]) <= {409, 410}
    assert len(statuses) == 4
    assert Group.objects.filter(name__startswith="deed").count() == 1


# --- The logs ---------------------------------------------------------------------------------------------


@pytest.fixture
def log():
    """What the handler of the settings writes; Django has set it up when it started."""
    (handler,) = [
        one
        for one in logging.getLogger().handlers
        if any(isinstance(entry, HideSignedLinks) for entry in one.filters)
    ]
    stream = io.StringIO()
    before = handler.setStream(stream)
    level = logging.getLogger("django.request").level
    logging.getLogger("django.request").setLevel(logging.WARNING)
    yield stream
    logging.getLogger("django.request").setLevel(level)
    handler.setStream(before)


def test_no_token_reaches_the_logs(site, token, log):
    client = Client(raise_request_exception=False)
    client.post(f"/de/fail/{token}/")
    client.get(f"/de/nowhere/{token}/")
    client.post(f"/de/rename/{token}/")
    client.get(f"/de/rename/{token}/")
    try:
        raise ValueError(f"https://example.org/de/rename/{token}/")
    except ValueError:
        logging.getLogger("content").exception("failed")

    written = log.getvalue()
    assert f"Internal Server Error: /de/fail/{HIDDEN}/" in written
    assert f"Not Found: /de/nowhere/{HIDDEN}/" in written
    assert f"Gone: /de/rename/{HIDDEN}/" in written
    assert f"ValueError: https://example.org/de/rename/{HIDDEN}/" in written
    assert token not in written
    assert token.partition(".")[0] not in written


@pytest.mark.parametrize("purpose", ["a", "partners.approve"])
def test_every_token_is_known_by_its_shape(db, purpose):
    tokens = [make_link(purpose=purpose, subject="1", expires_in=DAY) for _each in range(50)]
    for token in tokens:
        assert without_tokens(f"GET /de/x/{token}/ HTTP/1.1") == f"GET /de/x/{HIDDEN}/ HTTP/1.1"


def test_other_words_of_a_log_stay():
    text = "GET /static/home/css/site.0123456789ab.css 0123456789012345678901.short"
    assert without_tokens(text) == text


def test_a_record_without_a_token_is_left_alone():
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s of %d", ("one", 2), None)
    assert HideSignedLinks().filter(record) is True
    assert (record.msg, record.args) == ("%s of %d", ("one", 2))
