"""Pages of the platform as files: out, changed by somebody, and in again."""

import datetime
import io
import zipfile
from dataclasses import replace

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from content.uploads import UploadedSheet
from partners.services import ensure_coordinator_group
from tests.translation.drafts.world import Desk
from translation.drafts.models import Draft, DraftVersion, Origin
from translation.exchange import State, read, write_all
from translation.exchange.files import FORMATS
from translation.exchange.selectors import pages_to_send
from translation.exchange.services import PageFiles, document_of, plan_import
from translation.files import services as imports

WELCOME = "Alle sind willkommen."
FOOD = "Für das <1>leibliche</1> Wohl ist gesorgt."
XLIFF, PO = FORMATS["xliff"], FORMATS["po"]
#: By the number of pages in the file.
QUERIES_OF_A_PREVIEW = {1: 2 + 9, 3: 2 + 3 * 9}


@pytest.fixture
def desk(db, client):
    desk = Desk()
    client.force_login(desk.aylin)
    return desk


def document(desk, code="tr", **targets):
    """Return the event's document with ``targets`` (source: target) filled in."""
    found = document_of(desk.source, getattr(desk, code))
    units = [
        replace(unit, target=targets[unit.source], state=State.DRAFT) if unit.source in targets else unit
        for unit in found.units
    ]
    return replace(found, units=units)


def filled(desk, file_format=XLIFF, code="tr", **targets):
    return file_format.write(document(desk, code, **targets))


def planned(desk, data, *, by=None, locale=None):
    with override("en"):
        return plan_import(data, locale or desk.tr, user=by or desk.aylin)


def reasons(plan):
    return [(one.text, one.message) for one in plan.refused]


def take(desk, data):
    """Import ``data`` as the pages of the admin do."""
    which = {"file_format": PageFiles(desk.aylin), "locale": desk.tr, "user": desk.aylin}
    upload = imports.keep_file(file_name="page.xlf", data=data, **which)
    plan = which["file_format"].plan(data, desk.tr)
    return imports.import_file(upload_id=upload.pk, digest=plan.digest(), **which)


def test_a_page_goes_out_with_its_places_states_and_what_it_was_made_for(desk):
    desk.translate()
    desk.submit()
    desk.approve()
    desk.republish(title="World Café im Advent")
    desk.save(WELCOME, "Herkes gelsin.")
    sent = document_of(desk.source, desk.tr)
    assert (sent.title, sent.language, sent.page_key) == (
        "World Café im Advent",
        "tr",
        str(desk.event.translation_key),
    )
    with override("de"):
        units = {unit.source: unit for unit in document_of(desk.source, desk.tr).units}
    assert units["World Café im Advent"] == replace(
        units["World Café im Advent"],
        target="Dünya Kafesi",
        state=State.OUTDATED,
        previous="World Café",
        note="Titel (höchstens 255 Zeichen)",
    )
    assert units[WELCOME].state is State.DRAFT
    assert units[FOOD].state is State.APPROVED


@pytest.mark.parametrize("file_format", FORMATS.values(), ids=FORMATS.keys())
def test_a_file_that_nobody_touched_changes_nothing(desk, file_format):
    desk.translate()
    plan = planned(desk, filled(desk, file_format))
    assert (plan.new, plan.changed, plan.refused) == ([], [], [])
    assert plan.same == len(desk.lines())


@pytest.mark.parametrize("file_format", FORMATS.values(), ids=FORMATS.keys())
def test_what_was_filled_in_becomes_a_draft_that_nobody_sees_yet(desk, file_format):
    take(
        desk,
        filled(desk, file_format, **{FOOD: "Yiyecek ve <1>içecek</1> var.", "World Café": "Dünya Kafesi"}),
    )
    assert list(
        Draft.objects.order_by("text").values_list("text", "origin", "author__username", "is_pending")
    ) == [
        ("Dünya Kafesi", Origin.FILE, "aylin", True),
        ("Yiyecek ve <1>içecek</1> var.", Origin.FILE, "aylin", True),
    ]
    assert desk.target().title == "World Café"
    desk.translate()
    desk.submit()
    desk.approve()
    assert desk.target().title == "Dünya Kafesi"
    assert "<b>içecek</b>" in desk.target().text


