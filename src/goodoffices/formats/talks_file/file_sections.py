"""Sections of a talks file as a located tree: what the checks across its entries read."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.formats.input.diagnostics import Entry, Grade
from goodoffices.formats.input.located_tree import Mapping, Node, Scalar, Sequence, place_of


def section_of(root: Mapping, name: str) -> dict[str, tuple[Scalar, Node]]:
    """Return the entries of a section by their keys, each with the place of its key."""
    found = root.entries.get(name)
    return found[1].entries if found is not None and isinstance(found[1], Mapping) else {}


def entries_under(root: Mapping, name: str) -> Iterator[Mapping]:
    """Yield the entries of a section that is a list."""
    found = root.entries.get(name)
    if found is not None and isinstance(found[1], Sequence):
        yield from (item for item in found[1].items if isinstance(item, Mapping))


def options_by_issue(root: Mapping) -> dict[str, list[str]]:
    """Return the options of each issue on the agenda."""
    return {
        issue: _keys_or_items(body.entries["options"][1])
        if isinstance(body, Mapping) and "options" in body.entries
        else []
        for basket in entries_under(root, "agenda")
        for issue, (_, body) in section_of(basket, "issues").items()
    }


def _keys_or_items(node: Node) -> list[str]:
    return list(node.entries) if isinstance(node, Mapping) else [scalar.text for scalar in scalars_in(node)]


def option_of(issue: str) -> str:
    """Return what an option of an issue is called in messages and among the declared names."""
    return f"option of issue {issue!r}"


def scalar_at(node: Node, key: str) -> Scalar | None:
    """Return the single value under a key, if there is one."""
    found = node.entries.get(key) if isinstance(node, Mapping) else None
    return found[1] if found is not None and isinstance(found[1], Scalar) else None


def scalars_in(node: Node) -> Iterator[Scalar]:
    """Yield all single values in a part of the file, at any depth."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars_in(item)
    else:
        for _, value in node.entries.values():
            yield from scalars_in(value)


def refusal_at(kind: str, at: Node, words: tuple[str, str, str], *, found: str = "") -> Entry:
    """Return what is wrong at a place: why, what would be right, what to do."""
    why, right, remedy = words
    return Entry(grade=Grade.REFUSAL, kind=kind, place=place_of(at), why=why, right=right, remedy=remedy, found=found)
