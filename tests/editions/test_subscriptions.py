"""Asking to be told by mail, changing that, and leaving."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from accounts.models import User
from editions.models import Subscription
from editions.telling.mailing import tell
from editions.telling.subscribing import token_for
from tests.factories.accounts import UserFactory
from tests.factories.editions import publish
from tests.factories.pages import SOPPageFactory
from tests.factories.subscriptions import follow, later, told

pytestmark = pytest.mark.django_db
MINE = "/accounts/subscriptions/"
Pace = Subscription.Pace


def published(**values: Any) -> Any:
    page = SOPPageFactory(live=False, **values)
    publish(page)
    return page


# ---- The screens


@pytest.fixture
def person(client: Client) -> User:
    user: User = UserFactory()
    client.force_login(user)
    return user


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_and_back(client: Client) -> None:
    response = client.get(f"{MINE}?scope=site")
    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=/accounts/subscriptions/%3Fscope%3Dsite"


def test_a_person_follows_changes_and_stops(client: Client, person: User) -> None:
    page = published(title="Return")
    address = f"{MINE}?scope=page&key={page.translation_key}&language=en"
    assert "Return" in client.get(address).content.decode()
    client.post(address, {"pace": "weekly"})
    wish = Subscription.objects.get(user=person)
    assert (wish.scope, wish.key, wish.language, wish.pace) == (
        "page",
        str(page.translation_key),
        "en",
        "weekly",
    )
    client.post(f"{MINE}{wish.pk}/", {"pace": "immediately"})
    wish.refresh_from_db()
    assert wish.pace == "immediately"
    assert "Return" in client.get(MINE).content.decode()
    client.post(f"{MINE}{wish.pk}/end/")
    assert not Subscription.objects.exists()


def test_following_twice_is_one_subscription(client: Client, person: User) -> None:
    for pace in ("weekly", "immediately"):
        client.post(f"{MINE}?scope=site&language=en", {"pace": pace})
    assert [wish.pace for wish in Subscription.objects.all()] == ["immediately"]


@pytest.mark.parametrize(
    "query",
    [
        "scope=site&language=xx",
        "scope=everything",
        "scope=page&key=abc",
        "scope=country&key=XX",
        "scope=site&key=1",
    ],
)
def test_what_does_not_exist_cannot_be_followed(client: Client, person: User, query: str) -> None:
    assert client.get(f"{MINE}?{query}").status_code == 404
    assert client.post(f"{MINE}?{query}", {"pace": "weekly"}).status_code == 404


def test_a_private_page_cannot_be_followed(client: Client, person: User) -> None:
    page = published(title="Return")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(f"{MINE}?scope=page&key={page.translation_key}").status_code == 404


def test_a_pace_that_does_not_exist_is_refused_in_words(client: Client, person: User) -> None:
    response = client.post(f"{MINE}?scope=site", {"pace": "hourly"})
    assert b'role="alert"' in response.content
    assert not Subscription.objects.exists()


def test_somebody_elses_subscription_stays(client: Client, person: User) -> None:
    wish = follow(pace=Pace.WEEKLY)
    assert client.get(f"{MINE}{wish.pk}/").status_code == 404
    assert client.post(f"{MINE}{wish.pk}/", {"pace": "immediately"}).status_code == 404
    client.post(f"{MINE}{wish.pk}/end/")
    assert Subscription.objects.get().pace == "weekly"


def test_the_screens_are_never_cached(client: Client, person: User) -> None:
    assert "no-store" in client.get(MINE).headers["Cache-Control"]


def test_without_a_mail_server_it_is_not_offered_and_the_page_says_why(
    client: Client, person: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    assert "This site has no mail server." in client.get(f"{MINE}?scope=site").content.decode()
    client.post(f"{MINE}?scope=site", {"pace": "weekly"})
    assert not Subscription.objects.exists()


def test_whoever_has_no_address_is_told_so(client: Client) -> None:
    client.force_login(UserFactory(email=""))
    assert "Your account has no e-mail address" in client.get(f"{MINE}?scope=site").content.decode()
    client.post(f"{MINE}?scope=site", {"pace": "weekly"})
    assert not Subscription.objects.exists()


# ---- Leaving from a mail


def leave_address() -> str:
    published()
    tell(later())
    found = re.search(r"http://localhost(/accounts/subscriptions/leave/\S+)", told()[0].body)
    assert found
    return found[1]


def test_the_link_in_a_mail_leaves_with_one_press_and_without_signing_in() -> None:
    follow()
    address = leave_address()
    browser = Client(enforce_csrf_checks=True)
    assert "You will not be told about this any more" in browser.get(address).content.decode()
    assert Subscription.objects.exists()
    assert "Done." in browser.post(address).content.decode()
    assert not Subscription.objects.exists()
    assert "This has ended already." in browser.get(address).content.decode()


def test_mail_programs_find_the_same_way_out() -> None:
    follow()
    address = leave_address()
    headers = told()[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<http://localhost{address}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    response = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not Subscription.objects.exists()


def test_the_link_ends_only_what_the_mail_was_for() -> None:
    told = follow()
    other = follow()
    Client().post(f"{MINE}leave/{token_for([told])}/")
    assert [wish.pk for wish in Subscription.objects.all()] == [other.pk]


@pytest.mark.parametrize("token", ["abc", "WzFd:1abc:def", "%00"])
def test_a_link_that_is_not_ours_leaves_nothing(token: str) -> None:
    follow()
    assert Client().post(f"{MINE}leave/{token}/").status_code == 404
    assert Subscription.objects.exists()


def test_a_link_names_nobody() -> None:
    wish = follow()
    address = leave_address()
    assert wish.user.username not in address
    assert wish.user.email not in address
