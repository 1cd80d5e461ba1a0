"""Write talks as the text of a talks file, which reads back to the same talks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from goodoffices.formats.talks_writer.exercise import exercise_section
from goodoffices.formats.talks_writer.facts import FACTS
from goodoffices.formats.talks_writer.people import PEOPLE, head
from goodoffices.formats.talks_writer.plans import PLANS
from goodoffices.talks.model.talks_file import TalksFile

_HEAD = (
    "# A talks file of Good Offices. What its keys mean: docs/reference/talks-file.md\n"
    "# Check it with: goodoffices check FILE\n"
)
_ORDER = (
    "actors", "seats", "compartments", "contact_barred", "roles", "recognition", "sources", "claims", "questions",
    "homonyms", "rounds", "sessions", "pair_formats", "invitations", "delegations", "agenda", "assessments", "scales",
    "changes", "commitments", "guarantees", "texts", "rules", "areas", "ceasefire", "ledgers",
    "mechanisms",
)  # fmt: skip


def plain_file(talks: TalksFile) -> dict[str, Any]:
    """Return a talks file as mappings, lists and texts, by section; what is not stated is left out.

    Examples
    --------
    >>> from goodoffices.talks.base.enums import ActorKind
    >>> from goodoffices.talks.model.actors import Actor, Name
    >>> iran = Actor(slug="iran", kind=ActorKind.STATE, names=(Name(text="Iran"),))
    >>> plain_file(TalksFile(slug="t", title="T", actors=(iran,)))["actors"]
    {'iran': {'kind': 'state', 'names': {'en': 'Iran'}}}
    """
    sections = {**PEOPLE, **FACTS, **PLANS}
    made: dict[str, Any] = {"version": "1", **head(talks)}
    made |= {name: sections[name](talks) for name in _ORDER} | {"exercise": exercise_section(talks)}
    return {name: section for name, section in made.items() if section not in ({}, [], None)}


def talks_file_text(talks: TalksFile) -> str:
    """Return a talks file as YAML, in UTF-8, without aliases, tags or long lines broken."""
    return as_yaml(plain_file(talks))


def as_yaml(plain: Mapping[str, Any]) -> str:
    """Return plain values as the text of a talks file."""
    return _HEAD + yaml.dump(
        dict(plain), Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=100_000
    )


class _Dumper(yaml.SafeDumper):
    """Writes every text so that it is read as text, and repeats what is equal instead of naming it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    # A text of several lines stays one line in quotation marks: blocks keep neither every blank nor every mark.
    is_bare = text.isascii() and text.isalpha() and text not in ("null", "Null", "NULL")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_bare else '"')


def _key(dumper: _Dumper, items: Mapping[str, Any]) -> yaml.MappingNode:
    node = dumper.represent_mapping("tag:yaml.org,2002:map", items)
    for key, _ in node.value:
        if key.value.replace("_", "").replace("-", "").isalnum() and key.value[:1].isalpha() and key.value.isascii():
            key.style = None
    return node


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _key)
