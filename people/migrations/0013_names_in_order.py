from django.contrib.postgres.operations import CreateCollation
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_standings"),
    ]

    operations = [
        # SQLite is taught it by each connection
        CreateCollation("sko_names", provider="icu", locale="und"),
        migrations.AlterField(
            model_name="person",
            name="full_name",
            field=models.CharField(
                db_collation="sko_names", max_length=160, verbose_name="full name"
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="job_title",
            field=models.CharField(
                blank=True, db_collation="sko_names", max_length=120, verbose_name="job title"
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="preferred_name",
            field=models.CharField(
                blank=True, db_collation="sko_names", max_length=80, verbose_name="preferred name"
            ),
        ),
        migrations.AlterField(
            model_name="region",
            name="name",
            field=models.CharField(
                db_collation="sko_names", max_length=80, unique=True, verbose_name="name"
            ),
        ),
        migrations.AlterField(
            model_name="team",
            name="name",
            field=models.CharField(db_collation="sko_names", max_length=120, verbose_name="name"),
        ),
    ]
