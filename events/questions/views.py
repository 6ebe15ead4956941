from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import Column, Filter, ListSpec
from core.refusals import told_in
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from events.questions import access, actions, queries
from events.questions.forms import QuestionForm, TopicForm
from events.questions.models import Topic
from people.accounts.requests import AuthenticatedRequest


def _spec(topics: list[Topic]) -> ListSpec:
    return ListSpec(
        columns=[
            Column("text", gettext_lazy("Question"), sort="text"),
            Column("topic", gettext_lazy("Topic"), sort=["topic__name", "text"]),
            Column("use", gettext_lazy("Asked in"), sort="held_out"),
            Column("action", ""),
        ],
        filters=[
            Filter(
                "topic",
                gettext_lazy("Topic"),
                lambda: [(topic.pk, topic.name) for topic in topics],
                "topic_id",
            ),
            Filter(
                "use",
                gettext_lazy("Asked in"),
                [("False", gettext_lazy("Practice")), ("True", gettext_lazy("Checks"))],
                "held_out",
            ),
        ],
        search=["text", "explanation"],
        default_sort="topic",
    )


@login_required
@require_GET
def list_questions(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    topics = list(queries.topics(kickoff))
    page = _spec(topics).page(queries.bank(kickoff), request.GET)
    context = {"kickoff": kickoff, "topics": topics, "page": page}
    return render(request, "events/questions/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create_question(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    if not kickoff.topics.exists():
        messages.info(request, _("A question needs a topic. Name the first one."))
        return redirect("events:questions:topic_create", slug=slug)
    initial = {"topic": request.GET.get("topic"), "right": 1}
    form = QuestionForm(request.POST or None, kickoff=kickoff, initial=initial)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.QuestionRefused):
            question = actions.add_question(**form.values, by=request.user, at=timezone.now())
            messages.success(request, _("The question is in the bank."))
            return _next(request, kickoff, question.topic)
    return _form(request, kickoff, form, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit_question(request: AuthenticatedRequest, slug: str, question_id: int) -> HttpResponse:
    question = access.question_or_404(request.user, slug, question_id)
    kickoff = question.topic.kickoff
    form = QuestionForm(
        request.POST or None, kickoff=kickoff, initial=QuestionForm.initial_of(question)
    )
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.QuestionRefused):
            actions.change_question(
                question=question, **form.values, by=request.user, at=timezone.now()
            )
            messages.success(request, _("The question is changed."))
            return redirect("events:questions:list", slug=slug)
    return _form(request, kickoff, form, question.pk)


@login_required
@require_POST
def retire_question(request: AuthenticatedRequest, slug: str, question_id: int) -> HttpResponse:
    question = access.question_or_404(request.user, slug, question_id)
    actions.retire_question(question=question, by=request.user, at=timezone.now())
    messages.success(request, _("The question is not asked any more. Its answers stay."))
    return redirect("events:questions:list", slug=slug)


@login_required
@require_http_methods(["GET", "POST"])
def create_topic(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    return _topic(request, kickoff, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit_topic(request: AuthenticatedRequest, slug: str, topic_id: int) -> HttpResponse:
    topic = access.topic_or_404(request.user, slug, topic_id)
    return _topic(request, topic.kickoff, topic)


def _topic(request: AuthenticatedRequest, kickoff: Kickoff, topic: Topic | None) -> HttpResponse:
    shown = Topic(kickoff=kickoff) if topic is None else topic
    # A form of a model writes into its instance while it checks: a copy keeps the name above it
    title = shown.name
    form = TopicForm(request.POST or None, kickoff=kickoff, instance=shown)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.QuestionRefused):
            actions.save_topic(
                kickoff=kickoff,
                topic=topic,
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("The topic is saved."))
            return redirect("events:questions:list", slug=kickoff.slug)
    context = {"kickoff": kickoff, "form": form, "topic": topic, "title": title}
    return render(request, "events/questions/topic.html", context)


def _form(
    request: AuthenticatedRequest, kickoff: Kickoff, form: QuestionForm, question_id: int | None
) -> HttpResponse:
    context = {"kickoff": kickoff, "form": form, "question_id": question_id}
    return render(request, "events/questions/form.html", context)


def _next(request: AuthenticatedRequest, kickoff: Kickoff, topic: Topic) -> HttpResponse:
    if "another" in request.POST:
        create = reverse("events:questions:create", kwargs={"slug": kickoff.slug})
        return redirect(f"{create}?topic={topic.pk}")
    return redirect("events:questions:list", slug=kickoff.slug)
