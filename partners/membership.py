"""Who is in a team: inviting by mail, accepting, sending again, removing. Every change is in the audit log."""

import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.users.models import UserProfile

from content import audit, signed_links
from content.languages import language_for
from content.mail.services import queue_mail

from .models import Invitation, Team, TeamKind
from .services import set_trust, switch_off_if_unattached

PURPOSE = "partners.invitation"
#: Volunteers read their mail now and then; a link that works for ever is in nobody's interest.
LINK_VALID_FOR = datetime.timedelta(days=14)

INVITED = "partners.invited"
ADDED = "partners.added"
REMOVED = "partners.removed"
ACCEPTED = "partners.accepted"
TRUSTED = "partners.trusted"
NOT_TRUSTED = "partners.not_trusted"


class CannotRemove(Exception):
    """Somebody tried to remove themselves; another person has to do that."""


def account_of(email):
    """Return the account with that address, active ones first, or None. Case makes no difference."""
    return (
        get_user_model()
        .objects.filter(Q(email__iexact=email) | Q(username__iexact=email))
        .order_by("-is_active", "pk")
        .first()
    )


@transaction.atomic
def invite(*, team, email, first_name, last_name, language, by):
    """Put the person with that address into ``team`` and write to them; returns the account.

    Who has an account keeps name, language and password, and is told of the new team. Who has none gets one that is
    switched off until a password is set by the link in the mail. An account that the administrators switched off
    stays so: it is in the team, and no mail is sent. Whoever invites sees the same in all cases. ``language``: one that
    the admin is available in.
    """
    team = Team.objects.select_for_update().select_related("group").get(pk=team.pk)
    email = email.strip().lower()
    user = account_of(email)
    if user is None:
        user, is_new = get_user_model().objects.get_or_create(
            username=email,
            defaults={
                "email": email,
                "first_name": first_name,
                "last_name": last_name,
                "is_active": False,
                "password": make_password(None),
            },
        )
        if is_new:
            UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    waits_for_password = _may_be_activated(user)
    was_member = user.groups.filter(pk=team.group_id).exists()
    user.groups.add(team.group)
    if waits_for_password:
        _send_link(team=team, user=user)
    elif user.is_active and not was_member:
        _tell_of_team(team=team, user=user)
    if waits_for_password or not was_member:
        audit.record(
            action=INVITED if waits_for_password else ADDED,
            actor=by,
            subject=user,
            detail=_detail(team),
        )
    return user


@transaction.atomic
def send_again(*, team, user, by):
    """Send the link once more; the one before stops working. Returns whether there was anybody to send it to."""
    team = Team.objects.select_for_update().select_related("group").get(pk=team.pk)
    if not user.groups.filter(pk=team.group_id).exists() or not _is_invited(user):
        return False
    _send_link(team=team, user=user)
    audit.record(action=INVITED, actor=by, subject=user, detail=_detail(team))
    return True


@transaction.atomic
def remove(*, team, user, by):
    """Take somebody out of ``team``. Returns whether the account was switched off, because it belonged nowhere else.

    Raises ``CannotRemove`` when somebody would remove themselves.
    """
    if user.pk == by.pk:
        raise CannotRemove
    # Two who remove a person from two teams at once must not both find the other one still there.
    user = get_user_model().objects.select_for_update().get(pk=user.pk)
    if not user.groups.filter(pk=team.group_id).exists():
        return False
    user.groups.remove(team.group_id)
    Invitation.objects.filter(team=team, user=user).delete()
    audit.record(action=REMOVED, actor=by, subject=user, detail=_detail(team))
    if not user.groups.exists():
        signed_links.withdraw(subject=_subject(user), purpose=PURPOSE)
    return switch_off_if_unattached(user=user, by=by)


def accept(*, link, password):
    """Set the password of the account that ``link`` was made for and switch it on; returns the account.

    Call it in the transaction in which the link is used. Raises ``content.signed_links.LinkInvalid`` when the
    account has gone, has got another address since, or waits for nothing.
    """
    user = invited_by(link, lock=True)
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    Invitation.objects.filter(user=user, accepted_at=None).update(accepted_at=timezone.now())
    signed_links.withdraw(subject=_subject(user), purpose=PURPOSE)
    audit.record(action=ACCEPTED, actor=user, subject=user)
    return user


