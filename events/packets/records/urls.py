from django.urls import path

from events.packets.records.views import exports, leavers, mine, retention

app_name = "records"
urlpatterns = [
    path("", retention.retention, name="retention"),
    path("delete/", retention.shred, name="shred"),
    path("hold/<id:packet_id>/", retention.hold, name="hold"),
    path("hold/<id:hold_id>/lift/", retention.lift, name="lift"),
    path("exports/", exports.exports, name="exports"),
    path("exports/new/", exports.export_new, name="export_new"),
    path("exports/<id:handout_id>/download/", exports.export_download, name="export_download"),
    path("exports/<id:handout_id>/end/", exports.export_end, name="export_end"),
    path("leavers/", leavers.leavers, name="leavers"),
    path("leavers/<id:person_id>/link/", leavers.link_make, name="link_make"),
    path("leavers/links/<id:link_id>/end/", leavers.link_revoke, name="link_revoke"),
    path("mine/", mine.mine, name="mine"),
    path("mine/ask/", mine.mine_ask, name="mine_ask"),
    path("mine/<id:handout_id>/download/", mine.mine_download, name="mine_download"),
]
