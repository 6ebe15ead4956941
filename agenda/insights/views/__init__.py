from agenda.insights.views.reading import show_one
from agenda.insights.views.sending import send
