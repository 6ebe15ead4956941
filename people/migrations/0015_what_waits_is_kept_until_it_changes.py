from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def count_anew(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What was counted before says nothing of items: the tick finds them."""
    apps.get_model("people", "Standing").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0014_notices")]

    operations = [
        migrations.RunPython(count_anew, migrations.RunPython.noop),
        migrations.RemoveField("standing", "is_fresh"),
        migrations.AddField("standing", "items", models.JSONField(default=list)),
        migrations.CreateModel(
            name="Stale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_id", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "stale standing",
                "verbose_name_plural": "stale standings",
                "indexes": [models.Index(fields=["person_id"], name="people_stale_person")],
            },
        ),
    ]
