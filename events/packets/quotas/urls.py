from django.urls import path

from events.packets.quotas.views import files, hiring, person, plan, settings

app_name = "quotas"
urlpatterns = [
    path("", plan.plan, name="plan"),
    path("settings/", settings.settings, name="settings"),
    path("cascade/", plan.cascade, name="cascade"),
    path("lock/", plan.lock, name="lock"),
    path("currencies/", plan.take_currencies, name="currencies"),
    path("hires/", hiring.hires, name="hires"),
    path("hires/add/", hiring.add_rule, name="add_rule"),
    path("hires/<id:rule_id>/", hiring.edit_rule, name="edit_rule"),
    path("hires/<id:rule_id>/remove/", hiring.remove_rule, name="remove_rule"),
    path("export/<str:kind>/", files.export, name="export"),
    path("import/", files.upload, name="import"),
    path("import/<str:token>/", files.preview, name="import_preview"),
    path("<id:person_id>/", person.person, name="person"),
    path("<id:person_id>/edit/", plan.edit, name="edit"),
    path("<id:person_id>/unpin/", plan.unpin, name="unpin"),
]
