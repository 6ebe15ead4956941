import json

from django.conf import settings
from django.db import migrations

import events.sealing.models
from events.sealing import rules as sealing

BATCH = 500


def seal(apps, schema_editor):
    """What people have said goes into the sealed column, for its own row alone."""
    Answer = apps.get_model("events", "NeedAnswer")
    for one in Answer.objects.order_by("pk").iterator(BATCH):
        text = json.dumps(one.values, ensure_ascii=False)
        owner = f"needs of {one.attendee_id} in {one.form_id}"
        token = sealing.seal(text, settings.PACKET_KEYS, owner=owner)
        Answer.objects.filter(pk=one.pk).update(sealed=token)


def unseal(apps, schema_editor):
    Answer = apps.get_model("events", "NeedAnswer")
    for one in Answer.objects.order_by("pk").iterator(BATCH):
        owner = f"needs of {one.attendee_id} in {one.form_id}"
        text = sealing.unseal(one.sealed, settings.PACKET_KEYS, owner=owner)
        Answer.objects.filter(pk=one.pk).update(values=json.loads(text))


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0040_kinds_of_prework'),
    ]

    operations = [
        migrations.AddField(
            model_name='needanswer',
            name='sealed',
            field=events.sealing.models.SealedField(default=''),
            preserve_default=False,
        ),
        migrations.RunPython(seal, unseal),
        migrations.RemoveField(model_name='needanswer', name='values'),
    ]
