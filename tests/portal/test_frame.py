"""What stands around every public page."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from pytest_django.fixtures import Settings

from content.languages import LANGUAGES
from content.templatetags.homeward import AREA_ICONS
from guidelines.models import AgreementIndexPage, ProcedureIndexPage
from portal.frame import DEFAULT_EXIT, quick_exit_url
from tests.factories.concepts import CorridorFactory, CountryFactory
from tests.factories.pages import (
    AgreementPageFactory,
    CaseStudyPageFactory,
    ChecklistPageFactory,
    CountryPageFactory,
    GlossaryPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
    StandardPageFactory,
    TermFactory,
    section,
    sop_steps,
)

FACTORIES = [
    AgreementPageFactory,
    CaseStudyPageFactory,
    ChecklistPageFactory,
    CountryPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
    StandardPageFactory,
]


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def header_of(html: str) -> str:
    return html[html.index("<header") : html.index("</header>")]


def switcher_of(html: str) -> str:
    return html[html.index('<details class="lang"') : html.index("</details>")]


@pytest.fixture
def every_screen(db: None) -> list[str]:
    """One address of each kind of screen."""
    corridor = CorridorFactory()
    pages = [factory() for factory in FACTORIES]
    GlossaryPageFactory()
    TermFactory()
    return [
        "/en/",
        *(page.get_url() for page in pages),
        *(page.get_parent().get_url() for page in pages if page.depth > 3),
        "/en/glossary/",
        "/en/corridors/",
        "/en/corridors/?found_in=TH&going_home_to=TH",
        f"/en/corridors/{corridor.slug}/",
        "/en/procedures/?country=TH",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_page_says_its_language(client: Client, language: object) -> None:
    html = text_of(client, f"/{language.code}/")
    assert f'<html lang="{language.tag}">' in html


@pytest.mark.django_db
def test_the_menu_holds_only_sections_that_exist(client: Client) -> None:
    assert "<nav" not in header_of(text_of(client, "/en/"))
    section(ProcedureIndexPage, "procedures", "en")
    header = header_of(text_of(client, "/en/"))
    assert 'href="/en/procedures/"' in header
    assert 'href="/en/countries/"' not in header


@pytest.mark.django_db
def test_the_menu_marks_the_section_being_read(client: Client) -> None:
    page = SOPPageFactory()
    assert '<a href="/en/procedures/" aria-current="true">' in header_of(text_of(client, page.get_url()))


@pytest.mark.django_db
def test_the_switcher_keeps_the_page_and_says_which_languages_lack_it(client: Client) -> None:
    page = SOPPageFactory(title="Family tracing")
    SOPPageFactory(title="ការតាមរកគ្រួសារ", language="km", translation_of=page)
    switcher = switcher_of(text_of(client, page.get_url()))
    assert 'href="/km/procedures/family-tracing/" hreflang="km"' in switcher
    assert 'href="/th/' not in switcher
    assert re.search(r'<span lang="th">ไทย</span><span class="why">not yet</span>', switcher)
    assert switcher.count('aria-current="true"') == 1


@pytest.mark.django_db
def test_a_draft_translation_is_not_offered(client: Client) -> None:
    page = SOPPageFactory(title="Family tracing")
    SOPPageFactory(title="Draft", language="km", translation_of=page, live=False)
    assert 'href="/km/procedures/' not in text_of(client, page.get_url())


@pytest.mark.django_db
def test_search_engines_are_told_the_versions_that_exist(client: Client) -> None:
    page = SOPPageFactory(title="Family tracing")
    SOPPageFactory(title="ការតាមរកគ្រួសារ", language="km", translation_of=page)
    found = re.findall(
        r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', text_of(client, page.get_url())
    )
    assert found == [
        ("en", f"{settings.PUBLIC_URL}/en/procedures/family-tracing/"),
        ("km", f"{settings.PUBLIC_URL}/km/procedures/family-tracing/"),
    ]


@pytest.mark.django_db
def test_a_filtered_list_keeps_its_filters_in_another_language(client: Client) -> None:
    CountryFactory(code="KH")
    page = AgreementPageFactory()
    section(AgreementIndexPage, "agreements", "km")
    assert page.get_parent().get_url() == "/en/agreements/"
    switcher = switcher_of(text_of(client, "/en/agreements/?country=KH&kind=mou"))
    assert 'href="/km/agreements/?country=KH&amp;kind=mou"' in switcher


@pytest.mark.django_db
def test_the_way_out_is_a_plain_link_on_every_page(client: Client) -> None:
    html = text_of(client, "/km/")
    assert f'<a class="exit" href="{DEFAULT_EXIT}" rel="noreferrer nofollow">' in html


@pytest.mark.parametrize(
    ("configured", "language", "expected"),
    [
        ("", "km", DEFAULT_EXIT),
        ("https://example.org/", "km", "https://example.org/"),
        ("km=https://km.example.org/ https://example.org/", "km", "https://km.example.org/"),
        ("km=https://km.example.org/ https://example.org/", "th", "https://example.org/"),
        ("km=https://km.example.org/", "th", DEFAULT_EXIT),
    ],
)
def test_the_way_out_may_differ_by_language(
    settings: Settings, configured: str, language: str, expected: str
) -> None:
    settings.QUICK_EXIT_URL = configured
    assert quick_exit_url(language) == expected


def test_no_page_carries_inline_script_style_or_a_form_token(client: Client, every_screen: list[str]) -> None:
    for address in every_screen:
        html = text_of(client, address)
        assert not re.search(r"\sstyle\s*=", html), address
        assert not re.search(r"<style|\son[a-z]+\s*=", html), address
        assert "csrfmiddlewaretoken" not in html, address
        for tag in re.findall(r"<script[^>]*>", html):
            assert " src=" in tag, address


def test_no_page_makes_a_browser_ask_another_host(client: Client, every_screen: list[str]) -> None:
    for address in every_screen:
        html = text_of(client, address)
        loaded = re.findall(
            r'<(?:script|img|use|link rel="(?:stylesheet|icon)")[^>]*?(?:src|href)="([^"]+)"', html
        )
        assert loaded
        assert [one for one in loaded if not one.startswith("/static/homeward/")] == [], address


def test_every_screen_has_one_title_and_headings_in_order(client: Client, every_screen: list[str]) -> None:
    for address in every_screen:
        html = text_of(client, address)
        levels = [
            int(level)
            for level in re.findall(r"<h([1-6])[\s>]", html[html.index("<main") : html.index("</main>")])
        ]
        assert levels[0] == 1, address
        assert levels.count(1) == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), address


def test_every_anchor_is_unique_and_every_jump_has_a_target(client: Client, every_screen: list[str]) -> None:
    for address in every_screen:
        html = text_of(client, address)
        anchors = re.findall(r'\sid="([^"]+)"', html)
        assert len(anchors) == len(set(anchors)), address
        for jump in re.findall(r'href="#([^"]+)"', html):
            assert jump in anchors, (address, jump)


def test_every_link_of_every_screen_answers(client: Client, every_screen: list[str]) -> None:
    links = {
        link.replace("&amp;", "&").partition("#")[0]
        for address in every_screen
        for link in re.findall(r'<a [^>]*?href="(/[^"]*)"', text_of(client, address))
    }
    for link in sorted(link for link in links if not link.startswith("/accounts/")):
        assert client.get(link).status_code == 200, link


@pytest.mark.django_db
def test_an_icon_that_a_template_names_is_in_the_sprite() -> None:
    drawn = icons()
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    named = {
        name
        for path in templates
        for name in re.findall(r"""\{% icon ["']([a-z-]+)["']""", path.read_text("utf-8"))
    }
    named |= set(AREA_ICONS.values()) | {factory._meta.model.kind_icon for factory in FACTORIES}
    assert named - drawn == set()


def icons() -> set[str]:
    sprite = finders.find("homeward/icons.svg")
    assert isinstance(sprite, str)
    return set(re.findall(r'<symbol id="([a-z-]+)"', Path(sprite).read_text("utf-8")))


def test_the_style_sheets_ask_nothing_of_anybody() -> None:
    for name in ("frame", "parts", "print"):
        path = finders.find(f"homeward/css/{name}.css")
        assert isinstance(path, str)
        css = Path(path).read_text("utf-8")
        assert "@import" not in css
        assert "url(" not in css


@pytest.mark.django_db
def test_a_page_in_another_language_says_so_and_is_marked(client: Client) -> None:
    SOPPageFactory(title="Family tracing")
    section(ProcedureIndexPage, "procedures", "km")
    html = text_of(client, "/km/procedures/")
    assert (
        '<h3 lang="en"><a href="/en/procedures/family-tracing/" hreflang="en">Family tracing</a></h3>' in html
    )
    assert '<span lang="en">English</span>' in html


@pytest.mark.django_db
def test_an_unconfirmed_page_says_so_with_its_year(client: Client) -> None:
    page = SOPPageFactory(unconfirmed=True, as_of=2007, **sop_steps(1))
    html = text_of(client, page.get_url())
    assert "Not yet confirmed" in html
    assert "This describes practice in 2007. Its owner has not yet confirmed it." in html
    assert "Starter content, not approved" in html
    assert "in force" not in html.lower()
    assert "Not yet confirmed" not in text_of(client, SOPPageFactory(as_of=2007).get_url())


@pytest.mark.django_db
def test_a_filter_without_results_offers_to_clear_it(client: Client) -> None:
    SOPPageFactory(countries=[CountryFactory(code="TH")])
    CountryFactory(code="KH")
    html = text_of(client, "/en/procedures/?country=KH")
    assert "Nothing found" in html
    assert re.search(r'<a [^>]*href="/en/procedures/">Clear all filters</a>', html)


@pytest.mark.django_db
def test_a_long_list_is_paged_and_says_its_order(client: Client) -> None:
    for _index in range(37):
        SOPPageFactory()
    first = text_of(client, "/en/procedures/")
    assert "1 to 25 of 37" in first
    assert "by title" in first
    assert 'rel="next" href="?page=2"' in first
    second = text_of(client, "/en/procedures/?page=2")
    assert "26 to 37 of 37" in second
    assert 'rel="next"' not in second


@pytest.mark.django_db
def test_two_equal_countries_make_no_way_home(client: Client) -> None:
    CorridorFactory()
    html = text_of(client, "/en/corridors/?found_in=TH&going_home_to=TH")
    assert "Choose two different countries." in html
    assert html.count('aria-invalid="true"') == 2
    assert client.get("/en/corridors/?found_in=TH&going_home_to=KH")["Location"] == "/en/corridors/th-kh/"


@pytest.mark.django_db
def test_a_way_home_without_anything_says_what_to_try(client: Client) -> None:
    corridor = CorridorFactory()
    html = text_of(client, f"/en/corridors/{corridor.slug}/")
    assert "Nothing is collected for this way home yet." in html
    assert 'href="/en/corridors/"' in html


@pytest.mark.django_db
def test_each_term_of_the_glossary_has_its_anchor_and_its_language(client: Client, khmer: object) -> None:
    page = GlossaryPageFactory()
    GlossaryPageFactory(language="km", translation_of=page)
    TermFactory(key="vot", term="victim of trafficking")
    term = TermFactory(key="shelter", term="shelter")
    TermFactory(
        key="shelter", term="មជ្ឈមណ្ឌល", locale=khmer, translation_key=term.translation_key, unreviewed=True
    )
    html = text_of(client, "/km/glossary/")
    assert '<div class="term" id="vot" lang="en">' in html
    assert '<div class="term" id="shelter">' in html
    with translation.override("km"):
        assert html.count(gettext("Not yet reviewed by a native speaker")) == 1


@pytest.mark.django_db
def test_the_glossary_mixes_capitals_and_small_letters(client: Client) -> None:
    GlossaryPageFactory()
    for word in ("shelter", "MOU", "(re)integration", "abuse"):
        TermFactory(term=word)
    html = text_of(client, "/en/glossary/")
    assert re.findall(r"<dt>([^<]+)", html) == ["abuse", "MOU", "(re)integration", "shelter"]
