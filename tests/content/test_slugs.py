"""Slugs: letters a to z, asked for in words where a title gives none."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale

from content.models import StandardPage
from guidelines.models import ProcedureIndexPage, SOPPage
from tests.factories.accounts import UserFactory
from tests.factories.pages import StandardPageFactory, home, section

pytestmark = pytest.mark.django_db
ASKS = "Write a short English title here"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def refusal_of(**fields: object) -> dict[str, list[str]]:
    """The words with which a page below the Khmer home page is refused."""
    with pytest.raises(ValidationError) as refusal:
        home("km").add_child(instance=StandardPage(locale=Locale.objects.get(language_code="km"), **fields))
    return refusal.value.message_dict


@pytest.mark.parametrize("title", ["ការវិលត្រឡប់", "การกลับ", "ການກັບຄືນ", "ပြန်လာခြင်း", "返回"])
@pytest.mark.parametrize("live", [True, False])
def test_a_title_without_latin_letters_asks_for_an_english_slug(title: str, live: bool) -> None:
    (words,) = refusal_of(title=title, live=live)["slug"]
    assert ASKS in words


def test_a_title_with_latin_letters_makes_its_slug() -> None:
    page = home("vi").add_child(instance=StandardPage(title="Hồi hương an toàn", locale=home("vi").locale))
    assert page.slug == "hoi-huong-an-toan"


@pytest.mark.parametrize("slug", ["ការវិលត្រឡប់", "retour-à-la-maison", "返回"])
@pytest.mark.parametrize("live", [True, False])
def test_a_slug_of_other_letters_is_refused(slug: str, live: bool) -> None:
    assert set(refusal_of(title="Return", slug=slug, live=live)) == {"slug"}


@pytest.mark.parametrize("slug", ["a/b", "a b", "a.b", "../a", "a%20b", "a?b"])
def test_a_slug_that_no_address_can_carry_is_refused(slug: str) -> None:
    assert set(refusal_of(title="Return", slug=slug)) == {"slug"}


@pytest.mark.parametrize("live", [True, False])
def test_a_reserved_slug_is_refused(live: bool) -> None:
    assert refusal_of(title="Return", slug="editions", live=live) == {
        "slug": ["This address belongs to another part of the site."]
    }


@pytest.mark.parametrize("live", [True, False])
def test_a_title_that_would_make_a_reserved_slug_is_refused(live: bool) -> None:
    assert set(refusal_of(title="Search", live=live)) == {"slug"}


def test_the_same_slug_twice_below_one_page_is_refused() -> None:
    StandardPageFactory(title="About", slug="about")
    with pytest.raises(ValidationError):
        StandardPageFactory(title="About us", slug="about")


def create(editor: Client, **fields: str) -> object:
    parent = section(ProcedureIndexPage, "procedures", "km")
    address = f"/admin/pages/add/guidelines/soppage/{parent.pk}/"
    return editor.post(address, empty_data(editor.get(address).context["form"]) | fields)


def empty_data(form: object) -> dict[str, str]:
    """What a browser sends from a form in which nothing is written."""
    data = {"review_every": "12"}
    for name in form.fields:
        data[f"{name}-count"] = "0"
    for name in ("related_to", "comments"):
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    return data


def test_the_form_of_a_new_page_asks_for_a_slug_at_its_field(editor: Client) -> None:
    response = create(editor, title="ការវិលត្រឡប់")
    assert response.status_code == 200
    assert any(ASKS in words for words in response.context["form"].errors["slug"])


def test_the_form_of_a_new_page_refuses_a_slug_of_other_letters(editor: Client) -> None:
    response = create(editor, title="ការវិលត្រឡប់", slug="ការវិលត្រឡប់")
    assert set(response.context["form"].errors) == {"slug"}


def test_the_form_of_a_new_page_saves_a_khmer_title_with_an_english_slug(editor: Client) -> None:
    create(editor, title="ការវិលត្រឡប់", slug="return")
    assert SOPPage.objects.get(slug="return").title == "ការវិលត្រឡប់"
