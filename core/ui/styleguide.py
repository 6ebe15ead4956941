from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET


@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component and state, with the line that makes it. Included in debug only."""
    return render(request, "core/ui/styleguide.html", {})


urlpatterns = [path("", styleguide, name="styleguide")]
