from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.urls import register_converter

from core.finding import teach_sqlite
from core.ids import IdConverter


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        register_converter(IdConverter, "id")
        connection_created.connect(teach_sqlite)
