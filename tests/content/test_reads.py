"""How often pages are read, and what is no read."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from content import reads
from content.models import ReadCount
from tests.factories.pages import OfferPageFactory, publish

PHONE = "Mozilla/5.0 (Linux; Android 8.1.0; SM-J530F) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36"


@pytest.fixture
def offer(site):
    reads.write_reads()
    ReadCount.objects.all().delete()
    return publish(OfferPageFactory(parent=site.organisation, slug="naehen"))


def counted(offer):
    reads.write_reads()
    return reads.reads_of([offer.translation_key]).get(offer.translation_key, 0)


def ask(offer, method="get", agent=PHONE, client=None, address=None, **headers):
    headers = {"User-Agent": agent, **headers}
    return getattr(client or Client(), method)(address or offer.url, headers=headers)


def test_every_reader_in_every_language_counts_once_per_look(offer, site):
    arabic = site.present(offer, "ar")
    ask(offer)
    ask(offer)
    ask(offer, address=arabic.url)
    assert counted(offer) == 3
    ask(offer)
    assert counted(offer) == 4
    assert ReadCount.objects.count() == 1


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "WhatsApp/2.23 link-preview",
        "python-requests/2.32",
        "curl/8.5",
    ],
)
def test_programs_are_no_readers(offer, agent):
    assert ask(offer, agent=agent).status_code == 200
    assert counted(offer) == 0


def test_what_nobody_looks_at_is_no_read(offer, site, admin_client):
    ask(offer, method="head")
    ask(offer, **{"Sec-Purpose": "prefetch"})
    ask(offer, client=admin_client)
    ask(offer, address=f"{offer.url}gibt-es-nicht/")
    ask(offer, address=site.organisation.url)
    assert counted(offer) == 0


def test_two_processes_add_up(offer):
    today = timezone.localdate()
    ReadCount.objects.create(translation_key=offer.translation_key, day=today, count=40)
    ask(offer)
    assert counted(offer) == 41


def test_thirty_days_are_shown_and_old_numbers_forgotten(offer):
    today = timezone.localdate()
    for days, count in ((0, 1), (29, 10), (30, 100), (reads.DAYS_KEPT + 1, 1000)):
        day = today - datetime.timedelta(days=days)
        ReadCount.objects.create(translation_key=offer.translation_key, day=day, count=count)
    assert counted(offer) == 11
    reads.forget_old_reads()
    assert sorted(ReadCount.objects.values_list("count", flat=True)) == [1, 10, 100]


def test_reads_wait_until_it_is_time_and_no_answer_waits_for_them(offer, settings, django_assert_num_queries):
    ask(offer)
    with django_assert_num_queries(0):
        reads.write_reads(after=3600)
    settings.READS_WRITTEN_EVERY = 0
    reads.write_after_request()
    assert ReadCount.objects.count() == 0, "a test is one transaction, and no request is over inside of one"
    assert counted(offer) == 1


@pytest.mark.django_db(transaction=True)
def test_reads_are_written_when_a_request_is_over(site, settings):
    offer = publish(OfferPageFactory(parent=site.organisation, slug="naehen"))
    reads.write_reads()
    ReadCount.objects.all().delete()
    settings.READS_WRITTEN_EVERY = 0
    ask(offer)
    assert ReadCount.objects.get().count == 1
