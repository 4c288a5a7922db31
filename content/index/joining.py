"""Thousands of keys out of a database at once."""

from django.db.models import Aggregate, TextField
from django.db.models.functions import Cast


class _Joined(Aggregate):
    """The texts of all rows, separated by commas."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s)", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s, ',')", **context)


def joined_keys(rows, name):
    """Return the different UUIDs in the field ``name`` of a queryset as a list of 32 hexadecimal digits each.

    One query, one row. Ten thousand rows, each made a ``uuid.UUID``, take ten times as long.
    """
    keys = rows.order_by().values(name).distinct()
    joined = keys.aggregate(keys=_Joined(Cast(name, TextField())))["keys"]
    # SQLite keeps them as digits alone, PostgreSQL writes hyphens between.
    return joined.replace("-", "").split(",") if joined else []
