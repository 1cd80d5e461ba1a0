"""What people wrote in the rows of a file: one sealed text has the words of all rows of an act."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.state.known_ceasefire import KnownAllegation
from goodoffices.talks.state.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    """Words of one row, in their language. ``is_gone``: they were destroyed."""

    text: str = ""
    lang: str = "en"
    is_gone: bool = False


def allegation_text(view: View, held: KnownAllegation, name: str) -> RowText:
    """Return what a view has of an allegation's ``place``, ``words``, ``stated`` numbers or ``reporter``."""
    own: Body | None = {"place": held.place, "words": held.words, "reporter": held.reporter}.get(name)
    if own is not None:
        text = view.text(own)
        return RowText(is_gone=True) if text is None else RowText(text=text, lang=own.lang)
    sealed = held.reporters if name == "reporter" else held.texts
    if sealed is None or held.row < 0:
        return RowText()
    text = view.text(sealed)
    if text is None:
        return RowText(is_gone=True)
    entry = row_entries(text)[held.row]
    if name == "reporter":
        return RowText(text=str(entry or ""))
    return RowText(text=str(entry.get(name, "")), lang=str(entry.get("lang", sealed.lang)))


@lru_cache(maxsize=8)
def row_entries(text: str) -> list[Any]:
    """Return the entries of a text that has those of all rows of an act."""
    found: list[Any] = json.loads(text)
    return found
