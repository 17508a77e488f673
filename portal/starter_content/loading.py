"""Loads starter content into the site: rows first, then pages, English before its translations.

Starter pages are published without anybody's approval, as unconfirmed editions; they say so to their
readers. Running it again changes nothing, and never what an editor has changed or confirmed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import translation
from wagtail.models import Locale, Page

from casestudies.models import CaseStudyIndexPage, CaseStudyPage
from content.languages import DEFAULT_LANGUAGE, LANGUAGES
from content.models import RelatedPages, SourceDocument, StandardPage, TaggedPage
from content.taxonomy import forget_taxonomy, taxonomy
from editions.choices import Change
from editions.content import text_of
from editions.models import Edition, Standing, VersionedPage
from editions.models.editions import checksum
from editions.publication import as_starter_content
from glossary.models import GlossaryPage
from guidelines.models import (
    AgreementIndexPage,
    AgreementPage,
    ChecklistPage,
    GuidanceIndexPage,
    GuidancePage,
    LawIndexPage,
    LawPage,
    ProcedureIndexPage,
    ServiceAreaIndexPage,
    SOPPage,
)
from portal.models import CountryIndexPage, CountryPage, HomePage, StarterRecord
from portal.starter_content.entries import PageEntry, StarterContent
from portal.starter_content.report import Report
from portal.starter_content.rows import RowLoader
from portal.starter_content.values import Lookup, Values

MODELS: dict[str, type[Page]] = {
    "sop": SOPPage,
    "checklist": ChecklistPage,
    "agreement": AgreementPage,
    "law": LawPage,
    "guidance": GuidancePage,
    "case_study": CaseStudyPage,
    "country": CountryPage,
    "standard": StandardPage,
    "home": HomePage,
}
SECTIONS: dict[str, type[Page]] = {
    "procedures": ProcedureIndexPage,
    "service-areas": ServiceAreaIndexPage,
    "agreements": AgreementIndexPage,
    "laws": LawIndexPage,
    "guidance": GuidanceIndexPage,
    "case-studies": CaseStudyIndexPage,
    "countries": CountryIndexPage,
    "glossary": GlossaryPage,
}
#: Pages without editions that hold a practice to confirm. Of versioned pages the guard knows it; the rest
#: is about the site itself.
UNCONFIRMED = (CaseStudyPage, CountryPage)
#: What readers see of a newer file. A change note is data, in English like the edition that it belongs to.
CHANGE_NOTE = "The starter content was updated."


def load(content: StarterContent, *, dry_run: bool, tick: Callable[[], object]) -> tuple[Report, Report]:
    """Load everything; gives the reports of rows and of pages. ``tick`` is called once an entry."""
    rows, pages = Report(), Report()
    with transaction.atomic():
        RowLoader(content, rows, dry_run).load(tick)
    forget_taxonomy()
    PageLoader(content, pages, dry_run).load(tick)
    return rows, pages


def entry_count(content: StarterContent) -> int:
    """How often ``tick`` will be called."""
    return (
        len(content.documents)
        + sum(map(len, content.concepts.values()))
        + sum(map(len, content.terms.values()))
        + len(content.pages)
    )


class PageLoader:
    def __init__(self, content: StarterContent, report: Report, dry_run: bool) -> None:
        self.content = content
        self.report = report
        self.dry_run = dry_run
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.records = {
            (record.key, record.language): record
            for record in StarterRecord.objects.exclude(key__contains=":")
        }
        self.existing = self._existing_pages()
        self.tag_slugs = {tag.code: tag.slug for tag in content.concepts["tags"]}
        self.documents = dict(SourceDocument.objects.values_list("code", "pk"))

    def _existing_pages(self) -> dict[tuple[str, str], Page]:
        """All pages by key and language: those that were loaded, wherever they stand now, then by address."""
        found = {}
        pages = {
            page.pk: page for page in Page.objects.filter(depth__gte=2).select_related("locale", "standing")
        }
        for page in pages.values():
            below_home = page.url_path.strip("/").partition("/")[2]
            found[below_home or "home", page.locale.language_code] = page
        for place, record in self.records.items():
            loaded = pages.get(int(record.object_id))
            if loaded is not None:
                found[place] = loaded
        return found

    def load(self, tick: Callable[[], object]) -> None:
        """Pages are made first and filled afterwards, because they name one another."""
        to_fill = []
        places = set(self.existing)
        for entry in self._ordered():
            if (entry.parent_key, entry.language) not in places:
                self.report.left_alone += 1  # an editor has deleted the page above it
            elif self._wanted(entry):
                to_fill.append(entry)
                places.add((entry.key, entry.language))
        if self.dry_run:
            for _entry in self.content.pages:
                tick()
            return
        for entry in to_fill:
            if (entry.key, entry.language) not in self.existing:
                with transaction.atomic():
                    self._make(entry)
        for _number in range(len(self.content.pages) - len(to_fill)):
            tick()
        for entry in to_fill:
            with transaction.atomic(), translation.override(entry.language):
                self._fill(entry)
            tick()

    def _ordered(self) -> list[PageEntry]:
        """Parents before children, English before its translations."""
        order = [language.code for language in LANGUAGES]
        return sorted(
            self.content.pages.values(),
            key=lambda e: (e.key != "home", e.key.count("/"), order.index(e.language), e.key),
        )

    def _wanted(self, entry: PageEntry) -> bool:
        page = self.existing.get((entry.key, entry.language))
        record = self.records.get((entry.key, entry.language))
        if entry.key == "home" and record is None and page is not None and page.latest_revision_id is None:
            # The migration made the bare home pages; nobody has touched this one.
            self.report.created += 1
            return True
        if record is not None and page is not None and str(page.pk) != record.object_id:
            page = None  # another page stands at the address of one that was deleted
        return self.report.decide(record, entry.checksum, page is not None, _page_state(page) if page else "")

    def _make(self, entry: PageEntry) -> None:
        """A page with its place, title and language, not yet live."""
        data = entry.data
        model = SECTIONS[data.lists] if data.type == "section" else MODELS[data.type]
        page = model(
            title=data.title,
            slug=entry.slug,
            locale=self.locales[entry.language],
            live=False,
            **self._required(entry),
        )
        original = self.existing.get((entry.key, DEFAULT_LANGUAGE))
        if original is not None:
            page.translation_key = original.translation_key
        # Fetched anew: a parent that has got a child counts its children differently.
        parent = Page.objects.get(pk=self.existing[entry.parent_key, entry.language].pk)
        parent.add_child(instance=page)
        self.existing[entry.key, entry.language] = page
        # Without a record, a run that was cut off here would leave pages that look like an editor's own.
        self._remember(entry, page, checksum="")

    @staticmethod
    def _required(entry: PageEntry) -> dict[str, Any]:
        """Foreign keys without which a row cannot be."""
        words = taxonomy()
        if entry.data.type == "checklist":
            return {"service_area_id": words.service_areas.by_code[str(entry.data.service_area)].pk}
        if entry.data.type == "country":
            return {"country_id": words.countries.by_code[entry.data.country].pk}
        return {}

    def _lookup(self, language: str) -> Lookup:
        """Pages in this language, else in English: a Khmer home page may lead to an English procedure.

        What an editor has deleted is in neither.
        """
        pages = {key: page.pk for (key, code), page in self.existing.items() if code == DEFAULT_LANGUAGE}
        pages |= {key: page.pk for (key, code), page in self.existing.items() if code == language}
        return Lookup(pages, self.documents)

    def _fill(self, entry: PageEntry) -> None:
        # Fetched anew: since it was made, pages have been added below it.
        page = Page.objects.get(pk=self.existing[entry.key, entry.language].pk).specific
        values = Values(entry, self._lookup(entry.language))
        for name, value in {**values.common(), **values.special(), **self._required(entry)}.items():
            setattr(page, name, value)
        page.translation_unreviewed = entry.language != DEFAULT_LANGUAGE
        self._set_relations(page, entry)
        if entry.language == DEFAULT_LANGUAGE:
            self._relate(page, entry)
        self._publish(page, _edition_of(self.existing[entry.key, entry.language]))
        page = Page.objects.select_related("locale", "standing").get(pk=page.pk)
        self.existing[entry.key, entry.language] = page
        self._remember(entry, page, checksum=entry.checksum)

    @staticmethod
    def _publish(page: Any, current: Edition | None) -> None:
        """Unless only something beside the text of an edition is new."""
        if not issubclass(type(page), VersionedPage):
            page.unconfirmed = type(page) in UNCONFIRMED
        elif current is not None:
            if current.sha256 == checksum(text_of(page.serializable_data())):
                return
            # Another text under the same number: nobody has approved either of them.
            page.edition_change, page.change_note = Change.CORRECTION, CHANGE_NOTE
        revision = page.save_revision(clean=False, log_action=False)
        with as_starter_content():
            revision.publish(log_action=False)

    @staticmethod
    def _remember(entry: PageEntry, page: Page, *, checksum: str) -> None:
        StarterRecord.objects.update_or_create(
            key=entry.key,
            language=entry.language,
            defaults={
                "checksum": checksum,
                "object_id": str(page.pk),
                "state": _page_state(page),
            },
        )

    def _set_relations(self, page: Any, entry: PageEntry) -> None:
        """Concepts, by their codes."""
        words, data = taxonomy(), entry.data

        def rows(group: Any, codes: Any) -> list[Any]:
            found = (group.get(str(code)) for code in codes)
            return [row for row in found if row is not None]  # what an editor has deleted stays away

        tags = rows(words.tags, (self.tag_slugs[code] for code in data.tags))
        page.tagged_items = [TaggedPage(tag=tag) for tag in tags]
        countries = set(getattr(data, "countries", []))
        if data.type == "agreement":
            countries |= {party.country for party in data.parties if party.country}
        elif data.type == "law":
            countries |= {ratification.country for ratification in data.ratifications}
            countries |= {data.country} if data.country else set()
            page.country_id = words.countries.by_code[data.country].pk if data.country else None
        elif data.type == "case_study":
            countries |= {*data.origin, *data.destination}
            page.origins = rows(words.countries, data.origin)
            page.destinations = rows(words.countries, data.destination)
            page.exploitation = rows(words.exploitation_forms, data.exploitation)
            page.content_warnings = rows(words.content_warnings, data.content_warnings)
        elif data.type == "checklist":
            page.outcomes = rows(words.outcomes, data.outcomes)
            page.principles = rows(words.principles, data.principles)
        elif data.type == "sop":
            page.stage_id = words.stages.by_code[data.stage].pk
        if hasattr(page, "corridors"):
            page.countries = rows(words.countries, sorted(countries))
            page.corridors = rows(words.corridors, getattr(data, "corridors", []))
            stages = list(getattr(data, "stages", []))
            if data.type == "sop" and data.stage not in stages:
                stages.append(data.stage)
            page.stages = rows(words.stages, stages)
            page.service_areas = rows(words.service_areas, getattr(data, "service_areas", []))

    def _relate(self, page: Any, entry: PageEntry) -> None:
        """The pairs that belong to this page. They are part of its revision, like all else an editor sees."""
        before = {relation.other_id: relation for relation in page.related_to.all()}
        named_there = set(RelatedPages.objects.filter(other=page).values_list("page_id", flat=True))
        others = (self.existing.get((key, DEFAULT_LANGUAGE)) for key in entry.related)
        relations: list[RelatedPages] = []
        for other in others:
            if other is not None and other.pk not in named_there:
                relation = before.get(other.pk) or RelatedPages(other=other)
                relation.sort_order = len(relations)
                relations.append(relation)
        page.related_to = relations


def _page_state(page: Page) -> str:
    """What an editor's work changes: the latest revision, whether the page may be read, where it stands.

    Of a page that nobody has confirmed or retired the words are those of releases without editions, so
    that an upgrade takes no page for an editor's.
    """
    words = [str(page.latest_revision_id), "live" if page.live else "not live"]
    standing = _standing_of(page)
    if standing is not None:
        words += [] if standing.unconfirmed else ["confirmed"]
        words += [standing.out_of_use] if standing.out_of_use else []
        words += ["taken down"] if standing.taken_down else []
    return " ".join(words)


def _standing_of(page: Page) -> Standing | None:
    """Without a query where it was read with the page."""
    try:
        return page.standing
    except Standing.DoesNotExist:
        return None


def _edition_of(page: Page) -> Edition | None:
    standing = _standing_of(page)
    return standing.current if standing is not None else None
