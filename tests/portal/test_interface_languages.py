"""The interface of public pages is complete in all seven languages.

English is written in the code. For the other six every message that a reader can meet must be translated:
whatever stands in a template, and in the modules below, which hold words of public pages and forms.
The editors' own words may follow later.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polib
import pytest
from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext

from content.listings import ListingPage
from content.models import BasePage
from editions.comparison.fields import compared_fields
from editions.models import VersionedPage

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALES = ["km", "lo", "my", "th", "vi", "zh_Hans"]
PUBLIC_FILES = re.compile(
    # The admin's screens and mail to owners are for people at desks, whose words may be English for now.
    r"^templates/(?!editions/(admin|word/import)|editions/mail/(review|missing))"
    r"|/choices\.py$|^content/listings/|^content/templatetags/|^guidelines/templatetags/"
    r"|^guidelines/models/coverage\.py$|^accounts/(forms|adapters|middleware|views)\.py$"
    r"|^portal/(front|frame|views|booklet|updates|scopes)\.py$"
    r"|^editions/(public|telling|comparison)/|^editions/files\.py$|^editions/pdf/document\.py$"
    r"|^editions/word/(exporting|labels|told)\.py$"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+>")


def catalog(locale: str, folder: str = "locale") -> polib.POFile:
    return polib.pofile(str(ROOT / folder / locale / "LC_MESSAGES" / "django.po"))


def is_public(entry: polib.POEntry) -> bool:
    return any(PUBLIC_FILES.search(file) for file, _line in entry.occurrences)


def words_of_pages() -> set[str]:
    """Names of page kinds, of orders and of filters, which models hold."""
    words: set[str] = set()
    with translation.override("en"):
        for model in apps.get_models():
            if issubclass(model, BasePage) and getattr(model, "kind_name", ""):
                words.add(str(model.kind_name))
            if issubclass(model, ListingPage):
                words.add(str(model.sorting.words))
                words |= {str(item.label) for item in model.filters}
    return words


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_of_a_public_page_is_translated(locale: str) -> None:
    missing = [
        entry.msgid
        for entry in catalog(locale)
        if is_public(entry) and not entry.obsolete and (not entry.translated() or "fuzzy" in entry.flags)
    ]
    assert missing == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_of_listings_are_translated(locale: str) -> None:
    translated = {entry.msgid for entry in catalog(locale).translated_entries()}
    assert words_of_pages() - translated == set()


def labels_in(block: Any) -> set[str]:
    """The names of a block's parts, down to the smallest."""
    children = list(getattr(block, "child_blocks", {}).values()) or [getattr(block, "child_block", None)]
    words: set[str] = set()
    for child in filter(None, children):
        words |= {str(child.label)} | labels_in(child)
    return words - {""}


def words_of_comparisons(language: str) -> set[str]:
    """What heads the rows where two editions are compared, and the parts of a Word document."""
    words: set[str] = set()
    with translation.override(language):
        for kind in VersionedPage.kinds():
            for group in compared_fields(kind):
                words.add(str(group.heading))
                for item in group.fields:
                    words.add(str(item.heading))
                    words |= labels_in(item.field.stream_block) if item.is_stream else set()
    return words


@pytest.mark.parametrize("language", ["km", "lo", "my", "th", "vi", "zh-hans"])
def test_the_names_of_fields_are_translated(language: str) -> None:
    assert words_of_comparisons(language) & words_of_comparisons("en") == set()


@pytest.mark.parametrize("folder", ["locale", "locale_borrowed"])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_keeps_every_placeholder(locale: str, folder: str) -> None:
    """A lost one would leave a sentence without its number, a new one would be an error page."""
    wrong = []
    for entry in catalog(locale, folder).translated_entries():
        expected = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        wrong += [form for form in forms if sorted(PLACEHOLDER.findall(form)) != expected]
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_of_a_public_page_still_says_nothing_but_english(locale: str) -> None:
    """Whole sentences that equal the English ones were forgotten, not translated."""
    same = [
        entry.msgid
        for entry in catalog(locale)
        if is_public(entry) and entry.msgstr == entry.msgid and len(entry.msgid.split()) > 2
    ]
    assert same == []


@pytest.mark.parametrize("language", ["km", "lo", "my", "th", "vi", "zh-hans"])
def test_what_django_and_allauth_lack_is_borrowed(language: str) -> None:
    with translation.override(language):
        assert gettext("This field is required.") != "This field is required."
        assert gettext("You must type the same password each time.") != (
            "You must type the same password each time."
        )
