"""What each role may do: the one table of permissions, written to the groups after every migration.

Nobody holds Wagtail's publish permission, in any group. Whoever holds it publishes alone by pressing a
button; here a second person approves, and that approval publishes (``editions``). The table is the
truth: what somebody adds to a role's group by hand is taken away at the next migration. Countries and
languages are not in it; they stand in a person's assignments.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.signals import post_migrate
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    WorkflowContentType,
    WorkflowTask,
)

from accounts.models import Role
from content.permissions import TAKE_OFF_SITE
from editions.models import ApprovalTask
from glossary.models import Term

#: Groups that Wagtail's first migration makes. They hold publish, and nobody is put into them here.
WAGTAIL_GROUPS = ("Editors", "Moderators")
#: What Wagtail calls "Moderators approval".
APPROVAL = "Approval by a second person"

PUBLISH = Q(codename__startswith="publish_")


def _all(*models: str) -> frozenset[str]:
    """Add, change and delete, for ``app.model``."""
    return frozenset(
        "{}.{}_{}".format(model.split(".")[0], action, model.split(".")[1])
        for model in models
        for action in ("add", "change", "delete")
    )


@dataclass(frozen=True)
class Rights:
    """Permissions as ``app.codename``.

    ``general`` holds for whole models, ``pages`` for all pages, ``files`` for all collections.
    """

    general: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()


ADMIN = frozenset({"wagtailadmin.access_admin"})
WRITE_PAGES = frozenset({"wagtailcore.add_page", "wagtailcore.change_page"})
CHOOSE_FILES = frozenset({"wagtailimages.choose_image", "wagtaildocs.choose_document"})
ADD_FILES = CHOOSE_FILES | {"wagtailimages.add_image", "wagtaildocs.add_document"}
TRANSLATE = frozenset({"wagtail_localize.submit_translation"})
WRITE_TERMS = frozenset({"glossary.add_term", "glossary.change_term"})

RIGHTS: dict[str, Rights] = {
    # Reads what everybody reads. An account is for what later needs one, never for public guidance.
    Role.Code.PRACTITIONER: Rights(),
    Role.Code.TRANSLATOR: Rights(
        ADMIN
        | TRANSLATE
        | WRITE_TERMS
        | {"content.change_concept", "content.change_country", "content.change_tag"},
        WRITE_PAGES,
        CHOOSE_FILES,
    ),
    Role.Code.EDITOR: Rights(
        ADMIN
        | TRANSLATE
        | WRITE_TERMS
        | {
            "content.add_sourcedocument",
            "content.change_sourcedocument",
            "content.add_tag",
            "content.change_tag",
            "content.change_concept",
            "editions.view_desk",
        },
        WRITE_PAGES,
        ADD_FILES,
    ),
    Role.Code.SAFEGUARDING_REVIEWER: Rights(
        ADMIN | {TAKE_OFF_SITE, "editions.view_desk"}, frozenset({"wagtailcore.change_page"}), CHOOSE_FILES
    ),
    Role.Code.DIRECTORY_MANAGER: Rights(ADMIN, frozenset(), ADD_FILES),
    Role.Code.ADMINISTRATOR: Rights(
        ADMIN
        | {TAKE_OFF_SITE}
        | TRANSLATE
        | _all(
            "accounts.assignment",
            "content.concept",
            "content.country",
            "content.corridor",
            "content.sourcedocument",
            "content.tag",
            "editions.desk",
            "glossary.term",
            "wagtailcore.site",
            "wagtailredirects.redirect",
        )
        # Accounts are deactivated, never deleted. Groups are missing: they would give publish.
        | {"accounts.add_user", "accounts.change_user", "accounts.view_outboxmessage"},
        WRITE_PAGES | {"wagtailcore.bulk_delete_page", "wagtailcore.lock_page", "wagtailcore.unlock_page"},
        ADD_FILES
        | _all("wagtailcore.collection")
        | {"wagtailimages.change_image", "wagtaildocs.change_document"},
    ),
}


def connect() -> None:
    """Called once, when the app is ready."""
    post_migrate.connect(
        after_migration,
        sender=installed.get_app_config("portal"),
        dispatch_uid="portal.roles",
    )


def after_migration(using: str, **kwargs: Any) -> None:
    """Does nothing while tables are missing, as when a single app is migrated."""
    models = (
        Role,
        Collection,
        GroupCollectionPermission,
        GroupPagePermission,
        GroupApprovalTask,
        ApprovalTask,
    )
    tables = connections[using].introspection.table_names()
    if using == "default" and {model._meta.db_table for model in models} <= set(tables):
        write_rights()


def write_rights() -> None:
    """Makes every role's group hold exactly its rights. Eight queries when nothing has changed."""
    roles = {role.code: role.group for role in Role.objects.select_related("group")}
    if not roles:
        return
    permissions = _permissions(
        name for rights in RIGHTS.values() for name in rights.general | rights.pages | rights.files
    )
    groups = {roles[code]: rights for code, rights in RIGHTS.items() if code in roles}

    def wanted(kind: str) -> set[tuple[int, int]]:
        return {
            (group.pk, permissions[name])
            for group, rights in groups.items()
            for name in getattr(rights, kind)
            if name in permissions
        }

    _write_general(groups, wanted("general"))
    _write_placed(GroupPagePermission, "page", Page.objects.filter(depth=1), groups, wanted("pages"))
    _write_placed(
        GroupCollectionPermission, "collection", Collection.objects.filter(depth=1), groups, wanted("files")
    )
    _retire_wagtails_groups()
    _a_second_person_approves()
    _nobody_publishes()


