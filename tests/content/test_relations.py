"""Related pages: said once, shown on both."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from content.models import RelatedPages
from content.relations import related_pages
from tests.factories.pages import (
    AgreementPageFactory,
    GuidancePageFactory,
    SOPPageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.django_db


def relate(page: Page, other: Page) -> None:
    RelatedPages.objects.create(page=page.page_ptr, other=other.page_ptr)


def titles(page: Page, locale: Locale) -> list[str]:
    return [found.title for found in related_pages(page, locale)]


def test_a_page_shows_the_page_that_it_names(english: Locale) -> None:
    page, other = SOPPageFactory(), GuidancePageFactory(title="Advice")
    relate(page, other)
    assert titles(page, english) == ["Advice"]


def test_a_page_shows_the_page_that_names_it(english: Locale) -> None:
    page, other = SOPPageFactory(), GuidancePageFactory(title="Advice")
    relate(other, page)
    assert titles(page, english) == ["Advice"]


def test_two_pages_that_name_each_other_show_each_other_once(english: Locale) -> None:
    page, other = SOPPageFactory(), GuidancePageFactory(title="Advice")
    relate(page, other)
    relate(other, page)
    assert titles(page, english) == ["Advice"]


def test_an_unrelated_page_is_not_shown(english: Locale) -> None:
    page = SOPPageFactory()
    GuidancePageFactory()
    assert titles(page, english) == []


def test_a_relation_of_the_original_counts_for_the_translation(khmer: Locale) -> None:
    page, other = SOPPageFactory(), GuidancePageFactory(title="Advice")
    relate(page, other)
    translation = SOPPageFactory(title="នីតិវិធី", translation_of=page, language="km")
    assert titles(translation, khmer) == ["Advice"]


def test_the_related_page_is_shown_in_the_readers_language(khmer: Locale) -> None:
    page, other = SOPPageFactory(), GuidancePageFactory(title="Advice")
    relate(page, other)
    GuidancePageFactory(title="ការណែនាំ", translation_of=other, language="km")
    assert titles(page, khmer) == ["ការណែនាំ"]


def test_a_draft_is_not_shown(english: Locale) -> None:
    page = SOPPageFactory()
    relate(page, GuidancePageFactory(live=False))
    assert titles(page, english) == []


def test_a_private_page_is_not_shown(english: Locale) -> None:
    page, other = SOPPageFactory(), GuidancePageFactory()
    relate(page, other)
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    assert titles(page, english) == []


def test_a_page_below_a_private_page_is_not_shown(english: Locale) -> None:
    page, other = SOPPageFactory(), GuidancePageFactory()
    relate(page, other)
    PageViewRestriction.objects.create(page=other.get_parent(), restriction_type="login")
    assert titles(page, english) == []


def test_a_deleted_page_takes_its_relations_with_it(english: Locale) -> None:
    page, other = SOPPageFactory(), GuidancePageFactory()
    relate(page, other)
    other.delete()
    assert not RelatedPages.objects.exists()


def test_pages_of_one_kind_stand_together(english: Locale) -> None:
    page = StandardPageFactory(title="About")
    for factory, title in (
        (GuidancePageFactory, "B"),
        (AgreementPageFactory, "A"),
        (GuidancePageFactory, "C"),
    ):
        relate(page, factory(title=title))
    kinds = [found.specific_class for found in related_pages(page, english)]
    assert kinds in ([kinds[0]] * 2 + [kinds[2]], [kinds[0]] + [kinds[1]] * 2)


def test_a_page_is_not_related_to_itself() -> None:
    page = SOPPageFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        relate(page, page)


def test_both_pages_show_the_relation_to_readers(client: Client) -> None:
    page, other = SOPPageFactory(title="Tracing"), GuidancePageFactory(title="Advice")
    relate(page, other)
    assert 'href="/en/guidance/advice/"' in client.get("/en/procedures/tracing/").content.decode()
    assert 'href="/en/procedures/tracing/"' in client.get("/en/guidance/advice/").content.decode()


def test_a_related_page_in_another_language_is_marked(client: Client) -> None:
    page, other = (
        SOPPageFactory(title="Tracing"),
        GuidancePageFactory(title="ការណែនាំ", slug="advice", language="km"),
    )
    relate(page, other)
    html = client.get("/en/procedures/tracing/").content.decode()
    assert 'lang="km"' in html.partition("/km/guidance/advice/")[2].partition("</li>")[0]
