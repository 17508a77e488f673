from typing import Any

from django.core.management.base import BaseCommand

from portal.catalogs import compile_catalogs


class Command(BaseCommand):
    help = "Compiles the interface's catalogs in LOCALE_PATHS; needs no gettext."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        compiled, unchanged = compile_catalogs()
        self.stdout.write(f"{compiled} catalogs compiled, {unchanged} unchanged")
