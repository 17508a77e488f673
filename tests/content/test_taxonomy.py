"""Concepts, countries, corridors and tags: one row in every language, words beside it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from content.models import Concept, ConceptWords, Corridor, Country
from content.taxonomy import taxonomy
from tests.factories.concepts import (
    CorridorFactory,
    CountryFactory,
    OutcomeFactory,
    ServiceAreaFactory,
    StageFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db


# ---- Words


def test_a_concept_is_called_by_the_readers_word() -> None:
    stage = StageFactory(words={"en": "Return", "km": "ការវិលត្រឡប់"})
    with translation.override("km"):
        assert (stage.label, stage.lang) == ("ការវិលត្រឡប់", "")


def test_a_word_that_is_missing_is_english_and_marked() -> None:
    stage = StageFactory(words={"en": "Return", "th": "การกลับ"})
    with translation.override("km"):
        assert (stage.label, stage.lang) == ("Return", "en")


def test_without_english_any_language_is_better_than_a_code() -> None:
    stage = StageFactory(words={"zh-hans": "返回"})
    assert (stage.label, stage.lang) == ("返回", "zh-Hans")


@pytest.mark.parametrize(
    ("factory", "code"),
    [(StageFactory, "return"), (CountryFactory, "KH")],
)
def test_without_any_word_the_code_stands(factory: Any, code: str) -> None:
    row = factory(code=code)
    row.words.all().delete()
    row = type(row).objects.get(pk=row.pk)
    assert (row.label, row.lang) == (code, "")


def test_a_tag_without_words_is_called_as_editors_typed_it() -> None:
    tag = TagFactory(name="fishing boats")
    assert (tag.label, tag.lang) == ("fishing boats", "")


def test_a_corridor_is_marked_where_one_of_its_countries_is_in_another_language() -> None:
    corridor = CorridorFactory(
        destination=CountryFactory(code="TH", words={"en": "Thailand", "km": "ថៃ"}),
        origin=CountryFactory(code="KH", words={"en": "Cambodia"}),
    )
    with translation.override("km"):
        assert (corridor.label, corridor.lang) == ("ថៃ → Cambodia", "en")


# ---- The memory


@pytest.mark.parametrize(
    ("factory", "group"),
    [(StageFactory, "stages"), (CountryFactory, "countries"), (TagFactory, "tags")],
)
def test_a_new_word_is_seen_at_once(factory: Any, group: str) -> None:
    row = factory()
    assert len(getattr(taxonomy(), group)) == 1
    row.words.create(language="vi", name="Từ mới")
    row.save()
    with translation.override("vi"):
        assert [found.label for found in getattr(taxonomy(), group)] == ["Từ mới"]


def test_a_changed_word_is_seen_at_once() -> None:
    stage = StageFactory(words={"en": "Return"})
    taxonomy()
    word = stage.words.get()
    word.name = "Going home"
    word.save()
    assert [found.label for found in taxonomy().stages] == ["Going home"]


def test_a_deleted_word_is_gone_at_once() -> None:
    stage = StageFactory(words={"en": "Return", "vi": "Trở về"})
    taxonomy()
    stage.words.get(language="en").delete()
    assert [found.label for found in taxonomy().stages] == ["Trở về"]


def test_a_deleted_concept_is_gone_at_once() -> None:
    stage = StageFactory()
    taxonomy()
    stage.delete()
    assert len(taxonomy().stages) == 0


def test_a_concept_changed_on_the_screen_of_all_concepts_is_seen_at_once() -> None:
    stage = StageFactory(code="return")
    taxonomy()
    Concept.objects.get(pk=stage.pk).delete()
    assert taxonomy().stages.get("return") is None


def test_asking_again_costs_no_query() -> None:
    StageFactory()
    taxonomy()
    with CaptureQueriesContext(connection) as captured:
        assert [stage.label for stage in taxonomy().stages]
    assert len(captured) == 0


def test_loading_costs_the_same_with_2_and_with_20_rows() -> None:
    def cost() -> int:
        StageFactory()  # forgets
        with CaptureQueriesContext(connection) as captured:
            taxonomy()
        return len(captured)

    CorridorFactory()
    TagFactory()
    few = cost()
    StageFactory.create_batch(20)
    TagFactory.create_batch(20)
    for code in ("LA", "MM", "VN", "CN"):
        CorridorFactory(origin=CountryFactory(code=code))
    assert cost() == few


def test_kinds_do_not_mix() -> None:
    stage, outcome = StageFactory(code="same"), OutcomeFactory(code="same")
    assert (taxonomy().stages.get("same"), taxonomy().outcomes.get("same")) == (stage, outcome)
    assert type(taxonomy().stages.get("same")) is type(stage)


def test_concepts_stand_by_position() -> None:
    for code in ("10", "2", "1"):
        ServiceAreaFactory(code=code)
    assert [area.code for area in taxonomy().service_areas] == ["1", "2", "10"]


def test_an_unknown_code_gives_nothing() -> None:
    assert taxonomy().countries.get("XX") is None


# ---- Rules


def test_a_code_belongs_to_one_concept_of_a_kind() -> None:
    StageFactory(code="return", slug="one")
    with pytest.raises(IntegrityError), transaction.atomic():
        StageFactory(code="return", slug="two")


@pytest.mark.parametrize("code", ["ខ្មែរ", "a b", "", "a/b"])
def test_a_code_that_no_address_can_carry_is_refused(code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Concept(kind="stage", code=code, slug="a").full_clean()
    assert set(refusal.value.message_dict) == {"code"}


def test_one_language_has_one_word() -> None:
    stage = StageFactory(words={"en": "Return"})
    with pytest.raises(IntegrityError), transaction.atomic():
        ConceptWords.objects.create(concept=stage, language="en", name="Going home")


def test_a_corridor_is_called_by_the_codes_of_its_ends() -> None:
    corridor = CorridorFactory(destination=CountryFactory(code="MY"), origin=CountryFactory(code="MM"))
    assert (corridor.code, corridor.slug) == ("MY-MM", "my-mm")


def test_a_corridor_joins_two_countries() -> None:
    thailand = CountryFactory(code="TH")
    with pytest.raises(IntegrityError), transaction.atomic():
        Corridor.objects.create(destination=thailand, origin=thailand)


def test_a_country_on_a_corridor_is_not_deleted() -> None:
    corridor = CorridorFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Country.objects.get(pk=corridor.origin_id).delete()
