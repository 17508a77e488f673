"""A Word document into the words of a page. Nothing is published here, and nothing is lost."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from editions.models import Edition
from editions.word import pandoc
from editions.word.body import Body, links_in
from editions.word.flow import Form, Item, flow
from editions.word.inlines import plain, same_words
from editions.word.layout import parts_of
from editions.word.package import Findings, findings, with_marks
from editions.word.parts import Part
from editions.word.reading import Reading, Section, belongs_to, sections
from editions.word.report import Did, Report
from editions.word.safety import Refused, open_package
from editions.word.streams import Entry, StreamPart

#: A number that somebody typed: ``1.``, ``(1)``, ``១.``, ``1、``.
TYPED_NUMBER = re.compile(r"\s*\(?(\d{1,3})[.)、]\s*(?=\S)")
LONGEST_TITLE = 255


@dataclass(frozen=True)
class Document:
    """A Word document as it was read: its title, its text, and what stands beside the text."""

    title: str
    items: list[Item]
    beside: Findings

    @property
    def name(self) -> str:
        """What a new page is called: the title, else the first heading; empty where there is neither."""
        headings = (item.text for item in self.items if item.form is Form.HEADING)
        return self.title or next(headings, "")


def read_document(upload: bytes) -> Document:
    """Raises Refused, with the reason in words, for what is no Word document or is not safe to open."""
    package = open_package(upload)
    beside = findings(package)
    try:
        written = pandoc.convert(
            with_marks(package), read="docx", write="json", options=("--track-changes=accept",)
        )
    except pandoc.ConversionFailed as error:
        raise Refused(_failed(error.kind)) from error
    tree = json.loads(written)
    before = [
        {"t": "Para", "c": value["c"]}
        for name in ("subtitle", "author", "date", "abstract")
        for value in _texts(tree["meta"].get(name))
    ]
    title = " ".join(plain(value["c"]) for value in _texts(tree["meta"].get("title")))
    items = flow([*before, *tree["blocks"]])
    if not title:
        title, items = _title_among(items)
    if not title and not items:
        raise Refused(_("There is no text in this document."))
    return Document(" ".join(title.split()), items, beside)


def _failed(kind: str) -> str:
    if kind == "missing":
        return _("The program that reads Word documents is not installed here. Ask your administrator.")
    if kind == "slow":
        return _("Reading this document took too long. Divide it into smaller ones.")
    return _("This document cannot be read. Open it in Word, save it anew as .docx, and try again.")


def _texts(value: Any) -> list[Any]:
    """The inlines in a value of pandoc's metadata, whatever it is wrapped in."""
    if value is None:
        return []
    if value["t"] == "MetaInlines":
        return [value]
    if value["t"] == "MetaList":
        return [text for part in value["c"] for text in _texts(part)]
    if value["t"] == "MetaBlocks":
        return [block for block in value["c"] if block["t"] in {"Para", "Plain"}]
    return []


def _title_among(items: list[Item]) -> tuple[str, list[Item]]:
    """The first heading, where it is the first thing in the document and all others are below its level."""
    levels = [item.level for item in items if item.form is Form.HEADING]
    if len(levels) > 1 and items[0].form is Form.HEADING and items[0].level < min(levels[1:]):
        return items[0].text, items[1:]
    return "", items


def draft_to_go_on_from(page: Any) -> Any:
    """The page's draft, loaded anew: Wagtail gives the very page where there is no draft beside it."""
    return type(page)._default_manager.get(pk=page.pk).get_latest_revision_as_object()


def take_over(page: Any, before: Any, document: Document, editor_language: str) -> Report:
    """Writes the document's words into ``page``, in memory. ``before`` is the same page as it was."""
    with override(page.language):
        report = Report(editor_language)
        parts = parts_of(page)
        edition = Edition.objects.filter(code=document.beside.edition_code).defer("content").first()
        ours = edition is not None or any(item.all_marks for item in document.items)
        reading = Reading(page, before, ours, links_in(before, ["body"]), report)
        _say_where_from(edition, reading)
        _say_beside(document, report)
        _take_title(document.title, reading)
        found = sections(document.items if ours else _numbered_by_hand(document.items))
        owners = _owners(found, parts, reading)
        _take_parts(found, owners, parts, reading)
        return report


def _say_where_from(edition: Edition | None, reading: Reading) -> None:
    if edition is None:
        return
    page = reading.page
    if str(edition.translation_key) != str(page.translation_key) or edition.language != page.language:
        message = gettext_lazy("This document was made from another text: edition %(label)s of '%(title)s'.")
    elif page.standing_today and page.standing_today.current_id != edition.pk:
        message = gettext_lazy("This document was made from edition %(label)s, which is not today's.")
    elif page.has_unpublished_changes:
        message = gettext_lazy(
            "Somebody changed the draft since edition %(label)s. Where the document says otherwise, it won."
        )
    else:
        return
    reading.report.say(Did.TO_DO, message, label=edition.label, title=edition.title)


