from django.urls import path

from people.bell import views

app_name = "bell"
urlpatterns = [
    path("", views.show, name="show"),
    path("read/", views.mark_all_read, name="mark_all_read"),
    path("<id:notice_id>/open/", views.open_notice, name="open"),
    path("mails/", views.choose_mails, name="mails"),
    path("mails/all/", views.show_mails, name="all_mails"),
    path("mails/all/<int:number>/", views.show_mail, name="mail"),
]
