from django.urls import path

from agenda.groups import views

app_name = "groups"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("add/", views.create_grouping, name="create"),
    path("mine/", views.show_mine, name="mine"),
    path("<id:grouping_id>/", views.show_board, name="board"),
    path("<id:grouping_id>/connections/", views.show_connections, name="connections"),
    path("<id:grouping_id>/rules/", views.change_rules, name="rules"),
    path("<id:grouping_id>/change/", views.change_groups, name="change"),
    path("<id:grouping_id>/solve/", views.solve_groups, name="solve"),
    path("<id:grouping_id>/release/", views.release_groups, name="release"),
    path("solving/<id:solving_id>/", views.show_solving, name="solving"),
]
