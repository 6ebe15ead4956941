"""A budget keeps the currency in which it began, whatever its kickoff's becomes."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def as_the_kickoff(apps, schema_editor):
    """Budgets that are there are in the currency of their kickoff."""
    kickoff = apps.get_model("events", "Kickoff").objects.filter(pk=OuterRef("kickoff"))
    apps.get_model("events", "Budget").objects.update(
        currency=Subquery(kickoff.values("currency")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0028_timelines")]

    operations = [
        migrations.AddField(
            model_name="budget",
            name="currency",
            field=models.CharField(default="USD", max_length=3, verbose_name="currency"),
            preserve_default=False,
        ),
        migrations.RunPython(as_the_kickoff, migrations.RunPython.noop),
    ]
