"""A mistake in a file is told with its file, line and field, and nothing is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from content.models import Country
from glossary.models import Term
from guidelines.models import SOPPage
from portal.models import StarterRecord
from portal.starter_content.reading import StarterContentError, read_starter_content
from tests.portal.starter_content.folders import (
    AGREEMENT,
    CHECKLIST,
    GUIDANCE,
    LAW,
    PAGES,
    PROCEDURE,
    StarterFolder,
    concept,
)

PROCEDURE_FILE = "pages/en/procedures/th-kh.md"


def problems(folder: StarterFolder) -> list[str]:
    with pytest.raises(StarterContentError) as caught:
        read_starter_content(folder.path)
    return caught.value.problems


def the_problem(folder: StarterFolder) -> str:
    (problem,) = problems(folder)
    return problem


def line_of(path: Path, words: str) -> int:
    """The line of ``path`` that holds ``words``, counted from 1."""
    return next(n for n, line in enumerate(path.read_text().splitlines(), start=1) if words in line)


def test_a_folder_without_mistakes_is_read(folder: StarterFolder) -> None:
    assert len(read_starter_content(folder.path).pages) == PAGES


@pytest.mark.django_db
def test_nothing_is_loaded_where_one_file_is_malformed(folder: StarterFolder) -> None:
    folder.page("en/laws/protection", LAW, gist=None)
    with pytest.raises(CommandError, match=r"pages/en/laws/protection\.md.*\n.*Nothing was loaded"):
        folder.load()
    assert not SOPPage.objects.exists()
    assert not Country.objects.exists()
    assert not Term.objects.exists()
    assert not StarterRecord.objects.exists()


def test_all_problems_of_all_files_are_told_at_once(folder: StarterFolder) -> None:
    steps = [{**PROCEDURE["steps"][0], "label": ""}, {**PROCEDURE["steps"][1], "when": "soon"}]
    folder.page("en/procedures/th-kh", PROCEDURE, steps=steps, stage="somewhere")
    folder.page("en/laws/protection", LAW, gist=None)
    folder.page("en/agreements/mou", AGREEMENT, related=["guidance/missing"])
    told = "\n".join(problems(folder))
    assert "steps.0.label" in told
    assert "steps.1.when" in told
    assert "stage: Input should be 'identification'" in told
    assert "gist: is missing" in told
    assert "there is no page guidance/missing" in told
    assert len(told.splitlines()) == 5


def test_a_file_with_mistakes_is_not_reported_again_by_those_that_name_it(folder: StarterFolder) -> None:
    folder.page("en/guidance/family-tracing", GUIDANCE, points="one")
    assert "family-tracing.md" in the_problem(folder)


def test_bad_yaml_names_its_line(folder: StarterFolder) -> None:
    folder.text(PROCEDURE_FILE, "---\ntype: sop\ntitle: [unclosed\n---\n")
    assert the_problem(folder).startswith(f"{PROCEDURE_FILE}:4: is no valid YAML")


def test_a_character_that_yaml_forbids_names_its_line(folder: StarterFolder) -> None:
    folder.text(PROCEDURE_FILE, "---\ntype: sop\ntitle: a\x07b\n---\n")
    assert the_problem(folder) == (
        f"{PROCEDURE_FILE}:3: is no valid YAML: the character U+0007 is not allowed"
    )


def test_an_unknown_tag_of_yaml_is_refused(folder: StarterFolder) -> None:
    folder.text(PROCEDURE_FILE, "---\ntype: !!python/object:os.system sop\n---\n")
    assert the_problem(folder).startswith(f"{PROCEDURE_FILE}:2: is no valid YAML")


def test_a_number_that_is_none_is_refused(folder: StarterFolder) -> None:
    folder.text(PROCEDURE_FILE, "---\ntype: !!int sop\n---\n")
    assert "is no valid YAML" in the_problem(folder)


def test_a_key_that_is_no_text_is_refused(folder: StarterFolder) -> None:
    folder.text(PROCEDURE_FILE, "---\n? [type]\n: sop\n---\n")
    assert the_problem(folder).startswith(f"{PROCEDURE_FILE}:2: is no valid YAML")


def test_a_field_given_twice_names_the_second_line(folder: StarterFolder) -> None:
    path = folder.page("en/laws/protection", LAW)
    path.write_text(path.read_text().replace("kind: law\n", "kind: law\ntitle: Another\n"))
    line = line_of(path, "title: Another")
    assert the_problem(folder) == (
        f"pages/en/laws/protection.md:{line}: is no valid YAML: 'title' is given twice"
    )


def test_an_unknown_field_names_its_line(folder: StarterFolder) -> None:
    path = folder.page("en/laws/protection", LAW, colour="blue")
    line = line_of(path, "colour")
    assert the_problem(folder) == f"pages/en/laws/protection.md:{line}: colour: there is no such field"


def test_a_missing_field_is_named(folder: StarterFolder) -> None:
    folder.page("en/laws/protection", LAW, gist=None)
    assert the_problem(folder) == "pages/en/laws/protection.md:2: gist: is missing"


def test_a_wrong_type_deep_inside_names_its_line_and_path(folder: StarterFolder) -> None:
    steps = [PROCEDURE["steps"][0], {**PROCEDURE["steps"][1], "documents": "a paper"}]
    path = folder.page("en/procedures/th-kh", PROCEDURE, steps=steps)
    line = line_of(path, "documents:")
    assert the_problem(folder).startswith(f"{PROCEDURE_FILE}:{line}: steps.1.documents: ")


def test_a_field_with_the_name_of_a_page_type_is_named_too(folder: StarterFolder) -> None:
    path = folder.page("en/laws/protection", LAW, country="Cambodia")
    line = line_of(path, "country:")
    assert the_problem(folder).startswith(f"pages/en/laws/protection.md:{line}: country: ")


def test_a_missing_type_is_named(folder: StarterFolder) -> None:
    folder.page("en/laws/protection", LAW, type=None)
    assert the_problem(folder) == "pages/en/laws/protection.md:2: type: is missing"


def test_an_unknown_type_names_its_line(folder: StarterFolder) -> None:
    folder.page("en/laws/protection", LAW, type="poem")
    assert the_problem(folder).startswith("pages/en/laws/protection.md:2: type: ")


def test_front_matter_that_is_a_list_is_refused(folder: StarterFolder) -> None:
    folder.text("pages/en/laws/protection.md", "---\n- one\n- two\n---\n")
    assert the_problem(folder).startswith("pages/en/laws/protection.md:2: ")


def test_a_wrong_cell_of_a_table_is_told_once(folder: StarterFolder) -> None:
    figure = {"key": "returns", "title": "Returns", "columns": ["Year"], "rows": [[["a", "b"]]]}
    folder.page("en/about", {"type": "standard", "title": "About", "figures": [figure]})
    assert the_problem(folder).endswith("figures.0.rows.0.0: must be text or a number")


def test_missing_front_matter_is_told(folder: StarterFolder) -> None:
    folder.text(PROCEDURE_FILE, "# A title\n")
    assert the_problem(folder) == f"{PROCEDURE_FILE}:1: begins with no front matter between '---' lines"


@pytest.mark.parametrize("content", ["---\n\n---\n", "---\n# only a remark\n---\nbody\n"])
def test_empty_front_matter_is_told_and_not_left_out(folder: StarterFolder, content: str) -> None:
    folder.text("pages/en/laws/protection.md", content)
    assert the_problem(folder) == "pages/en/laws/protection.md:2: holds nothing"


def test_an_empty_file_of_rows_is_told(folder: StarterFolder) -> None:
    folder.text("terms/km.yaml", "")
    assert the_problem(folder) == "terms/km.yaml:1: holds nothing"


def test_a_file_that_is_not_utf_8_names_its_line(folder: StarterFolder) -> None:
    path = folder.page("en/laws/protection", LAW)
    path.write_bytes(path.read_bytes().replace(b"Protects", b"Prot\xe9ge"))
    line = path.read_bytes().split(b"\xe9")[0].count(b"\n") + 1
    assert the_problem(folder).startswith(f"pages/en/laws/protection.md:{line}: is not UTF-8")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder: StarterFolder) -> None:
    path = folder.page("en/guidance/family-tracing", GUIDANCE, "Text.\n")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    content = read_starter_content(folder.path)
    assert content.pages["guidance/family-tracing", "en"].body == "Text."


@pytest.mark.parametrize("language", ["fr", "zh", "EN"])
def test_a_folder_of_pages_in_an_unknown_language_is_told(folder: StarterFolder, language: str) -> None:
    folder.page(f"{language}/about", {"type": "standard", "title": "About"})
    assert the_problem(folder) == f"pages/{language}/about.md: {language} is none of our languages"


def test_terms_in_an_unknown_language_are_told(folder: StarterFolder) -> None:
    folder.rows("terms/fr.yaml", [{"key": "return", "term": "retour", "definition": "Rentrer."}])
    assert the_problem(folder) == "terms/fr.yaml: fr is none of our languages"


def test_words_in_an_unknown_language_name_their_line(folder: StarterFolder) -> None:
    path = folder.rows("concepts/stages.yaml", [concept("return", "Return", fr="Retour")])
    line = line_of(path, "fr:")
    assert problems(folder)[0].startswith(f"concepts/stages.yaml:{line}: 0.words.fr")


def test_a_file_name_with_capitals_is_refused(folder: StarterFolder) -> None:
    folder.page("en/laws/Protection Law", LAW)
    assert "names of files and folders use a to z" in the_problem(folder)


def test_a_missing_file_of_concepts_is_told(folder: StarterFolder) -> None:
    (folder.path / "concepts" / "outcomes.yaml").unlink()
    assert the_problem(folder) == "concepts/outcomes.yaml: cannot be read"


REFERENCES: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("procedures/th-kh", PROCEDURE, {"related": ["guidance/gone"]}, "related.0", "page guidance/gone"),
    ("procedures/th-kh", PROCEDURE, {"tags": ["gone"]}, "tags.0", "gone in concepts/tags.yaml"),
    ("procedures/th-kh", PROCEDURE, {"corridors": ["TH-MY"]}, "corridors.0", "MY in concepts/countries"),
    ("procedures/th-kh", PROCEDURE, {"countries": ["MY"]}, "countries.0", "MY in concepts/countries"),
    ("procedures/th-kh", PROCEDURE, {"stage": "legal"}, "stage", "legal in concepts/stages.yaml"),
    ("procedures/th-kh", PROCEDURE, {"service_areas": [9]}, "service_areas.0", "9 in concepts/service-areas"),
    (
        "procedures/th-kh",
        PROCEDURE,
        {"legal_basis": [{"page": "laws/gone"}]},
        "legal_basis.0.page",
        "page laws/gone",
    ),
    ("laws/protection", LAW, {"sources": [{"document": "gone"}]}, "sources.0.document", "document gone"),
    ("laws/protection", LAW, {"country": "MY"}, "country", "MY in concepts/countries.yaml"),
    ("agreements/mou", AGREEMENT, {"supplements": "agreements/x"}, "supplements", "page agreements/x"),
    ("agreements/mou", AGREEMENT, {"followed_by": "agreements/x"}, "followed_by", "page agreements/x"),
    ("agreements/mou", AGREEMENT, {"parties": [{"country": "MY"}]}, "parties.0.country", "MY in concepts"),
    ("service-areas/medical-assistance", CHECKLIST, {"service_area": 9}, "service_area", "9 in concepts"),
    ("service-areas/medical-assistance", CHECKLIST, {"outcomes": ["x"]}, "outcomes.0", "x in concepts"),
    ("service-areas/medical-assistance", CHECKLIST, {"procedures": ["x"]}, "procedures.0", "page x"),
]


@pytest.mark.parametrize(("key", "data", "changes", "field", "message"), REFERENCES)
def test_a_reference_that_leads_nowhere_names_line_and_field(
    folder: StarterFolder, key: str, data: dict[str, Any], changes: dict[str, Any], field: str, message: str
) -> None:
    path = folder.page(f"en/{key}", data, **changes)
    problem = the_problem(folder)
    where, _, rest = problem.partition(": ")
    assert rest.startswith(f"{field}: there is no {message}")
    name, _, line = where.rpartition(":")
    assert name == f"pages/en/{key}.md"
    assert field.split(".")[0] in path.read_text().splitlines()[int(line) - 1] or int(line) > line_of(
        path, field.split(".")[0] + ":"
    )


def test_a_task_of_the_home_page_that_leads_nowhere_is_told(folder: StarterFolder) -> None:
    folder.page("en/home", {"type": "home", "title": "Home"}, tasks=[{"label": "go", "page": "gone"}])
    assert "tasks.0.page: there is no page gone" in the_problem(folder)


def test_a_link_in_a_body_that_leads_nowhere_names_its_line(folder: StarterFolder) -> None:
    path = folder.page("en/guidance/family-tracing", GUIDANCE, "One.\n\nSee [there](page:laws/gone).\n")
    line = line_of(path, "page:laws/gone")
    assert the_problem(folder) == (
        f"pages/en/guidance/family-tracing.md:{line}: body: there is no page laws/gone"
    )


def test_a_step_led_by_nobody_names_the_steps(folder: StarterFolder) -> None:
    steps = [{**PROCEDURE["steps"][0], "leads": "nobody"}]
    path = folder.page("en/procedures/th-kh", PROCEDURE, steps=steps)
    assert the_problem(folder) == (
        f"{PROCEDURE_FILE}:{line_of(path, 'steps:')}: steps: step trace: no agency has the key 'nobody'"
    )


def test_a_branch_to_a_step_that_is_not_there_is_told(folder: StarterFolder) -> None:
    folder.page("en/procedures/th-kh", PROCEDURE, steps=PROCEDURE["steps"][1:])
    assert "step travel: no step has the key 'trace'" in the_problem(folder)


@pytest.mark.parametrize(
    ("key", "data", "field"),
    [
        ("procedures/th-kh", PROCEDURE, "steps"),
        ("procedures/th-kh", PROCEDURE, "agencies"),
        ("service-areas/medical-assistance", CHECKLIST, "items"),
    ],
)
def test_two_rows_with_one_key_are_told(
    folder: StarterFolder, key: str, data: dict[str, Any], field: str
) -> None:
    folder.page(f"en/{key}", data, **{field: [*data[field], data[field][0]]})
    assert f"{field}: key {data[field][0]['key']} is given twice" in the_problem(folder)


@pytest.mark.parametrize("field", ["code", "slug"])
def test_a_concept_given_twice_is_told(folder: StarterFolder, field: str) -> None:
    rows = [concept("return", "Return"), {**concept("again", "Again"), field: "return"}]
    folder.rows("concepts/stages.yaml", rows)
    assert f"1.{field}: return is given twice" in the_problem(folder)


def test_a_term_given_twice_is_told(folder: StarterFolder) -> None:
    term = {"key": "return", "term": "return", "definition": "Going home."}
    folder.rows("terms/en.yaml", [term, term])
    assert "terms/en.yaml" in the_problem(folder)
    assert "1.key: return is given twice" in the_problem(folder)


def test_a_term_that_english_lacks_is_told(folder: StarterFolder) -> None:
    folder.rows("terms/km.yaml", [{"key": "home", "term": "ផ្ទះ", "definition": "កន្លែងរស់នៅ។"}])
    assert the_problem(folder) == "terms/km.yaml:1: 0.key: there is no term home in English"


def test_a_page_that_english_lacks_is_told(folder: StarterFolder) -> None:
    folder.page("km/about", {"type": "standard", "title": "អំពី"})
    assert the_problem(folder) == "pages/km/about.md: there is no such page in English"


def test_a_translation_without_its_section_is_told(folder: StarterFolder) -> None:
    folder.page("km/laws/protection", LAW)
    assert the_problem(folder) == "pages/km/laws/protection.md: there is no page laws above it"


def test_a_translation_of_another_type_is_told(folder: StarterFolder) -> None:
    folder.page("km/service-areas/medical-assistance", LAW)
    assert any("in English this page is of type checklist" in problem for problem in problems(folder))


def test_a_page_below_the_wrong_section_is_told(folder: StarterFolder) -> None:
    folder.page("en/laws/tracing", GUIDANCE)
    assert "type: pages of type guidance do not stand below laws" in the_problem(folder)


def test_a_reserved_address_is_told(folder: StarterFolder) -> None:
    folder.page("en/search", {"type": "standard", "title": "Search"})
    assert the_problem(folder) == "pages/en/search.md: search belongs to another part of the site"


def test_a_title_longer_than_its_column_is_told(folder: StarterFolder) -> None:
    folder.page("en/laws/protection", LAW, title="x" * 256)
    assert "title: String should have at most 255 characters" in the_problem(folder)


def test_a_corridor_from_a_country_to_itself_is_told(folder: StarterFolder) -> None:
    folder.page("en/procedures/th-kh", PROCEDURE, corridors=["TH-TH"])
    assert "corridors.0: a corridor joins two countries" in the_problem(folder)


def test_a_translation_takes_sources_and_tags_from_english(folder: StarterFolder) -> None:
    entry = read_starter_content(folder.path).pages["service-areas/medical-assistance", "km"]
    assert [source.document for source in entry.data.sources] == ["report"]
    assert entry.data.tags == ["children"]
