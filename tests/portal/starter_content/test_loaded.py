"""The starter content of this repository, loaded once for this module, is honest about itself."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils.datastructures import MultiValueDict
from wagtail.fields import StreamField
from wagtail.models import Page

from casestudies.models import CaseStudyPage
from content.models import RelatedPages, StandardPage
from editions.content import text_of
from editions.models import Edition, Standing, VersionedPage
from editions.models.editions import checksum
from glossary.models import GlossaryPage, Term
from guidelines.models import AgreementPage, ChecklistPage, GuidancePage, LawPage, SOPPage
from portal.models import CountryPage, HomePage
from tests.factories.editions import person_with
from tests.portal.starter_content.sent import sent_unchanged
from tests.portal.starter_content.texts import starter_content

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("starter content")]

GUIDANCE = (SOPPage, ChecklistPage, AgreementPage, LawPage, GuidancePage, CaseStudyPage, CountryPage)
NOT_APPROVED = "Starter content, not approved"
NOT_REVIEWED = "This translation has not yet been reviewed by a native speaker."


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """What the command said. Each test's own transaction lies inside this one, which is rolled back."""
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_starter_content", stdout=said, stderr=StringIO())
        yield said.getvalue()
        transaction.set_rollback(True)


def all_pages() -> Iterator[Any]:
    yield from Page.objects.filter(depth__gte=2).specific().iterator()


def shown(client: Client, page: Page) -> str:
    """The words of a page, with plain apostrophes and signs."""
    below_home = page.url_path.strip("/").partition("/")[2]
    answer = client.get(f"/{page.locale.language_code}/" + (f"{below_home}/" if below_home else ""))
    assert answer.status_code == 200, page.url_path
    return unescape(answer.content.decode())


def example(model: type[Page], language: str = "en") -> Any:
    return model.objects.filter(locale__language_code=language).order_by("pk").first()


def test_everything_is_loaded(loaded: str) -> None:
    content = starter_content()
    rows = (
        len(content.documents)
        + sum(map(len, content.concepts.values()))
        + sum(map(len, content.terms.values()))
    )
    assert f"Pages: created {len(content.pages)}, updated 0" in loaded
    assert f"Words, countries, terms: created {rows}, updated 0" in loaded


def test_loading_it_again_changes_nothing() -> None:
    said = StringIO()
    call_command("load_starter_content", stdout=said, stderr=StringIO())
    assert said.getvalue().count("created 0, updated 0") == 2
    assert said.getvalue().count("by an editor 0") == 2


@pytest.mark.parametrize("model", GUIDANCE)
def test_guidance_is_not_confirmed(model: Any) -> None:
    assert model.objects.exists()
    assert not model.objects.filter(unconfirmed=False).exists()


def test_every_versioned_page_is_edition_1_0_in_its_language() -> None:
    for model in VersionedPage.kinds():
        for page in model.objects.select_related("locale", "standing__current"):
            code = page.locale.language_code
            assert page.standing.current.label == ("1.0" if code == "en" else f"1.0 {code}-1")
            assert page.standing.current.title == page.title
            assert page.standing.unconfirmed
    assert set(Edition.objects.values_list("approved_by", flat=True)) == {None}


@pytest.mark.parametrize("model", VersionedPage.kinds())
def test_a_page_that_is_opened_and_submitted_in_the_editor_keeps_its_text(model: Any) -> None:
    """Only then does a second person's approval confirm it under its number."""
    person = person_with()
    form_class = model.get_edit_handler().get_form_class()
    for row in model.objects.select_related("standing__current"):
        page = row.get_latest_revision_as_object()
        asked = {"parent_page": page.get_parent(), "for_user": person}
        data = sent_unchanged(form_class(instance=page, **asked)) | {"action-submit": ["action-submit"]}
        form = form_class(MultiValueDict(data), {}, instance=page, **asked)
        assert form.is_valid(), (page, form.errors)
        content = form.save(commit=False).serializable_data()
        assert checksum(text_of(content)) == row.standing.current.sha256, page


