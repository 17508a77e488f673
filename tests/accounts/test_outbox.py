"""Mail without a mail server."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.mail import send_mail
from django.test import Client
from django.utils import timezone

from accounts.models import OutboxMessage, Role
from accounts.outbox import prune_outbox
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(settings: Any) -> OutboxMessage:
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    send_mail("A new password", "Open this.", None, ["dara@example.org", "mali@example.org"])
    return OutboxMessage.objects.get()


def test_a_mail_is_kept(message: OutboxMessage) -> None:
    assert (message.to, message.subject, message.body) == (
        "dara@example.org, mali@example.org",
        "A new password",
        "Open this.",
    )


def test_a_mail_of_31_days_is_forgotten(message: OutboxMessage) -> None:
    OutboxMessage.objects.update(created=timezone.now() - datetime.timedelta(days=31))
    assert prune_outbox() == 1


def test_a_mail_of_29_days_is_kept(message: OutboxMessage) -> None:
    OutboxMessage.objects.update(created=timezone.now() - datetime.timedelta(days=29))
    assert prune_outbox() == 0


def test_an_administrator_reads_it(client: Client, message: OutboxMessage) -> None:
    client.force_login(UserFactory(role=Role.Code.ADMINISTRATOR))
    assert b"A new password" in client.get("/admin/outbox/").content
    assert b"Open this." in client.get(f"/admin/outbox/inspect/{message.pk}/").content


def test_an_editor_does_not_read_it(client: Client, message: OutboxMessage) -> None:
    client.force_login(UserFactory(role=Role.Code.EDITOR))
    assert client.get("/admin/outbox/").status_code == 302
    assert client.get(f"/admin/outbox/inspect/{message.pk}/").status_code == 302


@pytest.mark.parametrize("path", ["new", "edit/{}", "delete/{}"])
@pytest.mark.parametrize("kind", [{"role": Role.Code.ADMINISTRATOR}, {"is_superuser": True}])
def test_nobody_changes_it(client: Client, message: OutboxMessage, path: str, kind: dict[str, Any]) -> None:
    client.force_login(UserFactory(**kind))
    assert client.post(f"/admin/outbox/{path.format(message.pk)}/", {"subject": "Other"}).status_code == 302
    message.refresh_from_db()
    assert message.subject == "A new password"
