from typing import Any

from django.core.management.base import BaseCommand

from sko_planner import hooks_page


class Command(BaseCommand):
    help = "Write docs/hooks.md anew: every hook, what it takes and gives, and who takes part."

    def handle(self, *args: Any, **options: Any) -> None:
        hooks_page.PAGE.write_text(hooks_page.page(), "utf-8")
        self.stdout.write(f"{hooks_page.PAGE} lists {len(list(hooks_page.offered()))} hooks.")
