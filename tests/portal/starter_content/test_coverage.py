"""The starter content holds what the facts hold: every record, in the languages that are promised."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.languages import LANGUAGES
from tests.portal.starter_content.texts import pages, starter_content

EXPECTED: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "expected_facts.yaml").read_text())
TRANSLATIONS = [language.code for language in LANGUAGES if language.code != "en"]
#: What exists in all languages besides the checklists.
EVERYWHERE = {
    "home", "about", "privacy", "accessibility", "procedures", "service-areas", "agreements", "laws",
    "guidance", "case-studies", "countries", "glossary",
}  # fmt: skip
#: Facts that each make a page of their own, and the type of that page.
ONE_PAGE_EACH = {"procedures": "sop", "agreements": "agreement", "laws": "law", "guidance": "guidance"}


def expected(group: str) -> set[str]:
    """The ids of a group as pages name them; of a service area those of its items too."""
    ids = {f"{group}#{identifier}" for identifier in EXPECTED[group]}
    if group == "service_areas":
        for area, items in EXPECTED[group].items():
            ids |= {f"{group}#{area}.{item}" for item in range(1, items + 1)}
    return ids


def covered(group: str) -> Counter[str]:
    """How many English pages name each fact of a group."""
    return Counter(
        fact
        for (_key, language), entry in starter_content().pages.items()
        if language == "en"
        for fact in entry.data.facts
        if fact.startswith(f"{group}#")
    )


@pytest.mark.parametrize(
    "group",
    ["procedures", "agreements", "laws", "guidance", "recommendations", "statistics", "service_areas"],
)
def test_every_fact_is_covered_by_exactly_one_page(group: str) -> None:
    assert covered(group) == dict.fromkeys(expected(group), 1)


def test_every_case_study_rests_on_records_that_exist_and_none_is_told_twice() -> None:
    facts = covered("case_studies")
    assert facts.keys() <= expected("case_studies")
    assert set(facts.values()) == {1}


def test_there_are_at_least_sixty_case_studies_practices_and_lessons() -> None:
    assert len(pages("case_study")) >= 60


def test_case_studies_come_from_every_country() -> None:
    countries = {
        code
        for entry in pages("case_study").values()
        for code in [*entry.data.origin, *entry.data.destination]
    }
    assert countries >= {"KH", "CN", "LA", "MM", "TH", "VN"}


@pytest.mark.parametrize(("group", "kind"), ONE_PAGE_EACH.items())
def test_each_record_has_a_page_of_its_own(group: str, kind: str) -> None:
    resting = [
        entry for entry in pages(kind).values() if any(f.startswith(f"{group}#") for f in entry.data.facts)
    ]
    assert len(resting) == len(EXPECTED[group])


def test_every_procedure_has_all_its_steps() -> None:
    steps = {
        fact.removeprefix("procedures#"): len(entry.data.steps)
        for entry in pages("sop").values()
        for fact in entry.data.facts
    }
    assert steps == EXPECTED["procedures"]
    assert sum(steps.values()) == 244


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_the_ten_checklists_have_all_their_items(language: str) -> None:
    items = {
        entry.data.service_area: len(entry.data.items) for entry in pages("checklist", language).values()
    }
    assert items == EXPECTED["service_areas"]
    assert sum(items.values()) == 62


def shape(value: Any) -> Any:
    """The structure of a page: its keys, numbers and codes, and how many sentences it has where."""
    if isinstance(value, dict):
        return {
            name: part if name in {"key", "number", "outcomes", "principles", "facts"} else shape(part)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [shape(part) for part in value]
    return type(value).__name__ if isinstance(value, str) else value


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translated_checklist_has_the_structure_of_the_english_one(language: str) -> None:
    for key, entry in pages("checklist", language).items():
        english = shape(pages("checklist")[key].data.model_dump(exclude={"related", "procedures"}))
        assert shape(entry.data.model_dump(exclude={"related", "procedures"})) == english, key


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_sentence_of_a_translated_checklist_is_the_english_one(language: str) -> None:
    for key, entry in pages("checklist", language).items():
        english = {item.text for item in pages("checklist")[key].data.items}
        assert not english & {item.text for item in entry.data.items}, key


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_the_pages_that_everybody_needs_exist_in_every_language(language: str) -> None:
    assert {key for key, code in starter_content().pages if code == language} >= EVERYWHERE


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_all_terms_exist_in_every_language(language: str) -> None:
    terms = starter_content().terms
    assert len(terms[language]) == len(EXPECTED["glossary"]) == 172
    assert [term.key for term in terms[language]] == [term.key for term in terms["en"]]


def test_every_record_of_the_glossary_is_a_term() -> None:
    facts = [fact for term in starter_content().terms["en"] for fact in term.facts]
    assert Counter(facts) == dict.fromkeys(expected("glossary"), 1)


def test_every_figure_is_shown() -> None:
    figures = [
        figure
        for (_key, language), entry in starter_content().pages.items()
        if language == "en"
        for figure in getattr(entry.data, "figures", [])
    ]
    assert len(figures) == len(EXPECTED["statistics"]) == 62


def test_all_recommendations_are_told() -> None:
    numbers = {r.number for entry in pages("guidance").values() for r in entry.data.recommendations}
    assert numbers == set(EXPECTED["recommendations"]) == set(range(1, 22))


def test_every_page_that_rests_on_facts_names_a_source() -> None:
    assert not [
        place
        for place, entry in starter_content().pages.items()
        if entry.data.facts and not entry.data.sources
    ]


def test_only_pages_about_the_site_rest_on_no_facts() -> None:
    without = {key for (key, _language), entry in starter_content().pages.items() if not entry.data.facts}
    assert without <= EVERYWHERE


def test_every_term_names_a_source_in_english() -> None:
    assert not [term.key for term in starter_content().terms["en"] if not term.sources]


@pytest.mark.parametrize("name", ["service-areas", "stages", "outcomes", "principles", "countries", "tags"])
def test_concepts_have_words_in_every_language(name: str) -> None:
    languages = {language.code for language in LANGUAGES}
    assert not [row.code for row in starter_content().concepts[name] if set(row.words) != languages]
