"""Plan rates have a day, and quotas a rounding; plans that are there keep the one they had."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate


def date_rates(apps, schema_editor):
    """The day on which its plan changed last is the nearest that is known of a rate."""
    plan, rate = apps.get_model("events", "QuotaPlan"), apps.get_model("events", "PlanRate")
    changed = plan.objects.filter(pk=OuterRef("plan")).values(day=TruncDate("changed_at"))
    rate.objects.filter(as_of_date=None).update(as_of_date=Subquery(changed))


class Migration(migrations.Migration):
    dependencies = [("events", "0017_review_slot_changes")]

    operations = [
        migrations.AddField(
            model_name="quotaplan",
            name="rounding",
            field=models.CharField(
                choices=[
                    ("STEPS", "Whole steps, such as 904,000"),
                    ("DECIMALS", "The currency's decimals, such as 904,109.59"),
                ],
                default="DECIMALS",
                max_length=8,
                verbose_name="rounding",
            ),
        ),
        migrations.AlterField(
            model_name="quotaplan",
            name="rounding",
            field=models.CharField(
                choices=[
                    ("STEPS", "Whole steps, such as 904,000"),
                    ("DECIMALS", "The currency's decimals, such as 904,109.59"),
                ],
                default="STEPS",
                max_length=8,
                verbose_name="rounding",
            ),
        ),
        migrations.AddField(
            model_name="planrate",
            name="as_of_date",
            field=models.DateField(null=True, verbose_name="rate of"),
        ),
        migrations.RunPython(date_rates, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="planrate",
            name="as_of_date",
            field=models.DateField(verbose_name="rate of"),
        ),
    ]
