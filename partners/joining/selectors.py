"""Reads around applications: who decides on them, what is similar, and which profiles nobody looks after."""

from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale

from content.languages import language
from content.visibility import visible_pages
from organisations.models import OrganisationPage, RegionPage
from partners.models import Team, TeamKind
from partners.public_forms import phone_for_people
from partners.selectors import managed_teams, people_to_write_to
from partners.services import source_pages

from .models import Application, ApplicationState
from .similarity import are_similar

#: How many similar names are shown.
MOST_SIMILAR = 3
DECIDED = (ApplicationState.APPROVED, ApplicationState.DECLINED)


def managed_regions(user):
    """Return the regions, in the source language, that ``user`` coordinates, as a queryset."""
    subjects = managed_teams(user).filter(kind=TeamKind.COORDINATOR).values_list("subject", flat=True)
    return source_pages(RegionPage).filter(translation_key__in=map(UUID, subjects))


def applications_for(user):
    """Return the confirmed applications to the regions that ``user`` coordinates, as a queryset."""
    return (
        Application.objects.filter(region__in=managed_regions(user).values("pk"))
        .exclude(state=ApplicationState.UNCONFIRMED)
        .select_related("region", "organisation", "decided_by")
    )


def waiting_for(user):
    """Return the applications that ``user`` can decide on, the oldest first."""
    return applications_for(user).filter(state=ApplicationState.WAITING)


def coordinators_of(region):
    """Return the active accounts with an address that coordinate ``region``; without any, the network office's."""
    own = Team.objects.filter(kind=TeamKind.COORDINATOR, subject=region.translation_key)
    network = Team.objects.filter(kind=TeamKind.NETWORK)
    return list(people_to_write_to(own) or people_to_write_to(network))


def is_looked_after(organisation):
    """Return whether somebody is in the team of ``organisation``, in any language of it. One query."""
    return Team.objects.filter(
        kind=TeamKind.PARTNER, subject=organisation.translation_key, group__user__isnull=False
    ).exists()


def is_claimable(page):
    """Return whether readers can say "That is us" of ``page``: its region runs, and nobody is in its team."""
    scope = page.lineage.scope
    return (
        isinstance(page, OrganisationPage)
        and scope is not None
        and not scope.has_ended
        and not is_looked_after(page)
    )


def similar_in_public(*, name, region_slug):
    """Return at most three public profiles in that region whose names are like ``name``, in the active language."""
    locale = Locale.objects.get_for_language(get_language())
    pages = visible_pages(locale, model=OrganisationPage).filter(region_page__slug=region_slug)
    return _similar(name, pages)


def similar_in_admin(application):
    """Return the profiles, drafts among them, in the application's region that may be the same, at most three."""
    pages = source_pages(OrganisationPage).descendant_of(application.region)
    if application.organisation_id:
        pages = pages.exclude(pk=application.organisation_id)
    return _similar(application.name, pages)


def _similar(name, pages):
    found = [
        pk
        for pk, title, short_name in pages.order_by("pk").values_list("pk", "title", "short_name")
        if are_similar(name, title) or (short_name and are_similar(name, short_name))
    ]
    return list(OrganisationPage.objects.filter(pk__in=found[:MOST_SIMILAR]).order_by("title"))


def facts_of(application):
    """Return ``[(label, text)]`` of what an application says, in the active language; nothing that is empty."""
    rows = [(_("Region"), application.region.title)]
    for name in ("name", "types", "teaser", "fields_of_work", "languages_spoken", "place", "words"):
        field, value = Application._meta.get_field(name), getattr(application, name)
        text = ", ".join(field.labels(value)) if isinstance(value, list) else value
        rows.append((_("Part in the organisation") if name == "words" else field.verbose_name, text))
    rows += [
        (_("Person"), application.person),
        (_("E-mail"), application.email),
        (_("Phone"), phone_for_people(application.phone)),
        (_("Language"), language(application.language).endonym),
    ]
    return [(label, text) for label, text in rows if text]
