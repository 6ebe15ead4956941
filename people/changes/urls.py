from django.urls import path

from people.changes import views

app_name = "changes"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("confirm/", views.confirm, name="confirm"),
    path("addresses/<id:change_id>/", views.decide_address, name="decide_address"),
    path("roles/<id:change_id>/", views.decide_role, name="decide_role"),
    path("returns/", views.agree_to_returns, name="agree_to_returns"),
    path("returns/<id:change_id>/", views.decide_return, name="decide_return"),
    path("agree/<str:token>/", views.agree, name="agree"),
    path("put-back/", views.put_back, name="put_back"),
]
