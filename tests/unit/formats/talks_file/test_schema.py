"""The classes of the file, the JSON Schema made of them, and the reference page: three tellings of one definition."""

from __future__ import annotations

import importlib.util
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel

from formats_helpers import ACTORS, ROOT, as_an_editor_sees_it, checked
from goodoffices.formats.input.located_tree import plain
from goodoffices.formats.input.yaml_reader import tree_of
from goodoffices.formats.talks_file.decision_rules import RuleModel
from goodoffices.formats.talks_file.reader import check, read_talks
from goodoffices.formats.talks_file.schema import schema

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "reference" / "talks-file.md").read_text(encoding="utf-8")
PAGE_EXAMPLE = "\n".join(re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))


def _reference_tool() -> Any:
    spec = importlib.util.spec_from_file_location("talks_file_reference", ROOT / "tools" / "talks_file_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _reference_tool()
MODELS: list[type[BaseModel]] = TOOL.models()


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=FormatChecker())


def is_taken_by_schema(text: str) -> bool:
    return validator().is_valid(as_an_editor_sees_it(text))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_sentence_and_an_example(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        assert field.description and field.description.endswith("."), f"{model.__name__}.{name}"
        assert field.examples, f"{model.__name__}.{name}"


# Classes of which one alternative is written at a time, and fields that exclude others.
ALTERNATIVES = {
    "ValueModel": [["number"], ["at_least"], ["low", "high"], ["actors"], ["yes"], ["date"], ["instant"], ["words"]],
    "EstimateModel": [["number"], ["low", "high"], ["low", "mode", "high"]],
}
EXCLUDED = {"ClaimModel": {"when"}, "AssessmentModel": {"reservation_value"}}


def examples_of(model: type[BaseModel]) -> list[object]:
    by_name = {name: (field.examples or [None])[0] for name, field in model.model_fields.items()}
    if model.__name__ == "WorthModel":  # its two ways of writing have no key of their own
        return list(by_name.values())
    every = [name for name in by_name if name not in EXCLUDED.get(model.__name__, set())]
    return [{name: by_name[name] for name in names} for names in ALTERNATIVES.get(model.__name__, [every])]


ONE_KIND = [model for model in MODELS if model is not RuleModel]
"""The classes whose examples go together; those of a rule belong to rules of different kinds."""


@pytest.mark.parametrize("model", ONE_KIND, ids=lambda model: model.__name__)
def test_the_examples_of_an_entity_read(model: type[BaseModel]) -> None:
    for example in examples_of(model):
        root = tree_of(yaml.safe_dump(example, allow_unicode=True), file="example").root
        assert model.model_validate(plain(root)).model_fields_set


@pytest.mark.parametrize("name", [n for n in MODELS[0].model_fields if n not in ("include",)])
def test_each_example_of_the_top_level_reads_by_its_shape(name: str, tmp_path: Path) -> None:
    example = (MODELS[0].model_fields[name].examples or [None])[0]
    text = yaml.safe_dump({name: example}, allow_unicode=True)
    report = checked(tmp_path, text if name == "actors" else ACTORS + text)
    assert {entry.kind for entry in report.refusals} <= {"unknown-reference"}


@pytest.mark.parametrize(
    "value",
    ["7", "-3", "yes", "no", "{at_least: 60000}", "{low: 1, high: 2}", "{actors: [north]}", "{date: 2017-02-23}",
     "{instant: 2017-02-23T10:00Z}", "{words: 2254}", "{yes: no}", "{number: 0}"],
)  # fmt: skip
def test_a_value_written_naturally_is_taken_by_reader_and_schema(value: str, tmp_path: Path) -> None:
    text = ACTORS + (
        "sources: {g: {publisher: G}}\nclaims:\n"
        f"  c: {{about: north, aspect: a, value: {value}, chain: [G], source: g, in_seed: no, strength: document}}\n"
    )
    assert checked(tmp_path, text).refusals == ()
    assert is_taken_by_schema(text)


def test_unquoted_numbers_and_truth_words_are_texts_where_texts_are_wanted(tmp_path: Path) -> None:
    text = ACTORS + "agenda: [{basket: 2254, issues: {road: {question: {en: true}, options: [no, off, 010, 1e3]}}}]"
    assert checked(tmp_path, text).refusals == ()
    assert is_taken_by_schema(text)
    [basket] = read_talks(tmp_path).agenda
    assert basket.title == "2254"
    assert [option.slug for option in basket.issues[0].options] == ["no", "off", "010", "1e3"]


def test_the_shipped_schema_is_the_one_the_classes_give() -> None:
    shipped = files("goodoffices.formats.talks_file").joinpath("talks.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == json.loads(json.dumps(schema()))


def test_the_schema_is_a_schema_and_needs_no_network() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$id"].startswith("urn:")
    assert all(ref.startswith("#/") for ref in re.findall(r'"\$ref": "([^"]*)"', json.dumps(schema())))


def test_the_examples_of_the_reference_page_read_and_validate(tmp_path: Path) -> None:
    report = checked(tmp_path, PAGE_EXAMPLE)
    assert str(report) == f"{tmp_path / 'talks.yaml'}: no mistakes found."
    assert list(validator().iter_errors(as_an_editor_sees_it(PAGE_EXAMPLE))) == []


def test_the_reference_page_has_an_example_of_every_section() -> None:
    assert set(as_an_editor_sees_it(PAGE_EXAMPLE)) == set(MODELS[0].model_fields) - {"include"}


def test_the_reference_page_tells_every_field_as_the_classes_do() -> None:
    assert TOOL.tables() in PAGE, "run python tools/talks_file_reference.py"


def test_the_shipped_scenario_validates_as_one_file() -> None:
    joined: dict[str, Any] = {}
    folder = ROOT / "scenarios" / "astana-2017"
    first = folder / "talks.yaml"
    # Other files of the folder, such as what a rehearsal assumes, are not part of the talks file.
    for path in (first, *(folder / name for name in as_an_editor_sees_it(first.read_text("utf-8"))["include"])):
        for section, value in as_an_editor_sees_it(path.read_text(encoding="utf-8")).items():
            if isinstance(value, dict):
                joined.setdefault(section, {}).update(value)
            else:
                joined[section] = value
    assert list(validator().iter_errors(joined)) == []


# Every one of these changes makes the page's example wrong in shape; reference mistakes are beyond a schema.
CHANGES = [
    (key, replacement)
    for key in ("kind: party", "strength: document", "in_seed: no", "format: proximity", "opened: 2017-01-23",
                "roles: [mediator]", "value: 7", "stand: no", "basis: delegation-word", "reports: when-it-sees",
                "precision: about", "starts_at: 2017-01-23T13:00+06:00", "total: 3", "kind: join", "version: 1",
                "answer: declined", "chain: [The Gazette]", "level: expert", "in_seed: yes", "invented: yes")
    for replacement in ("{}: [[x]]", "{}: {{x: y}}", "{}: 2017-02-30x", "x{}: 1", "{}: ''", "{}: ٧", "{}: Zz",
                        "{}: -1.5", "{}: {{}}", "{}: [~]")
]  # fmt: skip


def test_what_the_reader_refuses_for_shape_the_schema_refuses_too(tmp_path: Path) -> None:
    n_refused = 0
    for written, replacement in CHANGES:
        assert PAGE_EXAMPLE.count(written) >= 1, written
        text = PAGE_EXAMPLE.replace(written, replacement.format(written.partition(":")[0]), 1)
        refused = [entry for entry in checked(tmp_path, text).refusals if entry.kind != "unknown-reference"]
        if refused:
            n_refused += 1
            assert not is_taken_by_schema(text), (written, replacement, str(refused[0].sentence()))
    assert n_refused >= 180


def test_every_kind_of_problem_is_in_the_reference_page_and_no_other() -> None:
    told = set(re.findall(r"^\| `([a-z0-9-]+)` \| (?:refusal|note)", PAGE, re.MULTILINE))
    # Documents have a page of their own, checked by test_documents_hostile.
    formats = ROOT / "src/goodoffices/formats"
    files = [path for path in formats.rglob("*.py") if not {"documents", "docx", "odt", "messages"} & set(path.parts)]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    calls = r"(?:refusal|_refused|_problem|_refused_key|_refuse_cell|_refuse|_not_there|_stop|_entry)\("
    raised = set(re.findall(calls + r'[^"()]*(?:\([^()]*\)[^"()]*)?"([a-z0-9]+(?:-[a-z0-9]+)+)"', source))
    raised |= set(re.findall(r'kind="([a-z0-9-]+)"', source))
    kinds_of_talks = {"live", "exercise", "mail", "chat"}
    assert raised - told <= {"un-envoy", "silent", *kinds_of_talks}, "kinds that the page does not tell"
    assert {kind for kind in told if f'"{kind}"' not in source} == set(), "kinds in the page that nothing raises"


def test_checking_a_scenario_by_name_and_by_folder_is_the_same() -> None:
    by_folder = check(ROOT / "scenarios" / "astana-2017")
    assert [entry.kind for entry in by_folder.entries] == [entry.kind for entry in check("astana-2017").entries]
