"""Keeps owner and region right in the rows of pages that were moved."""

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move

from .signals import page_changed


def place_subtree(page):
    """Write owner and region of ``page`` and everything below it anew; return how many rows were wrong.

    Wagtail moves a subtree without saving its pages.
    """
    count = 0
    for row in Page.objects.descendant_of(page, inclusive=True).specific().iterator(chunk_size=100):
        if not hasattr(row, "place_in_tree"):
            continue
        before = (row.owner_page_id, row.region_page_id)
        row.place_in_tree()
        if (row.owner_page_id, row.region_page_id) != before:
            type(row).objects.filter(pk=row.pk).update(
                owner_page_id=row.owner_page_id, region_page_id=row.region_page_id
            )
            count += 1
            if row.live:
                page_changed.send(sender=type(row), page=row)
    return count


@receiver(post_page_move, dispatch_uid="content.placing.page_moved")
def page_moved(sender, instance, **kwargs):
    """Place in the tree is ownership."""
    place_subtree(instance)
