from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reinforcement', '0007_carry_next_steps_over'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='coachingnote',
            name='reinforcement_note_date_has_step',
        ),
        migrations.RemoveConstraint(
            model_name='coachingnote',
            name='reinforcement_note_ticked_has_step',
        ),
        migrations.RemoveIndex(
            model_name='coachingnote',
            name='reinforcement_note_open_step',
        ),
        migrations.RemoveField(
            model_name='coachingnote',
            name='next_step',
        ),
        migrations.RemoveField(
            model_name='coachingnote',
            name='next_step_by',
        ),
        migrations.RemoveField(
            model_name='coachingnote',
            name='step_done_at',
        ),
        migrations.RemoveField(
            model_name='coachingnote',
            name='step_done_by',
        ),
    ]
