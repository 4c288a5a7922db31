"""Sheets come in through the admin: checked first, then whole or not at all, with the rights of who brings them."""

import csv
import datetime
import io
import zipfile

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from content.models import UploadedSheet
from content.transfer import services
from offers.models import OfferPage
from tests.content.test_flat_list import logged_in, member
from tests.content.test_transfer_files import workbook, workbook_with_entity
from tests.factories.pages import OfferPageFactory, OrganisationPageFactory, publish
from tests.factories.people import page_group, trusted_group

UPLOAD = "/admin/kinds/offers/import/"

NEW = {
    "owner": "haus-international",
    "slug": "neu",
    "state": "published",
    "title": "Neu hier",
    "teaser": "Für alle, die neu sind.",
    "offer_kind": "information",
    "target_groups": "everybody",
}


@pytest.fixture
def partner(organisation):
    return logged_in(member("partner", trusted_group(organisation=organisation)))


@pytest.fixture
def stranger(region):
    """A published organisation with a published page, and the client of somebody who works there."""
    other = publish(OrganisationPageFactory(parent=region, title="SV Illertal", slug="sv-illertal"))
    publish(OfferPageFactory(parent=other, title="Training", slug="training"))
    return logged_in(member("stranger", trusted_group(organisation=other)))


def sheet(*rows):
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, headings)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def upload(client, data, name="offers.csv", *, address=UPLOAD):
    return client.post(address, {"sheet": SimpleUploadedFile(name, data)})


def preview(client, data, name="offers.csv"):
    """Return the address of the preview and its page."""
    answer = upload(client, data, name)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"], client.get(answer["Location"])


def confirm(client, address, page):
    return client.post(address, {"digest": page.context["digest"]})


def counts(page):
    return [number for _words, number in page.context["counts"]]


def sentences(client):
    answer = client.get("/admin/kinds/offers/")
    return [str(message).strip() for message in answer.context["messages"]]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_sheet_is_shown_first_then_taken_whole_and_changes_nothing_the_second_time(
    partner, offer, file_format
):
    rows = [NEW, {**NEW, "slug": offer.slug, "title": offer.title, "teaser": "Mit Tee."}]
    data = (
        sheet(*rows) if file_format == "csv" else workbook(list(NEW), *(list(row.values()) for row in rows))
    )
    name = f"offers.{file_format}"
    address, page = preview(partner, data, name)
    assert counts(page) == [1, 1, 0, 0]
    assert OfferPage.objects.count() == 1, "looking writes nothing"
    html = page.content.decode()
    assert "Kommen Sie einfach vorbei." in html
    assert "Mit Tee." in html
    answer = confirm(partner, address, page)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/kinds/offers/")
    assert "2 pages imported: 1 new, 1 changed." in sentences(partner)[0]
    assert OfferPage.objects.get(slug="neu").live
    assert OfferPage.objects.get(slug=offer.slug).teaser == "Mit Tee."
    assert UploadedSheet.objects.count() == 0, "an imported file is not kept"

    revisions = Revision.objects.count()
    address, page = preview(partner, data, name)
    assert counts(page) == [0, 0, 2, 0]
    assert not page.context["may_import"]
    assert "There is nothing to import." in page.content.decode()
    answer = confirm(partner, address, page)
    assert (Revision.objects.count(), OfferPage.objects.count()) == (revisions, 2)


def test_what_the_list_gives_out_comes_in_and_changes_nothing(partner, offer):
    data = partner.get("/admin/kinds/offers/?export=csv").content
    _address, page = preview(partner, data)
    assert counts(page) == [0, 0, 1, 0]


def test_each_error_is_named_by_row_and_column_and_keeps_everything_out(partner, organisation):
    faulty = {**NEW, "slug": "zwei", "title": "Zwei", "offer_kind": "informaton", "target_groups": "martians"}
    address, page = preview(partner, sheet(NEW, faulty))
    assert counts(page) == [1, 0, 0, 1]
    named = [(p["number"], p["title"], p["heading"]) for p in page.context["problems"]]
    assert named == [(3, "Zwei", "offer_kind"), (3, "Zwei", "target_groups")]
    html = page.content.decode()
    assert "Row 3" in html
    assert "informaton" in html
    assert 'name="digest"' not in html
    answer = confirm(partner, address, page)
    assert answer.status_code == 409
    assert "Nothing was imported." in answer.content.decode()
    assert OfferPage.objects.count() == 0


