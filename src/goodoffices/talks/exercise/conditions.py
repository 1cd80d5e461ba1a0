"""Conditions of injects: a small closed language over what happens in the talks. It is parsed, never evaluated as code.

``stance(russia, statement) == refused``, ``session_open(opening)``, ``partial_release(text='statement')``,
``no_act(opposition, for=PT30M)``, ``adopted(statement)``, ``told(paper, opposition, government)``, ``given(leak)``;
joined with ``and``, ``or``, ``not`` and parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.names import nearest_word
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.enums import StanceKind

FORMS: Mapping[str, tuple[str, ...]] = {
    "stance": ("actor", "text"),
    "session_open": ("name",),
    "partial_release": ("text",),
    "no_act": ("seat", "for"),
    "adopted": ("text",),
    "told": ("kind", "from", "to"),
    "given": ("inject",),
}
"""The terms of the language, and what each names, in order."""
_TOKEN = re.compile(r"\s*(?:(?P<word>[A-Za-z0-9][A-Za-z0-9_-]*)|(?P<quoted>'[^']*'|\"[^\"]*\")|(?P<mark>==|[(),=]))")
_LENGTH = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?")
_MARKS = ("(", ")", ",", "=", "==")
_MOST = 500


class WhatHappened(Protocol):
    """What a condition may ask of the talks as a whole."""

    def stance(self, actor: str, text: str) -> frozenset[str]:
        """Return the kinds of stance that an actor has on a text now."""

    def session_open(self, name: str) -> bool:
        """Return whether a session of that name is open."""

    def partial_release(self, text: str) -> bool:
        """Return whether a version of a text was released to some and not to all at once."""

    def adopted(self, text: str) -> bool:
        """Return whether a version of a text was adopted."""

    def told(self, kind: str, giver: str, to: str) -> bool:
        """Return whether an item of a kind from one seat was told to another."""

    def given(self, inject: str) -> bool:
        """Return whether an inject was given."""

    def last_act(self, seat: str) -> datetime | None:
        """Return when a seat last acted, or when the exercise started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One question about the talks: its form, what it names in order, and the stance it compares with."""

    form: str
    names: tuple[str, ...]
    equals: str = ""

    @property
    def length(self) -> timedelta:
        """How long nobody acted, of a term ``no_act``."""
        return length_of(self.names[1])

    def holds(self, talks: WhatHappened, at: datetime) -> bool:
        """Return whether it holds at a moment, after all that has happened by then."""
        return _HOLDS[self.form](self, talks, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Conditions of which all hold, or any, or the only one does not."""

    word: str
    parts: tuple[Condition, ...]

    def holds(self, talks: WhatHappened, at: datetime) -> bool:
        """Return whether it holds at a moment, after all that has happened by then."""
        found = [part.holds(talks, at) for part in self.parts]
        return not found[0] if self.word == "not" else all(found) if self.word == "and" else any(found)


Condition = Term | Joined


def _silent(term: Term, talks: WhatHappened, at: datetime) -> bool:
    last = talks.last_act(term.names[0])
    return last is not None and at - last >= term.length


_HOLDS: Mapping[str, Callable[[Term, WhatHappened, datetime], bool]] = {
    "stance": lambda term, talks, at: term.equals in talks.stance(*term.names),
    "session_open": lambda term, talks, at: talks.session_open(*term.names),
    "partial_release": lambda term, talks, at: talks.partial_release(*term.names),
    "no_act": _silent,
    "adopted": lambda term, talks, at: talks.adopted(*term.names),
    "told": lambda term, talks, at: talks.told(*term.names),
    "given": lambda term, talks, at: talks.given(*term.names),
}


def terms_of(condition: Condition) -> Iterator[Term]:
    """Yield the terms of a condition, from left to right."""
    if isinstance(condition, Term):
        yield condition
    else:
        for part in condition.parts:
            yield from terms_of(part)


def first_moment(condition: Condition, talks: WhatHappened, *, since: datetime, until: datetime) -> datetime | None:
    """Return the first moment from ``since`` to ``until`` at which a condition holds, if nothing more happens.

    ``since`` is the time of the last act. Between acts only silence grows, so only the ends of silences are tried.
    """
    silences = [
        last + term.length
        for term in terms_of(condition)
        if term.form == "no_act" and (last := talks.last_act(term.names[0])) is not None
    ]
    moments = [since, *sorted(at for at in silences if since < at <= until)]
    return next((at for at in moments if at <= until and condition.holds(talks, at)), None)


def length_of(text: str) -> timedelta:
    """Return a length of time as ISO 8601 writes it, such as ``PT30M`` or ``PT1H30M``.

    Raises
    ------
    ScenarioError
        If it is not written so.
    """
    fits = _LENGTH.fullmatch(text)
    if fits is None or not any(fits.groups()) or len(text) > 12:
        raise ScenarioError(
            Phrase("{text} is not a length of time; write it like PT30M or PT1H30M", text=repr(text[:40]))
        )
    return timedelta(hours=int(fits[1] or 0), minutes=int(fits[2] or 0))


