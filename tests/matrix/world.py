"""Two worlds side by side: what somebody works on, and what must stay hidden from them.

Everything that is hidden carries the word ``CANARY``, each thing with its own ending, so that a body that shows it
says what it shows. What readers can see anyway carries it nowhere.
"""

import re
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    GroupApprovalTask,
    GroupPagePermission,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail_localize.models import StringTranslation, Translation

from content.models import Picture
from events.models import EventPage
from offers.models import OfferPage
from organisations.models import Contact, OrganisationPage, RegionPage
from partners import services as partners
from partners.circle.models import Circle, CircleMember, Step, StepAnswer
from partners.models import Application, Idea, Report, Team
from tests.factories.pages import (
    EventPageFactory,
    OfferPageFactory,
    OrganisationPageFactory,
    PlainPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)
from translation import services as translation
from translation.glossary.services import save_term
from translation.memory.services import unit_of
from translation.models import Draft, MemoryUnit, Term

CANARY = "zzkanarie"


def canary(ending):
    """Return the canary of one hidden thing."""
    return f"{CANARY}-{ending}"


def build():
    """Make both worlds and return them as a namespace: pages, ``own`` and ``foreign`` things, ``people``."""
    world = SimpleNamespace()
    world.home = publish(start_site())
    world.plain = publish(PlainPageFactory(parent=world.home, title="Impressum", slug="impressum"))
    world.region = publish(RegionPageFactory(parent=world.home, title="Kempten", slug="kempten"))
    world.other_region = publish(RegionPageFactory(parent=world.home, title="Landkreis Roth", slug="roth"))
    world.locales = list(Locale.objects.all())
    world.own = _things_of(world.region, title="Haus International", slug="haus", word="eigenes")
    world.foreign = _things_of(world.other_region, title="SV Illertal", slug="sv-illertal", word=CANARY)
    _draft_over(world.other_region, canary("regionsentwurf"))
    _draft_over(world.foreign.private_offer, canary("internentwurf"))
    world.people = _people(world)
    return world


def _draft_over(page, title):
    """Leave a changed title as a draft on the published ``page``."""
    page = page.specific_class.objects.get(pk=page.pk)
    page.title = title
    return page.save_revision()


def _things_of(region, *, title, slug, word):
    """Make an organisation with everything that can be hidden, all named after ``word``."""
    things = SimpleNamespace(region=region)
    things.organisation = publish(OrganisationPageFactory(parent=region, title=title, slug=slug))
    things.hidden_organisation = OrganisationPageFactory(
        parent=region, title=f"{word}-verein", slug=f"{word}-verein", live=False
    )
    things.group = partners.ensure_partner_group(organisation=things.organisation)
    things.hidden_group = partners.ensure_partner_group(organisation=things.hidden_organisation)
    things.coordinators = partners.ensure_coordinator_group(region=region)
    things.user = get_user_model().objects.create_user(
        f"{word}-person",
        email=f"{word}-post@example.org",
        first_name=f"{word}-vorname",
        last_name=f"{word}-nachname",
    )
    things.user.groups.add(things.group, things.hidden_group)
    things.team = Team.objects.get(group=things.group)
    partners.set_trust(team=things.team, publishes_at_once=True)
    things.collection = things.team.collection
    things.hidden_collection = Team.objects.get(group=things.hidden_group).collection
    things.picture = Picture.objects.create(
        title=f"{word}-bild",
        file=get_test_image_file(filename=f"{word}-bild.png"),
        collection=things.collection,
        photographer=f"{word}-fotografin",
        people_shown="nobody",
        uploaded_by_user=things.user,
    )
    things.picture.tags.add(f"{word}-stichwort")
    things.document = get_document_model().objects.create(
        title=f"{word}-dokument",
        file=ContentFile(b"x", name=f"{word}-dokument.pdf"),
        collection=things.collection,
        uploaded_by_user=things.user,
    )
    things.document.tags.add(f"{word}-stichwort")
    things.contact = Contact.objects.create(
        organisation_key=things.organisation.translation_key,
        name=f"{word}-kontakt",
        email=f"{word}-kontakt@example.org",
        photo=things.picture,
    )
    things.application = Application.objects.create(
        kind="claim",
        state="waiting",
        region=region,
        organisation=things.organisation,
        name=f"{word}-beitritt",
        words=f"{word}-vorstand",
        first_name=f"{word}-elif",
        email=f"{word}-beitritt@example.org",
        language="de",
        confirmed_at=timezone.now(),
    )
    things.idea = Idea.objects.create(
        region=region, title=f"{word}-idee", text=f"{word}-wunsch", language="de", read_in="de"
    )
    _circle(things, word)
    link = f'<p><a linktype="document" id="{things.document.pk}">Anmeldung</a> '
    link += '<a href="https://example.org/">mehr</a></p>'
    things.offer = publish(
        OfferPageFactory(
            parent=things.organisation,
            title="Hilfe beim Lernen",
            slug=f"lernen-{slug}",
            text=link,
            image=things.picture,
        ),
        user=things.user,
    )
    things.event = publish(EventPageFactory(parent=things.organisation, title="Fest", slug=f"fest-{slug}"))
    things.hidden_offer = OfferPageFactory(
        parent=things.organisation,
        title=f"{word}-entwurf",
        slug=f"{word}-entwurf",
        live=False,
        owner=things.user,
        contact=things.contact,
    )
    things.hidden_offer.save_revision(user=things.user)
    things.private_offer = publish(
        OfferPageFactory(parent=things.organisation, title=f"{word}-intern", slug=f"{word}-intern")
    )
    PageViewRestriction.objects.create(
        page=things.private_offer, restriction_type=PageViewRestriction.PASSWORD, password=f"{word}-passwort"
    )
    things.revision = _draft_over(things.offer, f"{word}-titelentwurf")
    _draft_over(things.organisation, f"{word}-vereinsentwurf")
    things.report = Report.objects.create(
        page_id=things.offer.pk,
        language="tr",
        reason="other",
        text=f"{word}-meldung",
        address=f"{word}-leser@example.org",
    )
    _words(things, word)
    _workflow(things, word)
    _remarks(things, word)
    _translations(things, word)
    return things


