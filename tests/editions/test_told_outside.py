"""What feeds, mail and short addresses tell, and what they must not."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from accounts.models import User
from editions.models import Edition
from editions.retiring.taking_down import take_down
from editions.telling import notices
from tests.factories.editions import person_with, publish
from tests.factories.pages import LawPageFactory, SOPPageFactory

pytestmark = pytest.mark.django_db

FEED = "/en/updates.atom"


@pytest.fixture
def off_site(db: None) -> tuple[Any, Edition]:
    """A page whose text was taken down, and its older edition, which was kept."""
    page = SOPPageFactory(title="Return of Mrs Doe", purpose="Old.", live=False)
    kept = publish(page)
    page.purpose = "New."
    publish(page, "minor", "Mrs Doe asked.")
    page.purpose = "Newest."
    newest = publish(page, "major", "What Mrs Doe needs.")
    take_down(page, [newest], by=person_with("administrator"), reason="It names her.")
    page.refresh_from_db()
    return page, kept


@pytest.mark.parametrize("address", [FEED, "/en/updates/"])
def test_older_editions_of_a_page_that_was_taken_down_say_nothing(
    client: Client, off_site: tuple[Any, Edition], address: str
) -> None:
    assert "Mrs Doe" not in client.get(address).content.decode()


def test_neither_do_their_short_addresses(client: Client, off_site: tuple[Any, Edition]) -> None:
    assert "Mrs Doe" not in client.get(off_site[1].short_address).content.decode()


def test_a_translation_does_not_tell_what_changed_in_an_original_that_is_private(client: Client) -> None:
    law = LawPageFactory(live=False)
    publish(law)
    khmer = LawPageFactory(translation_of=law, language="km", live=False)
    publish(khmer)
    publish(law, "major", "Only for members.")
    assert "Only for members." in client.get(khmer.get_url()).content.decode()
    PageViewRestriction.objects.create(page=law, restriction_type=PageViewRestriction.LOGIN)
    assert "Only for members." not in client.get(khmer.get_url()).content.decode()


def test_a_code_that_no_database_can_be_asked_for_is_unknown(client: Client) -> None:
    assert client.get("/e/%00%00%00%00%00%00/").status_code == 404


def test_a_feed_bears_signs_that_xml_cannot_hold(client: Client) -> None:
    page = SOPPageFactory(title="Return\x0bhome", live=False)
    publish(page)
    publish(page, "major", "One line.\x0bPasted from Word.")
    answer = client.get(FEED)
    assert answer.status_code == 200
    assert "One line. Pasted from Word." in answer.content.decode()


def test_a_mail_that_cannot_be_sent_leaves_no_address_behind(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = LawPageFactory(live=False)
    first = publish(page)
    author = person_with()
    coming = publish(page, "minor", author=author)

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise SMTPRecipientsRefused({"somebody@example.org": (550, b"unknown")})

    User.objects.filter(pk=author.pk).update(email="somebody@example.org")
    monkeypatch.setattr(notices, "send_mail", refuse)
    with caplog.at_level(logging.ERROR):
        notices.tell_of_missing_correction.func(first.pk, coming.pk)
    assert "SMTPRecipientsRefused" in caplog.text
    assert "somebody@example.org" not in caplog.text
