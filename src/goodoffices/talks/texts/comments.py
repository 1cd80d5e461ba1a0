"""What holders say of a version: comments by clause, variants under an open pen, divergences between languages."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.talks.base.acts import Content, Ref, Words
from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_texts import KnownText, KnownVersion

EVERYONE = "*"
"""In ``show``: every holder may know who proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Command):
    """Say of a clause of a version released to you: can accept, cannot accept, proposes words, asks.

    It goes to the pen, and to the seats named in ``to``. ``show`` names who may learn that proposed words are yours:
    nobody (left out), seats, or ``*`` for all who hold the text.
    """

    version: str
    clause: str
    sort: CommentSort
    words: Words | None = None
    to: tuple[str, ...] = ()
    show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeVariant(Command):
    """Table a variant of a clause yourself, while the pen is open to you."""

    version: str
    clause: str
    words: Words
    show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DropVariant(Command):
    """Give up a variant that you proposed."""

    variant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDivergence(Command):
    """Say that the languages of a version differ in sense at a clause."""

    version: str
    clause: str
    languages: tuple[str, ...]
    words: Words
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentMade(Content):
    """A holder commented on a clause."""

    FACES = {
        "self": ("comment", "version", "clause", "sort", "words", "to", "show"),
        "pen": ("comment", "version", "clause", "sort", "words", "show"),
        "named": ("comment", "version", "clause", "sort", "words"),
    }
    NEW = {"comment": "co"}
    REFS = ("version", "clause")

    comment: Ref
    version: Ref
    clause: Ref
    sort: CommentSort
    words: Words | None = None
    to: tuple[str, ...] = ()
    show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantProposed(Content):
    """A seat tabled a variant under an open pen. Holders are not told who, unless the proposer wants it."""

    FACES = {
        "self": ("variant", "version", "clause", "words", "show"),
        "pen": ("variant", "version", "clause", "words", "show"),
        "named": ("variant", "version", "clause", "words"),
        "holder": ("variant", "version", "clause", "words"),
    }
    NEW = {"variant": "va"}
    REFS = ("version", "clause")
    HIDES_BY = ("holder",)

    variant: Ref
    version: Ref
    clause: Ref
    words: Words
    show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantDropped(Content):
    """A proposer gave up a variant. Holders are not told who, unless they were told who proposed it."""

    FACES = {"self": ("variant",), "named": ("variant",), "holder": ("variant",)}
    REFS = ("variant",)
    HIDES_BY = ("holder",)

    variant: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class DivergenceMarked(Content):
    """A holder said that two languages differ in sense at a clause, though their structure is equal."""

    FACES = {
        "self": ("version", "clause", "languages", "words", "to"),
        "all": ("version", "clause", "languages", "words"),
    }
    REFS = ("version", "clause")

    version: Ref
    clause: Ref
    languages: tuple[str, ...]
    words: Words
    to: tuple[str, ...] = ()


def held_version(desk: CommandContext, handle: str) -> tuple[Ref, KnownVersion, KnownText]:
    """Return a version that the asking seat holds, and its text, or refuse."""
    thing, version = desk.find(handle, desk.known.versions)
    return thing, version, desk.known.texts[version.text]


def _clause(desk: CommandContext, version: KnownVersion, handle: str) -> Ref:
    if handle not in version.clauses:
        raise desk.refuse("unknown")
    return desk.id_of(handle)


def _commentable(desk: CommandContext, handle: str) -> tuple[Ref, KnownVersion, KnownText]:
    """Return a version that was released to the asking seat with leave to comment."""
    thing, version, text = held_version(desk, handle)
    if text.pen == desk.seat or not version.comment:
        raise desk.refuse("not_released")
    return thing, version, text


def _shown_to(desk: CommandContext, show: tuple[str, ...]) -> tuple[str, ...]:
    return (EVERYONE,) if EVERYONE in show else desk.known_seats(show)


def comment(desk: CommandContext, ask: Comment) -> None:
    """Decide ``Comment``."""
    thing, version, text = _commentable(desk, ask.version)
    needs_words = ask.sort in (CommentSort.PROPOSE, CommentSort.ASK)
    if needs_words and (ask.words is None or not ask.words.text.strip()):
        raise desk.refuse("bad_value", why="Write the words that you propose, or your question.")
    to = desk.known_seats(ask.to)
    made = CommentMade(
        comment=desk.new(),
        version=thing,
        clause=_clause(desk, version, ask.clause),
        sort=ask.sort,
        words=ask.words,
        to=to,
        show=_shown_to(desk, ask.show),
    )
    seen = [(desk.seat, "self"), (text.pen, "pen"), *((seat, "named") for seat in to)]
    desk.write(made, seen)


def propose_variant(desk: CommandContext, ask: ProposeVariant) -> None:
    """Decide ``ProposeVariant``: only while the pen of this text, and of this clause, is open to the seat."""
    thing, version, text = held_version(desk, ask.version)
    clause = _clause(desk, version, ask.clause)
    opening = text.opening
    barred = opening is None or desk.now >= opening.until or desk.seat not in opening.seats
    if opening is None or barred or not (opening.whole or ask.clause in opening.clauses):
        raise desk.refuse("not_pen", who=text.pen)
    if not ask.words.text.strip():
        raise desk.refuse("bad_value", why="Write the words that you propose.")
    show = _shown_to(desk, ask.show)
    made = VariantProposed(variant=desk.new(), version=thing, clause=clause, words=ask.words, show=show)
    holders = desk.seen_by(thing)
    named = holders if EVERYONE in show else tuple(seat for seat in holders if seat in show)
    seen = [(desk.seat, "self"), (text.pen, "pen"), *((seat, "named") for seat in named)]
    desk.write(made, [*seen, *((seat, "holder") for seat in holders)])


def drop_variant(desk: CommandContext, ask: DropVariant) -> None:
    """Decide ``DropVariant``."""
    thing, variant = desk.find(ask.variant, desk.known.variants)
    if variant.proposer != desk.seat:
        raise desk.refuse("not_yours")
    if variant.dropped:
        raise desk.refuse("done")
    holders = desk.seen_by(thing)
    holding = [v for v in desk.known.versions.values() if ask.variant in v.variants or v.handle == variant.version]
    pens = {desk.known.texts[version.text].pen for version in holding}
    knowing = [seat for seat in holders if seat in pens or seat in variant.show or EVERYONE in variant.show]
    seen = [(desk.seat, "self"), *((seat, "named") for seat in knowing), *((seat, "holder") for seat in holders)]
    desk.write(VariantDropped(variant=thing), seen)


def mark_divergence(desk: CommandContext, ask: MarkDivergence) -> None:
    """Decide ``MarkDivergence``: the pen is told, and the seats named."""
    thing, version, text = held_version(desk, ask.version)
    held = {lang for lang, _ in version.hashes}
    if len(set(ask.languages)) < 2 or not set(ask.languages) <= held:
        raise desk.refuse("bad_value", why=f"Name two languages of this version, of: {', '.join(sorted(held))}.")
    to = desk.known_seats(ask.to)
    made = DivergenceMarked(
        version=thing, clause=_clause(desk, version, ask.clause), languages=ask.languages, words=ask.words, to=to
    )
    desk.tell(made, (text.pen, *to))
