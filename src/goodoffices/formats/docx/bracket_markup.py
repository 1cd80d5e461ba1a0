"""Make the Markdown of a clause from the text of a paragraph, with the brackets that are typed or marked in it.

In our own files a sign that marks stands in the style ``GoMark`` and one that belongs to the words in ``GoLiteral``. In
anybody's file a typed ``[words]`` is a bracket, and ``[A: words | B: words]`` one with two variants.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field, replace

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.markup.tokens import Token
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.documents.document import DEEPEST
from goodoffices.talks.documents.markdown import escaped, label

_SIGNS = re.compile(r"([\[\]|])")
_TYPED_LABEL = re.compile(r"\s*[A-Z]{1,2}(~)?:(?=\s|$)")
_DRAWN_LABEL = re.compile(r"[A-Z]{1,2}(~)?:")
_NAME = re.compile(r"go_((?:br|va)\d+)")


@dataclass(slots=True)
class _Variant:
    """A variant as far as it has been read. ``kinds`` says how its text is struck."""

    name: str = ""
    labelled: bool = False
    compromise: bool = False
    words: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def is_empty(self, *, typed: bool) -> bool:
        """Say whether nothing stands in it; ``typed`` if its label would be among the words."""
        words = "".join(self.words)
        found = _TYPED_LABEL.match(words) if typed and not self.labelled else None
        return not words[0 if found is None else found.end() :].strip()


@dataclass(slots=True)
class _Frame:
    """A bracket as far as it has been read; ``own`` if its character has our style."""

    own: bool
    name: str
    variants: list[_Variant] = field(default_factory=lambda: [_Variant()])


@dataclass(slots=True)
class _Reading:
    """One body as far as it has been read, and the names that belong to the next character or text."""

    file: str
    number: str
    made: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    bracket_name: str = ""
    variant_name: str = ""

    def put(self, text: str) -> None:
        (self.frames[-1].variants[-1].words if self.frames else self.made).append(text)

    def open(self, *, own: bool) -> None:
        if len(self.frames) == DEEPEST:
            raise ScenarioFileError(
                Phrase(
                    "{number}: brackets nest more than {deepest} deep. Write the inner ones as variants of their own.",
                    number=clause_place(self.number),
                    deepest=str(DEEPEST),
                ),
                kind="too-deep",
                file=self.file,
            )
        if self.frames:
            self._begin_words("word")
        self.frames.append(_Frame(own=own, name=self.bracket_name))
        self.bracket_name = ""

    def next(self) -> None:
        self._take_name()
        self.frames[-1].variants.append(_Variant())

    def close(self) -> None:
        frame = self.frames[-1]
        if not (len(frame.variants) == 1 and self._is_struck(frame)):
            self._take_name()
        else:
            frame.variants.append(_Variant(name=self.variant_name))
            self.variant_name = ""
        self.frames.pop()
        if all(variant.is_empty(typed=not frame.own) for variant in frame.variants):
            frame.variants = [_Variant(words=["…"])]
            self.notes.append(Phrase("Clause {n}: an empty bracket is kept as […], to be filled.", n=self.number))
        self.put(_written(frame))

    def words(self, text: str, kind: str) -> None:
        if self.frames and text.strip():
            self._begin_words(kind)
        elif kind == "proposed" and text.strip():
            self.notes.append(
                Phrase(
                    "Clause {n}: “{words}” is struck out by hand, not as a tracked change. It is read as part of the "
                    "text.",
                    n=self.number,
                    words=text.strip(),
                )
            )
        self.put(escaped(text))

    def label(self, *, compromise: bool) -> None:
        self._take_name()
        variant = self.frames[-1].variants[-1]
        variant.labelled, variant.compromise = True, compromise

    def _begin_words(self, kind: str) -> None:
        self._take_name()
        self.frames[-1].variants[-1].kinds.add(kind)

    def _take_name(self) -> None:
        """Give the waiting name to the current variant, if it has no name."""
        variant = self.frames[-1].variants[-1]
        if not variant.name and self.variant_name:
            variant.name, self.variant_name = self.variant_name, ""

    @staticmethod
    def _is_struck(frame: _Frame) -> bool:
        return frame.variants[0].kinds - {"literal"} == {"proposed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedBody:
    """The body of a clause as Markdown, and what had to be assumed of its brackets."""

    words: str
    notes: tuple[str, ...] = ()


def clause_place(number: str) -> str:
    """Return where a clause is, for a refusal: 0 is what stands before the first one."""
    return Phrase("before the first clause") if number == "0" else Phrase("clause {number}", number=number)


def marked_body(tokens: Iterable[Token], file: str, number: str) -> MarkedBody:
    """Return the body of a clause.

    Parameters
    ----------
    tokens
        Its words in order; those struck as an agreed deletion are left out.
    file, number
        The file and the clause, for a refusal.

    Raises
    ------
    ScenarioFileError
        If brackets nest too deep, or one is not closed.
    """
    reading = _Reading(file=file, number=number)
    for token in _joined(tokens):
        if token.mark is not None:
            _name(reading, token.mark.name)
        elif is_literal(token):
            reading.words(token.text, "literal")
        elif not is_gone(token):
            _typed(reading, token)
    if reading.frames:
        begins = "".join(reading.frames[-1].variants[0].words).strip()[:40]
        raise ScenarioFileError(
            Phrase(
                "{number}: the bracket that begins “[{begins}” is not closed. Close it with ].",
                number=clause_place(number),
                begins=begins,
            ),
            kind="open-bracket",
            file=file,
        )
    return MarkedBody(words="".join(reading.made), notes=tuple(reading.notes))


def plain_body(tokens: Iterable[Token]) -> str:
    """Return the body of a clause with its brackets as plain characters: an author's changes may have broken one."""
    return "".join(escaped(token.text) for token in tokens if token.mark is None and not is_gone(token))


