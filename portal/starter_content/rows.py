"""Loads what pages point to: documents, concepts, countries, corridors, tags, terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import permutations
from typing import Any

from wagtail.models import Locale

from content.languages import DEFAULT_LANGUAGE
from content.models import (
    Concept,
    ConceptWords,
    Corridor,
    Country,
    CountryWords,
    SourceDocument,
    Tag,
    TagWords,
)
from glossary.models import Term
from portal.models import StarterRecord
from portal.starter_content import schema
from portal.starter_content.entries import StarterContent, checksum
from portal.starter_content.report import Report
from portal.starter_content.values import block_id

#: The countries that have a page; the first six are the Greater Mekong Sub-region.
MEMBERS = ("KH", "CN", "LA", "MM", "TH", "VN")
WITH_PAGE = (*MEMBERS, "JP")
TIME_ZONES = {
    "KH": "Asia/Phnom_Penh", "CN": "Asia/Shanghai", "LA": "Asia/Vientiane", "MM": "Asia/Yangon",
    "TH": "Asia/Bangkok", "VN": "Asia/Ho_Chi_Minh", "JP": "Asia/Tokyo",
}  # fmt: skip
KINDS = {
    "service-areas": Concept.Kind.SERVICE_AREA,
    "stages": Concept.Kind.STAGE,
    "outcomes": Concept.Kind.OUTCOME,
    "principles": Concept.Kind.PRINCIPLE,
    "exploitation-forms": Concept.Kind.EXPLOITATION,
    "content-warnings": Concept.Kind.CONTENT_WARNING,
}


class RowLoader:
    """Creates what is missing and updates what nobody has changed since it was loaded.

    A row's state is a checksum of what the files can set. Where it differs from the state that was left
    behind, an editor has changed the row, and it stays as it is.
    """

    def __init__(self, content: StarterContent, report: Report, dry_run: bool) -> None:
        self.content = content
        self.report = report
        self.dry_run = dry_run
        self.records = {
            (record.key, record.language): record
            for record in StarterRecord.objects.filter(key__contains=":")
        }

    def load(self, tick: Callable[[], object]) -> None:
        for document in self.content.documents:
            self._document(document)
            tick()
        for name, kind in KINDS.items():
            for position, concept in enumerate(self.content.concepts[name], start=1):
                self._concept(name, kind, position, concept)
                tick()
        for position, country in enumerate(self.content.concepts["countries"], start=1):
            self._country(position, country)
            tick()
        for tag in self.content.concepts["tags"]:
            self._tag(tag)
            tick()
        self._corridors()
        self._terms(tick)

    def _wanted(self, key: str, stamp: str, existing: Any) -> bool:
        """Whether to write a row, and counts it."""
        record = self.records.get((key, ""))
        state = _state(existing) if existing is not None else ""
        return self.report.decide(record, stamp, existing is not None, state) and not self.dry_run

    def _remember(self, key: str, stamp: str, row: Any) -> None:
        row = type(row).objects.get(pk=row.pk)  # without the words that were read before they were written
        StarterRecord.objects.update_or_create(
            key=key,
            language="",
            defaults={"checksum": stamp, "object_id": str(row.pk), "state": _state(row)},
        )

    def _document(self, entry: schema.SourceDocument) -> None:
        existing = SourceDocument.objects.filter(code=entry.code).first()
        key, stamp = f"documents:{entry.code}", checksum(entry)
        if self._wanted(key, stamp, existing):
            row = existing or SourceDocument(code=entry.code)
            row.title, row.publisher = entry.title, entry.publisher or ""
            row.year, row.note = entry.year, entry.note or ""
            row.save()
            self._remember(key, stamp, row)

    def _concept(self, name: str, kind: str, position: int, entry: schema.Concept) -> None:
        existing = Concept.objects.filter(kind=kind, code=entry.code).first()
        key, stamp = f"{name}:{entry.code}", _stamp(entry, position)
        if self._wanted(key, stamp, existing):
            row = existing or Concept(kind=kind, code=entry.code)
            row.slug, row.position = entry.slug, position
            row.save()
            _write_words(row, "concept", ConceptWords, entry)
            self._remember(key, stamp, row)

    def _country(self, position: int, entry: schema.Concept) -> None:
        existing = Country.objects.filter(code=entry.code).first()
        key, stamp = f"countries:{entry.code}", _stamp(entry, position)
        if self._wanted(key, stamp, existing):
            row = existing or Country(code=entry.code)
            row.slug, row.position = entry.slug, position
            row.is_member, row.has_page = entry.code in MEMBERS, entry.code in WITH_PAGE
            row.time_zone = TIME_ZONES.get(entry.code, "UTC")
            row.save()
            _write_words(row, "country", CountryWords, entry)
            self._remember(key, stamp, row)

    def _tag(self, entry: schema.Concept) -> None:
        existing = Tag.objects.filter(slug=entry.slug).first()
        key, stamp = f"tags:{entry.code}", checksum(entry)
        if self._wanted(key, stamp, existing):
            row = existing or Tag(slug=entry.slug)
            row.name = entry.words["en"].name
            row.save()
            _write_words(row, "tag", TagWords, entry)
            self._remember(key, stamp, row)

    def _corridors(self) -> None:
        """Every ordered pair of countries that have a page, and every pair that a file names."""
        if self.dry_run:
            return
        countries = {country.code: country for country in Country.objects.all()}
        wanted = set(permutations([code for code in WITH_PAGE if code in countries], 2))
        for entry in self.content.pages.values():
            wanted |= {tuple(code.split("-")) for code in getattr(entry.data, "corridors", [])}
        existing = set(Corridor.objects.values_list("code", flat=True))
        for destination, origin in sorted(wanted):
            # A country that an editor has deleted has no ways home.
            if f"{destination}-{origin}" not in existing and {destination, origin} <= countries.keys():
                Corridor(destination=countries[destination], origin=countries[origin]).save()

    def _terms(self, tick: Callable[[], object]) -> None:
        """English first, because the other languages share its translation key."""
        documents = dict(SourceDocument.objects.values_list("code", "pk"))
        countries = dict(Country.objects.values_list("code", "pk"))
        locales = {locale.language_code: locale for locale in Locale.objects.all()}
        translation_keys: dict[str, Any] = {}
        for language in sorted(self.content.terms, key=lambda code: (code != DEFAULT_LANGUAGE, code)):
            locale = locales[language]
            existing = {term.key: term for term in Term.objects.filter(locale=locale)}
            new: list[Term] = []
            written: list[tuple[schema.Term, Term]] = []
            for entry in self.content.terms[language]:
                found = existing.get(entry.key)
                record = self.records.get((f"terms:{entry.key}", language))
                state = _term_state(found) if found is not None else ""
                wanted = self.report.decide(record, checksum(entry), found is not None, state)
                if wanted and not self.dry_run:
                    term = found or Term(key=entry.key, locale=locale)
                    if found is None and entry.key in translation_keys:
                        term.translation_key = translation_keys[entry.key]
                    _fill_term(term, entry, documents, countries, language)
                    if found is None:
                        new.append(term)
                    else:
                        term.save()
                    written.append((entry, term))
                tick()
            # One by one, 1,204 terms would take longer than all pages together.
            Term.objects.bulk_create(new)
            self._remember_terms(language, written)
            if language == DEFAULT_LANGUAGE:
                translation_keys = dict(
                    Term.objects.filter(locale=locale).values_list("key", "translation_key")
                )

    def _remember_terms(self, language: str, written: list[tuple[schema.Term, Term]]) -> None:
        keys = [f"terms:{entry.key}" for entry, _term in written]
        StarterRecord.objects.filter(key__in=keys, language=language).delete()
        StarterRecord.objects.bulk_create(
            StarterRecord(
                key=f"terms:{entry.key}",
                language=language,
                checksum=checksum(entry),
                object_id=str(term.pk),
                state=_term_state(term),
            )
            for entry, term in written
        )


def _fill_term(
    term: Term, entry: schema.Term, documents: dict[str, int], countries: dict[str, int], language: str
) -> None:
    def sentences(name: str, values: Iterable[str]) -> list[dict[str, Any]]:
        return [
            {"type": "sentence", "value": value, "id": block_id(f"terms/{entry.key}", f"{name}:{number}")}
            for number, value in enumerate(values, start=1)
        ]

    term.term, term.definition = entry.term, entry.definition
    term.abbreviations = sentences("abbreviations", entry.abbreviations)
    term.synonyms = sentences("synonyms", entry.synonyms)
    term.country_id = countries.get(entry.country or "")
    term.sources = [
        {
            "type": "source",
            "value": {"document": documents[source.document], "where": source.where},
            "id": block_id(f"terms/{entry.key}", f"sources:{number}"),
        }
        for number, source in enumerate(entry.sources, start=1)
        if source.document in documents
    ]
    term.unreviewed = language != DEFAULT_LANGUAGE


def _write_words(row: Any, name: str, model: Any, entry: schema.Concept) -> None:
    for language, words in entry.words.items():
        model.objects.update_or_create(
            **{name: row}, language=language, defaults={"name": words.name, "description": words.description}
        )
    model.objects.filter(**{name: row}).exclude(language__in=entry.words).delete()


def _stamp(entry: schema.Concept, position: int) -> str:
    """A checksum of what the file says of a row, its place in the order too."""
    return checksum([entry.model_dump(mode="json"), position])


#: What the files set of a row, beside its words.
ROW_FIELDS = (
    "slug", "name", "title", "publisher", "year", "note", "position", "is_member", "has_page", "time_zone",
)  # fmt: skip


def _state(row: Any) -> str:
    """A checksum of a row's own words and of those beside it."""
    own = {field.name for field in row._meta.fields}
    fields = {name: getattr(row, name) for name in ROW_FIELDS if name in own}
    words = getattr(row, "words", None)
    beside = sorted((w.language, w.name, w.description) for w in words.all()) if words is not None else []
    return checksum([fields, beside])


def _term_state(term: Term) -> str:
    """A checksum of what an editor's work changes: all that readers see, drafts, and the review."""
    streams = (term.abbreviations, term.synonyms, term.sources)
    # Raw values: made into documents, every source would be a query.
    lists = [[block["value"] for block in stream.raw_data] for stream in streams]
    review = [term.unreviewed, term.live, term.latest_revision_id]
    return checksum([term.term, term.definition, *lists, term.country_id, *review])
