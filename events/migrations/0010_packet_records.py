"""
What is kept, held, handed out and reminded of.

The database itself refuses to delete what a released version says before three years have passed
since its end, or while a legal hold stands. It compares a row with what it was and looks into
another table, so this is a trigger. SQLite drops a table's triggers when a later migration
rebuilds the table: a migration that alters `events_packetversion` creates this one again. The
suite tests that it is there.
"""

import django.core.validators
import django.db.models.deletion
import events.sealing.models
from django.conf import settings
from django.db import migrations, models


NAME = "events_packetversion_kept"
TEXT = "a released packet version is kept for three years, and under a legal hold"
HELD = (
    "EXISTS (SELECT 1 FROM events_legalhold"
    " WHERE events_legalhold.packet_id = OLD.packet_id AND events_legalhold.lifted_at IS NULL)"
)
# One that was deleted stays so, and one that was not has its content
CHANGED = (
    "(OLD.shredded_at IS NOT NULL AND (NEW.shredded_at {differs} OLD.shredded_at"
    " OR NEW.sealed <> '')) OR (NEW.shredded_at IS NOT NULL AND NEW.sealed <> '')"
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        end = (
            "max(date(OLD.released_at),"
            " date(coalesce(OLD.superseded_at, OLD.effective_to)))"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON events_packetversion "
            "WHEN OLD.released_at IS NOT NULL AND ("
            "(NEW.sealed = '' AND OLD.sealed <> '' AND (NEW.shredded_at IS NULL"
            # What is no date for SQLite compares as unknown, and is refused too
            f" OR NOT coalesce(date(NEW.shredded_at) >= date({end}, '+3 years'), 0) OR {HELD}))"
            f" OR {CHANGED.format(differs='IS NOT')}) "
            f"BEGIN SELECT RAISE(ABORT, '{TEXT}'); END"
        )
    elif schema_editor.connection.vendor == "postgresql":
        end = (
            "greatest((OLD.released_at AT TIME ZONE 'UTC')::date,"
            " coalesce((OLD.superseded_at AT TIME ZONE 'UTC')::date, OLD.effective_to))"
        )
        schema_editor.execute(
            f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF (NEW.sealed = '' AND OLD.sealed <> '' AND (NEW.shredded_at IS NULL"
            " OR (NEW.shredded_at AT TIME ZONE 'UTC')::date"
            f" < ({end} + interval '3 years')::date OR {HELD}))"
            f" OR {CHANGED.format(differs='IS DISTINCT FROM')} "
            f"THEN RAISE EXCEPTION '{TEXT}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END IF; RETURN NEW; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON events_packetversion FOR EACH ROW "
            f"WHEN (OLD.released_at IS NOT NULL) EXECUTE FUNCTION {NAME}()"
        )
        # Only here: SQLite empties its tables after a test by deleting row by row
        schema_editor.execute(
            f"CREATE FUNCTION {NAME}_as_row() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{TEXT}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {NAME}_as_row BEFORE DELETE ON events_packetversion FOR EACH ROW "
            f"WHEN (OLD.released_at IS NOT NULL) EXECUTE FUNCTION {NAME}_as_row()"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}")
    elif schema_editor.connection.vendor == "postgresql":
        for name in (NAME, f"{NAME}_as_row"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON events_packetversion")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0009_inquiries"),
        ('people', '0002_leave_date_and_language_of_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='packetversion',
            name='shredded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='Handout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('COUNSEL', 'for counsel'), ('LEAVER', 'for somebody who left'), ('OWN', 'for the rep')], max_length=8)),
                ('state', models.CharField(choices=[('WAITING', 'being made'), ('READY', 'ready'), ('ENDED', 'deleted')], default='WAITING', max_length=8)),
                ('sealed_purpose', events.sealing.models.SealedField(blank=True)),
                ('requested_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(null=True)),
                ('ready_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('parts_total', models.PositiveIntegerField(default=0)),
                ('parts_done', models.PositiveIntegerField(default=0)),
                ('size_bytes', models.BigIntegerField(default=0)),
                ('downloads', models.PositiveIntegerField(default=0)),
                ('kickoff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.kickoff')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.region')),
                ('rep', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='packet_handouts', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'handout of packets',
                'verbose_name_plural': 'handouts of packets',
                'ordering': ['-requested_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HandoutPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', events.sealing.models.SealedField(blank=True)),
                ('built_at', models.DateTimeField(null=True)),
                ('missing_letters', models.PositiveSmallIntegerField(default=0)),
                ('handout', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='events.handout')),
                ('packet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.packet')),
            ],
            options={
                'verbose_name': 'part of a handout',
                'verbose_name_plural': 'parts of a handout',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LeaverLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('code_hash', models.CharField(max_length=160)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('downloads', models.PositiveSmallIntegerField(default=0)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('handout', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='link', to='events.handout')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'link of a leaver',
                'verbose_name_plural': 'links of leavers',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_reason', events.sealing.models.SealedField()),
                ('placed_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('packet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='events.packet')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'legal hold',
                'verbose_name_plural': 'legal holds',
                'ordering': ['-placed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('BY_HAND', 'by hand'), ('UNOPENED', 'not opened'), ('LAST_MORNING', 'last morning'), ('LIST', 'list for the manager'), ('MANAGER', 'manager'), ('ABOVE', 'one level up')], max_length=12)),
                ('local_date', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='events.packetversion')),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReminderPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=True, verbose_name='remind by itself')),
                ('unopened_days', models.PositiveSmallIntegerField(default=3, help_text='A rep who has not opened the packet by then is reminded.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='days after the release')),
                ('manager_days', models.PositiveSmallIntegerField(default=2, help_text='The manager hears who has not signed.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='days after the event')),
                ('above_days', models.PositiveSmallIntegerField(default=5, help_text="The manager's manager hears of it.", validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='days after the event, one level up')),
                ('kickoff', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='packet_reminder_plan', to='events.kickoff')),
            ],
            options={
                'verbose_name': 'reminder plan',
                'verbose_name_plural': 'reminder plans',
            },
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'COUNSEL'), _negated=True), models.Q(('kickoff__isnull', False), models.Q(('sealed_purpose', ''), _negated=True)), _connector='OR'), name='events_handout_counsel_has_purpose'),
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'COUNSEL'), models.Q(('kickoff', None), ('region', None), ('rep__isnull', False)), _connector='OR'), name='events_handout_others_have_a_rep'),
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'READY'), _negated=True), models.Q(('expires_at__isnull', False), ('ready_at__isnull', False)), _connector='OR'), name='events_handout_ready_has_times'),
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ENDED'), _negated=True), ('ended_at__isnull', False), _connector='OR'), name='events_handout_end_has_time'),
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.CheckConstraint(condition=models.Q(('parts_done__lte', models.F('parts_total'))), name='events_handout_done_within_total'),
        ),
        migrations.AddConstraint(
            model_name='handout',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'OWN'), ('state__in', ['WAITING', 'READY'])), fields=('rep',), name='events_handout_one_own_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='handoutpart',
            constraint=models.UniqueConstraint(fields=('handout', 'packet'), name='events_handoutpart_once_a_packet'),
        ),
        migrations.AddConstraint(
            model_name='handoutpart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('built_at', None), ('sealed', '')), models.Q(('built_at__isnull', False), models.Q(('sealed', ''), _negated=True)), _connector='OR'), name='events_handoutpart_built_is_sealed'),
        ),
        migrations.AddConstraint(
            model_name='leaverlink',
            constraint=models.CheckConstraint(condition=models.Q(('downloads__lte', 5)), name='events_leaverlink_downloads_in_bounds'),
        ),
        migrations.AddConstraint(
            model_name='leaverlink',
            constraint=models.CheckConstraint(condition=models.Q(('tries__lte', 10)), name='events_leaverlink_tries_in_bounds'),
        ),
        migrations.AddConstraint(
            model_name='leaverlink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='events_leaverlink_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('packet',), name='events_legalhold_one_standing'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__gte', models.F('placed_at')), ('lifted_by__isnull', False)), _connector='OR'), name='events_legalhold_lifted_by_somebody_after'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(('sealed_reason', ''), _negated=True), name='events_legalhold_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'BY_HAND')), fields=('version', 'local_date'), name='events_reminder_by_hand_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'BY_HAND'), _negated=True), fields=('version', 'stage'), name='events_reminder_each_stage_once'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'BY_HAND'), _negated=True), ('by__isnull', False), _connector='OR'), name='events_reminder_by_hand_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='reminderplan',
            constraint=models.CheckConstraint(condition=models.Q(('above_days__gt', models.F('manager_days'))), name='events_reminderplan_manager_before_above'),
        ),
        migrations.AddConstraint(
            model_name='reminderplan',
            constraint=models.CheckConstraint(condition=models.Q(('unopened_days__gte', 1), ('unopened_days__lte', 30), ('above_days__lte', 30), ('manager_days__gte', 1)), name='events_reminderplan_days_in_bounds'),
        ),
        migrations.RunPython(create, drop),
    ]
