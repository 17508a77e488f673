"""Who is offered the buttons that approve."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow

from accounts.models import Assignment, User
from tests.factories.accounts import UserFactory
from tests.factories.pages import GuidancePageFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return editor()


def editor() -> User:
    person = UserFactory()
    Assignment.objects.give(person, "editor", countries="all", languages="all")
    return person


def offers_approval(address: str, person: User) -> bool:
    client = Client()
    client.force_login(person)
    return "Approve and Publish" in client.get(address).content.decode()


@pytest.fixture
def address_of_page(author: User) -> str:
    page = GuidancePageFactory()
    page.save_revision(user=author)
    Workflow.objects.get(active=True).start(page, author)
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def address_of_term(author: User) -> str:
    term = TermFactory()
    term.save_revision(user=author)
    term.get_workflow().start(term, author)
    return reverse("wagtailsnippets_glossary_term:edit", args=[term.pk])


def test_a_second_person_may_approve_a_page(address_of_page: str) -> None:
    assert offers_approval(address_of_page, editor())


def test_who_wrote_a_page_is_not_offered_to_approve_it(address_of_page: str, author: User) -> None:
    assert not offers_approval(address_of_page, author)


def test_a_second_person_may_approve_a_term(address_of_term: str) -> None:
    assert offers_approval(address_of_term, editor())


def test_who_wrote_a_term_is_not_offered_to_approve_it(address_of_term: str, author: User) -> None:
    assert not offers_approval(address_of_term, author)
