from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0015_held_release"),
        ("people", "0013_names_in_order"),
    ]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="name",
            field=models.CharField(db_collation="sko_names", max_length=160, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="account",
            name="region",
            field=models.CharField(
                blank=True, db_collation="sko_names", max_length=80, verbose_name="region"
            ),
        ),
        migrations.AlterField(
            model_name="account",
            name="segment",
            field=models.CharField(
                blank=True, db_collation="sko_names", max_length=80, verbose_name="segment"
            ),
        ),
        migrations.AlterField(
            model_name="product",
            name="name",
            field=models.CharField(db_collation="sko_names", max_length=120, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="salesterritory",
            name="name",
            field=models.CharField(db_collation="sko_names", max_length=120, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="salesterritory",
            name="role",
            field=models.CharField(
                db_collation="sko_names", default="AE", max_length=40, verbose_name="role"
            ),
        ),
    ]
