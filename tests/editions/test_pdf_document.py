"""The HTML that becomes a PDF stands alone: nothing in it asks anybody, and nothing in a title breaks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from editions.pdf.body import standalone
from editions.pdf.chromium import NAMES
from editions.pdf.document import document
from editions.public.rendering import rendered
from editions.publication import as_starter_content
from scripts import machine
from tests.factories.editions import publish
from tests.factories.pages import AgreementPageFactory, ChecklistPageFactory, SOPPageFactory, sop_steps


@pytest.fixture(autouse=True)
def places(settings: Any, tmp_path: Path) -> None:
    settings.PUBLIC_URL = "https://homeward.example.org"
    settings.MEDIA_ROOT = tmp_path


def test_links_lead_to_the_public_site_and_inside_the_file() -> None:
    html = standalone(
        '<a href="/en/laws/">a</a><a href="#step-1">b</a><a href="https://x.org/">c</a>', "en"
    ).html
    assert 'href="https://homeward.example.org/en/laws/"' in html
    assert 'href="#step-1"' in html
    assert 'href="https://x.org/"' in html


def test_an_upload_is_inside() -> None:
    name = default_storage.save("images/plan.png", ContentFile(b"picture"))
    html = standalone(f'<img src="/media/{name}" srcset="/media/b.png 2x" alt="A plan">', "en").html
    assert 'src="data:image/png;base64,cGljdHVyZQ=="' in html
    assert "srcset" not in html


@pytest.mark.parametrize("address", ["https://x.org/a.png", "/media/gone.png", "/media/../secret.png", ""])
def test_of_any_other_picture_the_description_stays(address: str) -> None:
    assert standalone(f'<p><img src="{address}" alt="A plan"></p>', "en").html == "<p>A plan</p>"


def test_nothing_that_runs_or_loads_stays() -> None:
    html = standalone(
        '<p>Text</p><script>x()</script><style>p{}</style><iframe src="/"></iframe><link href="/a.css">', "en"
    ).html
    assert html == "<p>Text</p>"


def test_icons_are_drawn_inside() -> None:
    body = standalone('<svg><use href="/static/homeward/icons.0a1b.svg#warn"/></svg>', "en")
    assert 'href="#drawing-warn"' in body.html
    assert '<symbol id="drawing-warn"' in body.symbols


def test_headings_keep_their_ids_or_get_one() -> None:
    first, second = standalone('<h2 id="h-steps">Steps</h2><h3>Do  <b>this</b></h3>', "en").headings
    assert (first.anchor, first.words, first.level) == ("h-steps", "Steps", 2)
    assert (second.anchor, second.words, second.level) == ("heading-2", "Do this", 3)


def test_steps_are_numbered_in_the_language_s_digits() -> None:
    steps = '<ol class="steps"><li><h3>a</h3></li><li><h3>b</h3></li></ol><h3>c</h3>'
    assert [heading.number for heading in standalone(steps, "my").headings] == ["၁", "၂", ""]
    assert [heading.number for heading in standalone(steps, "km").headings] == ["1", "2", ""]


@pytest.mark.django_db
def test_the_document_names_no_address_that_a_browser_would_load() -> None:
    edition = publish(SOPPageFactory(title="Return", live=False, **sop_steps(2)))
    html = document(edition, standalone(rendered(edition), "en"), {})
    soup = BeautifulSoup(html, "html.parser")
    assert {str(use["href"])[:1] for use in soup.find_all("use")} <= {"#"}
    assert all(str(picture["src"]).startswith("data:") for picture in soup.find_all("img"))
    assert not soup.find_all(["script", "link", "iframe"])
    assert "url(/" not in html
    assert "url('" not in html.replace("url('data:", "")
    assert 'url("http' not in html


@pytest.mark.django_db
def test_a_title_cannot_leave_its_place_in_the_style_sheet() -> None:
    edition = publish(
        SOPPageFactory(title='</style>"; } @page { size: A0', slug="signs", live=False, **sop_steps(1))
    )
    soup = BeautifulSoup(document(edition, standalone(rendered(edition), "en"), {}), "html.parser")
    [style] = soup.find_all("style")
    assert '"; } @page' not in style.get_text()
    assert "</style>" not in style.get_text()


@pytest.mark.django_db
def test_a_long_title_is_cut_between_letters_at_the_head_of_the_page() -> None:
    edition = publish(SOPPageFactory(title="ឱ្យ" * 60, slug="long", live=False, **sop_steps(1)))
    html = document(edition, standalone(rendered(edition), "en"), {})
    assert '@top-left { content: "' + "ឱ្យ" * 29 + '…"' in html


@pytest.mark.django_db
def test_only_long_kinds_have_a_title_page() -> None:
    procedure = publish(SOPPageFactory(title="Return", live=False, **sop_steps(1)))
    agreement = publish(AgreementPageFactory(title="Memorandum", live=False))
    with_page, without = (
        document(edition, standalone(rendered(edition), "en"), {}) for edition in (procedure, agreement)
    )
    assert 'class="contents"' in with_page
    assert 'class="contents"' not in without


@pytest.mark.django_db
def test_starter_content_is_never_said_to_be_in_force() -> None:
    page = ChecklistPageFactory(title="Papers", live=False)
    with as_starter_content():
        page.save_revision().publish(log_action=False)
    edition = page.editions.get()
    html = document(edition, standalone(rendered(edition), "en"), {})
    assert "Starter content, not approved" in html
    assert "In force from" not in html


def test_the_tests_and_the_site_look_for_the_same_browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(machine.shutil, "which", asked.append)
    machine.chromium()
    assert tuple(asked) == NAMES
