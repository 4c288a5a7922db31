"""What partners point to in their own pages: their own things, and what everybody can read."""

import json
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from content.choosing import choosable_by
from organisations.models import Contact
from partners import selectors, services
from partners.models import Team
from tests.factories import pages
from tests.factories.sites import picture
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def region():
    return pages.publish(pages.RegionPageFactory(parent=pages.start_site("de"), title="Kempten"))


@pytest.fixture
@built_once
def own(region):
    return pages.publish(pages.OrganisationPageFactory(parent=region, title="Mosaik Frauen", slug="mosaik"))


@pytest.fixture
@built_once
def public(region):
    return pages.publish(pages.OrganisationPageFactory(parent=region, title="SV Illertal", slug="illertal"))


@pytest.fixture
@built_once
def hidden(region):
    return pages.OrganisationPageFactory(parent=region, title="Noch geheim", slug="noch-geheim", live=False)


@pytest.fixture
def partner(own, client):
    user = get_user_model().objects.create_user("partner")
    user.groups.add(services.ensure_partner_group(organisation=own))
    client.force_login(user)
    return user


def save_offer(client, own, **fields):
    """Send the form of a new offer, as a draft."""
    text = fields.pop("text", '{"blocks": [], "entityMap": {}}')
    return client.post(
        reverse("wagtailadmin_pages:add", args=["offers", "offerpage", own.pk]),
        {
            "title": "Nähen",
            "slug": "naehen",
            "text": text,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "review_interval": 6,
        }
        | fields,
    )


def rich_text(kind, data):
    """Return what the editor sends for one linked word."""
    block = {
        "key": "a1b2c",
        "type": "unstyled",
        "depth": 0,
        "text": "hier",
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 4, "key": 0}],
    }
    return json.dumps(
        {"blocks": [block], "entityMap": {"0": {"type": kind, "mutability": "MUTABLE", "data": data}}}
    )


def test_a_partner_may_point_to_own_pages_and_to_public_ones(partner, own, public, hidden):
    draft = pages.OfferPageFactory(parent=own, live=False)

    chosen = choosable_by(partner, Page).filter(pk__in=[own.pk, draft.pk, public.pk, hidden.pk])

    assert set(chosen.values_list("pk", flat=True)) == {own.pk, draft.pk, public.pk}


def test_an_organisation_that_is_hidden_is_not_taken_and_not_named(partner, own, hidden, client):
    response = save_offer(client, own, funded_by=hidden.pk)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["funded_by"]
    assert "Noch geheim" not in response.content.decode()


def test_an_organisation_that_is_public_is_taken(partner, own, public, client):
    save_offer(client, own, funded_by=public.pk)

    assert Page.objects.get(slug="naehen").specific.get_latest_revision_as_object().funded_by.pk == public.pk


def test_a_link_to_a_hidden_page_is_taken_out_and_its_address_not_told(partner, own, hidden, client):
    response = save_offer(client, own, text=rich_text("LINK", {"id": hidden.pk, "url": "/x/"}))

    assert list(response.context["form"].errors) == ["text"]
    assert "noch-geheim" not in response.content.decode()


def test_a_link_to_a_foreign_document_is_taken_out_and_its_name_not_told(partner, own, client):
    document = get_document_model().objects.create(
        title="Protokoll", file=ContentFile(b"x", name="protokoll-x.pdf")
    )

    response = save_offer(client, own, text=rich_text("DOCUMENT", {"id": document.pk, "url": "/x/"}))

    assert list(response.context["form"].errors) == ["text"]
    assert "protokoll-x" not in response.content.decode()


def test_a_link_to_a_public_page_stays(partner, own, public, client):
    save_offer(client, own, text=rich_text("LINK", {"id": public.pk, "url": "/x/"}))

    offer = Page.objects.get(slug="naehen").specific.get_latest_revision_as_object()
    assert f'id="{public.pk}"' in offer.text


def test_an_address_that_runs_is_not_kept_in_a_text(partner, own, client):
    save_offer(client, own, text=rich_text("LINK", {"url": "javascript:alert(1)"}))

    offer = Page.objects.get(slug="naehen").specific.get_latest_revision_as_object()
    assert "javascript" not in offer.text
    assert "hier" in offer.text


def test_a_foreign_picture_is_neither_offered_nor_taken_for_a_contact(partner, own, client):
    foreign = picture(title="Fremdes Bild")

    form = client.get(reverse("contacts:add"))
    response = client.post(
        reverse("contacts:add"),
        {"organisation": own.pk, "name": "Aylin Demir", "email": "aylin@example.org", "photo": foreign.pk},
    )

    assert "Fremdes Bild" not in form.content.decode() + response.content.decode()
    assert list(response.context["form"].errors) == ["photo"]
    assert not Contact.objects.exists()


