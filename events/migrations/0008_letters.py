"""Letters as files, their runs, and the look they are given."""

import django.db.models.deletion
import events.sealing.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0007_packet_delivery"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paused_at', models.DateTimeField(blank=True, null=True)),
                ('kickoff', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letter_run', to='events.kickoff')),
                ('paused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'run of letters',
                'verbose_name_plural': 'runs of letters',
            },
        ),
        migrations.CreateModel(
            name='LetterBrand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.PositiveIntegerField(verbose_name='edition')),
                ('ink', models.CharField(default='#12201a', max_length=7, verbose_name='ink')),
                ('accent', models.CharField(default='#0a757b', max_length=7, verbose_name='accent')),
                ('logo', models.BinaryField(default=b'', verbose_name='logo')),
                ('opening', models.TextField(blank=True, verbose_name='opening')),
                ('closing', models.TextField(blank=True, verbose_name='closing')),
                ('footer', models.CharField(blank=True, max_length=160, verbose_name='footer')),
                ('saved_at', models.DateTimeField()),
                ('kickoff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letter_brands', to='events.kickoff')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'look of letters',
                'verbose_name_plural': 'looks of letters',
                'ordering': ['kickoff', '-edition'],
                'constraints': [models.UniqueConstraint(fields=('kickoff', 'edition'), name='events_letterbrand_one_per_edition'), models.CheckConstraint(condition=models.Q(('edition__gte', 1)), name='events_letterbrand_editions_from_one')],
            },
        ),
        migrations.CreateModel(
            name='LetterFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('LETTER', 'Letter'), ('SIGNED_COPY', 'Signed copy')], max_length=11, verbose_name='kind')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('key', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('WAITING', 'Waiting'), ('RENDERING', 'Being made'), ('READY', 'Ready'), ('FAILED', 'Failed')], default='WAITING', max_length=9, verbose_name='state')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='what went wrong')),
                ('queued_at', models.DateTimeField()),
                ('rendered_at', models.DateTimeField(blank=True, null=True)),
                ('pages', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('pdf', events.sealing.models.SealedBytesField(blank=True, null=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letter_files', to='events.packetversion')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='events.letterrun')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['run', 'state'], name='events_letterfile_by_state')],
                'constraints': [models.UniqueConstraint(fields=('version', 'kind', 'language'), name='events_letterfile_one_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('pdf__isnull', False), ('rendered_at__isnull', False), ('state', 'READY')), models.Q(models.Q(('state', 'READY'), _negated=True), ('pdf', None)), _connector='OR'), name='events_letterfile_ready_has_a_file'), models.CheckConstraint(condition=models.Q(models.Q(('leased_until__isnull', False), ('state', 'RENDERING')), models.Q(models.Q(('state', 'RENDERING'), _negated=True), ('leased_until', None)), _connector='OR'), name='events_letterfile_lease_while_rendering'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'FAILED'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='events_letterfile_failure_has_a_reason')],
            },
        ),
    ]
