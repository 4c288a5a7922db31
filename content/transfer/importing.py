"""Brings a sheet into the pages of a kind: first a plan that names everything it would do, then the plan, whole.

A row is about the page with its slug below the page it names. Cells are compared with what an export would write,
so that the same sheet changes nothing the second time. Columns that are not in the sheet are left as they are; an
empty translation leaves the translation as it is.
"""

import hashlib
import json
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from content import registry
from content.index.services import indexing_later
from content.languages import language
from content.registry import ContentKind
from content.sanitise import writable
from content.scopes import owner_of, scope_of

from .codecs import Context, _unknown
from .sheets import (
    DRAFT,
    PUBLISHED,
    SLUG,
    STATE,
    STATES,
    Sheet,
    state_of,
    translation_text,
    working_copy,
)
from .tables import MAX_CELL_LENGTH, Table

CREATE, CHANGE, SAME, REFUSED = "create", "change", "same", "refused"
#: Fields that the tree and Wagtail fill in; a new page cannot have them yet.
_FILLED_LATER = ("path", "depth", "numchild", "content_type", "url_path", "latest_revision", "live_revision")


@dataclass(frozen=True)
class Change:
    """One cell that would change: its heading and label, what is there now, and what the sheet says."""

    heading: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Problem:
    """Something that keeps a row, or with number 0 the whole sheet, from being taken: where, and what to do."""

    number: int
    heading: str
    message: str


