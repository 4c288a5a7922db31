"""Pages as documents, and documents into drafts: first said, then done, a file whole or not at all."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.languages import language
from content.permissions import ground_for
from content.text_checks.texts import shortened
from translation import services as translations
from translation.drafts import selectors as drafts_read
from translation.drafts import services as drafts
from translation.drafts.models import Origin
from translation.files.plans import Plan
from translation.files.services import PlanOutdated
from translation.models import PageTranslationState, Work
from translation.placeholders import plain
from translation.quality import Level, Unit, check_unit

from .documents import Document, ExchangeUnit, State, place_of, unit_id
from .files import read


def document_of(source_page, locale):
    """Return the ``Document`` of the source ``source_page`` (specific) in ``locale``; None where it has no sentences.

    A sentence that stands at one place several times is one unit.
    """
    lines = drafts_read.lines_of(source_page, locale)
    if lines is None:
        return None
    units = {}
    for line in lines:
        unit = _unit(line)
        units.setdefault(unit.id, unit)
    return Document(
        page_key=str(source_page.translation_key),
        title=source_page.title,
        source_language=settings.LANGUAGE_CODE,
        language=locale.language_code,
        units=list(units.values()),
    )


def _unit(line):
    if not line.target:
        state = State.MISSING
    elif line.is_outdated or (line.is_pending and line.origin == Origin.MACHINE):
        state = State.OUTDATED
    else:
        state = State.DRAFT if line.is_pending else State.APPROVED
    note = line.place
    if line.limit is not None:
        note = _("%(place)s (at most %(limit)d characters)") % {"place": line.place, "limit": line.limit}
    return ExchangeUnit(
        id=unit_id(line.sentence.path, line.source),
        source=line.source,
        target=line.target,
        state=state,
        note=note,
        previous=line.made_for if line.is_outdated else "",
    )


@dataclass(frozen=True)
class Row:
    """A sentence that an import writes. ``before``: what is there now. ``problems``: what has to be mended, as text."""

    page_id: int
    page_title: str
    segment_ids: tuple[int, ...]
    place: str
    source: str
    before: str
    text: str
    problems: tuple[str, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class PageFiles:
    """How pages travel, as ``translation.files.services`` asks for it. ``user``: whose rights hold."""

    user: Any
    slug: str = "pages"

    def purpose(self, locale):
        """Return what a kept file is for: one per person and language."""
        return f"translation.{self.slug}.{locale.language_code}"

    @property
    def plan(self):
        """Return a function of ``(data, locale)`` that gives a ``Plan``."""
        return partial(plan_import, user=self.user)

    def apply(self, plan, locale, user):
        """Write the drafts that a plan names."""
        by_page = {}
        for row in [*plan.new, *plan.changed]:
            by_page.setdefault(row.page_id, {}).update(dict.fromkeys(row.segment_ids, row.text))
        targets = Page.objects.select_related("locale").in_bulk(by_page)
        for page_id, texts in by_page.items():
            try:
                drafts.save_many(target=targets[page_id], texts=texts, user=user, origin=Origin.FILE)
            except (KeyError, drafts.InReview) as error:
                raise PlanOutdated from error


def plan_import(data, locale, *, user):
    """Return the ``Plan`` of what a file would change in ``locale``. Raises ``FileRefused``.

    Pages and sentences that cannot be taken are refused by name, and the rest is planned.
    """
    received = read(data)
    plan = Plan()
    for name, message in received.refused:
        plan.refuse(0, name, message)
    targets = _targets(received.documents, locale)
    seen = set()
    for document in received.documents:
        target = targets.get(document.page_key)
        source_page = target and drafts_read.source_of_translation(target)
        reason = _why_not_page(document, target, source_page, locale, user)
        if reason:
            plan.refuse(0, document.title or document.page_key, reason)
            continue
        lines = drafts_read.lines_of(source_page, locale)
        if lines is None:
            translations.ensure_translation(source_page=source_page, locale=locale)
            lines = drafts_read.lines_of(source_page, locale)
        _plan_page(plan, document, source_page, target, lines, seen)
    return plan


def _targets(documents, locale):
    """Return ``{page key: the page in ``locale``}``. One query."""
    keys = set()
    for document in documents:
        try:
            keys.add(UUID(document.page_key))
        except ValueError:
            continue
    pages = Page.objects.filter(translation_key__in=keys, locale=locale).select_related("locale")
    return {str(page.translation_key): page for page in pages}


def _why_not_page(document, target, source_page, locale, user):
    """Return why nothing of a document is taken, or ""."""
    if document.language != locale.language_code:
        return _("This is for %(other)s. Take it in there.") % {"other": _language_name(document.language)}
    if target is None or source_page is None:
        return _("This page is not here. Send the file you downloaded here, filled in.")
    if not user.is_superuser and ground_for(user).ended_path(target):
        return _("The project of this region is over, and nothing is changed there.")
    lock = target.get_lock() if target.locked else None
    if lock is not None and lock.for_user(user):
        return lock.get_message(user)
    is_in_review = PageTranslationState.objects.filter(
        translation_key=target.translation_key, locale=locale, work=Work.REVIEW
    ).exists()
    if is_in_review:
        return _("This is handed in, and somebody is reading it. Take it back first, or wait for the answer.")
    return ""


def _language_name(code):
    try:
        return language(code).endonym
    except LookupError:
        return code or _("no language")


def _plan_page(plan, document, source_page, target, lines, seen):
    by_id = {}
    for line in lines:
        by_id.setdefault(unit_id(line.sentence.path, line.source), []).append(line)
    places = {place_of(identifier) for identifier in by_id}
    for number, unit in enumerate(document.units, start=1):
        if not unit.target.strip():
            continue
        here = by_id.get(unit.id)
        reason = _why_not_unit(unit, here, places, (target.pk, unit.id) in seen)
        if reason:
            plan.refuse(number, _named(source_page, unit), reason)
            continue
        if not here or _is_there(unit, here):
            plan.same += 1
            continue
        seen.add((target.pk, unit.id))
        row = Row(
            page_id=target.pk,
            page_title=source_page.title,
            segment_ids=tuple(line.pk for line in here),
            place=here[0].place,
            source=here[0].source,
            before=here[0].target,
            text=unit.target.strip(),
            problems=_problems(unit, here[0], target.locale.language_code),
        )
        (plan.changed if row.before else plan.new).append(row)


def _why_not_unit(unit, here, places, is_second):
    if here is None:
        if place_of(unit.id) in places:
            return _(
                "The original has changed since this file was made. Download it again, and translate what is new."
            )
        return _("There is no such sentence on this page. It may come from another one.")
    if is_second:
        return _("This sentence stands in the file twice. Only the first is taken.")
    if unit.state is State.UNFINISHED and not _is_there_already(unit, here):
        return _("In the file this is marked as unfinished. Finish it there, and send the file again.")
    if len(unit.target) > drafts.MAX_SENTENCE:
        return _("This is too long.")
    return ""


def _is_there_already(unit, here):
    return all(line.target == unit.target.strip() for line in here)


def _is_there(unit, here):
    """Return whether an import would change nothing: the same text, made for the source as it is now."""
    if not _is_there_already(unit, here):
        return False
    return unit.state in (State.OUTDATED, State.UNFINISHED) or not any(line.needs_work for line in here)


def _named(source_page, unit):
    return f"{source_page.title}: {shortened(plain(unit.source or unit.target))}"


def _problems(unit, line, code):
    found = check_unit(
        Unit(
            source=line.source,
            target=unit.target.strip(),
            source_language=settings.LANGUAGE_CODE,
            language=code,
            limit=line.limit,
            is_single_line=line.is_single_line,
        )
    )
    return tuple(str(finding.message) for finding in found if finding.level is Level.ERROR)
