"""How procedures, checklists, agreements, laws and guidance look in Word, part by part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from editions.word.facts import Fact, ListFact, NumberFact, Row, list_of
from editions.word.labels import is_called, plain_label
from editions.word.parts import Part, Words
from editions.word.reading import Reading
from editions.word.report import Did
from editions.word.streams import Points, Raw
from editions.word.structs import Numbered, Table
from editions.word.told import country_code, country_name
from guidelines.choices import RatificationStatus

LONGEST_LABEL = 60


def _keys(page: Any, field: str, names: Sequence[str]) -> dict[str, str]:
    """The keys of a page's agencies or steps, by what they are called."""
    keys: dict[str, str] = {}
    for block in getattr(page, field):
        for name in ("key", *names):
            if block.value[name]:
                keys.setdefault(plain_label(str(block.value[name])), block.value["key"])
    return keys


def _name(page: Any, field: str, key: str, name: str) -> str:
    """What the document calls the row with this key; the key where the page has no such row."""
    return next((block.value[name] for block in getattr(page, field) if block.value["key"] == key), key)


def _key_of(words: str, field: str, names: Sequence[str], where: str, reading: Reading) -> str | None:
    """The key for a name, be it the name of today or the one before. Tells the editor where there is none."""
    known = {**_keys(reading.before, field, names), **_keys(reading.page, field, names)}
    key = known.get(plain_label(words))
    if key is None:
        message = _("%(where)s: nothing on this page has this name. Choose it in the editor.")
        reading.report.say(Did.TO_DO, message, "", words, where=where)
    return key


class Leader(Fact):
    """The agency that leads a step, by its name."""

    def lines(self, value: Any, page: Any) -> list[str]:
        return [_name(page, "agencies", value, "name")] if value else []

    def take(self, rows: Sequence[Row], before: Any, reading: Reading, where: str) -> Any:
        words = " ".join(line for row in rows for line in row.lines)
        return _key_of(words, "agencies", ("name", "short"), where, reading) or before


class Others(Fact):
    """The agencies that take part in a step, a name a line."""

    def lines(self, value: Any, page: Any) -> list[str]:
        return [_name(page, "agencies", item["value"], "name") for item in value or []]

    def take(self, rows: Sequence[Row], before: Any, reading: Reading, where: str) -> Any:
        lines = [line for row in rows for line in row.lines]
        keys = [_key_of(line, "agencies", ("name", "short"), where, reading) for line in lines]
        return list_of([key for key in dict.fromkeys(keys) if key], before)


class Branches(Fact):
    """What happens instead: three labelled lines a branch, the first of which begins it."""

    IF, THEN, TARGET = _("If"), _("Then"), _("Go on at step")

    def label(self, block: Any) -> Any:
        return self.IF

    def is_mine(self, written: str, block: Any, language: str) -> bool:
        return any(is_called(written, label, language) for label in (self.IF, self.THEN, self.TARGET))

    def rows(self, value: Any, block: Any, page: Any) -> list[Row]:
        rows = []
        for item in value or []:
            branch = item["value"]
            target = branch.get("target")
            rows.append(Row(str(self.IF), [branch["condition"]]))
            rows.append(Row(str(self.THEN), [branch["then"]]))
            if target:
                rows.append(Row(str(self.TARGET), [_name(page, "steps", target, "label")]))
        return rows

    def take(self, rows: Sequence[Row], before: Any, reading: Reading, where: str) -> Any:
        branches: list[dict[str, str]] = []
        for row in rows:
            words = " ".join(row.lines)
            begins = is_called(row.label, self.IF, reading.language)
            if begins or not branches:
                branches.append({"condition": "", "then": "", "target": ""})
            if begins:
                branches[-1]["condition"] = words
            elif is_called(row.label, self.THEN, reading.language):
                branches[-1]["then"] = words
            elif words:
                # Steps are being read now, so only names they had before are known.
                branches[-1]["target"] = _key_of(words, "steps", ("label", "action"), where, reading) or ""
        kept: list[dict[str, Any]] = list_of(branches, before)
        return kept


class CountryFact(Fact):
    """A country by its name."""

    def lines(self, value: Any, page: Any) -> list[str]:
        return [country_name(value)] if value else []

    def take(self, rows: Sequence[Row], before: Any, reading: Reading, where: str) -> Any:
        words = " ".join(line for row in rows for line in row.lines)
        code = country_code(words) if words else ""
        if code is None:
            reading.report.say(Did.TO_DO, where, str(before or ""), words)
            return before
        return code


class RatificationFact(Fact):
    """What a country has done about a treaty, in the site's words for it."""

    def lines(self, value: Any, page: Any) -> list[str]:
        return [str(RatificationStatus(value).label)] if value in RatificationStatus else []

    def take(self, rows: Sequence[Row], before: Any, reading: Reading, where: str) -> Any:
        words = " ".join(line for row in rows for line in row.lines)
        for status in RatificationStatus:
            if is_called(words, status.label, reading.language):
                return status.value
        reading.report.say(Did.TO_DO, where, "", words)
        return before


def _fill_keys(blocks: list[Raw], kind: str, names: Sequence[str]) -> None:
    """Keys for new rows, from the first of these names that has Latin letters, else counted."""
    used = {block["value"].get("key") for block in blocks}
    for number, block in enumerate(blocks, start=1):
        value = block["value"]
        if value.get("key"):
            continue
        words = next((key for name in names if (key := _as_key(value.get(name) or ""))), f"{kind}-{number}")
        key, again = words, 2
        while key in used:
            key, again = f"{words}-{again}", again + 1
        value["key"] = key
        used.add(key)


