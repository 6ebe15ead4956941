from django.urls import path

from events.planning.views import board, calendar, digest, gantt, page, tasks, timeline

app_name = "planning"
urlpatterns = [
    path("", timeline.show_list, name="list"),
    path("board/", board.show, name="board"),
    path("calendar/", calendar.show, name="calendar"),
    path("gantt/", gantt.show, name="gantt"),
    path("settings/", timeline.show_settings, name="settings"),
    path("baseline/", gantt.freeze, name="baseline"),
    path("week/", digest.show, name="digest"),
    path("new/", tasks.add, name="add"),
    path("owner/", timeline.name_owner, name="owner"),
    path("workstreams/", timeline.add_workstream, name="add_workstream"),
    path("workstreams/remove/", timeline.remove_workstream, name="remove_workstream"),
    path("plan-date/", timeline.set_plan_date, name="plan_date"),
    path("several/", timeline.change_several, name="several"),
    path("<id:task_id>/", tasks.edit, name="edit"),
    # An address of before, which stands in mails
    path("<id:task_id>/mine/", page.show, name="mine"),
    path("tasks/<id:task_id>/", page.show, name="task"),
    path("tasks/<id:task_id>/tick/", page.tick, name="tick"),
    path("tasks/<id:task_id>/steps/", page.add_item, name="add_item"),
    path("tasks/<id:task_id>/steps/<id:item_id>/", page.change_item, name="item"),
    path("tasks/<id:task_id>/files/", page.add_file, name="add_file"),
    path("tasks/<id:task_id>/files/<id:file_id>/", page.read_file, name="file"),
    path("tasks/<id:task_id>/files/<id:file_id>/remove/", page.remove_file, name="remove_file"),
    path("tasks/<id:task_id>/comments/", page.comment, name="comment"),
    path("tasks/<id:task_id>/comments/<id:comment_id>/", page.edit_comment, name="edit_comment"),
    path(
        "tasks/<id:task_id>/comments/<id:comment_id>/delete/",
        page.delete_comment,
        name="delete_comment",
    ),
    path("<id:task_id>/change/", timeline.change, name="change"),
    path("<id:task_id>/place/", board.place, name="place"),
    path("<id:task_id>/shift/", gantt.shift, name="shift"),
    path("<id:task_id>/toggle/", timeline.toggle, name="toggle"),
    path("<id:task_id>/link/", tasks.link, name="link"),
    path("<id:task_id>/unlink/", tasks.unlink, name="unlink"),
    path("<id:task_id>/delete/", tasks.delete, name="delete"),
]
