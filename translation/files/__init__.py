"""Memories and glossaries as files that other translation programs read, out and in."""
