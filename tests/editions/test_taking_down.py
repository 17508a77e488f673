"""A text that endangers someone goes for good, from everywhere, and its number stays."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Locale, PageLogEntry, Revision, TaskState
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from accounts.models import OutboxMessage
from editions.choices import EventKind
from editions.drafts import draft_of
from editions.models import Edition, EditionEvent, EditionFile, EditionText, Standing
from editions.retiring.retirement import reasons_after_take_down, withdraw
from editions.retiring.taking_down import delete_files_left, take_down, texts_of
from guidelines.models import SOPPage
from tests.factories.concepts import CountryFactory
from tests.factories.editions import approve, person_with, publish, submit
from tests.factories.pages import SOPPageFactory, sop_steps

pytestmark = pytest.mark.django_db

CANARY = "the blue house behind the market"


def published(**values: object) -> SOPPage:
    page = SOPPageFactory(live=False, **{**sop_steps(2), "title": "Return", "slug": "return", **values})
    publish(page)
    return page


def everything_stored() -> list[str]:
    """Every column of every table that says the canary."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [
                    f"{table}.{name}" for name, value in zip(names, row, strict=True) if CANARY in str(value)
                ]
    return found


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def take_down_all(page: SOPPage, reason: str = "It names where someone lives.") -> None:
    take_down(page, texts_of(page.translation_key), by=person_with("administrator"), reason=reason)


def steps_with_every_word() -> dict[str, list[dict[str, object]]]:
    """As editors save them: wagtail-localize takes an empty word, but no missing one."""
    fields = sop_steps(2)
    for step in fields["steps"]:
        step["value"] |= dict.fromkeys(
            ("place", "time_limit", "usual_time", "note", "child_note", "warning"), ""
        )
    return fields


def dangerous_steps() -> dict[str, list[dict[str, object]]]:
    fields = steps_with_every_word()
    fields["steps"][0]["value"]["action"] = f"Go to {CANARY}"
    return fields


def test_nothing_of_the_text_is_left_in_the_database() -> None:
    author = person_with()
    page = SOPPageFactory(
        live=False,
        title=f"Return to {CANARY}",
        slug="return",
        purpose=f"Meet at {CANARY}.",
        **dangerous_steps(),
    )
    page.save_revision(user=author, log_action=True)
    Comment.objects.create(page=page, user=author, text=f"Is it {CANARY}?", contentpath="purpose")
    waiting = submit(page, author)
    approve(waiting, person_with(), comment=f"Yes, {CANARY}.")
    page.refresh_from_db()
    EditionText.objects.get_or_create(edition=Edition.objects.get(), defaults={"html": CANARY})
    source, _made = TranslationSource.get_or_create_from_instance(page)
    source.update_from_db()
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="km")
    )
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=f"km: {segment.string.data}",
        )
    translation.save_target(publish=False)
    khmer = SOPPage.objects.get(translation_key=page.translation_key, locale__language_code="km")
    publish(khmer)
    page.purpose = f"Never at {CANARY}."
    publish(page, "minor", note=f"It is {CANARY} no more.")
    page.get_latest_revision_as_object().save_revision(user=author)
    PageLogEntry.objects.log_action(page, "wagtail.rename", data={"title": {"old": CANARY, "new": "Return"}})
    OutboxMessage.objects.create(
        to="desk@example.org", subject=f"Return to {CANARY} is approved", body="See it."
    )
    withdraw(page, by=author, reason=f"People go to {CANARY}.")
    author_draft = SOPPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    author_draft.save_revision(user=author)
    assert len(set(everything_stored())) > 15

    take_down_all(page)

    assert everything_stored() == []


