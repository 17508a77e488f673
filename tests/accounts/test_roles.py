"""Permissions of the roles."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowTask

from accounts.models import Role
from editions.models import ApprovalTask
from portal.roles import RIGHTS, WAGTAIL_GROUPS, write_rights
from tests.factories.accounts import UserFactory
from tests.factories.pages import home

pytestmark = pytest.mark.django_db


def held(code: str) -> set[str]:
    """Every permission of a role's group, wherever it holds."""
    group = Role.objects.get(code=code).group
    found = Permission.objects.filter(
        Q(group=group) | Q(grouppagepermission__group=group) | Q(groupcollectionpermission__group=group)
    )
    return {f"{label}.{name}" for label, name in found.values_list("content_type__app_label", "codename")}


def test_there_are_six_roles() -> None:
    assert list(Role.objects.values_list("code", flat=True)) == list(Role.Code)


@pytest.mark.parametrize("code", list(Role.Code))
def test_a_role_holds_exactly_what_the_table_says(code: str) -> None:
    rights = RIGHTS[code]
    assert held(code) == rights.general | rights.pages | rights.files


def test_no_group_holds_a_permission_to_publish_in_general() -> None:
    assert not Group.objects.filter(permissions__codename__startswith="publish_").exists()


def test_no_group_holds_the_permission_to_publish_pages() -> None:
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()


def test_publish_given_by_hand_is_taken_away() -> None:
    group = Group.objects.create(name="Made by hand")
    publish = Permission.objects.get(codename="publish_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=publish)
    write_rights()
    assert not GroupPagePermission.objects.filter(group=group).exists()


def test_a_right_given_to_a_role_by_hand_is_taken_away() -> None:
    group = Role.objects.get(code=Role.Code.TRANSLATOR).group
    group.permissions.add(Permission.objects.get(codename="change_group"))
    write_rights()
    assert "auth.change_group" not in held(Role.Code.TRANSLATOR)


def test_a_right_taken_by_hand_comes_back() -> None:
    Role.objects.get(code=Role.Code.EDITOR).group.permissions.clear()
    write_rights()
    assert "wagtailadmin.access_admin" in held(Role.Code.EDITOR)


def test_nothing_is_written_when_nothing_has_changed() -> None:
    with CaptureQueriesContext(connection) as queries:
        write_rights()
    assert [query for query in queries if not query["sql"].startswith("SELECT")] == []


def test_nothing_has_changed_costs_few_queries() -> None:
    with CaptureQueriesContext(connection) as queries:
        write_rights()
    assert len(queries) <= 12


def test_wagtails_own_groups_are_gone() -> None:
    assert not Group.objects.filter(name__in=WAGTAIL_GROUPS).exists()


def test_the_workflow_asks_a_second_person_and_nobody_else() -> None:
    (task,) = Workflow.objects.get(active=True).tasks
    assert isinstance(task.specific, ApprovalTask)
    assert set(task.specific.roles) == {"editor", "safeguarding_reviewer", "administrator"}


def test_wagtails_own_task_asks_nobody_any_more() -> None:
    assert not GroupApprovalTask.objects.filter(active=True).exists()
    assert not WorkflowTask.objects.filter(task__in=GroupApprovalTask.objects.all()).exists()


def test_a_group_of_wagtail_that_somebody_is_in_stays_without_publish() -> None:
    group = Group.objects.create(name="Moderators")
    group.user_set.add(UserFactory())
    write_rights()
    assert Group.objects.filter(pk=group.pk).exists()


def test_migrating_again_leaves_everything_as_it_is() -> None:
    before = {code: held(code) for code in Role.Code}
    call_command("migrate", verbosity=0)
    assert {code: held(code) for code in Role.Code} == before


def test_nobody_may_change_groups() -> None:
    assert not Group.objects.filter(permissions__codename__endswith="_group").exists()


def test_nobody_may_delete_accounts() -> None:
    assert not Group.objects.filter(permissions__codename="delete_user").exists()


def test_a_practitioner_holds_nothing() -> None:
    assert held(Role.Code.PRACTITIONER) == set()


@pytest.mark.parametrize("code", [Role.Code.TRANSLATOR, Role.Code.EDITOR, Role.Code.ADMINISTRATOR])
def test_the_editor_of_a_page_offers_no_publishing(client: Client, code: str) -> None:
    client.force_login(UserFactory(role=code))
    response = client.get(f"/admin/pages/{home().pk}/edit/")
    assert response.status_code == 200
    assert b"action-publish" not in response.content
