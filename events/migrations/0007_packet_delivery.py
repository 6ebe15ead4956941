"""
Who approves packets, how they go out, and what is put on them.

SQLite rebuilds `events_packetversion` here and drops its trigger, so the trigger that keeps what
was released is made again, with the release among what never changes.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import events.sealing.models

frozen = import_module("events.migrations.0002_released_packets_are_frozen")
COLUMNS = (*frozen.COLUMNS, "release_id")


def create(apps, schema_editor):
    changed = {
        "sqlite": " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in COLUMNS),
        "postgresql": " OR ".join(
            f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in COLUMNS
        ),
    }.get(schema_editor.connection.vendor)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER {frozen.NAME} BEFORE UPDATE ON events_packetversion "
            f"WHEN OLD.released_at IS NOT NULL AND ({changed}) "
            f"BEGIN SELECT RAISE(ABORT, '{frozen.TEXT}'); END"
        )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {frozen.NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{frozen.TEXT}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {frozen.NAME} BEFORE UPDATE ON events_packetversion FOR EACH ROW "
            f"WHEN (OLD.released_at IS NOT NULL AND ({changed})) "
            f"EXECUTE FUNCTION {frozen.NAME}()"
        )


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0006_quotas"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(frozen.drop, frozen.create),
        migrations.CreateModel(
            name='EmployerSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('typed_name', models.CharField(max_length=160, verbose_name='typed name')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('content_hash', models.CharField(max_length=64)),
                ('signed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': "employer's signature",
                'verbose_name_plural': "employer's signatures",
            },
        ),
        migrations.CreateModel(
            name='PacketAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('ACCEPTED', 'Accepted'), ('DECLINED', 'Declined')], max_length=8)),
                ('typed_name', models.CharField(max_length=160, verbose_name='typed name')),
                ('content_hash', models.CharField(max_length=64)),
                ('sealed_reason', events.sealing.models.SealedField(blank=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'answer to a packet',
                'verbose_name_plural': 'answers to packets',
                'ordering': ['version', 'at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PacketApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('FINANCE', 'Finance'), ('SALES', 'Sales leadership')], max_length=8)),
                ('at', models.DateTimeField()),
                ('content_hash', models.CharField(max_length=64)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'approval',
                'verbose_name_plural': 'approvals',
            },
        ),
        migrations.CreateModel(
            name='PacketApprover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('FINANCE', 'Finance'), ('SALES', 'Sales leadership')], max_length=8, verbose_name='approves for')),
                ('named_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'packet approver',
                'verbose_name_plural': 'packet approvers',
                'ordering': ['kind', 'person__full_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PacketRecall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('sealed_reason', events.sealing.models.SealedField()),
            ],
            options={
                'verbose_name': 'recall of a packet',
                'verbose_name_plural': 'recalls of packets',
            },
        ),
        migrations.CreateModel(
            name='PacketRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('scope', models.CharField(max_length=200, verbose_name='what is released')),
                ('moment_key', models.CharField(blank=True, max_length=80)),
                ('moment_label', models.CharField(blank=True, max_length=200)),
                ('due_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('left_out', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'packet release',
                'verbose_name_plural': 'packet releases',
                'ordering': ['due_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PacketReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('FINANCE', 'Finance'), ('SALES', 'Sales leadership')], max_length=8)),
                ('at', models.DateTimeField()),
                ('sealed_reason', events.sealing.models.SealedField()),
            ],
            options={
                'verbose_name': 'returned drafts',
                'verbose_name_plural': 'returned drafts',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='packetversion',
            name='events_packetversion_one_standing',
        ),
        migrations.AddField(
            model_name='packetversion',
            name='recalled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='packetversion',
            name='submitted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='packetversion',
            name='submitted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='receipt',
            name='means',
            field=models.CharField(blank=True, choices=[('PAPER', 'on paper'), ('SYSTEM', 'in another system'), ('OTHER', 'in another way')], max_length=6, verbose_name='how it was given'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='recorded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='receipt',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='receipt',
            name='sealed_evidence',
            field=events.sealing.models.SealedField(blank=True),
        ),
        migrations.AddField(
            model_name='receipt',
            name='sealed_reason',
            field=events.sealing.models.SealedField(blank=True),
        ),
        migrations.AlterField(
            model_name='packetversion',
            name='state',
            field=models.CharField(choices=[('DRAFT', 'Draft'), ('APPROVED', 'Approved'), ('RELEASED', 'Released'), ('VIEWED', 'Viewed'), ('RECEIVED', 'Received'), ('ACCEPTED', 'Accepted'), ('DECLINED', 'Declined'), ('SUPERSEDED', 'Superseded'), ('EXPIRED', 'Expired'), ('RECALLED', 'Taken back')], default='DRAFT', max_length=10, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('means', ''), ('recorded_at', None), ('recorded_by', None), ('sealed_evidence', ''), ('sealed_reason', '')), models.Q(('recorded_at__isnull', False), ('recorded_by__isnull', False), models.Q(('means', ''), _negated=True), models.Q(('sealed_reason', ''), _negated=True), models.Q(('sealed_evidence', ''), _negated=True)), _connector='OR'), name='events_receipt_recorded_with_reason'),
        ),
        migrations.AddField(
            model_name='employersignature',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='employersignature',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='employer_signature', to='events.packetversion'),
        ),
        migrations.AddField(
            model_name='packetanswer',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packetanswer',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='events.packetversion'),
        ),
        migrations.AddField(
            model_name='packetapproval',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packetapproval',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='events.packetversion'),
        ),
        migrations.AddField(
            model_name='packetapprover',
            name='kickoff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='packet_approvers', to='events.kickoff'),
        ),
        migrations.AddField(
            model_name='packetapprover',
            name='named_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packetapprover',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packet_approvals', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packetrecall',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packetrecall',
            name='in_force',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.packetversion'),
        ),
        migrations.AddField(
            model_name='packetrecall',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recall', to='events.packetversion'),
        ),
        migrations.AddField(
            model_name='packetrelease',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packetrelease',
            name='cancelled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packetrelease',
            name='kickoff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packet_releases', to='events.kickoff'),
        ),
        migrations.AddField(
            model_name='packetrelease',
            name='lifted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packetversion',
            name='release',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='events.packetrelease'),
        ),
        migrations.AddConstraint(
            model_name='packetversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['RELEASED', 'VIEWED', 'RECEIVED', 'ACCEPTED', 'DECLINED', 'EXPIRED'])), fields=('packet',), name='events_packetversion_one_standing'),
        ),
        migrations.AddConstraint(
            model_name='packetversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'DRAFT'), _negated=True), ('release', None), _connector='OR'), name='events_packetversion_draft_has_no_release'),
        ),
        migrations.AddConstraint(
            model_name='packetversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'RECALLED'), _negated=True), ('recalled_at__isnull', False), _connector='OR'), name='events_packetversion_recall_has_time'),
        ),
        migrations.AddField(
            model_name='packetreturn',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='packetreturn',
            name='versions',
            field=models.ManyToManyField(related_name='returns', to='events.packetversion'),
        ),
        migrations.AddConstraint(
            model_name='employersignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('typed_name', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='events_employersignature_name_and_title'),
        ),
        migrations.AddConstraint(
            model_name='packetanswer',
            constraint=models.CheckConstraint(condition=models.Q(('typed_name', ''), _negated=True), name='events_packetanswer_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='packetanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'ACCEPTED'), ('sealed_reason', '')), models.Q(('kind', 'DECLINED'), models.Q(('sealed_reason', ''), _negated=True)), _connector='OR'), name='events_packetanswer_decline_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='packetanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'ACCEPTED')), fields=('version',), name='events_packetanswer_accepted_once'),
        ),
        migrations.AddConstraint(
            model_name='packetapproval',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('version', 'kind'), name='events_packetapproval_one_per_kind'),
        ),
        migrations.AddConstraint(
            model_name='packetapproval',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('version', 'by'), name='events_packetapproval_one_kind_a_person'),
        ),
        migrations.AddConstraint(
            model_name='packetapproval',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['FINANCE', 'SALES'])), name='events_packetapproval_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='packetapprover',
            constraint=models.UniqueConstraint(fields=('kickoff', 'person'), name='events_packetapprover_one_kind_each'),
        ),
        migrations.AddConstraint(
            model_name='packetapprover',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['FINANCE', 'SALES'])), name='events_packetapprover_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='packetrecall',
            constraint=models.CheckConstraint(condition=models.Q(('sealed_reason', ''), _negated=True), name='events_packetrecall_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='packetrelease',
            constraint=models.CheckConstraint(condition=models.Q(('lifted_at', None), ('cancelled_at', None), _connector='OR'), name='events_packetrelease_lifted_or_cancelled'),
        ),
        migrations.AddConstraint(
            model_name='packetrelease',
            constraint=models.CheckConstraint(condition=models.Q(('moment_key', ''), models.Q(('moment_label', ''), _negated=True), _connector='OR'), name='events_packetrelease_moment_has_a_name'),
        ),
        migrations.RunPython(create, frozen.drop),
    ]
