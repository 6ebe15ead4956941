"""
Comp plans, who is on them and what they are paid, and editions of the terms.

A published edition is kept as it is by a trigger, as a released packet is: a CHECK cannot compare
a row with what it was. A migration that alters `events_termsedition` creates it again on SQLite.
"""

import django.db.models.deletion
import django.db.models.functions.text
import events.sealing.models
from django.conf import settings
from django.db import migrations, models


NAME = "events_termsedition_frozen"
TEXT = "published terms never change"


COLUMNS = ("code", "clauses", "state", "published_at", "published_by_id")


def create_trigger(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in COLUMNS)
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON events_termsedition "
            f"WHEN OLD.published_at IS NOT NULL AND ({changed}) "
            f"BEGIN SELECT RAISE(ABORT, '{TEXT}'); END"
        )
    elif schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in COLUMNS)
        schema_editor.execute(
            f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{TEXT}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON events_termsedition FOR EACH ROW "
            f"WHEN (OLD.published_at IS NOT NULL AND ({changed})) EXECUTE FUNCTION {NAME}()"
        )


def drop_trigger(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME} ON events_termsedition")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}()")


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0004_territories"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CompPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('starts_date', models.DateField(verbose_name='starts')),
                ('ends_date', models.DateField(verbose_name='ends')),
                ('design_json', models.JSONField()),
                ('is_ready', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kickoff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comp_plans', to='events.kickoff')),
            ],
            options={
                'verbose_name': 'comp plan',
                'verbose_name_plural': 'comp plans',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PersonComp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', events.sealing.models.SealedField()),
                ('currency', models.CharField(blank=True, max_length=3, verbose_name='currency')),
                ('starts_date', models.DateField(blank=True, null=True, verbose_name='starts')),
                ('ends_date', models.DateField(blank=True, null=True, verbose_name='ends')),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kickoff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='person_comps', to='events.kickoff')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person_comps', to='events.compplan')),
            ],
            options={
                'ordering': ['kickoff', 'person'],
            },
        ),
        migrations.CreateModel(
            name='PlanRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job_title', models.CharField(max_length=120, verbose_name='job title')),
                ('title_key', models.CharField(max_length=240)),
                ('kickoff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='events.kickoff')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='events.compplan')),
            ],
            options={
                'ordering': ['job_title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RolePay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', events.sealing.models.SealedField()),
                ('job_title', models.CharField(max_length=120, verbose_name='job title')),
                ('title_key', models.CharField(max_length=240)),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('countries', models.CharField(blank=True, max_length=400, verbose_name='countries')),
                ('kickoff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_pays', to='events.kickoff')),
            ],
            options={
                'ordering': ['job_title', 'currency', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TermsEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='edition')),
                ('state', models.CharField(choices=[('DRAFT', 'Draft'), ('PUBLISHED', 'Published')], default='DRAFT', max_length=10, verbose_name='state')),
                ('clauses', models.JSONField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'edition of the terms',
                'verbose_name_plural': 'editions of the terms',
                'ordering': ['-changed_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='compplan',
            constraint=models.UniqueConstraint(models.F('kickoff'), django.db.models.functions.text.Lower('name'), name='events_compplan_one_per_name'),
        ),
        migrations.AddConstraint(
            model_name='compplan',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='events_compplan_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='compplan',
            constraint=models.CheckConstraint(condition=models.Q(('ends_date__gte', models.F('starts_date'))), name='events_compplan_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='personcomp',
            constraint=models.UniqueConstraint(fields=('kickoff', 'person'), name='events_personcomp_one_per_person'),
        ),
        migrations.AddConstraint(
            model_name='personcomp',
            constraint=models.CheckConstraint(condition=models.Q(('ends_date__gte', models.F('starts_date')), ('starts_date', None), ('ends_date', None), _connector='OR'), name='events_personcomp_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='personcomp',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('currency', ''), _negated=True), ('plan__isnull', False), ('starts_date__isnull', False), ('ends_date__isnull', False), _connector='OR'), name='events_personcomp_says_something'),
        ),
        migrations.AddConstraint(
            model_name='planrole',
            constraint=models.UniqueConstraint(fields=('kickoff', 'title_key'), name='events_planrole_one_plan_per_title'),
        ),
        migrations.AddConstraint(
            model_name='planrole',
            constraint=models.CheckConstraint(condition=models.Q(('title_key', ''), _negated=True), name='events_planrole_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='rolepay',
            constraint=models.UniqueConstraint(fields=('kickoff', 'title_key', 'currency'), name='events_rolepay_one_per_title_and_currency'),
        ),
        migrations.AddConstraint(
            model_name='rolepay',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('currency', ''), _negated=True), models.Q(('title_key', ''), _negated=True)), name='events_rolepay_is_of_something'),
        ),
        migrations.AddConstraint(
            model_name='termsedition',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='events_termsedition_has_a_code'),
        ),
        migrations.AddConstraint(
            model_name='termsedition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state', 'DRAFT')), models.Q(('published_at__isnull', False), ('state', 'PUBLISHED')), _connector='OR'), name='events_termsedition_publication_has_time'),
        ),
        migrations.RunPython(create_trigger, drop_trigger),
    ]
