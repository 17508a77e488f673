"""Mail to those who follow: who is told what, once, and in which language."""

from __future__ import annotations

import datetime
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts.models import OutboxMessage, User
from editions.models import Subscription
from editions.publication import as_starter_content
from editions.retiring.retirement import withdraw
from editions.retiring.taking_down import take_down
from editions.telling.mailing import SETTLED, start_of_week, start_telling, tell
from portal.periodic import JOBS
from tests.factories.accounts import UserFactory
from tests.factories.concepts import CountryFactory
from tests.factories.editions import person_with, publish
from tests.factories.pages import CountryPageFactory, SOPPageFactory
from tests.factories.subscriptions import follow, later, told

pytestmark = pytest.mark.django_db
Pace = Subscription.Pace
LONG_AGO = datetime.timedelta(days=30)


def published(**values: Any) -> Any:
    page = SOPPageFactory(live=False, **values)
    publish(page)
    return page


def recipients() -> list[str]:
    return sorted(address for message in told() for address in message.recipients())


# ---- What is told


def test_a_publication_is_told(client: Client) -> None:
    wish = follow()
    page = published(title="Return")
    page.purpose = "More."
    publish(page, "minor", "A paper is named.")
    assert tell(later()) == 1
    (message,) = told()
    assert message.to == [wish.user.email]
    assert message.subject == "Homeward: 2 updates"
    assert "Return: edition 1.1" in message.body
    assert "A paper is named." in message.body
    assert "http://localhost/en/procedures/return/editions/1.1-1/" in message.body


def test_nothing_is_told_twice() -> None:
    follow()
    published()
    assert [tell(later()), tell(later())] == [1, 0]


def test_what_happened_before_is_not_told() -> None:
    published()
    follow()
    assert tell(later()) == 0


def test_nothing_that_may_still_be_joined_by_an_older_update_is_told() -> None:
    follow()
    published()
    assert tell(timezone.now() - SETTLED) == 0
    assert tell(later()) == 1


def test_time_goes_on_where_there_is_nothing_to_tell() -> None:
    wish = follow()
    until = later()
    tell(until)
    wish.refresh_from_db()
    assert wish.told_until == until


def test_starter_content_is_not_told() -> None:
    follow()
    page = SOPPageFactory(live=False)
    with as_starter_content():
        page.save_revision().publish()
    assert tell(later()) == 0


def test_a_withdrawal_is_told() -> None:
    page = published(title="Return")
    follow()
    withdraw(page, by=None, reason="The law changed.")
    tell(later())
    assert "Return: withdrawn" in told()[0].body
    assert "The law changed." in told()[0].body


def test_whoever_follows_a_page_is_told_that_it_was_taken_down_and_nothing_of_it() -> None:
    page = published(title="Secret")
    follow(scope="page", key=str(page.translation_key))
    edition = page.standing_today.current
    take_down(page, [edition], by=person_with("administrator"), reason="Names a shelter")
    tell(later())
    assert "Edition 1.0 of a text was taken down" in told()[0].body
    assert "shelter" not in told()[0].body
    assert "Secret" not in told()[0].body


def test_a_private_page_is_not_told() -> None:
    follow()
    PageViewRestriction.objects.create(page=published(), restriction_type="login")
    assert tell(later()) == 0


def test_only_the_scope_is_told() -> None:
    laos = CountryPageFactory(title="Lao PDR", country=CountryFactory(code="LA")).country
    follow(scope="country", key="LA")
    published(title="Elsewhere")
    published(title="Here", countries=[laos])
    tell(later())
    assert "Here: edition 1.0" in told()[0].body
    assert "Elsewhere" not in told()[0].body


def test_a_scope_that_is_gone_is_silent() -> None:
    follow(scope="page", key="00000000-0000-0000-0000-000000000000")
    published()
    assert tell(later()) == 0


# ---- Whom, and how


def test_one_mail_a_person_though_several_scopes_hold_it() -> None:
    person = UserFactory()
    page = SOPPageFactory(title="Return", live=False)
    follow(person)
    follow(person, "section", str(page.get_parent().translation_key))
    publish(page)
    assert tell(later()) == 1
    assert told()[0].body.count("Return: edition 1.0") == 1
    assert "- Everything:" in told()[0].body


def test_nobody_learns_who_else_is_told() -> None:
    people = [follow().user, follow().user]
    published()
    assert tell(later()) == 2
    assert recipients() == sorted(person.email for person in people)
    assert [(message.cc, message.bcc, len(message.to)) for message in told()] == [([], [], 1)] * 2


