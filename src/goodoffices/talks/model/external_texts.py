"""Texts that exist in the world, by name, with what is claimed of who did what with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodoffices.talks.base.enums import StanceKind, TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidStance:
    """That an actor took a stance on a text of the world, according to a claim.

    ``by`` is the actor whose word it is, where the claim's chain names none.
    """

    actor: str
    kind: StanceKind
    claim: str
    by: str | None = None
    dated: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDivergence:
    """That the languages of a text of the world differ in sense at a clause, according to claims."""

    clause: str
    languages: tuple[str, ...]
    words: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """A text that exists in the world, by name: claims, guarantees and commitments point at it.

    ``copy_of`` names the text of which this is one copy. ``about`` are the actors of whom it speaks, ``required`` those
    whose agreement it needs. ``authentic`` are the languages that count, ``prevails`` the one that prevails (*none*:
    all are equal; empty: it does not say). ``papers`` are its words by language, as Markdown: a summary of ours.
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
