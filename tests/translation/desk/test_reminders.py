"""Who has set a day is reminded of it the day before, once, in the own language."""

import datetime

import pytest
from django.utils import timezone
from wagtail.users.models import UserProfile

from content.mail.models import Mail
from tests.translation.drafts.world import Desk
from translation.desk import services
from translation.tasks import remind_of_due

TOMORROW = datetime.timedelta(days=1)


@pytest.fixture
def desk(db):
    return Desk()


def claim(desk, user, days, code="tr"):
    services.claim(target=desk.target(code), user=user)
    day = timezone.localdate() + datetime.timedelta(days=days)
    services.set_due(target=desk.target(code), user=user, due_on=day)


def test_a_reminder_comes_the_day_before_once_and_in_the_own_language(desk):
    profile = UserProfile.get_for_user(desk.hanan)
    profile.preferred_language = "ar"
    profile.save()
    claim(desk, desk.aylin, 1)
    claim(desk, desk.hanan, 1, "ar")
    remind_of_due()
    remind_of_due()
    mails = {mail.to: mail for mail in Mail.objects.filter(template="translation/mail/due")}
    assert set(mails) == {"aylin@example.org", "hanan@example.org"}
    assert Mail.objects.filter(template="translation/mail/due").count() == 2
    assert "World Café" in mails["aylin@example.org"].text
    assert f"/admin/translation/pages/{desk.target('tr').pk}/" in mails["aylin@example.org"].text
    assert (mails["aylin@example.org"].language, mails["hanan@example.org"].language) == ("de", "ar")


def test_nobody_is_reminded_of_another_day_or_of_what_is_handed_in(desk):
    claim(desk, desk.aylin, 2)
    assert services.remind_of_due() == 0
    assert services.remind_of_due(today=timezone.localdate() + TOMORROW) == 1
    desk.translate()
    desk.submit()
    claim(desk, desk.aylin, 1)
    assert services.remind_of_due() == 0
