"""Freshness: who is asked when whether an entry is still right, and what the answer does."""
