"""Every error that Good Offices raises on purpose, as one tree.

Each is also a subclass of the builtin that a reader would expect. A message is a sentence that says what is wrong
with the value, what would be right, and what to do. Bugs stay tracebacks: they are not in this tree.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from goodoffices.names import easily_confused
from goodoffices.phrases.phrase import Phrase, Several

_LONGEST_QUOTED = 80
_MOST_LISTED = 20


def quoted(value: object) -> str:
    """Return a value as a message shows it: cut if it is long, with invisible characters written out.

    Examples
    --------
    >>> quoted("noon\\u202e")
    "'noon\\\\u202e'"
    >>> quoted("x" * 5000)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' (5000 characters)"
    """
    if isinstance(value, str):
        return (
            repr(value)
            if len(value) <= _LONGEST_QUOTED
            else f"'{repr(value[:_LONGEST_QUOTED])[1:-1]}…' ({len(value)} characters)"
        )
    text = repr(value)
    return text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}… ({len(text)} characters)"


class GoodOfficesError(Exception):
    """The root of the tree. The command line prints its message and ends with exit code 2."""


class ScenarioError(GoodOfficesError, ValueError):
    """A value that cannot be part of talks, a bargain or a scenario."""


class TalksFileError(ScenarioError):
    """A talks file that cannot be read; the message lists every problem with its position.

    Parameters
    ----------
    message
        Every problem as a sentence, one a line, in order of position.
    problems
        The same as values with ``kind, file, line, column, found, known, nearest``; at most fifty.
    count
        How many problems there are, listed or not.
    """

    def __init__(self, message: str, *, problems: tuple[Any, ...] = (), count: int | None = None) -> None:
        self.problems = problems
        self.count = len(problems) if count is None else count
        super().__init__(message)


class ScenarioFileError(ScenarioError):
    """A negotiation-scenario file that cannot be read safely.

    Parameters
    ----------
    message
        The sentence, without the place.
    kind
        Which of the documented kinds of problem, for programs.
    file, line, column
        The place, counted from 1; 0 where there is none.
    """

    def __init__(self, message: str, *, kind: str, file: str = "", line: int = 0, column: int = 0) -> None:
        self.kind, self.file, self.line, self.column = kind, file, line, column
        place = f"{file}:{line}:{column}" if line else file
        super().__init__(Phrase("{place}: {what}", place=place, what=message) if place else message)


class UnknownWordError(ScenarioError, KeyError):
    """A name that is not among the known ones.

    Parameters
    ----------
    kind
        What the name should have named, for example ``"issue"``.
    name
        The name as given.
    known
        What would have been right. Of more than twenty the message lists the twenty nearest, the nearest first.
    nearest
        The one that was probably meant.
    remedy
        A sentence on where all of them are listed, or on what to do where there are none.
    """

    def __init__(
        self, kind: str, name: str, known: tuple[str, ...] = (), *, nearest: str | None = None, remedy: str = ""
    ) -> None:
        self.kind, self.name, self.known, self.nearest = kind, name, known, nearest
        given: Any = name  # callers from Python need not check types
        words = [word for word in known if word != given] if isinstance(given, str) else []
        twin = next((word for word in words if easily_confused((word, given))), None)
        hint = "" if nearest is None else Phrase("Did you mean {name}?", name=repr(nearest))
        if twin is not None:
            hint = Phrase(
                "Did you mean {name}? It looks alike, but is written in other letters or capitals.", name=repr(twin)
            )
        said = {"kind": kind_said(kind), "name": quoted(name)}
        told = Phrase("unknown {kind} {name}.", **said)
        if known:
            told = Phrase("unknown {kind} {name}; known: {known}.", **said, known=_listed(name, known))
        super().__init__(Several((told, hint, remedy)))

    def __str__(self) -> str:
        return str(self.args[0])


def _listed(name: object, known: tuple[str, ...]) -> str:
    """Return the words that would have been right, or the nearest of many and how many more there are."""
    if len(known) <= _MOST_LISTED:
        return Several((repr(word) for word in known), "commas")
    near = sorted(known, key=lambda word: -SequenceMatcher(None, str(name)[:_LONGEST_QUOTED], word).ratio())
    shown = Several((repr(word) for word in near[:_MOST_LISTED]), "commas")
    return Phrase("{known}, and {n} more", known=shown, n=str(len(known) - _MOST_LISTED))


def kind_said(kind: str) -> str:
    """Return what a name should have named, as a word that a page can translate; what has none stands as it is."""
    return kind if isinstance(kind, Phrase) else _KINDS.get(kind, kind)


_KINDS = {
    str(word): word
    for word in (
        Phrase("actor"), Phrase("area"), Phrase("bloc"), Phrase("claim"), Phrase("clause"), Phrase("command"),
        Phrase("form"), Phrase("issue"), Phrase("kind of file"), Phrase("language"), Phrase("ledger"), Phrase("list"),
        Phrase("notice"), Phrase("option"), Phrase("package"), Phrase("participant"), Phrase("party"), Phrase("row"),
        Phrase("rule"), Phrase("scenario"), Phrase("seat"), Phrase("text"), Phrase("version"),
    )
}  # fmt: skip


class ForecastInputError(GoodOfficesError, ValueError):
    """A value that no forecast can be computed from; the message names actor, issue, value and what would be right."""


class ForecastUndefinedError(GoodOfficesError, ValueError):
    """A model that has no answer for these values; the message names one that has."""


class UnknownModelError(UnknownWordError):
    """A name that is not a forecasting model; ``nearest`` is the one that was probably meant."""


class DatasetError(GoodOfficesError, ValueError):
    """A file of cases with outcomes that cannot be scored as it stands; the message names file and row."""


class RefusedError(GoodOfficesError, PermissionError):
    """The rules of the talks forbid a command; ``code`` is one of the refusal codes.

    Parameters
    ----------
    code
        The refusal code, for programs.
    sentence
        What the person who asked is shown.
    values
        What fills the sentence, for showing it in another language.
    """

    def __init__(self, code: str, sentence: str, values: tuple[tuple[str, str], ...] = ()) -> None:
        self.code, self.sentence, self.values = code, sentence, values
        super().__init__(sentence)


class StorageError(GoodOfficesError, OSError):
    """The record cannot be read or written where it is asked to be: full, read-only, missing, locked."""


class SilentRecordError(StorageError):
    """The record does not answer. Whether what was sent is kept is known when it does; sent again, it is done once."""


class RecordTakenError(StorageError):
    """Another process has the record now, which this one had: it may not write any more."""


class DamagedRecordError(StorageError):
    """The stored record is not what was written; ``seq`` is the first damaged act, if one can be named."""

    def __init__(self, message: str, *, seq: int | None = None) -> None:
        self.seq = seq
        super().__init__(message)


class ConcurrentUpdateError(StorageError):
    """Another writer appended first; read on and decide again."""


class KeyReusedError(GoodOfficesError, ValueError):
    """A request key came again with other content."""


class WrongKeyError(GoodOfficesError, PermissionError):
    """The passphrase or key does not open this record."""


class WrongKindError(GoodOfficesError, ValueError):
    """A live record where an exercise is meant, or the reverse."""


class NewerFormatError(GoodOfficesError, ValueError):
    """Something written by a newer Good Offices."""


class BadSealError(GoodOfficesError, ValueError):
    """A sealed file or receipt with a wrong seal or signature."""


class FaultyNegotiatorError(GoodOfficesError, RuntimeError):
    """An automated negotiator that gave no usable move: too slow, stopped, or sending something else than a move."""


class RehearsalStoppedError(GoodOfficesError, RuntimeError):
    """Runs of a rehearsal that could not be finished; what was finished is kept."""
