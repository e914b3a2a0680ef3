"""Triggers that keep what was handed in, agreed, published and closed as it was."""

from django.db import migrations

REFUSAL = "what was handed in, agreed, published or closed is never changed"
# Each: the table, the name of its trigger, the event, and when it refuses.
AGREED = "organisation_id, assessment_id, item, number, level, target, is_applicable, reason, note,"
AGREED += " needed, rationale, agreed_by_id, agreed_at, uuid"
EVIDENCE = "organisation_id, assessment_id, item, kind, title, file_id, link, document_id,"
EVIDENCE += " metric_id, expires_on, added_by_id, added_at, uuid"
PUBLISHED = "OLD.status <> 'draft'"
CLOSED = "OLD.state = 'closed'"
HANDED_IN = (
    "EXISTS (SELECT 1 FROM assessments_assessorpart AS part"
    " WHERE part.id = OLD.part_id AND part.submitted_at IS NOT NULL)"
)
NEVER = [
    ("assessments_agreedrating", "change", f"UPDATE OF {AGREED}", None),
    ("assessments_agreedrating", "delete", "DELETE", None),
    ("assessments_itemevidence", "change", f"UPDATE OF {EVIDENCE}", None),
    ("assessments_itemevidence", "delete", "DELETE", None),
    ("assessments_modeledition", "change", "UPDATE OF text, sha256, key, edition", PUBLISHED),
    ("assessments_modeledition", "delete", "DELETE", PUBLISHED),
    ("assessments_assessment", "change", "UPDATE", CLOSED),
    ("assessments_assessment", "delete", "DELETE", CLOSED),
    ("assessments_rating", "change", "UPDATE", HANDED_IN),
    ("assessments_rating", "delete", "DELETE", HANDED_IN),
]


def forbid(_apps, schema_editor):
    for table, name, event, condition in NEVER:
        trigger = f"{table}_no_{name}"
        if schema_editor.connection.vendor == "postgresql":
            # A condition with a query in it stands in the body: WHEN takes none.
            returned = "OLD" if event == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE FUNCTION {trigger}() RETURNS trigger AS $$ BEGIN"
                f" IF {condition or 'TRUE'} THEN RAISE EXCEPTION '{REFUSAL}'; END IF;"
                f" RETURN {returned}; END; $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {trigger} BEFORE {event} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {trigger}()"
            )
        else:
            when = f" WHEN {condition}" if condition else ""
            schema_editor.execute(
                f"CREATE TRIGGER {trigger} BEFORE {event} ON {table}{when}"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def allow(_apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, name, _event, _condition in NEVER:
        trigger = f"{table}_no_{name}"
        schema_editor.execute(
            f"DROP TRIGGER IF EXISTS {trigger}" + (f" ON {table}" if on_postgresql else "")
        )
        if on_postgresql:
            schema_editor.execute(f"DROP FUNCTION {trigger}()")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow)]
