from typing import Any

from django.db import migrations, models


def stand_at_the_end(apps: Any, _editor: Any) -> None:
    """Let figures stand at the end of each trail: so far any write may have been one of them."""
    apps.get_model("organisations", "AuditHead").objects.update(figures_hash=models.F("entry_hash"))


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_where_somebody_is_signed_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="audithead",
            name="figures_hash",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.RunPython(stand_at_the_end, migrations.RunPython.noop),
    ]
