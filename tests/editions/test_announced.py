"""An approved edition whose day lies ahead is announced at once and comes into force by itself."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.locks import ScheduledForPublishLock, WorkflowLock
from wagtail.models import Page, Revision

from editions.models import Edition, EditionEvent, Standing
from editions.retiring.cancelling import cancel
from tests.factories.concepts import CountryFactory
from tests.factories.editions import approve, person_with, publish, submit
from tests.factories.pages import LawPageFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
NEXT_YEAR = datetime.date(2027, 1, 1)
NEW_YEAR = datetime.datetime(2027, 1, 1, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def law() -> Any:
    """A law with 1.0 in force and 2.0 announced for the new year."""
    page = LawPageFactory(title="Law on return", gist="In force.", live=False)
    publish(page, effective=datetime.date(2026, 11, 1))
    page.gist = "Announced."
    publish(page, "major", "New deadlines.", effective=NEXT_YEAR)
    return page


def words_for_readers(page: Any) -> str:
    return str(type(page).objects.get(pk=page.pk).gist)


def standing(page: Any) -> Standing:
    return Standing.objects.select_related("current", "coming").get(page=page.pk)


def test_readers_keep_the_edition_in_force(law: Any) -> None:
    assert words_for_readers(law) == "In force."


def test_the_number_and_the_address_are_given_at_once(law: Any) -> None:
    coming = standing(law).coming
    assert coming is not None
    assert coming.label == "2.0"
    assert coming.effective_date == NEXT_YEAR


def test_it_comes_into_force_on_its_day(law: Any, today: Any) -> None:
    today.move_to(NEW_YEAR)
    call_command("publish_scheduled", verbosity=0)
    assert words_for_readers(law) == "Announced."
    assert standing(law).current.label == "2.0"
    assert standing(law).coming is None


def test_it_makes_no_second_edition_then(law: Any, today: Any) -> None:
    today.move_to(NEW_YEAR)
    call_command("publish_scheduled", verbosity=0)
    call_command("publish_scheduled", verbosity=0)
    assert Edition.objects.filter(page=law.pk).count() == 2
    assert EditionEvent.objects.filter(edition__major=2, kind="came_into_force").count() == 1


def test_the_day_begins_at_midnight_in_the_country() -> None:
    myanmar = CountryFactory(code="MM", time_zone="Asia/Yangon")
    page = LawPageFactory(title="Law of Myanmar", countries=[myanmar], live=False)
    edition = publish(page, effective=NEXT_YEAR)
    assert edition.effective_at == datetime.datetime(2026, 12, 31, 17, 30, tzinfo=datetime.UTC)


def test_a_first_edition_can_be_announced_before_there_is_a_page() -> None:
    page = LawPageFactory(title="Coming law", live=False)
    publish(page, effective=NEXT_YEAR)
    page.refresh_from_db()
    assert not page.live
    assert standing(page).coming.label == "1.0"


def test_a_correction_in_between_goes_live_at_once(law: Any) -> None:
    law.gist = "In force, corrected."
    assert publish(law, "correction").label == "1.0-2"
    assert words_for_readers(law) == "In force, corrected."


def test_a_correction_in_between_keeps_the_schedule(law: Any, today: Any) -> None:
    law.gist = "In force, corrected."
    publish(law, "correction")
    today.move_to(NEW_YEAR)
    call_command("publish_scheduled", verbosity=0)
    assert words_for_readers(law) == "Announced."


def test_editors_go_on_from_the_edition_that_came_into_force(law: Any, today: Any) -> None:
    law.gist = "In force, corrected."
    publish(law, "correction")
    today.move_to(NEW_YEAR)
    call_command("publish_scheduled", verbosity=0)
    law.refresh_from_db()
    assert law.get_latest_revision_as_object().gist == "Announced."


def test_a_draft_begun_meanwhile_is_kept(law: Any, today: Any) -> None:
    law.gist = "A draft for later."
    law.save_revision(user=person_with())
    today.move_to(NEW_YEAR)
    call_command("publish_scheduled", verbosity=0)
    law.refresh_from_db()
    assert law.get_latest_revision_as_object().gist == "A draft for later."


def test_whoever_wrote_the_coming_text_is_told_that_it_lacks_the_correction(
    law: Any, django_capture_on_commit_callbacks: Any
) -> None:
    author = Revision.objects.get(pk=standing(law).coming.revision_id).user
    law.gist = "In force, corrected."
    with django_capture_on_commit_callbacks(execute=True):
        publish(law, "correction", "A deadline was wrong.")
    [sent] = [message for message in mail.outbox if "lacks a correction" in message.subject]
    assert sent.to == [author.email]
    assert "A deadline was wrong." in sent.body


def test_the_page_stays_open_for_a_correction(law: Any) -> None:
    law.refresh_from_db()
    assert law.get_lock() is None


def test_a_correction_begins_with_the_text_in_force(law: Any) -> None:
    draft = Page.objects.get(pk=law.pk).get_latest_revision_as_object()  # as the editing form asks
    assert (draft.gist, draft.change_note, draft.go_live_at) == ("In force.", "", None)


def test_once_it_is_cancelled_its_text_is_the_draft_again(law: Any) -> None:
    cancel(standing(law).coming, by=person_with(), reason="Too early.")
    assert Page.objects.get(pk=law.pk).get_latest_revision_as_object().gist == "Announced."


def test_a_correction_that_waits_for_approval_is_locked_as_every_text_is(law: Any) -> None:
    law.refresh_from_db()
    draft = law.get_latest_revision_as_object()
    submit(draft, person_with(), change="correction", note="A deadline was wrong.")
    law = type(law).objects.get(pk=law.pk)
    assert isinstance(law.get_lock(), WorkflowLock)


def test_a_first_edition_that_is_announced_stays_locked() -> None:
    page = LawPageFactory(title="Coming law", live=False)
    publish(page, effective=NEXT_YEAR)
    page.refresh_from_db()
    assert isinstance(page.get_lock(), ScheduledForPublishLock)


@pytest.mark.parametrize("change", ["minor", "major"])
def test_nothing_but_a_correction_goes_live_before_it(law: Any, change: str) -> None:
    law.gist = "Another edition."
    with pytest.raises(ValidationError):
        publish(law, change)
    assert words_for_readers(law) == "In force."


def test_no_two_editions_are_announced_at_once(law: Any) -> None:
    law.gist = "Another edition."
    with pytest.raises(ValidationError):
        publish(law, "major", effective=datetime.date(2027, 2, 1))
    assert standing(law).coming.label == "2.0"


def test_a_text_that_was_changed_after_approval_does_not_come_into_force(law: Any, today: Any) -> None:
    revision = Revision.objects.get(pk=standing(law).coming.revision_id)
    revision.content["gist"] = "Slipped in."
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    today.move_to(NEW_YEAR)
    call_command("publish_scheduled", verbosity=0)
    assert words_for_readers(law) == "In force."


def test_announcing_needs_a_second_person_too() -> None:
    page = LawPageFactory(title="Law", live=False)
    author = person_with()
    waiting = submit(page, author, effective=NEXT_YEAR)
    with pytest.raises(ValidationError):
        approve(waiting, author)
    assert not Edition.objects.filter(page=page.pk).exists()


def test_a_day_that_has_passed_holds_at_once() -> None:
    page = LawPageFactory(title="Law", live=False)
    publish(page, effective=timezone.localdate() - datetime.timedelta(days=30))
    assert page.live


def test_no_editor_is_warned_of_another_window(law: Any) -> None:
    """Wagtail warns whoever opens a page whose latest revision is not its newest."""
    assert law.revisions.latest("pk").pk == law.latest_revision_id


def test_nor_once_it_is_cancelled(law: Any) -> None:
    cancel(standing(law).coming, by=person_with(), reason="The law was not passed.")
    law.refresh_from_db()
    assert law.revisions.latest("pk").pk == law.latest_revision_id
