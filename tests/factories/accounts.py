"""People and what they may do."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Assignment, Role, User

PASSWORD = "a boat, a bell, a ladder"


class UserFactory(DjangoModelFactory):
    """``role=Role.Code.EDITOR`` gives a role for all countries and languages."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person-{number}")
    first_name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        """Through the manager, which hashes the password."""
        return model_class.objects.create_user(*args, password=PASSWORD, **kwargs)

    @factory.post_generation
    def role(user: User, create: bool, extracted: str | None, **kwargs: Any) -> None:  # noqa: N805
        if extracted:
            Assignment.objects.give(user, extracted, countries="all", languages="all")


class AssignmentFactory(DjangoModelFactory):
    """``languages=["km"]`` and ``countries=[country]`` make its scope; without them it covers nothing."""

    class Meta:
        model = Assignment
        skip_postgeneration_save = True

    class Params:
        code = Role.Code.EDITOR

    user = factory.SubFactory(UserFactory)
    role = factory.LazyAttribute(lambda assignment: Role.objects.get(code=assignment.code))

    @factory.post_generation
    def countries(assignment: Assignment, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        assignment.countries.set(extracted or [])

    @factory.post_generation
    def languages(assignment: Assignment, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        assignment.set_languages(extracted or [])
