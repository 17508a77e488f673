"""The sitemap: every public page with its other languages, and nothing else."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from content.languages import LANGUAGES
from content.models import BasePageQuerySet
from tests.factories.concepts import CorridorFactory
from tests.factories.editions import publish
from tests.factories.pages import GuidancePageFactory, SOPPageFactory

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HOST = "http://localhost"


def entries(client: Client) -> dict[str, dict[str, str]]:
    """Alternates by address."""
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{SITEMAP}urlset"
    return {
        entry.findtext(f"{SITEMAP}loc", ""): {
            link.attrib["hreflang"]: link.attrib["href"] for link in entry.iter(f"{XHTML}link")
        }
        for entry in root
    }


def test_every_public_page_is_in_it_and_answers(client: Client) -> None:
    page = SOPPageFactory()
    SOPPageFactory(translation_of=page, language="km")
    GuidancePageFactory()
    found = entries(client)
    public = BasePageQuerySet(Page).shown().filter(depth__gte=2)
    assert len(found) == public.count()
    assert {f"{HOST}{one.specific.get_url()}" for one in public} == set(found)
    assert {client.get(address.removeprefix(HOST)).status_code for address in found} == {200}


def test_a_page_names_its_other_languages_and_itself(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    SOPPageFactory(title="返回", translation_of=page, language="zh-hans")
    expected = {
        "en": f"{HOST}/en/procedures/return/",
        "zh-Hans": f"{HOST}/zh-hans/procedures/return/",
        "x-default": f"{HOST}/en/procedures/return/",
    }
    found = entries(client)
    assert found[expected["en"]] == found[expected["zh-Hans"]] == expected


def test_a_page_without_english_has_no_default(client: Client) -> None:
    SOPPageFactory(title="ការវិលត្រឡប់", slug="return", language="km")
    address = f"{HOST}/km/procedures/return/"
    assert entries(client)[address] == {"km": address}


def test_a_draft_is_neither_in_it_nor_an_alternate(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    SOPPageFactory(translation_of=page, language="km", live=False)
    found = entries(client)
    assert set(found[f"{HOST}/en/procedures/return/"]) == {"en", "x-default"}
    assert f"{HOST}/km/procedures/return/" not in found


def test_a_private_page_is_neither_in_it_nor_an_alternate(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    khmer = SOPPageFactory(translation_of=page, language="km")
    PageViewRestriction.objects.create(page=khmer, restriction_type="login")
    found = entries(client)
    assert set(found[f"{HOST}/en/procedures/return/"]) == {"en", "x-default"}
    assert f"{HOST}/km/procedures/return/" not in found


def test_what_is_below_a_private_page_is_not_in_it(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert not [address for address in entries(client) if "procedures" in address]


def test_a_way_home_is_in_it_in_every_language(client: Client) -> None:
    CorridorFactory()
    found = [address for address in entries(client) if "/corridors/th-kh/" in address]
    assert found == [f"{HOST}/{language.code}/corridors/th-kh/" for language in LANGUAGES]


def test_the_day_of_the_last_publication_is_told_without_its_hour(client: Client) -> None:
    publish(SOPPageFactory(title="Return"))
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    days = [day.text or "" for day in root.iter(f"{SITEMAP}lastmod")]
    assert days
    assert all(len(day) == len("2026-11-12") for day in days)


def test_it_costs_the_same_with_2_and_with_20_pages(client: Client) -> None:
    def cost() -> int:
        client.get("/sitemap.xml")
        with CaptureQueriesContext(connection) as captured:
            client.get("/sitemap.xml")
        return len(captured)

    SOPPageFactory.create_batch(2)
    few = cost()
    SOPPageFactory.create_batch(18)
    assert cost() == few <= 5


def test_it_is_the_same_whatever_language_is_asked_for(client: Client) -> None:
    publish(SOPPageFactory())
    plain = client.get("/sitemap.xml").content
    assert client.get("/sitemap.xml", headers={"accept-language": "my"}).content == plain