def invited_by(link, *, lock=False):
    """Return the account that ``link`` may give a password. Raises ``content.signed_links.LinkInvalid``."""
    users = get_user_model().objects.all()
    user = (
        (users.select_for_update() if lock else users)
        .filter(pk=link.subject.removeprefix(f"{_LABEL}:"), email=link.person)
        .first()
    )
    if user is None or not _is_invited(user):
        raise signed_links.LinkInvalid(link)
    return user


def trust(*, team, publishes_at_once, by):
    """Let an organisation publish at once or not, as ``set_trust`` does, and write down who decided so."""
    with transaction.atomic():
        if set_trust(team=team, publishes_at_once=publishes_at_once):
            audit.record(
                action=TRUSTED if publishes_at_once else NOT_TRUSTED,
                actor=by,
                subject=team.group,
                detail=_detail(team),
            )


# --- Letters ----------------------------------------------------------------------------------------------

_LABEL = "user"


def _subject(user):
    return f"{_LABEL}:{user.pk}"


def _detail(team):
    return {"team": team.title.replace("@", " at "), "kind": str(team.kind)}


def _is_invited(user):
    """Return whether an account waits for its first password."""
    return (
        not user.is_active
        and not user.is_superuser
        and user.team_invitations.filter(accepted_at=None).exists()
    )


def _may_be_activated(user):
    """Return whether a link may switch the account on: it was invited, or belongs to no team any more.

    Accounts that are off and still in a group were switched off by the administrators, who had a reason.
    """
    return _is_invited(user) or (
        not user.is_active and not user.is_superuser and not user.is_staff and not user.groups.exists()
    )


def _send_link(*, team, user):
    invitation, is_new = Invitation.objects.get_or_create(team=team, user=user)
    if not is_new:
        Invitation.objects.filter(pk=invitation.pk).update(
            sent_at=timezone.now(), times_sent=F("times_sent") + 1, accepted_at=None
        )
        invitation.refresh_from_db()
    signed_links.withdraw(subject=_subject(user), purpose=PURPOSE)
    token = signed_links.make_link(
        purpose=PURPOSE, subject=_subject(user), person=user.email, expires_in=LINK_VALID_FOR
    )
    language = language_for(user)
    with override(language):
        address = reverse("partners_invitation", args=[token])
    queue_mail(
        key=f"partners.invitation:{invitation.pk}:{invitation.times_sent}",
        to=user.email,
        template="partners/mail/invitation",
        language=language,
        context={
            **_words(team, user),
            "link": f"{settings.BASE_URL}{address}",
            "days": LINK_VALID_FOR.days,
        },
    )


def _tell_of_team(*, team, user):
    invitation, is_new = Invitation.objects.get_or_create(
        team=team, user=user, defaults={"accepted_at": timezone.now()}
    )
    if not is_new:
        Invitation.objects.filter(pk=invitation.pk).update(
            sent_at=timezone.now(), times_sent=F("times_sent") + 1
        )
        invitation.refresh_from_db()
    queue_mail(
        key=f"partners.added:{invitation.pk}:{invitation.times_sent}",
        to=user.email,
        template="partners/mail/added",
        language=language_for(user),
        context={
            **_words(team, user),
            "link": f"{settings.BASE_URL}{reverse('wagtailadmin_login')}",
            "forgotten": f"{settings.BASE_URL}{reverse('wagtailadmin_password_reset')}",
        },
        contains_secret=False,
    )


def _words(team, user):
    return {
        "name": user.get_full_name(),
        "username": user.get_username(),
        "team": team.title,
        "is_partner": team.kind == TeamKind.PARTNER,
        "is_coordinator": team.kind == TeamKind.COORDINATOR,
        "is_translator": team.kind == TeamKind.TRANSLATOR,
    }
