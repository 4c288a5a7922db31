from django.db import migrations

REFUSAL = "The audit log is only ever added to."

CREATE = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS content_auditentry_no_update BEFORE UPDATE ON content_auditentry "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        "CREATE TRIGGER IF NOT EXISTS content_auditentry_no_delete BEFORE DELETE ON content_auditentry "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION content_auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        # For each statement: also one that meets no row, and TRUNCATE, is refused.
        "DROP TRIGGER IF EXISTS content_auditentry_append_only ON content_auditentry",
        "CREATE TRIGGER content_auditentry_append_only "
        "BEFORE UPDATE OR DELETE OR TRUNCATE ON content_auditentry "
        "FOR EACH STATEMENT EXECUTE FUNCTION content_auditentry_refuse()",
    ),
}
DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS content_auditentry_no_update",
        "DROP TRIGGER IF EXISTS content_auditentry_no_delete",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS content_auditentry_append_only ON content_auditentry",
        "DROP FUNCTION IF EXISTS content_auditentry_refuse",
    ),
}


def create_triggers(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Makes the database refuse to change, delete or empty the audit log.

    SQLite makes a table anew when a later migration alters it, and loses its triggers: such a migration runs
    ``create_triggers`` again at its end. A test says so if it is forgotten.
    """

    dependencies = [("content", "0007_keep_an_audit_log")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
