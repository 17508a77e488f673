"""Loading once, again, after an interruption, and after a file has changed."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page, Revision

from content.models import Country
from glossary.models import Term
from guidelines.models import LawPage, SOPPage
from portal.models import StarterRecord
from portal.starter_content.loading import PageLoader
from tests.portal.starter_content.folders import (
    CHECKLIST,
    LAW,
    PAGES,
    ROWS,
    StarterFolder,
)
from tests.portal.starter_content.outcomes import checklist, counts, loaded_and_undone, snapshot

pytestmark = pytest.mark.django_db


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
    uninterrupted = loaded_and_undone(folder)
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
    assert snapshot() == uninterrupted


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
