import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sko_planner.settings")
application = get_wsgi_application()
# All views are read before the workers part, else the first page of each waits for seconds
resolve("/")
