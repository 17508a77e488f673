from __future__ import annotations
import datetime
from typing import Any
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from editions.models import Edition, EditionEvent, Standing
from editions.retiring.taking_down import take_down
from tests.factories.concepts import CountryFactory
from tests.factories.editions import approve, person_with, publish, submit
from tests.factories.pages import LawPageFactory, SOPPageFactory
pytestmark = pytest.mark.django_db

def soon(days=30): return timezone.localdate() + datetime.timedelta(days=days)

def test_approver_covers_draft_countries():
    laos, thailand = CountryFactory(code="LA"), CountryFactory(code="TH")
    page = SOPPageFactory(live=False)
    page.countries = [laos]
    publish(page)
    page = type(page).objects.get(pk=page.pk)
    page.countries = [laos, thailand]
    waiting = submit(page, person_with(), change="major", note="Thailand too.", effective=timezone.localdate())
    approver = person_with(countries=[laos])
    with pytest.raises(ValidationError):
        approve(waiting, approver)
    assert Edition.objects.filter(page=page.pk).count() == 1

def test_approver_covers_draft_countries_moved():
    laos, thailand = CountryFactory(code="LA"), CountryFactory(code="TH")
    page = SOPPageFactory(live=False)
    page.countries = [laos]
    publish(page)
    page = type(page).objects.get(pk=page.pk)
    page.countries = [thailand]
    waiting = submit(page, person_with(), change="major", note="Thailand too.", effective=timezone.localdate())
    with pytest.raises(ValidationError):
        approve(waiting, person_with(countries=[laos]))

def test_correction_beside_a_coming_first_edition():
    page = LawPageFactory(gist="A", live=False)
    publish(page, effective=soon())
    assert Standing.objects.get(page=page.pk).current is None
    page.gist = "B"
    with pytest.raises(ValidationError):
        print(publish(page, "correction").label)

def test_translation_with_future_date():
    law = LawPageFactory(gist="A", live=False)
    publish(law)
    khmer = LawPageFactory(title="Khmer law", translation_of=law, language="km", live=False)
    edition = publish(khmer, effective=soon())
    print(edition.label, edition.effective_date, Standing.objects.get(page=khmer.pk).coming)
    assert Standing.objects.get(page=khmer.pk).coming is None

def test_feed_survives_control_characters(client: Client):
    page = SOPPageFactory(live=False)
    publish(page)
    publish(page, "major", "One.\x0bTwo.")
    assert client.get("/en/updates.atom").status_code == 200

def test_nul_in_short_address(client: Client):
    assert client.get("/e/%00%00%00%00%00%00/").status_code == 404

def test_kept_edition_of_page_off_site(client: Client):
    page = SOPPageFactory(title="Return of Mrs Secret", live=False)
    first = publish(page)
    second = publish(page, "major", "Secret note")
    take_down(page, [second], by=person_with("administrator"), reason="It names her.")
    page.refresh_from_db()
    for address in (first.short_address, second.short_address, "/en/updates.atom", "/en/updates/", page.get_url() or "", f"{page.get_url()}editions/", f"{page.get_url()}editions/1.0/", f"{page.get_url()}editions/9.9/", f"{page.get_url()}updates.atom"):
        answer = client.get(address)
        print(address, answer.status_code, "Secret" in answer.content.decode())
    assert 0
