"""The page on which translators work: the source on one side, their sentences on the other.

Everything works without scripts: one form holds all sentences, and a press of any button saves what was changed. With
scripts each sentence saves itself (``save_line``), and only what is said about it is exchanged, never what is typed.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from content.languages import direction
from content.lineage import lineage_of
from content.permissions import ground_for
from translation import services as translations
from translation.drafts import checks, selectors
from translation.drafts import services as drafts
from translation.drafts.models import DraftVersion
from translation.errors import TranslationInvalid
from translation.glossary.selectors import terms_in
from translation.models import Work
from translation.placeholders import plain
from translation.quality import Level
from translation.selectors import is_localisable, may_translate
from translation.states import ensure_states

from .forms import texts_sent
from .helps import Helps, helps_for
from .previewing import preview_page
from .shortcuts import SHORTCUTS

#: How far back a sentence's history is shown.
VERSIONS_SHOWN = 50


@dataclass
class Row:
    """A ``Line`` as the workbench shows it: with what was typed, and what is to be said about it."""

    line: selectors.Line
    language: str
    terms: tuple = ()
    hits: tuple = ()
    suggestions: tuple = ()
    typed: str | None = None
    problems: list = field(default_factory=list)
    theirs: str | None = None
    is_saved: bool = False

    @property
    def text(self):
        """Return what stands in the field."""
        return self.line.target if self.typed is None else self.typed

    @cached_property
    def findings(self):
        """Return what the checks found; nothing while something keeps the text from being saved."""
        if self.line is None or self.problems:
            return []
        return checks.findings_in(self.line, self.language, self.terms)

    @property
    def errors(self):
        """Return what has to be mended before it can be handed in."""
        return self.problems or [each.message for each in self.findings if each.level is Level.ERROR]

    @property
    def warnings(self):
        """Return what is worth another look."""
        return [each.message for each in self.findings if each.level is Level.WARNING]


@dataclass
class Bench:
    """A page in a language, and what ``user`` may do with it. ``target``: the row of the page, specific."""

    source_page: object
    target: object
    user: object
    is_translator: bool
    state: object
    lines: selectors.Lines
    submission: object = None
    refusal: str = ""

    @property
    def is_in_review(self):
        """Return whether somebody is asked to read it."""
        return self.submission is not None

    @property
    def lock_message(self):
        """Return who keeps the page from being changed, in words; "" where nobody does."""
        # A review locks as well, and says so itself.
        lock = self.target.get_lock() if self.target.locked else None
        return lock.get_message(self.user) if lock is not None and lock.for_user(self.user) else ""

    @property
    def may_write(self):
        """Return whether ``user`` may change sentences now."""
        return self.is_translator and not self.is_in_review and not self.lock_message

    @property
    def may_take_back(self):
        """Return whether ``user`` may have back what was handed in: whoever translates into the language."""
        return self.is_in_review and self.is_translator

    @property
    def may_decide(self):
        """Return whether ``user`` may answer what was handed in."""
        return self.is_in_review and not self.refusal

    @property
    def to_do(self):
        """Return how many sentences need work, and how many words they have."""
        left = [line for line in self.lines if line.needs_work]
        return len(left), sum(len(plain(line.source).split()) for line in left)


def translation_for(request, page_id):
    """Return ``(page, whether the user translates into its language)``; the page is a row of any translated page.

    Raises ``Http404`` where there is no such page, and ``PermissionDenied`` for who neither translates into its
    language nor is asked to read what was handed in, and where the region's project is over.
    """
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id)
    user = request.user
    if page.locale.language_code == settings.LANGUAGE_CODE or not is_localisable(page.specific_class):
        raise Http404
    if not user.is_superuser and _has_ended(page, user):
        raise PermissionDenied
    is_translator = may_translate(user, page.locale)
    if not is_translator and not (selectors.submission_of(page) and selectors.may_review(user, page)):
        raise PermissionDenied
    return page, is_translator


def _has_ended(page, user):
    scope = lineage_of(page).scope
    # A region's own row is not read as a region.
    if scope is None or scope.pk == page.pk:
        return bool(ground_for(user).ended_path(page))
    return scope.has_ended


def bench_for(request, page, is_translator):
    """Return the ``Bench`` of ``page`` for the user of ``request``."""
    source_page = selectors.source_of_translation(page)
    if source_page is None:
        raise Http404
    target = page.specific
    target.locale = page.locale
    lines = selectors.lines_of(source_page, page.locale)
    if lines is None:
        translations.ensure_translation(source_page=source_page, locale=page.locale)
        lines = selectors.lines_of(source_page, page.locale)
    bench = Bench(
        source_page=source_page,
        target=target,
        user=request.user,
        is_translator=is_translator,
        state=ensure_states(page=source_page, locales=[page.locale])[page.locale_id],
        lines=lines,
    )
    if bench.state.work == Work.REVIEW:
        bench.submission = selectors.submission_of(target)
        bench.refusal = drafts.why_not_decide(target=target, submission=bench.submission, user=request.user)
    return bench


def _rows(bench, problems):
    """Return a ``Row`` for each line; ``problems``: rows by segment id that take the place of others."""
    helps = Helps()
    if bench.may_write:
        helps = helps_for(bench.lines, scope_key=selectors.scope_key_of(bench.target))
    return [
        problems.get(line.pk)
        or Row(
            line,
            bench.target.locale.language_code,
            terms=helps.terms(line),
            hits=helps.hits.get(line.source, ()),
            suggestions=helps.suggestions.get(line.pk, ()),
        )
        for line in bench.lines
    ]


@require_http_methods(["GET", "POST"])
def workbench(request, page_id):
    """Show a page and its translation, or do what a button says."""
    bench = bench_for(request, *translation_for(request, page_id))
    return _act(request, bench) if request.method == "POST" else _show(request, bench)


def _again(request, bench):
    """Return the ``Bench`` as it is now."""
    return bench_for(request, bench.target, bench.is_translator)


def _show(request, bench, *, problems=None, status=200):
    number, words = bench.to_do
    context = {
        "bench": bench,
        "rows": _rows(bench, problems or {}),
        "to_do": number,
        "words": words,
        "shortcuts": SHORTCUTS,
        "source_code": bench.source_page.locale.language_code,
        "target_code": bench.target.locale.language_code,
        "target_direction": direction(bench.target.locale.language_code),
    }
    return render(request, "translation/workbench/workbench.html", context, status=status)


def _act(request, bench):
    action = request.POST.get("action", "save")
    if action in ("approve", "send_back"):
        return _decide(request, bench, action)
    if not bench.is_translator:
        raise PermissionDenied
    if action == "take_back":
        drafts.take_back(target=bench.target, user=request.user)
        messages.success(request, _("It is yours again. Nobody is asked to read it any more."))
        return redirect(request.path)
    if bench.lock_message:
        messages.error(request, bench.lock_message)
        return _show(request, bench, status=409)
    saved, problems = _save_all(request, bench)
    if problems:
        return _show_problems(request, bench, problems)
    if action == "submit":
        return _submit(request, bench)
    if saved:
        text = ngettext("%(number)s sentence is saved.", "%(number)s sentences are saved.", saved)
        messages.success(request, text % {"number": saved})
    return redirect(f"{request.path}#line-{request.POST['one']}" if request.POST.get("one") else request.path)


def _save_all(request, bench):
    """Save what was changed, and the sentence whose own button was pressed; returns ``(number, {pk: Row})``."""
    saved, problems = 0, {}
    pressed = request.POST.get("one", "")
    for pk, (text, version) in texts_sent(request.POST).items():
        line = bench.lines.by_segment.get(pk)
        is_same = line is not None and text.replace("\r\n", "\n").strip() == line.target
        if is_same and not (pressed == str(pk) and line.needs_work):
            continue
        if line is None and not text.strip():
            continue
        row, is_saved = _save(request.user, bench.target, pk, text, version, line)
        if is_saved:
            saved += 1
        else:
            problems[pk] = row
    return saved, problems


def _save(user, target, pk, text, version, line=None):
    """Save one sentence; returns its ``Row`` and whether it worked. ``line``: as it was read, None if it has gone."""
    language = target.locale.language_code
    try:
        line = drafts.save(target=target, segment_id=pk, text=text, version=version, user=user)
    except drafts.Conflict as conflict:
        return Row(conflict.line, language, typed=text, theirs=conflict.line.target), False
    except drafts.SentenceGone:
        return Row(
            None,
            language,
            typed=text,
            problems=[
                _("The original has changed, and this sentence is no longer in it. Here is what you wrote:")
            ],
        ), False
    except drafts.InReview:
        return Row(
            line,
            language,
            typed=text,
            problems=[_("This has just been handed in. Take it back if you want to change something.")],
        ), False
    except ValidationError as error:
        return Row(line, language, typed=text, problems=error.messages), False
    return Row(line, language, is_saved=True), True


def _show_problems(request, bench, problems):
    gone = [row for row in problems.values() if row.line is None]
    for row in gone:
        messages.error(request, f"{row.problems[0]} {row.typed}")
    if len(gone) < len(problems):
        messages.error(request, _("Not everything could be saved. Please look at the marked sentences."))
    return _show(request, _again(request, bench), problems=problems, status=409)


def _submit(request, bench):
    rule = selectors.rule_for(bench.source_page, bench.target.locale)
    if not rule.needs_review and not bench.target.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    try:
        submission = drafts.submit(target=bench.target, user=request.user)
    except drafts.InReview:
        return redirect(request.path)
    except TranslationInvalid as error:
        _tell(request, bench, error)
        return _show(request, _again(request, bench), status=422)
    language = bench.target.locale.get_display_name()
    if submission is None:
        text = _("“%(title)s” is published in %(language)s.")
    else:
        text = _(
            "“%(title)s” is handed in. Somebody else reads it, and then it is published in %(language)s."
        )
    messages.success(request, text % {"title": bench.source_page.title, "language": language})
    return redirect(request.path)


def _tell(request, bench, error):
    for name, texts in error.message_dict.items():
        for text in texts:
            if name == NON_FIELD_ERRORS:
                messages.error(request, text)
            else:
                label = capfirst(str(bench.target._meta.get_field(name).verbose_name))
                messages.error(request, f"{label}: {text}")


def _decide(request, bench, action):
    text = request.POST.get("text", "").strip()
    if action == "send_back" and not text:
        messages.error(request, _("Write what they should change."))
        return _show(request, bench, status=422)
    try:
        if action == "approve":
            published = drafts.approve(
                target=bench.target, by=request.user, digest=request.POST.get("digest", "")
            )
            _tell_published(request, bench, published)
        else:
            drafts.send_back(target=bench.target, by=request.user, text=text[:1000])
            messages.success(
                request, _("It is sent back. Whoever translated it gets a mail with your words.")
            )
    except drafts.CannotDecide as refused:
        if refused.reason != "closed":
            raise PermissionDenied from refused
        messages.warning(request, _("This has been decided already."))
    except drafts.Outdated:
        messages.error(request, _("This has changed while you were reading. Please read it once more."))
        return _show(request, _again(request, bench), status=409)
    except TranslationInvalid as error:
        _tell(request, bench, error)
        return _show(request, bench, status=422)
    return redirect(request.path)


def _tell_published(request, bench, published):
    messages.success(
        request,
        _("“%(title)s” is published in %(language)s.")
        % {"title": published.page.title, "language": bench.target.locale.get_display_name()},
    )
    for names, text in (
        (
            published.kept,
            _("A sentence is missing here, so readers still see the older translation: %(texts)s."),
        ),
        (published.untranslated, _("A sentence is missing here, so readers see the original: %(texts)s.")),
    ):
        if names:
            labels = ", ".join(
                capfirst(str(published.page._meta.get_field(name).verbose_name)) for name in names
            )
            messages.warning(request, text % {"texts": labels})


@require_POST
def save_line(request, page_id, segment_id):
    """Save one sentence and answer with what there is to say about it; 409 when it could not be saved."""
    page, is_translator = translation_for(request, page_id)
    if not is_translator or page.locked:
        raise PermissionDenied
    text, version = request.POST.get(f"text-{segment_id}", ""), request.POST.get(f"version-{segment_id}", "")
    row, is_saved = _save(request.user, page, segment_id, text, version)
    if row.line is not None:
        source = row.line.source
        hits = terms_in([source], page.locale, region_key=selectors.scope_key_of(page))
        row.terms = checks.terms_for_checks(hits[source])
    context = {"row": row, "target_code": page.locale.language_code}
    return render(request, "translation/workbench/_said.html", context, status=200 if is_saved else 409)


@require_GET
def history(request, page_id, segment_id):
    """Show what a sentence has been, with buttons to have it back."""
    page, _is_translator = translation_for(request, page_id)
    line = selectors.some_lines_of(page, [segment_id]).by_segment.get(segment_id)
    if line is None:
        raise Http404
    versions = (
        DraftVersion.objects.filter(draft=line.draft).select_related("author", "approved_by").order_by("-pk")
        if line.draft is not None
        else []
    )
    context = {
        "line": line,
        "versions": versions[:VERSIONS_SHOWN],
        "target": page,
        "source_code": settings.LANGUAGE_CODE,
        "target_code": page.locale.language_code,
    }
    return render(request, "translation/workbench/history.html", context)


@require_GET
@xframe_options_sameorigin
def preview(request, page_id):
    """Show what readers would see of the translation with all drafts in it."""
    page, _is_translator = translation_for(request, page_id)
    target = preview_page(source_page=selectors.source_of_translation(page), target=page.specific)
    return target.make_preview_request(request, target.default_preview_mode)
