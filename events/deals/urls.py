from django.urls import path

from events.deals import views

app_name = "deals"
urlpatterns = [
    path("", views.list_deals, name="list"),
    path("accounts/", views.list_accounts, name="accounts"),
    path("accounts/import/", views.import_accounts, name="accounts_import"),
    path("accounts/import/<str:token>/", views.preview_accounts, name="accounts_preview"),
    path("import/", views.import_deals, name="import"),
    path("import/<str:token>/", views.preview_import, name="preview"),
]
