"""An announced edition can be called off until its day, and keeps its number."""

from __future__ import annotations

import datetime
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from editions.choices import EventKind
from editions.models import Edition, EditionEvent, Standing
from editions.retiring.cancelling import cancel
from guidelines.models import SOPPage
from tests.factories.concepts import CountryFactory
from tests.factories.editions import person_with, publish
from tests.factories.pages import SOPPageFactory, sop_steps

pytestmark = pytest.mark.django_db

LATER = datetime.date(2100, 1, 1)


def announced(**values: object) -> tuple[SOPPage, Edition]:
    """A page with edition 1.0, and 2.0 announced."""
    page = SOPPageFactory(live=False, **sop_steps(1), **values)
    publish(page)
    page.purpose = "Later."
    return page, publish(page, "major", effective=LATER)


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_cancelled_edition_never_comes_into_force() -> None:
    page, edition = announced()
    cancel(edition, by=person_with(), reason="The ministry took it back.")
    standing = Standing.objects.get(page=page.pk)
    assert standing.coming is None
    assert standing.current.label == "1.0"
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_it_keeps_its_number_and_its_text() -> None:
    page, edition = announced()
    cancel(edition, by=person_with(), reason="The ministry took it back.")
    assert Edition.objects.get(pk=edition.pk).is_whole
    page = SOPPage.objects.get(pk=page.pk)
    page.purpose = "Another one."
    assert publish(page, "major").label == "3.0"


def test_an_event_says_who_and_why() -> None:
    _page, edition = announced()
    editor = person_with()
    cancel(edition, by=editor, reason="The ministry took it back.")
    event = EditionEvent.objects.get(edition=edition, kind=EventKind.CANCELLED)
    assert (event.by, event.reason) == (editor, "The ministry took it back.")


def test_what_came_into_force_first_cannot_be_cancelled() -> None:
    page, edition = announced()
    Revision.objects.filter(pk=edition.revision_id).update(approved_go_live_at=timezone.now())
    with mock.patch(
        "django.utils.timezone.now", return_value=datetime.datetime(2100, 1, 2, tzinfo=datetime.UTC)
    ):
        edition.revision.publish()
    with pytest.raises(ValidationError, match="come into force in the meantime"):
        cancel(edition, by=person_with(), reason="Too late.")
    assert Standing.objects.get(page=page.pk).current == edition


def test_twice_is_refused() -> None:
    _page, edition = announced()
    cancel(edition, by=person_with(), reason="The ministry took it back.")
    with pytest.raises(ValidationError, match="cancelled it already"):
        cancel(edition, by=person_with(), reason="The ministry took it back.")


def test_without_a_reason_nothing_happens() -> None:
    page, edition = announced()
    with pytest.raises(ValidationError, match="reason"):
        cancel(edition, by=person_with(), reason="")
    assert Standing.objects.get(page=page.pk).coming == edition


def test_a_first_edition_can_be_cancelled_too() -> None:
    page = SOPPageFactory(live=False, **sop_steps(1))
    edition = publish(page, effective=LATER)
    cancel(edition, by=person_with(), reason="The ministry took it back.")
    page = SOPPage.objects.get(pk=page.pk)
    assert (page.live, page.go_live_at) == (False, None)


def test_the_screen_cancels_the_edition_that_the_person_saw() -> None:
    page, edition = announced()
    client = client_of(person_with())
    address = reverse("retirement:cancel", args=[page.pk])
    answer = client.get(address)
    assert "Edition 2.0 is announced" in answer.content.decode()
    client.post(address, {"edition": edition.pk, "reason": "The ministry took it back."})
    assert Standing.objects.get(page=page.pk).coming is None


def test_the_screen_tells_who_comes_too_late() -> None:
    page, edition = announced()
    client = client_of(person_with())
    cancel(edition, by=person_with(), reason="I was faster.")
    answer = client.post(
        reverse("retirement:cancel", args=[page.pk]), {"edition": edition.pk, "reason": "Me too."}
    )
    assert "cancelled it already" in answer.content.decode()


def test_the_button_is_there_only_while_an_edition_is_announced() -> None:
    page, edition = announced()
    client = client_of(person_with())
    button = reverse("retirement:cancel", args=[page.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert button in client.get(edit).content.decode()
    cancel(edition, by=person_with(), reason="The ministry took it back.")
    assert button not in client.get(edit).content.decode()


@pytest.mark.parametrize("role", ["translator", "directory_manager", "practitioner"])
def test_who_does_not_approve_does_not_cancel(role: str) -> None:
    page, edition = announced()
    client_of(person_with(role)).post(
        reverse("retirement:cancel", args=[page.pk]), {"edition": edition.pk, "reason": "No."}
    )
    assert Standing.objects.get(page=page.pk).coming == edition


def test_an_editor_of_another_country_does_not_cancel() -> None:
    page, edition = announced(countries=[CountryFactory(code="KH")])
    elsewhere = person_with(countries=[CountryFactory(code="TH")])
    client_of(elsewhere).post(
        reverse("retirement:cancel", args=[page.pk]), {"edition": edition.pk, "reason": "No."}
    )
    assert Standing.objects.get(page=page.pk).coming == edition
