"""Sign-in, reset, and the first change of a one-time password."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import OutboxMessage, Role, User
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
CHANGE = "/accounts/password/change/"
NEW_PASSWORD = "four lanterns by the river"
CHANGED = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}


def sign_in(client: Client, login: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": login, "password": password, **extra})


def reset_address(client: Client, email: str) -> str:
    """The path of the link in the mail that asking for a new password sends."""
    client.post("/accounts/password/reset/", {"email": email})
    found = re.search(r"http://localhost(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def test_an_editor_signs_in_by_username_and_comes_to_the_editing_pages(client: Client) -> None:
    response = sign_in(client, UserFactory(role=Role.Code.EDITOR).username)
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_an_address_serves_as_well_as_a_username(client: Client) -> None:
    sign_in(client, UserFactory(role=Role.Code.EDITOR).email)
    assert client.get("/admin/").status_code == 200


def test_case_does_not_matter_in_a_username(client: Client) -> None:
    UserFactory(username="dara")
    sign_in(client, "Dara")
    assert "_auth_user_id" in client.session


def test_a_practitioner_comes_to_the_site(client: Client) -> None:
    assert sign_in(client, UserFactory(role=Role.Code.PRACTITIONER).username).headers["Location"] == "/"


def test_sign_in_leads_on_to_where_one_came_from(client: Client) -> None:
    user = UserFactory(role=Role.Code.EDITOR)
    assert sign_in(client, user.username, next="/admin/pages/").headers["Location"] == "/admin/pages/"


def test_sign_in_never_leads_to_another_site(client: Client) -> None:
    user = UserFactory(role=Role.Code.EDITOR)
    assert sign_in(client, user.username, next="https://example.com/").headers["Location"] == "/admin/"


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client: Client) -> None:
    known = sign_in(client, UserFactory().username, "wrong").context["form"].errors
    unknown = sign_in(client, "nobody", "wrong").context["form"].errors
    assert known == unknown


def test_the_error_stands_above_the_form(client: Client) -> None:
    response = sign_in(client, "nobody", "wrong")
    assert b'role="alert"' in response.content
    assert b"The username or the password is not right." in response.content


def test_an_empty_field_points_to_its_error(client: Client) -> None:
    html = client.post(LOGIN, {"login": "", "password": "x"}).content.decode()
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_login_error"' in html
    assert 'id="id_login_error"' in html
    assert 'href="#id_login"' in html


def test_the_sixth_wrong_password_is_not_even_looked_at(client: Client) -> None:
    user = UserFactory()
    for _attempt in range(5):
        sign_in(client, user.username, "wrong")
    response = sign_in(client, user.username)
    assert b"Too many attempts" in response.content


def test_a_deactivated_person_cannot_sign_in(client: Client) -> None:
    response = sign_in(client, UserFactory(is_active=False).username)
    assert response.headers["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_the_session_ends_with_the_browser(client: Client) -> None:
    sign_in(client, UserFactory().username)
    assert client.session.get_expire_at_browser_close()


def test_nobody_makes_an_account_for_themselves(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


@pytest.mark.parametrize("path", [LOGIN, "/accounts/password/reset/", "/accounts/inactive/", "/admin/login/"])
def test_pages_of_sign_in_are_never_cached(client: Client, path: str) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        LOGIN,
        "/accounts/inactive/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-nothing/",
        "/accounts/password/reset/key/done/",
    ],
)
def test_every_page_of_sign_in_has_one_heading_and_no_inline_script(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert html.count("<h1") == 1
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", html)


def test_wagtails_sign_in_leads_to_ours_and_keeps_where_to(client: Client) -> None:
    response = client.get("/admin/pages/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Fpages%2F"


def test_wagtails_password_reset_leads_to_ours(client: Client) -> None:
    assert client.get("/admin/password_reset/").headers["Location"] == "/accounts/password/reset/"


def test_a_practitioner_is_told_that_the_editing_pages_are_closed(client: Client) -> None:
    client.force_login(UserFactory(role=Role.Code.PRACTITIONER))
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert b"Your account has no access" in response.content


def test_who_is_signed_in_needs_no_second_sign_in(client: Client) -> None:
    client.force_login(UserFactory(role=Role.Code.EDITOR))
    assert client.get("/admin/login/?next=/admin/pages/").headers["Location"] == "/admin/pages/"


def test_signing_out_asks_first(client: Client) -> None:
    client.force_login(UserFactory())
    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("path", ["/accounts/logout/", "/admin/logout/"])
def test_signing_out_ends_the_session(client: Client, path: str) -> None:
    client.force_login(UserFactory(role=Role.Code.EDITOR))
    assert client.post(path).headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


# ---- A one-time password


@pytest.fixture
def newcomer() -> User:
    return UserFactory(role=Role.Code.EDITOR, must_change_password=True)


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/en/"])
def test_a_one_time_password_must_be_changed_first(client: Client, newcomer: User, path: str) -> None:
    client.force_login(newcomer)
    assert (
        client.get(path).headers["Location"] == f"{CHANGE}?next=%2F{path.strip('/').replace('/', '%2F')}%2F"
    )


@pytest.mark.parametrize("path", [CHANGE, "/accounts/logout/", "/health/live"])
def test_what_must_stay_open_stays_open(client: Client, newcomer: User, path: str) -> None:
    client.force_login(newcomer)
    assert client.get(path).status_code == 200


def test_nothing_is_written_before_the_change(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    assert client.post("/admin/account/", {}).headers["Location"] == CHANGE


def test_the_change_frees_the_way(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    assert client.post(CHANGE, {**CHANGED, "next": "/admin/pages/"}).headers["Location"] == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_the_one_time_password_is_no_new_password(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD})
    newcomer.refresh_from_db()
    assert newcomer.must_change_password


def test_a_short_password_is_refused(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": "abc123", "password2": "abc123"})
    newcomer.refresh_from_db()
    assert newcomer.check_password(PASSWORD)


def test_readers_pages_do_not_vary_by_the_session(client: Client) -> None:
    assert "Cookie" not in client.get("/health/live").headers.get("Vary", "")


# ---- A forgotten password


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(client: Client) -> None:
    user = UserFactory(must_change_password=True)
    form = client.get(reset_address(client, user.email)).headers["Location"]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert not user.must_change_password


def test_a_link_works_once(client: Client) -> None:
    address = reset_address(client, UserFactory().email)
    client.post(
        client.get(address).headers["Location"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert b"not valid any more" in client.get(address).content


def test_an_unknown_address_is_answered_alike_and_gets_no_mail(client: Client) -> None:
    response = client.post("/accounts/password/reset/", {"email": "stranger@example.org"})
    assert (response.headers["Location"], mail.outbox) == ("/accounts/password/reset/done/", [])


def test_a_deactivated_person_gets_no_link(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": UserFactory(is_active=False).email})
    assert mail.outbox == []


def test_an_address_that_was_given_up_gets_no_link(client: Client) -> None:
    user = UserFactory(email="old@example.org")
    EmailAddress.objects.create(user=user, email="old@example.org")
    user.email = "new@example.org"
    user.save()
    client.post("/accounts/password/reset/", {"email": "old@example.org"})
    assert mail.outbox == []


def test_the_link_of_a_superuser_never_lies_in_the_outbox(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    client.post("/accounts/password/reset/", {"email": UserFactory(is_superuser=True).email})
    assert not OutboxMessage.objects.exists()


def test_a_browser_names_our_own_site_as_the_origin_of_a_form(client: Client) -> None:
    """Under "no-referrer" it would say ``null``, and nobody could sign in."""
    response = client.get(LOGIN)
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert b'name="referrer" content="no-referrer"' not in response.content


def test_a_form_without_its_token_is_answered_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "dara", "password": "x"})
    assert response.status_code == 403
    assert b"This form is too old" in response.content
