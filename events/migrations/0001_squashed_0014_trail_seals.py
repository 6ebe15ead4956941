"""Every table of `events` with its triggers, in one step. What it replaces stays for one release."""

import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import events.sealing.models
import people.accounts.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels
from events.migrations import _triggers


class Migration(migrations.Migration):
    replaces = [
        ("events", "0001_kickoffs_rosters_prework_packets"),
        ("events", "0002_released_packets_are_frozen"),
        ("events", "0003_packet_figures_are_a_sealed_column"),
        ("events", "0004_territories"),
        ("events", "0005_comp_plans"),
        ("events", "0006_quotas"),
        ("events", "0007_packet_delivery"),
        ("events", "0008_letters"),
        ("events", "0009_inquiries"),
        ("events", "0010_packet_records"),
        ("events", "0011_packet_lapses"),
        ("events", "0012_packet_rounds"),
        ("events", "0013_opportunity_value_three_decimals"),
        ("events", "0014_trail_seals"),
    ]

    initial = True

    dependencies = [
        ("people", "0001_squashed_0011_nobody_is_revops_before_another_agrees"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Kickoff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "theme",
                            models.CharField(blank=True, max_length=160, verbose_name="theme"),
                        ),
                        (
                            "fiscal_year",
                            models.CharField(
                                help_text="For example FY28",
                                max_length=10,
                                verbose_name="fiscal year",
                            ),
                        ),
                        ("starts_date", models.DateField(verbose_name="first day")),
                        ("ends_date", models.DateField(verbose_name="last day")),
                        (
                            "doors_open_time",
                            models.TimeField(
                                default=datetime.time(8, 0), verbose_name="doors open"
                            ),
                        ),
                        (
                            "venue",
                            models.CharField(blank=True, max_length=120, verbose_name="venue"),
                        ),
                        ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                        (
                            "time_zone",
                            models.CharField(
                                default="UTC",
                                max_length=60,
                                validators=[people.accounts.models.validate_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        (
                            "format",
                            models.CharField(
                                choices=[
                                    ("IN_PERSON", "in person"),
                                    ("HYBRID", "hybrid"),
                                    ("VIRTUAL", "virtual"),
                                ],
                                default="IN_PERSON",
                                max_length=10,
                                verbose_name="format",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(default="USD", max_length=3, verbose_name="currency"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("DRAFT", "draft"),
                                    ("OPEN", "open"),
                                    ("ENDED", "ended"),
                                    ("ARCHIVED", "archived"),
                                ],
                                default="DRAFT",
                                max_length=10,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "kickoff",
                        "verbose_name_plural": "kickoffs",
                        "ordering": ["-starts_date", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_date__gte", models.F("starts_date"))),
                                name="events_kickoff_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BigBet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bets",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(null=True, verbose_name="position"),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="bet")),
                        (
                            "why",
                            models.TextField(
                                blank=True,
                                help_text="What the year looks like if it works",
                                max_length=600,
                                verbose_name="why",
                            ),
                        ),
                        (
                            "action_weekly",
                            models.CharField(
                                blank=True,
                                help_text="What everybody does each week",
                                max_length=200,
                                verbose_name="every week",
                            ),
                        ),
                        (
                            "action_monthly",
                            models.CharField(
                                blank=True,
                                help_text="What everybody does each month",
                                max_length=200,
                                verbose_name="every month",
                            ),
                        ),
                        (
                            "action_quarterly",
                            models.CharField(
                                blank=True,
                                help_text="What everybody does each quarter",
                                max_length=200,
                                verbose_name="every quarter",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "suggested",
                            models.BooleanField(
                                default=False,
                                help_text="Nobody has made it the company's own yet",
                                verbose_name="suggested by the template",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "big bet",
                        "verbose_name_plural": "big bets",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "position"),
                                name="events_bigbet_one_per_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("position", None),
                                    models.Q(("position__gte", 1), ("position__lte", 3)),
                                    _connector="OR",
                                ),
                                name="events_bigbet_position_1_to_3",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="topics",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "bet",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="topics",
                                to="events.bigbet",
                                verbose_name="big bet",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "behaviour",
                            models.CharField(
                                blank=True,
                                help_text="Ends the sentence “How well does this rep …”: map the buying group",
                                max_length=120,
                                verbose_name="what a manager can see",
                            ),
                        ),
                        (
                            "prompts",
                            models.TextField(
                                blank=True,
                                help_text="One question a line, three at most are shown.",
                                max_length=600,
                                verbose_name="what to ask in a 1:1",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "topic",
                        "verbose_name_plural": "topics",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "name"), name="events_topic_one_name_per_kickoff"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="events.topic",
                                verbose_name="topic",
                            ),
                        ),
                        ("text", models.CharField(max_length=300, verbose_name="question")),
                        (
                            "explanation",
                            models.TextField(
                                blank=True,
                                help_text="Shown after the answer.",
                                max_length=600,
                                verbose_name="explanation",
                            ),
                        ),
                        (
                            "held_out",
                            models.BooleanField(
                                default=False,
                                help_text="Practice never shows it, so that day 0, 30, 60 and 90 stay comparable.",
                                verbose_name="keep it for the checks",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                        "ordering": ["topic__name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retired_at", None)),
                                fields=("topic", "text"),
                                name="events_question_once_per_topic",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Choice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="choices",
                                to="events.question",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=200, verbose_name="choice")),
                        ("is_right", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "choice",
                        "verbose_name_plural": "choices",
                        "ordering": ["question_id", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_right", True)),
                                fields=("question",),
                                name="events_choice_one_right",
                            ),
                            models.UniqueConstraint(
                                fields=("question", "position"),
                                name="events_choice_one_per_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("position__gte", 1), ("position__lte", 6)),
                                name="events_choice_at_most_six",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendees",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("REP", "rep"),
                                    ("MANAGER", "manager"),
                                    ("STAFF", "staff"),
                                    ("SPEAKER", "speaker"),
                                    ("GUEST", "guest"),
                                ],
                                default="REP",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "rsvp",
                            models.CharField(
                                choices=[
                                    ("PENDING", "not answered"),
                                    ("YES", "coming"),
                                    ("NO", "not coming"),
                                ],
                                default="PENDING",
                                max_length=10,
                                verbose_name="answer",
                            ),
                        ),
                        ("invited_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("checked_in_at", models.DateTimeField(blank=True, null=True)),
                        ("added_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "attendee",
                        "verbose_name_plural": "attendees",
                        "ordering": ["person__full_name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "person"),
                                name="events_attendee_once_per_kickoff",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rsvp", "PENDING"),
                                    ("answered_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_attendee_answer_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CompPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comp_plans",
                                to="events.kickoff",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("starts_date", models.DateField(verbose_name="starts")),
                        ("ends_date", models.DateField(verbose_name="ends")),
                        ("design_json", models.JSONField()),
                        ("is_ready", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "comp plan",
                        "verbose_name_plural": "comp plans",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("kickoff"),
                                django.db.models.functions.text.Lower("name"),
                                name="events_compplan_one_per_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="events_compplan_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_date__gte", models.F("starts_date"))),
                                name="events_compplan_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="events.compplan",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="events.kickoff",
                            ),
                        ),
                        ("job_title", models.CharField(max_length=120, verbose_name="job title")),
                        ("title_key", models.CharField(max_length=240)),
                    ],
                    options={
                        "ordering": ["job_title", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "title_key"),
                                name="events_planrole_one_plan_per_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title_key", ""), _negated=True),
                                name="events_planrole_has_a_title",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RolePay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("sealed", events.sealing.models.SealedField()),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="role_pays",
                                to="events.kickoff",
                            ),
                        ),
                        ("job_title", models.CharField(max_length=120, verbose_name="job title")),
                        ("title_key", models.CharField(max_length=240)),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        (
                            "countries",
                            models.CharField(blank=True, max_length=400, verbose_name="countries"),
                        ),
                    ],
                    options={
                        "ordering": ["job_title", "currency", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "title_key", "currency"),
                                name="events_rolepay_one_per_title_and_currency",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("currency", ""), _negated=True),
                                    models.Q(("title_key", ""), _negated=True),
                                ),
                                name="events_rolepay_is_of_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonComp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("sealed", events.sealing.models.SealedField()),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="person_comps",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="person_comps",
                                to="events.compplan",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(blank=True, max_length=3, verbose_name="currency"),
                        ),
                        (
                            "starts_date",
                            models.DateField(blank=True, null=True, verbose_name="starts"),
                        ),
                        ("ends_date", models.DateField(blank=True, null=True, verbose_name="ends")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["kickoff", "person"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "person"),
                                name="events_personcomp_one_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_date__gte", models.F("starts_date")),
                                    ("starts_date", None),
                                    ("ends_date", None),
                                    _connector="OR",
                                ),
                                name="events_personcomp_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("currency", ""), _negated=True),
                                    ("plan__isnull", False),
                                    ("starts_date__isnull", False),
                                    ("ends_date__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_personcomp_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermsEdition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(max_length=20, unique=True, verbose_name="edition"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("DRAFT", "Draft"), ("PUBLISHED", "Published")],
                                default="DRAFT",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("clauses", models.JSONField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("published_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "edition of the terms",
                        "verbose_name_plural": "editions of the terms",
                        "ordering": ["-changed_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                name="events_termsedition_has_a_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at", None), ("state", "DRAFT")),
                                    models.Q(
                                        ("published_at__isnull", False), ("state", "PUBLISHED")
                                    ),
                                    _connector="OR",
                                ),
                                name="events_termsedition_publication_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        (
                            "country",
                            models.CharField(blank=True, max_length=2, verbose_name="country"),
                        ),
                        (
                            "region",
                            models.CharField(blank=True, max_length=80, verbose_name="region"),
                        ),
                        (
                            "segment",
                            models.CharField(blank=True, max_length=80, verbose_name="segment"),
                        ),
                    ],
                    options={
                        "verbose_name": "account",
                        "verbose_name_plural": "accounts",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                name="events_account_one_per_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("country", ""),
                                    django.db.models.lookups.Exact(
                                        django.db.models.functions.text.Length("country"), 2
                                    ),
                                    _connector="OR",
                                ),
                                name="events_account_country_is_two_letters",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Product",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                    ],
                    options={
                        "verbose_name": "product",
                        "verbose_name_plural": "products",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                name="events_product_one_per_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opportunity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                max_length=60, unique=True, verbose_name="id in the CRM"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opportunities",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opportunities",
                                to="events.account",
                                verbose_name="account",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opportunities",
                                to="events.product",
                                verbose_name="product",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("PROSPECTING", "prospecting"),
                                    ("ENGAGING", "engaging"),
                                    ("WON", "won"),
                                    ("LOST", "lost"),
                                ],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "engage_date",
                            models.DateField(blank=True, null=True, verbose_name="engaged"),
                        ),
                        (
                            "close_date",
                            models.DateField(blank=True, null=True, verbose_name="close date"),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=15,
                                null=True,
                                verbose_name="value",
                            ),
                        ),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        ("imported_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "opportunity",
                        "verbose_name_plural": "opportunities",
                        "ordering": ["-engage_date", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["stage", "owner"], name="events_opportunity_stage_owner"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value", None), ("value__gte", 0), _connector="OR"
                                ),
                                name="events_opportunity_value_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("engage_date", None),
                                    ("close_date", None),
                                    ("close_date__gte", models.F("engage_date")),
                                    _connector="OR",
                                ),
                                name="events_opportunity_closes_after_engaged",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PacketApprover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="packet_approvers",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packet_approvals",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("FINANCE", "Finance"), ("SALES", "Sales leadership")],
                                max_length=8,
                                verbose_name="approves for",
                            ),
                        ),
                        (
                            "named_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("named_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "packet approver",
                        "verbose_name_plural": "packet approvers",
                        "ordering": ["kind", "person__full_name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "person"),
                                name="events_packetapprover_one_kind_each",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["FINANCE", "SALES"])),
                                name="events_packetapprover_known_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PacketRelease",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packet_releases",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "scope",
                            models.CharField(max_length=200, verbose_name="what is released"),
                        ),
                        ("moment_key", models.CharField(blank=True, max_length=80)),
                        ("moment_label", models.CharField(blank=True, max_length=200)),
                        ("due_at", models.DateTimeField()),
                        ("lifted_at", models.DateTimeField(null=True)),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("cancelled_at", models.DateTimeField(null=True)),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("left_out", models.TextField(blank=True)),
                    ],
                    options={
                        "verbose_name": "packet release",
                        "verbose_name_plural": "packet releases",
                        "ordering": ["due_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lifted_at", None), ("cancelled_at", None), _connector="OR"
                                ),
                                name="events_packetrelease_lifted_or_cancelled",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("moment_key", ""),
                                    models.Q(("moment_label", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="events_packetrelease_moment_has_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Packet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packets",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "rep",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packets",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "packet",
                        "verbose_name_plural": "packets",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "rep"),
                                name="events_packet_one_per_rep_and_kickoff",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PacketVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="events.packet",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("DRAFT", "Draft"),
                                    ("APPROVED", "Approved"),
                                    ("RELEASED", "Released"),
                                    ("VIEWED", "Viewed"),
                                    ("RECEIVED", "Received"),
                                    ("ACCEPTED", "Accepted"),
                                    ("DECLINED", "Declined"),
                                    ("SUPERSEDED", "Superseded"),
                                    ("EXPIRED", "Expired"),
                                    ("RECALLED", "Taken back"),
                                ],
                                default="DRAFT",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        ("effective_from", models.DateField(verbose_name="starts")),
                        ("effective_to", models.DateField(verbose_name="ends")),
                        ("sealed", events.sealing.models.SealedField()),
                        ("content_hash", models.CharField(max_length=64)),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("drafted_at", models.DateTimeField()),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(null=True)),
                        (
                            "release",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="events.packetrelease",
                            ),
                        ),
                        (
                            "released_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("released_at", models.DateTimeField(null=True)),
                        ("viewed_at", models.DateTimeField(null=True)),
                        ("received_at", models.DateTimeField(null=True)),
                        ("superseded_at", models.DateTimeField(null=True)),
                        ("recalled_at", models.DateTimeField(null=True)),
                        ("shredded_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "packet version",
                        "verbose_name_plural": "packet versions",
                        "ordering": ["packet", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("packet", "number"),
                                name="events_packetversion_one_per_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["DRAFT", "APPROVED"])),
                                fields=("packet",),
                                name="events_packetversion_one_draft",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "RELEASED",
                                            "VIEWED",
                                            "RECEIVED",
                                            "ACCEPTED",
                                            "DECLINED",
                                            "EXPIRED",
                                        ],
                                    )
                                ),
                                fields=("packet",),
                                name="events_packetversion_one_standing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="events_packetversion_numbers_from_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__gte", models.F("effective_from"))
                                ),
                                name="events_packetversion_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("released_at", None), ("state__in", ["DRAFT", "APPROVED"])
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["DRAFT", "APPROVED"]), _negated=True
                                        ),
                                        ("released_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_packetversion_release_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "VIEWED"), _negated=True),
                                    ("viewed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_packetversion_view_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["RECEIVED", "ACCEPTED", "DECLINED"]),
                                        _negated=True,
                                    ),
                                    ("received_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_packetversion_receipt_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "DRAFT"), _negated=True),
                                    ("release", None),
                                    _connector="OR",
                                ),
                                name="events_packetversion_draft_has_no_release",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "RECALLED"), _negated=True),
                                    ("recalled_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_packetversion_recall_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PacketApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="events.packetversion",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("FINANCE", "Finance"), ("SALES", "Sales leadership")],
                                max_length=8,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("content_hash", models.CharField(max_length=64)),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "approval",
                        "verbose_name_plural": "approvals",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("version", "kind"),
                                name="events_packetapproval_one_per_kind",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("version", "by"),
                                name="events_packetapproval_one_kind_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["FINANCE", "SALES"])),
                                name="events_packetapproval_known_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PacketLapse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lapses",
                                to="events.packetversion",
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lapses",
                                to="events.packetrelease",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "lapsed approval",
                        "verbose_name_plural": "lapsed approvals",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PacketReturn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("FINANCE", "Finance"), ("SALES", "Sales leadership")],
                                max_length=8,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("sealed_reason", events.sealing.models.SealedField()),
                        (
                            "versions",
                            models.ManyToManyField(
                                related_name="returns", to="events.packetversion"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "returned drafts",
                        "verbose_name_plural": "returned drafts",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt",
                                to="events.packetversion",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("typed_name", models.CharField(max_length=160, verbose_name="typed name")),
                        ("content_hash", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(null=True)),
                        (
                            "means",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("PAPER", "on paper"),
                                    ("SYSTEM", "in another system"),
                                    ("OTHER", "in another way"),
                                ],
                                max_length=6,
                                verbose_name="how it was given",
                            ),
                        ),
                        ("sealed_reason", events.sealing.models.SealedField(blank=True)),
                        ("sealed_evidence", events.sealing.models.SealedField(blank=True)),
                    ],
                    options={
                        "verbose_name": "receipt",
                        "verbose_name_plural": "receipts",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("typed_name", ""), _negated=True),
                                name="events_receipt_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("means", ""),
                                        ("recorded_at", None),
                                        ("recorded_by", None),
                                        ("sealed_evidence", ""),
                                        ("sealed_reason", ""),
                                    ),
                                    models.Q(
                                        ("recorded_at__isnull", False),
                                        ("recorded_by__isnull", False),
                                        models.Q(("means", ""), _negated=True),
                                        models.Q(("sealed_reason", ""), _negated=True),
                                        models.Q(("sealed_evidence", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_receipt_recorded_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmployerSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="employer_signature",
                                to="events.packetversion",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("typed_name", models.CharField(max_length=160, verbose_name="typed name")),
                        ("title", models.CharField(max_length=120, verbose_name="title")),
                        ("content_hash", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "employer's signature",
                        "verbose_name_plural": "employer's signatures",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("typed_name", ""), _negated=True),
                                    models.Q(("title", ""), _negated=True),
                                ),
                                name="events_employersignature_name_and_title",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PacketAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="events.packetversion",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("ACCEPTED", "Accepted"), ("DECLINED", "Declined")],
                                max_length=8,
                            ),
                        ),
                        ("typed_name", models.CharField(max_length=160, verbose_name="typed name")),
                        ("content_hash", models.CharField(max_length=64)),
                        ("sealed_reason", events.sealing.models.SealedField(blank=True)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "answer to a packet",
                        "verbose_name_plural": "answers to packets",
                        "ordering": ["version", "at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("typed_name", ""), _negated=True),
                                name="events_packetanswer_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "ACCEPTED"), ("sealed_reason", "")),
                                    models.Q(
                                        ("kind", "DECLINED"),
                                        models.Q(("sealed_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_packetanswer_decline_has_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "ACCEPTED")),
                                fields=("version",),
                                name="events_packetanswer_accepted_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PacketRecall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recall",
                                to="events.packetversion",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("sealed_reason", events.sealing.models.SealedField()),
                        (
                            "in_force",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.packetversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recall of a packet",
                        "verbose_name_plural": "recalls of packets",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sealed_reason", ""), _negated=True),
                                name="events_packetrecall_has_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PacketRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packet_rounds",
                                to="events.kickoff",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("size", models.PositiveIntegerField()),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("submitted_at", models.DateTimeField()),
                        ("sealed", events.sealing.models.SealedField(blank=True)),
                        ("shown_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("APPROVED", "Both sides have approved it."),
                                    ("RETURNED", "An approver sent it back."),
                                    ("CHANGED", "One of its packets has changed."),
                                    ("WITHDRAWN", "RevOps took it back."),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "versions",
                            models.ManyToManyField(
                                related_name="rounds", to="events.packetversion"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "approval round",
                        "verbose_name_plural": "approval rounds",
                        "ordering": ["kickoff", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "number"),
                                name="events_packetround_one_per_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("kickoff",),
                                name="events_packetround_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("outcome", "")),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_packetround_closed_with_outcome",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answer_times",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("CALCULATION", "Calculation"),
                                    ("DATA", "Data"),
                                    ("CREDITING", "Crediting"),
                                    ("INTERPRETATION", "Interpretation"),
                                    ("QUOTA", "Quota"),
                                    ("TERRITORY", "Territory"),
                                    ("PAY_TERMS", "Pay terms"),
                                    ("TYPO", "Typo"),
                                ],
                                max_length=14,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "working_days",
                            models.PositiveSmallIntegerField(verbose_name="working days"),
                        ),
                    ],
                    options={
                        "verbose_name": "time for an answer",
                        "verbose_name_plural": "times for answers",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "kind"), name="events_answertime_one_per_kind"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("working_days__gte", 1), ("working_days__lte", 20)
                                ),
                                name="events_answertime_days_within_bounds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Inquiry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inquiries",
                                to="events.packetversion",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packet_inquiries",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("CALCULATION", "Calculation"),
                                    ("DATA", "Data"),
                                    ("CREDITING", "Crediting"),
                                    ("INTERPRETATION", "Interpretation"),
                                    ("QUOTA", "Quota"),
                                    ("TERRITORY", "Territory"),
                                    ("PAY_TERMS", "Pay terms"),
                                    ("TYPO", "Typo"),
                                ],
                                max_length=14,
                                verbose_name="kind",
                            ),
                        ),
                        ("sealed", events.sealing.models.SealedField()),
                        (
                            "routed_to",
                            models.CharField(
                                choices=[("REVOPS", "RevOps"), ("MANAGER", "Manager")],
                                max_length=7,
                                verbose_name="with",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("OPEN", "Open"),
                                    ("ANSWERED", "Answered"),
                                    ("CLOSED", "Closed"),
                                    ("REOPENED", "Asked again"),
                                ],
                                default="OPEN",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        ("opened_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("reminded_at", models.DateTimeField(null=True)),
                        ("escalates_at", models.DateTimeField(null=True)),
                        ("escalated_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "question about a packet",
                        "verbose_name_plural": "questions about packets",
                        "ordering": ["due_at", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["OPEN", "REOPENED"])),
                                fields=["due_at"],
                                name="events_inquiry_waiting_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ANSWERED"), _negated=True),
                                    ("answered_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_inquiry_answer_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("state", "CLOSED")),
                                    models.Q(
                                        models.Q(("state", "CLOSED"), _negated=True),
                                        ("closed_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_inquiry_closed_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("escalated_at", None),
                                    ("reminded_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_inquiry_reminded_before_escalated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gte", models.F("opened_at"))),
                                name="events_inquiry_due_after_opened",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("routed_to__in", ["REVOPS", "MANAGER"])),
                                name="events_inquiry_is_with_a_role",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sealed", ""), _negated=True),
                                name="events_inquiry_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InquiryMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "inquiry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to="events.inquiry",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("NOTE", "wrote"),
                                    ("ANSWER", "answered"),
                                    ("REROUTED", "handed it on"),
                                    ("REMINDED", "a reminder was sent"),
                                    ("ESCALATED", "it was taken further"),
                                    ("CLOSED", "closed it"),
                                    ("REOPENED", "asked again"),
                                ],
                                default="NOTE",
                                max_length=9,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "routed_to",
                            models.CharField(
                                blank=True,
                                choices=[("REVOPS", "RevOps"), ("MANAGER", "Manager")],
                                max_length=7,
                            ),
                        ),
                        ("sealed", events.sealing.models.SealedField(blank=True)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "message about a packet",
                        "verbose_name_plural": "messages about packets",
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind__in", ["NOTE", "ANSWER", "REROUTED", "REOPENED"]),
                                        _negated=True,
                                    ),
                                    models.Q(("sealed", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="events_inquirymessage_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["REMINDED", "ESCALATED"]),
                                    ("by__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_inquirymessage_is_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SharedAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "inquiry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shared_answers",
                                to="events.inquiry",
                            ),
                        ),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("PLAN", "Reps with the same plan"),
                                    ("TERRITORY", "Reps in the same territory"),
                                    ("TERMS", "Reps under the same terms"),
                                    ("EVERYONE", "Every rep at this kickoff"),
                                ],
                                max_length=9,
                                verbose_name="whom it concerns",
                            ),
                        ),
                        ("sealed_question", events.sealing.models.SealedField()),
                        ("sealed_answer", events.sealing.models.SealedField()),
                        (
                            "published_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("published_at", models.DateTimeField()),
                        ("reached_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "shared answer",
                        "verbose_name_plural": "shared answers",
                        "ordering": ["-published_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("inquiry",),
                                name="events_sharedanswer_one_per_question",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sealed_question", ""), _negated=True),
                                    models.Q(("sealed_answer", ""), _negated=True),
                                ),
                                name="events_sharedanswer_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SharedAnswerReader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "shared",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="readers",
                                to="events.sharedanswer",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("told_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "reader of a shared answer",
                        "verbose_name_plural": "readers of shared answers",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("shared", "person"),
                                name="events_sharedanswerreader_told_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewSlot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="review_slots",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "manager",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review_slots",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="begins")),
                        ("ends_at", models.DateTimeField(verbose_name="ends")),
                        ("place", models.CharField(max_length=120, verbose_name="place")),
                        (
                            "rep",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packet_reviews",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review_slots",
                                to="events.packetversion",
                            ),
                        ),
                        ("taken_at", models.DateTimeField(null=True)),
                        ("cancelled_at", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "time for a review",
                        "verbose_name_plural": "times for reviews",
                        "ordering": ["starts_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("cancelled_at", None)),
                                fields=("manager", "starts_at"),
                                name="events_reviewslot_one_per_manager_and_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cancelled_at", None), ("rep__isnull", False)),
                                fields=("kickoff", "rep"),
                                name="events_reviewslot_one_per_rep",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="events_reviewslot_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rep", None), ("taken_at", None), ("version", None)),
                                    models.Q(
                                        ("rep__isnull", False),
                                        ("taken_at__isnull", False),
                                        ("version__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_reviewslot_taken_for_a_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rep", None),
                                    models.Q(("rep", models.F("manager")), _negated=True),
                                    _connector="OR",
                                ),
                                name="events_reviewslot_not_with_oneself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuotaWish",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quota_wishes",
                                to="events.packetversion",
                            ),
                        ),
                        (
                            "wished_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quota_wishes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sealed_amount", events.sealing.models.SealedField()),
                        ("sealed_reason", events.sealing.models.SealedField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("OPEN", "Waits for RevOps"),
                                    ("GRANTED", "Granted"),
                                    ("DECLINED", "Declined"),
                                    ("WITHDRAWN", "Taken back"),
                                ],
                                default="OPEN",
                                max_length=9,
                                verbose_name="state",
                            ),
                        ),
                        ("wished_at", models.DateTimeField()),
                        (
                            "supports",
                            models.BooleanField(null=True, verbose_name="the manager supports it"),
                        ),
                        ("sealed_comment", events.sealing.models.SealedField(blank=True)),
                        (
                            "commented_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("commented_at", models.DateTimeField(null=True)),
                        ("sealed_answer", events.sealing.models.SealedField(blank=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "wish for another quota",
                        "verbose_name_plural": "wishes for another quota",
                        "ordering": ["-wished_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "OPEN")),
                                fields=("version",),
                                name="events_quotawish_one_open_per_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["GRANTED", "DECLINED"]), _negated=True),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        models.Q(("sealed_answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_quotawish_decision_has_an_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("commented_at", None), ("supports__isnull", True)),
                                    models.Q(
                                        ("commented_at__isnull", False), ("supports__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="events_quotawish_comment_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sealed_amount", ""), _negated=True),
                                    models.Q(("sealed_reason", ""), _negated=True),
                                ),
                                name="events_quotawish_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterBrand",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letter_brands",
                                to="events.kickoff",
                            ),
                        ),
                        ("edition", models.PositiveIntegerField(verbose_name="edition")),
                        (
                            "ink",
                            models.CharField(default="#12201a", max_length=7, verbose_name="ink"),
                        ),
                        (
                            "accent",
                            models.CharField(
                                default="#0a757b", max_length=7, verbose_name="accent"
                            ),
                        ),
                        ("logo", models.BinaryField(default=b"", verbose_name="logo")),
                        ("opening", models.TextField(blank=True, verbose_name="opening")),
                        ("closing", models.TextField(blank=True, verbose_name="closing")),
                        (
                            "footer",
                            models.CharField(blank=True, max_length=160, verbose_name="footer"),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("saved_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "look of letters",
                        "verbose_name_plural": "looks of letters",
                        "ordering": ["kickoff", "-edition"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "edition"),
                                name="events_letterbrand_one_per_edition",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("edition__gte", 1)),
                                name="events_letterbrand_editions_from_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letter_run",
                                to="events.kickoff",
                            ),
                        ),
                        ("paused_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "paused_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "run of letters",
                        "verbose_name_plural": "runs of letters",
                    },
                ),
                migrations.CreateModel(
                    name="LetterFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="events.letterrun",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letter_files",
                                to="events.packetversion",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("LETTER", "Letter"), ("SIGNED_COPY", "Signed copy")],
                                max_length=11,
                                verbose_name="kind",
                            ),
                        ),
                        ("language", models.CharField(max_length=10, verbose_name="language")),
                        ("key", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("WAITING", "Waiting"),
                                    ("RENDERING", "Being made"),
                                    ("READY", "Ready"),
                                    ("FAILED", "Failed"),
                                ],
                                default="WAITING",
                                max_length=9,
                                verbose_name="state",
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "problem",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what went wrong"
                            ),
                        ),
                        ("queued_at", models.DateTimeField()),
                        ("rendered_at", models.DateTimeField(blank=True, null=True)),
                        ("pages", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("pdf", events.sealing.models.SealedBytesField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "letter",
                        "verbose_name_plural": "letters",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["run", "state"], name="events_letterfile_by_state")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "kind", "language"),
                                name="events_letterfile_one_of_a_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("pdf__isnull", False),
                                        ("rendered_at__isnull", False),
                                        ("state", "READY"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "READY"), _negated=True), ("pdf", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="events_letterfile_ready_has_a_file",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("leased_until__isnull", False), ("state", "RENDERING")
                                    ),
                                    models.Q(
                                        models.Q(("state", "RENDERING"), _negated=True),
                                        ("leased_until", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_letterfile_lease_while_rendering",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "FAILED"), _negated=True),
                                    models.Q(("problem", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="events_letterfile_failure_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkstreamOwner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="workstream_owners",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "workstream",
                            models.CharField(
                                choices=[
                                    ("LOGISTICS", "Logistics"),
                                    ("CONTENT", "Content"),
                                    ("COMMUNICATIONS", "Communications"),
                                ],
                                max_length=15,
                                verbose_name="workstream",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kickoff", "workstream"), name="events_workstream_one_owner"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanningTask",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="planning_tasks",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "workstream",
                            models.CharField(
                                choices=[
                                    ("LOGISTICS", "Logistics"),
                                    ("CONTENT", "Content"),
                                    ("COMMUNICATIONS", "Communications"),
                                ],
                                max_length=15,
                                verbose_name="workstream",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="task")),
                        (
                            "note",
                            models.TextField(blank=True, max_length=2000, verbose_name="note"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="planning_tasks",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        ("weeks_before", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("days_after", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("own_date", models.DateField(blank=True, null=True)),
                        ("due_date", models.DateField(verbose_name="due")),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "planning task",
                        "verbose_name_plural": "planning tasks",
                        "ordering": ["due_date", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_at", None)),
                                fields=["kickoff", "due_date"],
                                name="events_task_open_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weeks_before", None), ("days_after", None), _connector="OR"
                                ),
                                name="events_task_counts_one_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("own_date", None),
                                    ("own_date", models.F("due_date")),
                                    _connector="OR",
                                ),
                                name="events_task_own_date_is_due_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weeks_before__isnull", False),
                                    ("days_after__isnull", False),
                                    ("own_date__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_task_has_a_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_by", None), ("done_at__isnull", False), _connector="OR"
                                ),
                                name="events_task_done_by_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "segment_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("REP", "rep"),
                                    ("MANAGER", "manager"),
                                    ("STAFF", "staff"),
                                    ("SPEAKER", "speaker"),
                                    ("GUEST", "guest"),
                                ],
                                max_length=10,
                                verbose_name="only",
                            ),
                        ),
                        (
                            "segment_function",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("SALES", "Sales"),
                                    ("SALES_ENGINEERING", "Sales engineering"),
                                    ("CUSTOMER_SUCCESS", "Customer success"),
                                    ("MARKETING", "Marketing"),
                                    ("PRODUCT", "Product"),
                                    ("ENABLEMENT", "Enablement"),
                                    ("REVOPS", "RevOps"),
                                    ("EXECUTIVE", "Executive"),
                                    ("GUEST", "Guest"),
                                ],
                                max_length=20,
                                verbose_name="only this function",
                            ),
                        ),
                        (
                            "segment_region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.region",
                                verbose_name="only this region",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("READ", "Read"),
                                    ("WATCH", "Watch"),
                                    ("DO", "Do"),
                                    ("SUBMIT", "Submit"),
                                ],
                                max_length=10,
                                verbose_name="what people do",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        (
                            "instructions",
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="instructions"
                            ),
                        ),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="minutes it takes"
                            ),
                        ),
                        (
                            "bet",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="assignments",
                                to="events.bigbet",
                                verbose_name="big bet",
                            ),
                        ),
                        ("due_date", models.DateField(verbose_name="due")),
                        ("due_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "pre-work",
                        "verbose_name_plural": "pre-work",
                        "ordering": ["due_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at", None),
                                    ("withdrawn_at__gte", models.F("published_at")),
                                    _connector="OR",
                                ),
                                name="events_assignment_withdrawn_after_published",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minutes", None), ("minutes__gte", 1), _connector="OR"
                                ),
                                name="events_assignment_takes_some_minutes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("link", ""),
                                    ("link__startswith", "https://"),
                                    ("link__startswith", "http://"),
                                    _connector="OR",
                                ),
                                name="events_assignment_link_is_web_address",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PreworkItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="events.assignment",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prework_items",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("OPEN", "to do"),
                                    ("RETURNED", "to do again"),
                                    ("DONE", "done"),
                                ],
                                default="OPEN",
                                max_length=10,
                            ),
                        ),
                        ("assigned_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("text", models.TextField(blank=True, verbose_name="your answer")),
                        (
                            "link",
                            models.CharField(blank=True, max_length=500, verbose_name="a link"),
                        ),
                        (
                            "returned_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what is missing"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pre-work of a person",
                        "verbose_name_plural": "pre-work of people",
                        "ordering": ["assignment__due_at", "assignment_id", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["person", "state"], name="events_preworkitem_person"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assignment", "person"),
                                name="events_preworkitem_one_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", False), ("state", "DONE")),
                                    models.Q(
                                        models.Q(("state", "DONE"), _negated=True),
                                        ("done_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_preworkitem_done_has_time",
                            ),
                            models.CheckConstraint(
                                condition=django.db.models.lookups.LessThanOrEqual(
                                    django.db.models.functions.text.Length("text"), 5000
                                ),
                                name="events_preworkitem_text_within_limit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("link", ""),
                                    ("link__startswith", "https://"),
                                    ("link__startswith", "http://"),
                                    _connector="OR",
                                ),
                                name="events_preworkitem_link_is_web_address",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuotaPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quota_plan",
                                to="events.kickoff",
                            ),
                        ),
                        ("currency", models.CharField(max_length=3, verbose_name="plan currency")),
                        (
                            "starts_date",
                            models.DateField(verbose_name="first day of the plan year"),
                        ),
                        ("ends_date", models.DateField(verbose_name="last day of the plan year")),
                        ("sealed", events.sealing.models.SealedField()),
                        (
                            "step",
                            models.DecimalField(
                                decimal_places=2, max_digits=14, verbose_name="whole steps of"
                            ),
                        ),
                        ("over_assignment", models.JSONField(default=list)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("WON", "Past won revenue"),
                                    ("EQUAL", "Equal parts"),
                                    ("HEADCOUNT", "Number of reps"),
                                    ("HAND", "Weights set by hand"),
                                ],
                                default="WON",
                                max_length=10,
                            ),
                        ),
                        ("won_from_date", models.DateField(verbose_name="past revenue from")),
                        ("won_to_date", models.DateField(verbose_name="past revenue to")),
                        (
                            "floor",
                            models.DecimalField(
                                decimal_places=3, default=Decimal("0.5"), max_digits=4
                            ),
                        ),
                        (
                            "season",
                            models.CharField(
                                choices=[("QUARTERS", "Quarters"), ("MONTHS", "Months")],
                                default="QUARTERS",
                                max_length=10,
                            ),
                        ),
                        ("season_shares", models.JSONField(default=list)),
                        (
                            "ramp",
                            models.CharField(
                                choices=[("QUARTERS", "Quarters"), ("MONTHS", "Months")],
                                default="QUARTERS",
                                max_length=10,
                            ),
                        ),
                        ("ramp_shares", models.JSONField(default=list)),
                        (
                            "status",
                            models.CharField(
                                choices=[("DRAFT", "Draft"), ("LOCKED", "Locked")],
                                default="DRAFT",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("cascaded_at", models.DateTimeField(null=True)),
                        ("changed_at", models.DateTimeField()),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quota plan",
                        "verbose_name_plural": "quota plans",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_date__gte", models.F("starts_date"))),
                                name="events_quotaplan_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("won_to_date__gte", models.F("won_from_date"))),
                                name="events_quotaplan_won_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("step__gt", 0)),
                                name="events_quotaplan_step_above_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("floor__gte", 0), ("floor__lte", 1)),
                                name="events_quotaplan_floor_is_a_share",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanRate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rates",
                                to="events.quotaplan",
                            ),
                        ),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        (
                            "rate",
                            models.DecimalField(
                                decimal_places=6, max_digits=16, verbose_name="rate"
                            ),
                        ),
                        (
                            "step",
                            models.DecimalField(
                                decimal_places=2, max_digits=16, verbose_name="whole steps of"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "plan rate",
                        "verbose_name_plural": "plan rates",
                        "ordering": ["currency"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "currency"), name="events_planrate_one_per_currency"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rate__gt", 0), ("step__gt", 0)),
                                name="events_planrate_above_zero",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuotaNode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="nodes",
                                to="events.quotaplan",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quota_nodes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rate",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nodes",
                                to="events.planrate",
                            ),
                        ),
                        ("sealed", events.sealing.models.SealedField()),
                        ("is_pinned", models.BooleanField(default=False)),
                        ("is_ramped", models.BooleanField(default=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "quota",
                        "verbose_name_plural": "quotas",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "person"), name="events_quotanode_one_per_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NewHireRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hire_rules",
                                to="events.quotaplan",
                            ),
                        ),
                        ("job_title", models.CharField(max_length=120, verbose_name="job title")),
                        ("sealed", events.sealing.models.SealedField(blank=True)),
                        (
                            "share_of_median",
                            models.DecimalField(
                                blank=True, decimal_places=3, max_digits=4, null=True
                            ),
                        ),
                        (
                            "ramp",
                            models.CharField(
                                choices=[("QUARTERS", "Quarters"), ("MONTHS", "Months")],
                                default="QUARTERS",
                                max_length=10,
                            ),
                        ),
                        ("ramp_shares", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "rule for new hires",
                        "verbose_name_plural": "rules for new hires",
                        "ordering": ["job_title", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("plan"),
                                django.db.models.functions.text.Lower("job_title"),
                                name="events_newhirerule_one_per_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("sealed", ""),
                                        ("share_of_median__gt", 0),
                                        ("share_of_median__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("sealed", ""), _negated=True),
                                        ("share_of_median", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_newhirerule_standard_or_median",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LegalHold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holds",
                                to="events.packet",
                            ),
                        ),
                        ("sealed_reason", events.sealing.models.SealedField()),
                        (
                            "placed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("placed_at", models.DateTimeField()),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("lifted_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "legal hold",
                        "verbose_name_plural": "legal holds",
                        "ordering": ["-placed_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at", None)),
                                fields=("packet",),
                                name="events_legalhold_one_standing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lifted_at", None), ("lifted_by", None)),
                                    models.Q(
                                        ("lifted_at__gte", models.F("placed_at")),
                                        ("lifted_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_legalhold_lifted_by_somebody_after",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sealed_reason", ""), _negated=True),
                                name="events_legalhold_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handout",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("COUNSEL", "for counsel"),
                                    ("LEAVER", "for somebody who left"),
                                    ("OWN", "for the rep"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("WAITING", "being made"),
                                    ("READY", "ready"),
                                    ("ENDED", "deleted"),
                                ],
                                default="WAITING",
                                max_length=8,
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.region",
                            ),
                        ),
                        (
                            "rep",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packet_handouts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sealed_purpose", events.sealing.models.SealedField(blank=True)),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("requested_at", models.DateTimeField()),
                        ("leased_until", models.DateTimeField(null=True)),
                        ("ready_at", models.DateTimeField(null=True)),
                        ("expires_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("parts_total", models.PositiveIntegerField(default=0)),
                        ("parts_done", models.PositiveIntegerField(default=0)),
                        ("size_bytes", models.BigIntegerField(default=0)),
                        ("downloads", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "handout of packets",
                        "verbose_name_plural": "handouts of packets",
                        "ordering": ["-requested_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "COUNSEL"), _negated=True),
                                    models.Q(
                                        ("kickoff__isnull", False),
                                        models.Q(("sealed_purpose", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_handout_counsel_has_purpose",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "COUNSEL"),
                                    models.Q(
                                        ("kickoff", None), ("region", None), ("rep__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="events_handout_others_have_a_rep",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "READY"), _negated=True),
                                    models.Q(
                                        ("expires_at__isnull", False), ("ready_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="events_handout_ready_has_times",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ENDED"), _negated=True),
                                    ("ended_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_handout_end_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parts_done__lte", models.F("parts_total"))),
                                name="events_handout_done_within_total",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind", "OWN"), ("state__in", ["WAITING", "READY"])
                                ),
                                fields=("rep",),
                                name="events_handout_one_own_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoutPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "handout",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="events.handout",
                            ),
                        ),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.packet",
                            ),
                        ),
                        ("sealed", events.sealing.models.SealedField(blank=True)),
                        ("built_at", models.DateTimeField(null=True)),
                        ("missing_letters", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "part of a handout",
                        "verbose_name_plural": "parts of a handout",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("handout", "packet"),
                                name="events_handoutpart_once_a_packet",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("built_at", None), ("sealed", "")),
                                    models.Q(
                                        ("built_at__isnull", False),
                                        models.Q(("sealed", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="events_handoutpart_built_is_sealed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeaverLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "handout",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="link",
                                to="events.handout",
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("code_hash", models.CharField(max_length=160)),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("downloads", models.PositiveSmallIntegerField(default=0)),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("revoked_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "link of a leaver",
                        "verbose_name_plural": "links of leavers",
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("downloads__lte", 5)),
                                name="events_leaverlink_downloads_in_bounds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tries__lte", 10)),
                                name="events_leaverlink_tries_in_bounds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                                name="events_leaverlink_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="packet_reminder_plan",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "is_on",
                            models.BooleanField(default=True, verbose_name="remind by itself"),
                        ),
                        (
                            "unopened_days",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="A rep who has not opened the packet by then is reminded.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                                verbose_name="days after the release",
                            ),
                        ),
                        (
                            "manager_days",
                            models.PositiveSmallIntegerField(
                                default=2,
                                help_text="The manager hears who has not signed.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                                verbose_name="days after the event",
                            ),
                        ),
                        (
                            "above_days",
                            models.PositiveSmallIntegerField(
                                default=5,
                                help_text="The manager's manager hears of it.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(30),
                                ],
                                verbose_name="days after the event, one level up",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reminder plan",
                        "verbose_name_plural": "reminder plans",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("above_days__gt", models.F("manager_days"))),
                                name="events_reminderplan_manager_before_above",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("unopened_days__gte", 1),
                                    ("unopened_days__lte", 30),
                                    ("above_days__lte", 30),
                                    ("manager_days__gte", 1),
                                ),
                                name="events_reminderplan_days_in_bounds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="events.packetversion",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("BY_HAND", "by hand"),
                                    ("UNOPENED", "not opened"),
                                    ("LAST_MORNING", "last morning"),
                                    ("LIST", "list for the manager"),
                                    ("MANAGER", "manager"),
                                    ("ABOVE", "one level up"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("local_date", models.DateField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "reminder",
                        "verbose_name_plural": "reminders",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("stage", "BY_HAND")),
                                fields=("version", "local_date"),
                                name="events_reminder_by_hand_once_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("stage", "BY_HAND"), _negated=True),
                                fields=("version", "stage"),
                                name="events_reminder_each_stage_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "BY_HAND"), _negated=True),
                                    ("by__isnull", False),
                                    _connector="OR",
                                ),
                                name="events_reminder_by_hand_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TerritoryPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="territory_plan",
                                to="events.kickoff",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="SalesTerritory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="territories",
                                to="events.kickoff",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(default="AE", max_length=40, verbose_name="role"),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="territories",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "places",
                            models.JSONField(blank=True, default=list, verbose_name="geography"),
                        ),
                        (
                            "segments",
                            models.JSONField(blank=True, default=list, verbose_name="segment"),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "territory",
                        "verbose_name_plural": "territories",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("kickoff"),
                                models.F("role"),
                                django.db.models.functions.text.Lower("name"),
                                name="events_territory_one_per_name",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("owner__isnull", False)),
                                fields=("kickoff", "role", "owner"),
                                name="events_territory_one_per_owner_and_role",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("role", ""), _negated=True),
                                ),
                                name="events_territory_has_name_and_role",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TerritoryAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="listed",
                                to="events.salesterritory",
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="events.account",
                            ),
                        ),
                        (
                            "is_excluded",
                            models.BooleanField(default=False, verbose_name="left out"),
                        ),
                    ],
                    options={
                        "verbose_name": "account of a territory",
                        "verbose_name_plural": "accounts of territories",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("territory", "account"),
                                name="events_territory_lists_account_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnershipChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kickoff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ownership_changes",
                                to="events.kickoff",
                            ),
                        ),
                        ("role", models.CharField(max_length=40, verbose_name="role")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ownership_changes",
                                to="events.account",
                            ),
                        ),
                        (
                            "from_territory",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="events.salesterritory",
                            ),
                        ),
                        (
                            "from_name",
                            models.CharField(blank=True, max_length=120, verbose_name="from"),
                        ),
                        (
                            "from_owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "to_territory",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="events.salesterritory",
                            ),
                        ),
                        (
                            "to_name",
                            models.CharField(blank=True, max_length=120, verbose_name="to"),
                        ),
                        (
                            "to_owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("MOVED", "moved"),
                                    ("EDITED", "territory changed"),
                                    ("ASSIGNED", "territory given to another rep"),
                                    ("PROPOSED", "proposal accepted"),
                                    ("IMPORTED", "imported"),
                                ],
                                max_length=10,
                                verbose_name="what happened",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="why"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="when")),
                    ],
                    options={
                        "verbose_name": "change of ownership",
                        "verbose_name_plural": "changes of ownership",
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["kickoff", "account", "-at"],
                                name="events_ownership_account_at",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("from_name", ""), _negated=True),
                                    models.Q(("to_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="events_ownership_change_names_a_side",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrailSeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("SEALED", "entries sealed"),
                                    ("REMOVED", "entries deleted under retention"),
                                ],
                                default="SEALED",
                                max_length=7,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("first_id", models.BigIntegerField()),
                        ("last_id", models.BigIntegerField()),
                        ("count", models.PositiveIntegerField()),
                        ("why", models.CharField(blank=True, max_length=300)),
                        ("leaves", models.BinaryField()),
                        ("salts", models.BinaryField()),
                        ("hash", models.CharField(max_length=64)),
                        ("sealed_hash", events.sealing.models.SealedField()),
                    ],
                    options={
                        "verbose_name": "seal of the trail",
                        "verbose_name_plural": "seals of the trail",
                        "ordering": ["number"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="events_trailseal_numbers_from_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_id__gte", models.F("first_id"))),
                                name="events_trailseal_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "SEALED"), ("why", "")),
                                    models.Q(
                                        ("kind", "REMOVED"), models.Q(("why", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="events_trailseal_removal_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrailWatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("seen_id", models.BigIntegerField(default=0)),
                        ("seen_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "watch of the trail",
                        "verbose_name_plural": "watches of the trail",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk", 1)), name="events_trailwatch_is_one_row"
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(_triggers.create, _triggers.drop),
    ]
