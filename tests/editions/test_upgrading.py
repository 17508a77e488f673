"""An installation from before there were editions gets them when it is brought up to date."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, TaskState, Workflow

from editions.models import Edition, Standing
from editions.upgrading import give_first_editions
from tests.factories.editions import person_with, publish
from tests.factories.pages import GuidancePageFactory, LawPageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


def give() -> int:
    return give_first_editions(lambda: None)


def from_before(page: Any, **columns: Any) -> Any:
    """Live with its latest revision, as a release without editions left it."""
    page.save_revision(user=person_with())
    columns = {"last_published_at": timezone.now(), "has_unpublished_changes": False, **columns}
    Page.objects.filter(pk=page.pk).update(live_revision=page.latest_revision, **columns)
    return type(page).objects.get(pk=page.pk)


def approved(page: Any, by: Any) -> Any:
    """``page`` with the approval of its live revision on record."""
    state = Workflow.objects.get(active=True).start(page, page.live_revision.user)
    TaskState.objects.filter(workflow_state=state).update(status=TaskState.STATUS_APPROVED, finished_by=by)
    return page


def edition_of(page: Any) -> Edition:
    return Edition.objects.get(page=page.pk)


def test_a_live_page_becomes_edition_1_0_with_the_words_that_readers_see() -> None:
    page = from_before(GuidancePageFactory(introduction="What readers see."))
    assert give() == 1
    edition = edition_of(page)
    assert edition.label == "1.0"
    assert edition.content["introduction"] == "What readers see."
    assert edition.revision_id == page.live_revision_id
    assert Standing.objects.get(page=page.pk).current == edition


def test_it_is_in_force_since_it_was_published() -> None:
    page = from_before(
        GuidancePageFactory(), last_published_at=datetime.datetime(2024, 5, 1, 18, 0, tzinfo=datetime.UTC)
    )
    give()
    assert edition_of(page).effective_date == datetime.date(2024, 5, 2)  # in Bangkok


def test_without_an_approval_on_record_it_is_unconfirmed() -> None:
    page = from_before(GuidancePageFactory(unconfirmed=False))
    give()
    page.refresh_from_db()
    assert page.unconfirmed
    assert page.standing_today.unconfirmed
    assert edition_of(page).approved_by is None


def test_with_the_approval_of_a_second_person_it_is_in_force() -> None:
    approver = person_with()
    page = approved(from_before(GuidancePageFactory()), approver)
    give()
    page.refresh_from_db()
    assert not page.unconfirmed
    assert not page.standing_today.unconfirmed
    assert edition_of(page).approved_by == approver


def test_the_approval_of_its_own_author_does_not_count() -> None:
    page = from_before(GuidancePageFactory())
    approved(page, page.live_revision.user)
    give()
    assert Standing.objects.get(page=page.pk).unconfirmed


def test_the_approval_of_an_earlier_text_does_not_count() -> None:
    page = approved(from_before(GuidancePageFactory()), person_with())
    from_before(page)
    give()
    assert Standing.objects.get(page=page.pk).unconfirmed


def test_what_readers_are_told_is_not_confirmed_stays_so() -> None:
    page = approved(from_before(GuidancePageFactory(unconfirmed=True)), person_with())
    give()
    assert Standing.objects.get(page=page.pk).unconfirmed


def test_a_page_without_a_revision_gets_one() -> None:
    page = LawPageFactory(gist="What readers see.")
    give()
    page.refresh_from_db()
    assert page.live_revision == page.latest_revision == edition_of(page).revision
    assert page.live_revision.content["gist"] == "What readers see."


def test_a_draft_that_somebody_has_begun_stays_the_latest() -> None:
    page = LawPageFactory(gist="What readers see.")
    page.gist = "Half a sentence"
    draft = page.save_revision()
    give()
    page.refresh_from_db()
    assert edition_of(page).content["gist"] == "What readers see."
    assert page.latest_revision == draft
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().gist == "Half a sentence"


def test_a_translation_names_the_edition_of_its_original() -> None:
    # Made first, so that it is not the order of the rows that counts.
    khmer = from_before(GuidancePageFactory(language="km"))
    english = from_before(GuidancePageFactory(translation_of=khmer))
    assert give() == 2
    assert edition_of(khmer).source_edition == edition_of(english)
    assert edition_of(khmer).label == "1.0 km-1"


def test_a_page_no_longer_ends_at_a_date() -> None:
    page = from_before(GuidancePageFactory(), expire_at=timezone.now() + datetime.timedelta(days=1))
    give()
    page.refresh_from_db()
    assert page.live
    assert page.expire_at is None


def test_a_second_run_gives_none() -> None:
    from_before(GuidancePageFactory())
    give()
    assert give() == 0


def test_a_page_with_editions_keeps_them() -> None:
    page = GuidancePageFactory(live=False)
    edition = publish(page)
    assert give() == 0
    assert edition_of(page) == edition


def test_drafts_and_pages_without_editions_get_none() -> None:
    GuidancePageFactory(live=False).save_revision()
    StandardPageFactory()
    assert give() == 0
    assert not Edition.objects.exists()


def test_the_next_edition_follows_on_it() -> None:
    page = from_before(GuidancePageFactory())
    give()
    page = type(page).objects.get(pk=page.pk)
    page.introduction = "More."
    assert publish(page, "minor").label == "1.1"


def test_everybody_hears_how_far_it_is() -> None:
    from_before(GuidancePageFactory())
    from_before(LawPageFactory())
    ticks: list[None] = []
    give_first_editions(lambda: ticks.append(None))
    assert len(ticks) == 2
