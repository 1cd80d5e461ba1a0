"""The parts of a brief: titled tables of words, and how claims are shown in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodoffices.talks.base.enums import ValueKind
from goodoffices.talks.model.claims import Value
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A titled table. ``empty`` is said in place of a table without rows; ``note`` stands below."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled group of tables."""

    title: str
    parts: tuple[Part, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Of what an answer is, and from where: a seat's view of talks, or a file that has no seats."""

    title: str
    kind: str = ""
    seat: str = ""
    seat_name: str = "this file"

    @classmethod
    def of(cls, view: View) -> Heading:
        """Return the heading of what one seat is shown."""
        header = view.known.header
        return cls(title=header.title, kind=header.kind.value, seat=view.seat, seat_name=view.name(view.seat))

    @property
    def rests_on(self) -> str:
        """On what the answer rests."""
        return "From this seat's assessments" if self.seat else "From this file"


def listed(items: Iterable[str]) -> str:
    """Return items as one text, or a dash if there are none."""
    return "; ".join(items) or "–"


def on_whose_word(view: View, slug: str | None) -> str:
    """Return the chain of attribution of a claim by its slug, if this view has it."""
    if slug is None:
        return "–"
    found = next((claim for claim in view.known.claims.values() if claim.claim.slug == slug), None)
    return "–" if found is None else chain_text(view, found)


def chain_text(view: View, known: KnownClaim) -> str:
    """Return a claim's chain (outlet, agency, speaker), marking an outlet close to a side, and the claim's name."""
    claim = known.claim
    source = view.known.sources.get(claim.source or "")
    side = f" ({source.side})" if source is not None and source.side is not None else ""
    links = [link.speaker for link in claim.chain]
    return f"{links[0]}{side}" + "".join(f" ← {link}" for link in links[1:]) + f" [{claim.slug}]"


def value_text(view: View, value: Value) -> str:
    """Return a claim's value in words."""
    if value.kind is ValueKind.NUMBER:
        return str(value.low)
    if value.kind is ValueKind.AT_LEAST:
        return f"at least {value.low}"
    if value.kind is ValueKind.RANGE:
        return f"{value.low} to {value.high}"
    if value.kind is ValueKind.ACTORS:
        return listed(view.name(actor) for actor in value.actors)
    if value.kind is ValueKind.YES_NO:
        return "yes" if value.yes else "no"
    if value.kind is ValueKind.INSTANT:
        return value.instant.strftime("%Y-%m-%d %H:%M UTC") if value.instant is not None else str(value.day)
    return value.words or ""


def claim_row(view: View, known: KnownClaim) -> tuple[str, str, str, str]:
    """Return a claim as a row: what it says, when, on whose word, how strong; seed claims are marked."""
    claim = known.claim
    mark = " (seed report)" if claim.in_seed else ""
    when = str(claim.asserted_on or claim.when_from or "–")
    return value_text(view, claim.value), when, chain_text(view, known) + mark, claim.strength.value


def claims_part(view: View, question: str, title: str) -> Part:
    """Return every claim on one question, oldest assertion first: nothing is averaged, counted or dropped."""
    claims = [c for c in view.known.claims.values() if c.claim.question == question and c.replaced_by is None]
    ordered = sorted(claims, key=lambda c: (str(c.claim.asserted_on or c.claim.when_from or ""), c.claim.slug))
    rows = tuple((view.name(c.claim.about), c.claim.aspect, *claim_row(view, c)) for c in ordered)
    said = next((said for slug, _, said in view.known.header.questions if slug == question), "")
    return Part(
        title=title, columns=("about", "aspect", "says", "when", "on whose word", "strength"), rows=rows, note=said
    )
