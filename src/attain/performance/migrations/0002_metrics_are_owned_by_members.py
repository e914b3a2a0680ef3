"""A metric belongs to a member, who is told of it, and not to a person, who may never sign in.

No page and no program could name an owner before, so that nothing is lost with the old column.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Take the owner of a metric anew."""

    dependencies = [
        ("organisations", "0001_initial"),
        ("performance", "0001_initial"),
    ]

    operations = [
        migrations.RemoveField("metric", "owner"),
        migrations.AddField(
            "metric",
            "owner",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.member",
                verbose_name="owner",
            ),
        ),
    ]
