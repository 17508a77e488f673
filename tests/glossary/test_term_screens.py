"""Terms in the editing pages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from accounts.models import Assignment, User
from glossary.models import Term
from tests.factories.accounts import UserFactory
from tests.factories.pages import TermFactory

pytestmark = pytest.mark.django_db


def editor() -> User:
    person = UserFactory()
    Assignment.objects.give(person, "editor", countries="all", languages="all")
    return person


def approve(term: Term, person: User) -> None:
    client = Client()
    client.force_login(person)
    data = {
        "term": term.term,
        "key": term.key,
        "definition": term.definition,
        "country": "",
        **{name: streamfield([]) for name in ("abbreviations", "synonyms", "sources")},
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    client.post(reverse("wagtailsnippets_glossary_term:edit", args=[term.pk]), nested_form_data(data))


def test_a_term_that_another_person_approves_goes_live() -> None:
    author = editor()
    term = TermFactory(live=False)
    term.save_revision(user=author)
    term.get_workflow().start(term, author)
    approve(term, editor())
    term.refresh_from_db()
    assert term.live


def test_approving_a_term_leaves_its_words_to_their_author() -> None:
    author = editor()
    term = TermFactory(live=False)
    term.save_revision(user=author)
    term.get_workflow().start(term, author)
    approve(term, editor())
    assert {revision.user for revision in term.revisions} == {author}
