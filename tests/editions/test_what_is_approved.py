"""What is approved is what the second person saw, for every country that it names, and theirs to approve."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Revision, TaskState, Workflow
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from editions.models import Edition
from editions.retiring.taking_down import take_down
from tests.factories.accounts import UserFactory
from tests.factories.concepts import CountryFactory
from tests.factories.editions import approve, person_with, publish, submit
from tests.factories.forms import sent_form
from tests.factories.pages import LawPageFactory, SOPPageFactory

pytestmark = pytest.mark.django_db


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def next_month() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=30)


def procedure_of(country: Any) -> Any:
    page = SOPPageFactory(live=False)
    page.countries = [country]
    publish(page)
    return type(page).objects.get(pk=page.pk)


@pytest.mark.parametrize("keeps_its_country", [True, False])
def test_an_approver_covers_the_countries_that_the_draft_names(keeps_its_country: bool) -> None:
    laos, thailand = CountryFactory(code="LA"), CountryFactory(code="TH")
    page = procedure_of(laos)
    page.countries = [laos, thailand] if keeps_its_country else [thailand]
    waiting = submit(page, person_with(), change="major", note="For others.", effective=timezone.localdate())
    approver = person_with(countries=[laos])
    assert not TaskState.objects.reviewable_by(approver).exists()
    with pytest.raises(ValidationError):
        approve(waiting, approver)
    assert Edition.objects.filter(page=page.pk).count() == 1


@pytest.fixture
def changed_since(db: None) -> Any:
    """A law that waits for approval, with a later draft."""
    law = LawPageFactory(gist="Old words.", live=False)
    law.gist = "Submitted words."
    author = person_with()
    submit(law, author)
    law.gist = "Later words."
    law.save_revision(user=author)
    return law


def test_the_approver_sees_what_was_submitted(changed_since: Any) -> None:
    answer = client_of(person_with()).get(reverse("editions_changes", args=[changed_since.pk]))
    words = answer.content.decode()
    assert "Submitted words." in words
    assert "Later words." not in words


def test_what_the_editor_shows_is_not_approved_where_something_else_was_submitted(changed_since: Any) -> None:
    approver = person_with()
    form = sent_form(changed_since.get_latest_revision_as_object(), person=approver)
    form |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
    address = reverse("wagtailadmin_pages:edit", args=[changed_since.pk])
    answer = client_of(approver).post(address, form, follow=True)
    assert "changed after it was submitted" in answer.content.decode()
    assert not Edition.objects.filter(page=changed_since.pk).exists()


@pytest.fixture
def translated(db: None) -> tuple[Any, Any]:
    """A Khmer draft made by one person of sentences that another wrote, and who wrote them."""
    law = LawPageFactory(gist="Says who may return.", live=False)
    publish(law)
    source, _created = TranslationSource.update_or_create_from_instance(type(law).objects.get(pk=law.pk))
    khmer, writer = Locale.objects.get(language_code="km"), person_with()
    translation = Translation.objects.create(source=source, target_locale=khmer)
    translation.save_target(publish=False)
    for segment in StringSegment.objects.filter(source=source):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=khmer,
            context=segment.context,
            data=f"Khmer {segment.string.data}",
            last_translated_by=writer,
        )
    translation.save_target(user=UserFactory(), publish=False)
    return law.get_translation(khmer).specific, writer


def test_who_translated_the_sentences_does_not_approve_them(translated: tuple[Any, Any]) -> None:
    page, writer = translated
    waiting = Workflow.objects.get(active=True).start(page, person_with()).current_task_state
    with pytest.raises(ValidationError):
        approve(waiting, writer)
    assert not Edition.objects.filter(page=page.pk).exists()


def test_who_translated_the_edition_before_may_approve_the_next(translated: tuple[Any, Any]) -> None:
    page, writer = translated
    approve(Workflow.objects.get(active=True).start(page, person_with()).current_task_state, person_with())
    page.refresh_from_db()
    page.gist = "Better words."
    assert publish(page, approver=writer).label == "1.0 km-2"


def test_beside_an_announced_first_edition_there_is_nothing_to_correct() -> None:
    law = LawPageFactory(gist="Announced.", live=False)
    publish(law, effective=next_month())
    law.gist = "At once."
    with pytest.raises(ValidationError, match="Cancel it first"):
        publish(law, "correction")
    assert not type(law).objects.get(pk=law.pk).live


def test_a_translation_has_no_day_of_its_own() -> None:
    law = LawPageFactory(live=False)
    publish(law)
    khmer = LawPageFactory(translation_of=law, language="km", live=False)
    with pytest.raises(ValidationError, match="no day of its own"):
        publish(khmer, effective=next_month())
    assert not Edition.objects.filter(page=khmer.pk).exists()


def test_words_that_were_taken_down_while_they_were_being_published_stay_down() -> None:
    law = LawPageFactory(gist="Endangers someone.", live=False)
    first = publish(law)
    law.gist = "Endangers someone still."
    waiting = submit(law, person_with(), change="minor", note="Why.", effective=timezone.localdate())
    TaskState.objects.filter(pk=waiting.pk).update(
        status=TaskState.STATUS_APPROVED, finished_by=person_with(), finished_at=timezone.now()
    )
    in_memory = Revision.objects.get(pk=waiting.revision_id)
    take_down(law, [first], by=person_with("administrator"), reason="It names a place.")
    with pytest.raises(ValidationError):
        in_memory.publish()
    assert not type(law).objects.get(pk=law.pk).live
