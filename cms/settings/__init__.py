"""Settings: ``dev`` and ``test`` run embedded on one machine, ``production`` on services."""
