from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from core.ui import samples


@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component and state, with the line that makes it. Included in debug only."""
    if "toast" in request.GET:
        messages.success(request, "Released 5 packets.")
        messages.error(request, "Nothing was imported: 2 of 96 rows need you.")
    return render(request, "core/ui/styleguide.html", samples.context())


urlpatterns = [path("", styleguide, name="styleguide")]