def test_a_translation_that_was_confirmed_for_the_new_source_counts_as_one(desk):
    desk.translate()
    desk.submit()
    desk.approve()
    desk.republish(title="World Café im Advent")
    untouched = planned(desk, filled(desk))
    assert (untouched.changed, untouched.refused) == ([], [])
    confirmed = take(desk, filled(desk, **{"World Café im Advent": "Dünya Kafesi"}))
    assert [row.text for row in confirmed.changed] == ["Dünya Kafesi"]
    assert not desk.line("World Café im Advent").is_outdated


def test_what_a_program_left_as_new_is_taken_where_somebody_has_written(desk):
    desk.translate()
    desk.submit()
    desk.approve()
    desk.republish(title="World Café im Advent")
    sent = document(desk)
    units = [
        replace(unit, target="Advent Kafesi") if unit.source == "World Café im Advent" else unit
        for unit in sent.units
    ]
    plan = planned(desk, XLIFF.write(replace(sent, units=units)))
    assert [(row.before, row.text) for row in plan.changed] == [("Dünya Kafesi", "Advent Kafesi")]


def test_a_sentence_whose_original_changed_is_refused_by_name_and_the_rest_is_taken(desk):
    data = filled(desk, **{"World Café": "Dünya Kafesi", WELCOME: "Herkes gelsin."})
    desk.republish(title="World Café im Advent")
    plan = planned(desk, data)
    assert reasons(plan) == [
        (
            "World Café im Advent: World Café",
            "The original has changed since this file was made. Download it again, and translate what is new.",
        )
    ]
    assert [row.text for row in plan.new] == ["Herkes gelsin."]
    take(desk, data)
    assert list(Draft.objects.values_list("text", flat=True)) == ["Herkes gelsin."]


def test_a_sentence_of_another_page_is_refused_by_name(desk):
    mixed = document(desk, **{WELCOME: "Herkes gelsin."})
    stranger = replace(mixed.units[0], id="press_text:0123456789ab", source="Fremd", target="Yabancı")
    plan = planned(desk, XLIFF.write(replace(mixed, units=[*mixed.units, stranger])))
    assert reasons(plan) == [
        ("World Café: Fremd", "There is no such sentence on this page. It may come from another one.")
    ]
    assert [row.text for row in plan.new] == ["Herkes gelsin."]


def test_a_file_of_another_language_is_refused_by_its_title(desk):
    plan = planned(desk, filled(desk, code="ar", **{WELCOME: "الجميع مدعوون."}))
    assert reasons(plan) == [("World Café", "This is for العربية. Take it in there.")]
    assert not plan.changes_anything


@pytest.mark.parametrize("key", ["", "no key", "6f1d2c3b-0000-4000-8000-000000000001"])
def test_a_file_of_no_page_is_refused(desk, key):
    data = XLIFF.write(replace(document(desk, **{WELCOME: "Herkes"}), page_key=key))
    assert reasons(planned(desk, data)) == [
        ("World Café", "This page is not here. Send the file you downloaded here, filled in.")
    ]


def test_what_is_being_read_by_somebody_is_left_alone(desk):
    data = filled(desk, **{WELCOME: "Herkes gelsin."})
    desk.translate()
    desk.submit()
    assert reasons(planned(desk, data)) == [
        (
            "World Café",
            "This is handed in, and somebody is reading it. Take it back first, or wait for the answer.",
        )
    ]


def test_what_is_unfinished_or_stands_there_twice_is_refused_by_name(desk):
    sent = document(desk, **{WELCOME: "Herkes gelsin.", "World Café": "Dünya Kafesi"})
    units = [replace(unit, state=State.UNFINISHED) if unit.source == WELCOME else unit for unit in sent.units]
    title = next(unit for unit in units if unit.source == "World Café")
    plan = planned(desk, PO.write(replace(sent, units=[*units, replace(title, target="Başka")])))
    assert reasons(plan) == [
        (
            f"World Café: {WELCOME}",
            "In the file this is marked as unfinished. Finish it there, and send the file again.",
        ),
        ("World Café: World Café", "This sentence stands in the file twice. Only the first is taken."),
    ]
    assert [row.text for row in plan.new] == ["Dünya Kafesi"]


