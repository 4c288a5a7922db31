"""Builds the demo: steps that apps contribute, run in order, each safe to run again.

An app registers ``DemoStep`` objects with the hook ``register_demo_step``. What is a kind needs none: the sheet that
``ContentKind.demo_sheet`` names is loaded through the same import that partners use, ``<sheet>.<language>.csv``
beside it as its translations. ``<sheet>.earlier.csv`` holds sentences as they were when they were translated: they
are published first, and the sheet's own after them, so that the demo has translations whose source has changed.
"""

import csv
import datetime
import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import models
from wagtail import hooks
from wagtail.models import Locale, Page, ReferenceIndex, Revision
from wagtail.signal_handlers import disable_reference_index_auto_update

from . import registry
from .demo_logins import DEMO_PASSWORD
from .models import Topic
from .transfer import Table, TableRow, apply_plan, plan_import
from .transfer.sheets import Sheet

#: Heading in ``<sheet>.earlier.csv``: whether the change since then was a minor edit, "yes" or "no".
MINOR = "minor"
#: When the steps of the platform itself run, for steps that come between.
TOPICS, PICTURES, OWNERS, KINDS, PEOPLE = 20, 30, 50, 70, 80


class DemoRefused(Exception):
    """Something in the demo data cannot be loaded; the message says what and where."""


@dataclass(frozen=True)
class DemoStep:
    """One part of building the demo.

    ``order``: steps run from low to high. ``label``: shown beside the progress bar. ``run``: takes the ``Demo``;
    called a second time it changes nothing.
    """

    order: int
    label: Any
    run: Callable[["Demo"], None]


@dataclass
class Demo:
    """What the steps share.

    ``data``: the folder with what is no sheet. ``resolve``: takes a cell and the row's start date (or ""), returns
    the cell with relative dates replaced. ``progress``: called with a share from 0 to 1 of the step that runs.
    """

    data: Path
    today: datetime.date
    resolve: Callable[[str, str], str] = lambda text, start: text
    progress: Callable[[float], None] = lambda share: None
    #: What keys in the demo's sheets stand for, by column: ``{"contact": {"mosaik": "Nesrin Yılmazer (…)"}}``. While
    #: a column has keys that nobody has told yet, it is left out.
    aliases: dict[str, dict[str, str]] = field(default_factory=dict)

    def json(self, name):
        """Return the content of ``<name>.json``, or None when there is no such file."""
        path = self.data / f"{name}.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    @property
    def target_languages(self):
        """Return the codes of all languages but the source, in the order of the table."""
        return [row.code for row in settings.LANGUAGE_TABLE if row.code != settings.LANGUAGE_CODE]

    @cached_property
    def source_locale(self):
        """Return the locale that partners write in."""
        return Locale.objects.get(language_code=settings.LANGUAGE_CODE)

    @property
    def home(self):
        """Return the source start page; everything stands below it."""
        return Page.objects.get(depth=2, locale=self.source_locale).specific

    def day(self, expression):
        """Return the date that an expression such as "today+30" means, or None for an empty one."""
        return datetime.date.fromisoformat(self.resolve(expression, "")) if expression else None

    def page(self, slug, model=Page):
        """Return the source page of ``model`` with that slug. Raises ``DemoRefused``."""
        page = model.objects.filter(slug=slug, locale=self.source_locale, alias_of__isnull=True).first()
        if page is None:
            raise DemoRefused(f"The demo has no {model._meta.verbose_name} “{slug}”.")
        return page.specific

    def translate(self, page, language_code, sentences):
        """Write the translation of a source page where the platform has translations."""
        localiser = registry.localiser()
        if localiser is None or not sentences:
            return
        present = localiser.read_translation(page=page, language_code=language_code)
        if any(_sentence(present, name) != _sentence(sentences, name) for name in sentences):
            localiser.write_translation(page=page, language_code=language_code, sentences=sentences)


def _sentence(sentences, name):
    """Return one sentence; those of a stream by path, which may or may not begin with the field's name."""
    value = sentences.get(name)
    if isinstance(value, dict):
        return {path.removeprefix(f"{name}."): text for path, text in value.items()}
    return value


def put_page(*, model, parent, slug, children=None, **values):
    """Return the published source page below ``parent`` with these values; write only what differs.

    ``children``: name of a child relation → list of dicts, compared as a whole.
    """
    page = model.objects.child_of(parent).filter(slug=slug).first()
    is_new = page is None
    if is_new:
        page = model(slug=slug, locale=parent.locale, live=False)
    changed = _set_values(page, values)
    for name, rows in (children or {}).items():
        changed = _set_children(page, name, rows) or changed
    if is_new:
        Page.objects.get(pk=parent.pk).add_child(instance=page)
    if is_new or changed or not page.live:
        page.save_revision(log_action="wagtail.create" if is_new else "wagtail.edit").publish()
        page = model.objects.get(pk=page.pk)
    return page


