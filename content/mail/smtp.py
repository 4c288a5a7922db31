"""SMTP that says when a mail becomes the server's.

A server delivers a mail once it has read the line with the single full stop that ends the text, and drops it when
the connection ends before that (RFC 5321, sections 3.3 and 4.1.1.4). Nothing but that line decides, so whoever keeps
books has to be called right before and right after it.
"""

import re
import smtplib
import socket

from django.core.mail.backends import smtp

#: How long a server may think after the end of the text. RFC 5321, section 4.5.3.2.6, has ten minutes; a task has
#: five. Giving up early and trying again is how mails arrive twice (RFC 1047).
ANSWER_SECONDS = 120


class _WithEndOfData:
    """Replaces smtplib's ``data``, which sends the text and its end at once."""

    before_end_of_data = None
    after_end_of_data = None

    def data(self, msg):
        code, answer = self.docmd("data")
        if code != 354:
            raise smtplib.SMTPDataError(code, answer)
        try:
            # The end goes by itself after the text; otherwise it would wait for the text's acknowledgement, 40 ms.
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.send(re.sub(rb"(?m)^\.", b"..", msg))
            if not msg.endswith(b"\r\n"):
                self.send(b"\r\n")
            if self.before_end_of_data:
                self.before_end_of_data()
            self.sock.settimeout(ANSWER_SECONDS)
            self.send(b".\r\n")
            if self.after_end_of_data:
                self.after_end_of_data()
        except BaseException:
            # In the middle of a text every command would be taken for text; only hanging up ends it.
            smtplib.SMTP.close(self)
            raise
        code, answer = self.getreply()
        if self.sock:
            self.sock.settimeout(self.timeout)
        return code, answer


class _Plain(_WithEndOfData, smtplib.SMTP):
    pass


class _Encrypted(_WithEndOfData, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's SMTP backend, with ``hand_over`` for the outbox."""

    @property
    def connection_class(self):
        return _Encrypted if self.use_ssl else _Plain

    def hand_over(self, message, before_end_of_data, after_end_of_data):
        """Send one ``EmailMessage``, calling the functions around the end of its text, before the answer is read.

        What they raise hangs up; before the end of the text the server then forgets the mail. Raises as smtplib does.
        """
        self.open()
        connection = self.connection
        connection.before_end_of_data = before_end_of_data
        connection.after_end_of_data = after_end_of_data
        try:
            self.send_messages([message])
        finally:
            connection.before_end_of_data = connection.after_end_of_data = None
