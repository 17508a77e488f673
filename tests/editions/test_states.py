"""How editions stand is derived from what happened, never stored."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editions.choices import State
from editions.models import Edition
from editions.numbers import EditionNumber
from editions.public import wording
from editions.public.states import History, history_of, stand_of_page
from editions.publication import as_starter_content
from editions.retiring.cancelling import cancel
from editions.retiring.retirement import replace, undo, withdraw
from editions.retiring.taking_down import take_down
from guidelines.models import SOPPage
from tests.factories.editions import approve, person_with, publish, submit
from tests.factories.pages import AgreementPageFactory, SOPPageFactory, sop_steps

pytestmark = pytest.mark.django_db


def new_page(**values: Any) -> SOPPage:
    page: SOPPage = SOPPageFactory(live=False, **sop_steps(1), **values)
    return page


def history(page: Any) -> History:
    return history_of(type(page).objects.get(pk=page.pk))


def states(page: Any) -> dict[str, State]:
    """By label, newest first."""
    return {row.edition.label: row.state for row in history(page).rows}


def test_a_page_without_editions_has_an_empty_history() -> None:
    page = new_page()
    assert history(page).rows == []
    assert stand_of_page(page) is None


def test_the_latest_is_in_force_and_the_others_are_superseded() -> None:
    page = new_page()
    publish(page)
    publish(page, "correction")
    publish(page, "minor")
    assert states(page) == {"1.1": State.IN_FORCE, "1.0-2": State.SUPERSEDED, "1.0": State.SUPERSEDED}


def test_what_superseded_an_edition_is_what_came_next() -> None:
    page = new_page()
    publish(page)
    publish(page, "correction")
    publish(page, "major")
    newest, corrected, first = history(page).rows
    assert first.superseded_by is not None
    assert first.superseded_by.edition.label == "1.0-2"
    assert corrected.superseded_by is not None
    assert corrected.superseded_by.edition.label == "2.0"
    assert newest.superseded_by is None


def test_an_edition_holds_until_the_effective_date_of_the_next() -> None:
    page = new_page()
    publish(page, effective=datetime.date(2026, 1, 1))
    publish(page, "minor", effective=datetime.date(2026, 3, 1))
    newest, first = history(page).rows
    assert first.until == datetime.date(2026, 3, 1)
    assert newest.until is None
    assert wording.period(first) == "In force from 1 January 2026 until 1 March 2026."
    assert wording.period(newest) == "In force since 1 March 2026."


def test_a_corrected_text_holds_until_the_correction_came() -> None:
    page = new_page()
    publish(page, effective=datetime.date(2026, 1, 1))
    publish(page, "correction")
    assert history(page).rows[-1].until == timezone.localdate()


def test_a_day_ahead_is_not_yet_in_force() -> None:
    page = new_page()
    publish(page)
    publish(page, "major", effective=datetime.date(2100, 1, 1))
    assert states(page) == {"2.0": State.COMING, "1.0": State.IN_FORCE}
    assert wording.period(history(page).rows[0]) == "In force from 1 January 2100."


def test_a_cancelled_edition_never_came_into_force() -> None:
    page = new_page()
    publish(page)
    coming = publish(page, "major", effective=datetime.date(2100, 1, 1))
    cancel(coming, by=person_with(), reason="It comes later.")
    assert states(page) == {"2.0": State.CANCELLED, "1.0": State.IN_FORCE}


def test_what_came_after_a_cancelled_edition_did_not_supersede_it() -> None:
    page = new_page()
    publish(page)
    cancel(
        publish(page, "major", effective=datetime.date(2100, 1, 1)),
        by=person_with(),
        reason="It comes later.",
    )
    publish(page, "minor")
    rows = {row.edition.label: row for row in history(page).rows}
    assert rows["2.0"].superseded_by is None
    assert rows["1.0"].superseded_by == rows["1.1"]


def test_a_withdrawn_page_has_a_withdrawn_edition_until_it_is_undone() -> None:
    page = new_page()
    publish(page)
    publish(page, "minor")
    withdraw(page, by=person_with(), reason="The crossing is closed.")
    assert states(page) == {"1.1": State.WITHDRAWN, "1.0": State.SUPERSEDED}
    assert history(page).rows[0].until == timezone.localdate()
    undo(page, by=person_with(), reason="It is open again.")
    assert states(page) == {"1.1": State.IN_FORCE, "1.0": State.SUPERSEDED}
    assert history(page).rows[0].until is None


def test_the_edition_of_a_page_that_another_one_replaced_is_superseded() -> None:
    page, other = new_page(), new_page()
    publish(page)
    publish(other)
    replace(page, other, by=person_with(), reason="They were merged.")
    assert states(page) == {"1.0": State.SUPERSEDED}
    assert states(other) == {"1.0": State.IN_FORCE}


def test_a_taken_down_text_is_taken_down_whatever_else_it_was() -> None:
    page = new_page()
    first = publish(page)
    page.purpose = "Safer."
    publish(page, "minor")
    take_down(page, [first], by=person_with("administrator"), reason="It named a place.")
    assert states(page) == {"1.1": State.IN_FORCE, "1.0": State.TAKEN_DOWN}


def test_starter_content_is_unconfirmed_until_a_second_person_approves_it() -> None:
    page = new_page()
    with as_starter_content():
        page.save_revision().publish()
    assert states(page) == {"1.0": State.UNCONFIRMED}
    page.refresh_from_db()
    approve(submit(page, person_with()), person_with())
    assert states(page) == {"1.0": State.IN_FORCE}


def test_starter_content_that_was_never_confirmed_was_never_in_force() -> None:
    page = new_page()
    with as_starter_content():
        page.save_revision().publish()
    page.refresh_from_db()
    page.purpose = "Written anew."
    publish(page, "minor")
    first = history(page).rows[-1]
    assert first.state == State.SUPERSEDED
    assert wording.period(first).startswith("Shown as starter content until")


def test_of_an_agreement_in_force_is_never_said() -> None:
    page = AgreementPageFactory(live=False)
    publish(page)
    publish(page, "minor")
    publish(page, "major", effective=datetime.date(2100, 1, 1))
    for row in history(page).rows:
        said = f"{wording.state_words(row)} {wording.answer(row)} {wording.period(row)}"
        assert "force" not in said
    assert wording.state_words(history(page).rows[1]) == "Current text"


class TestFind:
    def test_a_number_means_its_latest_text_that_came_into_force(self) -> None:
        page = new_page()
        publish(page)
        publish(page, "correction")
        found = history(page).find(EditionNumber(1, 0))
        assert found is not None
        assert found.edition.label == "1.0-2"

    def test_a_text_is_found_by_its_own_number(self) -> None:
        page = new_page()
        publish(page)
        publish(page, "correction")
        found = history(page).find(EditionNumber(1, 0, 1))
        assert found is not None
        assert found.edition.text == 1
        assert found.number == "1.0-1"

    def test_what_does_not_exist_is_not_found(self) -> None:
        page = new_page()
        publish(page)
        assert history(page).find(EditionNumber(1, 1)) is None
        assert history(page).find(EditionNumber(1, 0, 2)) is None

    def test_an_edition_to_come_is_found_too(self) -> None:
        page = new_page()
        publish(page)
        publish(page, "major", effective=datetime.date(2100, 1, 1))
        found = history(page).find(EditionNumber(2, 0))
        assert found is not None
        assert found.state == State.COMING


def test_a_history_costs_the_same_with_2_and_with_12_editions() -> None:
    def cost(page: Any) -> int:
        fresh = type(page).objects.get(pk=page.pk)
        with CaptureQueriesContext(connection) as captured:
            rows = history_of(fresh).rows
            assert all(row.edition.label and wording.period(row) is not None for row in rows)
        return len(captured)

    page = new_page()
    publish(page)
    publish(page, "minor")
    few = cost(page)
    for _index in range(10):
        publish(page, "minor")
    assert Edition.objects.filter(page=page.pk).count() == 12
    assert cost(page) == few == 3
