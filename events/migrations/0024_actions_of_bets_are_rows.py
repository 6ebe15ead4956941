"""What a bet asked of everybody each week, month and quarter becomes actions that it suggests."""

from datetime import timedelta

from django.db import migrations, models

CADENCES = {
    "action_weekly": "WEEKLY",
    "action_monthly": "MONTHLY",
    "action_quarterly": "QUARTERLY",
}
PLAN_DAYS = 90


def to_rows(apps, schema_editor):
    BigBet = apps.get_model("events", "BigBet")
    SuggestedAction = apps.get_model("events", "SuggestedAction")
    SuggestedAction.objects.bulk_create(
        SuggestedAction(
            bet=bet,
            cadence=cadence,
            words=getattr(bet, name),
            by_date=bet.kickoff.ends_date + timedelta(days=PLAN_DAYS),
        )
        for bet in BigBet.objects.select_related("kickoff").order_by("pk")
        for name, cadence in CADENCES.items()
        if getattr(bet, name)
    )


def to_columns(apps, schema_editor):
    """The first action of each cadence that is for everybody; the others have no place there."""
    BigBet = apps.get_model("events", "BigBet")
    SuggestedAction = apps.get_model("events", "SuggestedAction")
    for name, cadence in CADENCES.items():
        for one in SuggestedAction.objects.filter(cadence=cadence, role="").order_by("-pk"):
            BigBet.objects.filter(pk=one.bet_id).update(**{name: one.words})


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0023_bets_are_measured'),
    ]

    operations = [
        migrations.RunPython(to_rows, to_columns),
        migrations.RemoveField(
            model_name='bigbet',
            name='action_monthly',
        ),
        migrations.RemoveField(
            model_name='bigbet',
            name='action_quarterly',
        ),
        migrations.RemoveField(
            model_name='bigbet',
            name='action_weekly',
        ),
    ]
