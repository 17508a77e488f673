"""Another page takes a page's place in all its languages, and never in a circle."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from editions.choices import EventKind, OutOfUse
from editions.models import EditionEvent, Standing
from editions.retiring.retirement import reasons_out_of_use, replace, undo, withdraw
from guidelines.models import SOPPage
from tests.factories.editions import person_with, publish
from tests.factories.pages import LawPageFactory, SOPPageFactory, sop_steps

pytestmark = pytest.mark.django_db


def published(**values: object) -> SOPPage:
    page = SOPPageFactory(live=False, **sop_steps(1), **values)
    publish(page)
    return page


def standing_of(page: SOPPage) -> Standing:
    return Standing.objects.get(page=page.pk)


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_replacing_acts_on_all_languages_and_names_the_other_page() -> None:
    old, new = published(title="Old"), published(title="New")
    khmer = published(title="ចាស់", translation_of=old, language="km")
    replace(old, new, by=None, reason="One procedure for both.")
    for page in (old, khmer):
        standing = standing_of(page)
        assert (standing.out_of_use, standing.replaced_by_key) == (OutOfUse.REPLACED, new.translation_key)
    event = EditionEvent.objects.get(kind=EventKind.REPLACED)
    assert (event.translation_key, event.other_key) == (old.translation_key, new.translation_key)


def test_the_other_page_is_untouched() -> None:
    old, new = published(), published()
    replace(old, new, by=None, reason="One procedure for both.")
    assert standing_of(new).out_of_use == ""


def test_a_page_of_another_kind_can_take_its_place() -> None:
    old, law = published(), LawPageFactory(live=False)
    publish(law)
    replace(old, law, by=None, reason="It is a law now.")
    assert standing_of(old).replaced_by_key == law.translation_key


def test_the_replaced_page_leaves_the_listing_and_stays_at_its_address() -> None:
    old, new = published(title="Old"), published(title="New")
    replace(old, new, by=None, reason="One for both.")
    assert [page.pk for page in SOPPage.objects.listed()] == [new.pk]
    assert Client().get("/en/procedures/old/").status_code == 200


def test_undoing_forgets_the_other_page() -> None:
    old, new = published(), published()
    replace(old, new, by=None, reason="One for both.")
    undo(old, by=person_with(), reason="They differ after all.")
    standing = standing_of(old)
    assert (standing.out_of_use, standing.replaced_by_key) == ("", None)
    assert EditionEvent.objects.get(kind=EventKind.REPLACEMENT_UNDONE).other_key == new.translation_key


def test_a_page_cannot_take_its_own_place() -> None:
    page = published()
    khmer = published(translation_of=page, language="km")
    with pytest.raises(ValidationError, match="its own place"):
        replace(page, khmer, by=None, reason="By mistake.")


def test_no_two_pages_replace_each_other() -> None:
    one, two = published(), published()
    replace(one, two, by=None, reason="One for both.")
    with pytest.raises(ValidationError, match="Undo that first"):
        replace(two, one, by=None, reason="The other way round.")
    assert standing_of(two).out_of_use == ""


def test_no_circle_of_three() -> None:
    one, two, three = published(), published(), published()
    replace(one, two, by=None, reason="One for both.")
    replace(two, three, by=None, reason="One for all.")
    with pytest.raises(ValidationError, match="out of use itself"):
        replace(three, one, by=None, reason="Back to the start.")


def test_a_withdrawn_page_takes_no_place() -> None:
    old, new = published(), published()
    withdraw(new, by=None, reason="Closed.")
    with pytest.raises(ValidationError, match="out of use itself"):
        replace(old, new, by=None, reason="One for both.")


@pytest.mark.parametrize("values", [{"live": False}, {}])
def test_a_draft_or_a_page_without_editions_takes_no_place(values: dict[str, bool]) -> None:
    with pytest.raises(ValidationError, match="not on the site"):
        replace(published(), SOPPageFactory(**values), by=None, reason="One for both.")


def test_without_a_reason_nothing_happens() -> None:
    old, new = published(), published()
    with pytest.raises(ValidationError, match="reason"):
        replace(old, new, by=None, reason=" ")
    assert standing_of(old).out_of_use == ""


def test_a_replaced_page_gets_no_new_edition() -> None:
    old, new = published(), published()
    replace(old, new, by=None, reason="One for both.")
    assert "taken the place" in reasons_out_of_use(standing_of(old))[0].message


def test_an_editor_chooses_the_other_page_from_those_in_use() -> None:
    old, new, withdrawn = published(title="Old"), published(title="New"), published(title="Gone")
    withdraw(withdrawn, by=None, reason="Closed.")
    SOPPageFactory(title="Draft", live=False)
    published(title="ថ្មី", translation_of=new, language="km")
    client = client_of(person_with())
    address = reverse("retirement:replace", args=[old.pk])
    offered = client.get(address).context["form"].fields["other"].queryset
    assert [page.pk for page in offered] == [new.pk]
    client.post(address, {"other": new.pk, "reason": "One for both."})
    assert standing_of(old).replaced_by_key == new.translation_key


def test_an_unknown_page_is_refused_at_its_field() -> None:
    old = published()
    answer = client_of(person_with()).post(
        reverse("retirement:replace", args=[old.pk]), {"other": old.pk, "reason": "One for both."}
    )
    assert answer.context["form"].errors["other"]
    assert standing_of(old).out_of_use == ""


@pytest.mark.parametrize("role", ["translator", "directory_manager", "practitioner"])
def test_who_does_not_approve_does_not_replace(role: str) -> None:
    old, new = published(), published()
    client_of(person_with(role)).post(
        reverse("retirement:replace", args=[old.pk]), {"other": new.pk, "reason": "One for both."}
    )
    assert standing_of(old).out_of_use == ""
