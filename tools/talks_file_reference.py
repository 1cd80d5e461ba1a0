"""Write the tables of docs/reference/talks-file.md from the classes that read the file.

Run ``python tools/talks_file_reference.py`` after changing a field; a test compares the page with the classes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from goodoffices.formats.talks_file import (
    actors as schema_people,
    assessments as schema_assessments,
    commitments as schema_owed,
    decision_rules as schema_rules,
    rounds as schema_plans,
    schema as talks_schema,
    texts as schema_texts,
)
from goodoffices.formats.talks_file.field_types import FileModel
from goodoffices.talks.base import enums

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "talks-file.md"
BEGIN, END = "<!-- fields: written by tools/talks_file_reference.py -->", "<!-- end of fields -->"


MODULES = (talks_schema, schema_people, schema_plans, schema_assessments, schema_owed, schema_texts, schema_rules)
CLOSED = {
    "kinds of actors": enums.ActorKind,
    "roles": enums.Role,
    "formats": enums.Format,
    "levels": enums.Level,
    "strengths of a claim": enums.Strength,
    "stands": enums.Stand,
    "kinds of texts": enums.TextKind,
    "stances on a text": enums.StanceKind,
    "changes of actors": enums.ChangeKind,
}
"""The closed lists of words, by what they are."""


def models() -> list[type[BaseModel]]:
    """Return every class of the talks file, top level first."""
    found = [
        value
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, FileModel) and value.__module__ == module.__name__
    ]
    return sorted(found, key=lambda model: model is not talks_schema.TalksFileModel)


def tables() -> str:
    """Return one table per class: key, whether it must be written, what it says, an example."""
    rows = [f"| {what} | {', '.join(f'`{word.value}`' for word in words)} |" for what, words in CLOSED.items()]
    closed = ["### Closed lists of words", "", "| list | words |", "|---|---|", *rows]
    return "\n\n".join([*(_table(model) for model in models()), "\n".join(closed)])


def _table(model: type[BaseModel]) -> str:
    rows = [f"### {_title(model)}", "", (model.__doc__ or "").strip(), "", "| key | says | example |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        must = " **(must be written)**" if field.is_required() else ""
        example = _shown(field.examples[0]) if field.examples else ""
        rows.append(f"| `{name}` | {field.description}{must} | `{example}` |")
    return "\n".join(rows)


def _title(model: type[BaseModel]) -> str:
    return model.__name__.removesuffix("Model").removesuffix("File") or "Top level"


def _shown(example: Any) -> str:
    if isinstance(example, dict):
        return "{" + ", ".join(f"{key}: {_shown(value)}" for key, value in example.items()) + "}"
    if isinstance(example, list):
        return "[" + ", ".join(map(_shown, example)) + "]"
    return json.dumps(example, ensure_ascii=False) if ": " in str(example) else str(example)


def main() -> None:
    """Replace the tables of the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
