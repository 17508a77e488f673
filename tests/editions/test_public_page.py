"""What a page says of its edition: the line below its title, and what a reader must know before reading."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editions.models import Desk, Standing
from editions.publication import as_starter_content
from editions.retiring.retirement import replace, undo, withdraw
from editions.retiring.taking_down import take_down
from guidelines.models import SOPPage
from tests.factories.editions import person_with, publish
from tests.factories.pages import AgreementPageFactory, LawPageFactory, SOPPageFactory, sop_steps

pytestmark = pytest.mark.django_db


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def words_of(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def new_page(title: str = "Return", **values: Any) -> SOPPage:
    page: SOPPage = SOPPageFactory(title=title, live=False, **sop_steps(2), **values)
    return page


class TestEditionLine:
    def test_it_says_which_edition_it_is_and_since_when_it_is_in_force(self, client: Client) -> None:
        page = new_page(desk=Desk.objects.create(name="Cambodia desk", email="desk@example.org"))
        publish(page, effective=datetime.date(2026, 1, 1))
        html = html_of(client, "/en/procedures/return/")
        text = words_of(html)
        assert (
            "Edition 1.0 In force In force since 1 January 2026 Owner Cambodia desk Review due 1 January 2027"
            in text
        )
        assert "desk@example.org" not in html
        assert 'href="/en/procedures/return/editions/"' in html
        assert 'href="/en/procedures/return/editions/1.0-1.pdf"' in html
        assert 'href="/en/procedures/return/editions/1.0-1.docx"' in html

    def test_it_names_no_person(self, client: Client) -> None:
        author, approver = person_with(), person_with()
        publish(new_page(), author=author, approver=approver)
        html = html_of(client, "/en/procedures/return/")
        assert author.username not in html
        assert approver.username not in html

    def test_a_page_without_an_edition_still_answers(self, client: Client) -> None:
        SOPPageFactory(title="Return", as_of=2007, **sop_steps(2))
        html = html_of(client, "/en/procedures/return/")
        assert "Practice described in 2007" in words_of(html)
        assert "/editions/" not in html

    def test_starter_content_is_never_said_to_be_in_force(self, client: Client) -> None:
        with as_starter_content():
            new_page(as_of=2007).save_revision().publish()
        text = words_of(html_of(client, "/en/procedures/return/"))
        assert "Edition 1.0 Starter content, not approved" in text
        assert "force" not in text
        assert "Review due" not in text

    @pytest.mark.parametrize(
        ("factory", "section"), [(AgreementPageFactory, "agreements"), (LawPageFactory, "laws")]
    )
    def test_of_an_instrument_the_line_says_current_text(
        self, client: Client, factory: Any, section: str
    ) -> None:
        page = factory(title="Pact", live=False)
        publish(page)
        publish(page, "major", effective=datetime.date(2100, 1, 1))
        text = words_of(html_of(client, f"/en/{section}/pact/"))
        assert "Edition 1.0 Current text" in text
        assert "Edition 2.0 is the current text from 1 January 2100." in text
        assert "force" not in text

    def test_a_review_that_is_overdue_is_told_in_one_line(self, client: Client) -> None:
        page = new_page()
        publish(page)
        Standing.objects.filter(page=page.pk).update(review_due=datetime.date(2026, 3, 1))
        words = "Review was due on 1 March 2026. Ask before you rely on it."
        assert words in words_of(html_of(client, "/en/procedures/return/"))

    def test_a_review_that_is_not_yet_due_is_no_warning(self, client: Client) -> None:
        publish(new_page())
        assert "Review was due" not in words_of(html_of(client, "/en/procedures/return/"))

    def test_on_paper_stands_where_to_ask_whether_it_still_holds(self, client: Client) -> None:
        edition = publish(new_page())
        assert f"Is it still the one to use? http://localhost/e/{edition.code}/" in words_of(
            html_of(client, "/en/procedures/return/")
        )

    def test_it_adds_three_queries_at_most(self, client: Client) -> None:
        def cost(slug: str) -> int:
            address = f"/en/procedures/{slug}/"
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            return len(captured)

        SOPPageFactory(title="Old", **sop_steps(2))
        page = new_page(desk=Desk.objects.create(name="Cambodia desk"))
        publish(page)
        publish(page, "major", effective=datetime.date(2100, 1, 1))
        # A page that was never published asks for its standing too.
        assert cost("return") <= cost("old") + 2


class TestBanners:
    def test_an_edition_that_is_coming_is_announced(self, client: Client) -> None:
        page = new_page(purpose="As it is.")
        publish(page)
        page.purpose = "As it will be."
        publish(page, "major", effective=datetime.date(2100, 1, 1))
        html = html_of(client, "/en/procedures/return/")
        assert "Edition 2.0 is in force from 1 January 2100." in words_of(html)
        assert 'href="/en/procedures/return/editions/2.0-1/"' in html
        assert "As it is." in html
        assert "As it will be." not in html

    def test_a_withdrawn_page_stays_and_says_why(self, client: Client) -> None:
        page = new_page()
        publish(page)
        withdraw(page, by=person_with(), reason="The crossing is closed.")
        text = words_of(html_of(client, "/en/procedures/return/"))
        assert "Do not act on this page. Reason: The crossing is closed." in text
        assert "Edition 1.0 Withdrawn" in text
        assert "In force since" not in text
        undo(page, by=person_with(), reason="Open again.")
        assert "Do not act" not in words_of(html_of(client, "/en/procedures/return/"))

    def test_a_page_that_another_one_replaced_leads_there_in_the_readers_language(
        self, client: Client
    ) -> None:
        page, other = new_page(), new_page("Better return")
        publish(page)
        publish(other)
        publish(new_page("វិល", translation_of=page, language="km", slug="return"))
        publish(new_page("វិលល្អ", translation_of=other, language="km", slug="better-return"))
        replace(page, other, by=person_with(), reason="They were merged.")
        assert 'href="/en/procedures/better-return/"' in html_of(client, "/en/procedures/return/")
        html = html_of(client, "/km/procedures/return/")
        assert 'href="/km/procedures/better-return/"' in html
        assert "វិលល្អ" in html

    def test_a_page_that_replaces_but_is_private_is_not_named(self, client: Client) -> None:
        page, other = new_page(), new_page("Better return")
        publish(page)
        publish(other)
        replace(page, other, by=person_with(), reason="They were merged.")
        other.view_restrictions.create(restriction_type="login")
        html = html_of(client, "/en/procedures/return/")
        assert "Superseded by another page" in html
        assert "Better return" not in html

    def test_a_translation_of_an_earlier_edition_says_so(self, client: Client) -> None:
        page = new_page()
        publish(page)
        publish(new_page("វិល", translation_of=page, language="km", slug="return"))
        publish(page, "minor", "Tracing may finish after return.")
        html = html_of(client, "/km/procedures/return/")
        assert '<span lang="en">Tracing may finish after return.</span>' in html
        assert 'href="/en/procedures/return/editions/compare/?from=1.0-1&amp;to=1.1-1"' in html

    def test_a_correction_of_the_original_leaves_its_translations_current(self, client: Client) -> None:
        page = new_page()
        publish(page)
        publish(new_page("វិល", translation_of=page, language="km", slug="return"))
        publish(page, "correction")
        assert "editions/compare/" not in html_of(client, "/km/procedures/return/")


class TestTakenDown:
    def test_the_address_of_a_page_that_was_taken_down_answers_410(self, client: Client) -> None:
        page = new_page(purpose="A dangerous sentence.")
        edition = publish(page)
        take_down(page, [edition], by=person_with("administrator"), reason="It named a place.")
        response = client.get("/en/procedures/return/")
        html = response.content.decode()
        assert response.status_code == 410
        assert "This text was taken down" in html
        assert edition.sha256 in html
        assert "dangerous" not in html
        assert "It named a place." not in html
        assert response.headers["X-Robots-Tag"] == "noindex"

    def test_a_private_page_that_was_taken_down_stays_unknown(self, client: Client) -> None:
        page = new_page()
        edition = publish(page)
        page.view_restrictions.create(restriction_type="login")
        take_down(page, [edition], by=person_with("administrator"), reason="It named a place.")
        assert client.get("/en/procedures/return/editions/").status_code == 404

    def test_a_draft_is_not_found(self, client: Client) -> None:
        new_page()
        assert client.get("/en/procedures/return/").status_code == 404