def _circle(things, word):
    """Who is in the circle; its steps and the organisations in it are public, so they carry no canary."""
    circle = Circle.objects.create(region=things.region)
    things.member = CircleMember.objects.create(
        circle=circle,
        name=f"{word}-mitglied",
        organisation="Stadt",
        sector="municipal",
        field="integration",
        email=f"{word}-mitglied@example.org",
        language="de",
    )
    day = timezone.localdate()
    things.planned_step = Step.objects.create(circle=circle, title="Auswertung", day=day)
    things.asked_step = Step.objects.create(
        circle=circle,
        title="Sommerfest",
        day=day,
        state="proposed",
        needed=2,
        answers_until=day,
        proposed_at=timezone.now(),
    )
    things.answer = StepAnswer.objects.create(
        step=things.asked_step, member=things.member, choice="object", comment=f"{word}-einwand"
    )


def _words(things, word):
    """A term and a remembered translation per language."""
    things.terms, things.units = {}, {}
    for locale in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE):
        code = locale.language_code
        text = f"{word}-begriff-{code}"
        things.terms[code] = save_term(locale=locale, source=text, target=code, rule="required")
        things.units[code] = unit_of(locale=locale, source=text, target=code)
        things.units[code].save()


def _workflow(things, word):
    task = GroupApprovalTask.objects.create(name=f"{word}-aufgabe")
    task.groups.add(things.hidden_group)
    workflow = Workflow.objects.create(name=f"{word}-ablauf")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=things.organisation)
    things.workflow, things.task = workflow, task
    hidden = things.hidden_offer.specific_class.objects.get(pk=things.hidden_offer.pk)
    things.workflow_state = workflow.start(hidden, things.user)
    things.task_state = things.workflow_state.current_task_state
    things.task_state.comment = f"{word}-anmerkung"
    things.task_state.save()


def _remarks(things, word):
    Comment.objects.create(
        page=things.offer,
        user=things.user,
        text=f"{word}-kommentar",
        contentpath="title",
        revision_created=things.revision,
    )
    Page.objects.filter(pk=things.event.pk).update(
        locked=True, locked_by=things.user, locked_at=timezone.now()
    )
    things.redirect = Redirect.objects.create(old_path=f"/{word}-umleitung", redirect_page=things.offer)
    things.session = EditingSession.objects.create(
        user=things.user, content_object=things.offer, last_seen_at=timezone.now(), is_editing=True
    )
    things.upload = UploadedFile.objects.create(
        file=ContentFile(b"x", name=f"{word}-hochgeladen.png"),
        uploaded_by_user=things.user,
        for_content_type=ContentType.objects.get_for_model(Picture),
    )