@dataclass
class RowPlan:
    """What would happen to one row: ``action`` is create, change, same or refused."""

    number: int
    title: str = ""
    slug: str = ""
    action: str = SAME
    publish: bool = False
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    page: Page | None = None
    parent: Page | None = None
    translations: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class Plan:
    """What an import would do. Nothing is written before ``apply_plan``."""

    kind: ContentKind
    rows: list[RowPlan]
    problems: list[Problem]
    notices: list[str]

    def count(self, action):
        """Return the number of rows with that action."""
        return sum(row.action == action for row in self.rows)

    @property
    def all_problems(self):
        """Return the problems of the sheet and of its rows, in order."""
        return [*self.problems, *(problem for row in self.rows for problem in row.problems)]

    @property
    def is_applicable(self):
        """Return whether there is something to do and nothing in the way."""
        return not self.all_problems and any(row.action != SAME for row in self.rows)

    def digest(self):
        """Return a hash of everything the plan would do, to notice that something changed in between."""
        content = [
            [row.number, row.action, row.publish, [[c.heading, c.before, c.after] for c in row.changes]]
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@dataclass(frozen=True)
class ImportResult:
    """How many pages were created, changed, and left as they were."""

    created: int
    changed: int
    unchanged: int


class PlanRefused(Exception):
    """Nothing was written. ``problems``: what is in the way, at least one ``Problem``."""

    def __init__(self, problems):
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def plan_import(*, kind, table: Table, user=None, default_state=DRAFT):
    """Return the ``Plan`` for a sheet. Reads only.

    ``user``: whose rights are checked per row; None is the platform itself and may do everything.
    ``default_state``: state of new pages whose row says none ("draft" or "published").
    """
    return _Planner(kind, table, user, default_state).plan()


def apply_plan(plan, *, user=None, progress=lambda share: None):
    """Write everything ``plan`` says in one transaction, and return an ``ImportResult``.

    ``progress`` is called after each row with the share that is done, from 0 to 1.

    Raises ``PlanRefused`` when the plan has problems, or a translation turns out not to fit its page. Make the
    plan in the same request: it holds pages.
    """
    if plan.all_problems:
        raise PlanRefused(plan.all_problems)
    with transaction.atomic(), indexing_later():
        problems = []
        for number, row in enumerate(plan.rows, start=1):
            if row.action in (CREATE, CHANGE):
                _write(row, user)
            problems += _write_translations(row, user)
            progress(number / len(plan.rows))
        if problems:
            raise PlanRefused(problems)
    return ImportResult(plan.count(CREATE), plan.count(CHANGE), plan.count(SAME))


def _write(row, user):
    """Create or change one page, with a revision, and publish it where the row says so."""
    if row.action == CREATE:
        row.page.live = False
        # The parent's place in the tree moves with every child, so it is read anew.
        Page.objects.get(pk=row.parent.pk).add_child(instance=row.page)
    only_translations = row.action == CHANGE and not row.publish and not _own_changes(row)
    if only_translations:
        return
    revision = row.page.save_revision(
        user=user, log_action="wagtail.create" if row.action == CREATE else "wagtail.edit"
    )
    if row.publish:
        revision.publish(user=user)
        row.page.refresh_from_db()


def _write_translations(row, user):
    """Write the translations of one row; return a ``Problem`` per text that its page cannot take."""
    problems = []
    for code, sentences in row.translations.items():
        try:
            registry.localiser().write_translation(
                page=row.page, language_code=code, sentences=sentences, user=user
            )
        except ValidationError as error:
            faults = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            problems += [
                Problem(row.number, f"{'' if name == NON_FIELD_ERRORS else name}@{code}", message)
                for name, messages in faults.items()
                for message in messages
            ]
    return problems


def _own_changes(row):
    return [change for change in row.changes if "@" not in change.heading]


class _Planner:
    """Makes the plan; keeps what rows share."""

    def __init__(self, kind, table, user, default_state):
        self.kind = kind
        self.table = table
        self.user = user
        self.default_state = default_state
        self.sheet = Sheet(kind, user=user)
        self.context = Context(user=user)
        self.localiser = registry.localiser()
        self.problems = []
        self.seen = {}
        self.places = {}
        self.rights = {}

    def plan(self):
        columns = self._columns()
        rows = []
        if not self.problems:
            self.existing = self._existing_pages()
            rows = [self._row(row, columns) for row in self.table.rows]
        return Plan(self.kind, rows, self.problems, list(self.table.notices))

    # --- The sheet as a whole

    def _columns(self):
        """Return ``{heading: Cell}`` of the facts in the sheet, and note what is wrong with the headings."""
        columns = {}
        for heading in self.table.headings:
            if heading in self.sheet.key_headings:
                continue
            cell = self.sheet.cell(heading)
            if cell is None:
                error = _unknown(heading, [*self.sheet.headings])
                self._refuse_sheet(
                    heading, _("The heading “%(heading)s” is not known.") % {"heading": heading}, error
                )
            else:
                columns[heading] = cell
        needed = [self.sheet.parent_heading] if len(self.sheet.parents.pages) != 1 else []
        for heading in needed:
            if heading not in self.table.headings:
                self._refuse_sheet(
                    heading,
                    _("The column “%(heading)s” is missing. Without it nobody knows whose the rows are.")
                    % {"heading": heading},
                )
        if SLUG not in self.table.headings and "title" not in self.table.headings:
            self._refuse_sheet(
                SLUG,
                _("The column “slug” is missing. It says which page a row is about; add it, or “title”."),
            )
        return columns

    def _refuse_sheet(self, heading, message, error=None):
        if error is not None:
            message = f"{message} {' '.join(error.messages)}"
        self.problems.append(Problem(0, heading, message))

    def _existing_pages(self):
        """Return what stands below the possible parents: ``{(parent path, slug): page}``."""
        steplen = Page.steplen
        parents = {page.path for page in self.sheet.parents.pages}
        slugs = {self._slug(row) for row in self.table.rows}
        related = {name for cell in self.sheet.cells for name in cell.codec.related}
        found = {}
        for page in (
            Page.objects.filter(slug__in=slugs).order_by("path") if len(slugs) < 500 else Page.objects.all()
        ):
            if page.path[:-steplen] in parents:
                found[page.path[:-steplen], page.slug] = page
        mine = self.kind.page_model.objects.filter(pk__in=[page.pk for page in found.values()])
        for page in mine.select_related(*sorted(related), "locale"):
            found[page.path[:-steplen], page.slug] = page
        return found

    # --- One row

    def _slug(self, row):
        return row.cells.get(SLUG, "").strip() or slugify(row.cells.get("title", ""), allow_unicode=True)

    def _row(self, row, columns):
        plan = RowPlan(row.number, title=row.cells.get("title", "").strip(), slug=self._slug(row))

        def refuse(heading, message):
            plan.problems.append(Problem(row.number, heading, message))

        plan.parent = self._parent(row, refuse)
        state = self._state(row, refuse)
        if not plan.slug:
            refuse(SLUG, _("Slug and title are missing. Give the page a title."))
        if plan.problems:
            plan.action = REFUSED
            return plan

        place = (plan.parent.path, plan.slug)
        if place in self.seen:
            refuse(
                SLUG,
                _("Row %(number)d is about the same page. Keep one of the two.")
                % {"number": self.seen[place]},
            )
            plan.action = REFUSED
            return plan
        self.seen[place] = row.number

        page = self.existing.get(place)
        if page is not None and not isinstance(page, self.kind.page_model):
            refuse(SLUG, _("Another page has this slug already. Give this one another."))
            plan.action = REFUSED
            return plan
        if page is None:
            self._plan_new(plan, row, columns, state, refuse)
        else:
            self._plan_existing(plan, page, row, columns, state, refuse)
        if plan.problems:
            plan.action = REFUSED
        return plan

    def _parent(self, row, refuse):
        heading = self.sheet.parent_heading
        text = row.cells.get(heading, "").strip()
        parents = self.sheet.parents
        if not text and len(parents.pages) == 1:
            return parents.pages[0]
        if not text:
            refuse(heading, _("This cell is empty. Name the page that this one belongs to."))
            return None
        found = parents.named(text)
        if len(found) == 1:
            return found[0]
        if found:
            known = " / ".join(sorted(parents.name_of(page) for page in found))
            refuse(
                heading,
                _("“%(text)s” means several pages. Write: %(known)s.") % {"text": text, "known": known},
            )
        else:
            refuse(heading, " ".join(_unknown(text, parents.names()).messages))
        return None

    def _state(self, row, refuse):
        text = row.cells.get(STATE, "").strip()
        words = {str(label).casefold(): state for state, label in STATES.items()} | {
            state: state for state in STATES
        }
        if text and text.casefold() not in words:
            refuse(STATE, " ".join(_unknown(text, STATES).messages))
        return words.get(text.casefold(), "")

    def _plan_new(self, plan, row, columns, state, refuse):
        plan.action = CREATE
        plan.publish = (state or self.default_state) == PUBLISHED
        if not self._may_add(plan, refuse):
            return
        owner, region = self._place(plan.parent)
        plan.page = self.kind.page_model(
            slug=plan.slug, locale=plan.parent.locale, owner_page=owner, region_page=region, live=False
        )
        plan.page.owner = self.user
        self._put(plan, plan.page, row, columns, refuse)
        self._check(plan, refuse)
        self._plan_translations(plan, None, row, columns, refuse)

    def _plan_existing(self, plan, page, row, columns, state, refuse):
        if not self._may_edit(page):
            self._plan_foreign(plan, page, row, columns, refuse)
            return
        plan.page = working_copy(page)
        self._put(plan, plan.page, row, columns, refuse)
        present = state_of(page)
        wanted = state or present
        if wanted == PUBLISHED:
            plan.publish = bool(plan.changes) or present != PUBLISHED
        if plan.publish and present != PUBLISHED:
            plan.changes.append(Change(STATE, _("state"), str(STATES[present]), str(STATES[PUBLISHED])))
        if plan.changes and present != DRAFT and state == DRAFT:
            plan.notices.append(_("The page is published and stays so; the changes wait as a draft."))
        if plan.changes:
            plan.action = CHANGE
            self._check_rights(plan, page, refuse)
            self._check(plan, refuse)
        self._plan_translations(plan, page, row, columns, refuse)
        if plan.changes:
            plan.action = CHANGE

    def _plan_foreign(self, plan, page, row, columns, refuse):
        """Refuse a page that the user may not change, unless the row says what every reader can see."""
        shown = {heading: cell.codec.get(page) for heading, cell in columns.items() if not cell.language_code}
        if page.live and all(_says_the_same(row.cells[heading], text) for heading, text in shown.items()):
            return
        refuse(SLUG, _("You may not change this page. Take the row out."))

    def _put(self, plan, page, row, columns, refuse):
        """Set the facts that the row states differently, and note each as a change."""
        for heading, cell in columns.items():
            if cell.language_code:
                continue
            before, text = cell.codec.get(page), row.cells[heading]
            if _says_the_same(text, before):
                continue
            try:
                cell.codec.put(page, text, self.context)
            except ValidationError as error:
                refuse(heading, " ".join(error.messages))
                continue
            after = cell.codec.get(page)
            if after != before:
                plan.changes.append(Change(heading, cell.label, before, after))
        plan.title = page.title

    def _check(self, plan, refuse):
        """Refuse what the model itself refuses, and what is missing for publication."""
        if plan.problems:
            return
        page = plan.page
        headings = {cell.codec.field.name: heading for heading, cell in self._own_cells().items()}
        page.is_draft_being_saved = True
        try:
            page.full_clean(exclude=_FILLED_LATER if page.pk is None else None)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    refuse(headings.get(name, "" if name == "__all__" else name), message)
        if plan.publish and not plan.problems:
            for name, message in page.missing_for_publication().items():
                refuse(headings.get(name, name), str(message))

    def _own_cells(self):
        return {
            cell.heading: cell
            for cell in self.sheet.cells
            if not cell.language_code and cell.codec.field is not None
        }

    def _place(self, parent):
        """Return owner and region of pages below ``parent``."""
        if parent.pk not in self.places:
            line = [page.specific for page in parent.get_ancestors(inclusive=True).filter(depth__gt=1)]
            self.places[parent.pk] = owner_of(line), scope_of(line)
        return self.places[parent.pk]

    # --- Translations

    def _plan_translations(self, plan, page, row, columns, refuse):
        cells = [
            (heading, cell)
            for heading, cell in columns.items()
            if cell.language_code and row.cells[heading].strip()
        ]
        if not cells:
            return
        if not (plan.publish or (page is not None and page.live)):
            plan.notices.append(_("The translations are left out: a draft has none. Publish the page first."))
            return
        present = {}
        for heading, cell in cells:
            code = cell.language_code
            if code not in present:
                present[code] = (
                    self.localiser.read_translation(page=page, language_code=code) if page is not None else {}
                )
            before, text = translation_text(cell, present[code]), row.cells[heading]
            if _says_the_same(text, before):
                continue
            try:
                sentence = self._sentence(cell, plan.page, text)
            except ValidationError as error:
                refuse(heading, " ".join(error.messages))
                continue
            if sentence == before:
                continue
            if not self._may_translate(plan.page, plan.parent, code):
                refuse(
                    heading,
                    _("You may not write %(language)s texts. Take this column out.")
                    % {"language": language(code).endonym},
                )
                continue
            plan.changes.append(Change(heading, cell.label, before, sentence))
            plan.translations.setdefault(code, {})[cell.column.field_name] = sentence

    def _sentence(self, cell, page, text):
        """Return a translation the way its field would keep it. Raises ``ValidationError``."""
        scratch = self.kind.page_model(locale=page.locale)
        cell.codec.put(scratch, text, self.context)
        return getattr(scratch, cell.column.field_name)

    # --- Rights

    def _may_add(self, plan, refuse):
        if self.user is None:
            return True
        right = self._rights_on(plan.parent)
        if not right.can_add_subpage():
            refuse(
                self.sheet.parent_heading, _("You may not add pages here. Ask the coordinator of the region.")
            )
            return False
        if plan.publish and not right.can_publish_subpage():
            refuse(STATE, _("You may not publish here. Write “draft” into the column “state”."))
            return False
        return True

    def _may_edit(self, page):
        return self.user is None or page.permissions_for_user(self.user).can_edit()

    def _check_rights(self, plan, page, refuse):
        if self.user is None:
            return
        right = page.permissions_for_user(self.user)
        if right.page_locked():
            refuse(SLUG, _("Somebody locked this page, or it waits for approval. Try again later."))
        elif plan.publish and not right.can_publish():
            refuse(STATE, _("You may not publish this page. Write “changed” into the column “state”."))

    def _may_translate(self, page, parent, code):
        if self.user is None:
            return True
        translations = []
        if page.pk:
            translations = list(page.get_translations().filter(locale__language_code=code))
        above = parent.get_translations().filter(locale__language_code=code)
        for translation in translations:
            return translation.permissions_for_user(self.user).can_publish()
        return any(self._rights_on(found).can_publish_subpage() for found in above)

    def _rights_on(self, page):
        if page.pk not in self.rights:
            self.rights[page.pk] = page.permissions_for_user(self.user)
        return self.rights[page.pk]


def _says_the_same(text, shown):
    """Return whether a cell holds what an export would write; spreadsheets cut very long cells."""
    text = writable(text)
    if text == shown:
        return True
    return len(text) >= MAX_CELL_LENGTH - 1 and shown.startswith(text)
