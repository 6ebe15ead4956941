"""The column is the same text; only its type in code says that it is sealed."""

from django.db import migrations

import events.sealing.models


class Migration(migrations.Migration):
    dependencies = [("events", "0002_released_packets_are_frozen")]

    operations = [
        # State alone: altering the table would make SQLite rebuild it and drop its trigger
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="packetversion",
                    name="sealed",
                    field=events.sealing.models.SealedField(),
                )
            ]
        )
    ]
