from django.db import migrations

CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS content_fulltext USING fts5("
        "scope, title, place, teaser, text, tokenize = 'unicode61 remove_diacritics 2')",
    ),
    "postgresql": (
        # Trusted since PostgreSQL 13: the owner of the database may create it.
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "ALTER TABLE content_indexedtext ADD COLUMN IF NOT EXISTS document tsvector GENERATED ALWAYS AS ("
        "to_tsvector('pg_catalog.simple', scope)"
        " || setweight(to_tsvector('pg_catalog.simple', title), 'A')"
        " || setweight(to_tsvector('pg_catalog.simple', place), 'B')"
        " || setweight(to_tsvector('pg_catalog.simple', teaser), 'C')"
        " || to_tsvector('pg_catalog.simple', text)) STORED",
        "CREATE INDEX IF NOT EXISTS content_document ON content_indexedtext USING gin (document)",
        "CREATE INDEX IF NOT EXISTS content_word_trigrams ON content_indexedword USING gin (word gin_trgm_ops)",
    ),
}
DROP = {
    "sqlite": ("DROP TABLE IF EXISTS content_fulltext",),
    "postgresql": (
        "DROP INDEX IF EXISTS content_word_trigrams",
        "DROP INDEX IF EXISTS content_document",
        "ALTER TABLE content_indexedtext DROP COLUMN IF EXISTS document",
    ),
}


def create_text_search(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_text_search(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Gives both databases their way to find pages by words: FTS5, or a generated tsvector with trigrams."""

    dependencies = [("content", "0002_index_pages_for_lists_and_search")]

    operations = [migrations.RunPython(create_text_search, drop_text_search)]
