from django.urls import include, path

from sko_planner.urls import urlpatterns as pages

urlpatterns = [*pages, path("styleguide/", include("core.ui.styleguide"))]
