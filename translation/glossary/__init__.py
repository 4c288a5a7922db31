"""Which words a language uses for which, which it avoids, and which stay as they are."""
