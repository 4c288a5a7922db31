"""Help inside the admin: the guides of ``docs/editors``, as they stand there."""
