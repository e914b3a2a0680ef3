"""Hours that close before they open end on the next day: a site may be open at night."""

from django.db import migrations


class Migration(migrations.Migration):
    """Take back that a site closes later on the day than it opens."""

    dependencies = [("organisations", "0004_webhooks")]

    operations = [migrations.RemoveConstraint("openinghours", "opens_before_it_closes")]
