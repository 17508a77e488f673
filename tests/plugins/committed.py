"""Puts the database back after a test whose commits were real.

Django empties it after such a test and trusts that no other test follows. Here tests run in random order,
and most need what the migrations made: languages, roles, home pages.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    yield
    marker = item.get_closest_marker("django_db")
    if nextitem and marker and marker.kwargs.get("serialized_rollback"):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
            connection.close()