def test_people_of_other_organisations_are_not_known(partner, own, public):
    colleague = get_user_model().objects.create_user("colleague")
    colleague.groups.add(services.ensure_partner_group(organisation=own))
    stranger = get_user_model().objects.create_user("stranger")
    stranger.groups.add(services.ensure_partner_group(organisation=public))

    assert set(selectors.people_known_to(partner)) == {partner, colleague}


def test_a_coordinator_knows_the_partners_of_the_region(region, own, partner):
    coordinator = get_user_model().objects.create_user("coordinator")
    coordinator.groups.add(services.ensure_coordinator_group(region=region))

    assert partner in selectors.people_known_to(coordinator)
    assert not selectors.acts_everywhere(coordinator)


def test_the_network_office_acts_everywhere(region):
    office = get_user_model().objects.create_user("office")
    office.groups.add(services.ensure_network_group(home=region.get_parent()))

    assert selectors.acts_everywhere(office)


def test_staff_without_being_administrators_do_not_enter_django_s_admin(client):
    user = get_user_model().objects.create_user("staff", is_staff=True)
    client.force_login(user)

    assert client.get(reverse("admin:index")).status_code == 302


@pytest.fixture
def coordinator(region, client):
    user = get_user_model().objects.create_user("coordinator")
    user.groups.add(services.ensure_coordinator_group(region=region))
    client.force_login(user)
    return user


@pytest.fixture
def elsewhere(region):
    """A picture and an organisation of another region that no reader sees."""
    other = pages.RegionPageFactory(parent=region.get_parent().specific, title="Roth", slug="roth")
    secret = pages.OrganisationPageFactory(parent=other, title="Noch geheim", slug="noch-geheim", live=False)
    services.ensure_partner_group(organisation=secret)
    foreign = picture(title="Fremdes Bild")
    foreign.collection = Team.objects.get(subject=secret.translation_key).collection
    foreign.save()
    return SimpleNamespace(organisation=secret, picture=foreign)


def save_plain_page(client, region, **body):
    """Send the form of a new plain page with one block."""
    return client.post(
        reverse("wagtailadmin_pages:add", args=["home", "plainpage", region.pk]),
        nested_form_data(
            {
                "title": "Wer wir sind",
                "slug": "wer-wir-sind",
                "body": streamfield([tuple(body.popitem())]),
                "comments": inline_formset([]),
            }
        ),
    )


@pytest.mark.parametrize("block", ["picture", "link", "text"])
def test_what_is_hidden_is_not_taken_into_a_block_and_not_named(
    coordinator, region, elsewhere, client, block
):
    values = {
        "picture": {"image": elsewhere.picture.pk, "alt_text": "Ein Bild", "caption": ""},
        "link": {"label": "Mehr", "page": elsewhere.organisation.pk, "url": ""},
        "text": rich_text("LINK", {"id": elsewhere.organisation.pk, "url": "/x/"}),
    }

    response = save_plain_page(client, region, **{block: values[block]})

    assert list(response.context["form"].errors) == ["body"]
    body = response.content.decode()
    assert ("Fremdes Bild" in body, "Noch geheim" in body, "noch-geheim" in body) == (False, False, False)


def test_what_is_the_own_is_taken_into_a_block(coordinator, region, own, client):
    save_plain_page(client, region, link={"label": "Mehr", "page": own.pk, "url": ""})

    page = Page.objects.get(slug="wer-wir-sind").specific.get_latest_revision_as_object()
    assert [block.value["page"].pk for block in page.body] == [own.pk]


def test_a_hidden_organisation_gets_no_role_in_a_region_and_is_not_named(
    coordinator, region, elsewhere, client
):
    page = region.specific
    data = {
        "title": page.title,
        "slug": page.slug,
        "teaser": page.teaser,
        "region_kind": page.region_kind,
        "text": '{"blocks": [], "entityMap": {}}',
        "review_interval": 6,
        "comments": inline_formset([]),
        "roles": inline_formset([{"organisation": elsewhere.organisation.pk, "role": "carrier"}]),
    }

    response = client.post(reverse("wagtailadmin_pages:edit", args=[region.pk]), nested_form_data(data))

    form = response.context["form"]
    assert [list(row.errors) for row in form.formsets["roles"].forms] == [["organisation"]]
    assert "Noch geheim" not in response.content.decode()
