"""Somebody else approves: whoever wrote any of it since the last edition does not."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from editions.models import ApprovalTask, Edition
from tests.factories.accounts import UserFactory
from tests.factories.concepts import CountryFactory
from tests.factories.editions import approve, person_with, publish, submit
from tests.factories.forms import sent_form
from tests.factories.pages import LawPageFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def law() -> Any:
    return LawPageFactory(title="Law on return", gist="Says who may return.", live=False)


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("role", ["editor", "safeguarding_reviewer", "administrator"])
def test_these_roles_approve(law: Any, role: str) -> None:
    assert publish(law, approver=person_with(role)).label == "1.0"


@pytest.mark.parametrize("role", ["practitioner", "translator", "directory_manager"])
def test_these_roles_do_not(law: Any, role: str) -> None:
    with pytest.raises(ValidationError):
        publish(law, approver=person_with(role))


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_nobody_approves_their_own_text(law: Any, role: str) -> None:
    author = person_with(role)
    with pytest.raises(ValidationError):
        publish(law, author=author, approver=author)


def test_a_superuser_does_not_approve_their_own_text_either(law: Any) -> None:
    author = UserFactory(is_superuser=True, role="administrator")
    with pytest.raises(ValidationError):
        publish(law, author=author, approver=author)


def test_who_wrote_an_earlier_draft_of_the_same_edition_does_not_approve(law: Any) -> None:
    helper = person_with()
    law.gist = "Half of it."
    law.save_revision(user=helper)
    with pytest.raises(ValidationError):
        publish(law, author=person_with(), approver=helper)


def test_who_wrote_the_edition_before_may_approve_the_next(law: Any) -> None:
    first, second = person_with(), person_with()
    publish(law, author=first, approver=second)
    law.gist = "New words."
    assert publish(law, "minor", author=second, approver=first).approved_by == first


def test_an_approver_for_another_country_does_not_approve() -> None:
    thailand, laos = CountryFactory(code="TH"), CountryFactory(code="LA")
    page = LawPageFactory(title="Law of Thailand", countries=[thailand], live=False)
    with pytest.raises(ValidationError):
        publish(page, approver=person_with(countries=[laos]))
    page.current_workflow_state.cancel()
    assert publish(page, approver=person_with(countries=[thailand])).label == "1.0"


def test_an_approver_for_one_country_does_not_approve_for_the_region(law: Any) -> None:
    with pytest.raises(ValidationError):
        publish(law, approver=person_with(countries=[CountryFactory(code="TH")]))


def test_an_approver_for_one_country_does_not_approve_for_all_ways_home() -> None:
    laos = CountryFactory(code="LA")
    page = LawPageFactory(title="Law", countries=[laos], all_corridors=True, live=False)
    with pytest.raises(ValidationError):
        publish(page, approver=person_with(countries=[laos]))


def test_an_approver_for_another_language_does_not_approve(law: Any) -> None:
    with pytest.raises(ValidationError):
        publish(law, approver=person_with(languages=["km"]))


def test_what_the_approver_wrote_is_kept(law: Any) -> None:
    waiting = submit(law, person_with())
    approve(waiting, person_with(), comment="Checked against the law.")
    waiting.refresh_from_db()
    assert waiting.comment == "Checked against the law."


def test_changing_and_approving_in_one_press_is_refused_in_words(law: Any) -> None:
    submit(law, person_with())
    approver = person_with()
    form = sent_form(law, person=approver, gist="Words of the approver.")
    form |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
    answer = client_of(approver).post(reverse("wagtailadmin_pages:edit", args=[law.pk]), form, follow=True)
    assert "You cannot correct a text and approve it yourself" in answer.content.decode()
    assert not Edition.objects.filter(page=law.pk).exists()


def test_approving_without_a_change_publishes(law: Any) -> None:
    submit(law, person_with())
    approver = person_with()
    form = sent_form(law.get_latest_revision_as_object(), person=approver)
    form |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
    client_of(approver).post(reverse("wagtailadmin_pages:edit", args=[law.pk]), form, follow=True)
    assert Edition.objects.get(page=law.pk).approved_by == approver


def test_waiting_for_you_lists_what_others_wrote(law: Any) -> None:
    author, approver = person_with(), person_with()
    submit(law, author)
    assert "Law on return" in client_of(approver).get("/admin/").content.decode()


def test_waiting_for_you_leaves_out_your_own(law: Any) -> None:
    author = person_with()
    submit(law, author)
    assert not TaskState.objects.reviewable_by(author).exists()


def test_waiting_for_you_lists_terms_too() -> None:
    term = TermFactory(term="Repatriation")
    author = person_with()
    term.save_revision(user=author)
    term.get_workflow().start(term, author)
    assert "Repatriation" in client_of(person_with()).get("/admin/").content.decode()


def test_the_approver_sees_what_changed(law: Any) -> None:
    publish(law)
    law.gist = "Says who may return home."
    submit(law, person_with(), change="correction", note="A word was missing.")
    answer = client_of(person_with()).get(reverse("editions_changes", args=[law.pk]))
    assert "A word was missing." in answer.content.decode()
    assert "<ins" in answer.content.decode()


def test_what_changed_is_not_shown_to_people_without_the_right(law: Any) -> None:
    answer = client_of(person_with("directory_manager")).get(reverse("editions_changes", args=[law.pk]))
    assert answer.status_code in (302, 403)


def test_the_workflow_asks_a_second_person() -> None:
    assert ApprovalTask.objects.get().active


def messages(databases: list[str] | None) -> list[str]:
    return [message.id for message in run_checks(databases=databases) if message.id == "editions.W001"]


def test_an_installation_where_nobody_can_approve_is_told_so() -> None:
    person_with("editor")
    assert messages(["default"]) == ["editions.W001"]


def test_two_people_are_enough() -> None:
    person_with("editor")
    person_with("administrator")
    assert messages(["default"]) == []


def test_the_editor_says_it_too(law: Any) -> None:
    author = person_with()
    answer = client_of(author).get(reverse("wagtailadmin_pages:edit", args=[law.pk]))
    assert "Fewer than two people may approve texts here" in answer.content.decode()