def test_nothing_is_left_on_disk(django_capture_on_commit_callbacks, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    page = published()
    edition = Edition.objects.get()
    EditionFile.objects.filter(edition=edition).delete()
    file = EditionFile.objects.create(edition=edition, kind="pdf", state="made")
    file.file.save("1.0.pdf", ContentFile(CANARY.encode()))
    assert [path for path in tmp_path.rglob("*") if path.is_file()]
    with django_capture_on_commit_callbacks(execute=True):
        take_down_all(page)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not EditionFile.objects.exists()


def test_files_stay_if_the_take_down_fails(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    page = published()
    file = EditionFile.objects.get_or_create(edition=Edition.objects.get(), kind="pdf")[0]
    file.file.save("1.0.pdf", ContentFile(b"%PDF"))
    with pytest.raises(ValidationError):
        take_down_all(page, reason=" ")
    assert default_storage.exists(file.file.name)


def test_a_file_made_meanwhile_is_deleted_by_the_next_run(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    page = published()
    edition = Edition.objects.get()
    take_down_all(page)
    default_storage.save(f"editions/{edition.code}/1.0.pdf", ContentFile(b"%PDF"))
    EditionFile.objects.create(edition=edition, kind="pdf")
    assert delete_files_left() == 1
    assert delete_files_left() == 0
    assert not EditionFile.objects.exists()


def test_number_dates_and_checksum_stay() -> None:
    page = published()
    before = Edition.objects.values("major", "minor", "sha256", "code", "published_at").get()
    take_down_all(page)
    edition = Edition.objects.get()
    assert Edition.objects.values("major", "minor", "sha256", "code", "published_at").get() == before
    assert (edition.content, edition.title, edition.change_note) == ({}, "Taken down", "")
    assert not edition.is_whole


def test_an_event_says_who_and_why() -> None:
    page = published()
    reviewer = person_with("safeguarding_reviewer")
    take_down(page, texts_of(page.translation_key), by=reviewer, reason="It names a place.")
    event = EditionEvent.objects.get(kind=EventKind.TAKEN_DOWN)
    assert (event.by, event.reason, event.edition) == (reviewer, "It names a place.", Edition.objects.get())


def test_the_page_leaves_the_site_in_all_languages() -> None:
    page = published()
    khmer = published(translation_of=page, language="km")
    take_down_all(page)
    for version in (page, khmer):
        stored = SOPPage.objects.get(pk=version.pk)
        assert (stored.live, stored.slug, stored.purpose, list(stored.steps)) == (False, "return", "", [])
        assert Standing.objects.get(page=version.pk).taken_down
    assert Client().get("/en/procedures/return/").status_code in (404, 410)


def test_one_language_alone_can_be_taken_down() -> None:
    page = published()
    khmer = published(translation_of=page, language="km", title="ការវិលត្រឡប់")
    take_down(page, [Edition.objects.get(language="km")], by=person_with("administrator"), reason="A name.")
    assert SOPPage.objects.get(pk=page.pk).live
    assert Edition.objects.get(language="en").is_whole
    assert not SOPPage.objects.get(pk=khmer.pk).live


def test_taking_down_a_superseded_edition_leaves_the_page_as_it_is() -> None:
    page = published(purpose=CANARY)
    page.purpose = "Harmless."
    kept = publish(page, "minor")
    take_down(page, [Edition.objects.get(minor=0)], by=person_with("administrator"), reason="A place.")
    stored = SOPPage.objects.get(pk=page.pk)
    assert (stored.live, stored.purpose, stored.title) == (True, "Harmless.", "Return")
    assert Edition.objects.get(pk=kept.pk).is_whole
    assert kept.revision.content["purpose"] == "Harmless."
    assert everything_stored() == []


def test_a_draft_begun_from_the_text_goes_and_editors_go_on_from_what_is_live() -> None:
    page = published(purpose="Harmless.")
    page.purpose = CANARY
    coming = publish(page, "major", effective=datetime.date(2100, 1, 1))
    draft = SOPPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.save_revision(user=person_with())
    take_down(page, [coming], by=person_with("administrator"), reason="A place.")
    stored = SOPPage.objects.get(pk=page.pk)
    assert stored.get_latest_revision_as_object().purpose == "Harmless."
    assert (stored.live, stored.draft_title) == (True, "Return")
    assert everything_stored() == []


def test_an_announced_edition_that_is_taken_down_does_not_come_into_force() -> None:
    page = published()
    page.purpose = CANARY
    coming = publish(page, "major", effective=datetime.date(2100, 1, 1))
    take_down(page, [coming], by=person_with("administrator"), reason="A place.")
    assert Standing.objects.get(page=page.pk).coming is None
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_an_announced_edition_that_is_kept_stays_announced() -> None:
    page = published(purpose=CANARY)
    current = Edition.objects.get()
    page.purpose = "Harmless."
    coming = publish(page, "major", effective=datetime.date(2100, 1, 1))
    take_down(page, [current], by=person_with("administrator"), reason="A place.")
    assert Standing.objects.get(page=page.pk).coming == coming
    assert Revision.objects.get(approved_go_live_at__isnull=False) == coming.revision
    assert coming.revision.content["purpose"] == "Harmless."
    assert not SOPPage.objects.get(pk=page.pk).live
    assert everything_stored() == []


def test_a_draft_begun_while_another_edition_was_announced_goes_too() -> None:
    page = published(purpose=CANARY)
    current = Edition.objects.get()
    page.purpose = "Harmless."
    publish(page, "major", effective=datetime.date(2100, 1, 1))
    draft = SOPPage.objects.get(pk=page.pk)
    draft.scope = "More."
    draft.save_revision(user=person_with("editor"))
    take_down(page, [current], by=person_with("administrator"), reason="A place.")
    assert everything_stored() == []


def test_what_says_exactly_the_same_goes_too() -> None:
    page = published(purpose=CANARY)
    page.purpose = "Harmless."
    publish(page, "minor")
    page.purpose = CANARY
    publish(page, "minor")
    take_down(page, [Edition.objects.get(minor=0)], by=person_with("administrator"), reason="A place.")
    assert everything_stored() == []
    assert not SOPPage.objects.get(pk=page.pk).live


def test_a_translation_in_progress_goes_with_its_original() -> None:
    page = published(purpose=CANARY)
    khmer = SOPPageFactory(translation_of=page, language="km", live=False, purpose=CANARY, title="Return")
    khmer.save_revision()
    take_down_all(page)
    assert everything_stored() == []


def test_words_of_other_pages_stay_in_the_translators_memory() -> None:
    page, other = (
        published(purpose="Said by both.", slug=slug, **steps_with_every_word()) for slug in ("one", "two")
    )
    for each in (page, other):
        TranslationSource.get_or_create_from_instance(each)[0].update_from_db()
    take_down_all(page)
    assert String.objects.filter(data="Said by both.").exists()
    source = TranslationSource.objects.get(object_id=other.translation_key)
    assert source.stringsegment_set.filter(string__data="Said by both.").exists()


def test_who_was_asked_to_approve_is_not_asked_any_more() -> None:
    page = published()
    draft = SOPPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    waiting = submit(draft, person_with(), change="minor", note="More.", effective=timezone.localdate())
    take_down_all(page)
    waiting.refresh_from_db()
    assert waiting.status == TaskState.STATUS_CANCELLED


def test_without_a_reason_nothing_happens() -> None:
    page = published()
    with pytest.raises(ValidationError, match="reason"):
        take_down_all(page, reason="")
    assert Edition.objects.get().is_whole


def test_what_is_taken_down_cannot_be_taken_down_again() -> None:
    page = published()
    edition = Edition.objects.get()
    take_down_all(page)
    assert texts_of(page.translation_key) == []
    with pytest.raises(ValidationError, match="at least one"):
        take_down(page, [edition], by=person_with("administrator"), reason="Again.")


def test_a_page_keeps_the_countries_by_which_approvers_are_found() -> None:
    cambodia = CountryFactory(code="KH")
    page = published(countries=[cambodia])
    take_down_all(page)
    assert [country.code for country in SOPPage.objects.get(pk=page.pk).governing_countries] == ["KH"]


def test_a_safe_edition_gets_the_next_number() -> None:
    page = published()
    take_down_all(page)
    page = SOPPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert page.title == "Taken down"
    page.title, page.purpose = "Return", "Safe now."
    edition = publish(page, "minor")
    assert edition.label == "1.1"
    assert SOPPage.objects.get(pk=page.pk).live


def test_nothing_is_corrected_after_a_take_down() -> None:
    page = published()
    take_down_all(page)
    page = SOPPage.objects.get(pk=page.pk)
    page.edition_change = "correction"
    assert reasons_after_take_down(page, draft_of(page))[0].field == "edition_change"
    page.edition_change = "minor"
    assert reasons_after_take_down(page, draft_of(page)) == []


def test_a_text_taken_down_is_not_translated_anew() -> None:
    page = published()
    khmer = SOPPageFactory(translation_of=page, language="km", live=False)
    assert reasons_after_take_down(khmer, draft_of(khmer)) == []
    take_down_all(page)
    assert "original" in reasons_after_take_down(khmer, draft_of(khmer))[0].message


@pytest.mark.parametrize("role", ["safeguarding_reviewer", "administrator"])
def test_who_guards_people_takes_down(role: str) -> None:
    page = published()
    client = client_of(person_with(role))
    address = reverse("retirement:take_down", args=[page.pk])
    assert address in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    answer = client.post(
        address, {"editions": [Edition.objects.get().pk], "reason": "It names a place.", "certain": "on"}
    )
    assert answer.status_code == 302
    assert Edition.objects.get().content == {}


@pytest.mark.parametrize("role", ["editor", "translator", "directory_manager", "practitioner"])
def test_nobody_else_does(role: str) -> None:
    page = published()
    client = client_of(person_with(role))
    address = reverse("retirement:take_down", args=[page.pk])
    assert address not in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    client.post(address, {"editions": [Edition.objects.get().pk], "reason": "No.", "certain": "on"})
    assert Edition.objects.get().is_whole


def test_the_screen_ticks_every_text_of_the_number_of_today() -> None:
    page = published()
    published(translation_of=page, language="km")
    page.purpose = "More."
    publish(page, "minor")
    page.purpose = "Corrected."
    publish(page, "correction")
    form = (
        client_of(person_with("administrator"))
        .get(reverse("retirement:take_down", args=[page.pk]))
        .context["form"]
    )
    ticked = Edition.objects.filter(pk__in=form.initial["editions"])
    assert sorted(edition.label for edition in ticked) == ["1.1", "1.1-2"]
    assert len(form.fields["editions"].choices) == 4


def test_the_screen_insists_that_it_cannot_be_undone() -> None:
    page = published()
    answer = client_of(person_with("administrator")).post(
        reverse("retirement:take_down", args=[page.pk]),
        {"editions": [Edition.objects.get().pk], "reason": "It names a place."},
    )
    assert answer.context["form"].errors["certain"]
    assert Edition.objects.get().is_whole


def test_a_text_of_another_page_cannot_be_sent() -> None:
    page, other = published(), published(slug="other")
    answer = client_of(person_with("administrator")).post(
        reverse("retirement:take_down", args=[page.pk]),
        {"editions": [Edition.objects.get(page=other.pk).pk], "reason": "A place.", "certain": "on"},
    )
    assert answer.context["form"].errors["editions"]
    assert Edition.objects.get(page=other.pk).is_whole


def test_the_log_says_that_it_was_taken_down_and_not_what() -> None:
    page = published(title=f"Return to {CANARY}", slug="return")
    take_down_all(page)
    entries = PageLogEntry.objects.filter(page=page.pk)
    assert {entry.label for entry in entries} == {"Taken down"}
    assert entries.get(action="editions.taken_down").message == "Taken down: 1.0"
