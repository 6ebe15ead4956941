from django.urls import path

from events.deals import views

app_name = "deals"
urlpatterns = [
    path("", views.list_deals, name="list"),
    path("import/", views.import_deals, name="import"),
    path("import/<str:token>/", views.preview_import, name="preview"),
]
