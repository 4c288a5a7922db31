"""Asks for an address the way people and their browsers do, and says what came back."""

import re
from types import SimpleNamespace
from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Site

SLOT = re.compile(r"\{(\w+)\}")


def fill(text, things):
    """Return ``text`` with ``{name}`` replaced by the things of that name."""
    return SLOT.sub(lambda found: str(things[found.group(1)]), text) if isinstance(text, str) else text


def hidden_things(world, role):
    """Return, one after the other for each hidden page, what addresses are filled with: name → id."""
    foreign, own = world.foreign, world.own
    pages = [foreign.offer, foreign.hidden_offer, foreign.private_offer]
    language = "ar" if role == "translator" else "tr"
    locale = Locale.objects.get(language_code=language)
    other = foreign.offer.get_translation(locale)
    rows = []
    for page in (*pages, other):
        translation = foreign.translations[language]
        source = translation.source
        rows.append(
            {
                "page": page.pk,
                "hidden_offer": foreign.hidden_offer.pk,
                "alias": other.pk,
                "pages": "&id=".join(str(each.pk) for each in (*pages, other)),
                "translated": foreign.event.get_translation(locale).pk,
                "parent": page.get_parent().pk,
                "own_page": own.offer.pk,
                "own_parent": own.organisation.pk,
                "organisation": foreign.organisation.pk,
                "revision": (page.latest_revision or foreign.revision).pk,
                "picture": foreign.picture.pk,
                "document": foreign.document.pk,
                "contact": foreign.contact.pk,
                "user": foreign.user.pk,
                "group": foreign.hidden_group.pk,
                "team": foreign.team.pk,
                "report": foreign.report.pk,
                "own_group": own.group.pk,
                "collection": foreign.collection.pk,
                "own_collection": own.collection.pk,
                "workflow": foreign.workflow.pk,
                "task": foreign.task.pk,
                "task_state": foreign.task_state.pk,
                "workflow_state": foreign.workflow_state.pk,
                "redirect": foreign.redirect.pk,
                "session": foreign.session.pk,
                "upload": foreign.upload.pk,
                "application": foreign.application.pk,
                "idea": foreign.idea.pk,
                "region": foreign.region.pk,
                "member": foreign.member.pk,
                "planned_step": foreign.planned_step.pk,
                "asked_step": foreign.asked_step.pk,
                "translation": translation.pk,
                "source": source.pk,
                "string": source.stringsegment_set.first().pk,
                "override": source.overridablesegment_set.first().pk,
                "locale": locale.pk,
                "language": language,
                "term": foreign.terms[language].pk,
                "unit": foreign.units[language].pk,
                "site": Site.objects.get().pk,
                "url": page.full_url or "",
            }
        )
    return rows


#: What goes into the slots of an address.
USUAL = {
    "page_id": "{page}",
    "page_to_move_id": "{page}",
    "page_pk": "{page}",
    "revision_id": "{revision}",
    "image_id": "{picture}",
    "document_id": "{document}",
    "doc_id": "{document}",
    "uploaded_file_id": "{upload}",
    "collection_id": "{collection}",
    "redirect_id": "{redirect}",
    "task_id": "{task}",
    "task_state_id": "{task_state}",
    "workflow_state_id": "{workflow_state}",
    "session_id": "{session}",
    "translation_id": "{translation}",
    "translation_source_id": "{source}",
    "string_segment_id": "{string}",
    "overridable_segment_id": "{override}",
}


def addresses(route, row, things):
    """Return ``[(address, data)]`` to be asked for with these hidden ``things``, each once."""
    found = {}
    for values in row.each:
        values = {name: fill(value, things) for name, value in {**USUAL, **row.values, **values}.items()}
        path = route.filled(values)
        for query in row.queries:
            found[f"{path}?{fill(query, things)}" if query else path] = {
                name: fill(value, things) for name, value in row.data.items()
            }
    return list(found.items())


class Asker:
    """Somebody with a browser: asks, follows, and remembers what was said and written."""

    def __init__(self, user=None):
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
        self.doors = {reverse(name) for name in ("wagtailadmin_home", "wagtailadmin_login", "admin:login")}

    def ask(self, method, address, data=None):
        """Return what came of it: ``status``, ``refused``, ``said`` (everything that can be read), ``wrote``.

        Refused is who is told so, finds nothing, or is sent away to a page that is for everybody.
        """
        wrote = []
        with connection.execute_wrapper(_noting_what_is_written(wrote)):
            if method == "put":
                response = self.client.put(address, urlencode(data or {}), content_type=FORM)
            else:
                response = getattr(self.client, method)(address, data or {})
            status, said = response.status_code, [_text(response)]
            said += [str(message) for message in get_messages(response.wsgi_request)]
            refused = response.status_code in REFUSALS
            for _hop in range(4):
                target = response.headers.get("Location", "").split("?")[0]
                if not target or target in self.doors:
                    refused = refused or bool(target)
                    break
                response = self.client.get(response.headers["Location"])
                said.append(_text(response))
                refused = response.status_code in REFUSALS
        return SimpleNamespace(status=status, refused=refused, said="\n".join(said), wrote=wrote)


FORM = "application/x-www-form-urlencoded"
REFUSALS = (403, 404, 405)


def _text(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{content.decode(errors='replace')}"


#: What is written while somebody only looks: logins, who is editing, sizes of pictures, settings of one's own.
HARMLESS_TABLES = (
    "auth_user",
    "content_picturerendition",
    "django_session",
    "wagtailadmin_editingsession",
    "wagtailusers_userprofile",
)
WRITING = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM) \W?(\w+)", re.IGNORECASE)


def _noting_what_is_written(wrote):
    def note(execute, sql, params, many, context):
        found = WRITING.match(sql)
        if found and found.group(1) not in HARMLESS_TABLES:
            wrote.append(found.group(1))
        return execute(sql, params, many, context)

    return note
