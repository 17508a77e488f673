"""Who may import, and that an import is a draft and nothing more."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from accounts.models import Role
from editions.models import Edition
from editions.word.exporting import make_word
from guidelines.models import ChecklistPage, SOPPage
from tests.factories.accounts import UserFactory
from tests.factories.concepts import CountryFactory, ServiceAreaFactory
from tests.factories.editions import person_with, publish, submit
from tests.factories.pages import ChecklistPageFactory, SOPPageFactory, StandardPageFactory, sop_steps
from tests.factories.word import edited, foreign, heading, numbered, paragraph, title

pytestmark = pytest.mark.django_db


def signed_in(client: Client, role: str = Role.Code.EDITOR) -> Any:
    person = person_with(role)
    client.force_login(person)
    return person


def procedure() -> SOPPage:
    CountryFactory(code="KH")
    CountryFactory(code="TH")
    page: SOPPage = SOPPageFactory(title="Return", live=False, purpose="Why.", **sop_steps(2))
    publish(page)
    return page


def file_of(document: bytes, name: str = "sop.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, document)


def changed(page: SOPPage) -> bytes:
    document = make_word(Edition.objects.filter(page=page.pk).latest("pk"))
    return edited(document, lambda xml: xml.replace("Do what step 2 says", "Do it at once"))


def send(client: Client, page: Any, document: bytes, **values: Any) -> Any:
    return client.post(reverse("editions_word_import", args=[page.pk]), {"file": file_of(document), **values})


def test_an_import_is_a_draft_and_readers_see_nothing_of_it(client: Client) -> None:
    page = procedure()
    person = signed_in(client)
    answer = send(client, page, changed(page))
    assert answer.status_code == 200
    assert "Do it at once" in answer.content.decode()
    page.refresh_from_db()
    assert page.has_unpublished_changes
    assert page.latest_revision.user == person
    assert page.latest_revision_id != page.live_revision_id
    assert page.steps[1].value["action"] == "Do what step 2 says"
    assert page.get_latest_revision_as_object().steps[1].value["action"] == "Do it at once"
    assert Edition.objects.filter(page=page.pk).count() == 1
    assert "Do it at once" not in client.get(page.url).content.decode()


def test_what_is_unchanged_makes_no_draft(client: Client) -> None:
    page = procedure()
    signed_in(client)
    answer = send(client, page, make_word(Edition.objects.get(page=page.pk)))
    assert "No draft was made" in answer.content.decode()
    page.refresh_from_db()
    assert not page.has_unpublished_changes


def test_what_is_refused_is_said_and_nothing_is_saved(client: Client) -> None:
    page = procedure()
    signed_in(client)
    answer = send(client, page, b"no document")
    assert "not a Word document" in answer.content.decode()
    page.refresh_from_db()
    assert not page.has_unpublished_changes


def test_a_missing_file_is_asked_for(client: Client) -> None:
    page = procedure()
    signed_in(client)
    answer = client.post(reverse("editions_word_import", args=[page.pk]))
    assert "This field is required" in answer.content.decode()


def test_the_words_of_a_document_are_shown_as_words(client: Client) -> None:
    page = procedure()
    signed_in(client)
    answer = send(client, page, foreign(title("Return"), paragraph("<b onclick=x>Words</b>")))
    assert "<b onclick" not in answer.content.decode()


def test_a_practitioner_gets_no_screen(client: Client) -> None:
    page = procedure()
    client.force_login(UserFactory(role=Role.Code.PRACTITIONER, must_change_password=False))
    answer = send(client, page, changed(page))
    assert answer.status_code in {302, 403}
    page.refresh_from_db()
    assert not page.has_unpublished_changes


def test_nobody_imports_without_signing_in(client: Client) -> None:
    page = procedure()
    assert client.get(reverse("editions_word_import", args=[page.pk])).status_code == 302


def test_a_directory_manager_who_edits_no_pages_is_refused(client: Client) -> None:
    page = procedure()
    signed_in(client, Role.Code.DIRECTORY_MANAGER)
    send(client, page, changed(page))
    page.refresh_from_db()
    assert not page.has_unpublished_changes


def test_a_translator_is_refused_while_the_text_waits_for_approval(client: Client) -> None:
    page = procedure()
    page.purpose = "Another reason."
    submit(page, person_with(), change="correction", note="Clearer.")
    latest = page.latest_revision_id
    signed_in(client, Role.Code.TRANSLATOR)
    send(client, page, changed(page))
    page.refresh_from_db()
    assert page.latest_revision_id == latest


def test_an_editor_is_told_to_wait_for_the_approval(client: Client) -> None:
    page = procedure()
    page.purpose = "Another reason."
    submit(page, person_with(), change="correction", note="Clearer.")
    latest = page.latest_revision_id
    signed_in(client)
    answer = send(client, page, changed(page))
    assert "waits for approval" in answer.content.decode()
    page.refresh_from_db()
    assert page.latest_revision_id == latest


def test_a_locked_page_is_refused(client: Client) -> None:
    page = procedure()
    SOPPage.objects.filter(pk=page.pk).update(locked=True)
    signed_in(client)
    send(client, page, changed(page))
    page.refresh_from_db()
    assert not page.has_unpublished_changes


def test_a_page_translated_in_segments_is_left_to_its_translators(client: Client) -> None:
    original = SOPPageFactory(title="Return", live=False, purpose="Why.")
    page = SOPPageFactory(translation_of=original, language="km", title="ការវិលត្រឡប់", live=False)
    source, _created = TranslationSource.update_or_create_from_instance(original)
    Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="km"))
    signed_in(client)
    answer = send(client, page, foreign(title("T"), paragraph("ពាក្យ")))
    assert "sentence by sentence" in answer.content.decode()
    assert not page.revisions.exists()


def test_a_page_without_editions_has_no_import(client: Client) -> None:
    page = StandardPageFactory(title="About")
    signed_in(client)
    client.get(reverse("editions_word_import", args=[page.pk]))
    assert (
        "editions/word" not in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )


def test_the_button_stands_on_the_page_and_on_the_list_above_it(client: Client) -> None:
    page = procedure()
    signed_in(client)
    editing = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("editions_word_import", args=[page.pk]) in editing
    above = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()
    assert reverse("editions_word_new", args=[page.get_parent().pk]) in above


def create(client: Client, parent: Any, document: bytes, **values: Any) -> Any:
    address = reverse("editions_word_new", args=[parent.pk])
    return client.post(address, {"file": file_of(document), **values})


def test_a_document_becomes_a_new_page_as_a_draft(client: Client) -> None:
    parent = procedure().get_parent()
    person = signed_in(client)
    document = foreign(
        title("From the coast"), heading("Purpose"), paragraph("Soon."), numbered("Ask"), numbered("Go")
    )
    answer = create(client, parent, document, kind="soppage")
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    page = SOPPage.objects.get(title="From the coast")
    assert not page.live
    assert page.has_unpublished_changes
    assert page.owner == person
    assert page.slug == "from-the-coast"
    assert page.get_latest_revision_as_object().purpose == "Soon."
    assert not Edition.objects.filter(page=page.pk).exists()
    assert client.get("/en/procedures/from-the-coast/").status_code == 404


def test_a_new_checklist_asks_for_its_service_area(client: Client) -> None:
    parent = ChecklistPageFactory().get_parent()
    area = ServiceAreaFactory()
    signed_in(client)
    document = foreign(title("Earning a living"), numbered("Ask what she can do"))
    answer = create(client, parent, document, kind="checklistpage")
    assert "cannot be stored without it" in answer.content.decode()
    create(client, parent, document, kind="checklistpage", checklistpage_service_area=area.pk)
    page = ChecklistPage.objects.get(title="Earning a living")
    assert [item.value["text"] for item in page.items] == ["Ask what she can do"]


def test_a_title_without_latin_letters_asks_for_an_address(client: Client) -> None:
    parent = procedure().get_parent()
    signed_in(client)
    document = foreign(title("ការវិលត្រឡប់"), numbered("សួរ"))
    assert "no Latin letters" in create(client, parent, document, kind="soppage").content.decode()
    create(client, parent, document, kind="soppage", slug="coming-home")
    assert SOPPage.objects.filter(slug="coming-home", live=False).exists()


def test_an_address_that_is_taken_is_said(client: Client) -> None:
    page = procedure()
    signed_in(client)
    answer = create(
        client, page.get_parent(), foreign(title("New"), numbered("Ask")), kind="soppage", slug=page.slug
    )
    assert answer.status_code == 200
    assert not SOPPage.objects.filter(title="New").exists()
    assert "already in use" in answer.content.decode() or "has this address" in answer.content.decode()


def test_whoever_may_add_no_pages_makes_none_from_a_document(client: Client) -> None:
    parent = procedure().get_parent()
    signed_in(client, Role.Code.SAFEGUARDING_REVIEWER)
    create(client, parent, foreign(title("New"), numbered("Ask")), kind="soppage")
    assert not SOPPage.objects.filter(title="New").exists()


def test_a_draft_that_lacks_a_leader_opens_in_the_editor(client: Client) -> None:
    page = procedure()
    signed_in(client)
    send(client, page, foreign(title("Return"), numbered("Ask"), numbered("Go")))
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200


def test_the_report_names_what_needs_an_eye_first(client: Client) -> None:
    page = procedure()
    signed_in(client)
    answer = send(
        client, page, foreign(title("Return"), numbered("Ask"), heading("Costs"), paragraph("None."))
    )
    html = answer.content.decode()
    assert html.index("Needs your eye") < html.index("Fitted nowhere")
    assert "Costs" in html