def test_what_has_to_be_mended_is_taken_as_a_draft_and_told_before(desk):
    plan = planned(desk, filled(desk, **{FOOD: "Yiyecek var, 0831 99998-123."}))
    assert [row.problems for row in plan.new] == [
        (
            "The mark <1> is missing. Put it where the words stand that it belongs to.",
            "“0831 99998-123” does not stand in the original. Take it out.",
        )
    ]


def test_all_of_a_file_is_written_or_nothing(desk, monkeypatch):
    both = [document(desk, **{WELCOME: "Herkes"}), document_of(desk.organisation, desk.tr)]
    title = replace(both[1].units[0], target="Uluslararası Ev", state=State.DRAFT)
    data = write_all([both[0], replace(both[1], units=[title])], XLIFF)
    which = {"file_format": PageFiles(desk.aylin), "locale": desk.tr, "user": desk.aylin}
    upload = imports.keep_file(file_name="pages.zip", data=data, **which)
    digest = which["file_format"].plan(data, desk.tr).digest()
    desk.save(WELCOME, "Herkes davetli.")
    with pytest.raises(imports.PlanOutdated):
        imports.import_file(upload_id=upload.pk, digest=digest, **which)
    assert list(Draft.objects.values_list("text", flat=True)) == ["Herkes davetli."]
    assert UploadedSheet.objects.count() == 1
    imports.import_file(
        upload_id=upload.pk, digest=which["file_format"].plan(data, desk.tr).digest(), **which
    )
    assert sorted(Draft.objects.values_list("text", flat=True)) == ["Herkes", "Uluslararası Ev"]
    assert DraftVersion.objects.filter(text="Herkes davetli.").count() == 1


def test_what_needs_work_is_sent_and_what_is_finished_is_not(desk):
    titles = [page.title for page in pages_to_send(desk.tr, desk.aylin, needs_work_only=True)]
    assert "World Café" in titles
    desk.translate()
    desk.submit()
    desk.approve()
    assert [page.title for page in pages_to_send(desk.tr, desk.aylin, needs_work_only=True)] == [
        title for title in titles if title != "World Café"
    ]
    assert [page.title for page in pages_to_send(desk.tr, desk.aylin, needs_work_only=False)] == titles


@pytest.mark.parametrize("pages", [1, 3])
def test_a_preview_asks_the_same_for_each_page(desk, django_assert_num_queries, pages):
    sources = [desk.source, desk.organisation, desk.region][:pages]
    sent = [document_of(page.specific, desk.tr) for page in sources]
    data = write_all([replace(each, units=[replace(each.units[0], target="Yeni")]) for each in sent], XLIFF)
    user = type(desk.aylin).objects.get(pk=desk.aylin.pk)
    with django_assert_num_queries(QUERIES_OF_A_PREVIEW[pages]):
        assert len(plan_import(data, desk.tr, user=user).new) == pages


# --- In the admin ---------------------------------------------------------------------------------------------


