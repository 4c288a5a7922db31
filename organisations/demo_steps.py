"""The demo's regions and contacts."""

from content.demo import Demo, DemoStep, put_page, put_row

from .models import Contact, OrganisationPage, RegionPage

REGIONS, CONTACTS = 40, 60
_TOLD_LATER = ("slug", "contact", "roles", "runs_until")


def steps():
    """Return this app's ``DemoStep`` objects."""
    return [DemoStep(REGIONS, "Regions", load_regions), DemoStep(CONTACTS, "Contacts", load_contacts)]


def load_regions(demo: Demo):
    """Make the regions with their translations; contacts and roles follow when the organisations are there."""
    demo.aliases["contact"] = {}
    if OrganisationPage.objects.exists():
        tell_contacts(demo)
    rows = demo.json("regions")
    for number, row in enumerate(rows):
        values = {name: value for name, value in row.items() if name not in _TOLD_LATER}
        region = put_page(
            model=RegionPage,
            parent=demo.home,
            slug=row["slug"],
            runs_until=demo.day(row["runs_until"]),
            **values,
        )
        for code in demo.target_languages:
            sentences = ((demo.json(f"pages.{code}") or {}).get("regions") or {}).get(row["slug"])
            demo.translate(region, code, sentences)
        demo.progress(number / len(rows))


def load_contacts(demo: Demo):
    """Make the contacts, and give the regions theirs and the roles of organisations."""
    for row in demo.json("contacts"):
        values = {name: value for name, value in row.items() if name not in ("key", "organisation", "name")}
        organisation = demo.page(row["organisation"], OrganisationPage)
        find = {"organisation_key": organisation.translation_key, "name": row["name"]}
        put_row(Contact.objects.all(), find=find, **values)
    contacts = tell_contacts(demo)
    for row in demo.json("regions"):
        roles = [
            {
                "funding_sentence": "",
                **role,
                "organisation": demo.page(role["organisation"], OrganisationPage),
            }
            for role in row["roles"]
        ]
        put_page(
            model=RegionPage,
            parent=demo.home,
            slug=row["slug"],
            contact=contacts.get(row["contact"]),
            children={"roles": roles},
        )


def tell_contacts(demo):
    """Tell the sheets how the contacts that are there are called; return them by key."""
    keys = dict(
        OrganisationPage.objects.filter(locale=demo.source_locale).values_list("slug", "translation_key")
    )
    contacts = {}
    for row in demo.json("contacts"):
        contact = Contact.objects.filter(
            organisation_key=keys.get(row["organisation"]), name=row["name"]
        ).first()
        if contact is not None:
            contacts[row["key"]] = contact
    demo.aliases["contact"] = {key: str(contact) for key, contact in contacts.items()}
    return contacts
