from django.urls import path

from events.packets.views import coverage, desk, imports, letters, mine

app_name = "packets"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("approve/", desk.approve, name="approve"),
    path("release/", desk.release, name="release"),
    path("import/", imports.upload, name="import"),
    path("import/<str:token>/", imports.preview, name="import_preview"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/export/", coverage.export, name="export"),
    path("report/", coverage.report, name="report"),
    path("mine/", mine.mine, name="mine"),
    path("<int:packet_id>/", desk.detail, name="detail"),
    path("<int:packet_id>/<int:number>/letter/", letters.letter, name="letter"),
    path("<int:packet_id>/<int:number>/sign/", mine.sign, name="sign"),
]
