"""A page is withdrawn in all its languages at once, with a reason, and can be brought back."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from editions.choices import EventKind, OutOfUse
from editions.models import EditionEvent, Standing
from editions.retiring.retirement import inherit, reasons_out_of_use, undo, withdraw
from editions.signals import standing_changed
from guidelines.models import SOPPage
from tests.factories.concepts import CountryFactory
from tests.factories.editions import person_with, publish
from tests.factories.pages import SOPPageFactory, StandardPageFactory, sop_steps

pytestmark = pytest.mark.django_db


def published(**values: object) -> SOPPage:
    page = SOPPageFactory(live=False, **sop_steps(1), **values)
    publish(page)
    return page


def published_twice(**values: object) -> tuple[SOPPage, SOPPage]:
    page = published(title="Return", **values)
    khmer = published(translation_of=page, language="km", title="ការវិលត្រឡប់")
    return page, khmer


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(person: object, page: SOPPage, screen: str = "withdraw", **fields: object):
    address = reverse(f"retirement:{screen}", args=[page.pk])
    return client_of(person).post(address, fields)


def state_of(page: SOPPage) -> str:
    return Standing.objects.get(page=page.pk).out_of_use


def test_withdrawing_acts_on_all_languages() -> None:
    page, khmer = published_twice()
    withdraw(page, by=person_with(), reason="The shelter has closed.")
    assert state_of(page) == state_of(khmer) == OutOfUse.WITHDRAWN


def test_one_event_says_who_and_why() -> None:
    page, _khmer = published_twice()
    editor = person_with()
    withdraw(page, by=editor, reason=" The shelter has closed. ")
    event = EditionEvent.objects.get(translation_key=page.translation_key, kind=EventKind.WITHDRAWN)
    assert (event.edition, event.by, event.reason) == (None, editor, "The shelter has closed.")


def test_the_page_stays_at_its_address_and_leaves_the_listing() -> None:
    page, _khmer = published_twice()
    withdraw(page, by=person_with(), reason="Closed.")
    assert Client().get("/en/procedures/return/").status_code == 200
    assert page not in SOPPage.objects.listed()


def test_a_translation_can_be_the_page_whose_button_is_pressed() -> None:
    page, khmer = published_twice()
    send(person_with(), khmer, reason="Closed.")
    assert state_of(page) == OutOfUse.WITHDRAWN


def test_undoing_brings_every_language_back() -> None:
    page, khmer = published_twice()
    withdraw(page, by=person_with(), reason="Closed.")
    undo(khmer, by=person_with(), reason="It has opened again.")
    standing = Standing.objects.get(page=page.pk)
    assert (standing.out_of_use, standing.out_of_use_reason, standing.out_of_use_since) == ("", "", None)
    assert state_of(khmer) == ""
    assert EditionEvent.objects.filter(
        kind=EventKind.WITHDRAWAL_UNDONE, reason="It has opened again."
    ).exists()


def test_undoing_what_is_in_use_is_refused() -> None:
    with pytest.raises(ValidationError, match="nothing to undo"):
        undo(published(), by=person_with(), reason="Why not.")


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_happens(reason: str) -> None:
    page = published()
    with pytest.raises(ValidationError, match="reason"):
        withdraw(page, by=person_with(), reason=reason)
    assert state_of(page) == ""


def test_twice_is_refused() -> None:
    page = published()
    withdraw(page, by=person_with(), reason="Closed.")
    with pytest.raises(ValidationError, match="out of use already"):
        withdraw(page, by=person_with(), reason="Closed.")
    assert EditionEvent.objects.filter(kind=EventKind.WITHDRAWN).count() == 1


def test_a_page_that_was_never_published_cannot_be_withdrawn() -> None:
    with pytest.raises(ValidationError, match="never published"):
        withdraw(SOPPageFactory(live=False), by=person_with(), reason="Closed.")


def test_an_announced_edition_is_cancelled_first() -> None:
    page = published()
    publish(page, "major", effective=datetime.date(2100, 1, 1))
    with pytest.raises(ValidationError, match="Cancel it first"):
        withdraw(page, by=person_with(), reason="Closed.")


@pytest.mark.parametrize("role", ["editor", "safeguarding_reviewer", "administrator"])
def test_who_approves_may_withdraw(role: str) -> None:
    page = published()
    answer = send(person_with(role), page, reason="Closed.")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert state_of(page) == OutOfUse.WITHDRAWN


@pytest.mark.parametrize("role", ["translator", "directory_manager", "practitioner"])
def test_nobody_else_may(role: str) -> None:
    page = published()
    send(person_with(role), page, reason="Closed.")
    assert state_of(page) == ""


def test_an_editor_of_another_country_may_not() -> None:
    cambodia, thailand = CountryFactory(code="KH"), CountryFactory(code="TH")
    page = published(countries=[cambodia])
    send(person_with(countries=[thailand]), page, reason="Closed.")
    assert state_of(page) == ""
    send(person_with(countries=[cambodia]), page, reason="Closed.")
    assert state_of(page) == OutOfUse.WITHDRAWN


def test_an_editor_for_one_translation_does_not_withdraw_what_others_read() -> None:
    page, khmer = published_twice()
    send(person_with(languages=["km"]), khmer, reason="Closed.")
    assert state_of(page) == state_of(khmer) == ""


def test_a_signed_out_person_is_sent_to_sign_in() -> None:
    page = published()
    answer = Client().post(reverse("retirement:withdraw", args=[page.pk]), {"reason": "Closed."})
    assert answer.status_code == 302
    assert "login" in answer.url
    assert state_of(page) == ""


def test_the_screen_says_what_will_happen_and_changes_nothing() -> None:
    page = published(title="Return")
    answer = client_of(person_with()).get(reverse("retirement:withdraw", args=[page.pk]))
    assert "It leaves the listings" in answer.content.decode()
    assert state_of(page) == ""


def test_the_screen_shows_what_speaks_against_it() -> None:
    page = published()
    withdraw(page, by=person_with(), reason="Closed.")
    answer = send(person_with(), page, reason="Closed.")
    assert answer.status_code == 200
    assert "out of use already" in answer.content.decode()


def test_a_missing_reason_is_said_at_its_field() -> None:
    answer = send(person_with(), published(), reason=" ")
    assert answer.context["form"].errors["reason"]


def test_pages_without_editions_have_no_such_screen() -> None:
    page = StandardPageFactory(title="About")
    assert send(person_with(), page, reason="Closed.").status_code == 404


@pytest.mark.parametrize(
    ("role", "offered"), [("editor", True), ("translator", False), ("safeguarding_reviewer", True)]
)
def test_the_button_is_offered_to_those_who_may(role: str, offered: bool) -> None:
    page = published()
    answer = client_of(person_with(role)).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert (reverse("retirement:withdraw", args=[page.pk]) in answer.content.decode()) == offered


def test_once_withdrawn_only_bringing_back_is_offered() -> None:
    page = published()
    withdraw(page, by=person_with(), reason="Closed.")
    editor = person_with()
    answer = client_of(editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("retirement:undo", args=[page.pk]) in answer
    assert reverse("retirement:withdraw", args=[page.pk]) not in answer
    assert "Closed." in client_of(editor).get(reverse("retirement:undo", args=[page.pk])).content.decode()
    send(editor, page, "undo", reason="Open again.")
    assert state_of(page) == ""


def test_the_history_in_the_admin_tells_it() -> None:
    page, khmer = published_twice()
    withdraw(page, by=person_with(), reason="The shelter has closed.")
    for version in (page, khmer):
        entry = PageLogEntry.objects.get(page=version.pk, action="editions.withdrawn")
        assert (entry.message, entry.comment) == ("Withdrawn in all languages", "The shelter has closed.")


def test_others_are_told_once(django_capture_on_commit_callbacks) -> None:
    page, _khmer = published_twice()
    told = []

    def listen(sender: object, translation_key: object, **kwargs: object) -> None:
        told.append((sender, translation_key))

    standing_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(page, by=person_with(), reason="Closed.")
    finally:
        standing_changed.disconnect(listen)
    assert told == [(SOPPage, page.translation_key)]


def test_a_new_language_inherits_that_the_page_is_out_of_use() -> None:
    page = published()
    withdraw(page, by=person_with(), reason="Closed.")
    khmer = SOPPageFactory(translation_of=page, language="km", live=False)
    standing = Standing(page_id=khmer.pk)
    inherit(standing, khmer)
    assert (standing.out_of_use, standing.out_of_use_reason) == (OutOfUse.WITHDRAWN, "Closed.")


def test_a_new_language_of_a_page_in_use_inherits_nothing() -> None:
    page = published()
    khmer = SOPPageFactory(translation_of=page, language="km", live=False)
    standing = Standing(page_id=khmer.pk)
    inherit(standing, khmer)
    assert standing.out_of_use == ""


def test_a_withdrawn_page_gets_no_new_edition() -> None:
    page = published()
    assert reasons_out_of_use(None) == reasons_out_of_use(Standing.objects.get(page=page.pk)) == []
    withdraw(page, by=person_with(), reason="Closed.")
    reasons = reasons_out_of_use(Standing.objects.get(page=page.pk))
    assert "Undo the withdrawal first" in reasons[0].message


def test_withdrawing_costs_no_more_with_many_editions() -> None:
    few, many = published(), published()
    for _round in range(3):
        many.purpose += "More. "
        publish(many, "minor")
    editor = person_with()
    counted = []
    for page in (few, many):
        with CaptureQueriesContext(connection) as queries:
            withdraw(page, by=editor, reason="Closed.")
        counted.append(len(queries))
    assert counted[0] == counted[1]
