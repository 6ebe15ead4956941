from django.urls import path

from events.strategies import views

app_name = "strategies"
urlpatterns = [
    path("<id:item_id>/", views.mine, name="mine"),
    path("<id:item_id>/read/", views.read, name="read"),
    path("<id:item_id>/<id:strategy_id>/", views.edit, name="edit"),
    path("<id:item_id>/<id:strategy_id>/draft/", views.draft, name="draft"),
    path("<id:item_id>/<id:strategy_id>/drop/", views.drop, name="drop"),
    path("brief/<id:assignment_id>/", views.brief, name="brief"),
]
