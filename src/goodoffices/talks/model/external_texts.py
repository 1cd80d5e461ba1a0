"""Texts of the world, outside these talks, with claims about who did what with them."""

from __future__ import annotations

from datetime import date, datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import StanceKind, TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidStance:
    """A stance of an actor on a text of the world, according to a claim.

    ``by`` is the actor that says so, if the claim's chain names none.
    """

    actor: str
    kind: StanceKind
    claim: str
    by: str | None = None
    dated: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDivergence:
    """A difference in meaning between the languages of a text of the world, in one clause, according to claims."""

    clause: str
    languages: tuple[str, ...]
    words: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """A text of the world, by name. Claims, guarantees and commitments refer to it.

    ``copy_of`` names the text that this is a copy of. ``about`` are the actors that it is about; ``required`` are those
    that must agree to it. ``authentic`` are the languages that count. ``prevails`` is the language that prevails:
    *none* if all are equal, empty if the text does not say. ``papers`` are Markdown summaries of it by language,
    written by the author of the talks file.
    """

    slug: str
    title: str
    kind: TextKind | None = None
    dated: date | None = None
    issued_by: tuple[str, ...] = ()
    read_out_by: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    authentic: tuple[str, ...] = ()
    prevails: str = ""
    copy_of: str = ""
    about: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    stances: tuple[SaidStance, ...] = ()
    divergences: tuple[SaidDivergence, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    claims: tuple[str, ...] = ()
    known_from: datetime | date | None = None
