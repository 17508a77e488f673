"""What readers see of procedures, checklists, agreements, laws and guidance."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from content.models import UploadedDocument
from guidelines.models import AgreementPage
from tests.factories.concepts import CorridorFactory, CountryFactory, OutcomeFactory, ServiceAreaFactory
from tests.factories.pages import (
    AgreementPageFactory,
    ChecklistPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
    sop_steps,
)

pytestmark = pytest.mark.django_db


def html_of(client: Client, page: Any, language: str = "en") -> str:
    """The page's HTML with every run of white space as one space."""
    section = {"SOPPage": "procedures", "ChecklistPage": "service-areas", "AgreementPage": "agreements"} | {
        "LawPage": "laws",
        "GuidancePage": "guidance",
    }
    response = client.get(f"/{language}/{section[type(page).__name__]}/{page.slug}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def text_of(html: str) -> str:
    """The words of the main part, without markup."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def sentences(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "sentence", "value": text, "id": str(uuid.uuid4())} for text in texts]


@pytest.fixture
def form_file(settings: Any, tmp_path: Path) -> UploadedDocument:
    settings.MEDIA_ROOT = tmp_path
    return UploadedDocument.objects.create(title="Return form", file=ContentFile(b"x" * 2048, "form.pdf"))


def procedure(**changes: Any) -> Any:
    """A procedure of three steps; ``changes`` are made to the first one."""
    fields = sop_steps(3)
    fields["steps"][0]["value"].update(changes)
    return SOPPageFactory(title="Return", **fields)


class TestProcedure:
    def test_each_step_has_its_block_id_as_anchor(self, client: Client) -> None:
        page = procedure()
        html = html_of(client, page)
        for block in page.steps:
            assert html.count(f'id="step-{block.id}"') == 1

    def test_the_actor_line_names_who_leads_and_who_takes_part(self, client: Client) -> None:
        html = html_of(client, procedure(leads="shelter", takes_part=["office"]))
        assert '<p class="who">Shelter staff, with Social affairs</p>' in html

    def test_three_who_take_part_are_joined_as_a_sentence_joins_them(self, client: Client) -> None:
        fields = sop_steps(1)
        for key in ("police", "court"):
            agency = fields["agencies"][0] | {"id": str(uuid.uuid4())}
            agency["value"] = agency["value"] | {"key": key, "short": key.capitalize()}
            fields["agencies"].append(agency)
        fields["steps"][0]["value"]["takes_part"] = ["office", "police", "court"]
        html = html_of(client, SOPPageFactory(**fields))
        assert "Shelter staff, with Social affairs, Police and Court" in html

    def test_a_set_time_and_a_usual_time_keep_their_names(self, client: Client) -> None:
        text = text_of(html_of(client, procedure(time_limit="24 hours", usual_time="two weeks")))
        assert "Time limit: 24 hours" in text
        assert "Usual time: two weeks" in text

    def test_a_branch_leads_to_its_step(self, client: Client) -> None:
        page = procedure(
            branches=[
                {"condition": "No family is found", "then": "Look for another home.", "target": "step-3"}
            ]
        )
        html = html_of(client, page)
        assert "If: No family is found" in html
        assert re.search(rf'<a href="#step-{page.steps[2].id}">\s*Go on at step 3\s*</a>', html)

    def test_a_branch_out_of_the_procedure_has_no_link(self, client: Client) -> None:
        branch = {"condition": "The person stays", "then": "Ask for residence.", "target": ""}
        html = html_of(client, procedure(branches=[branch]))
        assert "Ask for residence." in html
        assert "Go on at step" not in html

    def test_a_child_note_and_a_warning_are_told_in_words(self, client: Client) -> None:
        text = text_of(
            html_of(client, procedure(child_note="Ask the child.", warning="Do not tell the date."))
        )
        assert "If the person is under 18 Ask the child." in text
        assert "Warning Do not tell the date." in text

    def test_step_numbers_follow_the_language(self) -> None:
        page = procedure(branches=[{"condition": "A", "then": "B", "target": "step-3"}])
        step = page.shown_steps[0]
        with translation.override("my"):
            html = render_to_string("blocks/step.html", {"step": step, "value": step.value})
        assert "၃" in html

    def test_empty_parts_leave_no_heading(self, client: Client) -> None:
        text = text_of(html_of(client, SOPPageFactory(title="Bare")))
        for heading in (
            "Steps",
            "Known problems",
            "Legal basis",
            "Sources",
            "Responsible agencies",
            "Purpose",
        ):
            assert heading not in text

    def test_every_jump_on_the_page_arrives(self, client: Client) -> None:
        page = SOPPageFactory(
            purpose="Bring people home.",
            child_notes=sentences("Ask."),
            male_notes=sentences("Men too."),
            known_problems=sentences("Few staff."),
            proposed_changes=sentences("More staff."),
            legal_basis=[{"type": "basis", "value": {"page": None, "text": "A law"}}],
            forms=[{"type": "form", "value": {"title": "A form", "note": "", "document": None}}],
            body=[{"type": "paragraph", "value": "<p>More.</p>"}],
            **sop_steps(3),
        )
        html = html_of(client, page)
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)

    def test_a_corridor_leads_to_everything_for_this_way_home(self, client: Client) -> None:
        html = html_of(client, SOPPageFactory(corridors=[CorridorFactory()]))
        assert 'href="/en/corridors/th-kh/"' in html

    def test_a_service_area_leads_to_its_checklist(self, client: Client) -> None:
        area = ServiceAreaFactory(code="1", words={"en": "Housing"})
        page = SOPPageFactory(service_areas=[area])
        assert "Housing" in html_of(client, page)
        assert "/service-areas/" not in html_of(client, page).partition("<main")[2].partition("</main>")[0]
        checklist = ChecklistPageFactory(title="Housing list", service_area=area)
        assert f'href="/en/service-areas/{checklist.slug}/"' in html_of(client, page)

    def test_the_legal_basis_is_shown_in_the_readers_language(self, client: Client) -> None:
        english = AgreementPageFactory(title="Agreement of 2003")
        khmer = AgreementPageFactory(title="កិច្ចព្រមព្រៀង", translation_of=english, language="km")
        basis = [{"type": "basis", "value": {"page": english.pk, "text": ""}}]
        original = SOPPageFactory(legal_basis=basis, **sop_steps(1))
        translated = SOPPageFactory(legal_basis=basis, translation_of=original, language="km", **sop_steps(1))
        assert [page.pk for _text, page in original.shown_legal_basis] == [english.pk]
        assert [page.pk for _text, page in translated.shown_legal_basis] == [khmer.pk]

    def test_a_legal_basis_that_is_not_live_stands_by_its_words_or_not_at_all(self) -> None:
        draft = AgreementPageFactory(title="Secret draft", live=False)
        page = SOPPageFactory(
            legal_basis=[
                {"type": "basis", "value": {"page": draft.pk, "text": ""}},
                {"type": "basis", "value": {"page": draft.pk, "text": "An agreement"}},
            ]
        )
        assert page.shown_legal_basis == [("An agreement", None)]

    def test_a_basis_in_another_language_says_so(self, client: Client) -> None:
        english = AgreementPageFactory(title="Agreement of 2003")
        page = SOPPageFactory(
            title="នីតិវិធី",
            slug="procedure",
            language="km",
            legal_basis=[{"type": "basis", "value": {"page": english.pk, "text": ""}}],
        )
        html = html_of(client, page, "km")
        assert '<span lang="en">Agreement of 2003</span>' in html

    def test_a_form_says_what_its_file_is_and_how_large(
        self, client: Client, form_file: UploadedDocument
    ) -> None:
        forms = [
            {"type": "form", "value": {"title": "Consent", "note": "Two copies", "document": form_file.pk}}
        ]
        html = html_of(client, SOPPageFactory(forms=forms))
        assert f'href="{form_file.url}"' in html
        assert "Consent PDF, 2.0 KB Two copies" in text_of(html)

    def test_an_unconfirmed_page_says_so_and_never_that_it_is_in_force(self, client: Client) -> None:
        text = text_of(html_of(client, SOPPageFactory(as_of=2007, unconfirmed=True, **sop_steps(2))))
        assert "This describes practice in 2007. Its owner has not yet confirmed it." in text
        assert "Starter content, not approved" in text
        assert "force" not in text


class TestChecklist:
    def items(self, *texts: str) -> list[dict[str, Any]]:
        return [
            {"type": "item", "id": str(uuid.uuid4()), "value": {"text": text, "guidance": f"Why: {text}"}}
            for text in texts
        ]

    def test_each_item_is_a_box_with_its_block_id_as_anchor(self, client: Client) -> None:
        page = ChecklistPageFactory(items=self.items("Find a bed", "Ask the person"))
        html = html_of(client, page)
        assert html.count('type="checkbox"') == 2
        for block in page.items:
            assert html.count(f'id="item-{block.id}"') == 1

    def test_nothing_that_is_ticked_can_be_sent(self, client: Client) -> None:
        html = html_of(client, ChecklistPageFactory(items=self.items("Find a bed")))
        main = html.partition("<main")[2].partition("</main>")[0]
        assert "<form" not in main
        assert not re.search(r"<input[^>]*\bname=", main)
        assert "Nothing you tick is sent." in main

    def test_it_says_which_of_how_many(self, client: Client) -> None:
        ServiceAreaFactory(code="1")
        page = ChecklistPageFactory(service_area=ServiceAreaFactory(code="2"))
        total = page.number_of_areas
        assert f"Checklist 2 of {total}" in text_of(html_of(client, page))

    def test_it_leads_to_the_next_one(self, client: Client) -> None:
        first = ChecklistPageFactory(title="Housing", service_area=ServiceAreaFactory(code="1"))
        second = ChecklistPageFactory(title="Medical help", service_area=ServiceAreaFactory(code="2"))
        assert "Next: Medical help" in text_of(html_of(client, first))
        assert "Next:" not in text_of(html_of(client, second))

    def test_outcomes_are_named(self, client: Client) -> None:
        page = ChecklistPageFactory(outcomes=[OutcomeFactory(words={"en": "A safe home"})])
        assert "Outcomes A safe home" in text_of(html_of(client, page))


class TestAgreement:
    def test_its_status_is_that_of_the_instrument_as_of_a_year(self, client: Client) -> None:
        page = AgreementPageFactory(status="in_force", status_as_of=2018, status_note="Signed and applied")
        text = text_of(html_of(client, page))
        assert "Status In force as of 2018 In the words of the source: Signed and applied" in text

    def test_whom_it_covers_has_three_answers(self, client: Client) -> None:
        html = html_of(client, AgreementPageFactory(women="yes", men="no", children="not_stated"))
        for name, words in (("check", "Women: Yes"), ("cross", "Men: No"), ("ask", "Children: Not stated")):
            assert re.search(rf'#{name}"/></svg>{words}</li>', html)

    def test_dates_are_told_as_far_as_they_are_known(self, client: Client) -> None:
        text = text_of(html_of(client, AgreementPageFactory(signed="2003-05", ends="2010")))
        assert "Signed May 2003" in text
        assert "Until 2010" in text
        assert "From" not in text

    def test_parties_are_countries_and_organisations(self, client: Client) -> None:
        CountryFactory(code="TH", words={"en": "Thailand"})
        parties = [
            {"type": "party", "value": {"country": "TH", "name": ""}},
            {"type": "party", "value": {"country": "", "name": "A regional body"}},
        ]
        assert "Parties Thailand A regional body" in text_of(
            html_of(client, AgreementPageFactory(parties=parties))
        )

    def test_its_text_can_be_fetched(self, client: Client, form_file: UploadedDocument) -> None:
        html = html_of(client, AgreementPageFactory(document=form_file))
        assert f'href="{form_file.url}"' in html
        assert "Text of the agreement Return form PDF" in text_of(html)

    def test_relations_are_told_from_both_ends(self) -> None:
        third = AgreementPageFactory(title="Third")
        first = AgreementPageFactory(title="First", followed_by=third)
        second = AgreementPageFactory(title="Second", supplements=first)
        assert relations(first) == {"Supplemented by": ["Second"], "Followed by": ["Third"]}
        assert relations(second) == {"Supplements": ["First"]}
        assert relations(third) == {"Follows": ["First"]}

    def test_relations_are_shown_in_the_readers_language(self) -> None:
        first = AgreementPageFactory(title="First")
        second = AgreementPageFactory(title="Second", supplements=first)
        translated = AgreementPageFactory(title="ទីមួយ", translation_of=first, language="km")
        AgreementPageFactory(title="ទីពីរ", translation_of=second, language="km", supplements=translated)
        assert relations(translated) == {"Supplemented by": ["ទីពីរ"]}

    def test_a_draft_is_no_relation(self) -> None:
        first = AgreementPageFactory(title="First")
        AgreementPageFactory(title="Draft", supplements=first, live=False)
        assert relations(first) == {}

    def test_relations_cost_two_queries_whatever_their_number(self) -> None:
        page = AgreementPageFactory()
        for _index in range(5):
            AgreementPageFactory(supplements=page)
        fresh = AgreementPage.objects.select_related("locale").get(pk=page.pk)
        with CaptureQueriesContext(connection) as captured:
            assert len(fresh.relations[0].pages) == 5
        assert len(captured) == 2


def relations(page: AgreementPage) -> dict[str, list[str]]:
    fresh = AgreementPage.objects.get(pk=page.pk)
    return {str(relation.label): [other.title for other in relation.pages] for relation in fresh.relations}


class TestLaw:
    def test_a_treaty_shows_what_each_country_has_done(self, client: Client) -> None:
        CountryFactory(code="TH", words={"en": "Thailand"})
        CountryFactory(code="CN", words={"en": "China"})
        rows = [
            {
                "type": "ratification",
                "value": {"country": "TH", "status": "ratified", "year": 2013, "as_of": 2018},
            },
            {"type": "ratification", "value": {"country": "CN", "status": "not_signed", "as_of": 2007}},
        ]
        text = text_of(html_of(client, LawPageFactory(kind="treaty", ratifications=rows)))
        assert "International instrument" in text
        assert "Thailand Ratified 2013 2018" in text
        assert "China Not signed Not stated 2007" in text

    def test_a_national_law_names_its_country(self, client: Client) -> None:
        country = CountryFactory(code="KH", words={"en": "Cambodia"})
        text = text_of(html_of(client, LawPageFactory(country=country, year=2008)))
        assert "Law Cambodia 2008" in text
        assert "International instrument" not in text


class TestGuidance:
    def test_do_and_do_not_are_words_too(self, client: Client) -> None:
        text = text_of(html_of(client, GuidancePageFactory(do=sentences("Ask."), do_not=sentences("Push."))))
        assert "Do Ask. Do not Push." in text

    def test_a_recommendation_is_found_by_its_number(self, client: Client) -> None:
        value = {
            "number": 7,
            "heading": "Shorten the wait",
            "gist": "Go home first.",
            "who_acts": ["NGOs", "police"],
        }
        html = html_of(
            client, GuidancePageFactory(recommendations=[{"type": "recommendation", "value": value}])
        )
        assert 'id="recommendation-7"' in html
        assert "Who acts: NGOs and police" in text_of(html)

    def test_a_link_elsewhere_says_where_it_leads_and_tells_nothing(self, client: Client) -> None:
        value = {"title": "A manual", "publisher": "", "year": 2006, "url": "https://www.example.org/a.pdf"}
        html = html_of(
            client, GuidancePageFactory(referenced_documents=[{"type": "reference", "value": value}])
        )
        assert 'href="https://www.example.org/a.pdf" rel="noreferrer"' in html
        assert "Open on another site: example.org" in text_of(html)
