"""Two translators of Turkish, one of Arabic, a coordinator, and an event that was translated once."""

from django.contrib.auth import get_user_model
from wagtail.models import Locale

from tests.factories.pages import (
    EventPageFactory,
    OrganisationPageFactory,
    RegionPageFactory,
    publish,
    start_site,
)
from translation import services
from translation.drafts import selectors
from translation.drafts import services as drafts
from translation.models import PageTranslationState

TEXT = "<h2>Was geschieht</h2><p>Für das <b>leibliche</b> Wohl ist gesorgt.</p><ul><li>Alle sind willkommen.</li></ul>"
TURKISH = {
    "World Café": "Dünya Kafesi",
    "Für das <1>leibliche</1> Wohl ist gesorgt.": "Yiyecek ve <1>içecek</1> var.",
}


class Desk:
    """``event`` is the source; ``target("tr")`` what stands for it in Turkish."""

    def __init__(self, *codes):
        home = start_site(*(codes or ("tr", "ar")))
        self.region = RegionPageFactory(parent=home, title="Kempten (Allgäu)", slug="kempten")
        self.organisation = OrganisationPageFactory(
            parent=self.region, title="Haus International", slug="haus-international"
        )
        self.event = publish(
            EventPageFactory(
                parent=self.organisation, title="World Café", slug="world-cafe", teaser="Komm!", text=TEXT
            )
        )
        for page in (home, self.region, self.organisation, self.event):
            services.follow_source(page=page)
        self.tr, self.ar = (Locale.objects.get(language_code=code) for code in ("tr", "ar"))
        self.aylin, self.deniz = self.translator("aylin", self.tr), self.translator("deniz", self.tr)
        self.hanan = self.translator("hanan", self.ar)

    def person(self, name):
        return get_user_model().objects.create_user(name, f"{name}@example.org", first_name=name.title())

    def translator(self, name, locale):
        person = self.person(name)
        person.groups.add(services.ensure_translator_group(locale=locale))
        return person

    @property
    def source(self):
        return type(self.event).objects.get(pk=self.event.pk)

    def target(self, code="tr"):
        return type(self.event).objects.get(
            translation_key=self.event.translation_key, locale__language_code=code
        )

    def state(self, code="tr"):
        return PageTranslationState.objects.get(
            translation_key=self.event.translation_key, locale__language_code=code
        )

    def lines(self, code="tr"):
        return selectors.lines_of(self.source, Locale.objects.get(language_code=code))

    def line(self, source, code="tr"):
        return next(line for line in self.lines(code) if line.source == source)

    def save(self, source, text, *, by=None, code="tr", **options):
        line = self.line(source, code)
        return drafts.save(
            target=self.target(code),
            segment_id=line.pk,
            text=text,
            version=options.pop("version", line.version),
            user=by or self.aylin,
            **options,
        )

    def translate(self, code="tr", *, by=None):
        """Write a draft of every sentence that has none."""
        for line in self.lines(code):
            if not line.target or line.is_outdated:
                self.save(line.source, TURKISH.get(line.source, f"[{code}] {line.source}"), by=by, code=code)

    def submit(self, code="tr", *, by=None):
        return drafts.submit(target=self.target(code), user=by or self.aylin)

    def approve(self, code="tr", *, by=None, digest=None):
        return drafts.approve(
            target=self.target(code),
            by=by or self.deniz,
            digest=digest or self.lines(code).digest,
        )

    def republish(self, *, minor=False, **values):
        page = self.source
        for name, value in values.items():
            setattr(page, name, value)
        publish(page)
        services.follow_source(page=page, is_minor_edit=minor)
