"""Tasks for the suite's own tests of the worker; ``celery_worker`` loads them."""

import os
import signal
import time

from celery import shared_task
from django.contrib.auth.models import Group


@shared_task
def write_down(text):
    """Leave a group named ``text`` and this process's id in the database."""
    Group.objects.create(name=f"{text} by {os.getpid()}")


@shared_task
def write_down_slowly(text, seconds):
    """Leave a group when it begins and one when it ends."""
    Group.objects.create(name=f"{text} began in {os.getpid()}")
    time.sleep(seconds)
    Group.objects.create(name=f"{text} ended in {os.getpid()}")


@shared_task
def take_the_worker_down():
    """Leave a group, then end the process that runs this as running out of memory would."""
    Group.objects.create(name=f"began in {os.getpid()}")
    os.kill(os.getpid(), signal.SIGKILL)
