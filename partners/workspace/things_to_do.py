"""What the workspace itself knows of that somebody has to do. Asks no database: everything is in the entries."""

import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.languages import language
from content.presentation import listed

from .registry import EntryAction, Task, Urgency
from .selectors import EntryState

#: Days before the last day for replies on which people are told.
DEADLINE_DAYS = 7
#: Days after which a draft counts as forgotten.
DRAFT_DAYS = 14


def tasks(audience, entries, today):
    """Return what follows from ``entries``; of things that are many, one task for all."""
    if not audience.organisations:
        return []
    return [
        *_returned(entries),
        *_deadlines(entries, today),
        *_pictures(audience, entries),
        *_translations(entries),
        *_drafts(entries, today),
    ]


def edit_url(page):
    """Return where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _returned(entries):
    for entry in entries:
        if entry.state is EntryState.RETURNED:
            yield Task(
                key=f"returned-{entry.page.pk}",
                urgency=Urgency.RETURNED,
                label=_("“%(title)s” was sent back to you") % {"title": entry.title},
                url=edit_url(entry.page),
                icon_name="message",
                note=entry.note,
            )


def _deadlines(entries, today):
    for entry in entries:
        last_day = entry.kind.deadline(entry.page) if entry.kind.deadline else None
        if entry.state not in (EntryState.PUBLIC, EntryState.CHANGED) or last_day is None:
            continue
        if today <= last_day <= today + datetime.timedelta(days=DEADLINE_DAYS):
            yield Task(
                key=f"deadline-{entry.page.pk}",
                urgency=Urgency.DEADLINE,
                label=_("“%(title)s”: replies until %(day)s")
                % {"title": entry.title, "day": date_format(last_day, "SHORT_DATE_FORMAT")},
                url=edit_url(entry.page),
                icon_name="bell",
                due=last_day,
                note=_("See who replied, and whether the facts are still right."),
            )


def _pictures(audience, entries):
    seen = set()
    for entry in entries:
        picture = entry.page.image
        if (
            picture is None
            or picture.pk in seen
            or picture.description.strip()
            or picture.collection_id not in audience.collection_ids
        ):
            continue
        seen.add(picture.pk)
        yield Task(
            key=f"picture-{picture.pk}",
            urgency=Urgency.PICTURE,
            label=_("Say what the picture of “%(title)s” shows") % {"title": entry.title},
            url=reverse("wagtailimages:edit", args=[picture.pk]),
            icon_name="image",
            note=_("Blind people hear one sentence in its place."),
        )


def _translations(entries):
    outdated = [entry for entry in entries if entry.outdated and entry.page.live]
    if not outdated:
        return
    codes = {code for entry in outdated for code in entry.outdated}
    names = listed(sorted(language(code).endonym for code in codes))
    yield Task(
        key="translation",
        urgency=Urgency.TRANSLATION,
        label=_("Translations of “%(title)s” are older than your text") % {"title": outdated[0].title}
        if len(outdated) == 1
        else ngettext(
            "Translations of %(count)s entry are older than your text",
            "Translations of %(count)s entries are older than your text",
            len(outdated),
        )
        % {"count": len(outdated)},
        url="?show=outdated#entries",
        icon_name="language",
        note=_("%(languages)s. Translators know; if it is urgent, ring your coordinator.")
        % {"languages": names},
    )


def _drafts(entries, today):
    for entry in entries:
        saved = entry.page.latest_revision_created_at
        if entry.state is not EntryState.DRAFT or saved is None:
            continue
        if saved.date() <= today - datetime.timedelta(days=DRAFT_DAYS):
            yield Task(
                key=f"draft-{entry.page.pk}",
                urgency=Urgency.DRAFT,
                label=_("Finish “%(title)s”") % {"title": entry.title},
                url=edit_url(entry.page),
                icon_name="pencil",
                note=_("A draft since %(day)s. Nobody sees it yet.")
                % {"day": date_format(saved, "SHORT_DATE_FORMAT")},
            )


def entry_actions(audience, entry):
    """Return what can be done with an entry."""
    page = entry.page
    actions = []
    if entry.due:
        actions.append(
            EntryAction(
                _("Still right"),
                reverse("partners_freshness_confirm", args=[page.pk]),
                icon_name="check",
                order=5,
                is_post=True,
            )
        )
    actions.append(EntryAction(_("Edit"), edit_url(page), icon_name="pencil", order=10, is_main=True))
    if not entry.is_profile:
        actions.append(
            EntryAction(_("Copy"), reverse("partners_copy", args=[page.pk]), icon_name="copy", order=20)
        )
    if page.live:
        actions.append(
            EntryAction(
                _("As readers see it"), page.get_url() or "", icon_name="eye", order=30, changes_nothing=True
            )
        )
    elif entry.state is not EntryState.OVER:
        actions.append(
            EntryAction(
                _("Preview"),
                reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
                icon_name="eye",
                order=30,
            )
        )
    return [action for action in actions if action.url]
