from django.urls import path

from events.packets.territories.views import (
    balance,
    editing,
    files,
    history,
    moving,
    plan,
    proposing,
)

app_name = "territories"
urlpatterns = [
    path("", plan.show_plan, name="plan"),
    path("mend/", plan.mend, name="mend"),
    path("accounts/", plan.accounts, name="accounts"),
    path("accounts/<id:account_id>/", plan.account, name="account"),
    path("board/", moving.board, name="board"),
    path("move/", moving.preview, name="preview"),
    path("move/confirm/", moving.move, name="move"),
    path("balance/", balance.balance, name="balance"),
    path("proposals/", proposing.proposals, name="proposals"),
    path("proposals/accept/", proposing.accept, name="accept"),
    path("history/", history.history, name="history"),
    path("import/", files.upload, name="import"),
    path("import/<str:token>/", files.preview, name="import_preview"),
    path("export/", files.export, name="export"),
    path("new/", editing.create, name="create"),
    path("<id:territory_id>/", plan.detail, name="detail"),
    path("<id:territory_id>/edit/", editing.edit, name="edit"),
    path("<id:territory_id>/delete/", editing.delete, name="delete"),
]