def _translations(things, word):
    """Translate the event into every language, and leave a translator's unpublished sentence on the offer."""
    for row in settings.LANGUAGE_TABLE:
        if row.code != settings.LANGUAGE_CODE:
            translation.write_translation(
                page=things.event, language_code=row.code, sentences={"title": f"Fest {row.code}"}
            )
    things.translations = {}
    for record in Translation.objects.filter(source__object_id=things.offer.translation_key):
        code = record.target_locale.language_code
        things.translations[code] = record
        segment = record.source.stringsegment_set.get(context__path="title")
        Draft.objects.create(
            string=segment.string,
            locale=record.target_locale,
            context=segment.context,
            text=f"{word}-{code}",
            made_for=segment.string.data,
        )


def _people(world):
    """Return users by role."""
    turkish = Locale.objects.get(language_code="tr")
    groups = {
        "partner": [world.own.group],
        "translator": [translation.ensure_translator_group(locale=turkish)],
        "coordinator": [world.own.coordinators],
        "network office": [partners.ensure_network_group(home=world.home)],
        "administrator": [],
    }
    people = {}
    for role, of_role in groups.items():
        people[role] = get_user_model().objects.create_user(
            role.replace(" ", "-"), is_superuser=role == "administrator", is_staff=role == "administrator"
        )
        people[role].groups.set(of_role)
    for person in people.values():
        _worked_there_once(world.foreign, person)
    return people


def _worked_there_once(things, person):
    """Leave traces of ``person`` on pages that this person has no rights over any more."""
    for page in (things.hidden_offer, things.private_offer, things.offer):
        log(instance=page, action="wagtail.edit", user=person)
    OfferPageFactory(
        parent=things.organisation,
        title=canary(f"besitz-{person.pk}"),
        slug=canary(f"besitz-{person.pk}"),
        live=False,
        owner=person,
        locked=True,
        locked_by=person,
        locked_at=timezone.now(),
    )
    page = OfferPageFactory(
        parent=things.organisation,
        title=canary(f"ablauf-{person.pk}"),
        slug=canary(f"ablauf-{person.pk}"),
        live=False,
    )
    page.save_revision(user=person)
    things.workflow.start(page, person)


#: What people see without it being somebody else's: translators every published page in their language, also those
#: that only some may read, and their own sentences; and the words of their languages, who keeps those.
KNOWN = {
    "translator": {canary("intern"), canary("tr"), canary("begriff-tr")},
    "coordinator": {canary(f"begriff-{row.code}") for row in settings.LANGUAGE_TABLE},
}


def leaked(text, role=None):
    """Return the canaries in ``text`` that somebody with ``role`` must not see, sorted."""
    return sorted(set(re.findall(rf"{CANARY}-[\w-]*", text)) - KNOWN.get(role, set()))


def hidden_rows(world, role):
    """Return everything of the hidden world in the database, as ``{table: rows}``, to be compared."""
    top = world.foreign.region.get_translations(inclusive=True)
    own = "tr" if role == "translator" else ""
    top = top.exclude(locale__language_code=own)
    below = Q()
    for page in top:
        below |= Q(path__startswith=page.path)
    pages = list(Page.objects.filter(below).values_list("pk", flat=True))
    keys = Page.objects.filter(below).values("translation_key")
    foreign = world.foreign
    querysets = [
        *(
            model.objects.filter(pk__in=pages)
            for model in (Page, OfferPage, EventPage, OrganisationPage, RegionPage)
        ),
        Revision.objects.filter(object_id__in=[str(pk) for pk in pages]),
        *(
            model.objects.filter(page__in=pages)
            for model in (Comment, PageViewRestriction, GroupPagePermission)
        ),
        WorkflowState.objects.filter(object_id__in=[str(pk) for pk in pages]),
        *(type(thing).objects.filter(pk=thing.pk) for thing in _single_things(foreign)),
        foreign.task_state.workflow_state.task_states.all(),
        StringTranslation.objects.filter(context__object_id__in=keys).exclude(locale__language_code=own),
        Translation.objects.filter(source__object_id__in=keys),
        get_user_model().groups.through.objects.filter(user=foreign.user),
    ]
    if role != "coordinator":
        querysets += [
            model.objects.exclude(locale__language_code=own).filter(source__startswith=CANARY)
            for model in (Term, MemoryUnit)
        ]
    return [list(rows.order_by("pk").values()) for rows in querysets]


def _single_things(foreign):
    return (
        foreign.picture,
        foreign.document,
        foreign.contact,
        foreign.collection,
        foreign.redirect,
        foreign.report,
        foreign.upload,
        foreign.application,
        foreign.idea,
        foreign.member.circle,
        foreign.member,
        foreign.planned_step,
        foreign.asked_step,
        foreign.answer,
        foreign.workflow,
        foreign.task,
        foreign.group,
        foreign.hidden_group,
    )
