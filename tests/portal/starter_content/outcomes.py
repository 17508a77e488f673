"""What a run of the loader said, and what it left behind."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from content.models import RelatedPages
from content.taxonomy import forget_taxonomy
from guidelines.models import ChecklistPage
from tests.portal.starter_content.folders import StarterFolder


def counts(said: str) -> dict[str, str]:
    """What the command said of rows and of pages."""
    return dict(line.rsplit(": ", 1) for line in said.splitlines())


def checklist(language: str = "en") -> ChecklistPage:
    return ChecklistPage.objects.get(locale__language_code=language)


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


def loaded_and_undone(folder: StarterFolder) -> dict[str, Any]:
    """What loading the folder would leave behind."""
    with transaction.atomic():
        folder.load()
        left = snapshot()
        transaction.set_rollback(True)
    forget_taxonomy()
    Site.clear_site_root_paths_cache()
    return left
