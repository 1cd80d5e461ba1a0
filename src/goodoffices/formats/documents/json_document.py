"""A version as one file of canonical JSON. Anybody with the file can compute its hash and check code again, offline.

The file has what the hash covers (titles, text, authentic languages, the language that prevails, annexes by hash) and
the states of clauses, which the hash does not cover. It has no names, authors or times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from goodoffices.canonical_json import canonical
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, ScenarioFileError, quoted
from goodoffices.talks.documents.document import (
    Bracket,
    Clause,
    ClauseState,
    Paper,
    Piece,
    Variant,
    check_code,
    version_hash,
    words_hash,
)
from goodoffices.talks.documents.markdown import read_paper, write_paper

_LARGEST = 32 * 2**20
_FORM = "goodoffices/version-file/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVersion:
    """A version as a file has it, its languages in the order of their codes. ``annexes`` pairs labels with hashes."""

    papers: tuple[Paper, ...]
    authentic: tuple[str, ...]
    prevails: str = ""
    annexes: tuple[tuple[str, str], ...] = ()

    @property
    def hash(self) -> str:
        """The hash of the version, computed from its text."""
        return version_hash(self.papers, authentic=self.authentic, prevails=self.prevails, annexes=self.annexes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a file says about itself and what its text gives. ``differs`` names what does not match."""

    hash: str
    code: str
    said_hash: str
    said_code: str
    languages: tuple[tuple[str, str], ...]
    differs: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the file is what it says."""
        return not self.differs


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Variant(_Shape):
    words: list[_Piece]
    compromise: bool = False


class _Bracket(_Shape):
    bracket: Annotated[list[_Variant], Field(min_length=1)]


_Piece = str | _Bracket


class _Clause(_Shape):
    number: str
    heading: str = ""
    open_number: bool = False
    state: str = ClauseState.PROPOSED.value
    body: list[_Piece] = []


class _Language(_Shape):
    title: str
    words: str
    clauses: list[_Clause]


class _File(_Shape):
    form: str
    hash: str
    check_code: str
    authentic: list[str]
    prevails: str = ""
    annexes: list[Annotated[list[str], Field(min_length=2, max_length=2)]] = []
    languages: dict[str, _Language]


def write_version(version: FileVersion) -> bytes:
    """Return the version as canonical JSON, with its hash and check code."""
    return (
        canonical(
            {
                "form": _FORM,
                "hash": version.hash,
                "check_code": check_code(version.hash),
                "authentic": list(version.authentic),
                "prevails": version.prevails,
                "annexes": [list(annex) for annex in version.annexes],
                "languages": {paper.lang: _language(paper) for paper in version.papers},
            }
        )
        + b"\n"
    )


def _language(paper: Paper) -> dict[str, Any]:
    return {"title": paper.title, "words": words_hash(paper), "clauses": [_clause(c) for c in paper.clauses]}


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "number": clause.number,
        "heading": clause.heading,
        "open_number": clause.open_number,
        "state": clause.state.value,
        "body": _body(clause.pieces),
    }


def _body(pieces: Iterable[Piece]) -> list[Any]:
    return [piece if isinstance(piece, str) else {"bracket": [_variant(v) for v in piece.variants]} for piece in pieces]


def _variant(variant: Variant) -> dict[str, Any]:
    return {"words": _body(variant.pieces), "compromise": variant.compromise}


# ---------------------------------------------------------------------------------------------------------- reading


def read_version(data: bytes, *, name: str) -> FileVersion:
    """Return the version that a file holds, whatever hash the file names.

    Raises
    ------
    ScenarioFileError
        If it is not such a file, or its words are not in the form in which words are kept.
    """
    return _version(_file(data, name), name)


def verify_version(data: bytes, *, name: str) -> Verified:
    """Recompute hash and check code of a version's file, and say what does not agree with what the file says.

    Raises
    ------
    ScenarioFileError
        As ``read_version``.
    """
    held = _file(data, name)
    version = _version(held, name)
    found, code = version.hash, check_code(version.hash)
    languages = tuple((paper.lang, words_hash(paper)) for paper in version.papers)
    differs = [f"words in {lang}" for lang, words in languages if words != held.languages[lang].words]
    differs += ["hash"] if held.hash != found else []
    differs += ["check code"] if "".join(held.check_code.split()) != "".join(code.split()) else []
    return Verified(
        hash=found,
        code=code,
        said_hash=held.hash,
        said_code=held.check_code,
        languages=languages,
        differs=tuple(differs),
    )


def _file(data: bytes, name: str) -> _File:
    if len(data) > _LARGEST:
        raise ScenarioFileError(
            f"the file has {len(data)} bytes; at most {_LARGEST} are read. Divide the text.",
            kind="too-large",
            file=name,
        )
    try:
        held = _File.model_validate(json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ScenarioFileError(
            f"at {place[:120] or 'the top'}: {first['msg']}. Save the version as JSON again.", kind="shape", file=name
        ) from error
    except (ValueError, RecursionError) as error:
        raise ScenarioFileError(
            f"this is not the file of a version ({str(error)[:80]}). Save the version as JSON again.",
            kind="not-json",
            file=name,
        ) from error
    if held.form != _FORM:
        raise ScenarioFileError(
            f"its form is {held.form[:60]!r}; this program reads {_FORM!r}. Save the version as JSON again.",
            kind="form",
            file=name,
        )
    return held


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key is written twice")
    return made


def _version(held: _File, name: str) -> FileVersion:
    papers = tuple(_paper(lang, given, name) for lang, given in held.languages.items())
    annexes = tuple((label, digest) for label, digest in held.annexes)
    return FileVersion(papers=papers, authentic=tuple(held.authentic), prevails=held.prevails, annexes=annexes)


def _paper(lang: str, given: _Language, name: str) -> Paper:
    try:
        clauses = tuple(_read_clause(clause) for clause in given.clauses)
        paper = Paper(lang=lang, title=given.title, clauses=clauses)
        kept = read_paper(write_paper(paper), lang)
    except (ScenarioError, ValueError) as error:
        raise ScenarioFileError(
            f"the {lang[:20]} text: {error}. Save the version as JSON again.", kind="words", file=name
        ) from error
    if kept != paper:
        raise ScenarioFileError(
            f"the {lang[:20]} text is not written in the standard form. Save the version as JSON again.",
            kind="words",
            file=name,
        )
    return paper


def _read_clause(clause: _Clause) -> Clause:
    return Clause(
        number=clause.number,
        heading=clause.heading,
        open_number=clause.open_number,
        state=_state(clause.state),
        pieces=_read_body(clause.body),
    )


def _state(word: str) -> ClauseState:
    states = {state.value: state for state in ClauseState}
    if word not in states:
        raise ScenarioError(f"{quoted(word)} is not a state of a clause; known: {', '.join(states)}")
    return states[word]


def _read_body(pieces: Iterable[_Piece]) -> tuple[Piece, ...]:
    return tuple(piece if isinstance(piece, str) else _read_bracket(piece) for piece in pieces)


def _read_bracket(bracket: _Bracket) -> Bracket:
    made = (Variant(pieces=_read_body(v.words), compromise=v.compromise) for v in bracket.bracket)
    return Bracket(variants=tuple(made))
