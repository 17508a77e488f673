"""How readers get a file of an edition, and what editors see of those that are not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from editions import files
from editions.models import EditionFile
from editions.pdf.checks import chromium_is_there
from editions.pdf.chromium import Failure
from tests.editions.file_rows import (
    PDF,
    State,
    address,
    edition,
    made,
    queued,
    wished,
)
from tests.factories.editions import person_with, publish
from tests.factories.pages import GuidancePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


# ---- Serving


def test_the_file_is_served_inline_with_a_name_and_not_indexed(client: Client) -> None:
    row = made()
    response = client.get(address(row))
    assert b"".join(response.streaming_content) == b"%PDF-1.7 the file"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="homeward-return-1.0-1-en.pdf"'
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_a_second_visit_costs_no_file(client: Client) -> None:
    row = made()
    tag = client.get(address(row)).headers["ETag"]
    assert client.get(address(row), headers={"if-none-match": tag}).status_code == 304


def test_the_first_reader_is_told_that_it_is_being_made(client: Client) -> None:
    published = edition()
    response = client.get(f"{published.page.specific.url}editions/1.0.pdf")
    text = response.content.decode()
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "no-store" in response.headers["Cache-Control"]
    assert "is being made" in text
    assert f'href="{published.page.specific.url}editions/1.0-1/"' in text
    assert EditionFile.objects.get().edition == published


def test_many_readers_make_one_task(client: Client) -> None:
    row = wished()
    for _reader in range(3):
        client.get(address(row))
    assert queued() == []


def test_a_failed_file_says_so_and_leads_to_the_text(client: Client) -> None:
    row = wished(state=State.FAILED, error=Failure.CRASHED, attempts=1)
    response = client.get(address(row))
    text = response.content.decode()
    assert response.status_code == 503
    assert "could not be made" in text
    assert "editions/1.0-1/" in text
    assert "crashed" not in text


def test_a_file_that_the_storage_lost_is_made_again(client: Client) -> None:
    row = made()
    row.file.storage.delete(row.file.name)
    assert client.get(address(row)).status_code == 503
    assert queued() == [row.pk]


def test_the_old_file_is_served_while_a_new_one_is_made(client: Client) -> None:
    row = made()
    files.try_again(row)
    assert client.get(address(row)).status_code == 200


def test_there_is_no_file_of_an_unknown_edition(client: Client) -> None:
    row = made()
    assert client.get(address(row).replace("1.0.pdf", "9.0.pdf")).status_code == 404
    assert client.get(address(row).replace("1.0.pdf", "1.0.exe"), follow=True).status_code == 404


def test_a_private_page_s_file_is_not_served(client: Client) -> None:
    row = made()
    PageViewRestriction.objects.create(page=row.edition.page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address(row)).status_code == 404


# ---- What editors see


def test_editors_see_what_was_not_made_and_why(client: Client) -> None:
    row = wished(state=State.FAILED, error=Failure.TIMEOUT, attempts=2)
    client.force_login(person_with("editor"))
    text = client.get("/admin/reports/files/").content.decode()
    assert "Return" in text
    assert "Chromium did not finish in time" in text
    assert f"/admin/reports/files/again/{row.pk}/" in text


def test_a_made_file_is_not_in_the_report(client: Client) -> None:
    row = made()
    client.force_login(person_with("editor"))
    assert f"/again/{row.pk}/" not in client.get("/admin/reports/files/").content.decode()


def test_the_report_can_be_exported(client: Client) -> None:
    wished(state=State.FAILED, error=Failure.TIMEOUT)
    client.force_login(person_with("editor"))
    response = client.get("/admin/reports/files/?export=csv")
    assert b"Chromium did not finish in time" in b"".join(response.streaming_content)


def test_an_editor_starts_it_again(client: Client) -> None:
    row = wished(state=State.FAILED, error=Failure.CRASHED, attempts=6)
    client.force_login(person_with("editor"))
    assert client.post(f"/admin/reports/files/again/{row.pk}/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.WANTED, 0)
    assert queued() == [row.pk]


def test_an_editor_starts_all_again_that_failed(client: Client) -> None:
    row = wished(state=State.FAILED, error=Failure.CRASHED, attempts=6)
    client.force_login(person_with("editor"))
    client.post("/admin/reports/files/again/")
    assert queued() == [row.pk]


@pytest.mark.parametrize("role", ["practitioner", "directory_manager"])
def test_others_neither_see_nor_start_it(client: Client, role: str) -> None:
    row = wished(state=State.FAILED, error=Failure.CRASHED, attempts=6)
    client.force_login(person_with(role))
    assert client.get("/admin/reports/files/").status_code in (302, 403)
    client.post(f"/admin/reports/files/again/{row.pk}/")
    assert queued() == []


def test_looking_starts_nothing(client: Client) -> None:
    row = wished(state=State.FAILED)
    client.force_login(person_with("editor"))
    assert client.get(f"/admin/reports/files/again/{row.pk}/").status_code == 405


def test_the_report_costs_the_same_for_one_and_for_many(client: Client) -> None:
    client.force_login(person_with("editor"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/reports/files/")
        return len(queries)

    wished(state=State.FAILED)
    client.get("/admin/reports/files/")
    one = cost()
    for number in range(5):
        files.wish(publish(GuidancePageFactory(title=f"Guidance {number}", live=False)), PDF)
    assert cost() == one


def test_the_system_check_says_when_the_browser_is_missing(
    browser_that: Callable[[str], None], settings: Any
) -> None:
    settings.CHROMIUM = "no-such-browser"
    assert [message.id for message in chromium_is_there(None)] == ["editions.W002"]
    browser_that("exit 0")
    assert chromium_is_there(None) == []
