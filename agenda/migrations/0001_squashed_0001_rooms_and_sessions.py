"""Every table of `agenda`, in one step."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('events', '0001_squashed_0014_trail_seals'),
        ('people', '0001_squashed_0011_nobody_is_revops_before_another_agrees'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Room',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kickoff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to='events.kickoff')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('place', models.CharField(blank=True, help_text='Floor or building, for example level 2', max_length=120, verbose_name='where')),
                    ('capacity', models.PositiveIntegerField(verbose_name='seats')),
                    ('position', models.PositiveSmallIntegerField(default=0, help_text='Rooms stand in the grid in this order, lowest first.', verbose_name='order')),
                    ('notes', models.CharField(blank=True, max_length=300, verbose_name='notes')),
                ],
                options={
                    'verbose_name': 'room',
                    'verbose_name_plural': 'rooms',
                    'ordering': ['position', 'name', 'pk'],
                    'constraints': [models.UniqueConstraint(models.F('kickoff'), django.db.models.functions.text.Lower('name'), name='agenda_room_one_name_per_kickoff'), models.CheckConstraint(condition=models.Q(('capacity__gt', 0)), name='agenda_room_has_seats')],
                },
            ),
            migrations.CreateModel(
                name='Session',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('segment_kind', models.CharField(blank=True, choices=[('REP', 'rep'), ('MANAGER', 'manager'), ('STAFF', 'staff'), ('SPEAKER', 'speaker'), ('GUEST', 'guest')], max_length=10, verbose_name='only')),
                    ('segment_function', models.CharField(blank=True, choices=[('SALES', 'Sales'), ('SALES_ENGINEERING', 'Sales engineering'), ('CUSTOMER_SUCCESS', 'Customer success'), ('MARKETING', 'Marketing'), ('PRODUCT', 'Product'), ('ENABLEMENT', 'Enablement'), ('REVOPS', 'RevOps'), ('EXECUTIVE', 'Executive'), ('GUEST', 'Guest')], max_length=20, verbose_name='only this function')),
                    ('segment_region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.region', verbose_name='only this region')),
                    ('kickoff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='events.kickoff')),
                    ('title', models.CharField(max_length=160, verbose_name='title')),
                    ('type', models.CharField(choices=[('KEYNOTE', 'Keynote'), ('DEAL_CLINIC', 'Deal clinic'), ('WIN_LOSS_REVIEW', 'Win/loss review'), ('CUSTOMER_PANEL', 'Customer panel'), ('WORKSHOP', 'Workshop'), ('PRODUCT', 'Product'), ('COMPETITIVE', 'Competitive'), ('RECOGNITION', 'Recognition'), ('MEAL_BREAK', 'Meal or break'), ('SOCIAL', 'Social')], max_length=16, verbose_name='type')),
                    ('pillar', models.CharField(blank=True, choices=[('STRATEGY', 'Strategy and vision'), ('PRODUCT', 'Product and roadmap'), ('SKILLS', 'Skills'), ('COMPETITIVE', 'Competitive'), ('RECOGNITION', 'Recognition')], max_length=12, verbose_name='pillar')),
                    ('outcome', models.CharField(blank=True, help_text='What people can do afterwards that they could not do before', max_length=300, verbose_name='outcome')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='agenda.room', verbose_name='room')),
                    ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='starts')),
                    ('duration_minutes', models.PositiveSmallIntegerField(default=60, verbose_name='minutes')),
                    ('capacity', models.PositiveIntegerField(blank=True, help_text='Leave empty where everybody whom it is for has a place.', null=True, verbose_name='places')),
                    ('description', models.TextField(blank=True, max_length=4000, verbose_name='description')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('bets', models.ManyToManyField(blank=True, related_name='sessions', to='events.bigbet', verbose_name='big bets')),
                ],
                options={
                    'verbose_name': 'session',
                    'verbose_name_plural': 'sessions',
                    'ordering': ['starts_at', 'room__position', 'pk'],
                    'indexes': [models.Index(fields=['kickoff', 'starts_at'], name='agenda_session_starts')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('duration_minutes__gte', 5), ('duration_minutes__lte', 720)), name='agenda_session_lasts_5_to_720'), models.CheckConstraint(condition=models.Q(('capacity', None), ('capacity__gt', 0), _connector='OR'), name='agenda_session_has_places'), models.CheckConstraint(condition=models.Q(models.Q(('room', None), ('starts_at', None)), models.Q(('room__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='agenda_session_room_and_time_together'), models.CheckConstraint(condition=models.Q(('type__in', ['KEYNOTE', 'DEAL_CLINIC', 'WIN_LOSS_REVIEW', 'CUSTOMER_PANEL', 'WORKSHOP', 'PRODUCT', 'COMPETITIVE', 'RECOGNITION', 'MEAL_BREAK', 'SOCIAL'])), name='agenda_session_known_type')],
                },
            ),
            migrations.CreateModel(
                name='SessionPerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='agenda.session')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='session_parts', to=settings.AUTH_USER_MODEL)),
                    ('part', models.CharField(choices=[('SPEAKER', 'speaker'), ('FACILITATOR', 'facilitator')], default='SPEAKER', max_length=12, verbose_name='part')),
                ],
                options={
                    'verbose_name': 'speaker or facilitator',
                    'verbose_name_plural': 'speakers and facilitators',
                    'ordering': ['-part', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('session', 'person', 'part'), name='agenda_sessionperson_once_per_part'), models.CheckConstraint(condition=models.Q(('part__in', ['SPEAKER', 'FACILITATOR'])), name='agenda_sessionperson_known_part')],
                },
            ),
            migrations.CreateModel(
                name='Release',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kickoff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda_releases', to='events.kickoff')),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('released_at', models.DateTimeField(verbose_name='released')),
                    ('released_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('override_reason', models.CharField(blank=True, max_length=300, verbose_name='why it went out with conflicts')),
                    ('told', models.PositiveIntegerField(default=0, verbose_name='people told')),
                ],
                options={
                    'verbose_name': 'agenda release',
                    'verbose_name_plural': 'agenda releases',
                    'ordering': ['-number'],
                    'constraints': [models.UniqueConstraint(fields=('kickoff', 'number'), name='agenda_release_one_per_number'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='agenda_release_from_one')],
                },
            ),
            migrations.CreateModel(
                name='ReleasedSession',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('segment_kind', models.CharField(blank=True, choices=[('REP', 'rep'), ('MANAGER', 'manager'), ('STAFF', 'staff'), ('SPEAKER', 'speaker'), ('GUEST', 'guest')], max_length=10, verbose_name='only')),
                    ('segment_function', models.CharField(blank=True, choices=[('SALES', 'Sales'), ('SALES_ENGINEERING', 'Sales engineering'), ('CUSTOMER_SUCCESS', 'Customer success'), ('MARKETING', 'Marketing'), ('PRODUCT', 'Product'), ('ENABLEMENT', 'Enablement'), ('REVOPS', 'RevOps'), ('EXECUTIVE', 'Executive'), ('GUEST', 'Guest')], max_length=20, verbose_name='only this function')),
                    ('segment_region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.region', verbose_name='only this region')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='agenda.release')),
                    ('session_id', models.BigIntegerField()),
                    ('title', models.CharField(max_length=160)),
                    ('type', models.CharField(choices=[('KEYNOTE', 'Keynote'), ('DEAL_CLINIC', 'Deal clinic'), ('WIN_LOSS_REVIEW', 'Win/loss review'), ('CUSTOMER_PANEL', 'Customer panel'), ('WORKSHOP', 'Workshop'), ('PRODUCT', 'Product'), ('COMPETITIVE', 'Competitive'), ('RECOGNITION', 'Recognition'), ('MEAL_BREAK', 'Meal or break'), ('SOCIAL', 'Social')], max_length=16)),
                    ('pillar', models.CharField(blank=True, choices=[('STRATEGY', 'Strategy and vision'), ('PRODUCT', 'Product and roadmap'), ('SKILLS', 'Skills'), ('COMPETITIVE', 'Competitive'), ('RECOGNITION', 'Recognition')], max_length=12)),
                    ('outcome', models.CharField(blank=True, max_length=300)),
                    ('description', models.TextField(blank=True)),
                    ('where', models.CharField(max_length=220)),
                    ('starts_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('capacity', models.PositiveIntegerField(null=True)),
                    ('bets', models.JSONField(default=list)),
                ],
                options={
                    'verbose_name': 'released session',
                    'verbose_name_plural': 'released sessions',
                    'ordering': ['starts_at', 'pk'],
                    'indexes': [models.Index(fields=['release', 'starts_at'], name='agenda_released_starts')],
                    'constraints': [models.UniqueConstraint(fields=('release', 'session_id'), name='agenda_releasedsession_once'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='agenda_releasedsession_ends_later')],
                },
            ),
            migrations.CreateModel(
                name='ReleasedPart',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='agenda.releasedsession')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('part', models.CharField(choices=[('SPEAKER', 'speaker'), ('FACILITATOR', 'facilitator')], max_length=12)),
                    ('name', models.CharField(max_length=160)),
                ],
                options={
                    'ordering': ['-part', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('session', 'person', 'part'), name='agenda_releasedpart_once')],
                },
            ),
        ]),
    ]
