"""How much of each region can be read in a language: counted every night, and drawn for who keeps the region."""

import datetime

import pytest
from django.utils import timezone

from content.permissions import kept_paths
from partners import services as partners
from tests.translation.drafts.world import Desk
from translation.desk import plots, services
from translation.desk.models import Coverage
from translation.tasks import count_coverage


@pytest.fixture
def desk(db):
    return Desk()


def counted(code="tr", **values):
    rows = Coverage.objects.filter(locale__language_code=code, **values)
    return [(row.fresh, row.outdated, row.missing) for row in rows.order_by("day")]


def test_a_day_has_one_row_per_region_and_language_and_counts_again_what_changed(desk):
    count_coverage()
    assert (counted("tr"), counted("ar")) == ([(0, 0, 3)], [(0, 0, 3)])
    desk.translate()
    desk.submit()
    desk.approve()
    count_coverage()
    assert (counted("tr"), counted("ar")) == ([(1, 0, 2)], [(0, 0, 3)])
    desk.republish(teaser="Kommen Sie!")
    services.set_wanted(source_page=desk.organisation, locales={desk.tr: False}, by=desk.aylin)
    services.count_coverage(day=timezone.localdate() + datetime.timedelta(days=1))
    assert counted("tr") == [(1, 0, 2), (0, 1, 1)]
    assert set(Coverage.objects.values_list("scope", flat=True)) == {desk.region.translation_key}


def test_a_plot_has_the_shares_of_each_day_and_of_no_other_region(desk):
    today = timezone.localdate()
    other = desk.organisation.translation_key
    for days, scope, numbers in (
        (400, desk.region.translation_key, (9, 0, 0)),
        (20, desk.region.translation_key, (0, 0, 4)),
        (5, desk.region.translation_key, (1, 1, 2)),
        (0, desk.region.translation_key, (3, 1, 0)),
        (0, other, (100, 100, 100)),
    ):
        day = today - datetime.timedelta(days=days)
        names = dict(zip(("fresh", "outdated", "missing"), numbers, strict=True))
        Coverage.objects.create(scope=scope, locale=desk.tr, day=day, **names)
    (plot,) = plots.coverage_plots(scopes=[desk.region.translation_key], locales=[desk.tr, desk.ar])
    assert plot.fresh_area == "0.00,40.00 0.00,40.00 75.00,30.00 100.00,10.00 100.00,40.00"
    assert plot.outdated_area == "0.00,40.00 0.00,40.00 75.00,20.00 100.00,0.00 100.00,40.00"
    assert [count.total for count in plot.ends] == [4, 4]


def test_one_day_alone_is_as_wide_as_the_plot():
    plot = plots.Plot("tr", "Türkçe", (plots.Count(datetime.date(2030, 1, 1), 1, 0, 1),))
    assert plot.fresh_area == "0.00,40.00 0.00,20.00 100.00,20.00 100.00,40.00"
    assert len(plot.ends) == 1


def test_the_plot_stands_below_the_matrix_with_its_numbers_in_words(desk, client):
    count_coverage()
    coordinator = desk.person("kathrin")
    coordinator.groups.add(partners.ensure_coordinator_group(region=desk.region))
    assert kept_paths(coordinator) == (desk.region.path,)
    client.force_login(coordinator)
    body = client.get("/admin/translation/matrix/").content.decode()
    assert body.count("0 aktuell, 0 veraltet oder unvollständig, 3 fehlen") == 2