def put_row(queryset, *, find, **values):
    """Return the row of ``queryset`` that ``find`` describes, with these values; write only what differs."""
    row = queryset.filter(**find).first()
    is_new = row is None
    if is_new:
        row = queryset.model(**find)
    if _set_values(row, values) or is_new:
        row.full_clean()
        row.save()
    return row


def _comparable(row, name):
    model_field = row._meta.get_field(name)
    if isinstance(model_field, models.ForeignKey):
        return getattr(row, model_field.attname)
    return model_field.get_prep_value(getattr(row, name))


def _set_values(row, values):
    changed = False
    for name, value in values.items():
        before = _comparable(row, name)
        setattr(row, name, value)
        changed = changed or _comparable(row, name) != before
    return changed


def _set_children(page, name, rows):
    manager = getattr(page, name)

    def as_told(child):
        return {key: getattr(child, key) for key in rows[0]} if rows else {}

    if [as_told(child) for child in manager.all()] == rows:
        return False
    model = page._meta.get_field(name).related_model
    setattr(page, name, [model(sort_order=number, **row) for number, row in enumerate(rows)])
    return True


# --- Running ----------------------------------------------------------------------------------------------


def all_steps():
    """Return all steps in the order they run."""
    steps = [
        DemoStep(TOPICS, "Topics", load_topics),
        DemoStep(OWNERS, "Owners", load_owners),
        DemoStep(KINDS, "Pages", load_sheets),
        DemoStep(PEOPLE, "People", load_people),
    ]
    for function in hooks.get_hooks("register_demo_step"):
        result = function()
        steps += result if isinstance(result, list) else [result]
    return sorted(steps, key=lambda step: step.order)


def build(demo, *, report=lambda done, total, label: None):
    """Run all steps. ``report`` is called with steps done (a float), their number, and the label of the running one."""
    steps = all_steps()
    newest = Revision.objects.aggregate(pk=models.Max("pk"))
    localiser = registry.localiser()
    marked = localiser.demo_translations() if localiser is not None else nullcontext()
    # Which page uses which picture is written down once at the end, not with each of a thousand saves.
    with marked, disable_reference_index_auto_update():
        for number, step in enumerate(steps):
            demo.progress = lambda share, number=number, step=step: report(
                number + share, len(steps), step.label
            )
            demo.progress(0.0)
            step.run(demo)
    if Revision.objects.aggregate(pk=models.Max("pk")) != newest:
        for page in Page.objects.filter(depth__gt=1).specific().iterator(chunk_size=100):
            ReferenceIndex.create_or_update_for_object(page)
    report(len(steps), len(steps), "")


# --- The platform's own steps -----------------------------------------------------------------------------


def load_topics(demo):
    """Make the topics with their labels."""
    for row in demo.json("topics") or []:
        values = {key: value for key, value in row.items() if key != "slug"}
        put_row(Topic.objects.all(), find={"slug": row["slug"]}, **values)


def load_people(demo):
    """Make the demo's logins; who is there already keeps the password."""
    from wagtail.users.models import (
        UserProfile,  # wagtail.users need not be installed for other uses of this module
    )

    # Everybody has the same password, and everybody knows it: one hash is enough, and hashing is slow.
    password = make_password(DEMO_PASSWORD)
    for row in demo.json("people") or []:
        user, is_new = get_user_model().objects.get_or_create(
            username=row["username"],
            defaults={name: row[name] for name in ("first_name", "last_name", "email")},
        )
        if is_new:
            user.password = password
            user.is_superuser = user.is_staff = row["role"] == "administrator"
            user.save()
        profile = UserProfile.get_for_user(user)
        if profile.preferred_language != row["language"]:
            profile.preferred_language = row["language"]
            profile.save()


def load_owners(demo):
    """Load the sheets of kinds whose pages own others, before anything that needs these others."""
    _load([kind for kind in registry.all_kinds() if kind.page_model.owns_content], demo)


def load_sheets(demo):
    """Load the sheet of every kind that has one."""
    _load(registry.all_kinds(), demo)


