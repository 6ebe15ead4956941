"""What a plan's rate is stands in the table of rates alone."""

import django.db.models.deletion
from django.db import migrations, models


def give_back(apps, schema_editor):
    """Of the way back: the rate stands in its plan's row again."""
    for rate in apps.get_model("events", "PlanRate").objects.select_related("quoted"):
        rate.rate, rate.as_of_date = rate.quoted.bought, rate.quoted.as_of_date
        rate.save(update_fields=["rate", "as_of_date"])


class Migration(migrations.Migration):
    dependencies = [("events", "0021_exchange_rates")]

    operations = [
        migrations.RemoveConstraint(model_name="planrate", name="events_planrate_above_zero"),
        migrations.AlterField(
            model_name="planrate",
            name="rate",
            field=models.DecimalField(
                decimal_places=6, max_digits=16, null=True, verbose_name="rate"
            ),
        ),
        migrations.AlterField(
            model_name="planrate",
            name="as_of_date",
            field=models.DateField(null=True, verbose_name="rate of"),
        ),
        migrations.RunPython(migrations.RunPython.noop, give_back),
        migrations.RemoveField(model_name="planrate", name="rate"),
        migrations.RemoveField(model_name="planrate", name="as_of_date"),
        migrations.AlterField(
            model_name="planrate",
            name="quoted",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="events.exchangerate",
            ),
        ),
        migrations.AddConstraint(
            model_name="planrate",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__gt", 0)), name="events_planrate_above_zero"
            ),
        ),
        migrations.AlterModelOptions(
            name="planrate",
            options={
                "base_manager_name": "objects",
                "ordering": ["currency"],
                "verbose_name": "plan rate",
                "verbose_name_plural": "plan rates",
            },
        ),
    ]