def _joined(tokens: Iterable[Token]) -> Iterator[Token]:
    """Join runs that look the same: word processors part them by script, so that a label comes in pieces."""
    held: Token | None = None
    for token in tokens:
        if held is not None and token.mark is None and replace(token, text="") == replace(held, text=""):
            held = replace(held, text=held.text + token.text)
            continue
        if held is not None:
            yield held
        held = token
    if held is not None:
        yield held


def is_literal(token: Token) -> bool:
    """Say whether a bracket in this run is part of the text."""
    return token.style == "GoLiteral"


def is_gone(token: Token) -> bool:
    """Say whether this run is struck as an agreed deletion."""
    return token.style == "GoGone" or token.strike == "double"


def _name(reading: _Reading, name: str) -> None:
    found = _NAME.fullmatch(name)
    if found is not None and found[1].startswith("br"):
        reading.bracket_name = found[1]
    elif found is not None:
        reading.variant_name = found[1]


def _typed(reading: _Reading, token: Token) -> None:
    own = token.style == "GoMark"
    for part in _SIGNS.split(token.text):
        if part == "[":
            reading.open(own=own)
        elif part == "]" and reading.frames:
            reading.close()
        elif part == "|" and reading.frames:
            reading.next()
        elif part:
            if part == "]":
                reading.notes.append(
                    Phrase("Clause {n}: a ] without a [ before it is kept as a character.", n=reading.number)
                )
            _stretch(reading, token, part, own=own)


def _stretch(reading: _Reading, token: Token, text: str, *, own: bool) -> None:
    if not own:
        reading.words(text, _kind(token))
        return
    found = _DRAWN_LABEL.fullmatch(text.strip())
    if found is not None and reading.frames and not reading.frames[-1].variants[-1].labelled:
        reading.label(compromise=bool(found[1]))
    elif text.strip():
        reading.words(text, "word")


def _kind(token: Token) -> str:
    if token.style == "GoProposedDeletion" or token.strike == "single":
        return "proposed"
    return "compromise" if token.style == "GoCompromise" else "word"


def _written(frame: _Frame) -> str:
    shown = (_one(variant, place, typed=not frame.own) for place, variant in enumerate(frame.variants))
    return f"[[{' | '.join(shown)}]]" + (f"{{{frame.name}}}" if frame.name else "")


def _one(variant: _Variant, place: int, *, typed: bool) -> str:
    words = "".join(variant.words)
    found = _TYPED_LABEL.match(words) if typed and not variant.labelled else None
    compromise = variant.compromise or variant.kinds - {"literal"} == {"compromise"} or bool(found and found[1])
    words = words[found.end() :] if found is not None else words
    mark = label(place) + ("~" if compromise else "") + (f"{{{variant.name}}}" if variant.name else "")
    return f"{mark}: {words.strip()}"
