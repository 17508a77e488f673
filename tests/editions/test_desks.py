"""Desks: who owns which pages."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.models import Role
from editions.models import Desk, Edition
from editions.reviewing.ownership import hand_over, pages_owned
from guidelines.models import SOPPage
from tests.editions.test_reviews import desk, published, translated
from tests.factories.accounts import UserFactory
from tests.factories.pages import LawPageFactory, SOPPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(UserFactory(role=Role.Code.ADMINISTRATOR))
    return client


def test_an_administrator_makes_a_desk(admin: Client) -> None:
    member = UserFactory()
    admin.post("/admin/desks/new/", {"name": "Return desk", "email": "", "members": [member.pk]})
    assert list(Desk.objects.get(name="Return desk").members.all()) == [member]


def test_an_administrator_renames_a_desk(admin: Client) -> None:
    made = desk()
    admin.post(f"/admin/desks/edit/{made.pk}/", {"name": "Border desk", "email": "", "members": []})
    made.refresh_from_db()
    assert made.name == "Border desk"


def test_who_was_deactivated_is_not_offered_as_a_member(admin: Client) -> None:
    UserFactory(first_name="Gone", is_active=False)
    assert "Gone" not in admin.get("/admin/desks/new/").content.decode()


def test_the_list_says_how_many_pages_a_desk_owns(admin: Client) -> None:
    owner = desk()
    translated(published(desk=owner))
    LawPageFactory(live=False, desk=owner)
    assert pages_owned() == {owner.pk: 2}
    assert "return@example.org" in admin.get("/admin/desks/").content.decode()


def test_the_list_says_when_nobody_is_reminded(admin: Client) -> None:
    desk(email="", members=[UserFactory(email="")])
    assert "nobody: no address" in admin.get("/admin/desks/").content.decode()


def test_an_editor_sees_desks_and_changes_none(client: Client) -> None:
    made = desk()
    client.force_login(UserFactory(role=Role.Code.EDITOR))
    assert "Return desk" in client.get("/admin/desks/").content.decode()
    client.post(f"/admin/desks/edit/{made.pk}/", {"name": "Mine", "email": "", "members": []})
    client.post(f"/admin/desks/hand-over/{made.pk}/", {"to": desk("Other").pk})
    made.refresh_from_db()
    assert made.name == "Return desk"


def test_an_editor_chooses_the_owner_of_a_page(client: Client) -> None:
    desk()
    page = SOPPageFactory(live=False)
    page.save_revision()
    client.force_login(UserFactory(role=Role.Code.EDITOR))
    assert "Return desk" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_a_desk_without_pages_can_be_deleted(admin: Client) -> None:
    made = desk()
    admin.post(f"/admin/desks/delete/{made.pk}/")
    assert not Desk.objects.exists()


@pytest.mark.parametrize("live", [True, False])
def test_a_desk_with_pages_is_not_deleted(*, admin: Client, live: bool) -> None:
    owner = desk()
    SOPPageFactory(desk=owner, live=live)
    answer = admin.post(f"/admin/desks/delete/{owner.pk}/", follow=True)
    assert "Hand it over to another desk first" in answer.content.decode()
    assert Desk.objects.exists()


def test_a_desk_with_pages_is_not_deleted_by_a_command_either() -> None:
    owner = desk()
    SOPPageFactory(desk=owner)
    with pytest.raises(ValidationError):
        owner.delete()


def test_pages_are_handed_over_with_drafts_and_translations(admin: Client) -> None:
    owner, other = desk(), desk("Border desk")
    page = published(desk=owner)
    translated(page)
    SOPPageFactory(desk=owner, live=False)
    admin.post(f"/admin/desks/hand-over/{owner.pk}/", {"to": other.pk})
    assert set(SOPPage.objects.values_list("desk", flat=True)) == {other.pk}


def test_handing_over_makes_no_edition() -> None:
    owner = desk()
    published(desk=owner)
    before = Edition.objects.count()
    hand_over(owner, desk("Border desk"), UserFactory())
    assert Edition.objects.count() == before


def test_a_draft_from_before_does_not_give_the_page_back() -> None:
    owner, other = desk(), desk("Border desk")
    page = published(desk=owner)
    page.save_revision()
    hand_over(owner, other, UserFactory())
    draft = SOPPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.save_revision()
    assert SOPPage.objects.get(pk=page.pk).desk == other


def test_handing_over_is_on_record() -> None:
    owner, person = desk(), UserFactory()
    published(desk=owner)
    hand_over(owner, desk("Border desk"), person)
    entry = ModelLogEntry.objects.get(object_id=str(owner.pk))
    assert (entry.user, entry.data["pages"]) == (person, 1)


def test_pages_are_not_handed_over_to_the_same_desk(admin: Client) -> None:
    owner = desk()
    SOPPageFactory(desk=owner)
    answer = admin.post(f"/admin/desks/hand-over/{owner.pk}/", {"to": owner.pk})
    assert "Select a valid choice" in answer.content.decode()
