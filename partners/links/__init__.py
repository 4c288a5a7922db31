"""Checking in the background whether links in entries still lead somewhere."""
