"""Real parts for the suite: PostgreSQL, Redis, a Celery worker, Chromium, Node. Started here, stopped here."""
