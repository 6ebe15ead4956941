"""Rates get a table of their own, and plans point into it."""

import django.db.models.deletion
from django.db import migrations, models


def note_rates(apps, schema_editor):
    """Each plan's rates become rows that others may reckon with too."""
    noted, plan_rate = (
        apps.get_model("events", "ExchangeRate"),
        apps.get_model("events", "PlanRate"),
    )
    for rate in plan_rate.objects.select_related("plan"):
        rate.quoted, _made = noted.objects.get_or_create(
            kickoff_id=rate.plan.kickoff_id,
            base=rate.plan.currency,
            currency=rate.currency,
            as_of_date=rate.as_of_date,
            bought=rate.rate,
        )
        rate.save(update_fields=["quoted"])


class Migration(migrations.Migration):
    dependencies = [("events", "0020_questions_about_a_round")]

    operations = [
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("base", models.CharField(max_length=3, verbose_name="one unit of")),
                ("currency", models.CharField(max_length=3, verbose_name="buys so much of")),
                (
                    "bought",
                    models.DecimalField(decimal_places=6, max_digits=16, verbose_name="rate"),
                ),
                ("as_of_date", models.DateField(verbose_name="rate of")),
                (
                    "kickoff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exchange_rates",
                        to="events.kickoff",
                    ),
                ),
            ],
            options={
                "verbose_name": "exchange rate",
                "verbose_name_plural": "exchange rates",
                "ordering": ["-as_of_date", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kickoff", "base", "currency", "as_of_date", "bought"),
                        name="events_exchangerate_noted_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bought__gt", 0)), name="events_exchangerate_above_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("base", models.F("currency")), _negated=True),
                        name="events_exchangerate_of_two_currencies",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="planrate",
            name="quoted",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="events.exchangerate",
            ),
        ),
        migrations.RunPython(note_rates, migrations.RunPython.noop),
    ]
