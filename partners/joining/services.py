"""Taking applications, having their senders confirm them, deciding on them, and forgetting them."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import override

from content import audit, signed_links
from content.gate import take
from content.languages import language as language_row
from content.mail.services import queue_mail
from organisations.models import OrganisationPage
from partners import membership
from partners.forms import admin_languages
from partners.models import Team, TeamKind
from partners.services import ERASED, ensure_partner_group

from .models import Application, ApplicationKind, ApplicationState
from .selectors import DECIDED, coordinators_of

PURPOSE = "partners.joining"
APPROVED = "partners.joining.approved"
DECLINED = "partners.joining.declined"
#: People who do not read mail every day have a weekend more.
LINK_VALID_FOR = datetime.timedelta(days=9)
#: Nobody's mailbox is filled by strangers who type its address into our forms.
MAILS_PER_DAY = 3
#: So long questions may come after a decision; then nobody needs the person's data any more.
KEPT_AFTER_DECISION = datetime.timedelta(days=90)


class AlreadyDecided(Exception):
    """Somebody else was quicker; nothing was done."""


class RegionEnded(Exception):
    """The project of the region is over; nobody joins it any more."""


@transaction.atomic
def apply(*, kind, region, language, **facts):
    """Keep an application and ask its sender by mail to confirm the address; returns it.

    ``region``: in the source language. ``language``: the sender's, a code of the language table. ``facts``: values of
    ``Application`` by field. Returns None and does nothing when that address was written to ``MAILS_PER_DAY`` times
    today. Raises ``RegionEnded``.
    """
    if region.has_ended:
        raise RegionEnded
    facts["email"] = facts["email"].strip().lower()
    if not take(gate=f"{PURPOSE}.mail", sender=facts["email"], limit=MAILS_PER_DAY):
        return None
    application = Application(kind=kind, region=region, language=language, **facts)
    application.full_clean()
    application.save()
    token = signed_links.make_link(
        purpose=PURPOSE,
        subject=_subject(application),
        person=application.email,
        expires_in=LINK_VALID_FOR,
    )
    with override(language):
        address = reverse("partners_join_confirm", args=[token])
    queue_mail(
        key=f"partners.joining.confirm:{application.pk}",
        to=application.email,
        template="partners/mail/joining_confirm",
        language=language,
        context={
            "name": application.person,
            "organisation": application.name,
            "is_claim": application.is_claim,
            "link": f"{settings.BASE_URL}{address}",
            "days": LINK_VALID_FOR.days,
        },
    )
    return application


def application_of(link, *, lock=False):
    """Return the application that ``link`` confirms. Raises ``content.signed_links.LinkInvalid``.

    It is invalid when the application has gone, is decided on, or the region has ended.
    """
    rows = Application.objects.select_for_update() if lock else Application.objects
    found = rows.filter(pk=link.subject.removeprefix(f"{_LABEL}:"), email=link.person).first()
    if found is None or found.state != ApplicationState.UNCONFIRMED or found.region.has_ended:
        raise signed_links.LinkInvalid(link)
    return found


def confirm(*, link):
    """Pass the application behind ``link`` on to those who coordinate the region; returns it.

    Call it in the transaction in which the link is used. Raises ``content.signed_links.LinkInvalid``.
    """
    application = application_of(link, lock=True)
    application.state = ApplicationState.WAITING
    application.confirmed_at = timezone.now()
    application.save(update_fields=["state", "confirmed_at"])
    for user in coordinators_of(application.region):
        queue_mail(
            key=f"partners.joining.waiting:{application.pk}:{user.pk}",
            to=user.email,
            template="partners/mail/joining_waiting",
            language=membership.language_for(user),
            context={
                "organisation": application.name,
                "region": application.region.title,
                "person": application.person,
                "is_claim": application.is_claim,
                "link": f"{settings.BASE_URL}{reverse('partners_application', args=[application.pk])}",
            },
            contains_secret=False,
        )
    return application


@transaction.atomic
def approve(*, application, by):
    """Let the person in: make the organisation's page as a draft, if it is new, and invite them into its team.

    Returns the organisation's page. Raises ``AlreadyDecided`` and ``RegionEnded``, and ``LookupError`` when the
    profile that was claimed has gone.
    """
    application = _waiting(application)
    region = application.region
    if region.has_ended:
        raise RegionEnded
    if application.is_claim and application.organisation is None:
        raise LookupError("The profile that was claimed has gone.")
    organisation = application.organisation or _draft_of(application, by)
    ensure_partner_group(organisation=organisation)
    application.organisation = organisation
    _decide(application, state=ApplicationState.APPROVED, by=by)
    audit.record(action=APPROVED, actor=by, subject=organisation, detail=_detail(application))
    membership.invite(
        team=Team.objects.get(kind=TeamKind.PARTNER, subject=organisation.translation_key),
        email=application.email,
        first_name=application.first_name,
        last_name=application.last_name,
        language=_admin_language(application.language),
        by=by,
    )
    return organisation


def _draft_of(application, by):
    """Return a new page of the organisation below its region, which nobody sees before it is published."""
    page = OrganisationPage(
        title=application.name,
        teaser=application.teaser,
        types=application.types,
        fields_of_work=application.fields_of_work,
        languages_spoken=application.languages_spoken,
        places=[application.place] if application.place else [],
        locale=application.region.locale,
        live=False,
    )
    # Names without a letter or digit make no address.
    if not slugify(page.title, allow_unicode=True):
        page.slug = f"organisation-{application.pk}"
    application.region.add_child(instance=page)
    page.save_revision(user=by, log_action="wagtail.create")
    return page


def _admin_language(code):
    """Return the language of the admin for somebody who reads ``code``: that one, the one it is based on, or ours."""
    spoken = dict(admin_languages())
    return next(
        (one for one in (code, language_row(code).base) if one in spoken),
        settings.LANGUAGE_CODE,
    )


@transaction.atomic
def decline(*, application, reason, by):
    """Say no, and write the reason to the person. Raises ``AlreadyDecided``."""
    application = _waiting(application)
    application.reason = reason
    _decide(application, state=ApplicationState.DECLINED, by=by)
    audit.record(action=DECLINED, actor=by, subject=application, detail=_detail(application))
    queue_mail(
        key=f"partners.joining.declined:{application.pk}",
        to=application.email,
        template="partners/mail/joining_declined",
        language=application.language,
        context={
            "name": application.person,
            "organisation": application.name,
            "region": application.region.title,
            "reason": reason,
            "lines": reason.splitlines(),
        },
        contains_secret=False,
    )
    return application


@transaction.atomic
def forget():
    """Delete applications that nobody confirmed in time, and those decided on ``KEPT_AFTER_DECISION`` ago."""
    now = timezone.now()
    old = Application.objects.filter(
        Q(state=ApplicationState.UNCONFIRMED, created_at__lt=now - LINK_VALID_FOR)
        | Q(state__in=DECIDED, decided_at__lt=now - KEPT_AFTER_DECISION)
    )
    audit.record_erased(action=ERASED, applications=audit.delete_rows(old))


_LABEL = "application"


def _subject(application):
    return f"{_LABEL}:{application.pk}"


def _waiting(application):
    # Two coordinators must not both make a page of it.
    found = Application.objects.select_for_update().get(pk=application.pk)
    if found.state != ApplicationState.WAITING:
        raise AlreadyDecided
    return found


def _decide(application, *, state, by):
    application.state, application.decided_by, application.decided_at = state, by, timezone.now()
    application.save(update_fields=["state", "decided_by", "decided_at", "organisation", "reason"])


def _detail(application):
    return {
        "team": application.name.replace("@", " at "),
        "kind": str(ApplicationKind(application.kind)),
    }
