"""What signing in leaves to the background."""

from celery import shared_task

from . import services


@shared_task
def send_password_reset(user_id, occasion):
    """Mail a link to a new password, once per ``occasion``."""
    services.send_password_reset(user_id=user_id, occasion=occasion)


@shared_task
def tell_of_change(user_id, change, occasion):
    """Mail somebody that how they sign in was changed, once per ``occasion``."""
    services.tell_of_change(user_id=user_id, change=change, occasion=occasion)


@shared_task
def forget_what_is_over():
    """Every day: delete attempts that no longer count, and sessions that have ended."""
    services.forget_what_is_over()
