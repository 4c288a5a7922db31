"""The letters about freshness: to whom they go, and the links in them."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from content import signed_links
from content.mail.services import queue_mail
from partners.membership import account_of, language_for
from partners.models import Team, TeamKind
from partners.selectors import name_of, people_to_write_to

from .selectors import binding_of, organisation_of

ANSWER, ANSWER_ALL, UNDO = "partners.freshness_answer", "partners.freshness_all", "partners.freshness_undo"
ANSWER_DAYS, UNDO_DAYS = 60, 14


@dataclass(frozen=True)
class Receiver:
    """Somebody who gets a letter. ``key`` names them without name and address."""

    key: str
    email: str
    name: str
    language: str

    @property
    def address(self):
        """Return what tells two receivers apart."""
        return self.email.lower()

    def is_among(self, receivers):
        """Return whether one of ``receivers`` has the same address."""
        return any(receiver.address == self.address for receiver in receivers)


def contact_receiver(contact):
    """Return the ``Receiver`` of a contact, in the language of their account where they have one."""
    user = account_of(contact.email)
    language = language_for(user) if user is not None else settings.LANGUAGE_CODE
    return Receiver(f"contact-{contact.pk}", contact.email, contact.name, language)


def team_receivers(page):
    """Return the ``Receiver`` objects of the people of an organisation or a region."""
    return _of_teams(Team.objects.filter(subject=str(page.translation_key))) if page is not None else []


def coordinators(region):
    """Return the ``Receiver`` objects of a region's coordinators; of the network office where there is none."""
    found = team_receivers(region)
    return found or _of_teams(Team.objects.filter(kind=TeamKind.NETWORK))


def _of_teams(teams):
    people = {}
    for user in people_to_write_to(teams):
        people.setdefault(user.email.lower(), user)
    return [
        Receiver(f"user-{user.pk}", user.email, name_of(user), language_for(user)) for user in people.values()
    ]


def _address(receiver, name, token):
    with override(receiver.language):
        return f"{settings.BASE_URL}{reverse(name, args=[token])}"


def ask(*, receiver, organisation, found, today, doubted=None):
    """Ask ``receiver`` about the ``Due`` in ``found`` with three links each, and one for all of them.

    ``doubted``: the one page that readers reported.
    """
    about = f"doubted-{doubted.pk}" if doubted is not None else organisation.translation_key
    queue_mail(
        key=f"freshness:{about}:{receiver.key}:{today}",
        to=receiver.email,
        template="partners/mail/freshness",
        language=receiver.language,
        context={
            "name": receiver.name,
            "organisation": organisation,
            "is_doubted": doubted is not None,
            "entries": [{"due": due, "link": _answer_link(receiver, due.page)} for due in found],
            "all_link": _all_link(receiver, organisation, found) if len(found) > 1 else "",
            "days": ANSWER_DAYS,
        },
    )


def _answer_link(receiver, page):
    token = signed_links.make_link(
        purpose=ANSWER,
        subject=f"page:{page.pk}",
        person=receiver.email,
        expires_in=datetime.timedelta(days=ANSWER_DAYS),
        binding=binding_of(page),
    )
    return _address(receiver, "partners_freshness_answer", token)


def _all_link(receiver, organisation, found):
    token = signed_links.make_link(
        purpose=ANSWER_ALL,
        subject=f"organisation:{organisation.pk}",
        person=receiver.email,
        expires_in=datetime.timedelta(days=ANSWER_DAYS),
        binding=binding_of_all([due.page for due in found]),
    )
    return _address(receiver, "partners_freshness_all", token)


def binding_of_all(pages):
    """Return the hash of what readers see of several pages."""
    return signed_links.binding_of(sorted((page.pk, binding_of(page)) for page in pages))


def ask_coordinator(*, receiver, region, found, today, doubted=None):
    """Tell a coordinator what nobody answered about."""
    about = f"doubted-{doubted.pk}" if doubted is not None else region.translation_key
    queue_mail(
        key=f"freshness.coordination:{about}:{receiver.key}:{today}",
        to=receiver.email,
        template="partners/mail/freshness_coordination",
        language=receiver.language,
        context={
            "name": receiver.name,
            "region": region,
            "entries": found,
            "is_doubted": doubted is not None,
            "link": f"{settings.BASE_URL}{reverse('partners_freshness')}",
        },
        contains_secret=False,
    )


def tell_withdrawn(*, withdrawal, page):
    """Tell the team and the coordinators that a page was taken down, with a link that brings it back."""
    for receiver in _everybody_of(page):
        token = signed_links.make_link(
            purpose=UNDO,
            subject=f"withdrawal:{withdrawal.pk}",
            person=receiver.email,
            expires_in=datetime.timedelta(days=UNDO_DAYS),
        )
        queue_mail(
            key=f"freshness.withdrawn:{withdrawal.pk}:{receiver.key}",
            to=receiver.email,
            template="partners/mail/freshness_withdrawn",
            language=receiver.language,
            context={
                "name": receiver.name,
                "page": page,
                "organisation": organisation_of(page),
                "link": _address(receiver, "partners_freshness_undo", token),
                "days": UNDO_DAYS,
            },
        )


def tell_gone(*, page, today):
    """Tell the coordinators that an organisation is said to exist no longer."""
    for receiver in coordinators(getattr(page, "region_page", None)):
        queue_mail(
            key=f"freshness.gone:{page.translation_key}:{receiver.key}:{today}",
            to=receiver.email,
            template="partners/mail/freshness_gone",
            language=receiver.language,
            context={"name": receiver.name, "page": page},
            contains_secret=False,
        )


def tell_change(*, page, text, key):
    """Send what is to be changed on a page to the organisation's team, or to the coordinators."""
    receivers = team_receivers(organisation_of(page)) or coordinators(page.region_page)
    for receiver in receivers:
        queue_mail(
            key=f"{key}:{receiver.key}",
            to=receiver.email,
            template="partners/mail/freshness_change",
            language=receiver.language,
            context={
                "name": receiver.name,
                "page": page,
                "text": text,
                "link": f"{settings.BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}",
            },
        )


def _everybody_of(page):
    found = {}
    for receiver in [*team_receivers(organisation_of(page)), *coordinators(page.region_page)]:
        found.setdefault(receiver.address, receiver)
    return found.values()
