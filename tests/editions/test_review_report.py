"""The report of reviews: what it lists, how it is narrowed, and what it exports."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook  # type: ignore[import-untyped]

from accounts.models import Role
from editions.choices import OutOfUse
from editions.models import Standing
from tests.editions.test_reviews import desk, published, set_due, translated
from tests.factories.accounts import UserFactory
from tests.factories.concepts import CountryFactory
from tests.factories.editions import publish
from tests.factories.pages import LawPageFactory, SOPPageFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/reports/review-due/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(role=Role.Code.EDITOR))
    return client


def exported(client: Client, **query: Any) -> list[dict[str, str]]:
    """The rows of the CSV, by heading."""
    answer = client.get(ADDRESS, {"export": "csv", **query})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def titles(client: Client, **query: Any) -> list[str]:
    return [row["Title"] for row in exported(client, **query)]


def test_what_is_overdue_longest_comes_first(editor: Client) -> None:
    published(title="Later", due_in=200)
    published(title="Overdue", due_in=-3)
    published(title="Long overdue", due_in=-300)
    assert titles(editor) == ["Long overdue", "Overdue", "Later"]


def test_a_row_says_all_about_a_page(editor: Client) -> None:
    page = published(title="Return", due_in=-3, desk=desk())
    (row,) = exported(editor)
    assert row == {
        "Title": "Return",
        "Section": "Standard operating procedure",
        "Language": "English",
        "Edition": "1.0",
        "Owner": "Return desk",
        "Review due": Standing.objects.get(page=page.pk).review_due.isoformat(),
        "State": "Overdue by 3 days",
        "Edit": f"/admin/pages/{page.pk}/edit/",
    }


def test_the_screen_shows_the_same(editor: Client) -> None:
    published(title="Return", due_in=-1, desk=desk())
    shown = editor.get(ADDRESS).content.decode()
    assert "Overdue by 1 day" in shown
    assert "Return desk" in shown


def test_drafts_and_what_is_out_of_use_are_not_listed(editor: Client) -> None:
    SOPPageFactory(live=False)
    set_due(published(), -3, out_of_use=OutOfUse.WITHDRAWN)
    assert titles(editor) == []


def test_a_translation_is_a_row_of_its_own(editor: Client) -> None:
    translated(published())
    assert {row["Edition"] for row in exported(editor)} == {"1.0", "1.0 km-1"}


def test_states(editor: Client) -> None:
    published(title="Overdue", due_in=-3)
    published(title="Soon", due_in=30)
    published(title="Later", due_in=31)
    set_due(published(title="Starter"), -400, unconfirmed=True)
    found = {state: titles(editor, state=state) for state in ("overdue", "soon", "later", "unconfirmed")}
    assert found == {
        "overdue": ["Overdue"],
        "soon": ["Soon"],
        "later": ["Later"],
        "unconfirmed": ["Starter"],
    }


def test_by_country(editor: Client) -> None:
    cambodia = CountryFactory(code="KH", has_page=True, is_member=False)
    published(title="In Cambodia", countries=[cambodia])
    published(title="In Laos", countries=[CountryFactory(code="LA", has_page=True)])
    assert titles(editor, country=cambodia.pk) == ["In Cambodia"]


def test_by_country_finds_the_law_of_a_country(editor: Client) -> None:
    cambodia = CountryFactory(code="KH", has_page=True)
    publish(LawPageFactory(title="Law", country=cambodia, live=False))
    assert titles(editor, country=cambodia.pk) == ["Law"]


def test_what_applies_everywhere_applies_to_a_country_of_the_region(editor: Client) -> None:
    cambodia = CountryFactory(code="KH", has_page=True, is_member=True)
    published(title="Everywhere", all_corridors=True)
    assert titles(editor, country=cambodia.pk) == ["Everywhere"]


def test_by_section(editor: Client) -> None:
    published(title="Procedure")
    publish(LawPageFactory(title="Law", live=False))
    assert titles(editor, kind="guidelines.lawpage") == ["Law"]


def test_by_language(editor: Client) -> None:
    translated(published())
    assert titles(editor, language="km") == ["ត្រឡប់"]


def test_by_owner(editor: Client) -> None:
    owner = desk()
    published(title="Owned", desk=owner)
    published(title="Nobody's")
    assert titles(editor, owner=owner.pk) == ["Owned"]
    assert titles(editor, owner="none") == ["Nobody's"]


def test_a_formula_in_a_title_is_only_words(editor: Client) -> None:
    published(title="=cmd|'/c calc'!A1", slug="formula")
    assert titles(editor) == ["'=cmd|'/c calc'!A1"]


def test_a_formula_in_a_title_is_only_words_in_xlsx(editor: Client) -> None:
    published(title="=1+1", slug="formula")
    answer = editor.get(ADDRESS, {"export": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_still_correct_is_offered_to_who_may_say_it(editor: Client) -> None:
    page = published(due_in=-3)
    assert f"/admin/reviews/{page.pk}/" in editor.get(ADDRESS).content.decode()


def test_still_correct_is_not_offered_to_a_translator(client: Client) -> None:
    page = published(due_in=-3)
    client.force_login(UserFactory(role=Role.Code.TRANSLATOR))
    assert f"/admin/reviews/{page.pk}/" not in client.get(ADDRESS).content.decode()


def test_still_correct_is_not_offered_on_starter_content(editor: Client) -> None:
    page = published()
    set_due(page, -3, unconfirmed=True)
    assert f"/admin/reviews/{page.pk}/" not in editor.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    "role",
    [Role.Code.TRANSLATOR, Role.Code.EDITOR, Role.Code.SAFEGUARDING_REVIEWER, Role.Code.ADMINISTRATOR],
)
def test_everybody_who_edits_reads_it(client: Client, role: str) -> None:
    client.force_login(UserFactory(role=role))
    assert client.get(ADDRESS).status_code == 200
    assert ADDRESS in client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", [Role.Code.PRACTITIONER, Role.Code.DIRECTORY_MANAGER])
def test_nobody_else_reads_it(client: Client, role: str) -> None:
    published(title="Return by boat")
    client.force_login(UserFactory(role=role))
    assert "Return by boat" not in client.get(ADDRESS, follow=True).content.decode()


def queries_of(client: Client) -> int:
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(ADDRESS).status_code == 200
    return len(queries)


def test_many_pages_cost_as_many_queries_as_few(editor: Client) -> None:
    published(title="First", desk=desk())
    few = queries_of(editor)
    for number in range(4):
        page = published(title=f"More {number}", desk=desk(f"Desk {number}"))
        translated(page)
    publish(LawPageFactory(title="Law", live=False))
    assert queries_of(editor) == few