def _say_beside(document: Document, report: Report) -> None:
    beside = document.beside
    if beside.tracked_changes:
        message = gettext_lazy("The document holds tracked changes (%(number)d). They were accepted.")
        report.say(Did.TO_DO, message, number=beside.tracked_changes)
    for comment in beside.comments:
        report.say(Did.COMMENT, comment.author or gettext_lazy("Somebody"), comment.about, comment.text)
    for name in beside.pictures:
        report.say(Did.LEFT, gettext_lazy("A picture"), "", name)
    for name in beside.embedded:
        report.say(Did.LEFT, gettext_lazy("An embedded file"), "", name.rpartition("/")[2])
    for words in beside.margins:
        report.say(Did.LEFT, gettext_lazy("Header or footer"), "", words)
    read = " ".join(line for item in document.items for line in item.lines())
    for words in beside.boxes:
        if not all(word in read for word in words.split()):
            report.say(Did.LEFT, gettext_lazy("A text box"), "", words)


def _take_title(title: str, reading: Reading) -> None:
    page, report = reading.page, reading.report
    if not title or same_words(title, page.title):
        return
    if len(title) > LONGEST_TITLE:
        report.say(
            Did.TO_DO, gettext_lazy("The title is too long. It was left as it was."), page.title, title
        )
        return
    report.say(Did.CHANGED, page._meta.get_field("title").verbose_name, page.title, title)
    page.title = title


def _numbered_by_hand(items: list[Item]) -> list[Item]:
    """Paragraphs that somebody numbered by typing, as items of a list: only where they count on from 1."""
    numbers = [TYPED_NUMBER.match(item.text) if item.form is Form.TEXT else None for item in items]
    counting: dict[int, int] = {}
    for index, match in enumerate(numbers):
        if match is not None:
            number = int(match[1])
            if number == 1 or number == max((counting[i] for i in list(counting)[-1:]), default=0) + 1:
                counting[index] = number
    if max(counting.values(), default=0) < 2:
        return items
    return [
        replace(item, form=Form.NUMBER, inlines=_without_number(item)) if index in counting else item
        for index, item in enumerate(items)
    ]


def _without_number(item: Item) -> list[Any]:
    return [{"t": "Str", "c": TYPED_NUMBER.sub("", item.text, count=1)}]


def _owners(found: list[Section], parts: list[Part], reading: Reading) -> dict[int, Part]:
    """The part of each section by the section's place; each part has one section at most."""
    owners: dict[int, Part] = {}
    for index, section in enumerate(found):
        for part in parts:
            if part not in owners.values() and belongs_to(section, part, reading.language):
                owners[index] = part
                break
    return owners


def _take_parts(found: list[Section], owners: dict[int, Part], parts: list[Part], reading: Reading) -> None:
    for index, part in sorted(owners.items(), key=lambda pair: pair[1].rank):
        section = found[index]
        if isinstance(part, Body):
            continue
        section.rest = part.take(section.items, reading)
        if section.rest is section.items:
            del owners[index]
    if not reading.ours:
        _take_lists(found, owners, parts, reading)
    rest: list[Item] = []
    own: list[Item] | None = None
    for index, section in enumerate(found):
        owner = owners.get(index)
        if isinstance(owner, Body):
            own = section.items
        elif owner is None:
            rest += _lower(
                [*([section.heading] if section.heading else []), *(section.rest or section.items)]
            )
        else:
            rest += _lower(section.rest)
    body = next(part for part in parts if isinstance(part, Body))
    if own is None:
        body.keep(rest, reading)
    else:
        body.put(own, rest, reading)
    if reading.ours:
        _say_missing(owners, parts, reading)


def _take_lists(found: list[Section], owners: dict[int, Part], parts: list[Part], reading: Reading) -> None:
    """Numbered lists of somebody else's document, wherever they stand, are the page's steps or items."""
    main = next((part for part in parts if part.name == reading.page.word_main), None)
    if not isinstance(main, StreamPart) or main in owners.values():
        return
    entries: list[Entry] = []
    for index, section in enumerate(found):
        owner = owners.get(index)
        if isinstance(owner, Body):
            continue
        left = section.rest if owner is not None else section.items
        if not any(item.form is Form.NUMBER for item in left):
            continue
        taken, rest = main.entries_among(left, reading)
        entries += taken
        section.rest = rest
        section.items = []
    if entries:
        main.put(entries, reading)


def _lower(items: list[Item]) -> list[Item]:
    """Headings at the two levels that running text has: the highest is a heading, all others subheadings."""
    top = min((item.level for item in items if item.form is Form.HEADING), default=1)
    return [
        replace(item, level=2 if item.level == top else 3) if item.form is Form.HEADING else item
        for item in items
    ]


def _say_missing(owners: dict[int, Part], parts: list[Part], reading: Reading) -> None:
    for part in parts:
        if part not in owners.values() and part.shown(reading.before):
            reading.report.say(
                Did.TO_DO,
                gettext_lazy("'%(where)s' is not in the document. It was left as it was."),
                where=part.where(reading),
            )
