"""Transfer sheets: out and in again, with a plan first, all or nothing."""

import csv
import datetime
import io
import re

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.models import Revision

from content import registry
from content.models import Topic
from content.transfer import PlanRefused, apply_plan, export_sheet, plan_import, read_table
from content.transfer.sheets import Sheet
from offers.models import OfferPage
from tests.factories.pages import OfferPageFactory, OrganisationPageFactory, RegionPageFactory, publish
from tests.factories.people import trusted_group
from tests.services.rebuilding import built_once


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def sheet(*rows):
    """Return a table with the headings of all ``rows`` (dicts)."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, headings)
    writer.writeheader()
    writer.writerows(rows)
    return read_table(data=stream.getvalue().encode())


def plan(kind_slug, *rows, **options):
    return plan_import(kind=registry.kind(kind_slug), table=sheet(*rows), **options)


def exported(kind_slug, file_format="csv"):
    return read_table(data=export_sheet(kind=registry.kind(kind_slug), file_format=file_format))


NEW = {
    "owner": "haus-international",
    "slug": "neu",
    "title": "Neu hier",
    "teaser": "Für alle, die neu sind.",
    "offer_kind": "information",
    "target_groups": "everybody",
    "state": "published",
}


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", registry.all_kinds(), ids=lambda kind: kind.slug)
def test_what_is_exported_can_be_imported_and_changes_nothing(kind, file_format, offer, event):
    table = exported(kind.slug, file_format)
    assert len(table.rows) == 1
    revisions = Revision.objects.count()
    plan = plan_import(kind=kind, table=table)
    assert plan.all_problems == []
    assert [(row.action, row.changes) for row in plan.rows] == [("same", [])]
    apply_plan(plan)
    assert Revision.objects.count() == revisions


def test_a_row_becomes_a_published_page_and_the_same_sheet_changes_nothing_more(organisation):
    first = plan("offers", NEW)
    assert [row.action for row in first.rows] == ["create"]
    assert OfferPage.objects.count() == 0, "planning writes nothing"
    assert apply_plan(first).created == 1
    page = OfferPage.objects.get()
    assert page.live
    assert page.get_parent().specific == organisation
    assert page.owner_page_id == organisation.pk
    assert page.latest_revision_id == page.live_revision_id
    revisions = Revision.objects.count()
    second = plan("offers", NEW)
    assert [row.action for row in second.rows] == ["same"]
    assert not second.is_applicable
    apply_plan(second)
    assert Revision.objects.count() == revisions


def test_the_plan_names_each_change_field_by_field(offer):
    planned = plan(
        "offers",
        {
            "owner": "haus-international",
            "slug": offer.slug,
            "teaser": "Mit Tee.",
            "stage": "pausiert",
            "valid_until": "31.12.2026",
        }
        | {"stage": "paused"},
    )
    (row,) = planned.rows
    assert row.action == "change"
    assert [(change.heading, change.before, change.after) for change in row.changes] == [
        ("teaser", "Kommen Sie einfach vorbei.", "Mit Tee."),
        ("stage", "running", "paused"),
        ("valid_until", "", "2026-12-31"),
    ]
    apply_plan(planned)
    offer.refresh_from_db()
    assert (offer.teaser, offer.stage, offer.valid_until) == (
        "Mit Tee.",
        "paused",
        datetime.date(2026, 12, 31),
    )
    assert offer.live
    assert not offer.has_unpublished_changes
    assert offer.text == "<p>Wir helfen beim Ausfüllen.</p>", "columns that are not in the sheet stay"


def test_one_row_with_a_fault_keeps_the_whole_sheet_out(organisation):
    planned = plan("offers", NEW, {**NEW, "slug": "zwei", "valid_until": "31.2.2026"})
    assert [row.action for row in planned.rows] == ["create", "refused"]
    (problem,) = planned.all_problems
    assert (problem.number, problem.heading) == (3, "valid_until")
    assert not planned.is_applicable
    with pytest.raises(PlanRefused, match=re.escape("31.2.2026")):
        apply_plan(planned)
    assert OfferPage.objects.count() == 0


def test_a_failure_while_writing_leaves_nothing_behind(organisation):
    planned = plan("offers", NEW, {**NEW, "slug": "zwei"})
    planned.rows[1].page.title = ""
    with pytest.raises(ValidationError, match="cannot be blank"):
        apply_plan(planned)
    assert OfferPage.objects.count() == 0


@pytest.mark.parametrize(
    ("cells", "heading", "words"),
    [
        ({"owner": "haus-internatonal"}, "owner", "haus-international"),
        ({"owner": ""}, "owner", "empty"),
        ({"title": ""}, "title", "blank"),
        ({"title": "x" * 81}, "title", "at most 80"),
        ({"teaser": "x" * 161}, "teaser", "160"),
        ({"teaser": ""}, "teaser", "missing"),
        ({"offer_kind": "informaton"}, "offer_kind", "information"),
        ({"target_groups": "everybody; martians"}, "target_groups", "martians"),
        ({"languages_spoken": "de;xx"}, "languages_spoken", "xx"),
        ({"childcare": "maybe"}, "childcare", "maybe"),
        ({"car_needed": "perhaps"}, "car_needed", "neither yes nor no"),
        ({"capacity": "viele"}, "capacity", "viele"),
        ({"capacity": "-1"}, "capacity", "0"),
        ({"valid_until": "morgen"}, "valid_until", "31.12.2026"),
        ({"online_url": "javascript:alert(1)"}, "online_url", "URL"),
        ({"online_url": "", "place_mode": "online"}, "online_url", "online link"),
        ({"funded_by": "nobody"}, "funded_by", "nobody"),
        ({"contact": "Niemand"}, "contact", "Niemand"),
        ({"image": "Kein Bild"}, "image", "Kein Bild"),
        ({"topics": "unsinn"}, "topics", "unsinn"),
        ({"state": "maybe"}, "state", "draft"),
        ({"slug": "mit leerzeichen"}, "slug", "slug"),
    ],
)
def test_a_fault_is_named_with_its_row_its_column_and_what_would_do(organisation, cells, heading, words):
    publish(OrganisationPageFactory(parent=organisation.get_parent()))
    planned = plan("offers", {**NEW, **cells})
    (problem,) = planned.all_problems
    assert (problem.number, problem.heading) == (2, heading)
    assert words in problem.message


def test_half_filled_rows_become_drafts_and_can_be_completed_later(organisation):
    half = {"owner": "haus-international", "slug": "idee", "title": "Nur eine Idee", "state": "draft"}
    apply_plan(plan("offers", half))
    page = OfferPage.objects.get()
    assert not page.live
    assert [row.action for row in plan("offers", half).rows] == ["same"]
    assert [problem.heading for problem in plan("offers", {**half, "state": "published"}).all_problems] == [
        "teaser",
        "offer_kind",
        "target_groups",
    ]
    apply_plan(plan("offers", {**NEW, **half, "state": "published"}))
    page.refresh_from_db()
    assert page.live
    assert page.teaser == NEW["teaser"]


def test_changes_that_wait_are_exported_and_a_further_change_does_not_publish_them(offer):
    offer.teaser = "Noch nicht öffentlich."
    offer.save_revision()
    row = exported("offers").rows[0].cells
    assert (row["state"], row["teaser"]) == ("changed", "Noch nicht öffentlich.")
    assert [
        row.action for row in plan_import(kind=registry.kind("offers"), table=exported("offers")).rows
    ] == ["same"]
    apply_plan(plan("offers", {"owner": "haus-international", "slug": offer.slug, "capacity": "7"}))
    offer.refresh_from_db()
    assert offer.teaser == "Kommen Sie einfach vorbei."
    assert offer.get_latest_revision_as_object().teaser == "Noch nicht öffentlich."
    assert offer.get_latest_revision_as_object().capacity == 7
    apply_plan(plan("offers", {"owner": "haus-international", "slug": offer.slug, "state": "published"}))
    offer.refresh_from_db()
    assert (offer.teaser, offer.capacity) == ("Noch nicht öffentlich.", 7)


def test_a_published_page_is_never_taken_down_by_a_sheet(offer):
    row = {"owner": "haus-international", "slug": offer.slug, "teaser": "Anders.", "state": "draft"}
    planned = plan("offers", row)
    assert planned.rows[0].notices != []
    apply_plan(planned)
    offer.refresh_from_db()
    assert offer.live
    assert offer.teaser == "Kommen Sie einfach vorbei."
    assert [row.action for row in plan("offers", row).rows] == ["same"]


def test_labels_german_words_and_german_dates_are_understood(organisation):
    Topic.objects.create(name="Schule & Kinder", slug="schule-kinder", labels={"tr": "Okul"})
    planned = plan(
        "offers",
        {
            **NEW,
            "offer_kind": "Training",
            "target_groups": "Women; Everybody",
            "childcare": "ja",
            "car_needed": "Nein",
            "no_experience_needed": "x",
            "valid_until": "1.2.2027",
            "topics": "okul",
            "availability": "Monday, morning; tu-evening",
            "review_interval": "every 3 months",
        },
    )
    assert planned.all_problems == []
    apply_plan(planned)
    page = OfferPage.objects.get()
    assert page.offer_kind == "qualification"
    assert page.target_groups == ["everybody", "women"]
    assert (page.childcare, page.car_needed, page.no_experience_needed) == ("yes", False, True)
    assert page.valid_until == datetime.date(2027, 2, 1)
    assert [topic.slug for topic in page.topics.all()] == ["schule-kinder"]
    assert page.availability == ["mo-morning", "tu-evening"]
    assert page.review_interval == 3


def test_hostile_formatted_text_is_cleaned_and_plain_text_becomes_paragraphs(organisation):
    apply_plan(
        plan(
            "offers",
            {
                **NEW,
                "text": '<p onclick="x()">Gut <script>alert(1)</script><img src=x onerror=y>'
                '<a href="javascript:alert(1)">Link</a> <a href="https://example.org/">ok</a></p>',
            },
            {**NEW, "slug": "zwei", "text": "Erster Absatz\nmit Umbruch\n\nZweiter <3 & mehr"},
        )
    )
    hostile, plain = OfferPage.objects.order_by("path")
    assert hostile.text == '<p>Gut <a>Link</a> <a href="https://example.org/">ok</a></p>'
    assert plain.text == "<p>Erster Absatz<br>mit Umbruch</p><p>Zweiter &lt;3 &amp; mehr</p>"
    again = plan("offers", {**NEW, "slug": "zwei", "text": "Erster Absatz\nmit Umbruch\n\nZweiter <3 & mehr"})
    assert [row.action for row in again.rows] == ["same"]


def test_empty_cells_empty_what_can_be_empty_and_leave_the_rest(offer):
    offer.capacity, offer.languages_spoken, offer.childcare = 9, ["de"], "yes"
    publish(offer)
    row = {"owner": "haus-international", "slug": offer.slug}
    apply_plan(plan("offers", {**row, "capacity": "", "languages_spoken": "", "childcare": "", "stage": ""}))
    offer.refresh_from_db()
    assert (offer.capacity, offer.languages_spoken) == (None, [])
    assert (offer.childcare, offer.stage) == ("yes", "running")


def test_rows_without_slug_are_found_again_by_their_title(organisation):
    row = {key: value for key, value in NEW.items() if key != "slug"}
    apply_plan(plan("offers", row))
    assert OfferPage.objects.get().slug == "neu-hier"
    assert [row.action for row in plan("offers", row).rows] == ["same"]


def test_two_rows_about_one_page_and_a_slug_of_another_kind_are_refused(organisation, event):
    planned = plan("offers", NEW, NEW, {**NEW, "slug": event.slug})
    assert [(row.action, row.number) for row in planned.rows] == [
        ("create", 2),
        ("refused", 3),
        ("refused", 4),
    ]
    assert [problem.heading for problem in planned.all_problems] == ["slug", "slug"]


def test_owners_with_the_same_slug_are_told_apart_by_their_region(organisation, home):
    roth = publish(RegionPageFactory(parent=home, slug="roth"))
    twin = publish(OrganisationPageFactory(parent=roth, slug="haus-international"))
    (problem,) = plan("offers", NEW).all_problems
    assert "kempten/haus-international / roth/haus-international" in problem.message
    apply_plan(plan("offers", {**NEW, "owner": "roth/haus-international"}))
    assert OfferPage.objects.get().owner_page_id == twin.pk
    assert exported("offers").rows[0].cells["owner"] == "roth/haus-international"


@pytest.mark.parametrize(
    ("rows", "heading", "words"),
    [
        ({"slug": "a", "title": "A"}, "owner", "missing"),
        ({"owner": "haus-international", "teaser": "A"}, "slug", "missing"),
        ({**NEW, "offer_knd": "x"}, "offer_knd", "offer_kind"),
    ],
)
def test_headings_that_are_missing_or_misspelt_are_named(organisation, home, region, rows, heading, words):
    publish(OrganisationPageFactory(parent=region))
    (problem,) = plan("offers", rows).all_problems
    assert (problem.number, problem.heading) == (0, heading)
    assert words in problem.message


def test_columns_can_be_headed_by_their_labels(organisation):
    planned = plan("offers", {**NEW, "places for people": "12"})
    assert planned.all_problems == []
    apply_plan(planned)
    assert OfferPage.objects.get().capacity == 12


@pytest.fixture
@built_once
def partner(organisation):
    user = User.objects.create_user("partner")
    user.groups.add(trusted_group(organisation=organisation))
    return user


def test_partners_bring_in_rows_of_their_own_organisation_only(partner, region, offer):
    stranger = publish(OrganisationPageFactory(parent=region, slug="sv-illertal"))
    theirs = publish(OfferPageFactory(parent=stranger, slug="training"))
    planned = plan(
        "offers",
        NEW,
        {**NEW, "slug": offer.slug, "capacity": "3"},
        {**NEW, "owner": "sv-illertal", "slug": "fremd"},
        {**NEW, "owner": "sv-illertal", "slug": theirs.slug, "capacity": "3"},
        user=partner,
    )
    assert [row.action for row in planned.rows] == ["create", "change", "refused", "refused"]
    assert [(problem.number, problem.heading) for problem in planned.all_problems] == [
        (4, "owner"),
        (5, "slug"),
    ]
    assert planned.rows[3].changes == [], "what stands on a page of others is not told"


def test_a_draft_of_somebody_else_is_neither_told_nor_compared(partner, region):
    stranger = publish(OrganisationPageFactory(parent=region, slug="sv-illertal"))
    theirs = publish(OfferPageFactory(parent=stranger, slug="training"))
    theirs.teaser = "Noch geheim."
    theirs.save_revision()
    row = {"owner": "sv-illertal", "slug": "training", "title": theirs.title}
    for teaser, action in (("Noch geheim.", "refused"), (theirs.live_revision.content["teaser"], "same")):
        (planned,) = plan("offers", {**row, "teaser": teaser}, user=partner).rows
        assert (planned.action, planned.changes) == (action, [])


def test_an_unchanged_row_of_somebody_else_is_no_fault(partner, region):
    stranger = publish(OrganisationPageFactory(parent=region, slug="sv-illertal"))
    publish(OfferPageFactory(parent=stranger, slug="training"))
    planned = plan_import(kind=registry.kind("offers"), table=exported("offers"), user=partner)
    assert [row.action for row in planned.rows] == ["same"]


def test_a_locked_page_is_left_alone(partner, offer):
    offer.locked = True
    offer.locked_by = User.objects.create_superuser("root")
    offer.save()
    planned = plan(
        "offers", {"owner": "haus-international", "slug": offer.slug, "capacity": "3"}, user=partner
    )
    assert [problem.heading for problem in planned.all_problems] == ["slug"]


def test_the_plan_is_recognised_by_its_digest(offer):
    row = {"owner": "haus-international", "slug": offer.slug, "teaser": "Mit Tee."}
    before = plan("offers", row).digest()
    assert plan("offers", row).digest() == before
    offer.teaser = "Inzwischen anders."
    publish(offer)
    assert plan("offers", row).digest() != before


def test_the_first_columns_say_which_page_a_row_is_about():
    assert {kind.slug: Sheet(kind).key_headings for kind in registry.all_kinds()} == {
        "offers": ("owner", "slug", "state"),
        "events": ("owner", "slug", "state"),
        "organisations": ("region", "slug", "state"),
    }


def test_translations_are_brought_in_beside_the_page_and_the_same_sheet_changes_nothing(organisation):
    row = {
        **NEW,
        "text": "<p>Erstens.</p><p>Zweitens.</p>",
        "title@tr": "Burada yeniyim",
        "text@tr": "<p>Birincisi.</p><p>İkincisi.</p>",
        "title@en": "",
    }
    apply_plan(plan("offers", row))
    page = OfferPage.objects.get(locale__language_code="de")
    turkish = OfferPage.objects.get(locale__language_code="tr", alias_of__isnull=True)
    assert (turkish.title, turkish.text) == ("Burada yeniyim", "<p>Birincisi.</p><p>İkincisi.</p>")
    assert turkish.language_of("teaser") == "de"
    assert turkish.translation_key == page.translation_key
    assert OfferPage.objects.filter(locale__language_code="en", alias_of__isnull=True).count() == 0
    revisions = Revision.objects.count()
    again = plan("offers", row)
    assert [(row.action, row.changes) for row in again.rows] == [("same", [])]
    apply_plan(again)
    assert Revision.objects.count() == revisions
    assert exported("offers").rows[0].cells["title@tr"] == "Burada yeniyim"


def test_a_translation_that_is_divided_otherwise_keeps_the_whole_sheet_out(organisation):
    planned = plan("offers", {**NEW, "text": "<p>Erstens.</p><p>Zweitens.</p>", "text@tr": "<p>Hepsi.</p>"})
    with pytest.raises(PlanRefused) as refused:
        apply_plan(planned)
    assert [(problem.number, problem.heading) for problem in refused.value.problems] == [(2, "text@tr")]
    assert OfferPage.objects.count() == 0


def test_partners_do_not_write_translations(partner, organisation):
    planned = plan("offers", {**NEW, "title@tr": "Burada yeniyim"}, user=partner)
    (problem,) = planned.all_problems
    assert (problem.number, problem.heading) == (2, "title@tr")
    assert "Türkçe" in problem.message


def test_a_draft_gets_no_translations_yet(organisation):
    planned = plan("offers", {**NEW, "state": "draft", "title@tr": "Burada yeniyim"})
    assert planned.all_problems == []
    assert planned.rows[0].translations == {}
    assert "draft has none" in planned.rows[0].notices[0]
