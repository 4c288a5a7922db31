"""A StreamField that keeps its blocks out of migrations."""

from wagtail.fields import StreamField


class BodyField(StreamField):
    """A ``StreamField`` whose migrations do not repeat the block definitions.

    Blocks are code; a changed help text needs no migration, and migrations stay readable.
    """

    def __init__(self, block_types=(), *args, **kwargs):
        super().__init__(block_types, *args, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        kwargs.pop("block_types", None)
        return name, path, [], kwargs
