from agenda.insights.views.acting import act, answer, decline, give, merge, part, remark, remind
from agenda.insights.views.reading import export, show_board, show_one
from agenda.insights.views.room import show_answer, show_changes, show_mine
from agenda.insights.views.sending import send
