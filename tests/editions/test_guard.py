"""Every publication of a versioned page passes one guard, which freezes its edition or refuses."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import Translation, TranslationSource

from accounts.models import User
from editions.models import Edition, EditionEvent, Standing
from editions.models.editions import checksum
from tests.factories.accounts import UserFactory
from tests.factories.editions import approve, person_with, publish, submit
from tests.factories.forms import sent_form
from tests.factories.pages import LawPageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Any:
    """A law that was never published."""
    return LawPageFactory(title="Law on return", gist="Says who may return.", live=False)


@pytest.fixture
def law(draft: Any) -> Any:
    """A law of which 1.0 is in force."""
    publish(draft)
    return draft


@pytest.fixture
def superuser() -> User:
    return UserFactory(is_superuser=True, is_staff=True)


@pytest.fixture
def browser(superuser: User) -> Client:
    """Somebody whom Wagtail itself would let publish anything."""
    client = Client()
    client.force_login(superuser)
    return client


def gist_for_readers(page: Any) -> str:
    return str(type(page).objects.get(pk=page.pk).gist)


def numbers(page: Any) -> list[str]:
    return [edition.label for edition in Edition.objects.filter(page=page.pk).order_by("pk")]


# ---- What is made


def test_the_first_publication_is_edition_1_0(draft: Any) -> None:
    assert publish(draft).label == "1.0"


def test_a_correction_keeps_the_number_and_freezes_another_text(law: Any) -> None:
    law.gist = "Says who may return home."
    assert publish(law, "correction").label == "1.0-2"


def test_a_minor_edition_counts_behind_the_point(law: Any) -> None:
    assert publish(law, "minor").label == "1.1"


def test_a_major_edition_counts_before_the_point(law: Any) -> None:
    publish(law, "minor")
    assert publish(law, "major").label == "2.0"


def test_the_edition_keeps_the_text_and_its_checksum(law: Any) -> None:
    edition = Edition.objects.get(page=law.pk)
    assert edition.content["gist"] == "Says who may return."
    assert edition.sha256 == checksum(edition.content)


def test_the_edition_names_who_approved_it_and_what_it_follows(law: Any) -> None:
    first = Edition.objects.get(page=law.pk)
    approver = person_with("administrator")
    second = publish(law, "minor", approver=approver)
    assert second.approved_by == approver
    assert second.supersedes == first


def test_the_page_says_which_edition_readers_have(law: Any) -> None:
    edition = publish(law, "minor")
    assert Standing.objects.get(page=law.pk).current == edition


def test_what_was_said_of_an_edition_is_not_said_of_the_next_draft(law: Any) -> None:
    publish(law, "major", "New deadlines.")
    next_draft = law.get_latest_revision_as_object()
    assert (next_draft.edition_change, next_draft.change_note, next_draft.effective_date) == ("", "", None)


def test_saving_the_same_live_text_makes_no_second_edition(law: Any) -> None:
    law.live_revision.publish()
    assert numbers(law) == ["1.0"]


def test_other_pages_have_no_editions() -> None:
    page = StandardPageFactory()
    page.save_revision().publish()
    assert not Edition.objects.exists()


# ---- Paths, one by one: proven.md lists them


def test_an_approved_text_goes_live_through_the_workflow(law: Any) -> None:
    law.gist = "New words."
    publish(law, "minor")
    assert gist_for_readers(law) == "New words."


def test_revision_publish_passes_an_approved_text(draft: Any) -> None:
    waiting = submit(draft, person_with())
    type(waiting).objects.filter(pk=waiting.pk).update(
        status=waiting.STATUS_APPROVED, finished_by=person_with(), finished_at=timezone.now()
    )
    waiting.revision.publish()
    assert numbers(draft) == ["1.0"]


def test_revision_publish_refuses_what_nobody_approved(law: Any) -> None:
    law.gist = "New words."
    law.edition_change, law.change_note = "correction", "A word."
    revision = law.save_revision()
    with pytest.raises(ValidationError):
        revision.publish()
    assert gist_for_readers(law) == "Says who may return."
    assert numbers(law) == ["1.0"]


def test_approval_of_one_text_lets_no_other_text_through(draft: Any) -> None:
    waiting = submit(draft, person_with())
    type(waiting).objects.filter(pk=waiting.pk).update(
        status=waiting.STATUS_APPROVED, finished_by=person_with(), finished_at=timezone.now()
    )
    draft.gist = "Words that nobody has approved."
    other = draft.save_revision()
    with pytest.raises(ValidationError):
        other.publish()
    assert numbers(draft) == []


def test_the_publish_button_is_answered_in_words(law: Any, browser: Client, superuser: User) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[law.pk])
    form = sent_form(law, person=superuser, gist="New words.")
    answer = browser.post(address, form | {"action-publish": "1"}, follow=True)
    assert "Submit it for approval" in answer.content.decode()
    assert gist_for_readers(law) == "Says who may return."


def test_creating_and_publishing_leaves_a_draft(draft: Any, browser: Client, superuser: User) -> None:
    parent = draft.get_parent()
    address = reverse("wagtailadmin_pages:add", args=["guidelines", "lawpage", parent.pk])
    form = sent_form(draft, person=superuser, title="Another law", slug="another-law")
    answer = browser.post(address, form | {"action-publish": "1"}, follow=True)
    assert answer.status_code == 200
    assert not Page.objects.filter(slug="another-law", live=True).exists()


def test_bulk_publishing_is_answered_in_words(law: Any, browser: Client) -> None:
    law.gist = "New words."
    law.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = browser.post(f"{address}?id={law.pk}&next=/admin/", follow=True)
    assert "Somebody must approve these pages" in answer.content.decode()
    assert gist_for_readers(law) == "Says who may return."


def test_the_admin_api_is_refused(law: Any, browser: Client) -> None:
    law.gist = "New words."
    law.save_revision()
    address = reverse("wagtailadmin_api:pages:action", args=[law.pk, "publish"])
    assert browser.post(address).status_code in (400, 403)
    assert gist_for_readers(law) == "Says who may return."


def test_reverting_to_an_earlier_text_and_publishing_it_is_refused(
    law: Any, browser: Client, superuser: User
) -> None:
    earlier = law.live_revision_id
    law.gist = "New words."
    publish(law, "minor")
    form = sent_form(law, person=superuser) | {"revision": str(earlier), "action-publish": "1"}
    browser.post(reverse("wagtailadmin_pages:edit", args=[law.pk]), form, follow=True)
    assert gist_for_readers(law) == "New words."


def test_a_schedule_without_approval_does_not_go_live(law: Any) -> None:
    law.gist = "New words."
    law.edition_change, law.change_note = "correction", "A word."
    revision = law.save_revision(approved_go_live_at=timezone.now() - datetime.timedelta(hours=1))
    call_command("publish_scheduled", verbosity=0)
    assert gist_for_readers(law) == "Says who may return."
    assert not Edition.objects.filter(revision=revision).exists()


def test_one_refused_schedule_keeps_no_other_page_from_going_live(law: Any) -> None:
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    law.save_revision(approved_go_live_at=hour_ago)
    other = StandardPageFactory(title="About", introduction="Old.")
    other.introduction = "New."
    other.save_revision(approved_go_live_at=hour_ago + datetime.timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)
    other.refresh_from_db()
    assert other.introduction == "New."


def test_a_copy_that_should_stay_live_is_a_draft(law: Any) -> None:
    copy = law.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True)
    copy.refresh_from_db()
    assert not copy.live


def test_an_alias_is_refused(law: Any) -> None:
    with pytest.raises(ValidationError):
        law.create_alias(update_slug="alias")
    assert not Page.objects.filter(slug="alias").exists()


def test_the_copy_screen_refuses_an_alias_in_words(law: Any, browser: Client) -> None:
    address = reverse("wagtailadmin_pages:copy", args=[law.pk])
    form = {
        "new_title": "Law",
        "new_slug": "alias",
        "new_parent_page": law.get_parent().pk,
        "alias": "on",
    }
    answer = browser.post(address, form, follow=True)
    assert "An edition cannot stand at two addresses" in answer.content.decode()


def test_a_page_made_live_without_a_revision_is_a_draft(draft: Any) -> None:
    parent = draft.get_parent()
    page = type(draft)(title="Straight in", slug="straight-in", kind="law", gist="Words.", live=True)
    parent.add_child(instance=page)
    page.refresh_from_db()
    assert not page.live


def test_a_draft_row_cannot_be_switched_live(draft: Any) -> None:
    draft.live = True
    with pytest.raises(ValidationError):
        draft.save()


def test_a_full_save_of_a_live_page_leaves_readers_their_text(law: Any) -> None:
    law.gist = "Words of a draft."
    law.save()
    assert gist_for_readers(law) == "Says who may return."


def translation_of(page: Any) -> Translation:
    source, _created = TranslationSource.update_or_create_from_instance(page)
    locale = Locale.objects.get(language_code="km")
    translation: Translation = Translation.objects.create(source=source, target_locale=locale)
    return translation


def test_wagtail_localize_cannot_publish_past_approval(
    law: Any, django_capture_on_commit_callbacks: Any
) -> None:
    LawPageFactory(title="Khmer", translation_of=law, language="km", live=False, gist="Old.").save_revision()
    with pytest.raises(ValidationError), django_capture_on_commit_callbacks(execute=True):
        translation_of(law).save_target(publish=True)
    assert not Page.objects.filter(translation_key=law.translation_key, locale__language_code="km", live=True)


def test_wagtail_localize_writes_no_draft_into_a_live_translation(law: Any) -> None:
    khmer = LawPageFactory(title="Khmer", translation_of=law, language="km", live=False, gist="Approved.")
    publish(khmer)
    translation_of(law).save_target(publish=False)
    assert gist_for_readers(khmer) == "Approved."


def test_a_page_with_editions_cannot_be_unpublished(law: Any) -> None:
    with pytest.raises(ValidationError):
        law.unpublish()
    law.refresh_from_db()
    assert law.live


# ---- What is missing


@pytest.mark.parametrize(
    ("change", "note", "effective", "field"),
    [
        ("", "A note.", None, "edition_change"),
        ("correction", " ", None, "change_note"),
        ("minor", "", datetime.date(2100, 1, 1), "change_note"),
        ("minor", "A note.", None, "effective_date"),
        ("major", "A note.", datetime.date(1999, 1, 1), "effective_date"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    law: Any, change: str, note: str, effective: Any, field: str
) -> None:
    law.gist = "New words."
    waiting = submit(law, person_with(), change=change, note=note, effective=effective)
    with pytest.raises(ValidationError) as refused:
        approve(waiting, person_with())
    assert field in refused.value.message_dict
    assert numbers(law) == ["1.0"]


def test_the_form_says_it_before_anybody_has_to_approve(law: Any) -> None:
    author = person_with()
    client = Client()
    client.force_login(author)
    form = sent_form(law, person=author, gist="New words.") | {"action-submit": "1"}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[law.pk]), form, follow=True)
    assert "Say whether this is a correction, a minor or a major edition." in answer.content.decode()
    assert law.current_workflow_state is None


def test_a_draft_may_be_saved_with_anything_missing(law: Any) -> None:
    author = person_with()
    client = Client()
    client.force_login(author)
    form = sent_form(law, person=author, gist="New words.")
    client.post(reverse("wagtailadmin_pages:edit", args=[law.pk]), form, follow=True)
    law.refresh_from_db()
    assert law.get_latest_revision_as_object().gist == "New words."


# ---- Nothing half


def test_a_failure_after_the_edition_leaves_neither(law: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    law.gist = "New words."
    waiting = submit(law, person_with(), change="correction", note="A word.")

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(EditionEvent.objects, "create", fail)
    with pytest.raises(RuntimeError):
        approve(waiting, person_with())
    assert numbers(law) == ["1.0"]
    assert gist_for_readers(law) == "Says who may return."


def test_an_older_text_does_not_overtake_a_newer_one(law: Any) -> None:
    approver = person_with()
    law.gist = "Older words."
    older = submit(law, person_with(), change="correction", note="A word.")
    law.current_workflow_state.cancel()
    law.gist = "Newer words."
    publish(law, "minor", approver=approver)
    type(older).objects.filter(pk=older.pk).update(
        status=older.STATUS_APPROVED, finished_by=approver, finished_at=timezone.now()
    )
    with pytest.raises(ValidationError):
        Revision.objects.get(pk=older.revision_id).publish()
    assert gist_for_readers(law) == "Newer words."