def test_a_failure_in_the_last_row_leaves_nothing_behind_and_keeps_the_file(
    partner, organisation, monkeypatch
):
    address, page = preview(partner, sheet(NEW, {**NEW, "slug": "zwei", "title": "Zwei"}))
    saved = OfferPage.save_revision

    def refuse_the_second(self, *args, **kwargs):
        if self.slug == "zwei":
            raise ValidationError("In between somebody took this slug.")
        return saved(self, *args, **kwargs)

    monkeypatch.setattr(OfferPage, "save_revision", refuse_the_second)
    answer = confirm(partner, address, page)
    assert answer.status_code == 409
    assert "In between somebody took this slug." in answer.content.decode()
    assert OfferPage.objects.count() == 0
    assert UploadedSheet.objects.count() == 1


def test_what_was_not_shown_is_not_done(partner, offer):
    row = {"owner": "haus-international", "slug": offer.slug, "teaser": "Mit Tee."}
    address, page = preview(partner, sheet(row))
    offer.teaser = "Inzwischen anders."
    publish(offer)
    answer = confirm(partner, address, page)
    assert answer.status_code == 409
    assert "Something changed" in answer.content.decode()
    assert "Inzwischen anders." in answer.content.decode()
    assert OfferPage.objects.get(pk=offer.pk).teaser == "Inzwischen anders."
    assert partner.post(address).status_code == 409
    assert confirm(partner, address, answer).status_code == 302
    assert OfferPage.objects.get(pk=offer.pk).teaser == "Mit Tee."


def test_a_second_click_imports_nothing_more(partner, organisation):
    address, page = preview(partner, sheet(NEW))
    confirm(partner, address, page)
    revisions = Revision.objects.count()
    answer = confirm(partner, address, page)
    assert (answer.status_code, answer["Location"]) == (302, UPLOAD)
    assert Revision.objects.count() == revisions
    assert "not here any more" in " ".join(sentences(partner))


# --- Whose rows, whose file


def test_a_partner_cannot_write_below_another_organisation(partner, stranger):
    theirs = {**NEW, "owner": "sv-illertal"}
    changed = {"owner": "sv-illertal", "slug": "training", "title": "Übernommen"}
    for row, heading in ((theirs, "owner"), ({**NEW, **changed}, "slug")):
        address, page = preview(partner, sheet(row))
        assert [problem["heading"] for problem in page.context["problems"]] == [heading]
        assert confirm(partner, address, page).status_code == 409
    assert [page.title for page in OfferPage.objects.all()] == ["Training"]


def test_who_may_not_publish_brings_in_drafts_only(organisation):
    group = page_group(page=organisation, name="Writers", page_permissions=("add_page", "change_page"))
    writer = logged_in(member("writer", group))
    address, page = preview(writer, sheet(NEW))
    assert [problem["heading"] for problem in page.context["problems"]] == ["state"]
    assert confirm(writer, address, page).status_code == 409
    assert OfferPage.objects.count() == 0
    address, page = preview(writer, sheet({**NEW, "state": "draft"}))
    confirm(writer, address, page)
    assert [page.live for page in OfferPage.objects.all()] == [False]


def test_rights_that_were_taken_away_after_the_preview_count(partner, organisation):
    address, page = preview(partner, sheet(NEW))
    User.objects.get(username="partner").groups.get().page_permissions.filter(
        permission__codename="publish_page"
    ).delete()
    answer = confirm(partner, address, page)
    assert answer.status_code == 409
    assert OfferPage.objects.count() == 0


def test_an_unpublished_organisation_of_somebody_else_is_not_suggested(partner, region):
    OrganisationPageFactory(parent=region, title="Geheimverein", slug="geheimverein", live=False)
    for text in ("geheimverei", "geheimverein", "Geheimverein", "irgendwer"):
        _address, page = preview(partner, sheet({**NEW, "owner": text}))
        (problem,) = page.context["problems"]
        assert "is not known here. Possible are: haus-international." in problem["message"]
        assert "geheimverein" not in problem["message"].replace(text, "")


def test_the_file_of_somebody_else_is_not_there(partner, stranger):
    address, page = preview(partner, sheet(NEW))
    for answer in (stranger.get(address), confirm(stranger, address, page)):
        assert (answer.status_code, answer["Location"]) == (302, UPLOAD)
    other_kind = address.replace("/offers/", "/events/")
    assert partner.get(other_kind)["Location"] == UPLOAD.replace("/offers/", "/events/")
    assert OfferPage.objects.filter(slug="neu").count() == 0


