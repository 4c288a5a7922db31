"""Composition root: settings, addresses, the worker application. Nothing imports it but servers."""

from .celery import app as celery_app

__all__ = ["celery_app"]
