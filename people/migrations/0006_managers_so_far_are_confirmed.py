from django.db import migrations
from django.db.models import F


def take_as_confirmed(apps, schema_editor):
    """Whoever is a manager today has read until today."""
    people = apps.get_model("people", "Person").objects.filter(manager__isnull=False)
    people.update(confirmed_manager=F("manager"))


class Migration(migrations.Migration):
    dependencies = [("people", "0005_managers_that_revops_has_confirmed")]

    operations = [migrations.RunPython(take_as_confirmed, migrations.RunPython.noop)]
