"""What follows from a change: groups follow roles, and accounts stay."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db.models import ProtectedError
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _

from accounts.models import Assignment, User


def connect() -> None:
    """Called once, when the app is ready."""
    pre_save.connect(remember_whose_it_was, sender=Assignment, dispatch_uid="accounts.assignment.before")
    post_save.connect(follow_roles, sender=Assignment, dispatch_uid="accounts.assignment.saved")
    post_delete.connect(follow_roles, sender=Assignment, dispatch_uid="accounts.assignment.deleted")
    pre_delete.connect(refuse_deletion, sender=User, dispatch_uid="accounts.user.delete")
    post_save.connect(forget_old_addresses, sender=User, dispatch_uid="accounts.user.saved")


def remember_whose_it_was(sender: type[Assignment], instance: Assignment, **kwargs: Any) -> None:
    """An assignment that moves to somebody else takes the role from the person it belonged to."""
    former = Assignment.objects.filter(pk=instance.pk).values_list("user_id", flat=True).first()
    instance._former_user_id = former  # type: ignore[attr-defined]


def follow_roles(sender: type[Assignment], instance: Assignment, **kwargs: Any) -> None:
    former = getattr(instance, "_former_user_id", None)
    if former is not None and former != instance.user_id:
        keep_groups_in_step(former)
    keep_groups_in_step(instance.user_id)


def keep_groups_in_step(user_id: int) -> None:
    """Puts a person into exactly the groups of the roles they hold; groups of no role are left alone."""
    membership = User.groups.through.objects.filter(user_id=user_id)
    present = set(membership.filter(group__role__isnull=False).values_list("group_id", flat=True))
    wanted = set(Group.objects.filter(role__assignments__user=user_id).values_list("pk", flat=True))
    membership.filter(group_id__in=present - wanted).delete()
    User.groups.through.objects.bulk_create(
        User.groups.through(user_id=user_id, group_id=group_id) for group_id in sorted(wanted - present)
    )


def refuse_deletion(sender: type[User], instance: User, **kwargs: Any) -> None:
    """Raises ProtectedError: approvals and logs name people, and must go on naming them."""
    raise ProtectedError(_("Accounts are deactivated, never deleted."), {instance})


def forget_old_addresses(
    sender: type[User], instance: User, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """allauth keeps addresses of its own, and would send a reset link to one that the person gave up."""
    if update_fields is None or "email" in update_fields:
        EmailAddress.objects.filter(user=instance).exclude(email__iexact=instance.email).delete()
