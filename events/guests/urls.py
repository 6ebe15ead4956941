from django.urls import path

from events.guests import views

app_name = "guests"
urlpatterns = [
    path("guest/", views.home, name="home"),
    path("k/<slug:slug>/guests/", views.list_guests, name="list"),
    path("k/<slug:slug>/guests/add/", views.add, name="add"),
    path("k/<slug:slug>/guests/<id:guest_id>/again/", views.invite_again, name="again"),
    path("k/<slug:slug>/guests/<id:guest_id>/place/", views.give_place, name="place"),
    path("k/<slug:slug>/guests/<id:guest_id>/end/", views.end, name="end"),
    path("k/<slug:slug>/guests/<id:guest_id>/colleague/", views.make_colleague, name="colleague"),
]