def test_a_file_is_forgotten_after_some_hours_and_replaced_by_the_next(partner, organisation):
    first, _page = preview(partner, sheet(NEW))
    address, page = preview(partner, sheet(NEW))
    assert UploadedSheet.objects.count() == 1
    assert partner.get(first)["Location"] == UPLOAD
    old = timezone.now() - UploadedSheet.LIFETIME
    UploadedSheet.objects.update(created_at=old)
    assert confirm(partner, address, page)["Location"] == UPLOAD
    assert OfferPage.objects.count() == 0
    call_command("housekeeping")
    assert UploadedSheet.objects.count() == 0


def test_housekeeping_leaves_a_file_that_can_still_be_confirmed(partner, organisation):
    preview(partner, sheet(NEW))
    UploadedSheet.objects.update(
        created_at=timezone.now() - UploadedSheet.LIFETIME + datetime.timedelta(minutes=1)
    )
    services.forget_expired_sheets()
    assert UploadedSheet.objects.count() == 1


# --- Hostile files


def bomb():
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/a.xml", "w") as member,
    ):
        for _each in range(210):
            member.write(b"0" * 1024**2)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "name", "words"),
    [
        (bomb, "offers.xlsx", "Unpacked, the file is larger than"),
        (workbook_with_entity, "offers.xlsx", "broken"),
        (lambda: b"PK\x03\x04 and nothing else", "offers.xlsx", "broken"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "offers.xlsx", "old Excel"),
        (lambda: b"title\n\x00\x01", "offers.csv", "neither a CSV nor an XLSX file"),
        (lambda: b"title\n\x81\x8d\n", "offers.csv", "CSV UTF-8"),
        (lambda: b"\xff\xfe\x00", "offers.csv", "neither a CSV nor an XLSX file"),
        (lambda: b'title\n"open', "offers.csv", "quotation marks"),
        (lambda: b'title\n"' + b"x" * 200_000 + b'"\n', "offers.csv", "quotation marks"),
        (lambda: b"a" * (50 * 1024**2), "offers.csv", "larger than 10 MB"),
        (lambda: b"title\n" + b"a\n" * 501, "offers.csv", "at most 500 rows"),
        (lambda: b"title,slug\n", "offers.csv", "headings only"),
        (lambda: b"", "offers.csv", "The file is empty"),
        (lambda: b" \n", "offers.csv", "The file is empty"),
        (lambda: b"title\na", "offers.exe", "“exe” files cannot be read"),
        (lambda: b"title\na", "offers.ods", "“ods” files cannot be read"),
    ],
)
def test_a_hostile_file_is_refused_with_a_way_out(partner, make, name, words):
    answer = upload(partner, make(), name)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert UploadedSheet.objects.count() == 0


def test_no_file_at_all_is_said(partner):
    assert "No file is chosen." in partner.post(UPLOAD).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("title,owner\nGrüße,haus-international\n".encode("cp1252"), "not in UTF-8"),
        (b"nonsense\na\n", "is not known"),
        (b"title\n<script>alert(1)</script>\n", "is missing"),
    ],
)
def test_a_sheet_that_can_be_read_but_not_taken_is_explained_in_the_preview(partner, stranger, data, words):
    _address, page = preview(partner, data)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert "<script>alert(1)" not in page.content.decode()


def test_words_of_a_sheet_are_shown_as_words(partner, organisation):
    row = {**NEW, "title": "<img src=x onerror=alert(1)>", "slug": "x"}
    _address, page = preview(partner, sheet(row), "<b>offers.csv")
    html = page.content.decode()
    assert "&lt;img src=x" in html
    assert "<img src=x" not in html
    assert "<b>offers" not in html


def test_a_formula_comes_in_as_text_and_goes_out_guarded(partner, organisation):
    row = {**NEW, "title": "=1+1", "slug": "formel", "teaser": "@SUM(A1)"}
    address, page = preview(partner, sheet(row))
    confirm(partner, address, page)
    assert OfferPage.objects.get().title == "=1+1"
    csv_text = partner.get("/admin/kinds/offers/?export=csv").content.decode("utf-8-sig")
    assert ",'=1+1,'@SUM(A1)," in csv_text


# --- What it costs


@pytest.mark.parametrize("number", [1, 5])
def test_a_new_row_costs_the_preview_what_its_page_checks_and_nothing_more(
    partner, organisation, number, django_assert_num_queries
):
    address, _page = preview(
        partner, sheet(*({**NEW, "slug": f"neu-{one}", "title": f"Neu {one}"} for one in range(number)))
    )
    with django_assert_num_queries(21 + 5 * number):
        page = partner.get(address)
    assert counts(page) == [number, 0, 0, 0]
