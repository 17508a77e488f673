"""Seven languages, Lao among them, which Django does not know."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf.locale import LANG_INFO
from django.test import Client
from django.utils.translation import get_language_info
from wagtail.models import Locale

from content.languages import BY_CODE, LANGUAGES, document_tag
from content.running_numbers import running_number
from portal.models import HomePage
from tests.factories.accounts import UserFactory

EVERY = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)


def test_django_knows_lao() -> None:
    assert get_language_info("lo")["name_local"] == "ລາວ"
    assert LANG_INFO["lo"]["bidi"] is False


@EVERY
def test_each_language_has_a_name_in_djangos_list(language: Any) -> None:
    assert get_language_info(language.code)["code"] == language.code


@pytest.mark.django_db
@EVERY
def test_each_language_has_its_home_page(client: Client, language: Any) -> None:
    response = client.get(f"/{language.code}/")
    assert response.status_code == 200
    assert f'<html lang="{language.tag}"' in response.content.decode()
    assert response.headers["Content-Language"] == language.tag


@pytest.mark.django_db
def test_every_locale_has_a_home_page_and_they_are_versions_of_one() -> None:
    assert set(Locale.objects.values_list("language_code", flat=True)) == set(BY_CODE)
    assert HomePage.objects.count() == len(LANGUAGES)
    assert HomePage.objects.values("translation_key").distinct().count() == 1


def test_a_document_names_chinese_as_browsers_do() -> None:
    assert document_tag("zh-hans") == "zh-Hans"


def test_a_language_that_is_not_ours_keeps_its_code() -> None:
    assert document_tag("fr") == "fr"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["km", "lo", "my"])
def test_the_admin_can_be_switched(client: Client, code: str) -> None:
    client.force_login(UserFactory(is_superuser=True))
    form = client.get("/admin/account/").context["panels_by_tab"]
    names = [field.name for panels in form.values() for panel in panels for field in panel.get_form()]
    assert "preferred_language" in names
    client.post(
        "/admin/account/",
        {
            "name_email-first_name": "Mali",
            "name_email-last_name": "",
            "name_email-email": "mali@example.org",
            "locale-preferred_language": code,
            "locale-current_time_zone": "Asia/Bangkok",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "True",
            "notifications-submitted_notifications": "on",
            "notifications-approved_notifications": "on",
            "notifications-rejected_notifications": "on",
            "notifications-updated_comments_notifications": "on",
        },
    )
    assert f'lang="{code}"' in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "12"), ("km", "12"), ("lo", "12"), ("my", "၁၂"), ("th", "12"), (None, "12")],
)
def test_running_numbers_follow_the_language(language: str | None, expected: str) -> None:
    assert running_number(12, language) == expected
