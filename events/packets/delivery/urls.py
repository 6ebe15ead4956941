from django.urls import path

from events.packets.delivery.views import (
    approving,
    closing,
    desk,
    ending,
    imports,
    joining,
    mine,
    releasing,
)

app_name = "delivery"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("import/", imports.upload, name="import"),
    path("import/<str:token>/", imports.preview, name="import_preview"),
    path("draft/", joining.draft, name="draft"),
    path("submit/", approving.submit, name="submit"),
    path("take-back/", approving.take_back, name="take_back"),
    path("approvers/", approving.approvers, name="approvers"),
    path("approvers/<id:approver_id>/remove/", approving.remove, name="remove_approver"),
    path("approval/", approving.approval, name="approval"),
    path("approval/approve/", approving.approve, name="approve"),
    path("approval/send-back/", approving.send_back, name="send_back"),
    path("approval/ask/", approving.ask, name="ask"),
    path("approval/questions/<id:question_id>/", approving.answer, name="answer_approver"),
    path("release/", releasing.release, name="release"),
    path("releases/<id:release_id>/confirm/", releasing.confirm, name="confirm"),
    path("releases/<id:release_id>/lift/", releasing.lift, name="lift"),
    path("releases/<id:release_id>/cancel/", releasing.cancel, name="cancel"),
    path("mine/", mine.mine, name="mine"),
    path("<id:packet_id>/", desk.detail, name="detail"),
    path("<id:packet_id>/<int:number>/sign/", mine.sign, name="sign"),
    path("<id:packet_id>/<int:number>/answer/", mine.answer, name="answer"),
    path("<id:packet_id>/<int:number>/what-if/", closing.what_if, name="what_if"),
    path("<id:packet_id>/<int:number>/recall/", ending.recall, name="recall"),
    path("<id:packet_id>/<int:number>/record/", ending.record, name="record"),
]
