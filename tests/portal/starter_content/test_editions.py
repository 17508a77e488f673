"""Starter pages are editions that nobody has approved, until a second person approves them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from editions.choices import EventKind, Kind
from editions.models import Edition, EditionEvent, VersionedPage
from editions.reasons import PublicationRefused
from guidelines.models import LawPage
from tests.factories.editions import approve, person_with, publish, submit
from tests.portal.starter_content.folders import CHECKLIST, CHECKLIST_KM, LAW, StarterFolder
from tests.portal.starter_content.outcomes import checklist

pytestmark = pytest.mark.django_db

NOT_APPROVED = "Starter content, not approved"


def labels(page: Any) -> list[str]:
    """Of all editions of a page, oldest first."""
    return [edition.label for edition in Edition.objects.filter(page=page.pk).order_by("pk")]


def test_every_page_of_guidance_and_no_other_is_edition_1_0(folder: StarterFolder) -> None:
    folder.load()
    pages = Page.objects.filter(depth__gte=2).specific()
    versioned = [page for page in pages if isinstance(page, VersionedPage)]
    assert Counter(label for page in pages for label in labels(page)) == {"1.0": 5, "1.0 km-1": 1}
    assert Edition.objects.count() == len(versioned)


def test_they_are_unconfirmed_and_have_no_approver(folder: StarterFolder) -> None:
    folder.load()
    for edition in Edition.objects.select_related("page__standing"):
        assert edition.page.standing.unconfirmed
        assert edition.page.specific.unconfirmed
        assert edition.approved_by is None
        assert [event.kind for event in edition.events.all()] == [EventKind.STARTED]


def test_a_translation_names_the_edition_it_was_made_from(folder: StarterFolder) -> None:
    folder.load()
    edition = checklist("km").standing.current
    assert edition.source_edition == checklist("en").standing.current
    assert edition.kind == Kind.TRANSLATION


def test_a_second_load_makes_no_edition(folder: StarterFolder) -> None:
    folder.load()
    made = set(Edition.objects.values_list("pk", flat=True))
    folder.load()
    assert set(Edition.objects.values_list("pk", flat=True)) == made


# A second person


@pytest.mark.parametrize("slug", ["th-kh", "mou", "protection", "family-tracing", "medical-assistance"])
def test_a_second_persons_approval_confirms_the_unchanged_text_under_its_number(
    folder: StarterFolder, slug: str
) -> None:
    folder.load()
    page = Page.objects.get(slug=slug, locale__language_code="en", depth__gt=3).specific
    approver = person_with()
    publish(page, approver=approver)
    assert labels(page) == ["1.0"]
    assert not page.unconfirmed
    assert not page.standing_today.unconfirmed
    confirmed = EditionEvent.objects.get(edition=page.standing_today.current, kind=EventKind.CONFIRMED)
    assert confirmed.by == approver


def test_whoever_submitted_the_unchanged_text_does_not_confirm_it(folder: StarterFolder) -> None:
    folder.load()
    page = LawPage.objects.get()
    author = person_with()
    waiting = submit(page, author)
    with pytest.raises(PublicationRefused):
        approve(waiting, author)
    assert LawPage.objects.get().unconfirmed


def test_a_text_that_was_changed_is_another_edition(folder: StarterFolder) -> None:
    folder.load()
    page = LawPage.objects.get()
    page.gist = "As an editor said it."
    publish(page, "minor")
    assert labels(page) == ["1.0", "1.1"]
    assert not page.unconfirmed


def test_readers_are_told_until_it_is_confirmed(folder: StarterFolder, client: Client) -> None:
    folder.load()
    address = "/en/laws/protection/"
    assert NOT_APPROVED in client.get(address).content.decode()
    publish(LawPage.objects.get())
    assert NOT_APPROVED not in Client().get(address).content.decode()


# Changed files


def test_a_changed_file_is_a_new_text_of_the_same_number(folder: StarterFolder) -> None:
    folder.load()
    folder.page("en/laws/protection", LAW, gist="As the file says it.")
    folder.load()
    page = LawPage.objects.get()
    edition = page.standing.current
    assert labels(page) == ["1.0", "1.0-2"]
    assert (edition.kind, edition.change_note) == (Kind.CORRECTION, "The starter content was updated.")
    assert edition.supersedes.label == "1.0"
    assert page.gist == "As the file says it."


def test_a_new_text_is_unconfirmed_too(folder: StarterFolder) -> None:
    folder.load()
    folder.page("en/laws/protection", LAW, gist="As the file says it.")
    folder.load()
    page = LawPage.objects.get()
    assert page.unconfirmed
    assert page.standing.unconfirmed
    assert page.standing.current.approved_by is None


def test_a_new_text_can_be_confirmed_too(folder: StarterFolder) -> None:
    folder.load()
    folder.page("en/laws/protection", LAW, gist="As the file says it.")
    folder.load()
    page = LawPage.objects.get()
    publish(page)
    assert labels(page) == ["1.0", "1.0-2"]
    assert not page.unconfirmed


def test_the_next_draft_says_nothing_of_an_edition_yet(folder: StarterFolder) -> None:
    folder.load()
    folder.page("en/laws/protection", LAW, gist="As the file says it.")
    folder.load()
    draft = LawPage.objects.get().get_latest_revision_as_object()
    assert (draft.edition_change, draft.change_note, draft.effective_date) == ("", "", None)


def test_a_changed_translation_is_a_new_text_in_its_language_only(folder: StarterFolder) -> None:
    folder.load()
    folder.page("km/service-areas/medical-assistance", CHECKLIST_KM, title="ជំនួយ")
    folder.load()
    assert labels(checklist("km")) == ["1.0 km-1", "1.0 km-2"]
    assert labels(checklist("en")) == ["1.0"]


def test_a_translation_follows_the_text_that_its_original_has_then(folder: StarterFolder) -> None:
    folder.load()
    sources = [{"document": "report", "where": "Annex 2"}]
    folder.page("en/service-areas/medical-assistance", CHECKLIST, sources=sources)
    folder.load()
    assert labels(checklist("km")) == ["1.0 km-1", "1.0 km-2"]
    assert checklist("km").standing.current.source_edition.label == "1.0-2"


def test_a_change_beside_the_text_is_no_new_text(folder: StarterFolder) -> None:
    folder.load()
    folder.page("en/laws/protection", LAW, facts=["laws#protection"])
    assert "updated 1" in folder.load()
    assert labels(LawPage.objects.get()) == ["1.0"]
    assert "updated 0" in folder.load()
