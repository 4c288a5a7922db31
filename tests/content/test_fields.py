"""Fields that hold keys of vocabularies."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from organisations.models import OrganisationPage, RegionPage

# A page asks the database for its type when it is made.
pytestmark = pytest.mark.django_db


def cleaned(model, name, value):
    return model._meta.get_field(name).clean(value, model())


def test_keys_come_in_the_order_of_their_vocabulary_and_once():
    assert cleaned(OrganisationPage, "languages_spoken", ["tr", "de", "tr"]) == ["de", "tr"]


def test_a_key_that_the_vocabulary_does_not_know_is_refused_by_name():
    with pytest.raises(ValidationError, match="Klingonisch"):
        cleaned(OrganisationPage, "languages_spoken", ["de", "Klingonisch"])


@pytest.mark.parametrize("value", ["de", {"de": 1}, [["de"]], [1]])
def test_what_is_no_list_of_keys_is_refused(value):
    for model, name in ((OrganisationPage, "languages_spoken"), (RegionPage, "inactive_kinds")):
        with pytest.raises(ValidationError):
            cleaned(model, name, value)


def test_a_region_remembers_a_kind_it_switched_off_while_the_plugin_is_away():
    assert cleaned(RegionPage, "inactive_kinds", ["notices", "events"]) == ["events", "notices"]


def test_a_form_that_cannot_offer_a_remembered_kind_leaves_it():
    form_class = forms.modelform_factory(RegionPage, fields=["inactive_kinds"])
    region = RegionPage(title="Kempten", live=False, inactive_kinds=["events", "notices"])
    form = form_class({"inactive_kinds": ["offers"]}, instance=region)
    form.full_clean()
    assert region.inactive_kinds == ["offers", "notices"]
