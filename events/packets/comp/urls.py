from django.urls import path

from events.packets.comp.views import cost, imports, people, plans, terms

app_name = "comp"
urlpatterns = [
    path("", plans.show_list, name="list"),
    path("new/", plans.create, name="create"),
    path("preview/", plans.show_preview, name="preview"),
    path("<id:plan_id>/", plans.edit, name="edit"),
    path("<id:plan_id>/copy/", plans.copy, name="copy"),
    path("<id:plan_id>/delete/", plans.delete, name="delete"),
    path("people/", people.show_list, name="people"),
    path("people/title/", people.title, name="title"),
    path("people/export/", people.export, name="export"),
    path("people/import/", imports.upload, name="import"),
    path("people/import/<str:token>/", imports.preview, name="import_preview"),
    path("people/<id:person_id>/", people.person, name="person"),
    path("people/<id:person_id>/clear/", people.clear, name="clear"),
    path("cost/", cost.show, name="cost"),
    path("terms/", terms.show_list, name="terms"),
    path("terms/new/", terms.create, name="terms_new"),
    path("terms/<id:edition_id>/", terms.edit, name="terms_edit"),
    path("terms/<id:edition_id>/publish/", terms.publish, name="terms_publish"),
    path("terms/<id:edition_id>/delete/", terms.delete, name="terms_delete"),
]
