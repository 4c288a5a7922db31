"""Takes an entry over into another region: a draft of its own, with credit to whoever had the idea."""

from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction

from content.credits import credit_for
from content.mail.services import queue_mail
from partners.copying.models import PageCopy
from partners.copying.services import Copied, make_draft
from partners.voices.selectors import keepers_of
from translation.services import copy_translations


@transaction.atomic
def take_over(*, page, into, user, token):
    """Make a draft of ``page`` below the organisation ``into``, and tell those who had the idea; returns ``Copied``.

    ``page``: what ``selectors.page_to_take_over`` returned, whose text readers see now; drafts of it stay where they
    are. What holds only where ``page`` is (``local_fields``) is left empty. ``token``: a UUID; sent again it returns
    the draft that it made, whose ``page`` is None when it was deleted since, and tells nobody again. Whether ``user``
    may add to ``into`` was asked before.
    """
    record, is_new = PageCopy.objects.get_or_create(token=token)
    if not is_new:
        return Copied(page=record.copy and record.copy.specific, is_new=False)
    name, credit_page_id = credit_for(page)
    draft = make_draft(
        page=page,
        below=into,
        user=user,
        values={"credit": name, "credit_page_id": credit_page_id},
        without=page.local_fields,
    )
    languages = copy_translations(original=page, copy=draft)
    record.copy = draft
    record.save(update_fields=["copy"])
    _tell(page, into, draft, user)
    return Copied(page=draft, languages=tuple(languages))


def _tell(page, into, draft, user):
    """Write to the people of the organisation that ``page`` belongs to."""
    for keeper in keepers_of(page):
        if keeper.key == f"user{user.pk}":
            continue
        queue_mail(
            key=f"partners.taken_over:{draft.pk}:{keeper.key}",
            to=keeper.email,
            template="partners/mail/taken_over",
            language=keeper.language,
            contains_secret=False,
            context={
                "name": keeper.name,
                "title": page.title,
                "link": urljoin(settings.BASE_URL, page.url or ""),
                "organisation": into.title,
                "region": into.lineage.scope.title,
                "credit": draft.credit,
            },
        )
