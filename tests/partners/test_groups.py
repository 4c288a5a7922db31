"""Groups that services make: what their people reach and what not."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from organisations.models import Contact
from partners import services
from tests.factories import pages
from tests.services.rebuilding import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def region():
    return pages.RegionPageFactory(parent=pages.start_site("de"), title="Kempten")


@pytest.fixture
@built_once
def own(region):
    return pages.OrganisationPageFactory(parent=region, title="Mosaik Frauen", slug="mosaik")


@pytest.fixture
@built_once
def foreign(region):
    return pages.OrganisationPageFactory(parent=region, title="SV Illertal", slug="sv-illertal")


@pytest.fixture
def partner(own, client):
    user = get_user_model().objects.create_user("partner")
    user.groups.add(services.ensure_partner_group(organisation=own))
    client.force_login(user)
    return user


def contact_of(organisation, **fields):
    return Contact.objects.create(
        organisation_key=organisation.translation_key, email="kontakt@example.org", **fields
    )


def test_a_partner_may_edit_below_the_own_organisation(partner, own):
    offer = pages.OfferPageFactory(parent=own)

    permissions = offer.permissions_for_user(partner)
    assert own.permissions_for_user(partner).can_edit()
    assert [permissions.can_edit(), permissions.can_publish()] == [True, False]


def test_a_partner_may_not_touch_another_organisation(partner, foreign, client):
    offer = pages.OfferPageFactory(parent=foreign)

    permissions = offer.permissions_for_user(partner)
    assert [permissions.can_edit(), permissions.can_publish(), permissions.can_delete()] == [False] * 3
    assert client.get(reverse("wagtailadmin_pages:edit", args=[offer.pk])).status_code == 302


def test_a_coordinator_reaches_the_own_region_only(region, own):
    elsewhere = pages.RegionPageFactory(parent=region.get_parent(), title="Roth")
    user = get_user_model().objects.create_user("coordinator")
    user.groups.add(services.ensure_coordinator_group(region=region))

    assert own.permissions_for_user(user).can_publish()
    assert not elsewhere.permissions_for_user(user).can_edit()


def test_making_a_group_again_changes_nothing(own):
    first = services.ensure_partner_group(organisation=own)
    rights = set(first.page_permissions.values_list("pk", flat=True))

    second = services.ensure_partner_group(organisation=own)

    assert second == first
    assert set(second.page_permissions.values_list("pk", flat=True)) == rights


def test_a_partner_sees_the_own_contacts_only(partner, own, foreign, client):
    contact_of(own, name="Aylin Demir")
    contact_of(foreign, name="Bernd Huber")

    body = client.get(reverse("contacts:index")).content.decode()

    assert "Aylin Demir" in body
    assert "Bernd Huber" not in body


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
def test_a_foreign_contact_is_refused_in_every_view(partner, foreign, client, view):
    contact = contact_of(foreign, name="Bernd Huber")

    response = client.get(reverse(f"contacts:{view}", args=[contact.pk]))

    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


def test_a_contact_cannot_be_given_to_a_foreign_organisation(partner, own, foreign, client):
    response = client.post(
        reverse("contacts:add"),
        {"organisation": foreign.pk, "name": "Aylin Demir", "email": "aylin@example.org"},
    )

    assert set(response.context["form"].errors) == {"organisation"}
    assert not Contact.objects.exists()


def test_the_form_of_an_offer_lists_the_own_contacts_only(partner, own, foreign, client):
    mine = contact_of(own, name="Aylin Demir")
    contact_of(foreign, name="Bernd Huber")

    response = client.get(reverse("wagtailadmin_pages:add", args=["offers", "offerpage", own.pk]))

    assert list(response.context["form"].fields["contact"].queryset) == [mine]
