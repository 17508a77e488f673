"""Languages, block ids, relations and bodies of loaded pages."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from content.models import RelatedPages
from editions.content import without_paragraph_keys
from glossary.models import Term
from guidelines.models import AgreementPage, GuidancePage, SOPPage
from tests.factories.editions import publish
from tests.factories.pages import home
from tests.portal.starter_content.folders import (
    CHECKLIST_KM,
    GUIDANCE,
    PROCEDURE,
    StarterFolder,
)
from tests.portal.starter_content.outcomes import block_ids, checklist, loaded_and_undone, snapshot

pytestmark = pytest.mark.django_db


def test_a_translation_shares_translation_key_and_slug(folder: StarterFolder) -> None:
    folder.load()
    english, khmer = checklist("en"), checklist("km")
    assert english.translation_key == khmer.translation_key
    assert english.slug == khmer.slug == "medical-assistance"
    assert khmer.title == CHECKLIST_KM["title"]


def test_a_translated_term_shares_its_translation_key(folder: StarterFolder) -> None:
    folder.load()
    assert len(set(Term.objects.filter(key="return").values_list("translation_key", flat=True))) == 1


def test_block_ids_are_the_same_in_all_languages(folder: StarterFolder) -> None:
    folder.load()
    assert block_ids(checklist("en")) == block_ids(checklist("km"))
    assert all(block_ids(checklist("en"))[name] for name in ("items", "sources"))


def test_block_ids_are_the_same_after_loading_anew(folder: StarterFolder) -> None:
    before = loaded_and_undone(folder)
    folder.load()
    assert snapshot() == before


def test_no_two_blocks_of_a_page_have_the_same_id(folder: StarterFolder) -> None:
    folder.load()
    for page in Page.objects.filter(depth__gte=2).specific():
        ids = [found for field in block_ids(page).values() for found in field]
        assert len(ids) == len(set(ids)), page


def test_a_translated_home_page_leads_to_the_english_page_where_there_is_no_other(
    folder: StarterFolder,
) -> None:
    task = {"label": "ស្វែងរកគ្រួសារ", "page": "guidance/family-tracing"}
    folder.page("km/home", {"type": "home", "title": "ទំព័រដើម"}, tasks=[task])
    folder.load()
    (block,) = home("km").tasks
    assert block.value["page"].pk == GuidancePage.objects.get().pk


def test_related_pages_are_stored_once_a_pair(folder: StarterFolder) -> None:
    folder.load()
    pairs = [frozenset((pair.page.slug, pair.other.slug)) for pair in RelatedPages.objects.all()]
    assert sorted(map(sorted, pairs)) == [["family-tracing", "th-kh"], ["medical-assistance", "th-kh"]]


def test_a_pair_that_one_file_drops_stays_while_the_other_names_it(folder: StarterFolder) -> None:
    folder.load()
    folder.page("en/guidance/family-tracing", GUIDANCE, related=None)
    folder.load()
    assert RelatedPages.objects.filter(other__slug="family-tracing", page__slug="th-kh").exists()


def test_a_pair_that_both_files_drop_goes(folder: StarterFolder) -> None:
    folder.load()
    folder.page("en/guidance/family-tracing", GUIDANCE, related=None)
    folder.page("en/procedures/th-kh", PROCEDURE, related=None)
    folder.load()
    assert not RelatedPages.objects.filter(page__slug="family-tracing").exists()
    assert not RelatedPages.objects.filter(other__slug="family-tracing").exists()


def test_an_editor_who_publishes_a_page_again_keeps_its_related_pages(folder: StarterFolder) -> None:
    folder.load()
    pairs = RelatedPages.objects.count()
    for page in (GuidancePage.objects.get(), checklist()):
        publish(page.get_latest_revision_as_object())
    assert RelatedPages.objects.count() == pairs > 0


# Bodies


def test_a_link_to_a_page_is_stored_as_its_id(folder: StarterFolder) -> None:
    folder.load()
    agreement = AgreementPage.objects.get()
    paragraph = GuidancePage.objects.get().body[0].value.source
    assert without_paragraph_keys(paragraph) == (
        f'<p>A paragraph about <a linktype="page" id="{agreement.pk}">the agreement</a>.</p>'
    )


def test_headings_and_lists_become_blocks(folder: StarterFolder) -> None:
    folder.load()
    _first, heading, rest = GuidancePage.objects.get().body
    assert (heading.block_type, heading.value["text"], heading.value["level"]) == (
        "heading",
        "How it is done",
        "2",
    )
    assert without_paragraph_keys(rest.value.source) == (
        "<ul><li>One thing</li><li><b>Another</b> thing</li></ul>"
    )


def test_markup_in_a_body_stays_text(folder: StarterFolder) -> None:
    folder.page("en/guidance/family-tracing", GUIDANCE, "Hello <script>alert(1)</script>\n")
    folder.load()
    assert "<script>" not in GuidancePage.objects.get().body[0].value.source


def test_a_picture_from_elsewhere_is_not_shown(folder: StarterFolder) -> None:
    folder.page("en/guidance/family-tracing", GUIDANCE, "![map](https://example.org/map.png)\n")
    folder.load()
    assert "<img" not in GuidancePage.objects.get().body[0].value.source


def test_the_parts_of_a_procedure_are_loaded(folder: StarterFolder) -> None:
    folder.load()
    page = SOPPage.objects.get()
    assert [corridor.code for corridor in page.shown_corridors] == ["TH-KH"]
    assert page.legal_basis[0].value["page"].pk == AgreementPage.objects.get().pk
    assert page.steps[1].value["branches"][0]["target"] == "trace"
    assert [tag.slug for tag in page.tags.all()] == ["children"]
