"""What of a page's JSON is its text."""

from __future__ import annotations

import pytest

from editions.content import same_text, text_of
from editions.models.editions import checksum
from tests.factories.concepts import TagFactory
from tests.factories.pages import GuidancePageFactory


def test_what_belongs_to_the_page_and_not_to_its_text_is_left_out() -> None:
    assert text_of({"title": "Return", "live": True, "edition_change": "minor", "desk": 1}) == {
        "title": "Return"
    }


def test_the_keys_of_rows_beside_the_page_do_not_count() -> None:
    saved = {"tagged_items": [{"pk": 5, "tag": 1}]}
    assert text_of(saved) == text_of({"tagged_items": [{"pk": None, "tag": 1}]})


def test_rows_without_an_order_are_the_same_in_any() -> None:
    rows = [{"pk": None, "tag": 2}, {"pk": None, "tag": 1}]
    assert text_of({"tagged_items": rows}) == text_of({"tagged_items": rows[::-1]})


def test_the_order_of_ordered_rows_counts() -> None:
    rows = [{"pk": None, "other": 2, "sort_order": 0}, {"pk": None, "other": 1, "sort_order": 1}]
    assert text_of({"related_to": rows}) != text_of({"related_to": rows[::-1]})


@pytest.mark.parametrize(
    "value", ['<p data-block-key="a1b2c">Ask.</p>', r'[{"value": "<p data-block-key=\"a1\">Ask.</p>"}]']
)
def test_the_keys_that_the_editor_gives_to_paragraphs_do_not_count(value: str) -> None:
    (text,) = text_of({"body": value}).values()
    assert "data-block-key" not in text
    assert "<p>Ask.</p>" in text


@pytest.mark.django_db
def test_a_page_that_was_saved_has_the_text_of_its_draft() -> None:
    page = GuidancePageFactory(tags=[TagFactory(), TagFactory()])
    before = page.get_latest_revision_as_object().serializable_data()
    saved = type(page).objects.get(pk=page.pk).serializable_data()
    assert checksum(text_of(before)) == checksum(text_of(saved))


def test_a_field_that_came_later_and_is_empty_leaves_the_text_the_same() -> None:
    assert same_text({"gist": "Words.", "minutes": None, "notes": "[]"}, {"gist": "Words."})


def test_a_field_that_came_later_and_is_filled_in_makes_another_text() -> None:
    assert not same_text({"gist": "Words.", "minutes": 20}, {"gist": "Words."})


def test_other_words_make_another_text() -> None:
    assert not same_text({"gist": "Other words."}, {"gist": "Words."})


def test_a_field_that_went_makes_another_text() -> None:
    assert not same_text({"gist": "Words."}, {"gist": "Words.", "note": "More."})


def test_the_order_of_names_inside_a_stream_does_not_count() -> None:
    one = text_of({"steps": '[{"type": "step", "value": {"a": 1, "b": 2}, "id": "x"}]'})
    assert one == text_of({"steps": '[{"id": "x", "type": "step", "value": {"b": 2, "a": 1}}]'})


def test_words_that_look_like_a_stream_are_left_as_they_are() -> None:
    assert text_of({"gist": '[{"a":1}]'}) == {"gist": '[{"a":1}]'}
