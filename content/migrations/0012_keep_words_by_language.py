import re

from django.db import migrations, models

TIERS = {
    "title": ("title",),
    "name": ("title", "place"),
    "summary": ("title", "place", "teaser"),
    "anywhere": ("title", "place", "teaser", "text"),
}
BATCH = 500

DROP_FORMER = {
    "sqlite": ("DROP TABLE IF EXISTS content_fulltext",),
    "postgresql": (
        "DROP INDEX IF EXISTS content_document",
        "ALTER TABLE content_indexedtext DROP COLUMN IF EXISTS document",
    ),
}
NAME_LANGUAGE_AND_KIND = (
    "UPDATE content_indexedtext SET "
    "language = (SELECT language FROM content_indexentry AS entry WHERE entry.page_id = content_indexedtext.page_id), "
    "kind = (SELECT kind FROM content_indexentry AS entry WHERE entry.page_id = content_indexedtext.page_id) "
    "WHERE EXISTS (SELECT 1 FROM content_indexentry AS entry WHERE entry.page_id = content_indexedtext.page_id)"
)
CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS content_fulltext USING fts5("
        "scope, title, place, teaser, text, tokenize = 'unicode61 remove_diacritics 2')",
    ),
    "postgresql": (
        # The vectors lie elsewhere, where only a phrase has to look them up, so the rows that say which pages match
        # are a hundred bytes each.
        "CREATE TABLE IF NOT EXISTS content_fulltext (page_id bigint PRIMARY KEY, title tsvector NOT NULL, "
        "name tsvector NOT NULL, summary tsvector NOT NULL, anywhere tsvector NOT NULL) "
        "WITH (toast_tuple_target = 128)",
        *(f"ALTER TABLE content_fulltext ALTER {name} SET STORAGE EXTERNAL" for name in TIERS),
        # For a word that is in most pages PostgreSQL would rather read all rows. It does not reckon with the vectors
        # lying elsewhere: that takes a hundred times as long as the index.
        "CREATE OR REPLACE FUNCTION content_found(question tsquery) "
        "RETURNS TABLE (title_ids text, name_ids text, summary_ids text, anywhere_ids text) "
        "LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$ BEGIN RETURN QUERY SELECT "
        "(SELECT string_agg(page_id::text, ',') FROM content_fulltext WHERE title @@ question), "
        "(SELECT string_agg(page_id::text, ',') FROM content_fulltext WHERE name @@ question), "
        "(SELECT string_agg(page_id::text, ',') FROM content_fulltext WHERE summary @@ question), "
        "(SELECT string_agg(page_id::text, ',') FROM content_fulltext WHERE anywhere @@ question); END $$",
    ),
}
# After the rows: entering them one by one takes ten times as long.
CREATE_INDEXES = {
    "sqlite": (),
    "postgresql": (
        # Without a list of what is still to be entered, which every search would have to read to the end.
        f"CREATE INDEX IF NOT EXISTS content_fulltext_words ON content_fulltext USING gin ({', '.join(TIERS)}) "
        "WITH (fastupdate = off)",
    ),
}
DROP = {
    "sqlite": ("DROP TABLE IF EXISTS content_fulltext",),
    "postgresql": (
        "DROP FUNCTION IF EXISTS content_found",
        "DROP TABLE IF EXISTS content_fulltext",
    ),
}


def drop_former_search(apps, schema_editor):
    for statement in DROP_FORMER[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def create_former_search(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(CREATE["sqlite"][0])
    else:
        schema_editor.execute(
            "ALTER TABLE content_indexedtext ADD COLUMN IF NOT EXISTS document tsvector GENERATED ALWAYS AS ("
            "to_tsvector('pg_catalog.simple', scope)"
            " || setweight(to_tsvector('pg_catalog.simple', title), 'A')"
            " || setweight(to_tsvector('pg_catalog.simple', place), 'B')"
            " || setweight(to_tsvector('pg_catalog.simple', teaser), 'C')"
            " || to_tsvector('pg_catalog.simple', text)) STORED"
        )
        schema_editor.execute(
            "CREATE INDEX IF NOT EXISTS content_document ON content_indexedtext USING gin (document)"
        )


def name_language_and_kind(apps, schema_editor):
    schema_editor.execute(NAME_LANGUAGE_AND_KIND)


def create_search(apps, schema_editor):
    connection = schema_editor.connection
    for statement in CREATE[connection.vendor]:
        schema_editor.execute(statement)
    rows = apps.get_model("content", "IndexedText").objects.order_by("pk")
    values = rows.values("page_id", "language", "kind", *TIERS["anywhere"]).iterator(chunk_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM content_fulltext")
        cursor.executemany(_insert(connection.vendor), [_row(connection.vendor, value) for value in values])
    for statement in CREATE_INDEXES[connection.vendor]:
        schema_editor.execute(statement)


def _insert(vendor):
    if vendor == "sqlite":
        return (
            "INSERT INTO content_fulltext (rowid, scope, title, place, teaser, text) "
            "VALUES (%s, %s, %s, %s, %s, %s)"
        )
    vectors = ", ".join(["to_tsvector('pg_catalog.simple', %s)"] * len(TIERS))
    return f"INSERT INTO content_fulltext (page_id, {', '.join(TIERS)}) VALUES (%s, {vectors})"  # noqa: S608


def _row(vendor, value):
    """Return what ``content.index.text_search`` writes of a page."""
    language = re.sub(r"[\W_]", "", value["language"]).lower() + "0"
    scope = f"kind0{language}" + re.sub(r"[\W_]", "", value["kind"]).lower()
    words = {name: " ".join(language + word for word in value[name].split()) for name in TIERS["anywhere"]}
    if vendor == "sqlite":
        return (value["page_id"], scope, *words.values())
    return (
        value["page_id"],
        *(" ".join([scope, *(words[name] for name in names)]) for names in TIERS.values()),
    )


def drop_search(apps, schema_editor):
    # What was searched before has language and kind among its words; "rebuild_index" writes it.
    apps.get_model("content", "IndexedText").objects.all().delete()
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Keeps each word once per language and what a page is found by in steps, the title first.

    A search in one language no longer wades through the others, and how well a page matches is read from an index.
    """

    dependencies = [("content", "0011_count_searches_that_found_nothing")]

    operations = [
        migrations.RunPython(drop_former_search, create_former_search),
        migrations.AddField("indexedtext", "language", models.CharField(max_length=20, default=""), False),
        migrations.AddField(
            "indexedtext", "kind", models.SlugField(blank=True, db_index=False, default=""), False
        ),
        migrations.RunPython(name_language_and_kind, migrations.RunPython.noop),
        migrations.RemoveField("indexedtext", "scope"),
        migrations.RunPython(create_search, drop_search),
    ]
