"""What the guard does for pages that are out of use, or whose text was taken down."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from wagtail.models import Revision

from editions.choices import EventKind
from editions.models import Edition, EditionEvent, Standing
from editions.publication import as_take_down
from editions.retiring.cancelling import cancel
from editions.retiring.retirement import undo, withdraw
from editions.retiring.taking_down import take_down, texts_of
from guidelines.models import SOPPage
from tests.factories.editions import person_with, publish
from tests.factories.pages import SOPPageFactory, sop_steps

pytestmark = pytest.mark.django_db


def published(**values: object) -> SOPPage:
    page = SOPPageFactory(live=False, **sop_steps(1), **values)
    publish(page)
    return page


def take_down_all(page: SOPPage) -> None:
    take_down(page, texts_of(page.translation_key), by=person_with("administrator"), reason="A place.")


def test_a_withdrawn_page_gets_no_new_edition_until_it_is_brought_back() -> None:
    page = published()
    withdraw(page, by=person_with(), reason="Closed.")
    page.purpose = "More."
    with pytest.raises(ValidationError, match="Undo the withdrawal"):
        publish(page, "minor")
    assert Edition.objects.count() == 1
    undo(page, by=person_with(), reason="Open again.")
    page = SOPPage.objects.get(pk=page.pk)
    page.current_workflow_state.cancel()
    page.purpose = "More."
    assert publish(page, "minor").label == "1.1"


def test_a_withdrawn_page_gets_no_further_language() -> None:
    page = published()
    withdraw(page, by=person_with(), reason="Closed.")
    with pytest.raises(ValidationError, match="Undo the withdrawal"):
        published(translation_of=page, language="km")


def test_the_page_comes_back_with_a_safe_edition() -> None:
    page = published()
    take_down_all(page)
    page = SOPPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.title = "Return"
    edition = publish(page, "major")
    standing = Standing.objects.get(page=page.pk)
    assert (edition.label, standing.taken_down, standing.current) == ("2.0", False, edition)
    assert SOPPage.objects.get(pk=page.pk).live


def test_the_emptied_text_does_not_go_live_again() -> None:
    page = published()
    take_down_all(page)
    with pytest.raises(ValidationError, match="taken down"):
        Edition.objects.get().revision.publish()
    assert not SOPPage.objects.get(pk=page.pk).live


def test_a_correction_is_refused_after_a_take_down() -> None:
    page = published()
    take_down_all(page)
    page = SOPPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.title = "Return"
    with pytest.raises(ValidationError, match="nothing to correct"):
        publish(page, "correction")


def test_the_exception_ends_with_the_take_down() -> None:
    page = published()
    with as_take_down():
        pass
    with pytest.raises(ValidationError, match="stays at its address"):
        page.unpublish()


def test_a_cancelled_text_does_not_go_live_after_all() -> None:
    """As when the schedule had read its revision just before."""
    page = published()
    page.purpose = "Later."
    edition = publish(page, "major", effective=datetime.date(2100, 1, 1))
    cancel(edition, by=person_with(), reason="Taken back.")
    day = datetime.datetime(2100, 1, 2, tzinfo=datetime.UTC)
    with (
        mock.patch("django.utils.timezone.now", return_value=day),
        pytest.raises(ValidationError, match="before"),
    ):
        edition.revision.publish()
    assert Edition.objects.count() == 2


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_cancelled_and_due_at_the_same_moment_only_one_happens() -> None:
    page = published()
    page.purpose = "Later."
    edition = publish(page, "major", effective=datetime.date(2100, 1, 1))
    editor = person_with()
    raised: list[ValidationError] = []
    start = threading.Barrier(2)

    def run(job: Callable[[], object]) -> None:
        start.wait()
        try:
            job()
        except ValidationError as refusal:
            raised.append(refusal)
        finally:
            connection.close()

    day = mock.patch(
        "django.utils.timezone.now", return_value=datetime.datetime(2100, 1, 2, tzinfo=datetime.UTC)
    )
    jobs = (
        lambda: cancel(edition, by=editor, reason="Taken back."),
        Revision.objects.get(pk=edition.revision_id).publish,
    )
    with day:
        threads = [threading.Thread(target=run, args=[job]) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    came = Standing.objects.get(page=page.pk).current == edition
    cancelled = EditionEvent.objects.filter(edition=edition, kind=EventKind.CANCELLED).exists()
    assert came != cancelled
    assert len(raised) == 1
