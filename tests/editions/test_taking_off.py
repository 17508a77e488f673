"""A text that endangers someone can be taken off the site at once, by one person."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.editions import publish
from tests.factories.pages import CaseStudyPageFactory, SOPPageFactory

pytestmark = pytest.mark.django_db


def client_with(role: str) -> Client:
    person = UserFactory(must_change_password=False)
    Assignment.objects.give(person, role, countries="all", languages="all")
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("role", ["safeguarding_reviewer", "administrator"])
def test_who_guards_people_takes_a_page_off_the_site(role: str) -> None:
    page = CaseStudyPageFactory(title="Endangers someone")
    client_with(role).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert Client().get("/en/case-studies/endangers-someone/").status_code == 404


@pytest.mark.parametrize("role", ["editor", "translator", "directory_manager"])
def test_nobody_else_does(role: str) -> None:
    page = CaseStudyPageFactory(title="Stays")
    client_with(role).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert Client().get("/en/case-studies/stays/").status_code == 200


@pytest.mark.parametrize("role", ["safeguarding_reviewer", "administrator"])
def test_who_may_take_off_may_still_not_put_on(role: str) -> None:
    page = CaseStudyPageFactory(title="Draft", live=False)
    page.save_revision()
    answer = client_with(role).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert 'name="action-publish"' not in answer.content.decode()


@pytest.mark.parametrize("role", ["safeguarding_reviewer", "administrator"])
def test_a_page_with_editions_is_taken_down_instead(role: str) -> None:
    page = SOPPageFactory(title="Return", live=False)
    publish(page)
    client = client_with(role)
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    editing = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert address not in editing
    assert reverse("retirement:take_down", args=[page.pk]) in editing
    client.post(address)
    assert Client().get("/en/procedures/return/").status_code == 200
