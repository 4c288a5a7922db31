"""What EMAIL_BACKEND names: mails of Django and Wagtail go through the outbox as well."""

import uuid

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from .services import write_message


class OutboxBackend(BaseEmailBackend):
    """Writes messages into the outbox, one row per receiver, instead of sending them.

    Nothing says what caused such a mail, so its key is random. Links to set a password are in such mails, so their
    text is kept only until they are sent.
    """

    def send_messages(self, email_messages):
        with transaction.atomic():
            for message in email_messages:
                for receiver in message.recipients():
                    write_message(key=f"message:{uuid.uuid4()}", to=receiver, message=message)
        return len(email_messages)
