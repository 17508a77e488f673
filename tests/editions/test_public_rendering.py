"""The frozen body of an edition is made once, from its own content, in its own language."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from content.models import Country, Stage
from editions.models import Edition, EditionText
from editions.public.rendering import keep_texts, rendered
from tests.factories.concepts import CorridorFactory, StageFactory
from tests.factories.editions import publish
from tests.factories.pages import (
    AgreementPageFactory,
    ChecklistPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
    sop_steps,
)

pytestmark = pytest.mark.django_db


def test_the_text_of_an_edition_stays_when_the_page_changes() -> None:
    page = SOPPageFactory(live=False, purpose="Bring them home.", **sop_steps(3))
    first = publish(page)
    page.purpose = "Bring them home safely."
    second = publish(page, "minor")
    assert "Bring them home." in rendered(first)
    assert "Bring them home safely." in rendered(second)
    assert "Do what step 3 says" in rendered(first)


@pytest.mark.parametrize(
    "factory",
    [SOPPageFactory, ChecklistPageFactory, AgreementPageFactory, LawPageFactory, GuidancePageFactory],
)
def test_every_kind_of_page_has_a_frozen_text_without_a_frame(factory: Any) -> None:
    edition = publish(factory(live=False, introduction="What it is.", as_of=2007))
    html = rendered(edition)
    assert "What it is." in html
    assert "Practice described in 2007" in html
    for absent in ("<html", "<main", "<h1", "<nav", "<script", "style="):
        assert absent not in html


def test_it_is_made_once() -> None:
    edition = publish(SOPPageFactory(live=False, **sop_steps(1)))
    html = rendered(edition)
    assert EditionText.objects.get(edition=edition).html == html
    assert rendered(edition) == html
    assert EditionText.objects.count() == 1


def test_of_two_makers_one_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = publish(SOPPageFactory(live=False, **sop_steps(1)))
    EditionText.objects.create(edition=edition, html="<p>First.</p>")
    answers = iter([None, "<p>First.</p>"])
    monkeypatch.setattr("editions.public.rendering._kept", lambda edition: next(answers))
    assert rendered(edition) == "<p>First.</p>"
    assert EditionText.objects.count() == 1


def test_a_text_that_was_taken_down_is_empty_and_stays_so() -> None:
    edition = publish(SOPPageFactory(live=False, purpose="Dangerous.", **sop_steps(1)))
    before = Edition.objects.get(pk=edition.pk)
    Edition.objects.filter(pk=edition.pk).blank_for_take_down("Taken down")
    assert rendered(before) == ""
    assert rendered(Edition.objects.get(pk=edition.pk)) == ""
    assert not EditionText.objects.exists()


def test_the_interface_words_are_in_the_language_of_the_text() -> None:
    original = SOPPageFactory(live=False, **sop_steps(1))
    publish(original)
    khmer = SOPPageFactory(live=False, translation_of=original, language="km", title="ការវិល", **sop_steps(1))
    edition = publish(khmer)
    with translation.override("km"):
        heading = translation.gettext("Steps")
    assert heading != "Steps"
    assert f">{heading}</h2>" in rendered(edition)


def test_where_it_applies_is_part_of_the_text() -> None:
    corridor = CorridorFactory()
    page = SOPPageFactory(
        live=False, corridors=[corridor], countries=list(Country.objects.all()), **sop_steps(1)
    )
    html = rendered(publish(page))
    assert 'id="applies"' in html
    assert corridor.origin.label in html


def test_a_row_that_was_deleted_since_leaves_a_gap_and_no_error() -> None:
    stage = StageFactory()
    page = SOPPageFactory(live=False, stage=stage, purpose="Bring them home.", **sop_steps(1))
    edition = publish(page)
    page.stage = None
    publish(page, "minor")
    Stage.objects.filter(pk=stage.pk).delete()
    assert "Bring them home." in rendered(edition)


def test_texts_that_nobody_has_read_are_made_in_time() -> None:
    first = publish(SOPPageFactory(live=False, purpose="Bring them home.", **sop_steps(1)))
    gone = publish(SOPPageFactory(live=False, **sop_steps(1)))
    Edition.objects.filter(pk=gone.pk).blank_for_take_down("Taken down")
    assert keep_texts() == 1
    assert "Bring them home." in EditionText.objects.get(edition=first).html
    assert keep_texts() == 0


def test_a_text_that_cannot_be_made_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    good = publish(SOPPageFactory(live=False, **sop_steps(1)))
    bad = publish(SOPPageFactory(live=False, **sop_steps(1)))

    def made(edition: Edition) -> str:
        if edition == bad:
            raise KeyError
        return "<p>Made.</p>"

    monkeypatch.setattr("editions.public.rendering._render", made)
    assert keep_texts() == 1
    assert EditionText.objects.get().edition == good
