"""Commands on stances: what an actor does with one exact version, as a whole or in part, in named languages.

Adopting, signing, initialling, reading out and praising are different acts. A stance counts for one version only: after
any change of the text it does not count for the new version.
"""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, Words, faces
from goodoffices.talks.base.enums import Role, StanceKind
from goodoffices.talks.base.states import Face
from goodoffices.talks.decisions.eligibility import hindered
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_texts import KnownText, KnownVersion
from goodoffices.talks.state.permissions import lenders
from goodoffices.talks.texts.comments import held_version

_MAY: Mapping[StanceKind, frozenset[Role]] = {
    StanceKind.SIGNED: frozenset({Role.PARTY, Role.GUARANTOR}),
    StanceKind.INITIALLED: frozenset({Role.PARTY}),
    StanceKind.AD_REFERENDUM: frozenset({Role.PARTY}),
    StanceKind.WITNESSED: frozenset({Role.WITNESS, Role.HOST}),
    StanceKind.HELD: frozenset({Role.DEPOSITARY}),
    StanceKind.GUARANTEED: frozenset({Role.GUARANTOR}),
    StanceKind.OBJECTED: frozenset({Role.PARTY}),
}
"""The roles that may take each kind of stance. Kinds that are not listed have a rule of their own."""

_WHOLE = frozenset({StanceKind.SIGNED, StanceKind.ACCEDED, StanceKind.ISSUED})
_IN_THE_ROUND = frozenset({StanceKind.SIGNED, StanceKind.INITIALLED, StanceKind.AD_REFERENDUM, StanceKind.OBJECTED})
_RESERVABLE = frozenset({StanceKind.SIGNED, StanceKind.ACCEDED, StanceKind.INITIALLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStance(Command):
    """Take a stance on a version that you hold, such as signing, initialling or refusing it.

    ``parts`` are clauses; left out, the whole version. ``languages`` left out means the authentic ones. ``reserved``
    are clauses that your signature, accession or initials do not cover. ``words`` is the text of the reservation, the
    occasion or the reasons. ``to`` are the seats that see it; left out, all who hold the version.

    ``by_proxy_of`` is a seat that gave you its proxy to sign. ``beyond_mandate`` says that this goes beyond what you
    may agree to. A signature, accession or initials are then recorded as agreed ad referendum. Nobody sees the mandate.
    """

    version: str
    kind: StanceKind
    parts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    capacity: str = ""
    words: Words | None = None
    to: tuple[str, ...] = ()
    by_proxy_of: str | None = None
    beyond_mandate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndStance(Command):
    """End a stance of yours. The record still shows that you took it."""

    stance: str
    words: Words | None = None


_STANCE = ("stance", "version", "hash", "actor", "kind", "parts", "languages", "reserved", "capacity", "words", "proxy")


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceTaken(Content):
    """An actor took a stance on one exact version."""

    FACES = {Face.SELF: (*_STANCE, "to"), Face.ALL: _STANCE}
    NEW = {"stance": "st"}
    REFS = ("version", "parts", "reserved")

    stance: Ref
    version: Ref
    hash: str
    actor: str
    kind: StanceKind
    languages: tuple[str, ...]
    parts: tuple[Ref, ...] = ()
    reserved: tuple[Ref, ...] = ()
    capacity: str = ""
    words: Words | None = None
    proxy: bool = False
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceEnded(Content):
    """An actor ended a stance."""

    FACES = faces("stance", "words")
    REFS = ("stance",)

    stance: Ref
    words: Words | None = None


def take_stance(context: CommandContext, command: TakeStance) -> None:
    """Take a stance, and tell the seats named or, if none is named, all holders of the version."""
    thing, version, text = held_version(context, command.version)
    seat = _whose(context, command)
    actor = context.known.actor_of(seat)
    _check_may(context, command, text, seat, actor)
    languages = command.languages or tuple(lang for lang in text.frame.authentic if lang in version.languages)
    _check_words(context, command, version, languages)
    to = context.known_seats(command.to)
    taken = StanceTaken(
        stance=context.new(),
        version=thing,
        hash=version.hash,
        actor=actor,
        kind=StanceKind.AD_REFERENDUM if command.beyond_mandate and command.kind in _RESERVABLE else command.kind,
        languages=languages,
        parts=_clauses(context, version, command.parts),
        reserved=_clauses(context, version, command.reserved),
        capacity=command.capacity,
        words=command.words,
        proxy=seat != context.seat,
        to=to,
    )
    context.tell(taken, to or context.seen_by(thing))


def _whose(context: CommandContext, command: TakeStance) -> str:
    """Return the seat that the stance is for: the asking seat, or one that gave it a proxy to sign."""
    if command.by_proxy_of is None:
        return context.seat
    if command.by_proxy_of not in _signing_for(context):
        raise context.refuse("no_sign_proxy", who=command.by_proxy_of)
    return command.by_proxy_of


def _signing_for(context: CommandContext) -> frozenset[str]:
    """Return the seats whose proxy to sign the asking seat holds now."""
    return lenders(context.known.proxies.values(), context.seat, "sign", now=context.at)


def _check_may(context: CommandContext, command: TakeStance, text: KnownText, seat: str, actor: str) -> None:
    roles, frame = set(context.known.seats[seat].roles), text.frame
    may = {
        StanceKind.ACCEDED: actor in frame.accession,
        StanceKind.ISSUED: actor in frame.issuers or (not frame.issuers and text.pen == seat),
        StanceKind.ENDORSED: True,
        StanceKind.REFUSED: True,
        StanceKind.SIGNED: Role.SPONSOR in roles and text.pen == seat,
    }
    if not (may.get(command.kind, False) or _MAY.get(command.kind, frozenset()) & roles):
        raise context.refuse("not_your_stance", kind=command.kind.value)
    outside = hindered(context.known, seat) if Role.PARTY in roles and command.kind in _IN_THE_ROUND else None
    if outside is not None:
        raise context.refuse(outside)
    if command.reserved and command.kind not in _RESERVABLE:
        raise context.refuse(
            "bad_value",
            why="A reservation goes with a signature, an accession or initials. Take one of these, or leave it out.",
        )


def _check_words(
    context: CommandContext, command: TakeStance, version: KnownVersion, languages: tuple[str, ...]
) -> None:
    if not languages or not set(languages) <= set(version.languages):
        raise context.refuse("bad_value", case="languages", known=", ".join(version.languages))
    # A text with brackets cannot be signed or issued. Clean clauses of it can be initialled one by one.
    counted = set(command.parts) if command.parts and command.kind is StanceKind.INITIALLED else set(version.clauses)
    still_open = [version.numbers[k] for k in version.open if version.clauses[k] in counted]
    if still_open and (command.kind in _WHOLE or command.kind is StanceKind.INITIALLED):
        raise context.refuse("bracketed", clauses=", ".join(still_open))
    if len(languages) > 1 and not version.sealed and command.kind.binds:
        raise context.refuse("languages_not_sealed", clauses=", ".join(version.differs))


def _clauses(context: CommandContext, version: KnownVersion, handles: tuple[str, ...]) -> tuple[Ref, ...]:
    if not set(handles) <= set(version.clauses):
        raise context.refuse("unknown", case="clause", handle=version.handle)
    return context.ids(handles)


def end_stance(context: CommandContext, command: EndStance) -> None:
    """End a stance and tell the seats that know of it. Refused unless the asking seat may sign for its actor now."""
    thing, stance = context.find(command.stance, context.known.stances)
    if stance.actor not in {context.known.actor_of(seat) for seat in (context.seat, *_signing_for(context))}:
        raise context.refuse("not_yours", case="stance", handle=command.stance)
    if stance.ended_at is not None:
        raise context.refuse("done", case="stance", handle=command.stance)
    context.tell(StanceEnded(stance=thing, words=command.words), context.seen_by(thing))
