from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.accounts.requests import AuthenticatedRequest


@require_GET
@login_required
def home(request: AuthenticatedRequest) -> HttpResponse:
    """Every kickoff that the person may see."""
    return render(request, "sko_planner/home/home.html")
