from django.urls import path

from people.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.list_messages, name="outbox"),
    path("files/", views.list_filed_mails, name="files"),
    path("<id:message_id>/retry/", views.retry, name="retry"),
    path("<id:message_id>/sent/", views.mark_sent, name="mark_sent"),
]
