"""What is refused of a procedure, and that every page type can be made, previewed and edited."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail import blocks
from wagtail.blocks import Block
from wagtail.models import Page, get_page_models

from accounts.models import Role
from casestudies.models import CaseStudyIndexPage
from content.models import SectionPage, StandardPage
from guidelines.models import (
    AgreementIndexPage,
    ChecklistPage,
    GuidanceIndexPage,
    LawIndexPage,
    ProcedureIndexPage,
    ServiceAreaIndexPage,
    SOPPage,
)
from portal.models import CountryIndexPage, CountryPage, HomePage
from tests.factories.accounts import UserFactory
from tests.factories.concepts import CountryFactory, ServiceAreaFactory
from tests.factories.pages import (
    AgreementPageFactory,
    CaseStudyPageFactory,
    ChecklistPageFactory,
    CountryPageFactory,
    GlossaryPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
    StandardPageFactory,
    home,
    section,
    sop_steps,
)

pytestmark = pytest.mark.django_db
FACTORIES = [
    AgreementPageFactory,
    CaseStudyPageFactory,
    ChecklistPageFactory,
    CountryPageFactory,
    GlossaryPageFactory,
    GuidancePageFactory,
    LawPageFactory,
    SOPPageFactory,
    StandardPageFactory,
]
INDEXES = [
    (AgreementIndexPage, "agreements"),
    (CaseStudyIndexPage, "case-studies"),
    (CountryIndexPage, "countries"),
    (GuidanceIndexPage, "guidance"),
    (LawIndexPage, "laws"),
    (ProcedureIndexPage, "procedures"),
    (ServiceAreaIndexPage, "service-areas"),
    (SectionPage, "facts"),
]
OURS = [model for model in get_page_models() if model is not Page]
IN_PAGES = [
    block
    for model in OURS
    for field in model._meta.get_fields()
    if hasattr(field, "stream_block")
    for block in field.stream_block.child_blocks.values()
]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def procedure(**changes: Any) -> dict[str, Any]:
    """Two agencies and two steps, with changes to the second step."""
    fields = copy.deepcopy(sop_steps(2))
    fields["steps"][1]["value"].update(changes)
    return fields


def errors_of(**changes: Any) -> dict[str, list[str]]:
    """The refusals of the second step, by field."""
    with pytest.raises(ValidationError) as refusal:
        SOPPageFactory(**procedure(**changes))
    (error,) = refusal.value.error_dict["steps"]
    assert set(error.block_errors) == {1}
    return {name: one.messages for name, one in error.block_errors[1].block_errors.items()}


# ---- Keys


def test_a_leading_agency_that_the_page_does_not_have_is_refused_and_the_keys_are_named() -> None:
    assert errors_of(leads="police") == {
        "leads": ["No agency of this page has this key. Its keys are: office, shelter."]
    }


def test_an_agency_taking_part_that_the_page_does_not_have_is_refused() -> None:
    assert errors_of(takes_part=["shelter", "police"]) == {
        "takes_part": ["No agency of this page has the key police."]
    }


def test_a_branch_to_a_step_that_the_page_does_not_have_is_refused() -> None:
    branch = {"condition": "the family is not found", "then": "ask again", "target": "step-9"}
    assert errors_of(branches=[branch]) == {"branches": ["No step of this page has the key step-9."]}


def test_all_that_is_wrong_with_a_step_is_said_at_once() -> None:
    branch = {"condition": "no", "then": "stop", "target": "step-9"}
    assert set(errors_of(leads="police", takes_part=["army"], branches=[branch])) == {
        "leads",
        "takes_part",
        "branches",
    }


def test_a_key_used_by_two_agencies_is_refused() -> None:
    fields = procedure()
    fields["agencies"][1]["value"]["key"] = "shelter"
    fields["steps"][1]["value"]["leads"] = "shelter"
    with pytest.raises(ValidationError) as refusal:
        SOPPageFactory(**fields)
    assert set(refusal.value.error_dict) == {"agencies"}


def test_a_key_used_by_two_steps_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        SOPPageFactory(**procedure(key="step-1"))
    assert set(refusal.value.error_dict) == {"steps"}


def test_a_branch_that_leads_out_of_the_procedure_is_accepted() -> None:
    branch = {"condition": "the family is not found", "then": "alternative care", "target": ""}
    assert SOPPageFactory(**procedure(branches=[branch])).pk


def test_a_branch_back_to_an_earlier_step_is_accepted() -> None:
    branch = {"condition": "papers are missing", "then": "begin again", "target": "step-1"}
    assert SOPPageFactory(**procedure(branches=[branch])).pk


def test_a_procedure_without_steps_is_accepted() -> None:
    assert SOPPageFactory().pk


def test_a_draft_may_be_wrong_still() -> None:
    assert SOPPageFactory(live=False, **procedure(leads="police")).pk


@pytest.mark.parametrize("key", ["Police", "a b", "ប៉ូលិស", "-", "a--b"])
def test_a_key_of_other_letters_is_refused_in_words(key: str) -> None:
    block = SOPPage.agencies.field.stream_block.child_blocks["agency"]
    value = {"key": key, "name": "Police", "short": "Police", "country": "", "role": ""}
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python(value))
    assert refusal.value.block_errors["key"].messages == ["Use letters a to z, digits and hyphens."]


# ---- The editor's form


def form_data(page: SOPPage) -> dict[str, str]:
    """What a browser sends from the form of a procedure whose agencies and steps are as they are."""
    for code in ("TH", "KH"):
        CountryFactory(code=code)
    data = {"title": page.title, "slug": page.slug, "review_every": "12", "action-submit": "action-submit"}
    for name in SOPPage.get_edit_handler().get_form_class().base_fields:
        data.setdefault(f"{name}-count", "0")
    for name in ("related_to", "comments"):
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    for name in ("agencies", "steps"):
        stream = getattr(page, name)
        data[f"{name}-count"] = str(len(stream))
        for index, child in enumerate(stream):
            start = f"{name}-{index}"
            data |= {f"{start}-deleted": "", f"{start}-order": str(index), f"{start}-type": child.block_type}
            data[f"{start}-id"] = child.id
            data |= fields_of(f"{start}-value", child.value)
    return data


def fields_of(start: str, value: Any) -> dict[str, str]:
    data = {}
    for name, child in value.items():
        if isinstance(child, blocks.list_block.ListValue):
            data[f"{start}-{name}-count"] = str(len(child))
        else:
            data[f"{start}-{name}"] = "" if child is None else str(child)
    return data


def test_the_form_submits_a_procedure_that_is_right(editor: Client) -> None:
    page = SOPPageFactory(title="Return", **sop_steps(2))
    data = form_data(page) | {"title": "Going home"}
    response = editor.post(f"/admin/pages/{page.pk}/edit/", data)
    assert response.status_code == 302, response.context["form"].errors
    page.refresh_from_db()
    assert page.current_workflow_task_state.revision.content["title"] == "Going home"
    assert page.title == "Return"


def test_the_form_refuses_an_unknown_agency_at_its_field(editor: Client) -> None:
    page = SOPPageFactory(title="Return", **sop_steps(2))
    data = form_data(page) | {"steps-1-value-leads": "police"}
    response = editor.post(f"/admin/pages/{page.pk}/edit/", data)
    (error,) = response.context["form"].errors["steps"].as_data()
    assert error.block_errors[1].block_errors["leads"].messages == [
        "No agency of this page has this key. Its keys are: office, shelter."
    ]
    page.refresh_from_db()
    assert page.steps[1].value["leads"] == "office"


def test_the_form_shows_the_refusal_to_the_editor(editor: Client) -> None:
    page = SOPPageFactory(title="Return", **sop_steps(2))
    response = editor.post(
        f"/admin/pages/{page.pk}/edit/", form_data(page) | {"steps-1-value-leads": "police"}
    )
    assert response.status_code == 200
    assert "Its keys are: office, shelter." in response.content.decode()


def test_the_form_saves_a_draft_that_is_not_right_yet(editor: Client) -> None:
    page = SOPPageFactory(title="Return", **sop_steps(2))
    data = form_data(page) | {"purpose": "A draft"}
    del data["action-submit"]
    response = editor.post(f"/admin/pages/{page.pk}/edit/", data)
    assert response.status_code == 302, response.context["form"].errors
    page.refresh_from_db()
    assert (page.purpose, page.get_latest_revision_as_object().purpose) == ("", "A draft")


# ---- Every page type


def test_every_page_type_has_a_factory_or_is_an_index() -> None:
    made = {factory._meta.model for factory in FACTORIES} | {model for model, _slug in INDEXES} | {HomePage}
    assert made == set(OURS)


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_a_page_can_be_previewed(factory: Any) -> None:
    page = factory()
    for mode, _label in page.preview_modes:
        assert page.make_preview_request(preview_mode=mode).status_code == 200


@pytest.mark.parametrize(("model", "slug"), INDEXES)
def test_a_list_can_be_previewed(model: type[Page], slug: str) -> None:
    assert section(model, slug, "en").make_preview_request().status_code == 200


def test_the_home_page_can_be_previewed() -> None:
    assert home().make_preview_request().status_code == 200


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_a_page_can_be_opened_for_editing(editor: Client, factory: Any) -> None:
    assert editor.get(f"/admin/pages/{factory().pk}/edit/").status_code == 200


def section_of(factory: Any) -> Page:
    """Where a page of this kind is made."""
    if not factory.section:
        return home()
    model, slug = factory.section
    return section(model, slug, "en")


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_a_page_can_be_begun(editor: Client, factory: Any) -> None:
    model = factory._meta.model
    parent = section_of(factory)
    address = f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent.pk}/"
    assert editor.get(address).status_code == 200


@pytest.mark.parametrize(("model", "slug"), INDEXES)
def test_a_list_can_be_begun(editor: Client, model: type[Page], slug: str) -> None:
    address = f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{home().pk}/"
    assert editor.get(address).status_code == 200


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_a_page_that_is_being_begun_can_be_previewed(editor: Client, factory: Any) -> None:
    """Half written: only a title and what the database cannot do without."""
    model = factory._meta.model
    parent = section_of(factory)
    address = f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent.pk}/"
    form = editor.get(address).context["form"]
    data = {f"{name}-count": "0" for name in form.fields}
    for name in ("related_to", "comments"):
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    data |= {"title": "Begun", "slug": "begun", "review_every": "12"}
    if model is CountryPage:
        data["country"] = str(CountryFactory().pk)
    if model is ChecklistPage:
        data["service_area"] = str(ServiceAreaFactory().pk)
    assert editor.post(f"{address}preview/", data).json() == {"is_valid": True, "is_available": True}
    assert editor.get(f"{address}preview/").status_code == 200


def test_a_half_written_step_can_be_previewed(editor: Client) -> None:
    page = SOPPageFactory(title="Return", **sop_steps(2))
    address = f"/admin/pages/{page.pk}/edit/preview/"
    data = form_data(page) | {f"steps-1-value-{name}": "" for name in ("key", "action", "label", "leads")}
    del data["action-submit"]
    if editor.post(address, data).json()["is_valid"]:
        assert editor.get(address).status_code == 200


def test_a_page_with_an_agency_that_is_gone_can_be_previewed() -> None:
    page = SOPPageFactory(live=False, **procedure(leads="police", takes_part=["army"]))
    assert page.make_preview_request().status_code == 200


def test_nobody_without_the_right_can_begin_a_page(client: Client) -> None:
    client.force_login(UserFactory(role=Role.Code.PRACTITIONER))
    parent = section(ProcedureIndexPage, "procedures", "en")
    assert client.get(f"/admin/pages/add/guidelines/soppage/{parent.pk}/").status_code in (302, 403)


# ---- Blocks


def with_their_children(found: list[Block]) -> list[Block]:
    """Blocks and those inside streams, by name and class each once."""
    every: dict[str, Block] = {}
    for block in found:
        every.setdefault(f"{type(block).__name__}-{block.name}", block)
        inside = getattr(block, "child_blocks", None)
        if isinstance(block, blocks.StreamBlock) and inside:
            for one in with_their_children(list(inside.values())):
                every.setdefault(f"{type(one).__name__}-{one.name}", one)
    return list(every.values())


@pytest.mark.parametrize(
    "block", with_their_children(IN_PAGES), ids=lambda block: f"{type(block).__name__}-{block.name}"
)
def test_a_block_says_what_it_is_for_and_shows_an_example(editor: Client, block: Block) -> None:
    assert block.get_description()
    assert block.is_previewable
    response = editor.get("/admin/block-preview/", {"id": block.definition_prefix})
    assert response.status_code == 200


def test_a_block_that_does_not_exist_has_no_example(editor: Client) -> None:
    assert editor.get("/admin/block-preview/", {"id": "nothing"}).status_code == 404


def test_a_standard_page_is_made_with_its_body(editor: Client) -> None:
    assert "body" in editor.get(f"/admin/pages/add/content/standardpage/{home().pk}/").context["form"].fields
    assert StandardPage.objects.count() == 0
