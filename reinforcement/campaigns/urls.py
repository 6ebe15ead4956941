from django.urls import path

from reinforcement.campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("", views.show_plan, name="plan"),
    path("fill/", views.fill_plan, name="fill"),
    path("activities/new/", views.create_activity, name="activity_create"),
    path("activities/<id:activity_id>/", views.edit_activity, name="activity_edit"),
    path(
        "activities/<id:activity_id>/withdraw/", views.withdraw_activity, name="activity_withdraw"
    ),
]
