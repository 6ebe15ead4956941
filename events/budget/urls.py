from django.urls import path

from events.budget.views import blocks, files, lines, page, papers, returns, settings

app_name = "budget"
urlpatterns = [
    path("", page.page, name="page"),
    path("settings/", settings.settings, name="settings"),
    path("owners/", settings.name_owner, name="name_owner"),
    path("owners/<id:owner_id>/remove/", settings.remove_owner, name="remove_owner"),
    path("rates/", settings.note_rate, name="note_rate"),
    path("export/", files.export, name="export"),
    path("import/", files.upload, name="import"),
    path("import/<str:token>/", files.preview, name="preview"),
    path("blocks/add/", blocks.add_block, name="add_block"),
    path("blocks/<id:block_id>/", blocks.block, name="block"),
    path("blocks/<id:block_id>/delete/", blocks.delete_block, name="delete_block"),
    path("pickup/people/", blocks.take_over_rooms, name="take_over_rooms"),
    path("pickup/", blocks.pickup, name="pickup"),
    path("pickup/<str:token>/", blocks.pickup_preview, name="pickup_preview"),
    path("time/", returns.time, name="time"),
    path("return/", returns.back, name="return"),
    path("return/pdf/", returns.back_on_paper, name="return_pdf"),
    path("return/model/", returns.model, name="model"),
    path("return/scenarios/", returns.scenarios, name="scenarios"),
    path("lines/", lines.list_lines, name="lines"),
    path("lines/add/", lines.add, name="add"),
    path("lines/<id:line_id>/", lines.line, name="line"),
    path("lines/<id:line_id>/files/", papers.add, name="add_file"),
    path("files/<id:file_id>/", papers.read, name="file"),
    path("files/<id:file_id>/remove/", papers.remove, name="remove_file"),
    path("lines/<id:line_id>/delete/", lines.delete, name="delete"),
    path(
        "revisions/<id:revision_id>/approve/", lines.decide, {"answer": "approve"}, name="approve"
    ),
    path(
        "revisions/<id:revision_id>/send-back/", lines.decide, {"answer": "back"}, name="send_back"
    ),
]