def said(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def test_a_translator_downloads_fills_in_and_brings_back(desk, client):
    files = reverse("translation_files", args=["tr"])
    response = client.get(
        reverse("translation_files_download", args=["tr"]), {"which": "work", "format": "po"}
    )
    assert response["Content-Type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(response.content)).namelist()
    assert f"world-cafe.{str(desk.event.translation_key)[:8]}.tr.po" in names
    data = filled(desk, PO, **{WELCOME: "Herkes gelsin."})
    response = client.post(files, {"file": SimpleUploadedFile("page.po", data)})
    assert response.status_code == 302
    preview = client.get(response["Location"])
    assert "Herkes gelsin." in preview.content.decode()
    digest = preview.context["plan"].digest()
    response = client.post(response["Location"], {"digest": digest})
    assert response["Location"] == files
    assert desk.line(WELCOME).target == "Herkes gelsin."


def test_one_page_goes_out_in_the_format_that_is_asked_for(desk, client):
    page = desk.target()
    response = client.get(reverse("translation_page_file", args=[page.pk, "xliff"]))
    assert response["Content-Type"] == "application/xliff+xml; charset=utf-8"
    assert read(response.content).documents[0].page_key == str(page.translation_key)
    wrong = client.get(reverse("translation_page_file", args=[page.pk, "doc"]), follow=True)
    assert wrong.status_code == 404


def test_a_file_that_cannot_be_read_is_refused_in_the_form(desk, client):
    response = client.post(
        reverse("translation_files", args=["tr"]), {"file": SimpleUploadedFile("page.xlf", b"<html/>")}
    )
    assert response.status_code == 422
    assert UploadedSheet.objects.count() == 0


def test_a_preview_that_is_no_longer_true_is_shown_again_and_writes_nothing(desk, client):
    data = filled(desk, **{WELCOME: "Herkes gelsin."})
    address = client.post(
        reverse("translation_files", args=["tr"]), {"file": SimpleUploadedFile("page.xlf", data)}
    )["Location"]
    assert client.post(address, {"digest": "old"}).status_code == 409
    assert Draft.objects.count() == 0


def test_a_translator_of_another_language_reaches_none_of_it(desk, client):
    data = filled(desk, **{WELCOME: "Herkes gelsin."})
    address = client.post(
        reverse("translation_files", args=["tr"]), {"file": SimpleUploadedFile("page.xlf", data)}
    )["Location"]
    client.force_login(desk.hanan)
    for path in (
        address,
        reverse("translation_files", args=["tr"]),
        reverse("translation_files_download", args=["tr"]),
        reverse("translation_page_file", args=[desk.target().pk, "po"]),
    ):
        assert client.get(path).status_code in (302, 403)
        assert "Herkes" not in client.get(path).content.decode()
    assert client.post(address, {"digest": "x"}).status_code in (302, 403)
    # Deniz translates into Turkish, and still does not meet what Aylin uploaded.
    client.force_login(desk.deniz)
    assert client.get(address).status_code == 302
    assert Draft.objects.count() == 0


# --- What is closed -------------------------------------------------------------------------------------------


def end(desk):
    """Let the project of the region be over."""
    type(desk.region).objects.update(runs_until=datetime.date(2018, 4, 30))
    # What is over is kept on a person for the length of a request.
    desk.aylin = type(desk.aylin).objects.get(pk=desk.aylin.pk)


def test_in_a_region_that_is_over_nothing_goes_out_and_nothing_comes_in(desk):
    data = filled(desk, **{WELCOME: "Herkes gelsin."})
    end(desk)
    assert reasons(planned(desk, data)) == [
        ("World Café", "The project of this region is over, and nothing is changed there.")
    ]
    sent = [page.title for page in pages_to_send(desk.tr, desk.aylin, needs_work_only=False)]
    assert "World Café" not in sent


def test_a_page_that_somebody_has_locked_is_left_alone(desk):
    data = filled(desk, **{WELCOME: "Herkes gelsin."})
    Page.objects.filter(pk=desk.target().pk).update(
        locked=True, locked_by=desk.deniz, locked_at=timezone.now()
    )
    (refusal,) = planned(desk, data).refused
    assert refusal.text == "World Café"
    assert "locked" in refusal.message


def test_a_sentence_that_no_field_holds_is_refused_by_name(desk):
    plan = planned(desk, filled(desk, **{WELCOME: "x" * 20_001}))
    assert reasons(plan) == [(f"World Café: {WELCOME}", "This is too long.")]


def test_who_only_reads_a_review_gets_no_file(desk, client):
    reader = desk.person("reader")
    reader.groups.add(ensure_coordinator_group(region=desk.region))
    desk.translate()
    desk.submit()
    client.force_login(reader)
    workbench = reverse("translation_workbench", args=[desk.target().pk])
    assert client.get(workbench).status_code == 200
    response = client.get(reverse("translation_page_file", args=[desk.target().pk, "po"]))
    assert response.status_code in (302, 403)
    assert b"msgid" not in response.content
