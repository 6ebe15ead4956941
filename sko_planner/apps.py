from django.apps import AppConfig


class SkoPlannerConfig(AppConfig):
    name = "sko_planner"
