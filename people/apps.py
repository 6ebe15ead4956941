from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from core.due import ticks
        from people.mail import actions

        ticks.register("mail", lambda at: actions.send_due(at=at))
