"""No screen and no command changes or removes an edition."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from editions.models import Desk, Edition, EditionEvent, EditionText
from editions.public.rendering import rendered
from tests.factories.accounts import UserFactory
from tests.factories.editions import person_with, publish, submit
from tests.factories.forms import sent_form
from tests.factories.pages import LawPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def law() -> Any:
    page = LawPageFactory(title="Law on return", gist="Says who may return.", live=False)
    publish(page)
    return page


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def test_an_edition_cannot_be_saved_again(law: Any) -> None:
    edition = Edition.objects.get()
    edition.change_note = "Something else."
    with pytest.raises(ValidationError):
        edition.save()


def test_an_edition_cannot_be_deleted(law: Any) -> None:
    with pytest.raises(ValidationError):
        Edition.objects.get().delete()


@pytest.mark.parametrize("model", [Edition, EditionEvent])
def test_nor_many_at_once(law: Any, model: Any) -> None:
    with pytest.raises(ValidationError):
        model.objects.all().delete()
    with pytest.raises(ValidationError):
        model.objects.all().update(pk=0)


def test_purging_revisions_leaves_it_whole(law: Any) -> None:
    for words in ("One.", "Two."):
        law.gist = words
        publish(law, "correction")
    call_command("purge_revisions", days=0, verbosity=0)
    assert all(edition.is_whole and edition.revision for edition in Edition.objects.all())


def overwriting(page: Any, revision: int, person: Any, **words: Any) -> None:
    """What autosave sends: the draft's words, to be written over the draft before."""
    page.refresh_from_db()
    page = page.get_latest_revision_as_object()
    for name, value in words.items():
        setattr(page, name, value)
    page.save_revision(user=person, overwrite_revision=Revision.objects.get(pk=revision))


def test_autosave_does_not_overwrite_the_text_that_is_live() -> None:
    author = person_with()
    page = LawPageFactory(title="Law", gist="Approved.", live=False)
    publish(page, author=author)
    overwriting(page, page.live_revision_id, author, gist="Typed later.")
    assert Revision.objects.get(pk=page.live_revision_id).content["gist"] == "Approved."


def test_autosave_does_not_overwrite_the_text_under_review(law: Any) -> None:
    author = person_with()
    law.gist = "Submitted."
    waiting = submit(law, author, change="correction", note="A word.")
    overwriting(law, waiting.revision_id, author, gist="Typed later.")
    assert Revision.objects.get(pk=waiting.revision_id).content["gist"] == "Submitted."


def test_autosave_overwrites_its_own_draft(law: Any) -> None:
    author = person_with()
    law.gist = "First."
    draft = law.save_revision(user=author)
    overwriting(law, draft.pk, author, gist="Second.")
    assert Revision.objects.get(pk=draft.pk).content["gist"] == "Second."


def test_autosave_in_the_editor_keeps_the_live_text(law: Any) -> None:
    author = UserFactory(is_superuser=True, is_staff=True)
    Revision.objects.filter(pk=law.live_revision_id).update(user=author)
    client = Client()
    client.force_login(author)
    form = sent_form(law, person=author, gist="Typed later.")
    form["overwrite_revision_id"] = str(law.live_revision_id)
    client.post(reverse("wagtailadmin_pages:edit", args=[law.pk]), form)
    assert Revision.objects.get(pk=law.live_revision_id).content["gist"] == "Says who may return."


def test_a_page_with_editions_cannot_be_deleted(law: Any) -> None:
    with pytest.raises((ProtectedError, ValidationError)):
        law.delete()
    assert Page.objects.filter(pk=law.pk).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_delete_screen_says_so_and_offers_to_withdraw(law: Any, browser: Client, method: str) -> None:
    answer = getattr(browser, method)(reverse("wagtailadmin_pages:delete", args=[law.pk]), follow=True)
    assert "Withdraw it instead" in answer.content.decode()
    assert Page.objects.filter(pk=law.pk, live=True).exists()


def test_the_unpublish_screen_changes_nothing(law: Any, browser: Client) -> None:
    browser.post(reverse("wagtailadmin_pages:unpublish", args=[law.pk]), follow=True)
    law.refresh_from_db()
    assert law.live


def test_deleting_the_section_above_is_refused_in_words(law: Any, browser: Client) -> None:
    section = law.get_parent()
    answer = browser.post(reverse("wagtailadmin_pages:delete", args=[section.pk]), follow=True)
    assert "Pages below this one have editions" in answer.content.decode()
    assert Page.objects.filter(pk=law.pk).exists()


def ticked(page: Any, action: str) -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return f"{address}?id={page.pk}&next=/admin/"


def test_so_is_ticking_it_in_a_list(law: Any, browser: Client) -> None:
    answer = browser.post(ticked(law, "delete"), follow=True)
    assert "can only be withdrawn" in answer.content.decode()
    assert Page.objects.filter(pk=law.pk).exists()


def test_ticking_it_to_be_unpublished_changes_nothing(law: Any, browser: Client) -> None:
    browser.post(ticked(law, "unpublish"), follow=True)
    law.refresh_from_db()
    assert law.live


def test_a_page_without_editions_can_be_deleted(browser: Client) -> None:
    page = LawPageFactory(title="Never published", live=False)
    browser.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()


def test_a_desk_named_in_a_draft_answers_at_once(law: Any) -> None:
    desk = Desk.objects.create(name="Social welfare desk")
    law.desk = desk
    law.gist = "A draft."
    law.save_revision()
    law.refresh_from_db()
    assert law.desk == desk
    assert law.gist == "Says who may return."


def test_a_rendered_text_cannot_be_saved_again(law: Any) -> None:
    rendered(Edition.objects.get())
    text = EditionText.objects.get()
    text.html = "Something else."
    with pytest.raises(ValidationError):
        text.save()
