"""Acts: what happened, by whom, in which role, and which seat sees what of it.

An act is an envelope around one *content*, such as ``ItemRelayed`` or ``SessionOpened``. Each content class declares:

- ``FACES``: the fields that each face shows;
- ``NEW``: the fields that name a thing which the act creates, with the letter of its handles (``NEW_BY_FACE`` gives
  another letter for a face);
- ``REFS``: the fields that name things which exist already;
- ``HIDES_BY``: the faces that do not say who acted.

The audience, pairs of seat and face, is written into the act when the act is decided. It never changes.

People's words are stored apart from the rest of the act, its *head*. The head names them by body id and digest. So
the words can be destroyed, and the chain of heads still verifies.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, ClassVar, NewType

from goodoffices.canonical_json import canonical, holds_only_texts, parse_canonical
from goodoffices.data_class import dataclass
from goodoffices.errors import DamagedRecordError, ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.serialization import instant_text, parse_instant, to_plain
from goodoffices.talks.base.states import Face
from goodoffices.unseen_characters import first_uncarried, named


def body(value: Mapping[str, Any] | None) -> Body | None:
    """Return the body that a notice names, or ``None`` if it names none."""
    return None if value is None else Body(**value)


def bodies(values: list[Mapping[str, Any]]) -> tuple[Body, ...]:
    """Return the bodies that a notice names."""
    return tuple(Body(**value) for value in values)


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


Ref = NewType("Ref", str)
"""The name of a thing: an internal id in acts; in commands and notices a handle of one seat."""


CLOCK = "clock"
"""The seat of the clock: it sees what deadlines need, and acts when a deadline passes."""


PUBLIC = "public"
"""The viewer who sees only what has been published."""


def check_language(code: str) -> None:
    """Raise `ScenarioError` for what is not a language code."""
    if not _LANGUAGE.fullmatch(code):
        raise ScenarioError(
            Phrase("{code} is not a language code; write it like en, ar or zh-Hant", code=repr(code[:20]))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody wrote, in one language. The text is new with this act."""

    text: str
    lang: str = "en"

    def __post_init__(self) -> None:
        found = first_uncarried(self.text)
        if found is not None:
            raise ScenarioError(
                Phrase("the text has a character that no document can carry, {found}; remove it", found=named(found))
            )
        check_language(self.lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A text that is stored apart from its act: which body, in which language, with which digest.

    ``digest`` is the digest of the text as it was entered. In a record from format 2 on it is made with the text's own
    key, and ``size`` is a class of lengths, so that neither helps to guess a text that was destroyed: only texts
    themselves can be compared. ``id`` is internal and never shown: a view shows two bodies
    with the same text alike.
    """

    id: str
    lang: str
    digest: str
    size: int = 0


class Content:
    """Base class for what happened in an act. Subclasses are frozen dataclasses."""

    __slots__ = ()
    FACES: ClassVar[Mapping[str, tuple[str, ...]]]
    NEW: ClassVar[Mapping[str, str]] = {}
    NEW_BY_FACE: ClassVar[Mapping[tuple[str, str], str]] = {}
    REFS: ClassVar[tuple[str, ...]] = ()
    HIDES_BY: ClassVar[tuple[Face, ...]] = ()
    VERSION: ClassVar[int] = 1


def faces(*fields: str) -> dict[str, tuple[str, ...]]:
    """Return the faces of an act that shows its author and its audience the same fields."""
    return {Face.SELF: fields, Face.ALL: fields}


AudienceEntry = tuple[str, str]
"""A seat and the face of the act that it sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One recorded act. ``data`` is the content as plain values; ``bodies`` are the new texts, in order.

    ``at`` is the time at which the record got the act; for an act of the clock it is the deadline itself.
    ``happened_at`` is the time at which it is said to have happened. ``entered_by`` differs from ``seat`` if another
    seat entered the act. ``real_at`` is the time by the clock on the wall at which an exercise got the act; nobody's
    view has it.
    """

    seq: int
    kind: str
    version: int = 1
    at: datetime
    seat: str
    role: str = ""
    person: str | None = None
    entered_by: str | None = None
    happened_at: datetime | None = None
    on_paper: str | None = None
    second: str | None = None
    real_at: datetime | None = None
    audience: tuple[AudienceEntry, ...]
    data: Mapping[str, Any]
    bodies: tuple[str | None, ...] = ()

    def body_ids(self) -> Iterable[str]:
        """Return the ids of the bodies that are new with this act, in order."""
        return (f"{self.seq}.{k}" for k in range(len(self.bodies)))


def lay_out(seq: int, content: Content) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the plain data of ``content`` for act number ``seq``, and its new texts in order."""
    texts: list[str] = []

    def body(words: Words) -> dict[str, Any]:
        texts.append(words.text)
        digest = hashlib.sha256(words.text.encode()).hexdigest()
        made = Body(id=f"{seq}.{len(texts) - 1}", lang=words.lang, digest=digest, size=len(words.text))
        return dict(to_plain(made))

    def plain(value: Any) -> Any:
        if isinstance(value, Words):
            return body(value)
        if isinstance(value, tuple):
            if holds_only_texts(value):
                return [one if isinstance(one, str) else list(one) for one in value]
            return [plain(item) for item in value]
        return to_plain(value)

    pairs = ((f.name, getattr(content, f.name)) for f in fields(content))  # type: ignore[arg-type]
    return {name: plain(value) for name, value in pairs if value is not None and value != ()}, tuple(texts)


_ENVELOPE = ("role", "person", "entered_by", "on_paper", "second")
_HEAD = {"kind", "version", "at", "seat", "audience", "data"}


def encode_act(act: Act) -> tuple[bytes, tuple[bytes, ...]]:
    """Return the act as the record stores it: the canonical head, and the bytes of each body.

    Raises
    ------
    ScenarioError
        If a body has been destroyed. Such an act can be read but not written again.
    """
    head: dict[str, Any] = {
        "kind": act.kind,
        "version": act.version,
        "at": instant_text(act.at),
        "seat": act.seat,
        "audience": [list(seen) for seen in act.audience],
        "data": act.data,
    }
    head.update({name: getattr(act, name) for name in _ENVELOPE if getattr(act, name)})
    if act.happened_at is not None:
        head["happened_at"] = instant_text(act.happened_at)
    if act.real_at is not None:
        head["real_at"] = instant_text(act.real_at)
    bodies = []
    for text in act.bodies:
        if text is None:
            raise ScenarioError(f"act {act.seq} cannot be written again: some of its text has been destroyed")
        bodies.append(text.encode())
    return canonical(head), tuple(bodies)


def decode_act(seq: int, head: bytes, bodies: tuple[bytes | None, ...]) -> Act:
    """Return act number ``seq`` from its stored head and bodies (``None``: destroyed).

    Raises
    ------
    DamagedRecordError
        If the head is not the head of an act.
    """
    return act_of(seq, read_head(seq, head), read_texts(seq, bodies))


def read_texts(seq: int, bodies: Iterable[bytes | None]) -> tuple[str | None, ...]:
    """Return the texts in the stored bodies of act number ``seq``; raise `DamagedRecordError` if one is not a text."""
    try:
        return tuple([None if body is None else body.decode() for body in bodies])
    except ValueError as error:
        raise _unreadable(seq, error) from error


def read_head(seq: int, head: bytes) -> dict[str, Any]:
    """Return the plain values in the stored head of act number ``seq``.

    Raises
    ------
    DamagedRecordError
        If the head is not the head of an act.
    """
    try:
        plain: dict[str, Any] = parse_canonical(head)
        parse_instant(plain["at"])
        for name in ("happened_at", "real_at"):
            if plain.get(name) is not None:
                parse_instant(plain[name])
        if not plain.keys() >= _HEAD or set(map(len, plain["audience"])) - {2}:
            raise ValueError("something is missing")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unreadable(seq, error) from error
    return plain


def act_of(seq: int, plain: dict[str, Any], texts: tuple[str | None, ...]) -> Act:
    """Return act number ``seq``, with what `read_head` and `read_texts` returned."""
    happened, real = plain.get("happened_at"), plain.get("real_at")
    return Act(
        seq=seq,
        kind=plain["kind"],
        version=plain["version"],
        at=parse_instant(plain["at"]),
        seat=plain["seat"],
        role=plain.get("role", ""),
        person=plain.get("person"),
        entered_by=plain.get("entered_by"),
        happened_at=None if happened is None else parse_instant(happened),
        on_paper=plain.get("on_paper"),
        second=plain.get("second"),
        real_at=None if real is None else parse_instant(real),
        audience=tuple(map(tuple, plain["audience"])),
        data=plain["data"],
        bodies=texts,
    )


def _unreadable(seq: int, error: Exception) -> DamagedRecordError:
    return DamagedRecordError(f"act {seq} is not readable: {error}; restore a backup", seq=seq)
