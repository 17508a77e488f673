"""Every publication of a versioned page passes one guard, which freezes its edition or refuses."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError

from editions.models import Edition, Standing
from tests.factories.editions import approve, person_with, publish, submit
from tests.factories.pages import SOPPageFactory, sop_steps

pytestmark = pytest.mark.django_db


def new_page(**values: object):
    return SOPPageFactory(title="Return", live=False, **sop_steps(2), **values)


def test_the_first_publication_is_edition_1_0() -> None:
    edition = publish(new_page())
    assert edition.label == "1.0"


def test_a_correction_keeps_the_number_and_freezes_another_text() -> None:
    page = new_page()
    publish(page)
    page.purpose = "Corrected."
    assert publish(page, "correction").label == "1.0-2"


def test_minor_and_major() -> None:
    page = new_page()
    publish(page)
    page.purpose = "More."
    assert publish(page, "minor").label == "1.1"
    page.purpose = "Other."
    assert publish(page, "major").label == "2.0"
    assert Standing.objects.get(page=page.pk).current.label == "2.0"


def test_a_day_ahead_announces_the_edition() -> None:
    page = new_page()
    publish(page)
    page.purpose = "Later."
    edition = publish(page, "major", effective=datetime.date(2100, 1, 1))
    assert page.standing_today.coming == edition
    assert page.purpose == ""
    page.purpose = "Corrected meanwhile."
    page = page.get_latest_revision_as_object()
    assert page.edition_change == ""


def test_refused_without_approval() -> None:
    page = new_page()
    revision = page.save_revision()
    with pytest.raises(ValidationError):
        revision.publish()
    page.refresh_from_db()
    assert not page.live
    assert not Edition.objects.exists()
