"""A booklet: every text of a country or service area in one page to print, each with its edition."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from content.models import Country
from editions.models import Desk, EditionText
from editions.publication import as_starter_content
from editions.retiring.retirement import withdraw
from portal.booklet import apart
from tests.factories.concepts import CountryFactory, ServiceAreaFactory
from tests.factories.editions import publish
from tests.factories.pages import (
    AgreementPageFactory,
    ChecklistPageFactory,
    CountryPageFactory,
    GuidancePageFactory,
    SOPPageFactory,
    sop_steps,
)

pytestmark = pytest.mark.django_db
BOOKLET = "/en/countries/lao-pdr/booklet/"


def published(factory: Any = SOPPageFactory, **values: Any) -> Any:
    page = factory(live=False, **values)
    publish(page)
    return page


@pytest.fixture
def laos(db: None) -> Country:
    page = CountryPageFactory(title="Lao PDR", country=CountryFactory(code="LA", slug="laos"))
    CountryPageFactory(translation_of=page, title="ລາວ", language="lo", country=page.country)
    return page.country


def read(client: Client, address: str = BOOKLET) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(client: Client, address: str = BOOKLET) -> list[str]:
    return [chapter.stand.edition.title for chapter in client.get(address).context["chapters"]]


def test_a_country_holds_its_procedures_guidance_and_agreements(client: Client, laos: Country) -> None:
    published(AgreementPageFactory, title="Memorandum", countries=[laos])
    published(GuidancePageFactory, title="Advice", countries=[laos])
    published(title="Return", countries=[laos])
    published(title="Everywhere", all_corridors=True)
    published(title="Thai", countries=[CountryFactory(code="TH")])
    assert titles(client) == ["Everywhere", "Return", "Advice", "Memorandum"]


def test_a_service_area_begins_with_its_checklist(client: Client) -> None:
    area = ServiceAreaFactory(code="1")
    published(title="Renting", service_areas=[area])
    published(ChecklistPageFactory, title="Housing", service_area=area)
    assert titles(client, "/en/service-areas/housing/booklet/") == ["Housing", "Renting"]


def test_each_text_carries_its_edition_its_owner_and_where_to_ask(client: Client, laos: Country) -> None:
    page = published(title="Return", countries=[laos], desk=Desk.objects.create(name="Protection unit"))
    edition = page.standing_today.current
    html = read(client)
    assert f"http://localhost/e/{edition.code}/" in html
    assert "In force" in html
    assert "Protection unit" in html


def test_the_text_is_the_frozen_one(client: Client, laos: Country) -> None:
    published(title="Return", countries=[laos], **sop_steps(2))
    assert "Do what step 2 says" in read(client)
    assert EditionText.objects.count() == 1


def test_starter_content_is_in_it_and_says_what_it_is(client: Client, laos: Country) -> None:
    page = SOPPageFactory(title="Return", live=False, countries=[laos])
    with as_starter_content():
        page.save_revision().publish()
    assert "Starter content, not approved" in read(client)


def test_a_text_that_is_not_in_the_readers_language_is_marked(client: Client, laos: Country) -> None:
    published(title="Return", countries=[laos])
    html = read(client, "/lo/countries/lao-pdr/booklet/")
    assert '<h1 id="text-' in html
    assert 'lang="en">Return</h1>' in html
    assert '<div class="frozen" lang="en">' in html


def test_a_translation_of_an_earlier_edition_says_so(client: Client, laos: Country) -> None:
    page = published(title="Return", countries=[laos])
    published(title="ກັບ", translation_of=page, language="lo", countries=[laos])
    address = "/lo/countries/lao-pdr/booklet/"
    assert client.get(address).context["chapters"][0].newer is None
    page.purpose = "Other."
    publish(page, "major")
    (chapter,) = client.get(address).context["chapters"]
    assert (chapter.stand.edition.title, chapter.newer.number) == ("ກັບ", "2.0")


@pytest.mark.parametrize("hide", ["draft", "private", "withdrawn"])
def test_what_is_not_public_or_not_in_use_is_left_out(client: Client, laos: Country, hide: str) -> None:
    if hide == "draft":
        SOPPageFactory(title="Hidden", live=False, countries=[laos])
    else:
        page = published(title="Hidden", countries=[laos])
        if hide == "private":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        else:
            withdraw(page, by=None, reason="Old.")
    assert "Hidden" not in read(client)


def test_a_page_without_an_edition_is_named_as_left_out(client: Client, laos: Country) -> None:
    SOPPageFactory(title="Old row", countries=[laos])
    html = read(client)
    assert titles(client) == []
    assert "Not in this booklet" in html
    assert "Old row" in html


def test_names_within_one_text_do_not_meet_those_of_another(client: Client, laos: Country) -> None:
    for title in ("One", "Two"):
        published(title=title, countries=[laos], purpose="Why.", **sop_steps(1))
    html = read(client)
    names = [part.partition('"')[0] for part in html.split(' id="')[1:]]
    assert len(names) == len(set(names))


def test_links_within_a_text_follow_its_names() -> None:
    html = '<h2 id="steps">S</h2><a href="#steps">x</a><p aria-labelledby="a b"></p><a href="/en/#main">y</a>'
    assert apart(html, prefix="t1-", title="title-1") == (
        '<h2 id="t1-steps">S</h2><a href="#t1-steps">x</a><p aria-labelledby="title-1 t1-a t1-b"></p>'
        '<a href="/en/#main">y</a>'
    )


def test_search_engines_are_led_to_the_page(client: Client, laos: Country) -> None:
    response = client.get(BOOKLET)
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert b'<link rel="canonical" href="http://localhost/en/countries/lao-pdr/">' in response.content


def test_the_country_and_the_checklist_lead_to_it(client: Client, laos: Country) -> None:
    published(title="Return", countries=[laos])
    published(ChecklistPageFactory, title="Housing")
    assert f'href="{BOOKLET}"' in read(client, "/en/countries/lao-pdr/")
    assert 'href="/en/service-areas/housing/booklet/"' in read(client, "/en/service-areas/housing/")


def test_a_long_booklet_has_parts_and_says_so(
    client: Client, laos: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.booklet.MOST", 2)
    for title in ("A", "B", "C"):
        published(title=title, countries=[laos])
    assert titles(client) == ["A", "B"]
    assert "Part 1 of 2: texts 1 to 2 of 3." in read(client)
    assert titles(client, f"{BOOKLET}?page=2") == ["C"]
    assert client.get(f"{BOOKLET}?page=3").status_code == 404
    assert client.get(f"{BOOKLET}?page=x").status_code == 400


@pytest.mark.parametrize("address", ["/en/procedures/", "/en/procedures/return/", "/en/nowhere/"])
def test_nothing_else_has_one(client: Client, address: str) -> None:
    published(title="Return")
    assert client.get(f"{address}booklet/").status_code == 404


def test_it_costs_the_same_with_2_and_with_12_texts(client: Client, laos: Country) -> None:
    desk = Desk.objects.create(name="Protection unit")

    def cost() -> int:
        client.get(BOOKLET)
        with CaptureQueriesContext(connection) as captured:
            client.get(BOOKLET)
        return len(captured)

    def add(number: int) -> None:
        for _index in range(number):
            published(countries=[laos], desk=desk, **sop_steps(2))

    add(2)
    few = cost()
    add(10)
    assert cost() == few <= 20


def test_the_other_languages_lead_to_their_booklets(client: Client, laos: Country) -> None:
    assert 'href="/lo/countries/lao-pdr/booklet/"' in read(client)
