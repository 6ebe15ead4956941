"""Every table of `reinforcement`, in one step."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agenda', '0001_squashed_0001_rooms_and_sessions'),
        ('events', '0001_squashed_0014_trail_seals'),
        ('people', '0001_squashed_0011_nobody_is_revops_before_another_agrees'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Campaign',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kickoff', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='campaign', to='events.kickoff')),
                    ('state', models.CharField(choices=[('PLANNED', 'planned'), ('RUNNING', 'running'), ('DONE', 'done')], default='PLANNED', max_length=10)),
                    ('starts_date', models.DateField(blank=True, null=True)),
                    ('started_at', models.DateTimeField(blank=True, null=True)),
                    ('touches_planned_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'campaign',
                    'verbose_name_plural': 'campaigns',
                    'constraints': [models.CheckConstraint(condition=models.Q(('state', 'PLANNED'), models.Q(('started_at__isnull', False), ('starts_date__isnull', False)), _connector='OR'), name='reinforcement_campaign_started_has_day_zero')],
                },
            ),
            migrations.CreateModel(
                name='Activity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('segment_kind', models.CharField(blank=True, choices=[('REP', 'rep'), ('MANAGER', 'manager'), ('STAFF', 'staff'), ('SPEAKER', 'speaker'), ('GUEST', 'guest')], max_length=10, verbose_name='only')),
                    ('segment_function', models.CharField(blank=True, choices=[('SALES', 'Sales'), ('SALES_ENGINEERING', 'Sales engineering'), ('CUSTOMER_SUCCESS', 'Customer success'), ('MARKETING', 'Marketing'), ('PRODUCT', 'Product'), ('ENABLEMENT', 'Enablement'), ('REVOPS', 'RevOps'), ('EXECUTIVE', 'Executive'), ('GUEST', 'Guest')], max_length=20, verbose_name='only this function')),
                    ('segment_region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.region', verbose_name='only this region')),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='reinforcement.campaign')),
                    ('kind', models.CharField(choices=[('MICROLEARNING', 'microlearning'), ('MANAGER_FOLLOW_UP', 'manager follow-up'), ('RETENTION_CHECK', 'check'), ('CERTIFICATION', 'certification')], max_length=20, verbose_name='kind')),
                    ('setting', models.CharField(blank=True, choices=[('ONE_TO_ONE', '1:1, one a rep'), ('TEAM_MEETING', 'team meeting, one a team')], max_length=15, verbose_name='where the manager does it')),
                    ('title', models.CharField(max_length=120, verbose_name='title')),
                    ('body', models.TextField(blank=True, max_length=2000, verbose_name='what to read or do')),
                    ('day_offset', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(120)], verbose_name='day')),
                    ('local_hour', models.PositiveSmallIntegerField(default=9, validators=[django.core.validators.MinValueValidator(6), django.core.validators.MaxValueValidator(20)], verbose_name='hour')),
                    ('days_to_do', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='days to do it')),
                    ('question_count', models.PositiveSmallIntegerField(default=4, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(20)], verbose_name='questions')),
                    ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='activities', to='agenda.session', verbose_name='session it revisits')),
                    ('changed_at', models.DateTimeField()),
                    ('has_touches', models.BooleanField(default=False)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('topics', models.ManyToManyField(blank=True, related_name='activities', to='events.topic', verbose_name='topics')),
                ],
                options={
                    'verbose_name': 'activity',
                    'verbose_name_plural': 'activities',
                    'ordering': ['day_offset', 'local_hour', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('day_offset__lte', 120)), name='reinforcement_activity_within_120_days'), models.CheckConstraint(condition=models.Q(('local_hour__gte', 6), ('local_hour__lte', 20)), name='reinforcement_activity_by_day'), models.CheckConstraint(condition=models.Q(('days_to_do__gte', 1), ('days_to_do__lte', 30)), name='reinforcement_activity_days_to_do'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'RETENTION_CHECK'), _negated=True), ('day_offset__in', (0, 30, 60, 90)), _connector='OR'), name='reinforcement_activity_check_on_checkpoint_day'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'MANAGER_FOLLOW_UP'), ('setting__in', ['ONE_TO_ONE', 'TEAM_MEETING'])), models.Q(models.Q(('kind', 'MANAGER_FOLLOW_UP'), _negated=True), ('setting', '')), _connector='OR'), name='reinforcement_activity_setting_of_follow_up'), models.UniqueConstraint(condition=models.Q(('kind', 'RETENTION_CHECK'), ('withdrawn_at', None)), fields=('campaign', 'day_offset'), name='reinforcement_activity_one_check_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Touch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('WAITING', 'waiting'), ('SENDING', 'sending'), ('SENT', 'sent'), ('DEAD', 'failed'), ('SKIPPED', 'skipped')], default='WAITING', max_length=10)),
                    ('due_at', models.DateTimeField()),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('leased_until', models.DateTimeField(blank=True, null=True)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('last_error', models.CharField(blank=True, max_length=500)),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='touches', to='reinforcement.activity')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='touches', to=settings.AUTH_USER_MODEL)),
                    ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='touches_about', to=settings.AUTH_USER_MODEL)),
                    ('overdue_at', models.DateTimeField()),
                    ('extended_date', models.DateField(blank=True, null=True)),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('skip_reason', models.CharField(blank=True, choices=[('STALE', 'too late to send'), ('LEFT', 'left the company'), ('DECLINED', 'not taking part'), ('WITHDRAWN', 'taken out of the plan'), ('NO_TEAM', 'nobody to follow up with'), ('NOT_MEANT', 'not meant for them any more')], max_length=10)),
                    ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='touches', to='people.message')),
                ],
                options={
                    'verbose_name': 'touch',
                    'verbose_name_plural': 'touches',
                    'ordering': ['due_at', 'pk'],
                    'indexes': [models.Index(condition=models.Q(('state', 'WAITING')), fields=['due_at'], name='reinforcement_touch_waiting'), models.Index(fields=['person', 'due_at'], name='reinforcement_touch_person')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('about', None)), fields=('activity', 'person'), name='reinforcement_touch_one_per_person'), models.UniqueConstraint(fields=('activity', 'about'), name='reinforcement_touch_one_about_a_rep'), models.CheckConstraint(condition=models.Q(('about', None), models.Q(('about', models.F('person')), _negated=True), _connector='OR'), name='reinforcement_touch_not_about_oneself'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENT'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='reinforcement_touch_sent_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'SKIPPED'), models.Q(('skip_reason', ''), _negated=True)), models.Q(models.Q(('state', 'SKIPPED'), _negated=True), ('skip_reason', '')), _connector='OR'), name='reinforcement_touch_skipped_has_reason'), models.CheckConstraint(condition=models.Q(('overdue_at__gt', models.F('due_at'))), name='reinforcement_touch_overdue_after_due')],
                },
            ),
            migrations.CreateModel(
                name='Basis',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bases', to='reinforcement.campaign')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('digest', models.CharField(max_length=32)),
                ],
                options={
                    'verbose_name': 'basis of touches',
                    'verbose_name_plural': 'bases of touches',
                    'constraints': [models.UniqueConstraint(fields=('campaign', 'person'), name='reinforcement_basis_one_per_person')],
                },
            ),
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('touch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='reinforcement.touch')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to=settings.AUTH_USER_MODEL)),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('once', models.BooleanField(default=False)),
                    ('started_at', models.DateTimeField()),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ('score_percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'attempt',
                    'verbose_name_plural': 'attempts',
                    'ordering': ['touch_id', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('touch', 'number'), name='reinforcement_attempt_number_once'), models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('touch',), name='reinforcement_attempt_one_open'), models.CheckConstraint(condition=models.Q(('once', False), ('number', 1), _connector='OR'), name='reinforcement_attempt_no_retake'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('score_percent', None)), models.Q(('finished_at__gte', models.F('started_at')), ('score_percent__gte', 0), ('score_percent__isnull', False), ('score_percent__lte', 100)), _connector='OR'), name='reinforcement_attempt_finished_has_score')],
                },
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='reinforcement.attempt')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='events.question')),
                    ('choice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.choice')),
                    ('is_right', models.BooleanField(blank=True, null=True)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'answer',
                    'verbose_name_plural': 'answers',
                    'ordering': ['attempt_id', 'position'],
                    'constraints': [models.UniqueConstraint(fields=('attempt', 'question'), name='reinforcement_answer_one_per_question'), models.UniqueConstraint(fields=('attempt', 'position'), name='reinforcement_answer_one_per_position'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('choice', None), ('is_right', None)), models.Q(('answered_at__isnull', False), ('choice__isnull', False), ('is_right__isnull', False)), _connector='OR'), name='reinforcement_answer_whole')],
                },
            ),
            migrations.CreateModel(
                name='Review',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('touch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='reinforcement.touch')),
                    ('rep', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL)),
                    ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scored_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'review',
                    'verbose_name_plural': 'reviews',
                    'ordering': ['-scored_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('rep', models.F('manager')), _negated=True), name='reinforcement_review_not_of_oneself'), models.UniqueConstraint(fields=('touch', 'scored_at'), name='reinforcement_review_one_a_moment')],
                },
            ),
            migrations.CreateModel(
                name='Mark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='reinforcement.review')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.topic')),
                    ('score', models.PositiveSmallIntegerField()),
                ],
                options={
                    'verbose_name': 'mark',
                    'verbose_name_plural': 'marks',
                    'ordering': ['review_id', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('review', 'topic'), name='reinforcement_mark_one_per_topic'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 4)), name='reinforcement_mark_1_to_4')],
                },
            ),
            migrations.CreateModel(
                name='Certification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certifications', to=settings.AUTH_USER_MODEL)),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certifications', to='reinforcement.activity')),
                    ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reinforcement.attempt')),
                    ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reinforcement.review')),
                    ('score_percent', models.PositiveSmallIntegerField()),
                    ('issued_at', models.DateTimeField()),
                    ('expires_date', models.DateField()),
                ],
                options={
                    'verbose_name': 'certification',
                    'verbose_name_plural': 'certifications',
                    'ordering': ['-issued_at', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('attempt', 'review'), name='reinforcement_certification_once_per_proof'), models.CheckConstraint(condition=models.Q(('score_percent__gte', 80), ('score_percent__lte', 100)), name='reinforcement_certification_80_percent')],
                },
            ),
            migrations.CreateModel(
                name='CoachingNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coaching_notes', to=settings.AUTH_USER_MODEL)),
                    ('rep', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coaching_received', to=settings.AUTH_USER_MODEL)),
                    ('kickoff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coaching_notes', to='events.kickoff')),
                    ('happened_on', models.DateField(verbose_name='when')),
                    ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.topic')),
                    ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='what you saw')),
                    ('went_well', models.TextField(max_length=2000, verbose_name='What did you see and agree?')),
                    ('next_step', models.CharField(blank=True, max_length=200, verbose_name='Next step')),
                    ('next_step_by', models.DateField(blank=True, null=True, verbose_name='By')),
                    ('private_note', models.TextField(blank=True, max_length=2000, verbose_name='For your eyes only')),
                    ('recorded_at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'coaching note',
                    'verbose_name_plural': 'coaching notes',
                    'ordering': ['-happened_on', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('kickoff', 'manager', 'rep', 'happened_on'), name='reinforcement_note_one_a_day'), models.CheckConstraint(condition=models.Q(('manager', models.F('rep')), _negated=True), name='reinforcement_note_not_to_oneself'), models.CheckConstraint(condition=models.Q(('score', None), models.Q(('score__gte', 1), ('score__lte', 4), ('topic__isnull', False)), _connector='OR'), name='reinforcement_note_score_1_to_4_of_topic'), models.CheckConstraint(condition=models.Q(('next_step_by', None), models.Q(('next_step', ''), _negated=True), _connector='OR'), name='reinforcement_note_date_has_step')],
                },
            ),
        ]),
    ]
