from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reinforcement', '0001_squashed_0003_more_time_that_a_manager_gave'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='touch',
            name='last_error',
        ),
        migrations.RemoveField(
            model_name='touch',
            name='leased_until',
        ),
        migrations.RemoveField(
            model_name='touch',
            name='tries',
        ),
    ]