def parse_condition(text: str) -> Condition:
    """Return the condition that ``text`` says.

    Raises
    ------
    ScenarioError
        If it is not one. The message says what stands there, and what could.
    """
    if len(text) > _MOST:
        raise ScenarioError(
            Phrase("the condition has {n} characters; it may have {most}", n=str(len(text)), most=str(_MOST))
        )
    reader = _Reader(_tokens(text))
    condition = reader.either()
    if reader.next() is not None:
        raise ScenarioError(
            Phrase(
                "{found} stands after the end of the condition; join two with 'and' or 'or'", found=repr(reader.next())
            )
        )
    return condition


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while text[at:].strip():
        fits = _TOKEN.match(text, at)
        if fits is None:
            raise ScenarioError(
                Phrase(
                    "{found} cannot stand in a condition; use names, brackets and '=='",
                    found=repr(text[at:].strip()[:20]),
                )
            )
        tokens.append(fits["word"] or fits["quoted"] or fits["mark"])
        at = fits.end()
    if not tokens:
        raise ScenarioError(Phrase("the condition is empty; write one, or give the inject a time"))
    return tokens


class _Reader:
    """Reads the tokens of one condition, from the left."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._at, self._deep = tokens, 0, 0

    def next(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def take(self) -> str:
        word = self.next()
        if word is None:
            raise ScenarioError(
                Phrase("the condition ends too early; close its brackets, and write both sides of 'and'")
            )
        self._at += 1
        return word

    def expect(self, wanted: str, where: str) -> None:
        found = self.take()
        if found != wanted:
            raise ScenarioError(
                Phrase(
                    "{found} stands {where}; write {wanted} there",
                    found=repr(found),
                    where=where,
                    wanted=repr(wanted),
                )
            )

    def either(self) -> Condition:
        return self._joined("or", lambda: self._joined("and", self._single))

    def _joined(self, word: str, part: Callable[[], Condition]) -> Condition:
        parts = [part()]
        while self.next() == word:
            self.take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(word=word, parts=tuple(parts))

    def _single(self) -> Condition:
        self._deep += 1
        if self._deep > _MOST // 10:
            raise ScenarioError(Phrase("the condition has too many brackets; write it more simply"))
        try:
            first = self.take()
            if first == "not":
                return Joined(word="not", parts=(self._single(),))
            if first == "(":
                inner = self.either()
                self.expect(")", Phrase("at the end of a bracket"))
                return inner
            return self._term(first)
        finally:
            self._deep -= 1

    def _term(self, form: str) -> Term:
        if form not in FORMS:
            near = nearest_word(form, FORMS)
            known = ", ".join(FORMS)
            raise ScenarioError(
                f"{form!r} is not a question of this language; it has: {known}"
                + (f". Did you mean {near!r}?" if near else "")
            )
        self.expect("(", Phrase("after {form}", form=repr(form)))
        names = self._names(form)
        equals = ""
        if form == "stance":
            self.expect("==", Phrase("after {form}", form="'stance(…)'"))
            equals = _unquoted(self.take())
            if equals not in list(StanceKind):
                raise ScenarioError(
                    Phrase(
                        "{found} is not a stance; the stances are: {known}",
                        found=repr(equals),
                        known=", ".join(StanceKind),
                    )
                )
        term = Term(form=form, names=names, equals=equals)
        if form == "no_act":
            length_of(names[1])
        return term

    def _names(self, form: str) -> tuple[str, ...]:
        wanted = FORMS[form]
        given: dict[str, str] = {}
        while True:
            value = self.take()
            if self.next() == "=":
                self.take()
                if value not in wanted:
                    raise ScenarioError(
                        Phrase(
                            "{form} has no part {value}; it has: {wanted}",
                            form=repr(form),
                            value=repr(value),
                            wanted=", ".join(wanted),
                        )
                    )
                name, value = value, self.take()
            else:
                name = next((one for one in wanted if one not in given), "")
            if not name or name in given or value in _MARKS:
                raise ScenarioError(
                    Phrase(
                        "{form} is written like {example}",
                        form=repr(form),
                        example=f"{form}({', '.join(wanted)})",
                    )
                )
            given[name] = _unquoted(value)
            mark = self.take()
            if mark == ")":
                break
            if mark != ",":
                raise ScenarioError(
                    Phrase(
                        "{mark} stands between the names of {form}; write ',' or ')' there",
                        mark=repr(mark),
                        form=repr(form),
                    )
                )
        if len(given) != len(wanted):
            raise ScenarioError(
                Phrase(
                    "{form} is written like {example}",
                    form=repr(form),
                    example=f"{form}({', '.join(wanted)})",
                )
            )
        return tuple(given[name] for name in wanted)


def _unquoted(token: str) -> str:
    return token[1:-1] if token[:1] in "'\"" else token
