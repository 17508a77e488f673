"""Editions on paper, by the real Chromium."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override
from pypdf import PdfReader

from content.running_numbers import running_number
from editions.models import Edition
from editions.pdf.chromium import print_to_pdf
from editions.pdf.making import make_pdf
from editions.publication import as_starter_content
from tests.editions.pdf_text import letters_of, without_spaces
from tests.factories.editions import publish
from tests.factories.pages import AgreementPageFactory, ChecklistPageFactory, SOPPageFactory, sop_steps

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]

#: Title, a sentence for a step, and one for the purpose; of our own translations.
WORDS = {
    "km": (
        "ការគាំទ្រផ្នែករដ្ឋបាល",
        "ធ្វើយ៉ាងណាឱ្យសាមីខ្លួនទទួលបានឯកសារទាំងអស់ដែលត្រូវការ។",
        "បណ្តុះបណ្តាលមន្ត្រីដែលចេញឯកសារ ហើយធ្វើឱ្យគេយល់ពីស្ថានភាពអ្នកទទួលសេវា។",
    ),
    "lo": (
        "ການຊ່ວຍເຫຼືອດ້ານເອກະສານ ແລະ ທະບຽນ",
        "ເບິ່ງໃຫ້ຜູ້ກ່ຽວໄດ້ຮັບເອກະສານທຸກຢ່າງທີ່ຈຳເປັນ.",
        "ຝຶກອົບຮົມເຈົ້າໜ້າທີ່ອອກເອກະສານ ແລະ ໃຫ້ເຂົາເຈົ້າເຂົ້າໃຈສະພາບຂອງຜູ້ຮັບບໍລິການ.",
    ),
    "my": (
        "အုပ်ချုပ်ရေးဆိုင်ရာ ပံ့ပိုးမှု",
        "ထိုသူ လိုအပ်သော စာရွက်စာတမ်းအားလုံး ရရှိစေပါ။",
        "စာရွက်စာတမ်း ထုတ်ပေးသော အရာရှိများကို သင်တန်းပေးပြီး ဝန်ဆောင်မှုရယူသူများ၏ အခြေအနေကို သိရှိစေပါ။",
    ),
    "th": (
        "การช่วยเหลือด้านเอกสารและงานทะเบียน",
        "ดูแลให้ผู้รับบริการได้เอกสารทุกอย่างที่จำเป็น",
        "อบรมเจ้าหน้าที่ที่ออกเอกสาร และทำให้เข้าใจสภาพของผู้มาติดต่อ",
    ),
    "vi": (
        "Hỗ trợ hành chính",
        "Lo sao cho người đó nhận được mọi giấy tờ cần thiết.",
        "Tập huấn cho cán bộ cấp giấy tờ và giúp họ hiểu hoàn cảnh của những người họ phục vụ.",
    ),
    "zh-hans": (
        "行政手续支持",
        "确保当事人拿到所需的全部证件。",
        "培训发证的官员，使其了解服务对象的处境。",
    ),
}


@pytest.fixture(autouse=True)
def browser(settings: Any) -> None:
    settings.CHROMIUM = ""
    settings.PUBLIC_URL = "https://homeward.example.org"


def procedure(**values: Any) -> Edition:
    values = {
        "title": "Return",
        "live": False,
        "purpose": "To bring the child home.",
        **sop_steps(3),
        **values,
    }
    return publish(SOPPageFactory(**values))


def translated(language: str) -> Edition:
    title, step, purpose = WORDS[language]
    original = SOPPageFactory(title="Papers", live=False, **sop_steps(2))
    publish(original)
    words = sop_steps(2)
    words["steps"][0]["value"]["action"] = step
    page = SOPPageFactory(
        title=title, translation_of=original, language=language, live=False, purpose=purpose, **words
    )
    return publish(page)


def bookmarks(entries: Any) -> Iterator[Any]:
    """All of them, whatever their depth."""
    for entry in entries:
        yield from bookmarks(entry) if isinstance(entry, list) else [entry]


def outline(reader: PdfReader) -> dict[str, int]:
    """The words of every bookmark, and its page, from 1."""
    found = bookmarks(reader.outline)
    return {entry.title: 1 + (reader.get_destination_page_number(entry) or 0) for entry in found}


@pytest.mark.parametrize("language", WORDS)
def test_every_sentence_can_be_copied_from_the_file(language: str) -> None:
    said = letters_of(make_pdf(translated(language)))
    for sentence in WORDS[language]:
        assert without_spaces(sentence) in said


def test_it_is_tagged_bookmarked_and_says_its_language_and_title() -> None:
    reader = PdfReader(BytesIO(make_pdf(translated("zh-hans"))))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "zh-Hans"
    assert WORDS["zh-hans"][0] in str(reader.metadata.title)
    assert WORDS["zh-hans"][1] in outline(reader)


def test_every_page_says_which_edition_it_is_and_where_to_ask() -> None:
    edition = procedure()
    reader = PdfReader(BytesIO(make_pdf(edition)))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"https://homeward.example.org{edition.short_address}" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Edition 1.0 · English" in page or number == 1  # the title page says it in its table


def test_pages_are_counted_in_the_language_s_digits() -> None:
    pdf = make_pdf(translated("my"))
    number = len(PdfReader(BytesIO(pdf)).pages)
    with override("my"):
        words = _("Page {page} of {pages}")
    last = words.format(page=running_number(number, "my"), pages=running_number(number, "my"))
    assert without_spaces(last) in letters_of(pdf)


def test_the_contents_name_the_page_of_every_step() -> None:
    words = sop_steps(30)
    reader = PdfReader(BytesIO(make_pdf(procedure(**words))))
    contents = " ".join(" ".join(page.extract_text() for page in reader.pages[1:3]).split())
    pages = outline(reader)
    assert pages["Contents"] == 2
    assert f"1. Do what step 1 says {pages['Do what step 1 says']}" in contents
    assert f"30. Do what step 30 says {pages['Do what step 30 says']}" in contents
    assert pages["Do what step 30 says"] > pages["Do what step 1 says"] > 2


def test_links_inside_the_file_lead_to_the_step() -> None:
    reader = PdfReader(BytesIO(make_pdf(procedure(**sop_steps(30)))))
    marks = {entry.title: entry for entry in bookmarks(reader.outline)}
    steps = reader.named_destinations["/h-steps"]
    page = reader.get_destination_page_number
    assert page(steps) == page(marks["Steps"])
    assert abs(float(steps["/Top"]) - float(marks["Steps"]["/Top"])) < 20


def test_an_agreement_has_no_title_page_and_is_never_said_to_be_in_force() -> None:
    edition = publish(AgreementPageFactory(title="Memorandum", live=False))
    text = PdfReader(BytesIO(make_pdf(edition))).pages[0].extract_text()
    assert "Contents" not in text
    assert "Is this text still current?" in text
    assert "in force" not in text.lower()


def test_starter_content_says_that_nobody_approved_it() -> None:
    page = ChecklistPageFactory(title="Papers", live=False)
    with as_starter_content():
        page.save_revision().publish(log_action=False)
    said = letters_of(make_pdf(Edition.objects.get(page=page.pk)))
    assert "Startercontent,notapproved" in said
    assert "Inforcefrom" not in said


def test_a_long_line_of_code_signs_in_a_title_stays_a_title() -> None:
    edition = procedure(title='"; } </style><script>\\A', slug="signs")
    assert '"; } </style><script>\\A' in str(PdfReader(BytesIO(make_pdf(edition))).metadata.title)


def test_chromium_asks_nobody() -> None:
    """Also where the document would allow it: a picture, a style and a frame on this very machine."""
    asked = threading.Event()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.1)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        print_to_pdf(
            f"<img src='{address}/a.png'><link rel=stylesheet href='{address}/a.css'>"
            f"<iframe src='{address}/'></iframe><p>Here</p>"
        )
        try:
            listener.accept()
            asked.set()
        except TimeoutError:
            pass
    assert not asked.is_set()
