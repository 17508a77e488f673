"""Loading again completes and updates; what an editor has changed or deleted is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model
from wagtail.models import Page, Revision

from content.models import (
    Concept,
    Country,
    RelatedPages,
    ServiceArea,
    SourceDocument,
    StandardPage,
    Tag,
)
from glossary.models import Term
from guidelines.models import AgreementPage, ChecklistPage, GuidancePage, LawPage, SOPPage
from portal.models import HomePage, StarterRecord
from portal.starter_content.loading import PageLoader
from tests.factories.pages import home
from tests.portal.starter_content.folders import (
    CHECKLIST,
    CHECKLIST_KM,
    GUIDANCE,
    LAW,
    PAGES,
    PROCEDURE,
    StarterFolder,
    concept,
)

pytestmark = pytest.mark.django_db

ROWS = 14  # a document, ten concepts and countries, three terms


def counts(said: str) -> dict[str, str]:
    """What the command said of rows and of pages."""
    return dict(line.rsplit(": ", 1) for line in said.splitlines())


def checklist(language: str = "en") -> ChecklistPage:
    return ChecklistPage.objects.get(locale__language_code=language)


def edited(page: Any, **changes: Any) -> Any:
    """``page``, changed and published by an editor."""
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def block_ids(page: Any) -> dict[str, list[str]]:
    """The ids of all blocks by stream field, those of lists inside blocks too."""

    def ids(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["id"]] if "id" in value else []
            return own + [found for part in value.values() for found in ids(part)]
        return [found for part in value for found in ids(part)] if isinstance(value, list) else []

    return {
        field.name: ids(list(getattr(page, field.name).get_prep_value()))
        for field in page._meta.fields
        if type(field).__name__ == "StreamField"
    }


def snapshot() -> dict[str, Any]:
    """All pages and relations without the keys of the database."""
    keys = dict(Page.objects.values_list("pk", "url_path"))
    pages = {
        page.url_path: (page.title, page.live, page.locale_id, block_ids(page))
        for page in Page.objects.filter(depth__gte=2).specific()
    }
    pairs = {(keys[pair.page_id], keys[pair.other_id]) for pair in RelatedPages.objects.all()}
    return {"pages": pages, "pairs": pairs}


# Once and again


def test_the_first_run_creates_everything(folder: StarterFolder) -> None:
    assert counts(folder.load()) == {
        "Words, countries, terms": f"created {ROWS}, updated 0, unchanged 0, "
        "changed or deleted by an editor 0",
        "Pages": f"created {PAGES}, updated 0, unchanged 0, changed or deleted by an editor 0",
    }


def test_the_second_run_changes_nothing(folder: StarterFolder) -> None:
    folder.load()
    revisions = Revision.objects.count()
    assert counts(folder.load()) == {
        "Words, countries, terms": f"created 0, updated 0, unchanged {ROWS}, "
        "changed or deleted by an editor 0",
        "Pages": f"created 0, updated 0, unchanged {PAGES}, changed or deleted by an editor 0",
    }
    assert Revision.objects.count() == revisions


def test_a_dry_run_writes_nothing_and_counts_the_same(folder: StarterFolder) -> None:
    pages = Page.objects.count()
    said = folder.load("--dry-run").replace("Would be done. ", "")
    assert Page.objects.count() == pages
    assert not StarterRecord.objects.exists()
    assert not Country.objects.exists()
    assert not Term.objects.exists()
    assert said == folder.load()


def test_a_dry_run_over_loaded_pages_updates_none(folder: StarterFolder) -> None:
    folder.load()
    folder.page("en/laws/protection", LAW, title="Law on Protection, as amended")
    assert "Pages: created 0, updated 1" in folder.load("--dry-run")
    assert LawPage.objects.get().title == "Law on Protection"


def test_pages_are_live_and_have_a_revision(folder: StarterFolder) -> None:
    folder.load()
    page = SOPPage.objects.get()
    assert page.live
    assert not page.has_unpublished_changes
    assert page.latest_revision_id == page.live_revision_id is not None


def test_an_interrupted_run_is_completed_by_the_next(
    folder: StarterFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = PageLoader._fill

    def fill_until_the_power_fails(self: PageLoader, entry: Any) -> None:
        if entry.key == "laws/protection":
            raise KeyboardInterrupt
        fill(self, entry)

    monkeypatch.setattr(PageLoader, "_fill", fill_until_the_power_fails)
    with pytest.raises(KeyboardInterrupt):
        folder.load()
    monkeypatch.undo()
    assert not LawPage.objects.get().live
    folder.load()
    completed = snapshot()
    assert all(live for _title, live, *_rest in completed["pages"].values())
    Page.objects.filter(depth__gte=3).delete()
    HomePage.objects.update(latest_revision=None)
    StarterRecord.objects.exclude(key__contains=":").delete()
    folder.load()
    assert snapshot() == completed


# Changed files


def test_a_changed_file_updates_an_untouched_page_with_a_new_revision(folder: StarterFolder) -> None:
    folder.load()
    before, revisions = checklist(), checklist().revisions.count()
    items = [*CHECKLIST["items"], {"key": "list", "text": "List the clinics."}]
    folder.page("en/service-areas/medical-assistance", CHECKLIST, items=items)
    assert "Pages: created 0, updated 1" in folder.load()
    after = checklist()
    assert [block.value["text"] for block in after.items][-1] == "List the clinics."
    assert after.live
    assert after.revisions.count() == revisions + 1
    assert after.latest_revision_id != before.latest_revision_id


def test_items_keep_their_ids_when_the_file_changes(folder: StarterFolder) -> None:
    folder.load()
    before = {block.value["text"]: block.id for block in checklist().items}
    items = [{"key": "list", "text": "List the clinics."}, *reversed(CHECKLIST["items"])]
    folder.page("en/service-areas/medical-assistance", CHECKLIST, items=items)
    folder.load()
    after = {block.value["text"]: block.id for block in checklist().items}
    assert before == {text: identifier for text, identifier in after.items() if text in before}


def test_changed_sources_in_english_update_the_translation(folder: StarterFolder) -> None:
    folder.load()
    folder.page(
        "en/service-areas/medical-assistance", CHECKLIST, sources=[{"document": "report", "where": "x"}]
    )
    assert "Pages: created 0, updated 2" in folder.load()
    assert checklist("km").sources[0].value["where"] == "x"


def test_a_new_file_adds_a_page(folder: StarterFolder) -> None:
    folder.load()
    folder.page("en/laws/another", LAW, title="Another law")
    assert f"Pages: created 1, updated 0, unchanged {PAGES}" in folder.load()
    assert LawPage.objects.get(slug="another").live


# What editors do


def test_a_page_that_an_editor_changed_is_never_overwritten(folder: StarterFolder) -> None:
    folder.load()
    page = edited(LawPage.objects.get(), gist="As an editor said it.")
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


def test_a_deleted_page_stays_deleted(folder: StarterFolder) -> None:
    folder.load()
    LawPage.objects.get().delete()
    assert "changed or deleted by an editor 1" in folder.load()
    assert not LawPage.objects.exists()


def test_a_page_taken_offline_does_not_come_back(folder: StarterFolder) -> None:
    folder.load()
    LawPage.objects.get().unpublish()
    folder.page("en/laws/protection", LAW, gist="As the file says it.")
    folder.load()
    assert not LawPage.objects.get().live


def test_a_page_with_a_new_address_is_not_made_again(folder: StarterFolder) -> None:
    folder.load()
    edited(LawPage.objects.get(), slug="protection-act")
    folder.load()
    assert LawPage.objects.get().slug == "protection-act"


def test_a_page_of_an_editor_at_the_address_of_a_deleted_one_stays(folder: StarterFolder) -> None:
    folder.load()
    page = LawPage.objects.get()
    section = page.get_parent()
    page.delete()
    section = Page.objects.get(pk=section.pk)
    section.add_child(instance=LawPage(title="Mine", slug="protection", kind="law", gist="Mine."))
    folder.load()
    assert LawPage.objects.get().title == "Mine"


def test_a_page_of_an_editor_that_stood_there_first_stays(folder: StarterFolder) -> None:
    home().add_child(instance=StandardPage(title="Our own", slug="about"))
    folder.page("en/about", {"type": "standard", "title": "About Homeward"})
    assert "changed or deleted by an editor 1" in folder.load()
    assert StandardPage.objects.get().title == "Our own"


def test_new_pages_of_a_deleted_section_are_left_out(folder: StarterFolder) -> None:
    folder.load()
    LawPage.objects.get().get_parent().delete()
    folder.page("en/laws/another", LAW, title="Another law")
    assert "created 0, updated 0" in counts(folder.load())["Pages"]
    assert not LawPage.objects.exists()


def test_pages_do_without_what_an_editor_has_deleted(folder: StarterFolder) -> None:
    folder.load()
    GuidancePage.objects.get().delete()
    AgreementPage.objects.get().delete()
    SourceDocument.objects.all().delete()
    Tag.objects.all().delete()
    folder.page("en/procedures/th-kh", PROCEDURE, title="Return, as told anew")
    folder.page("en/home", {"type": "home", "title": "Home again"}, tasks=None)
    assert "updated 2" in counts(folder.load())["Pages"]
    page = SOPPage.objects.get()
    assert page.title == "Return, as told anew"
    assert len(page.legal_basis) == len(page.sources) == page.tags.count() == page.related_to.count() == 0


def test_a_link_to_a_deleted_page_keeps_its_words(folder: StarterFolder) -> None:
    folder.load()
    AgreementPage.objects.get().delete()
    folder.page("en/guidance/family-tracing", GUIDANCE, "See [the agreement](page:agreements/mou) first.\n")
    folder.load()
    assert GuidancePage.objects.get().body[0].value.source == "<p>See the agreement first.</p>"


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


# Languages


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
    folder.load()
    before = {page.url_path: block_ids(page) for page in Page.objects.filter(depth__gte=3).specific()}
    Page.objects.filter(depth__gte=3).delete()
    StarterRecord.objects.all().delete()
    folder.load()
    assert before == {page.url_path: block_ids(page) for page in Page.objects.filter(depth__gte=3).specific()}


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


# Relations


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
    for page in Page.objects.filter(
        slug__in=["family-tracing", "medical-assistance"], depth__gte=3
    ).specific():
        page.get_latest_revision_as_object().save_revision().publish()
    assert RelatedPages.objects.count() == pairs > 0


# Bodies


def test_a_link_to_a_page_is_stored_as_its_id(folder: StarterFolder) -> None:
    folder.load()
    agreement = AgreementPage.objects.get()
    paragraph = GuidancePage.objects.get().body[0].value.source
    assert paragraph == (
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
    assert rest.value.source == ("<ul>\n<li>One thing</li>\n<li><strong>Another</strong> thing</li>\n</ul>")


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
