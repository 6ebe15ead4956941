from django.urls import path

from agenda.schedules import views

app_name = "schedules"
urlpatterns = [
    path("import/", views.import_programme, name="import"),
    path("import/<str:token>/", views.preview_programme, name="preview"),
    path("export/<str:kind>/", views.export_programme, name="export"),
]
