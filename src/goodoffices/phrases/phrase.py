"""A sentence as its English text, which remembers its message and what stands in its gaps.

What prints English prints it as any text. A page that speaks another language finds the message, looks it up and fills
it again. So the terminal and the page share the function that chooses the sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

_BETWEEN = {"sentences": " ", "semicolons": "; ", "commas": ", ", "or": " or ", "both": " and ", "and": ", ",
            "or else": "; or "}  # fmt: skip


class Phrase(str):
    """A sentence with gaps, filled in English.

    Parameters
    ----------
    message
        The sentence with its gaps in braces, written out where it is called, so that the catalogues find it.
    values
        What fills each gap: a name or number as it stands, or something said that is translated itself.
    """

    __slots__ = ("message", "values")
    message: str
    values: Mapping[str, str]

    def __new__(cls, message: str, /, **values: str) -> Phrase:
        """Fill the message."""
        made = super().__new__(cls, message.format(**values))
        made.message, made.values = message, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the message when the sentence is sent to another process."""
        return _phrase, (self.message, dict(self.values))


class Several(str):
    """Several things said one after the other.

    ``sort`` says what stands between them: *sentences*, *semicolons*, *commas*, *or*, *or else* (A; or B), *both*
    (A and B and C) or *and* (A, B and C).
    """

    __slots__ = ("parts", "sort")
    parts: tuple[str, ...]
    sort: str

    def __new__(cls, parts: Iterable[str], sort: str = "sentences") -> Several:
        """Put the parts one after the other; empty ones are left out."""
        held = tuple(part for part in parts if part)
        between = _BETWEEN[sort]
        text = between.join(held)
        if sort == "and" and len(held) > 1:
            text = f"{between.join(held[:-1])} and {held[-1]}"
        made = super().__new__(cls, text)
        made.parts, made.sort = held, sort
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the parts when they are sent to another process."""
        return Several, (self.parts, self.sort)


def _phrase(message: str, values: Mapping[str, str]) -> Phrase:
    return Phrase(message, **values)


def quotation(name: str) -> Phrase:
    """Return a name in quotation marks, which differ between languages."""
    return Phrase("‘{name}’", name=name)


def quotations(names: Iterable[str]) -> Several:
    """Return several names in quotation marks as a list in words."""
    return Several((quotation(name) for name in names), "and")


def reason_of(error: Exception) -> str:
    """Return what an error says, as a sentence that can be translated if it is one of ours."""
    given = error.args[0] if error.args else ""
    return given if isinstance(given, Phrase | Several) else str(error)


def kept_phrase(text: str) -> str:
    """Return a sentence as JSON, to be said again later in any language; see `phrase_kept`."""
    return json.dumps(_plain(text), ensure_ascii=False, sort_keys=True)


def phrase_kept(kept: str) -> str:
    """Return the sentence that `kept_phrase` made JSON of."""
    return _again(json.loads(kept))


def _plain(text: str) -> Any:
    if isinstance(text, Phrase):
        return {"message": text.message, "values": {name: _plain(value) for name, value in text.values.items()}}
    if isinstance(text, Several):
        return {"parts": [_plain(part) for part in text.parts], "sort": text.sort}
    return str(text)


def _again(plain: Any) -> str:
    if isinstance(plain, str):
        return plain
    if "parts" in plain:
        return Several((_again(part) for part in plain["parts"]), plain["sort"])
    return Phrase(plain["message"], **{name: _again(value) for name, value in plain["values"].items()})
