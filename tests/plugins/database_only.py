"""Keeps only tests that use the database, for the second run on another engine.

Loaded by ``make test`` with ``-p``. What never asks a database cannot differ between two of them.
"""

from __future__ import annotations

import pytest
from django.test import TransactionTestCase

#: Fixtures of pytest-django that open the database.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "admin_client", "admin_user"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [item for item in items if _uses_database(item)]
    left_out = [item for item in items if not _uses_database(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _uses_database(item: pytest.Item) -> bool:
    case = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or item.get_closest_marker("postgresql") is not None
        or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))
        or (isinstance(case, type) and issubclass(case, TransactionTestCase))
    )
