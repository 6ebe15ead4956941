from allauth.account import views as sign_in_views
from django.urls import path, re_path
from django.views.generic import RedirectView

from people.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("invite/", views.invite, name="invite"),
    path("me/", views.profile, name="profile"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/end-others/", views.end_other_sessions, name="end_other_sessions"),
    path("sessions/<slug:digest>/end/", views.end_session, name="end_session"),
    path("<id:person_id>/", views.detail, name="detail"),
    path("<id:person_id>/edit/", views.edit, name="edit"),
    path("<id:person_id>/invite-again/", views.invite_again, name="invite_again"),
    path("<id:person_id>/deactivate/", views.deactivate, name="deactivate"),
    path("<id:person_id>/reactivate/", views.reactivate, name="reactivate"),
]

# Sign-in, under the names that allauth looks its pages up by. Picked by hand: nobody adds
# addresses or signs up, so those pages do not exist
sign_in_patterns = [
    path("", RedirectView.as_view(pattern_name="people:accounts:profile"), name="account_index"),
    path("login/", views.login, name="account_login"),
    path("login/code/", views.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", sign_in_views.logout, name="account_logout"),
    path("inactive/", sign_in_views.account_inactive, name="account_inactive"),
    path("signup/", sign_in_views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/set/", views.set_password, name="account_set_password"),
    path("password/reset/", views.reset_password, name="account_reset_password"),
    path(
        "password/reset/done/",
        sign_in_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        sign_in_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
