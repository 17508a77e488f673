"""Takes the place of Wagtail's command, which stops at the first revision that is refused."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from editions.scheduling import publish_due


class Command(BaseCommand):
    help = "Brings announced editions into force, publishes scheduled pages, and takes expired ones off the site."

    def handle(self, *args: Any, **options: Any) -> None:
        report = publish_due()
        self.stdout.write(
            f"{report.published} went live, {report.expired} expired, {len(report.refused)} refused."
        )
        for revision, reasons in report.refused.items():
            self.stderr.write(f"Revision {revision}: {' '.join(reasons)}")
