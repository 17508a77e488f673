"""Uploaded files: sizes of images are public, what lies beside them is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploads(tmp_path: Path, settings: Settings) -> Path:
    for folder in ("images", "documents", "original_images"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(folder)
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_size_of_an_image_is_served(client: Client, uploads: Path) -> None:
    assert client.get("/media/images/x.txt").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/media/documents/x.txt",
        "/media/original_images/x.txt",
        "/media/images/../documents/x.txt",
        "/media/images/%2e%2e/documents/x.txt",
        "/media/images/..%2fdocuments/x.txt",
        "/media/images/../original_images/x.txt",
        "/media/images//etc/hostname",
        "/media/images/",
    ],
)
def test_nothing_else_is(client: Client, uploads: Path, address: str) -> None:
    assert client.get(address).status_code == 404
