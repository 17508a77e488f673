"""The table of addresses: they are printed on paper, so they answer, move with their pages, and never break."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from content.languages import BY_CODE
from content.models import SectionPage, StandardPage, UploadedDocument
from guidelines.models import ProcedureIndexPage
from tests.factories.accounts import UserFactory
from tests.factories.concepts import CorridorFactory, CountryFactory
from tests.factories.pages import SOPPageFactory, StandardPageFactory, home, section

pytestmark = pytest.mark.django_db
MACHINES = ("/hsds/", "/api/", "/e/", "/health/")


# ---- The reader's language


@pytest.mark.parametrize("language", BY_CODE)
def test_the_bare_address_leads_to_the_language_chosen_before(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    response = client.get("/", headers={"accept-language": "vi"})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("km", "km"),
        ("km-KH,km;q=0.9,en;q=0.8", "km"),
        ("lo-LA", "lo"),
        ("my-MM", "my"),
        ("zh-CN", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("fr;q=1, th;q=0.5", "th"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        (";;;q=x", "en"),
        ("x" * 5_000, "en"),
    ],
)
def test_without_a_choice_the_browsers_language_decides(client: Client, asked: str, answered: str) -> None:
    assert client.get("/", headers={"accept-language": asked}).headers["Location"] == f"/{answered}/"


@pytest.mark.parametrize("cookie", ["fr", "", "../admin", "KM"])
def test_a_choice_that_is_none_of_ours_is_forgotten(client: Client, cookie: str) -> None:
    client.cookies["django_language"] = cookie
    assert client.get("/", headers={"accept-language": "vi"}).headers["Location"] == "/vi/"


def test_what_the_bare_address_answers_depends_on_both(client: Client) -> None:
    assert {"Accept-Language", "Cookie"} <= set(client.get("/").headers["Vary"].split(", "))


def test_the_address_decides_over_what_the_browser_asks(client: Client) -> None:
    client.cookies["django_language"] = "vi"
    assert '<html lang="km"' in client.get("/km/", headers={"accept-language": "th"}).content.decode()


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
        page.save_revision().publish()
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
        page.save_revision().publish()
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
    page = SOPPageFactory(title="Return")
    page.delete()
    assert client.get("/en/procedures/return/").status_code == 404


def test_an_unpublished_page_is_not_found(client: Client) -> None:
    SOPPageFactory(title="Return").unpublish()
    assert client.get("/en/procedures/return/").status_code == 404


def test_an_address_without_its_last_slash_leads_to_the_page(client: Client) -> None:
    SOPPageFactory(title="Return")
    response = client.get("/en/procedures/return")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/procedures/return/")


# ---- Odd addresses

ODD = [
    "%00",
    "a%00b",
    "%0a",
    "%0d%0aSet-Cookie:%20a=b",
    "%20",
    "a%20b",
    "%ff",
    "%c3%28",
    "..",
    "../../etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "a//b",
    "a%2f%2fb",
    "a" * 3_000,
    "/".join("a" * 500),
    "%E1%9E%80%E1%9F%92%E1%9E%9A",
    "a%CC%81%CC%81%CC%81%CC%81",
    "%F0%9F%98%80",
    "%E2%80%AE",
    "%7F",
    "%C2%85",
    "%5B",
    "[::1",
    "a;b=c",
    "a:b",
    "%",
    "%zz",
    "'\"><script>alert(1)</script>",
    "{{7*7}}",
    "%25",
    "\\",
    "index.php",
    ".git/config",
    "1.0.pdf",
    "*",
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
@pytest.mark.parametrize(
    "before", ["/en/", "/km/procedures/", "/", "/en/corridors/", "/documents/1/", "/media/images/"]
)
def test_an_odd_address_is_not_found(client: Client, before: str, odd: str) -> None:
    SOPPageFactory()
    section(ProcedureIndexPage, "procedures", "km")
    for last in ("", "/"):
        assert client.get(f"{before}{odd}{last}", follow=True).status_code in (404, 400)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
def test_an_odd_address_of_an_image_is_not_found(
    client: Client, settings: Any, tmp_path: Path, odd: str
) -> None:
    (tmp_path / "images").mkdir()
    settings.MEDIA_ROOT = tmp_path
    assert client.get(f"/media/images/{odd}").status_code in (404, 400)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
@pytest.mark.parametrize("before", MACHINES)
def test_an_odd_address_of_a_machine_is_not_found_either(client: Client, before: str, odd: str) -> None:
    assert client.get(f"{before}{odd}").status_code in (404, 400)


def test_what_an_odd_address_holds_is_not_written_into_the_page(client: Client) -> None:
    html = client.get("/en/'\"><script>alert(1)</script>/").content.decode()
    assert "alert(1)" not in html


def test_a_request_for_no_address_is_not_found(client: Client) -> None:
    """``OPTIONS *`` is a request that HTTP knows."""
    assert client.generic("OPTIONS", "*").status_code == 404


def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/en/", headers={"host": "evil.example.org"}).status_code == 400


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/en/procedures/", "/sitemap.xml", "/api/v2/pages/", "/health/live"]
)
def test_a_query_of_5000_characters_is_refused(client: Client, address: str) -> None:
    SOPPageFactory()
    assert client.get(f"{address}?q={'x' * 5_000}").status_code == 400


def test_every_filter_ticked_is_not_too_long(client: Client) -> None:
    SOPPageFactory()
    codes = [CountryFactory(code=code).code for code in ("KH", "TH", "LA", "VN", "CN", "MM", "JP", "MY")]
    assert client.get("/en/procedures/", {"country": codes * 30}).status_code == 200


@pytest.mark.parametrize("query", ["%00", "country=%00", "page=%ff", "&&&==", "country[]=KH", "=", "%E1%9E"])
def test_an_odd_query_never_breaks_a_listing(client: Client, query: str) -> None:
    SOPPageFactory()
    assert client.get(f"/en/procedures/?{query}").status_code in (200, 400)


# ---- Machines


@pytest.mark.parametrize("before", MACHINES)
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_a_machine_that_asks_for_nothing_keeps_its_status(client: Client, before: str, method: str) -> None:
    response = getattr(client, method)(f"{before}x", headers={"accept-language": "km"})
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/json")


@pytest.mark.parametrize("before", MACHINES)
def test_a_refusal_to_a_machine_is_json(client: Client, before: str) -> None:
    response = client.get(f"{before}x?{'x' * 5_000}")
    assert response.status_code in (400, 404)
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(("address", "status"), [("/health/live", "live"), ("/health/ready", "ready")])
def test_operation_is_told_the_state(client: Client, address: str, status: str) -> None:
    response = client.get(address)
    assert response.json()["status"] == status
    assert "no-store" in response.headers["Cache-Control"]


# ---- Methods


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_is_only_read(method: str) -> None:
    SOPPageFactory(title="Return")
    client = Client(enforce_csrf_checks=False)
    assert getattr(client, method)("/en/procedures/return/").status_code == 405


@pytest.mark.parametrize("address", ["/en/procedures/return/", "/en/corridors/", "/"])
def test_a_form_sent_to_a_page_from_elsewhere_is_refused_with_a_page_of_ours(address: str) -> None:
    SOPPageFactory(title="Return")
    response = Client(enforce_csrf_checks=True).post(address, {"note": "x"})
    html = response.content.decode()
    assert response.status_code in (403, 405)
    assert response.status_code == 405 or '<html lang="en"' in html
    assert "style" not in html or "homeward/css" in html


def test_a_refused_form_answers_in_the_readers_language() -> None:
    SOPPageFactory(title="Return")
    response = Client(enforce_csrf_checks=True).post("/km/", {"note": "x"})
    assert '<html lang="km"' in response.content.decode()


def test_the_head_of_a_page_can_be_asked_for(client: Client) -> None:
    SOPPageFactory(title="Return")
    assert client.head("/en/procedures/return/").status_code == 200


# ---- Ways home


@pytest.fixture
def way(db: None) -> None:
    """From Thailand to Cambodia and back."""
    there = CorridorFactory()
    CorridorFactory(destination=there.origin, origin=there.destination)


def test_two_countries_lead_to_their_way_home(client: Client, way: None) -> None:
    response = client.get("/km/corridors/", {"found_in": "TH", "going_home_to": "KH"})
    assert (response.status_code, response.headers["Location"]) == (302, "/km/corridors/th-kh/")


@pytest.mark.parametrize("language", BY_CODE)
def test_a_way_home_answers_in_every_language(client: Client, way: None, language: str) -> None:
    assert client.get(f"/{language}/corridors/th-kh/").status_code == 200


def test_both_directions_lead_to_one_another(client: Client, way: None) -> None:
    assert 'href="/en/corridors/kh-th/"' in client.get("/en/corridors/th-kh/").content.decode()
    assert 'href="/en/corridors/th-kh/"' in client.get("/en/corridors/kh-th/").content.decode()


@pytest.mark.parametrize("slug", ["th-xx", "th-la", "th", "TH-KH", "th-th", "kh_th"])
def test_a_way_home_that_does_not_exist_is_not_found(client: Client, way: None, slug: str) -> None:
    assert client.get(f"/en/corridors/{slug}/").status_code == 404


def test_the_same_country_twice_is_told_in_words(client: Client, way: None) -> None:
    response = client.get("/en/corridors/", {"found_in": "TH", "going_home_to": "TH"})
    assert response.status_code == 200
    assert "Choose two different countries." in response.content.decode()


@pytest.mark.parametrize(
    "parameters", [{"found_in": "XX", "going_home_to": "KH"}, {"found_in": "th", "going_home_to": "kh"}]
)
def test_an_unknown_country_is_refused(client: Client, way: None, parameters: dict[str, str]) -> None:
    assert client.get("/en/corridors/", parameters).status_code == 400


def test_one_country_alone_asks_for_the_other(client: Client, way: None) -> None:
    response = client.get("/en/corridors/", {"found_in": "TH", "going_home_to": ""})
    assert response.status_code == 200
    assert '<option value="TH" selected>' in response.content.decode()


def test_two_countries_without_a_way_home_are_told_that_nothing_is_collected(
    client: Client, way: None
) -> None:
    CountryFactory(code="LA")
    response = client.get("/en/corridors/", {"found_in": "LA", "going_home_to": "KH"})
    assert response.status_code == 200
    assert "Nothing is collected for this way home yet." in response.content.decode()


# ---- Moving


def test_a_new_slug_leads_from_the_old_address(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = SOPPageFactory(title="Return")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "going-home"
        page.save_revision().publish()
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


# ---- Private pages and files


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
