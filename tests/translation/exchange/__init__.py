"""Translations as files."""
