"""What happens to content by the clock, and in the background."""

from celery import shared_task
from django.core.management import call_command

from . import gate, reads, signed_links
from .index import services
from .mail import services as mail_services
from .models import Picture
from .pictures import make_sizes
from .searches import services as searches
from .transfer.services import forget_expired_sheets


@shared_task
def publish_scheduled_pages():
    """Every five minutes: publish what is due and take down what has expired."""
    call_command("publish_scheduled")


@shared_task
def rebuild_index():
    """Every night: mend what a lost process left out of the index; what is right is left alone."""
    services.rebuild()


@shared_task
def index_below(page_id):
    """Index all pages at and below a page, after something changed that they inherit."""
    services.index_below(page_id)


@shared_task
def make_picture_sizes(picture_id):
    """After an upload: make the sizes that readers will see."""
    for picture in Picture.objects.filter(pk=picture_id):
        make_sizes(picture=picture)


@shared_task
def forget_uploaded_sheets():
    """Every hour: delete uploaded sheets that nobody confirmed in time."""
    forget_expired_sheets()


@shared_task
def deliver_mail():
    """After a mail was written, and every minute: deliver what is due."""
    mail_services.deliver_waiting()


@shared_task
def erase_old_mail():
    """Every night: erase what old mails said and whom they went to."""
    mail_services.erase_old()


@shared_task
def forget_what_is_over():
    """Every hour: forget old tallies of senders, links, searches and numbers of reads."""
    gate.forget_old_tallies()
    signed_links.forget_old_links()
    searches.forget_old_searches()
    reads.forget_old_reads()
