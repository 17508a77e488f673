"""Who may do what to accounts and mail, where Wagtail's ordinary answer is too generous."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.models import OutboxMessage, User


class LimitedPolicy(ModelPermissionPolicy):
    """Django's permissions, but for actions that nobody has: a superuser neither, who has all permissions."""

    nobody: frozenset[str] = frozenset()

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self.nobody and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class AccountPolicy(LimitedPolicy):
    """Accounts are deactivated, never deleted."""

    nobody = frozenset({"delete"})


class OutboxPolicy(LimitedPolicy):
    """Mail is read, and goes by age."""

    nobody = frozenset({"add", "change", "delete"})


def connect() -> None:
    """Called once, when the app is ready, before a screen could make Wagtail register its own."""
    register_permission_policy(User, AccountPolicy(User))
    register_permission_policy(Group)
    register_permission_policy(OutboxMessage, OutboxPolicy(OutboxMessage))
