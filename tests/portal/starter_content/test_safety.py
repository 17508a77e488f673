"""What the starter content must never say. Each rule is also shown to find what it forbids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from portal.starter_content.reading import FOLDER
from tests.portal.starter_content import protected
from tests.portal.starter_content.texts import Text, pages, texts, texts_of_page

# Shelters and handover sites


def protected_places(among: Iterable[Text]) -> list[tuple[str, str, str]]:
    return [
        (text.place, text.field, name)
        for text in among
        for name in dict.fromkeys(protected.names_in(text.words))
    ]


def test_no_shelter_or_handover_site_is_named() -> None:
    assert protected_places(texts()) == []


@pytest.mark.parametrize(
    "words",
    [
        "They stayed two nights in the shelter of the blue heron, near the river.",
        "SHELTER OF THE BLUE-HERON",
        "Ở Shélter of the Blue Heron",
        "គេស្នាក់នៅទីជម្រកកុកខៀវពីរយប់។",
        "ទី ជម្រក\u200bកុក ខៀវ",
    ],
)
def test_a_protected_name_is_found_wherever_it_stands(words: str) -> None:
    assert protected_places([Text("somewhere", "note", words)])


def test_a_name_is_found_that_joins_the_list() -> None:
    fingerprint = protected.fingerprint("House by the Mill")
    assert list(protected.names_in("Go to the House by the Mill.", [fingerprint])) == ["house by the mill"]
    assert list(protected.names_in("Go to the house.", [fingerprint])) == []


def test_the_list_holds_fingerprints_only() -> None:
    assert len(protected.protected()) > 200
    assert all(re.fullmatch(r"(words|\d+):[0-9a-f]{64}", line) for line in protected.protected())


# Small groups

SMALLEST_GROUP = 5


def groups(studies: Iterable[Any]) -> Counter[tuple[Any, ...]]:
    """How many people share each combination of the facets that are published."""
    return Counter(
        (
            tuple(sorted(study.origin)),
            tuple(sorted(study.destination)),
            study.sex,
            study.age_group,
            tuple(sorted(study.exploitation)),
        )
        for study in studies
        if study.person_level
    )


def published_studies() -> list[Any]:
    return [entry.data for entry in pages("case_study").values()]


def test_no_published_combination_of_facets_is_shared_by_fewer_than_five() -> None:
    assert groups(published_studies())
    assert min(groups(published_studies()).values()) >= SMALLEST_GROUP


def test_one_facet_more_would_be_noticed() -> None:
    first, *others = (study for study in published_studies() if study.person_level)
    singled_out = first.model_copy(update={"destination": ["JP"]})
    assert min(groups([singled_out, *others]).values()) < SMALLEST_GROUP


#: What a text would give away that its facets hold back.
COUNTRIES = {
    "KH": r"cambodia\w*|khmer|phnom penh|poipet|svay rieng|siem reap|koh kong",
    "TH": r"thai\w*|bangkok|chiang mai|ranong|songkhla",
    "LA": r"lao|laos|laotian|vientiane",
    "MM": r"myanmar|burm\w+|yangon|mandalay|tachileik",
    "VN": r"viet ?nam\w*|hanoi|ho chi minh|can tho",
    "CN": r"chin(?:a|ese)|yunnan|kunming",
    "JP": r"japan\w*|tokyo|aichi",
    "elsewhere": r"malaysia\w*|indonesia\w*|singapore|korea\w*|taiwan\w*|hong kong|macau|russia\w*|poland|"
    r"mauritius|africa\w*|europe\w*|saudi|philippin\w*",
}
SEX = {
    "female": r"she|hers?|herself|wom[ae]n|wife|girls?|mother|daughter|sister|widow|bride|pregnan\w*",
    "male": r"he|him|his|himself|m[ae]n|husband|boys?|father|son|brother",
}
EXPLOITATION = {
    "fishing": r"fish\w*|boats?|vessels?|at sea",
    "sexual": r"sex\w*|brothel|prostitut\w*|karaoke",
    "forced-marriage": r"marriage|married|marry|bride|in-laws",
    "domestic-work": r"domestic|maid|housework",
    "labour": r"factor(?:y|ies)|plantation|farm|construction|brick|labour",
    "begging": r"beg|begged|begging|beggar",
}


def given_away(study: Any, words: str) -> list[str]:
    """Facets that ``words`` tell although the page leaves them out."""
    said = {
        *study.origin, *study.destination, *study.exploitation, study.sex
    }  # fmt: skip
    return [
        facet
        for patterns in (COUNTRIES, SEX, EXPLOITATION)
        for facet, pattern in patterns.items()
        if facet not in said and re.search(rf"\b(?:{pattern})\b", words, re.IGNORECASE)
    ]


def test_the_text_of_a_case_study_tells_no_facet_that_is_held_back() -> None:
    told = {}
    for key, entry in pages("case_study").items():
        if entry.data.person_level:
            words = " ".join(
                text.words.replace("-", " ") if text.field == "key" else text.words
                for text in texts_of_page(entry)
                if text.field not in {"document", "where", "related", "tags", "content_warnings", "type"}
                and text.words not in {entry.data.sex, entry.data.age_group, entry.data.kind}
            )
            told[key] = given_away(entry.data, words)
    assert {key: facets for key, facets in told.items() if facets} == {}


@pytest.mark.parametrize(
    ("words", "facet"),
    [
        ("Sold in Malaysia.", "elsewhere"),
        ("The Lao authorities helped.", "LA"),
        ("She went home.", "female"),
        ("On a fishing boat.", "fishing"),
    ],
)
def test_a_facet_told_by_the_text_would_be_noticed(words: str, facet: str) -> None:
    study = next(study for study in published_studies() if study.age_group == "child" and not study.origin)
    assert given_away(study, words) == [facet]


# Contacts and addresses

YEARS = re.compile(r"(?<!\d)\d{4}[-–]\d{2,4}(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
CONTACTS = {
    "phone number": r"(?<![\w.,-])\+?\(?\d(?:[\s().–-]*\d){6,}(?![\w,])",
    "hotline": r"(?i)(?:hotline|phone|\btel|\bcall|\bdial|โทร|สายด่วน|ទូរស័ព្ទ|ໂທ|ဖုန်း|điện thoại|热线|电话|拨打)"
    r"[^\d.]{0,12}\d{3,}",
    "e-mail address": r"[\w.+-]+@[\w-]+",
    "postcode": r"(?<!\d)(?<!\d[,.])\d{5,6}(?!\d|[,.]\d|\s?%)",
    "coordinates": r"(?<!\d)-?\d{1,3}\.\d{3,}|\d\s*°",
    "street": r"(?i)\b\d+[a-z]?,?\s+(?:[\w-]+\s){0,3}(?:street|road|avenue|lane|soi|alley|boulevard)\b"
    r"|\b(?:street|road|soi|house|building)\s+(?:no\.?\s*)?\d+"
    r"|(?:ถนน|ซอย|ផ្លូវ|ផ្ទះ)(?:លេខ|ที่)?\s*\d+|(?:đường|phố|ngõ)\s+(?:số\s+)?\d+|[街路]\s*\d+\s*号",
}


def contacts(words: str) -> list[str]:
    """The kinds of contact in ``words``. Years and spans of years are none."""
    return [kind for kind, pattern in CONTACTS.items() if re.search(pattern, YEARS.sub("", words))]


def test_no_text_holds_a_contact_or_an_address() -> None:
    found = [(text.place, text.field, kinds) for text in texts() if (kinds := contacts(text.words))]
    assert found == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ring +66 2 123 4567.", "phone number"),
        ("Ring 023 456 789", "phone number"),
        ("the hotline 1300 is open", "hotline"),
        ("โทร 1300", "hotline"),
        ("write to help@example.org", "e-mail address"),
        ("Poipet 10406, Cambodia", "postcode"),
        ("at 13.6575, 102.5636", "coordinates"),
        ("at 12 Old Market Street", "street"),
        ("ផ្លូវលេខ 12", "street"),
        ("人民路12号", "street"),
    ],
)
def test_contacts_and_addresses_would_be_noticed(words: str, kind: str) -> None:
    assert kind in contacts(words)


@pytest.mark.parametrize("words", ["Plan of 2015-2018", "from 2004-10-29", "147,197 people in 2017", "4.6 %"])
def test_years_and_numbers_are_no_contacts(words: str) -> None:
    assert contacts(words) == []


# Traces of how the files were made

TRACES = {
    "absolute path": r"(?<![\w./:])/(?:work|home|tmp|usr|var|mnt|root|shared)\b",
    "file of the sources": r"\b00\d_[0-9a-f]|\.txt\b",
    "lines of a source": r"(?i)\blines? \d",
}


def traces(words: str) -> list[str]:
    return [kind for kind, pattern in TRACES.items() if re.search(pattern, words)]


def test_no_file_shows_how_it_was_made() -> None:
    files = [*FOLDER.rglob("*.md"), *FOLDER.rglob("*.yaml")]
    assert len(files) > 400
    found = {path.name: kinds for path in files if (kinds := traces(path.read_text(encoding="utf-8")))}
    assert found == {}


@pytest.mark.parametrize("words", ["see /work/shared/facts", "file: 000_5edbe7", "Annex 1, lines 12-14"])
def test_traces_would_be_noticed(words: str) -> None:
    assert traces(words)


# Ages and dates of persons

MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty(?:-\w+)?)"
)
PERSONAL = {
    "exact age": rf"(?i)\b(?:aged?|at the age of|age of) {NUMBER}\b|\b{NUMBER}[- ]years?[- ]old\b"
    rf"|\b{NUMBER} years of age\b|\bat {NUMBER},? (?:he|she|they)\b",
    "exact date": rf"(?i)\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}\b|\b{MONTH} \d{{1,4}}\b|\b\d{{4}}-\d{{2}}"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\bin (?:19|20)\d\d\b",
}


def personal(words: str) -> list[str]:
    return [kind for kind, pattern in PERSONAL.items() if re.search(pattern, words)]


def test_case_studies_tell_no_exact_age_and_no_date() -> None:
    found = [
        (text.place, text.field, kinds)
        for entry in pages("case_study").values()
        for text in texts_of_page(entry)
        if text.field not in {"document", "where"} and (kinds := personal(text.words))
    ]
    assert found == []


@pytest.mark.parametrize(
    "words",
    [
        "a girl aged 15",
        "a 15-year-old",
        "a fifteen-year-old boy",
        "17 years old",
        "At 16 she left.",
        "on 3 March",
        "in March 2007",
        "on 2007-03-14",
        "3/14/2007",
    ],
)
def test_exact_ages_and_dates_would_be_noticed(words: str) -> None:
    assert personal(words)
