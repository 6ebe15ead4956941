from django.urls import path

from events.bets import views

app_name = "bets"
urlpatterns = [
    path("", views.list_bets, name="list"),
    path("add/", views.add_bet, name="add"),
    path("<id:bet_id>/", views.edit_bet, name="edit"),
    path("<id:bet_id>/plan/", views.plan_actions, name="plan"),
    path("<id:bet_id>/readings/", views.record_reading, name="read"),
    path("<id:bet_id>/to/<int:position>/", views.move_bet, name="move"),
    path("<id:bet_id>/delete/", views.delete_bet, name="delete"),
]
