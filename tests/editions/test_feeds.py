"""Feeds: what changed in a scope, in one language, and nothing that readers may not see."""

from __future__ import annotations

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from content.models import Country
from editions.choices import EventKind
from editions.models import Desk, EditionEvent, Standing
from editions.publication import as_starter_content
from editions.retiring.retirement import replace, undo, withdraw
from editions.retiring.taking_down import take_down
from tests.factories.concepts import CorridorFactory, CountryFactory, ServiceAreaFactory
from tests.factories.editions import approve, person_with, publish, submit
from tests.factories.pages import (
    AgreementPageFactory,
    CaseStudyPageFactory,
    ChecklistPageFactory,
    CountryPageFactory,
    SOPPageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "/en/updates.atom"


def draft(factory: Any = SOPPageFactory, **values: Any) -> Any:
    return factory(live=False, **values)


def published(factory: Any = SOPPageFactory, **values: Any) -> Any:
    page = draft(factory, **values)
    publish(page)
    return page


def read(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def entries(client: Client, address: str = SITE) -> list[ElementTree.Element]:
    return read(client, address).findall(f"{ATOM}entry")


def titles(client: Client, address: str = SITE) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in entries(client, address)]


def link(entry: ElementTree.Element) -> str:
    found = entry.find(f"{ATOM}link")
    assert found is not None
    return found.attrib["href"]


def start(page: Any) -> None:
    """Puts it up as starter content."""
    with as_starter_content():
        page.save_revision().publish()
    page.refresh_from_db()


# ---- Entries


def test_a_publication_is_an_entry(client: Client) -> None:
    published(title="Return")
    assert titles(client) == ["Return: edition 1.0"]


def test_an_entry_says_what_changed_and_why(client: Client) -> None:
    page = published(title="Return")
    page.purpose = "More."
    publish(page, "minor", "Step 2 names <the> paper.")
    summary = entries(client)[0].findtext(f"{ATOM}summary", "")
    assert "Step 2 names &lt;the&gt; paper." in summary
    assert '<div lang="en">' in summary


def test_an_entry_leads_to_the_frozen_text_that_it_is_about(client: Client) -> None:
    page = published(title="Return")
    page.purpose = "Corrected."
    publish(page, "correction")
    links = [link(entry) for entry in entries(client)]
    base = "http://localhost/en/procedures/return/editions"
    assert links == [f"{base}/1.0-2/", f"{base}/1.0-1/"]
    assert {client.get(address.removeprefix("http://localhost")).status_code for address in links} == {200}


def test_an_entry_names_the_kind_of_edition(client: Client) -> None:
    page = published()
    page.purpose = "Other."
    publish(page, "major")
    category = entries(client)[0].find(f"{ATOM}category")
    assert category is not None
    assert category.attrib["term"] == "Major edition"


def test_the_desk_is_the_author(client: Client) -> None:
    published(desk=Desk.objects.create(name="Protection unit"))
    assert [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries(client)] == ["Protection unit"]


def test_without_a_desk_the_site_is_the_author_and_never_a_person(client: Client) -> None:
    page = draft()
    publish(page, author=person_with(), approver=person_with())
    assert [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries(client)] == ["Homeward"]
    assert b"person-" not in client.get(SITE).content


def test_an_id_stays_when_the_page_moves_to_another_address(client: Client) -> None:
    page = published(title="Return")
    before = entries(client)[0].findtext(f"{ATOM}id")
    Page.objects.filter(pk=page.pk).update(slug="going-home", url_path="/home/procedures/going-home/")
    assert entries(client)[0].findtext(f"{ATOM}id") == before
    assert before is not None
    assert before.startswith("urn:uuid:")


def test_an_announced_edition_is_told_and_keeps_its_id_when_it_comes(client: Client) -> None:
    page = published(title="Return")
    page.purpose = "Later."
    edition = publish(page, "major", effective=datetime.date(2100, 1, 1))
    announced = entries(client)[0]
    assert announced.findtext(f"{ATOM}title") == "Return: edition 2.0 comes on 1 January 2100"
    EditionEvent.objects.create(
        translation_key=page.translation_key,
        edition=edition,
        kind=EventKind.CAME_INTO_FORCE,
        at=timezone.now(),
    )
    came = entries(client)[0]
    assert came.findtext(f"{ATOM}title") == "Return: edition 2.0"
    assert came.findtext(f"{ATOM}id") == announced.findtext(f"{ATOM}id")
    assert len(entries(client)) == 2


def test_starter_content_is_no_news_until_somebody_approves_it(client: Client) -> None:
    page = draft(title="Return")
    start(page)
    assert titles(client) == []
    approve(submit(page, person_with()), person_with())
    assert titles(client) == ["Return: edition 1.0 is approved"]


def test_a_withdrawal_and_its_undoing_are_entries_with_their_reasons(client: Client) -> None:
    page = published(title="Return")
    withdraw(page, by=person_with(), reason="The law changed.")
    undo(page, by=person_with(), reason="It did not.")
    assert titles(client)[:2] == ["Return: in use again", "Return: withdrawn"]
    assert "The law changed." in entries(client)[1].findtext(f"{ATOM}summary", "")


def test_a_page_that_is_superseded_leads_to_the_one_that_replaces_it(client: Client) -> None:
    old, new = published(title="Old"), published(title="New")
    replace(old, new, by=person_with(), reason="Both said the same.")
    entry = entries(client)[0]
    assert entry.findtext(f"{ATOM}title") == "Old: superseded by another page"
    assert "http://localhost/en/procedures/new/" in entry.findtext(f"{ATOM}summary", "")


def test_of_what_was_taken_down_nothing_is_told_but_that_it_was(client: Client) -> None:
    page = published(title="Secret")
    edition = page.standing_today.current
    reason = "Names a shelter"
    take_down(page, [edition], by=person_with("administrator"), reason=reason)
    html = client.get(SITE).content.decode()
    assert titles(client) == ["Edition 1.0 of a text was taken down"]
    assert [link(entry) for entry in entries(client)] == [f"http://localhost/e/{edition.code}/"]
    assert "shelter" not in html
    assert "Secret" not in html


def test_the_newest_stands_first_and_50_are_kept(client: Client) -> None:
    page = published(title="Return")
    edition = page.standing_today.current
    for number in range(60):
        EditionEvent.objects.create(
            translation_key=page.translation_key,
            kind=EventKind.WITHDRAWN if number % 2 else EventKind.WITHDRAWAL_UNDONE,
            at=timezone.now() + datetime.timedelta(seconds=number),
        )
    found = entries(client)
    moments = [entry.findtext(f"{ATOM}updated", "") for entry in found]
    assert len(found) == 50
    assert moments == sorted(moments, reverse=True)
    assert edition.title == "Return"


# ---- What is not public


@pytest.mark.parametrize("hide", ["draft", "private", "off the site"])
def test_what_readers_may_not_see_is_not_told(client: Client, hide: str) -> None:
    if hide == "draft":
        draft(title="Return")
    else:
        page = published(title="Return")
        if hide == "private":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        else:
            Page.objects.filter(pk=page.pk).update(live=False)
    assert titles(client) == []


def test_a_private_text_that_was_taken_down_is_not_told(client: Client) -> None:
    page = published(title="Return")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    Page.objects.filter(pk=page.pk).update(live=False)
    Standing.objects.filter(page=page.pk).update(taken_down=True)
    assert titles(client) == []


# ---- Languages


def test_a_feed_holds_its_own_language_only(client: Client) -> None:
    page = published(title="Return")
    khmer = draft(title="ការវិលត្រឡប់", translation_of=page, language="km")
    publish(khmer)
    assert titles(client) == ["Return: edition 1.0"]
    (entry,) = entries(client, "/km/updates.atom")
    assert "1.0 km-1" in entry.findtext(f"{ATOM}title", "")


def test_a_translation_tells_what_changed_in_the_words_of_its_original_marked_as_such(client: Client) -> None:
    page = published(title="Return")
    page.purpose = "More."
    publish(page, "minor", "A paper is named.")
    publish(draft(title="ការវិលត្រឡប់", translation_of=page, language="km"))
    (entry,) = entries(client, "/km/updates.atom")
    assert '<div lang="en"><p>A paper is named.</p></div>' in entry.findtext(f"{ATOM}summary", "")


def test_a_feed_says_its_language(client: Client) -> None:
    root = read(client, "/zh-hans/updates.atom")
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "zh-Hans"


# ---- Scopes


def test_a_section_holds_its_own_pages(client: Client) -> None:
    published(title="Return")
    published(AgreementPageFactory, title="Memorandum")
    assert titles(client, "/en/agreements/updates.atom") == ["Memorandum: edition 1.0"]


def test_a_page_holds_itself_only(client: Client) -> None:
    published(title="Return")
    published(title="Other")
    assert titles(client, "/en/procedures/return/updates.atom") == ["Return: edition 1.0"]


@pytest.fixture
def laos(db: None) -> Country:
    return CountryPageFactory(title="Lao PDR", country=CountryFactory(code="LA", slug="laos")).country


def test_a_country_holds_what_names_it_and_what_is_for_all(client: Client, laos: Country) -> None:
    published(title="Lao", countries=[laos])
    published(AgreementPageFactory, title="All six", all_corridors=True)
    published(title="Thai", countries=[CountryFactory(code="TH")])
    found = titles(client, "/en/countries/lao-pdr/updates.atom")
    assert sorted(found) == ["All six: edition 1.0", "Lao: edition 1.0"]


def test_a_way_home_holds_what_its_page_shows(client: Client) -> None:
    way = CorridorFactory()
    back = CorridorFactory(destination=way.origin, origin=way.destination)
    published(title="There", corridors=[way])
    published(title="Back", corridors=[back])
    published(title="At home", countries=[way.origin])
    found = titles(client, "/en/corridors/th-kh/updates.atom")
    assert sorted(found) == ["At home: edition 1.0", "There: edition 1.0"]


def test_a_service_area_holds_its_checklist_and_what_names_it(client: Client) -> None:
    area = ServiceAreaFactory(code="1")
    published(ChecklistPageFactory, title="Housing", service_area=area)
    published(title="Renting", service_areas=[area])
    published(title="Return")
    found = titles(client, "/en/service-areas/housing/updates.atom")
    assert sorted(found) == ["Housing: edition 1.0", "Renting: edition 1.0"]


@pytest.mark.parametrize("address", ["/en/nowhere/", "/en/corridors/th-xx/", "/en/corridors/TH-KH/"])
def test_what_does_not_exist_has_no_feed(client: Client, address: str) -> None:
    CorridorFactory()
    assert client.get(f"{address}updates.atom").status_code == 404


@pytest.mark.parametrize("factory", [CaseStudyPageFactory, StandardPageFactory])
def test_pages_without_editions_have_no_feed_and_name_none(client: Client, factory: Any) -> None:
    page = factory(title="Plain")
    assert client.get(f"{page.url}updates.atom").status_code == 404
    assert b"application/atom+xml" not in client.get(page.url).content


def test_the_old_address_of_a_page_that_moved_leads_to_its_feed(client: Client) -> None:
    page = published(title="Return")
    Redirect.objects.create(old_path="/en/procedures/old", redirect_page=page, is_permanent=True)
    response = client.get("/en/procedures/old/updates.atom")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/procedures/return/updates.atom")


def test_a_draft_has_no_feed(client: Client) -> None:
    draft(title="Return")
    assert client.get("/en/procedures/return/updates.atom").status_code == 404


@pytest.mark.parametrize("address", ["/en/", "/en/procedures/", "/en/procedures/return/", "/en/updates/"])
def test_a_page_names_its_feed(client: Client, address: str) -> None:
    published(title="Return")
    html = client.get(address).content.decode()
    feed = "/en/updates.atom" if address == "/en/updates/" else f"{address}updates.atom"
    assert f'type="application/atom+xml" title="Updates" href="{feed}"' in html


def test_a_way_home_names_its_feed(client: Client) -> None:
    CorridorFactory()
    assert b'href="/en/corridors/th-kh/updates.atom"' in client.get("/en/corridors/th-kh/").content


# ---- Serving


def test_equal_questions_get_equal_bytes_and_then_304(client: Client) -> None:
    published()
    for address in (SITE, "/km/updates.atom"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert again.status_code == 304


def test_a_feed_costs_the_same_with_2_and_with_20_entries(client: Client) -> None:
    def cost() -> int:
        client.get(SITE)
        with CaptureQueriesContext(connection) as captured:
            client.get(SITE)
        return len(captured)

    published()
    withdraw(published(), by=None, reason="Old.")
    few = cost()
    for _number in range(8):
        published()
        withdraw(published(), by=None, reason="Old.")
    assert cost() == few <= 8


# ---- The page for readers


def test_readers_see_what_changed_and_what_they_can_follow(client: Client) -> None:
    page = published(title="Return")
    page.purpose = "More."
    publish(page, "minor", "A paper is named.")
    html = client.get("/en/updates/").content.decode()
    assert "Return: edition 1.1" in html
    assert '<p class="small" lang="en">A paper is named.</p>' in html
    assert 'href="/en/procedures/updates.atom"' in html
    assert "/accounts/subscriptions/?scope=site" in html


def test_mail_is_not_offered_without_a_mail_server(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    published()
    assert "Tell me by mail" not in client.get("/en/updates/").content.decode()


@pytest.mark.parametrize(
    ("factory", "address", "scope"),
    [
        (SOPPageFactory, "/en/procedures/return/", "scope=page"),
        (ChecklistPageFactory, "/en/service-areas/return/", "scope=service_area"),
    ],
)
def test_the_history_of_a_page_leads_to_its_feed_and_its_mails(
    client: Client, factory: Any, address: str, scope: str
) -> None:
    published(factory, title="Return")
    html = client.get(f"{address}editions/").content.decode()
    assert f'href="{address}updates.atom"' in html
    assert f"/accounts/subscriptions/?{scope}&amp;key=" in html
