"""The report of dead links: what counts as dead, and what does not."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)

from accounts.models import Role
from content.models import RelatedPages
from editions.choices import OutOfUse
from editions.models import Standing
from editions.reviewing.dead_links import dead_links
from tests.editions.test_reviews import published
from tests.factories.accounts import UserFactory
from tests.factories.pages import GuidancePageFactory, LawPageFactory, SOPPageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/reports/dead-links/"


def text(html: str) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "value": html, "id": str(uuid.uuid4())}]


def page_with(html: str, **values: Any) -> Page:
    return StandardPageFactory(**{"title": "Source", "body": text(html), **values})


def link_to(page: Page) -> str:
    return f'<p><a linktype="page" id="{page.pk}">there</a></p>'


def addressed(address: str) -> str:
    return f'<p><a href="{address}">there</a></p>'


def reasons() -> list[str]:
    return [dead.reason for dead in dead_links()]


def private(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=BaseViewRestriction.LOGIN)


def uploaded(**values: Any) -> Any:
    return get_document_model().objects.create(title="Form", file="documents/form.pdf", **values)


def test_a_link_to_a_page_that_readers_find_is_well() -> None:
    page_with(link_to(StandardPageFactory()))
    assert dead_links() == []


def test_a_link_to_a_deleted_page() -> None:
    target = StandardPageFactory()
    page_with(link_to(target))
    target.delete()
    (dead,) = dead_links()
    assert (dead.title, dead.reason) == ("Source", "It was deleted")
    assert str(target.pk) in dead.leads_to or "no longer exists" in dead.leads_to


def test_a_link_to_a_draft() -> None:
    page_with(link_to(StandardPageFactory(live=False)))
    assert reasons() == ["It is not on the site"]


def test_a_link_to_a_page_below_a_private_one() -> None:
    target = SOPPageFactory()
    private(target.get_parent())
    page_with(link_to(target))
    assert reasons() == ["It is private"]


def test_a_private_page_may_lead_to_a_private_page() -> None:
    target = StandardPageFactory()
    source = page_with(link_to(target))
    private(source)
    private(target)
    assert dead_links() == []


@pytest.mark.parametrize(
    ("how", "reason"),
    [(OutOfUse.WITHDRAWN, "It was withdrawn"), (OutOfUse.REPLACED, "It was replaced by another page")],
)
def test_a_link_to_a_page_out_of_use(how: str, reason: str) -> None:
    target = published()
    Standing.objects.filter(page=target.pk).update(out_of_use=how)
    page_with(link_to(target))
    assert reasons() == [reason]


def test_a_page_that_sends_on_to_a_page_that_is_gone() -> None:
    page = published()
    Standing.objects.filter(page=page.pk).update(out_of_use=OutOfUse.REPLACED, replaced_by_key=uuid.uuid4())
    (dead,) = dead_links()
    assert (dead.field, dead.reason) == ("Replaced by", "It was deleted")


def test_links_of_a_page_out_of_use_are_not_reported() -> None:
    page = published(body=text(link_to(StandardPageFactory(live=False))))
    Standing.objects.filter(page=page.pk).update(out_of_use=OutOfUse.WITHDRAWN)
    assert dead_links() == []


def test_links_of_a_draft_are_not_reported() -> None:
    page_with(link_to(StandardPageFactory(live=False)), live=False)
    assert dead_links() == []


def test_a_draft_whose_version_in_the_readers_language_is_live_is_found() -> None:
    english = StandardPageFactory(live=False)
    StandardPageFactory(translation_of=english, language="km")
    page_with(link_to(english), language="km")
    assert dead_links() == []


def test_the_same_link_is_dead_for_readers_of_another_language() -> None:
    english = StandardPageFactory(live=False)
    StandardPageFactory(translation_of=english, language="km")
    page_with(link_to(english))
    assert reasons() == ["It is not on the site"]


def test_the_row_names_the_field_in_words_and_leads_to_it() -> None:
    source = page_with(link_to(StandardPageFactory(live=False)))
    (dead,) = dead_links()
    block = source.body[0].id
    assert dead.field == "Further text → Text"
    assert dead.address == f"/admin/pages/{source.pk}/edit/#:w:contentpath=body.{block}"


def test_a_chosen_page_deep_in_a_block() -> None:
    law = LawPageFactory(live=False)
    basis = [{"type": "basis", "value": {"page": law.pk, "text": ""}, "id": str(uuid.uuid4())}]
    SOPPageFactory(legal_basis=basis)
    (dead,) = dead_links()
    assert dead.field == "Legal basis → Legal basis → Agreement or law"


def test_a_chosen_page_that_was_deleted() -> None:
    law = LawPageFactory()
    basis = [{"type": "basis", "value": {"page": law.pk, "text": ""}, "id": str(uuid.uuid4())}]
    SOPPageFactory(legal_basis=basis)
    law.delete()
    assert reasons() == ["It was deleted"]


def test_a_related_page_that_is_not_on_the_site() -> None:
    RelatedPages.objects.create(page=StandardPageFactory(), other=StandardPageFactory(live=False))
    (dead,) = dead_links()
    assert dead.field == "Related page → Page"


def test_a_deleted_file() -> None:
    file = uploaded()
    SOPPageFactory(
        forms=[
            {
                "type": "form",
                "value": {"title": "Plan", "note": "", "document": file.pk},
                "id": str(uuid.uuid4()),
            }
        ]
    )
    assert dead_links() == []
    get_document_model().objects.all().delete()
    assert reasons() == ["It was deleted"]


def test_a_private_file_in_a_text() -> None:
    collection = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=BaseViewRestriction.LOGIN
    )
    page_with(f'<p><a linktype="document" id="{uploaded(collection=collection).pk}">form</a></p>')
    assert reasons() == ["It is private"]


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/en/target/",
        "/en/target",
        "/en/target/?country=KH#steps",
        "http://localhost/en/target/",
        "/en/corridors/",
        "/km/corridors/",
        "/static/homeward/icons.svg",
        "https://example.org/gone/",
        "//example.org/gone/",
        "mailto:desk@example.org",
        "#steps",
        "http://[broken",
        "/moved/",
    ],
)
def test_addresses_that_are_well_or_not_ours(address: str) -> None:
    StandardPageFactory(title="Target", slug="target")
    Redirect.objects.create(old_path="/moved", redirect_link="/en/")
    page_with(addressed(address))
    assert dead_links() == []


@pytest.mark.parametrize(
    "address",
    ["/en/gone/", "/th/target/", "http://localhost/en/gone/", "/nowhere", "/documents/999/form.pdf"],
)
def test_addresses_of_our_own_that_nothing_answers(address: str) -> None:
    StandardPageFactory(title="Target", slug="target")
    page_with(addressed(address))
    assert len(dead_links()) == 1


def test_an_address_of_a_draft_is_dead() -> None:
    StandardPageFactory(title="Target", slug="target", live=False)
    page_with(addressed("/en/target/"))
    assert reasons() == ["It is not on the site"]


def test_an_address_written_as_a_link_block_is_looked_at() -> None:
    reference = {"title": "More", "url": "http://localhost/en/gone/"}
    GuidancePageFactory(
        referenced_documents=[{"type": "reference", "value": reference, "id": str(uuid.uuid4())}]
    )
    assert reasons() == ["Nothing answers at this address"]


def test_the_report_shows_and_exports_them(client: Client) -> None:
    page_with(link_to(StandardPageFactory(title="=Draft", live=False)))
    client.force_login(UserFactory(role=Role.Code.EDITOR))
    assert "It is not on the site" in client.get(ADDRESS).content.decode()
    answer = client.get(ADDRESS, {"export": "csv"})
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert (row["Page"], row["Leads to"]) == ("Source", "'=Draft")
    assert client.get(ADDRESS, {"export": "xlsx"}).status_code == 200


def test_a_directory_manager_does_not_read_it(client: Client) -> None:
    page_with(link_to(StandardPageFactory(live=False)))
    client.force_login(UserFactory(role=Role.Code.DIRECTORY_MANAGER))
    assert "It is not on the site" not in client.get(ADDRESS, follow=True).content.decode()


def test_many_links_cost_as_many_queries_as_few() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            dead_links()
        return len(found)

    page_with(link_to(StandardPageFactory(live=False)) + addressed("/en/gone/"))
    dead_links()
    few = queries()
    for number in range(6):
        page_with(
            link_to(StandardPageFactory(live=False)) + addressed(f"/en/gone-{number}/"),
            title=f"Source {number}",
        )
        RelatedPages.objects.create(page=StandardPageFactory(), other=StandardPageFactory(live=False))
    assert queries() == few
