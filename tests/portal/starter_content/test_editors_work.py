"""What an editor has changed, confirmed or deleted is left alone when starter content is loaded again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model

from casestudies.models import CaseStudyPage
from content.models import Concept, Country, ServiceArea, SourceDocument, StandardPage, Tag
from editions.content import without_paragraph_keys
from editions.retiring.retirement import withdraw
from glossary.models import Term
from guidelines.models import GuidancePage, LawPage, SOPPage
from tests.factories.editions import person_with, publish
from tests.factories.pages import home
from tests.portal.starter_content.folders import (
    GUIDANCE,
    LAW,
    PAGES,
    PROCEDURE,
    StarterFolder,
    concept,
)
from tests.portal.starter_content.outcomes import counts

pytestmark = pytest.mark.django_db


ABOUT = {"type": "standard", "title": "About us"}
STORY = {
    "type": "case_study",
    "kind": "lesson_learned",
    "person_level": False,
    "title": "A way back",
    "summary": "People came home.",
}


def with_pages_that_can_go(folder: StarterFolder) -> None:
    """Pages without editions: only those can be deleted or taken offline."""
    folder.page("en/about", ABOUT)
    folder.page("en/case-studies", {"type": "section", "title": "Case studies", "lists": "case-studies"})
    folder.page("en/case-studies/back", STORY)


# Pages


def test_a_page_that_an_editor_changed_is_never_overwritten(folder: StarterFolder) -> None:
    folder.load()
    page = LawPage.objects.get()
    page.gist = "As an editor said it."
    publish(page, "minor")
    folder.page("en/laws/protection", LAW, gist="As the file says it.")
    assert f"Pages: created 0, updated 0, unchanged {PAGES - 1}, changed or deleted by an editor 1" in (
        folder.load()
    )
    after = LawPage.objects.get()
    assert after.gist == "As an editor said it."
    assert after.latest_revision_id == page.latest_revision_id


def test_a_draft_of_an_editor_is_never_overwritten(folder: StarterFolder) -> None:
    folder.load()
    page = LawPage.objects.get()
    page.gist = "Half a sentence"
    page.save_revision()
    folder.page("en/laws/protection", LAW, gist="As the file says it.")
    folder.load()
    page = LawPage.objects.get()
    assert page.gist == LAW["gist"]
    assert page.get_latest_revision_as_object().gist == "Half a sentence"


def test_a_page_that_was_confirmed_is_never_overwritten(folder: StarterFolder) -> None:
    folder.load()
    publish(LawPage.objects.get())
    folder.page("en/laws/protection", LAW, gist="As the file says it.")
    assert "changed or deleted by an editor 1" in folder.load()
    assert LawPage.objects.get().gist == LAW["gist"]


def test_a_withdrawn_page_is_not_brought_up_to_date(folder: StarterFolder) -> None:
    folder.load()
    withdraw(LawPage.objects.get(), by=person_with(), reason="It was repealed.")
    folder.page("en/laws/protection", LAW, gist="As the file says it.")
    assert "changed or deleted by an editor 1" in folder.load()
    assert LawPage.objects.get().gist == LAW["gist"]


def test_a_deleted_page_stays_deleted(folder: StarterFolder) -> None:
    with_pages_that_can_go(folder)
    folder.load()
    StandardPage.objects.get().delete()
    assert "changed or deleted by an editor 1" in folder.load()
    assert not StandardPage.objects.exists()


def test_a_page_taken_offline_does_not_come_back(folder: StarterFolder) -> None:
    with_pages_that_can_go(folder)
    folder.load()
    StandardPage.objects.get().unpublish()
    folder.page("en/about", ABOUT, introduction="As the file says it.")
    folder.load()
    assert not StandardPage.objects.get().live


def test_a_page_with_a_new_address_is_not_made_again(folder: StarterFolder) -> None:
    folder.load()
    page = LawPage.objects.get()
    page.slug = "protection-act"
    publish(page, "correction")
    folder.load()
    assert LawPage.objects.get().slug == "protection-act"


def test_a_page_of_an_editor_at_the_address_of_a_deleted_one_stays(folder: StarterFolder) -> None:
    with_pages_that_can_go(folder)
    folder.load()
    StandardPage.objects.get().delete()
    home().add_child(instance=StandardPage(title="Mine", slug="about"))
    folder.load()
    assert StandardPage.objects.get().title == "Mine"


def test_a_page_of_an_editor_that_stood_there_first_stays(folder: StarterFolder) -> None:
    home().add_child(instance=StandardPage(title="Our own", slug="about"))
    folder.page("en/about", {"type": "standard", "title": "About Homeward"})
    assert "changed or deleted by an editor 1" in folder.load()
    assert StandardPage.objects.get().title == "Our own"


def test_new_pages_of_a_deleted_section_are_left_out(folder: StarterFolder) -> None:
    with_pages_that_can_go(folder)
    folder.load()
    CaseStudyPage.objects.get().get_parent().delete()
    folder.page("en/case-studies/another", STORY, title="Another way back")
    assert "created 0, updated 0" in counts(folder.load())["Pages"]
    assert not CaseStudyPage.objects.exists()


def test_pages_do_without_what_an_editor_has_deleted(folder: StarterFolder) -> None:
    with_pages_that_can_go(folder)
    folder.load()
    StandardPage.objects.get().delete()
    CaseStudyPage.objects.get().delete()
    SourceDocument.objects.all().delete()
    Tag.objects.all().delete()
    folder.page("en/procedures/th-kh", PROCEDURE, title="Return, as told anew", related=["case-studies/back"])
    tasks = [{"label": "know who we are", "page": "about"}]
    folder.page("en/home", {"type": "home", "title": "Home again"}, tasks=tasks)
    assert "updated 2" in counts(folder.load())["Pages"]
    page = SOPPage.objects.get()
    assert page.title == "Return, as told anew"
    assert len(page.sources) == page.tags.count() == page.related_to.count() == 0


def test_a_link_to_a_deleted_page_keeps_its_words(folder: StarterFolder) -> None:
    with_pages_that_can_go(folder)
    folder.load()
    StandardPage.objects.get().delete()
    folder.page("en/guidance/family-tracing", GUIDANCE, "See [who we are](page:about) first.\n")
    folder.load()
    paragraph = GuidancePage.objects.get().body[0].value.source
    assert without_paragraph_keys(paragraph) == "<p>See who we are first.</p>"


# Rows


def test_words_of_a_concept_that_an_editor_changed_are_kept(folder: StarterFolder) -> None:
    folder.load()
    Concept.objects.get(code="return").words.update(name="Going home")
    folder.rows("concepts/stages.yaml", [concept("return", "Return journey")])
    assert "changed or deleted by an editor 1" in counts(folder.load())["Words, countries, terms"]
    assert Concept.objects.get(code="return").words.get().name == "Going home"


def test_words_of_an_untouched_concept_follow_the_file(folder: StarterFolder) -> None:
    folder.load()
    folder.rows("concepts/stages.yaml", [{**concept("return", "Return", km="ការវិលត្រឡប់"), "slug": "return"}])
    assert "updated 1" in counts(folder.load())["Words, countries, terms"]
    assert set(Concept.objects.get(code="return").words.values_list("language", flat=True)) == {"en", "km"}


def test_words_that_the_file_drops_are_dropped(folder: StarterFolder) -> None:
    folder.load()
    folder.rows("concepts/service-areas.yaml", [concept("1", "Housing"), concept("2", "Medical assistance")])
    folder.load()
    assert set(ServiceArea.objects.get(code="2").words.values_list("language", flat=True)) == {"en"}


def test_a_concept_put_between_two_others_moves_the_second(folder: StarterFolder) -> None:
    folder.load()
    names = [("1", "Housing"), ("3", "Counselling"), ("2", "Medical assistance")]
    folder.rows("concepts/service-areas.yaml", [concept(code, name) for code, name in names])
    folder.load()
    assert list(ServiceArea.objects.order_by("position").values_list("code", "position")) == [
        ("1", 1),
        ("3", 2),
        ("2", 3),
    ]


def test_the_time_zone_of_a_country_that_an_editor_set_is_kept(folder: StarterFolder) -> None:
    folder.load()
    Country.objects.filter(code="KH").update(time_zone="Asia/Bangkok")
    folder.rows("concepts/countries.yaml", [concept("KH", "Kampuchea"), concept("TH", "Thailand")])
    folder.load()
    country = Country.objects.get(code="KH")
    assert (country.time_zone, country.slug) == ("Asia/Bangkok", "cambodia")


@pytest.mark.parametrize("change", [{"definition": "By an editor."}, {"unreviewed": False}, {"live": False}])
def test_a_term_that_an_editor_changed_is_kept(folder: StarterFolder, change: dict[str, Any]) -> None:
    folder.load()
    Term.objects.filter(locale__language_code="km").update(**change)
    folder.rows("terms/km.yaml", [{"key": "return", "term": "ត្រឡប់", "definition": "ថ្មី។"}])
    assert "changed or deleted by an editor 1" in counts(folder.load())["Words, countries, terms"]
    term = Term.objects.get(locale__language_code="km")
    assert term.term == "ការវិលត្រឡប់"
    assert all(getattr(term, name) == value for name, value in change.items())


def test_an_untouched_term_follows_the_file(folder: StarterFolder) -> None:
    folder.load()
    folder.rows("terms/km.yaml", [{"key": "return", "term": "ត្រឡប់", "definition": "ថ្មី។"}])
    folder.load()
    assert Term.objects.get(locale__language_code="km").term == "ត្រឡប់"


@pytest.mark.parametrize("model", [SourceDocument, Tag, Term])
def test_a_row_that_an_editor_deleted_stays_deleted(folder: StarterFolder, model: type[Model]) -> None:
    folder.load()
    model._default_manager.all().delete()
    folder.load()
    assert not model._default_manager.exists()
