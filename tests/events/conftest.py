"""Property tests are judged by what they find, not by how long an example takes on a busy machine."""

from hypothesis import settings

settings.register_profile("without_deadline", deadline=None)
settings.load_profile("without_deadline")
