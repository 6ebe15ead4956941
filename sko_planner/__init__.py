from sko_planner.celery import app as celery_app