def _load(kinds, demo):
    kinds = _parents_first([kind for kind in kinds if kind.demo_sheet])
    for number, kind in enumerate(kinds):
        table = _table(kind, demo)

        def progress(share, number=number):
            demo.progress((number + share) / len(kinds))

        earlier = _earlier(kind, table)
        if earlier:
            _import(kind, _with_sentences(table, earlier), progress)
            minor = {row["slug"] for row in earlier if row[MINOR] == "yes"}
            with registry.localiser().minor_edit():
                _import(
                    kind, Table(table.headings, [row for row in table.rows if row.cells["slug"] in minor])
                )
        _import(kind, table, progress)


def _import(kind, table, progress=lambda share: None):
    """Load ``table`` as partners would. Raises ``DemoRefused`` with all that is wrong."""
    plan = plan_import(kind=kind, table=table, default_state="published")
    if plan.all_problems:
        told = "\n".join(
            f"  row {problem.number}, {problem.heading}: {problem.message}"
            for problem in plan.all_problems[:20]
        )
        raise DemoRefused(f"The demo sheet of {kind.slug} has faults:\n{told}")
    apply_plan(plan, progress=progress)


def _earlier(kind, table):
    """Return the rows of ``<sheet>.earlier.csv`` whose pages are still to be made. Raises ``DemoRefused``."""
    path = _sheet_path(kind).with_suffix(".earlier.csv")
    if not path.exists() or registry.localiser() is None:
        return []
    rows = _read(path)
    strangers = sorted({row["slug"] for row in rows} - {row.cells["slug"] for row in table.rows})
    if strangers:
        raise DemoRefused(f"{path.name} names pages that are not there: {', '.join(strangers)}.")
    known = kind.page_model.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    present = set(known.filter(slug__in=[row["slug"] for row in rows]).values_list("slug", flat=True))
    return [row for row in rows if row["slug"] not in present]


def _with_sentences(table, rows):
    """Return ``table`` with the cells of ``rows`` in the place of its own, where they are not empty."""
    by_slug = {
        row["slug"]: {name: text for name, text in row.items() if name != MINOR and text} for row in rows
    }
    return Table(
        table.headings,
        [TableRow(row.number, row.cells | by_slug.get(row.cells["slug"], {})) for row in table.rows],
    )


def _parents_first(kinds):
    by_model = {kind.page_model: kind for kind in kinds}
    ordered = []

    def add(kind):
        if kind in ordered:
            return
        for parent in kind.page_model.clean_parent_page_models():
            above = by_model.get(parent)
            if above is not None and above is not kind:
                add(above)
        ordered.append(kind)

    for kind in kinds:
        add(kind)
    return ordered


def _table(kind, demo):
    """Return the sheet of ``kind`` with its translations as columns, aliases and relative dates replaced."""
    path = _sheet_path(kind)
    rows = _read(path)
    headings = list(rows[0])
    for column in _columns_not_told(rows, demo):
        # What the column refers to is made by a later step, and the sheet is loaded again after it.
        headings.remove(column)
    for code in demo.target_languages:
        beside = path.with_suffix(f".{code}.csv")
        if not beside.exists():
            continue
        translated = _read(beside)
        by_slug = {row["slug"]: row for row in translated}
        strangers = sorted(by_slug.keys() - {row["slug"] for row in rows})
        if strangers:
            raise DemoRefused(f"{beside.name} translates pages that are not there: {', '.join(strangers)}.")
        for name in translated[0]:
            if name != "slug":
                headings.append(f"{name}@{code}")
                for row in rows:
                    row[f"{name}@{code}"] = by_slug.get(row["slug"], {}).get(name, "")
    dated = {cell.heading for cell in Sheet(kind).cells if _holds_dates(cell)}
    return Table(
        headings,
        [
            TableRow(number, {name: _cell(row, name, dated, demo) for name in headings})
            for number, row in enumerate(rows, start=2)
        ],
    )


def _sheet_path(kind):
    return Path(apps.get_app_config(kind.page_model._meta.app_label).path) / kind.demo_sheet


def _read(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def _columns_not_told(rows, demo):
    """Return the columns with keys for which there is no alias yet."""
    return [
        column
        for column, known in demo.aliases.items()
        if column in rows[0] and {row[column] for row in rows if row[column]} - known.keys()
    ]


def _holds_dates(cell):
    """Return whether relative dates may stand in a column: it is a day, or a list of days in a form of its own."""
    if cell.column.read is None:
        return isinstance(cell.codec.field, models.DateField)
    return isinstance(cell.codec.field, models.JSONField)


def _cell(row, name, dated, demo):
    text = row[name]
    if text and name in demo.aliases:
        return demo.aliases[name][text]
    if text and name in dated:
        start = row.get("start_date", "")
        return demo.resolve(text, demo.resolve(start, "") if start and name != "start_date" else "")
    return text
