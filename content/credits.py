"""Who had the idea of a page that another region took over."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from .visibility import open_pages


@dataclass(frozen=True)
class Credit:
    """``name``: who had the idea, as names were then. ``page``: where readers find it, in their language, or None."""

    name: str
    page: Any = None


def credit_of(page):
    """Return the ``Credit`` of ``page``, or None. Asks the database only where there is one."""
    if not page.credit:
        return None
    return Credit(page.credit, _readable(page) if page.credit_page_id else None)


def credit_for(page):
    """Return ``(name, id)`` that a page made after ``page`` credits: where ``page`` is one itself, what it credits."""
    if page.credit:
        return page.credit, page.credit_page_id
    above = (page.lineage.owner, page.lineage.scope)
    return ", ".join(each.title for each in above if each is not None), page.pk


def _readable(page):
    """Return the page that ``page`` credits as its readers find it, or None where they find none."""
    key = Page.objects.filter(pk=page.credit_page_id).values("translation_key")
    return open_pages(page.locale).filter(translation_key__in=key).first()
