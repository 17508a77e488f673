"""What an installation lacks to publish anything."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.db import connection

from accounts.models import Assignment, User
from editions.models.tasks import APPROVERS


def number_of_approvers() -> int:
    """People who may approve something: one query. With fewer than two, nobody can approve for the other."""
    count: int = User.objects.with_role(*APPROVERS).count()
    return count


def _tables_exist() -> bool:
    """The very first ``migrate`` asks too."""
    tables = connection.introspection.table_names()
    return {Assignment._meta.db_table, User._meta.db_table} <= set(tables)


@checks.register(checks.Tags.database)
def two_people_may_approve(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Asked by ``check --database default`` and by every ``migrate``."""
    if not databases or not _tables_exist() or number_of_approvers() >= 2:
        return []
    return [
        checks.Warning(
            "Fewer than two people may approve texts, so nothing can be published.",
            hint="Give the role of editor, safeguarding reviewer or administrator to a second person.",
            id="editions.W001",
        )
    ]