def _permissions(names: Iterable[str]) -> dict[str, int]:
    """Primary keys by ``app.codename``.

    Django makes an app's permissions after migrating it, and the portal is first of the apps, so at the
    first migration they are made here. What is missing even then belongs to an app not migrated yet.
    """
    names = set(names)
    found = _existing(names)
    missing = {name.split(".")[0] for name in names - found.keys()}
    if missing:
        for label in sorted(missing):
            create_permissions(installed.get_app_config(label), verbosity=0)
        found = _existing(names)
    return found


def _existing(names: set[str]) -> dict[str, int]:
    rows = Permission.objects.filter(codename__in={name.split(".")[1] for name in names}).values_list(
        "content_type__app_label", "codename", "pk"
    )
    return {f"{label}.{codename}": pk for label, codename, pk in rows if f"{label}.{codename}" in names}


def _write_general(groups: Iterable[Group], wanted: set[tuple[int, int]]) -> None:
    through = Group.permissions.through
    rows = through.objects.filter(group__in=list(groups))
    present = {
        (group, permission): pk
        for pk, group, permission in rows.values_list("pk", "group_id", "permission_id")
    }
    _remove(rows, [pk for key, pk in present.items() if key not in wanted])
    through.objects.bulk_create(
        through(group_id=group, permission_id=permission)
        for group, permission in sorted(wanted - present.keys())
    )


def _write_placed(
    model: Any, place: str, roots: QuerySet[Any], groups: Iterable[Group], wanted: set[tuple[int, int]]
) -> None:
    """Permissions that hold below a page or a collection: ours hold below the root, and nowhere else."""
    root = roots.values_list("pk", flat=True).first()
    if root is None:
        return
    rows = model.objects.filter(group__in=list(groups))
    present = {
        (group, permission, where): pk
        for pk, group, permission, where in rows.values_list("pk", "group_id", "permission_id", f"{place}_id")
    }
    rooted = {(group, permission, root) for group, permission in wanted}
    _remove(rows, [pk for key, pk in present.items() if key not in rooted])
    model.objects.bulk_create(
        model(group_id=group, permission_id=permission, **{f"{place}_id": root})
        for group, permission, _where in sorted(rooted - present.keys())
    )


def _remove(rows: QuerySet[Any], keys: list[Any]) -> None:
    if keys:
        rows.filter(pk__in=keys).delete()


def _retire_wagtails_groups() -> None:
    """Deletes Wagtail's two groups unless somebody is in them; its workflow asks a second person instead."""
    unused = Group.objects.filter(name__in=WAGTAIL_GROUPS, user=None, role=None)
    for group in unused:
        Task.objects.filter(pk__in=GroupApprovalTask.objects.filter(groups=group)).update(name=APPROVAL)
        group.delete()


def _a_second_person_approves() -> None:
    """Where Wagtail's workflow stood, ours stands, for terms too. Editors read its name on the submit button."""
    replaced = Task.objects.filter(name=APPROVAL, pk__in=GroupApprovalTask.objects.all(), active=True)
    for task in replaced:
        approval = ApprovalTask.objects.first() or ApprovalTask.objects.create(name=APPROVAL)
        workflows = list(task.workflows)
        WorkflowTask.objects.filter(task=task).update(task=approval)
        Task.objects.filter(pk=task.pk).update(active=False)
        for workflow in workflows:
            workflow.name = APPROVAL
            workflow.save(update_fields=["name"])
            WorkflowContentType.objects.get_or_create(
                content_type=ContentType.objects.get_for_model(Term), defaults={"workflow": workflow}
            )


def _nobody_publishes() -> None:
    """Wherever else the permission came from: a group made by hand, a package's migration."""
    publishing = set(Permission.objects.filter(PUBLISH).values_list("pk", flat=True))
    for model in (Group.permissions.through, GroupPagePermission):
        rows = model.objects.filter(permission_id__in=publishing)
        _remove(rows, list(rows.values_list("pk", flat=True)))
