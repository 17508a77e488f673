"""The administrators' screens."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import Assignment, Role, User
from content.models import Country
from tests.factories.accounts import PASSWORD, AssignmentFactory, UserFactory
from tests.factories.concepts import CountryFactory

pytestmark = pytest.mark.django_db
NEW_USER = {
    "username": "mali",
    "first_name": "Mali",
    "email": "",
    "password1": "three mangoes and a drum",
    "password2": "three mangoes and a drum",
}


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(UserFactory(role=Role.Code.ADMINISTRATOR))
    return client


def assignment_data(user: User, **more: Any) -> dict[str, Any]:
    return {"user": user.pk, "role": Role.objects.get(code=Role.Code.EDITOR).pk, **more}


def test_an_administrator_gives_a_role_countries_and_languages(admin: Client) -> None:
    user, thailand = UserFactory(), CountryFactory(code="TH")
    data = assignment_data(user, countries=[thailand.pk], languages=["km", "th"])
    admin.post("/admin/assignments/new/", data)
    assert user.covers(Role.Code.EDITOR, country=thailand, language="km")


def test_an_administrator_changes_an_assignment(admin: Client) -> None:
    thailand = CountryFactory(code="TH")
    assignment = AssignmentFactory(countries=[thailand], languages=["km", "th"])
    data = assignment_data(assignment.user, countries=[thailand.pk], languages=["lo"])
    admin.post(f"/admin/assignments/edit/{assignment.pk}/", data)
    assert Assignment.objects.get(pk=assignment.pk).languages == ["lo"]


def test_the_form_shows_the_languages_that_were_chosen(admin: Client) -> None:
    assignment = AssignmentFactory(languages=["lo"])
    form = admin.get(f"/admin/assignments/edit/{assignment.pk}/").context["form"]
    assert form["languages"].value() == ["lo"]


def test_all_countries_empties_the_list(admin: Client) -> None:
    everything = {"all_countries": "on", "all_languages": "on"}
    data = assignment_data(UserFactory(), countries=[CountryFactory().pk], languages=["km"], **everything)
    admin.post("/admin/assignments/new/", data)
    assignment = Assignment.objects.get(user=data["user"])
    assert (list(assignment.countries.all()), assignment.languages) == ([], [])


def test_a_role_over_nothing_is_refused_at_the_field(admin: Client) -> None:
    response = admin.post("/admin/assignments/new/", assignment_data(UserFactory()))
    assert set(response.context["form"].errors) == {"countries", "languages"}


def test_the_list_shows_scope_in_words(admin: Client) -> None:
    CountryFactory(code="KH", words={"en": "Cambodia"}).save()
    AssignmentFactory(countries=[Country.objects.get(code="KH")], languages=["km"])
    html = admin.get("/admin/assignments/").content.decode()
    assert "Cambodia" in html
    assert "ខ្មែរ" in html


@pytest.mark.parametrize(("filter_by", "found"), [({"language": "km"}, True), ({"language": "lo"}, False)])
def test_the_list_is_filtered_by_language(admin: Client, filter_by: dict[str, str], found: bool) -> None:
    AssignmentFactory(user__username="sokha", languages=["km"])
    assert (b"sokha" in admin.get("/admin/assignments/", filter_by).content) is found


@pytest.mark.parametrize(("code", "found"), [("KH", True), ("TH", False)])
def test_the_list_is_filtered_by_country(admin: Client, code: str, found: bool) -> None:
    countries = {"KH": CountryFactory(code="KH"), "TH": CountryFactory(code="TH")}
    AssignmentFactory(user__username="sokha", countries=[countries["KH"]])
    answer = admin.get("/admin/assignments/", {"country": countries[code].pk})
    assert (b"sokha" in answer.content) is found


def test_the_list_is_filtered_by_role(admin: Client) -> None:
    AssignmentFactory(user__username="sokha")
    translator = Role.objects.get(code=Role.Code.TRANSLATOR)
    assert b"sokha" not in admin.get("/admin/assignments/", {"role": translator.pk}).content


def test_an_assignment_is_found_by_name(admin: Client) -> None:
    AssignmentFactory(user__username="sokha")
    assert b"sokha" in admin.get("/admin/assignments/", {"q": "sokha"}).content


@pytest.mark.parametrize("code", [code for code in Role.Code if code != Role.Code.ADMINISTRATOR])
def test_nobody_else_sees_assignments(client: Client, code: str) -> None:
    client.force_login(UserFactory(role=code))
    assert client.get("/admin/assignments/").status_code == 302


@pytest.mark.parametrize("code", [code for code in Role.Code if code != Role.Code.ADMINISTRATOR])
def test_nobody_else_gives_roles(client: Client, code: str) -> None:
    user = UserFactory(role=code)
    client.force_login(user)
    client.post("/admin/assignments/new/", assignment_data(user, all_countries="on", all_languages="on"))
    assert user.assignments.count() == 1


def test_an_administrator_creates_an_account_with_a_one_time_password(admin: Client) -> None:
    admin.post("/admin/users/new/", NEW_USER)
    assert User.objects.get(username="mali").must_change_password


def test_a_password_set_by_an_administrator_must_be_changed(admin: Client) -> None:
    user = UserFactory()
    admin.post(f"/admin/users/edit/{user.pk}/", {**NEW_USER, "username": user.username, "is_active": "on"})
    user.refresh_from_db()
    assert user.must_change_password


def test_changing_a_name_keeps_the_password(admin: Client) -> None:
    user = UserFactory()
    admin.post(
        f"/admin/users/edit/{user.pk}/",
        {"username": user.username, "first_name": "Mali", "is_active": "on", "password1": ""},
    )
    user.refresh_from_db()
    assert user.first_name == "Mali"
    assert user.check_password(PASSWORD)
    assert not user.must_change_password


def test_an_administrator_deactivates_an_account(admin: Client) -> None:
    user = UserFactory()
    admin.post(f"/admin/users/edit/{user.pk}/", {"username": user.username, "first_name": "Mali"})
    user.refresh_from_db()
    assert not user.is_active


@pytest.mark.parametrize("name", ["groups", "is_superuser"])
def test_the_form_of_an_account_gives_no_rights(admin: Client, name: str) -> None:
    assert name not in admin.get("/admin/users/new/").context["form"].fields


def test_groups_and_superuser_cannot_be_smuggled_in(admin: Client) -> None:
    group = Group.objects.get(name="Editor")
    admin.post("/admin/users/new/", {**NEW_USER, "is_superuser": "on", "groups": [group.pk]})
    user = User.objects.get(username="mali")
    assert (user.is_superuser, list(user.groups.all())) == (False, [])


def test_an_administrator_does_not_open_the_account_of_a_superuser(admin: Client) -> None:
    user = UserFactory(is_superuser=True)
    admin.post(f"/admin/users/edit/{user.pk}/", {**NEW_USER, "username": user.username})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_address_that_another_account_has_is_refused_in_words(admin: Client) -> None:
    UserFactory(email="dara@example.org")
    response = admin.post("/admin/users/new/", {**NEW_USER, "email": "Dara@example.org"})
    assert "Another account has this e-mail address." in str(response.context["form"].errors)


def test_the_list_of_accounts_shows_roles(admin: Client) -> None:
    UserFactory(role=Role.Code.TRANSLATOR)
    assert b"translator" in admin.get("/admin/users/").content


@pytest.mark.parametrize("kind", [{"role": Role.Code.ADMINISTRATOR}, {"is_superuser": True}])
def test_deleting_an_account_is_refused_in_words(client: Client, kind: dict[str, Any]) -> None:
    client.force_login(UserFactory(**kind))
    user = UserFactory()
    response = client.post(f"/admin/users/delete/{user.pk}/", follow=True)
    assert b"deactivated, never deleted" in response.content
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.parametrize("kind", [{"role": Role.Code.ADMINISTRATOR}, {"is_superuser": True}])
def test_deleting_many_accounts_is_refused_in_words(client: Client, kind: dict[str, Any]) -> None:
    client.force_login(UserFactory(**kind))
    user = UserFactory()
    response = client.post(f"/admin/bulk/accounts/user/delete/?id={user.pk}", follow=True)
    assert User.objects.filter(pk=user.pk).exists()
    assert b"deactivated, never deleted" in response.content


def test_wagtails_assign_role_cannot_put_people_into_groups(admin: Client) -> None:
    user = UserFactory()
    role = Group.objects.get(name="Editor").pk
    admin.post(f"/admin/bulk/accounts/user/assign_role/?id={user.pk}", {"role": role})
    assert not user.groups.exists()


def test_an_administrator_does_not_edit_groups(admin: Client) -> None:
    assert admin.get("/admin/groups/").status_code == 302


@pytest.mark.parametrize("code", [code for code in Role.Code if code != Role.Code.PRACTITIONER])
def test_every_role_but_the_practitioner_opens_the_admin(client: Client, code: str) -> None:
    client.force_login(UserFactory(role=code))
    assert client.get("/admin/").status_code == 200


def test_ones_own_password_is_changed_where_the_old_one_is_asked_for(admin: Client) -> None:
    html = admin.get("/admin/account/").content.decode()
    assert "/accounts/password/change/" in html
    assert "new_password1" not in html


def test_a_person_with_one_name_and_no_address_chooses_a_language(client: Client) -> None:
    user = UserFactory(role=Role.Code.EDITOR, email="")
    client.force_login(user)
    profile = {"locale-preferred_language": "my", "locale-current_time_zone": "", "theme-theme": "system"}
    more = {"theme-density": "default", "theme-contrast": "system", "theme-keyboard_shortcuts": "on"}
    client.post("/admin/account/", {"name_email-first_name": "Thida", **profile, **more})
    user.refresh_from_db()
    assert (user.first_name, user.wagtail_userprofile.preferred_language) == ("Thida", "my")


def test_an_administrators_own_account_form_has_no_password(admin: Client) -> None:
    user = User.objects.get(assignments__role__code=Role.Code.ADMINISTRATOR)
    assert "password1" not in admin.get(f"/admin/users/edit/{user.pk}/").context["form"].fields
