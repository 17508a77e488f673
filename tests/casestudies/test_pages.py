"""What readers see of a case study, and what they must not see."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from casestudies.models import CaseStudyPage
from tests.factories.concepts import ContentWarningFactory, CountryFactory, SourceDocumentFactory
from tests.factories.pages import CaseStudyPageFactory

pytestmark = pytest.mark.django_db


def main_of(client: Client, page: CaseStudyPage) -> str:
    """The main part's HTML with every run of white space as one space."""
    response = client.get(f"/en/case-studies/{page.slug}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().partition("<main")[2].partition("</main>")[0].split())


def sentences(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "sentence", "value": text, "id": str(uuid.uuid4())} for text in texts]


def test_the_warning_comes_before_everything_that_is_told(client: Client) -> None:
    html = main_of(
        client,
        CaseStudyPageFactory(
            content_warnings=[ContentWarningFactory(words={"en": "Violence"})],
            summary="She was beaten.",
            what_worked=sentences("A friend"),
            practice_points=sentences("Ask early"),
        ),
    )
    order = [
        html.index(part)
        for part in ("Before you read", "Violence", "She was beaten.", "A friend", "Ask early")
    ]
    assert order == sorted(order)


def test_the_story_of_a_person_stands_behind_one_control(client: Client) -> None:
    html = main_of(client, CaseStudyPageFactory(summary="She walked home.", person_level=True))
    story = html.partition("<details")[2].partition("</details>")[0]
    assert "She walked home." in story
    assert html.count("<details") == 1
    assert " open" not in story.partition(">")[0]


def test_what_can_be_learnt_is_readable_without_the_control(client: Client) -> None:
    html = main_of(
        client,
        CaseStudyPageFactory(
            what_worked=sentences("A friend"),
            what_went_wrong=sentences("No papers"),
            practice_points=sentences("Ask early"),
        ),
    )
    story = html.partition("<details")[2].partition("</details>")[0]
    for words in ("A friend", "No papers", "Ask early"):
        assert words in html
        assert words not in story


def test_a_practice_without_a_warning_is_told_openly(client: Client) -> None:
    html = main_of(
        client, CaseStudyPageFactory(kind="good_practice", person_level=False, summary="Visits helped.")
    )
    assert "<details" not in html
    assert "Visits helped." in html


def test_a_practice_with_a_warning_stands_behind_the_control(client: Client) -> None:
    html = main_of(
        client, CaseStudyPageFactory(person_level=False, content_warnings=[ContentWarningFactory()])
    )
    assert "<details" in html


def test_only_filled_facets_are_shown(client: Client) -> None:
    html = main_of(client, CaseStudyPageFactory(person_level=True))
    for label in ("This case", "Person", "Outcome", "Exploited in", "Not stated"):
        assert label not in html
    country = CountryFactory(code="VN", words={"en": "Viet Nam"})
    html = main_of(client, CaseStudyPageFactory(origins=[country], sex="female"))
    assert '<a href="/en/case-studies/?country=VN"><span>Viet Nam</span></a>' in html
    assert "Female" in html
    assert "Outcome" not in html
    assert "Exploited in" not in html


def test_no_place_in_a_source_is_shown(client: Client) -> None:
    document = SourceDocumentFactory(title="A regional study")
    source = {
        "type": "source",
        "value": {"document": document.pk, "where": "Box 12, the woman from the lake"},
    }
    html = main_of(client, CaseStudyPageFactory(sources=[source, source | {"id": str(uuid.uuid4())}]))
    assert "Box 12" not in html
    assert html.count("A regional study") == 1


def test_it_says_that_nobody_has_reviewed_it(client: Client) -> None:
    words = "Checked by rule, not reviewed by a person"
    assert words in main_of(client, CaseStudyPageFactory(unconfirmed=True))
    assert words not in main_of(client, CaseStudyPageFactory(unconfirmed=False))


def test_facets_are_read_with_one_query(django_assert_num_queries: Any) -> None:
    country = CountryFactory(code="VN")
    made = CaseStudyPageFactory(
        origins=[country], countries=[country], content_warnings=[ContentWarningFactory()]
    )
    page = CaseStudyPage.objects.get(pk=made.pk)
    with django_assert_num_queries(1):
        keys = page.facet_keys
    assert keys["origins"] == keys["countries"] == [country.pk]
    assert len(keys["content_warnings"]) == 1
    assert keys["stages"] == []


def test_facets_of_a_page_being_edited_come_from_its_form() -> None:
    country = CountryFactory(code="VN")
    page = CaseStudyPageFactory()
    page.origins = [country]
    assert page.facet_keys["origins"] == [country.pk]
