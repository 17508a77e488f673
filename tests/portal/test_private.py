"""Private pages and files."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from content.models import UploadedDocument
from tests.factories.accounts import UserFactory
from tests.factories.pages import SOPPageFactory

pytestmark = pytest.mark.django_db
MACHINES = ("/hsds/", "/api/", "/health/")


@pytest.mark.parametrize("kind", ["login", "groups"])
def test_a_private_page_asks_to_sign_in(client: Client, kind: str) -> None:
    page = SOPPageFactory(title="Return")
    PageViewRestriction.objects.create(page=page, restriction_type=kind)
    response = client.get("/en/procedures/return/", follow=True)
    assert response.status_code == 200
    assert response.request["PATH_INFO"] == "/accounts/login/"
    assert parse_qs(response.request["QUERY_STRING"]) == {"next": ["/en/procedures/return/"]}
    assert "Return" not in response.content.decode()


def test_a_private_page_opens_for_whoever_signed_in(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    client.force_login(UserFactory())
    assert client.get("/en/procedures/return/").status_code == 200


def test_a_private_page_is_never_cached(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    client.force_login(UserFactory())
    assert "no-store" in client.get("/en/procedures/return/").headers["Cache-Control"]


def test_a_page_behind_a_password_asks_for_it_and_opens(client: Client) -> None:
    page = SOPPageFactory(title="Return", purpose="Secret purpose")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="a boat"
    )
    asked = client.get("/en/procedures/return/")
    assert "Secret purpose" not in asked.content.decode()
    client.post(
        f"/en/_util/authenticate_with_password/{restriction.pk}/{page.pk}/",
        {"password": "a boat", "return_url": "/en/procedures/return/"},
    )
    assert "Secret purpose" in client.get("/en/procedures/return/").content.decode()


def document(**fields: Any) -> UploadedDocument:
    return UploadedDocument.objects.create(
        title="Form", file=ContentFile(b"%PDF-1.4 form", name="form.pdf"), **fields
    )


def test_a_document_is_served_with_its_name(client: Client) -> None:
    response = client.get(document().url)
    assert b"".join(response.streaming_content) == b"%PDF-1.4 form"


def test_a_document_is_not_served_as_a_plain_file(client: Client) -> None:
    assert client.get(f"/media/{document().file.name}").status_code == 404


def test_a_document_of_a_private_collection_asks_to_sign_in(client: Client) -> None:
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    response = client.get(document(collection=collection).url, follow=True)
    assert response.request["PATH_INFO"] == "/accounts/login/"


def test_a_deleted_document_is_not_found(client: Client) -> None:
    file = document()
    address = file.url
    file.delete()
    assert client.get(address).status_code == 404


def test_a_document_under_another_name_is_not_found(client: Client) -> None:
    assert client.get(f"/documents/{document().pk}/other.pdf").status_code == 404