def test_a_mail_is_in_the_subscriptions_language_and_tells_of_its_texts() -> None:
    page = published(title="Return")
    follow(language="vi")
    publish(SOPPageFactory(title="Hồi hương", translation_of=page, language="vi", live=False))
    tell(later())
    assert "Hồi hương" in told()[0].body
    assert "/vi/procedures/return/editions/1.0-1/" in told()[0].body
    assert "Return:" not in told()[0].body


@pytest.mark.parametrize("state", [{"is_active": False}, {"email": ""}])
def test_whoever_is_deactivated_or_has_no_address_gets_nothing_then_or_later(state: dict[str, Any]) -> None:
    wish = follow(UserFactory(**state))
    published()
    assert tell(later()) == 0
    wish.refresh_from_db()
    assert wish.told_until > timezone.now()


class Refusing(EmailBackend):
    """Fails for whoever is called so."""

    error: Exception = OSError("no route")

    def send_messages(self, messages: Any) -> Any:
        if any("unlucky" in address for message in messages for address in message.recipients()):
            raise self.error
        return super().send_messages(messages)


@pytest.fixture
def refusing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[Refusing]:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    monkeypatch.setattr("tests.editions.test_mailing.Refusing.error", OSError("no route"))
    return Refusing


def test_a_recipient_who_fails_does_not_stop_the_others_and_is_tried_again(
    refusing: type[Refusing], caplog: pytest.LogCaptureFixture
) -> None:
    unlucky = follow(UserFactory(username="unlucky"))
    lucky = follow()
    published()
    assert tell(later()) == 1
    assert recipients() == [lucky.user.email]
    assert "unlucky" not in caplog.text
    User.objects.filter(pk=unlucky.user_id).update(email="now-lucky@example.org")
    assert tell(later()) == 1
    assert "now-lucky@example.org" in recipients()


def test_a_recipient_whom_the_server_does_not_know_is_not_tried_for_ever(
    refusing: type[Refusing], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.editions.test_mailing.Refusing.error", SMTPRecipientsRefused({}))
    wish = follow(UserFactory(username="unlucky"))
    published()
    tell(later())
    wish.refresh_from_db()
    assert wish.told_until > timezone.now()


def test_a_server_that_fails_is_left_alone_after_three_people(
    refusing: type[Refusing], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        follow(UserFactory(username=f"unlucky-{number}"))
    tried: list[Any] = []

    def fail(self: Any, messages: Any) -> None:
        tried.append(messages)
        raise OSError("no route")

    published()
    monkeypatch.setattr(Refusing, "send_messages", fail)
    assert tell(later()) == 0
    assert len(tried) == 3
    assert not Subscription.objects.filter(told_until__gt=timezone.now()).exists()


def test_two_workers_tell_a_person_once(monkeypatch: pytest.MonkeyPatch) -> None:
    follow()
    published()
    monkeypatch.setattr(
        "editions.telling.mailing._claim",
        lambda wish, until: False,  # the other worker was quicker
    )
    assert tell(later()) == 0


# ---- Pace


def test_weekly_is_told_when_the_week_is_over_and_not_before() -> None:
    follow(pace=Pace.WEEKLY)
    published()
    monday = start_of_week(timezone.now()) + datetime.timedelta(days=7)
    assert tell(monday - datetime.timedelta(minutes=1)) == 0
    assert tell(monday + datetime.timedelta(minutes=1)) == 1
    assert tell(monday + datetime.timedelta(days=1)) == 0


def test_a_week_begins_on_monday_at_midnight_in_the_sites_time_zone() -> None:
    sunday_evening_in_utc = datetime.datetime(2026, 11, 22, 18, 0, tzinfo=datetime.UTC)
    assert start_of_week(sunday_evening_in_utc).isoformat() == "2026-11-23T00:00:00+07:00"


def test_the_job_starts_the_task_only_where_something_is_owed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert start_telling() is False
    follow(told_until=timezone.now() - LONG_AGO)
    assert start_telling() is False
    published()
    Subscription.objects.update(told_until=timezone.now() - LONG_AGO)
    now = timezone.now()
    monkeypatch.setattr("editions.telling.mailing.timezone.now", lambda: now + SETTLED)
    assert start_telling() is True
    assert len(told()) == 1


def test_it_is_a_periodic_job() -> None:
    assert [job.every for job in JOBS if job.run is start_telling] == [datetime.timedelta(minutes=1)]


def test_without_a_mail_server_nothing_is_written_and_nothing_is_lost(settings: Any) -> None:
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    wish = follow(told_until=timezone.now() - LONG_AGO)
    published()
    assert start_telling() is False
    assert not OutboxMessage.objects.filter(to=wish.user.email).exists()
    assert Subscription.objects.get().told_until == wish.told_until
