"""Commands of the holders of a version: comment on a clause, propose or drop variants, mark divergences."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, Words
from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_texts import KnownText, KnownVersion

EVERYONE = "*"
"""In ``show``: every holder may know the proposer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Command):
    """Comment on a clause of a version released to you: accept it, do not accept it, propose words, or ask.

    The pen and the seats in ``to`` are told. ``show`` are the seats that may learn that proposed words are yours: left
    out nobody, ``*`` all who hold the text.
    """

    version: str
    clause: str
    sort: CommentSort
    words: Words | None = None
    to: tuple[str, ...] = ()
    show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeVariant(Command):
    """Propose a variant of a clause yourself, while the pen is open to you. All who hold the version see it.

    ``show`` are the seats that may learn that it is yours: left out nobody, ``*`` all who hold the text.
    """

    version: str
    clause: str
    words: Words
    show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DropVariant(Command):
    """Give up a variant that you proposed. All who hold it are told."""

    variant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDivergence(Command):
    """Say that the languages of a version differ in meaning at a clause. The pen and the seats in ``to`` are told."""

    version: str
    clause: str
    languages: tuple[str, ...]
    words: Words
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentMade(Content):
    """A holder commented on a clause."""

    FACES = {
        Face.SELF: ("comment", "version", "clause", "sort", "words", "to", "show"),
        Face.PEN: ("comment", "version", "clause", "sort", "words", "show"),
        Face.NAMED: ("comment", "version", "clause", "sort", "words"),
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
    """A seat proposed a variant under an open pen. Holders are not told which seat, unless the proposer wants it."""

    FACES = {
        Face.SELF: ("variant", "version", "clause", "words", "show"),
        Face.PEN: ("variant", "version", "clause", "words", "show"),
        Face.NAMED: ("variant", "version", "clause", "words"),
        Face.HOLDER: ("variant", "version", "clause", "words"),
    }
    NEW = {"variant": "va"}
    REFS = ("version", "clause")
    HIDES_BY = (Face.HOLDER,)

    variant: Ref
    version: Ref
    clause: Ref
    words: Words
    show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantDropped(Content):
    """A proposer gave up a variant. Holders learn which seat it was only if they know the proposer."""

    FACES = {Face.SELF: ("variant",), Face.NAMED: ("variant",), Face.HOLDER: ("variant",)}
    REFS = ("variant",)
    HIDES_BY = (Face.HOLDER,)

    variant: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class DivergenceMarked(Content):
    """A holder said that two languages differ in meaning at a clause, although their structure is equal."""

    FACES = {
        Face.SELF: ("version", "clause", "languages", "words", "to"),
        Face.ALL: ("version", "clause", "languages", "words"),
    }
    REFS = ("version", "clause")

    version: Ref
    clause: Ref
    languages: tuple[str, ...]
    words: Words
    to: tuple[str, ...] = ()


def held_version(context: CommandContext, handle: str) -> tuple[Ref, KnownVersion, KnownText]:
    """Return a version and its text. Refused unless the asking seat holds the version."""
    thing, version = context.find(handle, context.known.versions)
    return thing, version, context.known.texts[version.text]


def _clause(context: CommandContext, version: KnownVersion, handle: str) -> Ref:
    if handle not in version.clauses:
        raise context.refuse("unknown", case="clause", handle=version.handle)
    return context.id_of(handle)


def _commentable(context: CommandContext, handle: str) -> tuple[Ref, KnownVersion, KnownText]:
    """Return a version and its text. Refused unless it was released to the asking seat for comments."""
    thing, version, text = held_version(context, handle)
    if text.pen == context.seat or not version.comment:
        case = "pen" if text.pen == context.seat else "comment"
        raise context.refuse("not_released", case=case, handle=handle)
    return thing, version, text


def _shown_to(context: CommandContext, show: tuple[str, ...]) -> tuple[str, ...]:
    return (EVERYONE,) if EVERYONE in show else context.known_seats(show)


def comment(context: CommandContext, command: Comment) -> None:
    """Comment on a clause, and tell the pen and the seats named. Refused unless the version is open for comments."""
    thing, version, text = _commentable(context, command.version)
    needs_words = command.sort in (CommentSort.PROPOSE, CommentSort.ASK)
    if needs_words and (command.words is None or not command.words.text.strip()):
        raise context.refuse(
            "bad_value", why="Nothing was written. Write the words that you propose, or your question."
        )
    to = context.known_seats(command.to)
    made = CommentMade(
        comment=context.new(),
        version=thing,
        clause=_clause(context, version, command.clause),
        sort=command.sort,
        words=command.words,
        to=to,
        show=_shown_to(context, command.show),
    )
    seen = [(context.seat, Face.SELF), (text.pen, Face.PEN), *((seat, Face.NAMED) for seat in to)]
    context.write(made, seen)


def propose_variant(context: CommandContext, command: ProposeVariant) -> None:
    """Propose a variant and tell all holders. Refused unless the pen is open to the asking seat for this clause.

    The pen and the seats in ``show`` also learn who proposed it.
    """
    thing, version, text = held_version(context, command.version)
    clause = _clause(context, version, command.clause)
    opening = text.opening
    barred = opening is None or context.at >= opening.until or context.seat not in opening.seats
    if opening is None or barred or not (opening.whole or command.clause in opening.clauses):
        raise context.refuse("not_pen", case="closed", who=text.pen)
    if not command.words.text.strip():
        raise context.refuse("bad_value", why="Nothing was written. Write the words that you propose.")
    show = _shown_to(context, command.show)
    made = VariantProposed(variant=context.new(), version=thing, clause=clause, words=command.words, show=show)
    holders = context.seen_by(thing)
    named = holders if EVERYONE in show else tuple(seat for seat in holders if seat in show)
    seen = [(context.seat, Face.SELF), (text.pen, Face.PEN), *((seat, Face.NAMED) for seat in named)]
    context.write(made, [*seen, *((seat, Face.HOLDER) for seat in holders)])


def drop_variant(context: CommandContext, command: DropVariant) -> None:
    """Drop a variant and tell all its holders. Refused unless the asking seat proposed it."""
    thing, variant = context.find(command.variant, context.known.variants)
    if variant.proposer != context.seat:
        raise context.refuse("not_yours", case="variant", handle=command.variant)
    if variant.dropped:
        raise context.refuse("done", case="variant", handle=command.variant)
    holders = context.seen_by(thing)
    holding = [
        v for v in context.known.versions.values() if command.variant in v.variants or v.handle == variant.version
    ]
    pens = {context.known.texts[version.text].pen for version in holding}
    knowing = [seat for seat in holders if seat in pens or seat in variant.show or EVERYONE in variant.show]
    seen = [
        (context.seat, Face.SELF),
        *((seat, Face.NAMED) for seat in knowing),
        *((seat, Face.HOLDER) for seat in holders),
    ]
    context.write(VariantDropped(variant=thing), seen)


def mark_divergence(context: CommandContext, command: MarkDivergence) -> None:
    """Mark a divergence of languages, and tell the pen and the seats named."""
    thing, version, text = held_version(context, command.version)
    held = {lang for lang, _ in version.hashes}
    if len(set(command.languages)) < 2 or not set(command.languages) <= held:
        raise context.refuse("bad_value", case="two_languages", known=", ".join(sorted(held)))
    to = context.known_seats(command.to)
    made = DivergenceMarked(
        version=thing,
        clause=_clause(context, version, command.clause),
        languages=command.languages,
        words=command.words,
        to=to,
    )
    context.tell(made, (text.pen, *to))
