"""A real mail server on a loopback port. It keeps every mail it accepted, twice when it came twice."""

import email
import email.policy
from collections import Counter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.services.free_port import free_port

#: Moments of a conversation in their order. In ACCEPTED the mail is kept already, and the answer is not yet given.
MOMENTS = ("EHLO", "MAIL", "RCPT", "DATA", "ACCEPTED", "QUIT")


class _Server(SMTP):
    """Calls the sink at each moment, in the server's own thread."""

    def eof_received(self):
        """Read what came before the client hung up, as mail servers do; aiosmtpd drops it unread."""
        self.loop.call_later(1, super().eof_received)
        return True

    async def smtp_EHLO(self, hostname):
        self.event_handler.at("EHLO")
        await super().smtp_EHLO(hostname)

    async def smtp_DATA(self, arg):
        self.event_handler.at("DATA")
        await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg):
        self.event_handler.at("QUIT")
        await super().smtp_QUIT(arg)


class _Controller(Controller):
    def factory(self):
        return _Server(self.handler, hostname="sink.example.org")


class SmtpSink:
    """``received``: ``(receiver, message as bytes)`` of every mail accepted. ``at``: called with each of ``MOMENTS``.

    ``answers``: what to say instead of accepting, by moment: ``sink.answers["RCPT"] = "550 No such user"``.
    """

    def __init__(self):
        self.port = free_port()
        self.received = []
        self.answers = {}
        self.at = lambda moment: None
        self._controller = None

    @property
    def url(self):
        """The sink as a value of EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self):
        """What was received, as ``email.message.EmailMessage``."""
        return [email.message_from_bytes(raw, policy=email.policy.default) for _to, raw in self.received]

    def arrived(self):
        """Return how often each ``Message-ID`` arrived."""
        return Counter(message["Message-ID"] for message in self.messages)

    def start(self):
        self._controller = _Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self):
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.at("MAIL")
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.at("RCPT")
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if "ACCEPTED" in self.answers:
            return self.answers["ACCEPTED"]
        self.received += [(receiver, envelope.content) for receiver in envelope.rcpt_tos]
        self.at("ACCEPTED")
        return "250 OK"
