"""The table of addresses: they are printed on paper, so they answer, and move with their pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from content.models import SectionPage, StandardPage
from guidelines.models import ProcedureIndexPage
from tests.factories.editions import publish
from tests.factories.pages import SOPPageFactory, StandardPageFactory, home, section

pytestmark = pytest.mark.django_db
MACHINES = ("/hsds/", "/api/", "/health/")


# ---- The same slugs in every language


def test_changing_the_prefix_changes_the_language(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    SOPPageFactory(title="ការវិលត្រឡប់", translation_of=page, language="km")
    assert "Return" in client.get("/en/procedures/return/").content.decode()
    assert "ការវិលត្រឡប់" in client.get("/km/procedures/return/").content.decode()


def test_a_new_slug_holds_in_every_language(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    page = SOPPageFactory(title="Return")
    khmer = SOPPageFactory(title="ការវិលត្រឡប់", translation_of=page, language="km")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "going-home"
        publish(page)
    khmer.refresh_from_db()
    assert client.get("/km/procedures/going-home/").status_code == 200
    assert client.get("/km/procedures/return/").headers["Location"] == "/km/procedures/going-home/"


def test_a_new_slug_of_a_section_moves_what_is_below_it_in_every_language(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = SOPPageFactory(title="Return")
    SOPPageFactory(title="ការវិលត្រឡប់", translation_of=page, language="km")
    with django_capture_on_commit_callbacks(execute=True):
        parent = page.get_parent().specific
        parent.slug = "sops"
        parent.save_revision().publish()
    assert client.get("/km/sops/return/").status_code == 200


def test_a_slug_of_another_page_in_another_language_is_refused() -> None:
    """The switcher and the 404 page would take the two for one page."""
    SOPPageFactory(title="Return")
    with pytest.raises(ValidationError) as refusal:
        SOPPageFactory(title="ការវិលត្រឡប់", slug="return", language="km")
    assert set(refusal.value.message_dict) == {"slug"}


def test_a_translation_with_another_slug_is_refused() -> None:
    page = SOPPageFactory(title="Return")
    with pytest.raises(ValidationError) as refusal:
        SOPPageFactory(title="ការវិលត្រឡប់", slug="going-home", translation_of=page, language="km")
    assert set(refusal.value.message_dict) == {"slug"}


def test_an_unfinished_draft_of_a_translation_keeps_the_new_slug(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = SOPPageFactory(title="Return")
    khmer = SOPPageFactory(title="ការវិលត្រឡប់", translation_of=page, language="km")
    khmer.purpose = "ព្រាង"
    khmer.save_revision()
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "going-home"
        publish(page)
    khmer.refresh_from_db()
    draft = khmer.get_latest_revision_as_object()
    assert (draft.slug, draft.purpose, khmer.purpose) == ("going-home", "ព្រាង", "")


# ---- Missing


def test_a_missing_translation_names_the_languages_that_exist(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    SOPPageFactory(title="การกลับ", translation_of=page, language="th")
    response = client.get("/km/procedures/return/")
    html = response.content.decode()
    assert response.status_code == 404
    assert '<a href="/en/procedures/return/" hreflang="en"><span lang="en">Return</span>' in html
    assert '<a href="/th/procedures/return/" hreflang="th"><span lang="th">การกลับ</span>' in html


@pytest.mark.parametrize("restricted", [True, False])
def test_a_missing_translation_names_no_language_in_which_the_page_is_not_public(
    client: Client, restricted: bool
) -> None:
    page = SOPPageFactory(title="Return", live=restricted)
    if restricted:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    response = client.get("/km/procedures/return/")
    assert response.status_code == 404
    assert "/en/procedures/return/" not in response.content.decode()


def test_an_unknown_language_is_not_found(client: Client) -> None:
    response = client.get("/fr/procedures/", headers={"accept-language": "vi"})
    assert response.status_code == 404
    assert '<html lang="vi"' in response.content.decode()


def test_a_deleted_page_is_not_found(client: Client) -> None:
    page = StandardPageFactory(title="About us")
    page.delete()
    assert client.get("/en/about-us/").status_code == 404


def test_an_unpublished_page_is_not_found(client: Client) -> None:
    StandardPageFactory(title="About us").unpublish()
    assert client.get("/en/about-us/").status_code == 404


def test_an_address_without_its_last_slash_leads_to_the_page(client: Client) -> None:
    SOPPageFactory(title="Return")
    response = client.get("/en/procedures/return")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/procedures/return/")


# ---- Moving


def test_a_new_slug_leads_from_the_old_address(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = SOPPageFactory(title="Return")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "going-home"
        publish(page)
    response = client.get("/en/procedures/return/")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/procedures/going-home/")


def test_a_new_slug_of_a_section_leads_from_the_old_addresses_below_it(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = SOPPageFactory(title="Return")
    with django_capture_on_commit_callbacks(execute=True):
        parent = page.get_parent().specific
        parent.slug = "sops"
        parent.save_revision().publish()
    assert client.get("/en/procedures/return/").headers["Location"] == "/en/sops/return/"


@pytest.fixture
def moved(db: None) -> Page:
    """A page that stood below the home page and stands below a section now."""
    page = StandardPageFactory(title="Figures")
    parent = home().add_child(instance=SectionPage(title="Facts", slug="facts", locale=home().locale))
    page.move(parent, pos="last-child")
    return StandardPage.objects.get(pk=page.pk)


def test_a_moved_page_leads_from_its_old_address(client: Client, moved: Page) -> None:
    response = client.get("/en/figures/")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/facts/figures/")


def test_a_page_moves_in_every_language(client: Client) -> None:
    page = StandardPageFactory(title="Figures")
    StandardPageFactory(title="តួលេខ", translation_of=page, language="km")
    facts = home().add_child(instance=SectionPage(title="Facts", slug="facts", locale=home().locale))
    home("km").add_child(
        instance=SectionPage(
            title="ការពិត", slug="facts", locale=home("km").locale, translation_key=facts.translation_key
        )
    )
    page.move(facts, pos="last-child")
    assert client.get("/km/facts/figures/").status_code == 200
    assert client.get("/km/figures/").headers["Location"] == "/km/facts/figures/"


def test_a_page_stays_in_a_language_that_lacks_the_section(client: Client) -> None:
    page = StandardPageFactory(title="Figures")
    StandardPageFactory(title="តួលេខ", translation_of=page, language="km")
    page.move(home().add_child(instance=SectionPage(title="Facts", slug="facts", locale=home().locale)))
    assert client.get("/km/figures/").status_code == 200


def test_a_moved_page_does_not_lead_from_the_same_address_in_another_language(
    client: Client, moved: Page
) -> None:
    assert client.get("/km/figures/").status_code == 404


def test_a_moved_page_that_is_taken_down_leads_nowhere(client: Client, moved: Page) -> None:
    moved.unpublish()
    assert client.get("/en/figures/", follow=True).status_code == 404


def test_a_moved_page_that_is_deleted_leads_nowhere(client: Client, moved: Page) -> None:
    moved.delete()
    assert client.get("/en/figures/").status_code == 404


def test_a_moved_page_keeps_the_query(client: Client, moved: Page) -> None:
    assert client.get("/en/figures/?page=2").headers["Location"].startswith("/en/facts/figures/")


# ---- Nothing links to an address that does not answer


def test_the_way_up_leaves_out_a_section_that_is_not_published(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    page.get_parent().unpublish()
    assert 'href="/en/procedures/"' not in client.get("/en/procedures/return/").content.decode()


def test_the_menu_leaves_out_a_private_section(client: Client) -> None:
    parent = section(ProcedureIndexPage, "procedures", "en")
    assert 'href="/en/procedures/"' in client.get("/en/").content.decode()
    PageViewRestriction.objects.create(page=parent, restriction_type="login")
    assert "procedures" not in client.get("/en/").content.decode()


def test_the_switcher_leaves_out_a_private_translation(client: Client) -> None:
    page = SOPPageFactory(title="Return")
    khmer = SOPPageFactory(title="ការវិលត្រឡប់", translation_of=page, language="km")
    PageViewRestriction.objects.create(page=khmer, restriction_type="login")
    assert "/km/procedures/return/" not in client.get("/en/procedures/return/").content.decode()
