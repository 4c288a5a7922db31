"""Two regions with people in their teams, and somebody who fills in the form of three steps."""

import datetime
import secrets
import time

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import Locale

from partners.joining.forms import ClaimForm, PersonForm
from partners.models import Team, TeamKind
from tests.factories.pages import OrganisationPageFactory, RegionPageFactory, publish, start_site

WHO = {
    "name": "Frauen ohne Grenzen",
    "types": ["association"],
    "region": "kempten",
    "language": "tr",
}
WHAT = {
    "teaser": "Wir kochen jeden Freitag zusammen.",
    "fields_of_work": ["integration"],
    "languages_spoken": ["de", "tr"],
    "place": "Thingers",
}
PERSON = {
    "first_name": "Elif",
    "last_name": "Aydın",
    "email": "elif@example.org",
    "phone": "0831 12345",
    "consent": "on",
}
CLAIM = {**PERSON, "words": "Ich bin im Vorstand."}


def token(form_class, subject="", seconds_ago=60):
    """Return the token of a form that was opened so long ago."""
    return form_class()._signer.sign_object(
        [time.time() - seconds_ago, str(subject), secrets.token_urlsafe(9)]
    )


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def data_of(page):
    """Return what a browser would send of the form on ``page`` (a soup), without a button."""
    data = QueryDict(mutable=True)
    form = page.select_one("main form")
    for tag in form.select("input, textarea, select"):
        if tag.name == "input" and tag.get("type") in ("checkbox", "radio"):
            if tag.has_attr("checked"):
                data.appendlist(tag["name"], tag["value"] if tag.has_attr("value") else "on")
        elif tag.name == "select":
            chosen = tag.find("option", selected=True)
            data.appendlist(tag["name"], chosen["value"] if chosen else "")
        else:
            data.appendlist(
                tag["name"], tag.text.lstrip("\n") if tag.name == "textarea" else tag.get("value", "")
            )
    return data


class Reader:
    """Somebody who fills in the form page by page, as a browser without JavaScript and cookies would."""

    def __init__(self, client, language="de", sender="192.0.2.1"):
        self.client, self.address, self.sender = client, f"/{language}/join/", sender
        self.response = client.get(self.address)

    @property
    def page(self):
        return soup(self.response)

    @property
    def step(self):
        return int(self.page.select_one('input[name="step"]')["value"])

    def press(self, button, **fields):
        data = data_of(self.page)
        for name, value in fields.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        data[button] = "1"
        if "gate" in data:
            data["gate"] = token(PersonForm)
        self.response = self.client.post(self.address, dict(data.lists()), REMOTE_ADDR=self.sender)
        return self.response

    def send_all(self, who=WHO, what=WHAT, person=PERSON):
        self.press("next", **who)
        self.press("next", **what)
        return self.press("next", **person)


class World:
    """Kempten with Haus International, Roth with TSV Rezattal; in Kempten nobody is in the organisation's team."""

    def __init__(self):
        self.home = publish(start_site("de", "de-simple", "tr", "ar"))
        self.region = publish(RegionPageFactory(parent=self.home, title="Kempten", slug="kempten"))
        self.other_region = publish(RegionPageFactory(parent=self.home, title="Roth", slug="roth"))
        for code in Locale.objects.values_list("language_code", flat=True):
            for region in (self.region, self.other_region):
                self.present(region, code)
        self.organisation = publish(
            OrganisationPageFactory(parent=self.region, title="Haus International", slug="haus")
        )
        self.other = publish(
            OrganisationPageFactory(parent=self.other_region, title="TSV Rezattal", slug="tsv")
        )
        self.people = {}
        for name, team in {
            "coordinator": self.team(self.region),
            "foreign-coordinator": self.team(self.other_region),
            "foreign-partner": self.team(self.other),
            "network": Team.objects.get(kind=TeamKind.NETWORK),
        }.items():
            user = get_user_model().objects.create_user(name, f"{name}@example.org", first_name=name)
            user.groups.add(team.group)
            self.people[name] = user

    @staticmethod
    def team(page):
        return Team.objects.get(subject=page.translation_key)

    @staticmethod
    def present(page, code):
        """Return ``page`` as it stands in the language ``code``."""
        locale = Locale.objects.get(language_code=code)
        known = page.get_translation_or_none(locale)
        return known or page.copy_for_translation(locale, copy_parents=True, alias=True)

    def end(self, region):
        """Let the project of ``region`` be over."""
        region.runs_until = timezone.localdate() - datetime.timedelta(days=1)
        return publish(region)

    def claim(self, client, **fields):
        data = {"gate": token(ClaimForm, self.organisation.translation_key), **CLAIM, **fields}
        return client.post(f"/de/claim/{self.organisation.pk}/", data)
