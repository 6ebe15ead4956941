from django.urls import path

from agenda.panels import views

_PANEL = "<id:session_id>/"
_PANELIST = f"{_PANEL}panelists/<id:panelist_id>/"
_QUESTION = f"{_PANEL}questions/<id:question_id>/"
_HEARD = f"{_PANEL}audience/<id:heard_id>/"

app_name = "panels"
urlpatterns = [
    path("", views.list_panels, name="list"),
    path("quotes.csv", views.export_quotes, name="export"),
    path(_PANEL, views.show_panel, name="panel"),
    path(f"{_PANEL}sheet/", views.print_sheet, name="sheet"),
    path(f"{_PANEL}panelists/add/", views.add_panelist, name="add_panelist"),
    path(_PANELIST, views.edit_panelist, name="panelist"),
    path(f"{_PANELIST}remove/", views.remove_panelist, name="remove_panelist"),
    path(f"{_PANELIST}consent/", views.note_consent, name="consent"),
    path(f"{_PANELIST}link/", views.renew_link, name="link"),
    path(f"{_PANELIST}invite/", views.invite, name="invite"),
    path(f"{_PANELIST}prep/", views.prepare, name="prep"),
    path(f"{_PANEL}issues/add/", views.add_issue, name="add_issue"),
    path(f"{_PANEL}issues/<id:issue_id>/", views.change_issue, name="issue"),
    path(f"{_PANEL}questions/add/", views.add_question, name="add_question"),
    path(_QUESTION, views.edit_question, name="question"),
    path(f"{_QUESTION}remove/", views.remove_question, name="remove_question"),
    path(f"{_QUESTION}begin/", views.begin, name="begin"),
    path(f"{_QUESTION}end/", views.end, name="end"),
    path(f"{_HEARD}merge/", views.merge, name="merge"),
    path(f"{_HEARD}insight/", views.pass_on, name="insight"),
    path(f"{_HEARD}aside/", views.set_aside, name="aside"),
    path(f"{_PANEL}run/", views.run, name="run"),
    path(f"{_PANEL}run/heard/", views.hear, name="hear"),
    path(f"{_PANEL}quotes/add/", views.catch_quote, name="quote"),
    path(f"{_PANEL}quotes/<id:quote_id>/drop/", views.drop_quote, name="drop_quote"),
    path(f"{_PANEL}promises/add/", views.follow_up, name="follow_up"),
    path(f"{_PANEL}room/", views.ask, name="room"),
]
