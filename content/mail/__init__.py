"""The outbox: a mail is a row written with its cause, and is delivered in the background.

Apps call ``content.mail.services.queue_mail``; docs/developers/mail.md says how, and what holds when something breaks.
"""
