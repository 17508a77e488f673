"""The addresses of editions: they are printed on paper, so they answer, move with their page, and never break."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from editions.choices import EventKind
from editions.models import Edition, EditionEvent
from editions.publication import as_starter_content
from editions.retiring.cancelling import cancel
from editions.retiring.retirement import withdraw
from editions.retiring.taking_down import take_down
from guidelines.models import SOPPage
from tests.factories.editions import person_with, publish
from tests.factories.pages import SOPPageFactory, StandardPageFactory, sop_steps

pytestmark = pytest.mark.django_db
PAGE = "/en/procedures/return/"


@pytest.fixture
def page() -> SOPPage:
    """A procedure with editions 1.0, 1.0-2 and 1.1."""
    page: SOPPage = SOPPageFactory(title="Return", live=False, purpose="First words.", **sop_steps(2))
    publish(page)
    page.purpose = "Corrected words."
    publish(page, "correction", "A wrong name was put right.")
    page.purpose = "Better words."
    publish(page, "minor", "Step 2 is clearer.")
    return page


def html_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def words_of(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


class TestHistory:
    def test_it_lists_all_editions_newest_first_with_their_notes(self, client: Client, page: SOPPage) -> None:
        text = words_of(html_of(client, f"{PAGE}editions/"))
        parts = ["Edition 1.1 In force", "Step 2 is clearer.", "Edition 1.0-2 Superseded"]
        parts += ["A wrong name was put right.", "Edition 1.0 Superseded", "First edition"]
        positions = [text.index(part) for part in parts]
        assert positions == sorted(positions)

    def test_it_leads_to_every_text_to_comparisons_and_to_files(self, client: Client, page: SOPPage) -> None:
        html = html_of(client, f"{PAGE}editions/")
        for rest in ("1.1/", "1.0-2/", "1.0-1/", "1.1.pdf", "1.1.docx"):
            assert f'href="{PAGE}editions/{rest}"' in html
        assert f'href="{PAGE}editions/compare/?from=1.0-2&amp;to=1.1"' in html

    def test_a_page_without_editions_says_so(self, client: Client) -> None:
        SOPPageFactory(title="Return", **sop_steps(1))
        assert "No edition yet" in html_of(client, f"{PAGE}editions/")

    def test_events_are_told_in_words_with_reasons_meant_for_readers(
        self, client: Client, page: SOPPage
    ) -> None:
        withdraw(page, by=person_with(), reason="The crossing is closed.")
        text = words_of(html_of(client, f"{PAGE}editions/"))
        assert "The page as a whole" in text
        assert ": withdrawn · The crossing is closed." in text

    def test_who_approved_is_told_to_people_with_a_role_only(self, client: Client) -> None:
        page = SOPPageFactory(title="Return", live=False, **sop_steps(1))
        approver = person_with()
        publish(page, approver=approver)
        response = client.get(f"{PAGE}editions/")
        assert approver.username not in response.content.decode()
        assert "Cookie" in response.headers["Vary"]
        client.force_login(person_with("translator"))
        response = client.get(f"{PAGE}editions/")
        assert f"Approved by {approver.username}" in response.content.decode()
        assert "private" in response.headers["Cache-Control"]

    def test_the_note_of_a_still_correct_stays_among_staff(self, client: Client, page: SOPPage) -> None:
        EditionEvent.objects.create(
            translation_key=page.translation_key,
            edition=Edition.objects.get(page=page.pk, minor=1),
            kind=EventKind.STILL_CORRECT,
            at=datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC),
            reason="Asked the ministry.",
        )
        text = words_of(html_of(client, f"{PAGE}editions/"))
        assert "1 May 2026 : confirmed as still correct" in text
        assert "Asked the ministry." not in text

    def test_a_translation_names_the_edition_it_was_made_from(self, client: Client, page: SOPPage) -> None:
        publish(SOPPageFactory(translation_of=page, language="km", title="វិល", live=False, **sop_steps(1)))
        html = html_of(client, "/km/procedures/return/editions/")
        assert "1.1 km-1" in html
        assert '<p lang="en">Step 2 is clearer.</p>' in html

    def test_it_costs_the_same_with_3_and_with_12_editions(self, client: Client, page: SOPPage) -> None:
        def cost() -> int:
            client.get(f"{PAGE}editions/")
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"{PAGE}editions/").status_code == 200
            return len(captured)

        few = cost()
        for _index in range(9):
            publish(page, "minor")
        assert cost() == few
        assert few <= 14


class TestOneEdition:
    def test_each_text_stays_readable(self, client: Client, page: SOPPage) -> None:
        assert "First words." in html_of(client, f"{PAGE}editions/1.0-1/")
        assert "Corrected words." in html_of(client, f"{PAGE}editions/1.0-2/")
        assert "Better words." in html_of(client, f"{PAGE}editions/1.1/")

    def test_a_number_is_its_latest_text(self, client: Client, page: SOPPage) -> None:
        html = html_of(client, f"{PAGE}editions/1.0/")
        assert "Corrected words." in html
        assert "First words." not in html

    def test_it_keeps_its_title(self, client: Client, page: SOPPage) -> None:
        page.title = "Return and care"
        publish(page, "minor")
        assert "<h1>Return</h1>" in html_of(client, f"{PAGE}editions/1.1/")
        assert "<h1>Return and care</h1>" in html_of(client, f"{PAGE}editions/1.2/")

    def test_a_superseded_one_leads_to_what_followed(self, client: Client, page: SOPPage) -> None:
        html = html_of(client, f"{PAGE}editions/1.0-1/")
        text = words_of(html)
        assert "Edition 1.0 is superseded." in text
        assert "Edition 1.0-2 followed it. Read edition 1.0-2 See what changed" in text
        assert "Today the page shows edition 1.1." in text
        assert f'href="{PAGE}editions/compare/?from=1.0-1&amp;to=1.0-2"' in html

    def test_search_engines_are_sent_to_the_page(self, client: Client, page: SOPPage) -> None:
        response = client.get(f"{PAGE}editions/1.0/")
        html = response.content.decode()
        assert '<meta name="robots" content="noindex">' in html
        assert f'<link rel="canonical" href="http://localhost{PAGE}">' in html
        assert 'rel="alternate" hreflang' not in html
        assert response.headers["X-Robots-Tag"] == "noindex"

    def test_its_short_address_is_on_it(self, client: Client, page: SOPPage) -> None:
        code = Edition.objects.get(page=page.pk, minor=1).code
        assert f"http://localhost/e/{code}/" in html_of(client, f"{PAGE}editions/1.1/")

    def test_one_that_is_coming_says_from_when(self, client: Client, page: SOPPage) -> None:
        publish(page, "major", effective=datetime.date(2100, 1, 1))
        text = words_of(html_of(client, f"{PAGE}editions/2.0/"))
        assert "Edition 2.0 is not yet in force. In force from 1 January 2100." in text

    def test_one_that_was_cancelled_says_so(self, client: Client, page: SOPPage) -> None:
        coming = publish(page, "major", effective=datetime.date(2100, 1, 1))
        cancel(coming, by=person_with(), reason="Later.")
        assert "Edition 2.0 never came into force. Do not act on it." in words_of(
            html_of(client, f"{PAGE}editions/2.0/")
        )

    def test_every_edition_of_a_withdrawn_page_says_so(self, client: Client, page: SOPPage) -> None:
        withdraw(page, by=person_with(), reason="The crossing is closed.")
        for number in ("1.0", "1.1"):
            assert "The crossing is closed." in html_of(client, f"{PAGE}editions/{number}/")

    def test_starter_content_is_said_to_be_not_approved(self, client: Client) -> None:
        page = SOPPageFactory(title="Return", live=False, **sop_steps(1))
        with as_starter_content():
            page.save_revision().publish()
        text = words_of(html_of(client, f"{PAGE}editions/1.0/"))
        assert "Edition 1.0 is starter content, not approved." in text
        assert "force" not in text

    @pytest.mark.parametrize("number", ["3.0", "1.0-9", "01.0", "1", "x", "1.0.1", "១.០", "999999.0"])
    def test_an_unknown_one_is_not_found_and_those_that_exist_are_listed(
        self, client: Client, page: SOPPage, number: str
    ) -> None:
        html = html_of(client, f"{PAGE}editions/{number}/", 404)
        assert "No such edition" in html
        assert f'href="{PAGE}editions/1.1/"' in html
        assert f'href="{PAGE}editions/1.0-1/"' in html

    def test_one_that_was_taken_down_answers_410_without_its_words(
        self, client: Client, page: SOPPage
    ) -> None:
        first = Edition.objects.get(page=page.pk, minor=0, text=1)
        take_down(page, [first], by=person_with("administrator"), reason="It named a place.")
        html = html_of(client, f"{PAGE}editions/1.0-1/", 410)
        assert first.sha256 in html
        assert "First words." not in html
        assert "It named a place." not in html
        assert "Better words." in html_of(client, f"{PAGE}editions/1.1/")
        assert f'href="{PAGE}editions/1.0-1/"' not in html_of(client, f"{PAGE}editions/")

    def test_the_languages_lead_to_the_same_edition_else_to_the_page(
        self, client: Client, page: SOPPage
    ) -> None:
        publish(SOPPageFactory(translation_of=page, language="km", title="វិល", live=False, **sop_steps(1)))
        assert 'href="/km/procedures/return/editions/1.1/"' in html_of(client, f"{PAGE}editions/1.1/")
        html = html_of(client, f"{PAGE}editions/1.0/")
        assert 'href="/km/procedures/return/"' in html
        assert "/km/procedures/return/editions/" not in html
        assert 'href="/th/' not in html

    def test_nothing_private_or_unpublished_has_editions(self, client: Client, page: SOPPage) -> None:
        SOPPageFactory(title="Draft", live=False, **sop_steps(1))
        StandardPageFactory(title="About")
        assert client.get("/en/procedures/draft/editions/").status_code == 404
        assert client.get("/en/about/editions/").status_code == 404
        assert client.get("/en/editions/").status_code == 404
        assert client.get("/km/procedures/return/editions/1.0/").status_code == 404
        page.view_restrictions.create(restriction_type="login")
        for rest in ("", "1.0/", "compare/", "1.0.pdf"):
            assert client.get(f"{PAGE}editions/{rest}").status_code == 404

    def test_nothing_can_be_sent_to_it(self, client: Client, page: SOPPage) -> None:
        assert client.post(f"{PAGE}editions/1.0/").status_code == 405


class TestCompare:
    def test_without_two_numbers_it_asks_for_them(self, client: Client, page: SOPPage) -> None:
        html = html_of(client, f"{PAGE}editions/compare/")
        assert '<form class="choose' in html
        assert '<option value="1.0-2" selected>' in html

    @pytest.mark.parametrize("query", ["from=9.9&to=1.1", "from=x&to=1.1", "from=1.1&to=%C3%BF"])
    def test_what_does_not_exist_is_not_found_and_the_form_comes_back(
        self, client: Client, page: SOPPage, query: str
    ) -> None:
        html = html_of(client, f"{PAGE}editions/compare/?{query}", 404)
        assert "There is no edition" in html
        assert "<form" in html

    @pytest.mark.parametrize("query", ["from=1.1&to=1.1", "from=1.0&to=1.0-2"])
    def test_an_edition_is_not_compared_with_itself(self, client: Client, page: SOPPage, query: str) -> None:
        assert "Choose two different editions." in html_of(client, f"{PAGE}editions/compare/?{query}", 400)

    def test_two_editions_stand_beside_one_another(self, client: Client, page: SOPPage) -> None:
        html = html_of(client, f"{PAGE}editions/compare/?from=1.0&to=1.1")
        assert "Corrected" in html
        assert "Better" in html


class TestMoved:
    @pytest.mark.parametrize(
        "rest", ["editions/", "editions/1.0/", "editions/1.0.pdf", "editions/compare/?from=1.0&to=1.1"]
    )
    def test_what_stands_below_a_page_moves_with_it(self, client: Client, page: SOPPage, rest: str) -> None:
        Redirect.add_redirect("/en/procedures/old-return/", redirect_to=page, is_permanent=True)
        response = client.get(f"/en/procedures/old-return/{rest}")
        assert (response.status_code, response.headers["Location"]) == (301, f"{PAGE}{rest}")

    def test_nothing_leads_to_a_private_page(self, client: Client, page: SOPPage) -> None:
        Redirect.add_redirect("/en/procedures/old-return/", redirect_to=page, is_permanent=True)
        page.view_restrictions.create(restriction_type="login")
        assert client.get("/en/procedures/old-return/editions/").status_code == 404

    def test_a_page_that_was_never_there_is_not_found(self, client: Client) -> None:
        assert client.get("/en/procedures/nothing/editions/1.0/").status_code == 404

    def test_a_list_that_moves_takes_the_editions_of_its_pages_along(
        self, client: Client, page: SOPPage, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            listing = page.get_parent().specific
            listing.slug = "ways"
            listing.save_revision().publish()
        response = client.get(f"{PAGE}editions/1.0/")
        assert (response.status_code, response.headers["Location"]) == (301, "/en/ways/return/editions/1.0/")
        assert client.get("/en/ways/return/editions/1.0/").status_code == 200
