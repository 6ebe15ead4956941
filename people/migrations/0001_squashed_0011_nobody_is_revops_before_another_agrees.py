"""Every table of `people`, in one step."""

import django.db.models.deletion
import django.db.models.functions.text
import people.accounts.models
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Region',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ],
                options={
                    'verbose_name': 'region',
                    'verbose_name_plural': 'regions',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='people.region')),
                ],
                options={
                    'verbose_name': 'team',
                    'verbose_name_plural': 'teams',
                    'ordering': ['name'],
                    'constraints': [models.UniqueConstraint(fields=('name', 'region'), name='people_team_one_name_per_region'), models.UniqueConstraint(condition=models.Q(('region', None)), fields=('name',), name='people_team_one_name_without_region')],
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                    ('full_name', models.CharField(max_length=160, verbose_name='full name')),
                    ('preferred_name', models.CharField(blank=True, max_length=80, verbose_name='preferred name')),
                    ('employee_id', models.CharField(blank=True, max_length=40, verbose_name='employee id')),
                    ('job_title', models.CharField(blank=True, max_length=120, verbose_name='job title')),
                    ('function', models.CharField(choices=[('SALES', 'Sales'), ('SALES_ENGINEERING', 'Sales engineering'), ('CUSTOMER_SUCCESS', 'Customer success'), ('MARKETING', 'Marketing'), ('PRODUCT', 'Product'), ('ENABLEMENT', 'Enablement'), ('REVOPS', 'RevOps'), ('EXECUTIVE', 'Executive'), ('GUEST', 'Guest')], default='SALES', max_length=20, verbose_name='function')),
                    ('role', models.CharField(blank=True, choices=[('PLANNER', 'Planner (enablement)'), ('REVOPS', 'RevOps'), ('EXECUTIVE', 'Executive sponsor')], max_length=10, verbose_name='role')),
                    ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.region', verbose_name='region')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.team', verbose_name='team')),
                    ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to=settings.AUTH_USER_MODEL, verbose_name='manager')),
                    ('confirmed_manager', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='confirmed_reports', to=settings.AUTH_USER_MODEL, verbose_name='confirmed manager')),
                    ('time_zone', models.CharField(default='UTC', max_length=60, validators=[people.accounts.models.validate_time_zone], verbose_name='time zone')),
                    ('country', models.CharField(blank=True, help_text='ISO 3166 code, two letters', max_length=2, verbose_name='country')),
                    ('subdivision', models.CharField(blank=True, help_text='ISO 3166-2 code without the country, for example ENG', max_length=3, verbose_name='part of the country')),
                    ('hire_date', models.DateField(blank=True, null=True, verbose_name='hire date')),
                    ('leave_date', models.DateField(blank=True, null=True, verbose_name='last day')),
                    ('language', models.CharField(blank=True, help_text="The company's language if left empty", max_length=10, verbose_name='language of letters')),
                    ('top_performer_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='top performer of the year')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('is_staff', models.BooleanField(default=False, verbose_name='may open the admin site')),
                    ('joined_at', models.DateTimeField(auto_now_add=True)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'person',
                    'verbose_name_plural': 'people',
                    'ordering': ['full_name', 'pk'],
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='people_person_one_per_email'), models.UniqueConstraint(condition=models.Q(('employee_id', ''), _negated=True), fields=('employee_id',), name='people_person_one_per_employee_id'), models.CheckConstraint(condition=models.Q(('manager', None), models.Q(('manager', models.F('id')), _negated=True), _connector='OR'), name='people_person_not_own_manager')],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='invitation', to=settings.AUTH_USER_MODEL)),
                    ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('invited_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('accepted_at', None), ('accepted_at__gte', models.F('invited_at')), _connector='OR'), name='people_invitation_accepted_after_invited')],
                },
            ),
            migrations.CreateModel(
                name='ManagerChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='manager_change', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_at', models.DateTimeField()),
                    ('source', models.CharField(blank=True, max_length=160, verbose_name='import')),
                ],
                options={
                    'verbose_name': 'change of manager',
                    'verbose_name_plural': 'changes of manager',
                },
            ),
            migrations.CreateModel(
                name='AddressChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='address_change', to=settings.AUTH_USER_MODEL)),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'change of address',
                    'verbose_name_plural': 'changes of address',
                },
            ),
            migrations.CreateModel(
                name='RoleChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='role_change', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'change of role',
                    'verbose_name_plural': 'changes of role',
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('WAITING', 'waiting'), ('SENDING', 'sending'), ('SENT', 'sent'), ('DEAD', 'failed'), ('SKIPPED', 'skipped')], default='WAITING', max_length=10)),
                    ('due_at', models.DateTimeField()),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('leased_until', models.DateTimeField(blank=True, null=True)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('last_error', models.CharField(blank=True, max_length=500)),
                    ('key', models.CharField(help_text='What makes this message the only one', max_length=160)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to=settings.AUTH_USER_MODEL)),
                    ('to_email', models.EmailField(max_length=254)),
                    ('subject', models.CharField(max_length=200)),
                    ('body', models.TextField()),
                    ('is_secret', models.BooleanField(default=False, help_text='A sign-in code or a reset: the text is dropped once it has left')),
                    ('queued_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'message',
                    'verbose_name_plural': 'messages',
                    'ordering': ['due_at', 'pk'],
                    'indexes': [models.Index(condition=models.Q(('state', 'WAITING')), fields=['due_at'], name='people_message_waiting_due')],
                    'constraints': [models.UniqueConstraint(fields=('key',), name='people_message_one_per_key'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENT'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='people_message_sent_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENDING'), _negated=True), ('leased_until__isnull', False), _connector='OR'), name='people_message_claimed_has_lease'), models.CheckConstraint(condition=models.Q(('is_secret', False), ('state__in', ['WAITING', 'SENDING']), ('body', ''), _connector='OR'), name='people_message_secret_dropped_when_done')],
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('verb', models.CharField(max_length=60, verbose_name='verb')),
                    ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='audit_entries', to=settings.AUTH_USER_MODEL)),
                    ('object_label', models.CharField(blank=True, max_length=60, verbose_name='what')),
                    ('object_id', models.BigIntegerField(null=True)),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                    ('at', models.DateTimeField(verbose_name='when')),
                ],
                options={
                    'verbose_name': 'audit entry',
                    'verbose_name_plural': 'audit entries',
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['subject', '-at'], name='people_entry_subject_at'), models.Index(fields=['object_label', 'object_id', '-at'], name='people_entry_object_at')],
                },
            ),
            migrations.CreateModel(
                name='Passage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(choices=[('KEY_ROTATION', 'sealed with a new key'), ('RETENTION', 'deleted under retention'), ('TRAIL_RETENTION', 'the trail was shortened'), ('ERASURE', 'personal data was erased from the trail'), ('WITHDRAWAL', 'taken off drafts that were changed or taken back')], max_length=15, verbose_name='why')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                    ('at', models.DateTimeField(verbose_name='when')),
                    ('open', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.passage')),
                ],
                options={
                    'verbose_name': 'passage',
                    'verbose_name_plural': 'passages',
                    'ordering': ['-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('open', None), ('open', 0), _connector='OR'), name='people_passage_open_leads_nowhere'), models.CheckConstraint(condition=models.Q(('pk__gt', 0)), name='people_passage_nowhere_is_free')],
                },
            ),
            migrations.CreateModel(
                name='ClosingDay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('date', models.DateField(verbose_name='date')),
                    ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                    ('name', models.CharField(blank=True, max_length=80, verbose_name='what it is')),
                ],
                options={
                    'verbose_name': 'closing day',
                    'verbose_name_plural': 'closing days',
                    'ordering': ['date', 'country'],
                    'constraints': [models.UniqueConstraint(fields=('date', 'country'), name='people_closingday_once_a_country')],
                },
            ),
            migrations.CreateModel(
                name='Leave',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaves', to=settings.AUTH_USER_MODEL)),
                    ('starts_date', models.DateField(verbose_name='first day away')),
                    ('ends_date', models.DateField(verbose_name='last day away')),
                ],
                options={
                    'verbose_name': 'leave',
                    'verbose_name_plural': 'leave',
                    'ordering': ['starts_date', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_date__gte', models.F('starts_date'))), name='people_leave_ends_after_start'), models.UniqueConstraint(fields=('person', 'starts_date', 'ends_date'), name='people_leave_once')],
                },
            ),
            migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('purpose', models.CharField(max_length=120)),
                    ('token', models.TextField()),
                    ('said', models.TextField(blank=True)),
                    ('language', models.CharField(max_length=10)),
                    ('kind', models.CharField(choices=[('CHECK', 'Check'), ('COMMIT', 'Import')], max_length=6)),
                    ('key', models.CharField(max_length=64, unique=True)),
                    ('state', models.CharField(choices=[('WAITING', 'Waiting'), ('RUNNING', 'Running'), ('DONE', 'Done'), ('REFUSED', 'Refused'), ('FAILED', 'Failed')], default='WAITING', max_length=7)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('leased_until', models.DateTimeField(blank=True, null=True)),
                    ('rows_read', models.PositiveIntegerField(default=0)),
                    ('rows_total', models.PositiveIntegerField(default=0)),
                    ('result', models.BinaryField(default=b'')),
                    ('queued_at', models.DateTimeField()),
                    ('started_at', models.DateTimeField(blank=True, null=True)),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'import',
                    'verbose_name_plural': 'imports',
                    'constraints': [models.CheckConstraint(condition=models.Q(('rows_read__lte', models.F('rows_total'))), name='people_importrun_rows_within'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'RUNNING'), _negated=True), ('leased_until__isnull', False), _connector='OR'), name='people_importrun_running_leased')],
                },
            ),
            migrations.CreateModel(
                name='BrowserSession',
                fields=[
                    ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                    ('session_data', models.TextField(verbose_name='session data')),
                    ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='browser_sessions', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'session',
                    'verbose_name_plural': 'sessions',
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='api_token', to=settings.AUTH_USER_MODEL)),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('made_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Try',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['digest', 'at'], name='people_try_of_digest'), models.Index(fields=['at'], name='people_try_at')],
                },
            ),
        ]),
    ]
