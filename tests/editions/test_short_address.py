"""``/e/{code}/`` on a print: is this edition still the one to use?"""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client

from editions.models import Edition
from editions.publication import as_starter_content
from editions.retiring.retirement import withdraw
from editions.retiring.taking_down import take_down
from guidelines.models import SOPPage
from tests.factories.editions import person_with, publish
from tests.factories.pages import AgreementPageFactory, SOPPageFactory, sop_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> SOPPage:
    page: SOPPage = SOPPageFactory(title="Return", live=False, **sop_steps(1))
    return page


def answer(client: Client, edition: Edition, status: int = 200) -> str:
    response = client.get(f"/e/{edition.code}/")
    assert response.status_code == status
    assert response.headers["X-Robots-Tag"] == "noindex"
    html = response.content.decode()
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_an_edition_in_force(client: Client, page: SOPPage) -> None:
    text = answer(client, publish(page, effective=datetime.date(2026, 1, 1)))
    assert "Return Edition 1.0 is in force. In force since 1 January 2026." in text


def test_a_superseded_one_names_what_followed(client: Client, page: SOPPage) -> None:
    first = publish(page)
    publish(page, "major")
    text = answer(client, first)
    assert "Edition 1.0 is superseded." in text
    assert "Edition 2.0 followed it." in text


def test_one_that_is_coming(client: Client, page: SOPPage) -> None:
    publish(page)
    coming = publish(page, "major", effective=datetime.date(2100, 1, 1))
    assert "Edition 2.0 is not yet in force. In force from 1 January 2100." in answer(client, coming)


def test_a_withdrawn_one(client: Client, page: SOPPage) -> None:
    edition = publish(page)
    withdraw(page, by=person_with(), reason="The crossing is closed.")
    text = answer(client, edition)
    assert "Edition 1.0 is withdrawn. Do not act on it." in text
    assert "The crossing is closed." in text


def test_one_that_was_taken_down(client: Client, page: SOPPage) -> None:
    edition = publish(page)
    take_down(page, [edition], by=person_with("administrator"), reason="It named a place.")
    text = answer(client, edition, 410)
    assert "Edition 1.0 was taken down. Do not act on it." in text
    assert edition.sha256 in text
    assert "Return Edition" not in text
    assert "It named a place." not in text


def test_starter_content(client: Client, page: SOPPage) -> None:
    with as_starter_content():
        page.save_revision().publish()
    text = answer(client, Edition.objects.get())
    assert "Edition 1.0 is starter content, not approved." in text
    assert "force" not in text


def test_an_agreement_is_never_said_to_be_in_force(client: Client) -> None:
    text = answer(client, publish(AgreementPageFactory(live=False)))
    assert "Edition 1.0 is the current text." in text
    assert "force" not in text


def test_it_leads_to_the_page_and_to_the_text_after_a_move(client: Client, page: SOPPage) -> None:
    edition = publish(page)
    SOPPage.objects.filter(pk=page.pk).update(slug="new", url_path=page.url_path.replace("/return/", "/new/"))
    html = client.get(f"/e/{edition.code}/").content.decode()
    assert 'href="/en/procedures/new/"' in html
    assert 'href="/en/procedures/new/editions/1.0/"' in html


@pytest.mark.parametrize(
    ("code", "typed"),
    [("7K2MQX", "7k2mqx"), ("00ZZ11", "oOzzIl"), ("ABC123", "abc-123"), ("1V0000", "lvOoOo")],
)
def test_what_looks_alike_counts_as_the_same(client: Client, page: SOPPage, code: str, typed: str) -> None:
    edition = publish(page)
    copy = Edition.objects.get(pk=edition.pk)
    copy.pk, copy.code, copy.minor, copy._state.adding = None, code, 7, True
    copy.save()
    assert client.get(f"/e/{typed}/").status_code == 200


@pytest.mark.parametrize("code", ["ZZZZZZ", "x", "7K2MQX7K2MQX", "ឃ", "%3Cb%3E", "a" * 300])
def test_an_unknown_code_says_what_to_check(client: Client, code: str) -> None:
    response = client.get(f"/e/{code}/", headers={"accept-language": "en"})
    html = response.content.decode()
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")
    assert "Check the six characters on your print." in html
    assert "<b>" not in html


def test_a_draft_or_private_page_is_unknown(client: Client, page: SOPPage) -> None:
    edition = publish(page)
    page.view_restrictions.create(restriction_type="login")
    assert client.get(f"/e/{edition.code}/").status_code == 404
    coming = publish(
        SOPPageFactory(title="Later", live=False, **sop_steps(1)), effective=datetime.date(2100, 1, 1)
    )
    assert client.get(f"/e/{coming.code}/").status_code == 404


def test_it_answers_in_the_language_of_the_text_with_the_others_beside(client: Client, page: SOPPage) -> None:
    publish(page)
    edition = publish(
        SOPPageFactory(translation_of=page, language="km", title="វិល", live=False, **sop_steps(1))
    )
    html = client.get(f"/e/{edition.code}/", headers={"accept-language": "th"}).content.decode()
    assert '<html lang="km"' in html
    assert "<h1>វិល</h1>" in html
    assert f'href="/e/{edition.code}/?text_language=lo"' in html
    response = client.get(f"/e/{edition.code}/?text_language=en")
    html = response.content.decode()
    assert '<html lang="en"' in html
    assert '<h1 lang="km">វិល</h1>' in html
    assert response.headers["Content-Language"] == "en"


def test_it_needs_its_last_slash_only_as_a_redirect(client: Client, page: SOPPage) -> None:
    edition = publish(page)
    assert client.get(f"/e/{edition.code}").headers["Location"] == f"/e/{edition.code}/"
