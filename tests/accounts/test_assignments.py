"""Scope: who covers which country and language, and how groups follow."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.models import Assignment, Role, User
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.concepts import CountryFactory

pytestmark = pytest.mark.django_db
EDITOR = Role.Code.EDITOR


def groups_of(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_an_assignment_covers_its_country_and_language() -> None:
    thailand = CountryFactory(code="TH")
    user = AssignmentFactory(countries=[thailand], languages=["th", "lo"]).user
    assert user.covers(EDITOR, country=thailand, language="lo")


def test_an_assignment_covers_no_other_country() -> None:
    user = AssignmentFactory(countries=[CountryFactory(code="TH")], languages=["th"]).user
    assert not user.covers(EDITOR, country=CountryFactory(code="KH"), language="th")


def test_an_assignment_covers_no_other_language() -> None:
    thailand = CountryFactory(code="TH")
    user = AssignmentFactory(countries=[thailand], languages=["th"]).user
    assert not user.covers(EDITOR, country=thailand, language="km")


def test_an_assignment_gives_no_other_role() -> None:
    user = UserFactory(role=EDITOR)
    assert not user.covers(Role.Code.TRANSLATOR, country=None, language=None)


def test_nothing_chosen_covers_nothing() -> None:
    user = AssignmentFactory().user
    assert not user.covers(EDITOR, country=CountryFactory(), language="en")


def test_what_concerns_the_whole_region_needs_all_countries() -> None:
    user = AssignmentFactory(countries=[CountryFactory()], all_languages=True).user
    assert not user.covers(EDITOR, country=None, language="en")


def test_two_assignments_do_not_mix_their_scopes() -> None:
    """An editor of Thai pages on Thailand and of Khmer pages on Cambodia edits no Khmer page on Thailand."""
    thailand, cambodia = CountryFactory(code="TH"), CountryFactory(code="KH")
    user = AssignmentFactory(countries=[thailand], languages=["th"]).user
    AssignmentFactory(user=user, countries=[cambodia], languages=["km"])
    assert not user.covers(EDITOR, country=thailand, language="km")


def test_a_deactivated_person_covers_nothing() -> None:
    user = UserFactory(role=EDITOR, is_active=False)
    assert not user.covers(EDITOR, country=None, language=None)


def test_a_superuser_without_an_assignment_covers_nothing() -> None:
    assert not UserFactory(is_superuser=True).covers(EDITOR, country=None, language=None)


def test_those_who_cover_a_country_and_language_are_found() -> None:
    thailand = CountryFactory(code="TH")
    wanted = AssignmentFactory(countries=[thailand], languages=["th"]).user
    AssignmentFactory(countries=[CountryFactory(code="KH")], languages=["th"])
    UserFactory(role=EDITOR, is_active=False)
    assert list(User.objects.covering(EDITOR, country=thailand, language="th")) == [wanted]


def test_languages_come_in_the_order_of_the_site() -> None:
    assert AssignmentFactory(languages=["th", "km"]).languages == ["km", "th"]


def test_a_language_that_the_site_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        AssignmentFactory().set_languages(["fr"])


def test_an_assignment_puts_the_person_into_the_group_of_the_role() -> None:
    assert groups_of(UserFactory(role=EDITOR)) == {"Editor"}


def test_the_last_assignment_of_a_role_takes_the_group_away() -> None:
    user = UserFactory(role=EDITOR)
    Assignment.objects.filter(user=user).delete()
    assert groups_of(user) == set()


def test_the_group_stays_while_another_assignment_gives_the_role() -> None:
    user = UserFactory(role=EDITOR)
    AssignmentFactory(user=user).delete()
    assert groups_of(user) == {"Editor"}


def test_a_changed_role_changes_the_group() -> None:
    assignment = AssignmentFactory()
    assignment.role = Role.objects.get(code=Role.Code.TRANSLATOR)
    assignment.save()
    assert groups_of(assignment.user) == {"Translator"}


def test_an_assignment_given_to_somebody_else_takes_the_role_from_the_first() -> None:
    assignment = AssignmentFactory()
    former = assignment.user
    assignment.user = UserFactory()
    assignment.save()
    assert (groups_of(former), groups_of(assignment.user)) == (set(), {"Editor"})


def test_a_group_of_no_role_is_left_alone() -> None:
    user = UserFactory()
    user.groups.add(Group.objects.create(name="Visitors"))
    AssignmentFactory(user=user).delete()
    assert groups_of(user) == {"Visitors"}


def test_a_user_cannot_be_deleted() -> None:
    user = UserFactory()
    with pytest.raises(ProtectedError):
        user.delete()


def test_users_cannot_be_deleted_by_a_query() -> None:
    UserFactory()
    with pytest.raises(ProtectedError):
        User.objects.all().delete()


def test_two_usernames_that_differ_in_case_only_are_refused() -> None:
    UserFactory(username="dara")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(username="Dara")


def test_two_accounts_may_have_no_address() -> None:
    UserFactory(email="")
    assert UserFactory(email="").pk