def _as_key(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:36].strip("-")


def _shortened(words: str) -> str:
    """The first words, as many as a short label takes; letters where a language writes without spaces."""
    line = " ".join(words.split())
    if len(line) <= LONGEST_LABEL:
        return line
    return line[:LONGEST_LABEL].rsplit(" ", 1)[0]


class Agencies(Table):
    """Read first: steps name them."""

    rank = 0

    def complete(self, blocks: list[Raw], reading: Reading) -> None:
        for block in blocks:
            block["value"]["short"] = block["value"].get("short") or _shortened(block["value"]["name"])
        _fill_keys(blocks, "agency", ("short", "name"))


class Steps(Numbered):
    """A new step gets a key and a short label; who leads it only a person knows."""

    def complete(self, blocks: list[Raw], reading: Reading) -> None:
        for number, block in enumerate(blocks, start=1):
            value = block["value"]
            if not value.get("label"):
                value["label"] = _shortened(value["action"])
                message = _("%(where)s: check the short label, it was made from the first words")
                reading.report.say(
                    Did.TO_DO, message, after=value["label"], where=self.place(number, reading)
                )
            if not value.get("leads"):
                message = _("%(where)s: say who leads it")
                reading.report.say(Did.TO_DO, message, where=self.place(number, reading))
        _fill_keys(blocks, "step", ("label",))


class Basis(Points):
    """A page of the site by its title, or words. Words that are changed no longer lead to the page."""

    def main_of(self, raw: Raw, page: Any) -> str:
        block = self.block(page).to_python(raw["value"])
        return block["page"].title if block["page"] else str(block["text"] or "")

    def value(self, words: str, before: Any, reading: Reading) -> Any:
        return {"page": None, "text": words}


class Parties(Points):
    """A country by its name, or an organisation."""

    def main_of(self, raw: Raw, page: Any) -> str:
        value = raw["value"]
        return country_name(value["country"]) if value.get("country") else str(value.get("name") or "")

    def value(self, words: str, before: Any, reading: Reading) -> Any:
        code = country_code(words)
        return {"country": code, "name": ""} if code else {"country": "", "name": words}


class Recommendations(Table):
    """A new one gets the next number."""

    def complete(self, blocks: list[Raw], reading: Reading) -> None:
        for block in blocks:
            value = block["value"]
            if value.get("number") is None:
                value["number"] = 1 + max((other["value"].get("number") or 0 for other in blocks), default=0)


SOP: tuple[Part, ...] = (
    Words("purpose", _("Purpose")),
    Words("scope", _("Scope")),
    Steps(
        "steps",
        _("Steps"),
        "step",
        "action",
        [
            Fact("label"),
            Leader("leads"),
            Others("takes_part"),
            Fact("place"),
            Fact("time_limit"),
            Fact("usual_time"),
            ListFact("documents"),
            Fact("note"),
            Fact("warning"),
            Fact("child_note"),
            Branches("branches"),
        ],
        rest="note",
    ),
    Points("child_notes", _("If the person is under 18")),
    Points("male_notes", _("Men and boys")),
    Points("known_problems", _("Known problems")),
    Points("proposed_changes", _("Proposed changes")),
    Agencies(
        "agencies",
        _("Responsible agencies"),
        "agency",
        "name",
        [Fact("short"), CountryFact("country"), Fact("role")],
    ),
    Basis("legal_basis", _("Legal basis"), "basis"),
    Table("forms", _("Forms and annexes"), "form", "title", [Fact("note")]),
)

FINDINGS = Table("findings", _("Findings"), "finding", "gist", [Fact("number"), Fact("title")])

CHECKLIST: tuple[Part, ...] = (
    Numbered("items", _("Items"), "item", "text", [Fact("guidance")], rest="guidance"),
    Points("child_notes", _("If the person is under 18")),
    Points("male_notes", _("If he is a man or a boy")),
    FINDINGS,
)

AGREEMENT: tuple[Part, ...] = (
    Parties("parties", _("Parties"), "party"),
    Words("status_note", _("In the words of the source")),
    Points("provisions", _("Provisions")),
    Points("implementing_institutions", _("Implementing institutions")),
    Words("corridor_note", _("Note on corridors")),
)

LAW: tuple[Part, ...] = (
    Words("gist", _("What it says")),
    Words("period", _("Period")),
    Words("status_note", _("In the words of the source")),
    Table(
        "ratifications",
        _("Ratification by country"),
        "ratification",
        CountryFact("country"),
        [RatificationFact("status"), NumberFact("year"), Fact("note"), NumberFact("as_of")],
    ),
    Words("note", _("Note")),
)

GUIDANCE: tuple[Part, ...] = (
    Points("audience", _("For whom")),
    Points("points", _("What to know")),
    Points("do", _("Do")),
    Points("do_not", _("Do not")),
    FINDINGS,
    Recommendations(
        "recommendations",
        _("Recommended actions"),
        "recommendation",
        "heading",
        [NumberFact("number"), Fact("gist"), ListFact("who_acts")],
    ),
    Table(
        "referenced_documents",
        _("Documents to read"),
        "reference",
        "title",
        [Fact("publisher"), NumberFact("year"), Fact("available_from"), Fact("url")],
    ),
)
