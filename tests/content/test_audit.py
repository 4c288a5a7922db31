"""The audit log: written once, read by those who may, changed by nobody."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy, override
from openpyxl import load_workbook
from wagtail import hooks

from content import audit
from content.audit import AppendOnly, UnknownAction, record
from content.models import AuditEntry
from content.registry import AuditAction

User = get_user_model()
ADDRESS = "/admin/reports/audit-log/"


@pytest.fixture(autouse=True)
def actions_of_tests():
    """Two actions, as an app registers them."""

    def register():
        return [
            AuditAction("tests.export", "Exported", {"rows": "rows", "note": "note", "tags": "tags"}),
            AuditAction("tests.erase", "Erased", {"sure": "sure"}, {"sure": {"y": gettext_lazy("yes")}}),
        ]

    audit.actions.cache_clear()
    with hooks.register_temporarily("register_content_audit_actions", register):
        yield
    audit.actions.cache_clear()


@pytest.fixture
def office(db):
    """Somebody of the network office: may enter the admin and read the log."""
    user = User.objects.create_user("office", "office@example.org", "x")
    user.user_permissions.add(
        Permission.objects.get(codename="access_admin"), Permission.objects.get(codename="view_auditentry")
    )
    return user


@pytest.fixture
def admin(db):
    return User.objects.create_superuser("admin", "admin@example.org", "x")


# --- Writing ----------------------------------------------------------------------------------------------


def test_an_entry_says_who_did_what_to_what_and_when(office, event):
    before = timezone.now()
    entry = record(action="tests.export", actor=office, subject=event, detail={"rows": 3, "tags": ["a", "b"]})
    entry.refresh_from_db()
    assert (entry.action_label, entry.actor_key, entry.actor_label) == ("Exported", str(office.pk), "office")
    assert (entry.subject_type, entry.subject_key, entry.subject_label) == (
        event._meta.label_lower,
        str(event.pk),
        "World Café",
    )
    assert entry.detail_text == "rows: 3; tags: a, b"
    assert before <= entry.at <= timezone.now()


def test_the_name_of_an_account_stays_when_the_account_is_gone(office):
    entry = record(action="tests.erase", actor=office)
    office.delete()
    entry.refresh_from_db()
    assert entry.actor_label == "office"


@pytest.mark.parametrize(("language", "words"), [("de", "sure: ja"), ("en", "sure: yes")])
def test_a_detail_kept_as_a_key_is_told_in_words(office, language, words):
    entry = record(action="tests.erase", actor=office, detail={"sure": "y"})
    with override(language):
        assert entry.detail_text == words
    assert record(action="tests.erase", actor=office, detail={"sure": "n"}).detail_text == "sure: n"


def test_the_platform_itself_is_an_actor_without_a_name(db):
    entry = record(action="tests.erase", actor=None)
    assert (entry.actor_key, entry.actor_label, entry.subject_label) == ("", "", "")


def test_an_action_that_nobody_registered_is_refused_and_the_known_are_named(office):
    with pytest.raises(UnknownAction, match="tests.exprot.*tests.erase, tests.export"):
        record(action="tests.exprot", actor=office)
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize(
    "detail",
    [
        {"note": "asked by erika@example.org"},
        {"tags": ["a", "erika@example.org"]},
        {"note": {"deep": 1}},
        {"note": timezone.now()},
        {"undeclared": 1},
    ],
)
def test_details_with_an_address_of_another_shape_or_undeclared_are_refused(office, detail):
    with pytest.raises(ValueError, match=f"“{next(iter(detail))}”"):
        record(action="tests.export", actor=office, detail=detail)
    assert AuditEntry.objects.count() == 0


def test_what_other_models_call_themselves_is_not_kept(office):
    class Person(Permission):
        class Meta:
            proxy = True
            app_label = "auth"
            verbose_name = "person"

        def __str__(self):
            return "Erika Mustermann"

    entry = record(action="tests.erase", actor=office, subject=Person(pk=7))
    assert (entry.subject_label, entry.subject_key) == ("person", "7")


# --- Changing ---------------------------------------------------------------------------------------------


def changes(entry):
    entries = AuditEntry.objects.filter(pk=entry.pk)
    return [
        entry.save,
        lambda: AuditEntry.objects.get(pk=entry.pk).save(update_fields=["action"]),
        entry.delete,
        lambda: entries.update(action="x"),
        entries.delete,
        lambda: AuditEntry.objects.bulk_update([entry], ["action"]),
        lambda: AuditEntry.objects.update_or_create(defaults={"action": "x"}, pk=entry.pk),
    ]


@pytest.mark.parametrize("number", range(7))
def test_the_model_refuses_every_way_to_change_or_delete(office, number):
    entry = record(action="tests.erase", actor=office)
    with pytest.raises(AppendOnly):
        changes(entry)[number]()
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["tests.erase"]


def test_an_entry_with_the_key_of_another_does_not_overwrite_it(office):
    entry = record(action="tests.erase", actor=office)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry(pk=entry.pk, action="tests.export").save()
    assert AuditEntry.objects.get().action == "tests.erase"


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE content_auditentry SET actor_label = 'nobody'",
        "UPDATE content_auditentry SET actor_label = 'nobody' WHERE id = (SELECT max(id) FROM content_auditentry)",
        "DELETE FROM content_auditentry",
        "DELETE FROM content_auditentry WHERE action = 'tests.erase'",
    ],
)
def test_the_database_refuses_to_change_or_delete(office, statement):
    record(action="tests.erase", actor=office)
    with (
        pytest.raises(IntegrityError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(AuditEntry.objects.values_list("action", "actor_label")) == [("tests.erase", "office")]


@pytest.mark.postgres
def test_postgresql_refuses_to_empty_the_log(office):
    record(action="tests.erase", actor=office)
    with (
        pytest.raises(IntegrityError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE content_auditentry")
    assert AuditEntry.objects.count() == 1


@pytest.mark.both_databases
@pytest.mark.parametrize("number", [1, 2])
def test_tests_that_commit_entries_leave_none_and_leave_the_guard(transactional_db, number):
    assert AuditEntry.objects.count() == 0
    record(action="tests.erase", actor=None)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM content_auditentry")


# --- Rights -----------------------------------------------------------------------------------------------


def user_form(user, **changed):
    fields = {
        "username": user.username,
        "email": user.email,
        "first_name": "A",
        "last_name": "B",
        "is_active": "on",
    }
    return {**fields, **changed}


def test_whoever_changes_rights_in_the_admin_is_recorded(admin, client):
    group = Group.objects.create(name="Press")
    user = User.objects.create_user("somebody", "somebody@example.org", "x")
    client.force_login(admin)

    client.post(f"/admin/users/edit/{user.pk}/", user_form(user, groups=[group.pk]))
    client.post(f"/admin/users/delete/{user.pk}/")

    assert list(
        AuditEntry.objects.order_by("pk").values_list("action", "actor_label", "subject_label", "detail")
    ) == [
        (
            "content.account_edit",
            "admin",
            "somebody",
            {"groups": ["Press"], "administrator": False, "active": True},
        ),
        ("content.account_delete", "admin", "somebody", {}),
    ]


def test_whoever_changes_a_group_is_recorded(admin, client):
    group = Group.objects.create(name="Press")
    client.force_login(admin)
    client.post(f"/admin/groups/delete/{group.pk}/")
    assert list(AuditEntry.objects.values_list("action", "actor_label", "subject_label")) == [
        ("content.group_delete", "admin", "Press")
    ]


# --- Reading ----------------------------------------------------------------------------------------------


def rows_of(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [[cell.text.strip() for cell in row.select("td")] for row in soup.select("table.listing tbody tr")]


def test_the_log_is_listed_for_whoever_may_see_it(office, client):
    record(action="tests.export", actor=office, detail={"rows": 3})
    client.force_login(office)
    with override("de"):
        response = client.get(ADDRESS)
    (row,) = rows_of(response)
    assert row[1:] == ["office", "Exported", "", "rows: 3"]
    assert response.status_code == 200


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}results/", f"{ADDRESS}?export=csv"])
def test_nobody_else_sees_the_log(office, client, address):
    record(action="tests.erase", actor=office)
    office.user_permissions.remove(Permission.objects.get(codename="view_auditentry"))
    client.force_login(office)

    response = client.get(address)

    assert response.status_code == 302
    assert b"tests.erase" not in response.content
    assert b"audit-log" not in client.get("/admin/").content
    assert client.get(address, follow=True).redirect_chain == [("/admin/", 302)]


def test_the_menu_leads_there(office, client):
    client.force_login(office)
    assert ADDRESS.encode() in client.get("/admin/").content


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Erased", "Exported", "Exported"]),
        ("?action=tests.erase", ["Erased"]),
        ("?actor=office", ["Exported"]),
        ("?action=tests.erase&actor=office", []),
        ("?at_from=TODAY", ["Erased", "Exported"]),
        ("?at_to=YESTERDAY", ["Exported"]),
    ],
)
def test_the_log_is_filtered(office, admin, client, query, expected):
    today = timezone.localdate()
    old = AuditEntry(action="tests.export", actor_label="admin", at=timezone.now() - timedelta(days=2))
    old.save()
    record(action="tests.export", actor=office)
    record(action="tests.erase", actor=admin)
    client.force_login(office)
    query = query.replace("TODAY", str(today)).replace("YESTERDAY", str(today - timedelta(days=1)))

    response = client.get(f"{ADDRESS}results/{query}")

    assert sorted(row[2] for row in rows_of(response)) == expected


@pytest.mark.parametrize("number", [1, 3])
def test_the_listing_asks_the_same_number_of_queries_however_long_it_is(
    office, client, django_assert_num_queries, number
):
    for _each in range(number):
        record(action="tests.erase", actor=office)
    client.force_login(office)
    client.get(f"{ADDRESS}results/")
    with django_assert_num_queries(7):
        client.get(f"{ADDRESS}results/")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_sheet_holds_no_formulas_and_that_it_was_taken_is_recorded(office, client, file_format):
    record(
        action="tests.export",
        actor=office,
        detail={"note": "=1+1"},
        subject=Group(pk=1, name='=HYPERLINK("x")'),
    )
    client.force_login(office)

    response = client.get(f"{ADDRESS}?export={file_format}")

    if file_format == "csv":
        heading, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    else:
        sheet = load_workbook(io.BytesIO(response.content)).active
        heading, row = sheet.iter_rows(values_only=True)
        assert {cell.data_type for line in sheet for cell in line} <= {"s", "n"}
    assert len(heading) == len(row) == 7
    assert list(row[1:]) == ["office", "Exported", "auth.group", "1", '\'=HYPERLINK("x")', "note: =1+1"]
    assert response["Content-Disposition"] == (
        f'attachment; filename="audit-log-{timezone.localdate()}.{file_format}"'
    )
    latest = AuditEntry.objects.first()
    assert (latest.action, latest.detail) == ("content.audit_export", {"rows": 1, "format": file_format})


def test_an_action_whose_app_is_gone_is_shown_by_its_key(office):
    entry = record(action="tests.export", actor=office, detail={"rows": 1})
    entry.action = "gone.away"
    assert (entry.action_label, entry.detail_text) == ("gone.away", "rows: 1")
