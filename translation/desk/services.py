"""Everything that desk and matrix change: who takes care of a page, what nobody has to do, and nightly counts."""

import datetime
from collections import Counter, defaultdict

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from wagtail.models import Page

from content import audit
from content.languages import language_for
from content.mail.services import queue_mail
from translation.models import PageTranslationState, State, Work
from translation.states import ensure_states

from .models import Claim, Coverage
from .sources import read_sources

WANTED = "translation.wanted"


def _state_of(page, locale):
    """Return the row of ``page`` in ``locale``, locked; made when it is missing."""
    ensure_states(page=page, locales=[locale])
    rows = PageTranslationState.objects.select_for_update()
    return rows.get(translation_key=page.translation_key, locale=locale)


@transaction.atomic
def claim(*, target, user):
    """Let ``user`` take care of the translation ``target``, also where somebody else did. Returns the ``Claim``."""
    state = _state_of(target, target.locale)
    known = Claim.objects.filter(state=state).first()
    if known is not None and known.translator_id == user.pk:
        return known
    if known is not None:
        known.delete()
    return Claim.objects.create(state=state, translator=user)


def hand_back(*, target, user):
    """End the claim of ``user`` on ``target``; what is written stays. Returns whether there was one."""
    return bool(_claims_of(target, user).delete()[0])


def set_due(*, target, user, due_on):
    """Say by which day ``user`` wants to be done; None takes the day away. Returns whether ``target`` is theirs."""
    return bool(_claims_of(target, user).update(due_on=due_on))


def _claims_of(target, user):
    return Claim.objects.filter(
        state__translation_key=target.translation_key, state__locale_id=target.locale_id, translator=user
    )


def end_claim(*, state):
    """What was claimed is published; nobody has to take care of it any more."""
    Claim.objects.filter(state=state).delete()


@transaction.atomic
def set_wanted(*, source_page, locales, by):
    """Say into which languages ``source_page`` is to be translated; ``locales``: ``{locale: whether}``.

    Claims on what is not wanted end. Returns how many languages changed; each is recorded.
    """
    changed = 0
    for locale, is_wanted in locales.items():
        state = _state_of(source_page, locale)
        if state.is_wanted == is_wanted:
            continue
        PageTranslationState.objects.filter(pk=state.pk).update(is_wanted=is_wanted)
        if not is_wanted:
            end_claim(state=state)
        audit.record(
            action=WANTED,
            actor=by,
            subject=source_page,
            detail={"language": locale.language_code, "wanted": is_wanted},
        )
        changed += 1
    return changed


@transaction.atomic
def count_coverage(*, day=None):
    """Write down how much of each region can be read in each language; safe twice, the last of a day counts.

    ``day``: today. Returns how many rows were written. Seven queries at most, however many pages.
    """
    day = day or timezone.localdate()
    column = {State.FRESH: "fresh", State.OUTDATED: "outdated", State.IN_WORK: "outdated"}
    sources, _targets = read_sources(user=AnonymousUser())
    scope_of = {source.key: source.region.key for source in sources if source.region}
    present = set(Page.objects.filter(depth__gt=1).values_list("translation_key", "locale_id"))
    counts = defaultdict(Counter)
    states = PageTranslationState.objects.filter(is_wanted=True)
    for key, locale_id, state in states.values_list("translation_key", "locale_id", "state").iterator():
        if key in scope_of and (key, locale_id) in present:
            counts[(scope_of[key], locale_id)][column.get(state, "missing")] += 1
    rows = [
        Coverage(scope=scope, locale_id=locale_id, day=day, **found)
        for (scope, locale_id), found in counts.items()
    ]
    Coverage.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["scope", "locale", "day"],
        update_fields=["fresh", "outdated", "missing"],
    )
    return len(rows)


@transaction.atomic
def remind_of_due(*, today=None):
    """Mail every translator the pages that they wanted to have done by tomorrow; once for each day and person.

    Returns how many people were written to. Nobody is reminded of what is handed in.
    """
    day = (today or timezone.localdate()) + datetime.timedelta(days=1)
    rows = (
        Claim.objects.filter(due_on=day, translator__is_active=True)
        .exclude(translator__email="")
        .exclude(state__work=Work.REVIEW)
        .select_related("state", "translator__wagtail_userprofile")
        .order_by("pk")
    )
    by_translator = {}
    for row in rows:
        by_translator.setdefault(row.translator, []).append(row.state)
    for translator, states in by_translator.items():
        language = language_for(translator)
        with override(language):
            queue_mail(
                key=f"translation.due:{translator.pk}:{day.isoformat()}",
                to=translator.email,
                template="translation/mail/due",
                language=language,
                context={
                    "day": date_format(day, "SHORT_DATE_FORMAT"),
                    "pages": _titles_and_links(states),
                    "desk": settings.BASE_URL + reverse("translation_desk"),
                },
                contains_secret=False,
            )
    return len(by_translator)


def _titles_and_links(states):
    """Return ``[(title of the source, address of the workbench)]``. Two queries."""
    keys = [state.translation_key for state in states]
    rows = Page.objects.filter(translation_key__in=keys).values_list("translation_key", "locale_id", "pk")
    targets = {(key, locale_id): pk for key, locale_id, pk in rows}
    titles = dict(
        Page.objects.filter(
            translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE, alias_of__isnull=True
        ).values_list("translation_key", "title")
    )
    return [
        (
            titles[state.translation_key],
            settings.BASE_URL
            + reverse("translation_workbench", args=[targets[(state.translation_key, state.locale_id)]]),
        )
        for state in states
        if state.translation_key in titles and (state.translation_key, state.locale_id) in targets
    ]
