"""Strings that want to be more than text, and a judge of where they end."""