def test_pages_without_editions_have_none() -> None:
    others = {type(page) for page in all_pages()} - set(VersionedPage.kinds())
    assert CaseStudyPage in others
    assert not Edition.objects.filter(page__in=[p.pk for p in all_pages() if type(p) in others]).exists()


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("kh-th-trafficking-mou-2003", "kh-th-mou-2014"),
        ("commit-spa1-2005", "commit-spa2-2008"),
        ("commit-spa2-2008", "commit-spa3-2011"),
        ("commit-spa3-2011", "commit-spa4-2015"),
    ],
)
def test_an_agreement_names_the_one_that_followed_it(client: Client, older: str, newer: str) -> None:
    first, second = AgreementPage.objects.get(slug=older), AgreementPage.objects.get(slug=newer)
    told = [(relation.label, [page.pk for page in relation.pages]) for relation in first.relations]
    assert ("Followed by", [second.pk]) in told
    told = [(relation.label, [page.pk for page in relation.pages]) for relation in second.relations]
    assert ("Follows", [first.pk]) in told
    assert second.title in shown(client, first)


def test_no_agreement_is_out_of_use_since_no_source_says_that_one_replaces_another() -> None:
    assert not Standing.objects.exclude(out_of_use="").exists()


def test_only_guidance_can_be_unconfirmed() -> None:
    assert {type(page) for page in all_pages() if page.unconfirmed} == set(GUIDANCE)


@pytest.mark.parametrize("model", [StandardPage, HomePage, GlossaryPage])
def test_pages_about_the_site_need_no_confirmation(model: Any) -> None:
    assert model.objects.exists()
    assert not model.objects.filter(unconfirmed=True).exists()


def test_translations_and_only_they_await_a_native_speaker() -> None:
    assert {(page.locale.language_code != "en") == page.translation_unreviewed for page in all_pages()} == {
        True
    }


def test_translated_terms_and_only_they_await_a_native_speaker() -> None:
    assert not Term.objects.filter(locale__language_code="en", unreviewed=True).exists()
    assert not Term.objects.exclude(locale__language_code="en").filter(unreviewed=False).exists()


def test_no_agreement_or_law_counts_as_approved_by_being_in_force() -> None:
    assert not AgreementPage.objects.filter(status="in_force", status_as_of=None).exists()


@pytest.mark.parametrize("model", [model for model in GUIDANCE if model is not CaseStudyPage])
def test_a_page_of_guidance_says_that_nobody_has_approved_it(client: Client, model: type[Page]) -> None:
    assert NOT_APPROVED in shown(client, example(model))


def test_a_page_says_which_year_it_describes(client: Client) -> None:
    page = SOPPage.objects.filter(as_of=2007).first()
    assert "This describes practice in 2007. Its owner has not yet confirmed it." in shown(client, page)


def test_a_case_study_says_that_no_person_has_reviewed_it(client: Client) -> None:
    assert "Checked by rule, not reviewed by a person" in shown(client, example(CaseStudyPage))


@pytest.mark.parametrize("model", [StandardPage, HomePage, GlossaryPage])
def test_a_page_about_the_site_carries_no_notice(client: Client, model: type[Page]) -> None:
    text = shown(client, example(model))
    assert NOT_APPROVED not in text
    assert NOT_REVIEWED not in text


@pytest.mark.parametrize("model", [ChecklistPage, StandardPage])
@pytest.mark.parametrize("language", ["km", "lo", "my", "th", "vi", "zh-hans"])
def test_a_translation_says_that_it_awaits_a_native_speaker(
    client: Client, model: type[Page], language: str
) -> None:
    assert 'class="note caution' in shown(client, example(model, language))


@pytest.mark.parametrize("model", [*GUIDANCE, StandardPage])
def test_a_page_names_its_sources(client: Client, model: Any) -> None:
    page = next(page for page in model.objects.filter(locale__language_code="en") if page.sources)
    document = page.sources[0].value["document"]
    assert document.title in shown(client, page)


def test_a_translated_checklist_names_its_sources(client: Client) -> None:
    page = example(ChecklistPage, "km")
    assert page.sources[0].value["document"].title in shown(client, page)


def test_every_page_can_be_read(client: Client) -> None:
    for page in all_pages():
        assert page.live
        assert page.title in shown(client, page)


def test_an_editor_can_publish_every_page_as_it_is() -> None:
    for page in all_pages():
        page.full_clean()
        for field in page._meta.fields:
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(page, field.name))


def test_block_ids_are_the_same_in_every_language() -> None:
    for page in ChecklistPage.objects.filter(locale__language_code="en"):
        for translation in page.get_translations():
            for name in ("items", "child_notes", "male_notes", "findings", "sources"):
                ids = [block.id for block in getattr(page, name)]
                assert [block.id for block in getattr(translation, name)] == ids, (translation, name)


def test_no_pair_of_pages_is_stored_twice() -> None:
    pairs = [frozenset(pair) for pair in RelatedPages.objects.values_list("page_id", "other_id")]
    assert len(pairs) == len(set(pairs)) > 100
