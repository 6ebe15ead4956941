from django.urls import path

from events.packets.coverage.views import board, reminders, report

app_name = "coverage"
urlpatterns = [
    path("", board.coverage, name="board"),
    path("now/", board.coverage_now, name="now"),
    path("wall/", board.wall, name="wall"),
    path("export/", board.export, name="export"),
    path("report/", report.report, name="report"),
    path("reminders/", reminders.plan, name="reminders"),
    path("reminders/now/", reminders.remind, name="remind"),
]
