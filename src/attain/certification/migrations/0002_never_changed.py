"""Triggers that refuse to change or delete what was decided and recorded."""

from django.db import migrations

FOR_EVER = [
    "certification_decision",
    "certification_submitteditem",
    "certification_interviewanswer",
    "certification_certificatemove",
    "certification_watchresult",
    "certification_correctiveevidence",
    "certification_retest",
]
# Of a certificate the count of its changes alone moves on.
OF_A_CERTIFICATE = (
    "number, decision_id, centre_id, scheme, tier, valid_from, valid_until, timezone, lapses_at,"
    " issued_at, uuid, organisation_id"
)
REFUSAL = "what was decided or recorded is never changed"


def _events():
    for table in FOR_EVER:
        yield table, "update", "UPDATE"
        yield table, "delete", "DELETE"
    yield "certification_certificate", "update", f"UPDATE OF {OF_A_CERTIFICATE}"
    yield "certification_certificate", "delete", "DELETE"


def forbid(_apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION certification_never_changed() RETURNS trigger AS $$"
            f" BEGIN RAISE EXCEPTION '{REFUSAL}'; END; $$ LANGUAGE plpgsql"
        )
    for table, name, event in _events():
        trigger = f"CREATE TRIGGER {table}_no_{name} BEFORE {event} ON {table}"
        if vendor == "postgresql":
            schema_editor.execute(
                f"{trigger} FOR EACH ROW EXECUTE FUNCTION certification_never_changed()"
            )
        else:
            schema_editor.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")


def allow(_apps, schema_editor):
    on_table = schema_editor.connection.vendor == "postgresql"
    for table, name, _event in _events():
        schema_editor.execute(
            f"DROP TRIGGER {table}_no_{name}" + (f" ON {table}" if on_table else "")
        )
    if on_table:
        schema_editor.execute("DROP FUNCTION certification_never_changed()")


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow)]
