"""A translation's edition carries its source's number and its own text revision."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail_localize.models import TranslationSource

from editions.models import Edition
from editions.publication import as_starter_content
from tests.factories.editions import person_with, publish
from tests.factories.pages import LawPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def law() -> Any:
    page = LawPageFactory(title="Law on return", gist="Says who may return.", live=False)
    publish(page)
    return page


@pytest.fixture
def khmer_law(law: Any) -> Any:
    """A Khmer version that was never published."""
    return LawPageFactory(title="Khmer law", translation_of=law, language="km", live=False)


def test_it_carries_the_number_of_its_source(law: Any, khmer_law: Any) -> None:
    publish(law, "major")
    assert publish(khmer_law).label == "2.0 km-1"


def test_it_counts_its_own_texts(khmer_law: Any) -> None:
    publish(khmer_law)
    khmer_law.gist = "Better words."
    assert publish(khmer_law).label == "1.0 km-2"


def test_it_needs_no_note_and_no_day(law: Any, khmer_law: Any) -> None:
    edition = publish(khmer_law)
    assert edition.change_note == ""
    assert edition.effective_date == Edition.objects.get(page=law.pk).effective_date


def test_it_records_the_edition_it_was_made_from(law: Any, khmer_law: Any) -> None:
    publish(law, "correction")
    assert publish(khmer_law).source_edition.label == "1.0-2"


def test_a_correction_of_the_source_leaves_its_number(law: Any, khmer_law: Any) -> None:
    before = publish(khmer_law)
    publish(law, "correction")
    khmer_law.gist = "The same correction."
    after = publish(khmer_law)
    assert (before.number, after.number) == ("1.0", "1.0")


def test_it_carries_the_number_of_the_edition_its_words_were_taken_from(law: Any, khmer_law: Any) -> None:
    source, _created = TranslationSource.update_or_create_from_instance(law)
    TranslationSource.objects.filter(pk=source.pk).update(last_updated_at=timezone.now())
    publish(law, "minor")
    assert publish(khmer_law).label == "1.0 km-1"


def test_nothing_is_translated_before_the_original_is_published() -> None:
    original = LawPageFactory(title="Draft law", live=False)
    khmer = LawPageFactory(title="Khmer", translation_of=original, language="km", live=False)
    with pytest.raises(ValidationError, match="The original has no edition yet"):
        publish(khmer)


def test_its_approver_must_cover_its_language(khmer_law: Any) -> None:
    with pytest.raises(ValidationError):
        publish(khmer_law, approver=person_with(languages=["en"]))


def test_a_translation_of_starter_content_stays_unconfirmed() -> None:
    original = LawPageFactory(title="Starter law", live=False)
    with as_starter_content():
        original.save_revision().publish()
    khmer = LawPageFactory(title="Khmer", translation_of=original, language="km", live=False)
    publish(khmer)
    assert khmer.standing_today.unconfirmed


def test_it_is_confirmed_with_its_original() -> None:
    original = LawPageFactory(title="Starter law", live=False)
    with as_starter_content():
        original.save_revision().publish()
    original.refresh_from_db()
    khmer = LawPageFactory(title="Khmer", translation_of=original, language="km", live=False)
    publish(khmer)
    publish(original)
    khmer.refresh_from_db()
    khmer.__dict__.pop("standing_today", None)
    assert not khmer.standing_today.unconfirmed
    assert not khmer.unconfirmed


def test_a_translation_that_nobody_approved_is_not_confirmed_with_its_original() -> None:
    original = LawPageFactory(title="Starter law", live=False)
    khmer = LawPageFactory(title="Khmer", translation_of=original, language="km", live=False)
    with as_starter_content():
        original.save_revision().publish()
        khmer.save_revision().publish()
    original.refresh_from_db()
    publish(original)
    assert khmer.standing_today.unconfirmed
