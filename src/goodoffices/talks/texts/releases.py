"""Commands to release a version and to read it out.

A release shows a version to all its recipients in one act. An equal release, the default, is refused unless every
recipient can receive it: it has accepted service on screen, or a print pack or sealed file is ready for it with a named
carrier. It does not matter who is logged in, because that would reveal who is present.
"""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import PUBLIC, Body, Content, Ref, faces
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.serialization import instant_text
from goodoffices.talks.base.states import Face, ItemCame, SessionState
from goodoffices.talks.documents.alignment import PaperOrder
from goodoffices.talks.documents.document import ClauseState
from goodoffices.talks.exchange.clearances import sources_refusal
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_exchange import KnownItem
from goodoffices.talks.state.known_meetings import KnownSession
from goodoffices.talks.state.known_texts import KnownText, KnownVersion, TextFrame
from goodoffices.talks.texts.commands import SHOWN, own_version
from goodoffices.talks.texts.comments import EVERYONE
from goodoffices.talks.texts.variants import released_before


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseVersion(Command):
    """Show a version to some seats, to all at once.

    ``languages`` left out means all. With ``comment`` the recipients may comment. With ``equal``, the default, the
    release is refused unless every recipient can receive it. Before ``embargo_until`` the text may not be published or
    read out; its recipients can read it, and later recipients are bound by the embargo too. With ``show_recipients``
    each recipient learns who the others are.
    """

    version: str
    to: tuple[str, ...]
    languages: tuple[str, ...] = ()
    comment: bool = True
    equal: bool = True
    embargo_until: datetime | None = None
    show_recipients: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOut(Command):
    """Say that a version was read out: in which language, and in which session or in public.

    Only the pen can do this, or a host to which it was released.
    """

    version: str
    language: str
    session: str | None = None
    public: bool = False


_COPY = (*SHOWN, "frame", "pen", "comment", "embargo_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionReleased(Content):
    """The pen showed a version to some seats."""

    FACES = {
        Face.SELF: ("version", "to", "equal", "comment", "embargo_until", "shown"),
        Face.COPY: _COPY,
        Face.COPY_SHOWN: (*_COPY, "to"),
    }
    NEW = {"version": "v", "text": "tx", "clauses": "cl", "brackets": "br", "variants": "va"}
    REFS = ("parent",)

    version: Ref
    text: Ref
    frame: TextFrame
    pen: str
    hash: str
    hashes: tuple[tuple[str, str], ...]
    papers: tuple[Body, ...]
    clauses: tuple[Ref, ...]
    brackets: tuple[Ref, ...]
    variants: tuple[Ref, ...]
    numbers: tuple[str, ...]
    states: tuple[ClauseState, ...]
    open: tuple[int, ...]
    bracket_at: tuple[int, ...]
    variants_in: tuple[tuple[int, ...], ...]
    order: tuple[PaperOrder, ...]
    to: tuple[str, ...]
    differs: tuple[str, ...] = ()
    annexes: tuple[tuple[str, str], ...] = ()
    parent: Ref | None = None
    responsibility: bool = False
    partial: bool = False
    comment: bool = True
    equal: bool = True
    shown: bool = False
    embargo_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantTaken(Content):
    """A proposer learns that its words are a variant in a version released to it."""

    FACES = {Face.SELF: ("variant", "comment"), Face.PROPOSER: ("variant", "comment")}
    REFS = ("variant", "comment")

    variant: Ref
    comment: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantLeftOut(Content):
    """A proposer learns that its variant was left out, on the chair's own responsibility."""

    FACES = {Face.SELF: ("variant", "version"), Face.PROPOSER: ("variant", "version")}
    REFS = ("variant", "version")

    variant: Ref
    version: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposerShown(Content):
    """Holders that a proposer named learn who proposed a variant."""

    FACES = faces("variant", Face.PROPOSER)
    REFS = ("variant",)

    variant: Ref
    proposer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReadOut(Content):
    """A text was read out. Seats that only heard it are shown the text, who issued it, and whom it is about."""

    FACES = faces("version", "language", "authentic", "session", "public", "issuers", "about", "paper")
    REFS = ("version", "session")

    version: Ref
    language: str
    authentic: bool
    issuers: tuple[str, ...]
    about: tuple[str, ...]
    paper: Body
    session: Ref | None = None
    public: bool = False


def can_receive(context: CommandContext, seat: str) -> bool:
    """Return whether ``seat`` is known to be able to receive: it accepts service, or has a pack ready with a carrier.

    A pack that was already handed over does not count, because it cannot take anything new.
    """
    if context.known.seats[seat].service_accepted:
        return True
    packs = (pack for pack in context.known.packs.values() if pack.seat == seat and pack.handed_at is None)
    return any(pack.carrier for pack in packs)


def release_version(context: CommandContext, command: ReleaseVersion) -> None:
    """Release a version to the seats named. Refused unless the asking seat holds the pen.

    Also refused if a source of a clause is not cleared for a recipient or, for an equal release, if one cannot receive.
    """
    _, version, text = own_version(context, command.version)
    to = context.known_seats(command.to)
    if not to or context.seat in to or any(context.known.seats[seat].closed for seat in to):
        raise context.refuse(
            "bad_value", why="Nobody is named who can receive it. Name at least one other seat that is open."
        )
    if command.embargo_until is not None and command.embargo_until <= context.at:
        raise context.refuse("past", at=instant_text(command.embargo_until))
    if command.equal:
        _check_equal(context, version, to)
    _check_sources(context, version, to)
    told = tuple(seat for seat in to if seat not in version.released_to)
    if not told:
        raise context.refuse("done", case="released")
    languages = command.languages or version.languages
    if not set(languages) <= set(version.languages):
        raise context.refuse("bad_value", case="languages", known=", ".join(version.languages))
    act = released(context, version, text, told, command, languages)
    context.tell(act, told, face=Face.COPY_SHOWN if command.show_recipients else Face.COPY)
    _tell_proposers(context, version, told)


def _check_equal(context: CommandContext, version: KnownVersion, to: tuple[str, ...]) -> None:
    unready = [seat for seat in to if not can_receive(context, seat)]
    if unready:
        raise context.refuse("not_ready", who=unready[0])
    parent = released_before(context.known, version)
    missed = [] if parent is None else [s for s in parent.released_to if s not in (*to, *version.released_to)]
    if missed:
        raise context.refuse("narrower", who=missed[0])


def _check_sources(context: CommandContext, version: KnownVersion, to: tuple[str, ...]) -> None:
    """Refuse the whole version if a clause draws on an item that is not cleared for a recipient. Names the clause."""
    for item, place in zip(version.derived_from, version.derived_at, strict=True):
        drawn = KnownItem(handle="", came=ItemCame.FILED, at=context.at, derived_from=(item,))
        for seat in to:
            if sources_refusal(context.known, drawn, seat, context.at) is not None:
                raise context.refuse("clause_not_cleared", clause=version.numbers[place], item=item, to=seat)


def released(
    context: CommandContext,
    version: KnownVersion,
    text: KnownText,
    to: tuple[str, ...],
    command: ReleaseVersion,
    languages: tuple[str, ...],
) -> VersionReleased:
    """Return the act that shows ``version`` to ``to`` in ``languages``."""
    before = (
        context.known.versions[version.parent or ""] if version.partial else released_before(context.known, version)
    )
    return VersionReleased(
        version=context.id_of(version.handle),
        text=context.id_of(text.handle),
        frame=text.frame,
        pen=text.pen,
        # Recipients hold the version released before, and not what the pen wrote in between.
        parent=None if before is None else context.id_of(before.handle),
        hash=version.hash,
        hashes=version.hashes,
        papers=tuple(paper for paper in version.papers if paper.lang in languages),
        clauses=context.ids(version.clauses),
        brackets=context.ids(version.brackets),
        variants=context.ids(version.variants),
        numbers=version.numbers,
        states=tuple(ClauseState(state) for state in version.states),
        open=version.open,
        bracket_at=version.bracket_at,
        variants_in=version.variants_in,
        order=tuple(order for order in version.order if order.lang in languages),
        differs=version.differs,
        annexes=version.annexes,
        responsibility=version.responsibility,
        partial=version.partial,
        to=to,
        comment=command.comment,
        equal=command.equal,
        shown=command.show_recipients,
        embargo_until=_embargo(version, command.embargo_until, context.at),
    )


def _embargo(version: KnownVersion, until: datetime | None, now: datetime) -> datetime | None:
    """Return the later of the embargo asked for and the one that exists already, which binds later recipients too."""
    ends = [end for end in (until, version.embargo_until) if end is not None and end > now]
    return max(ends, default=None)


def _tell_proposers(context: CommandContext, version: KnownVersion, told: tuple[str, ...]) -> None:
    """Tell each recipient what happened to its own variants, and the proposers that it may know."""
    for handle in version.variants:
        variant = context.known.variants.get(handle)
        if variant is None or variant.proposer in (None, context.seat):
            continue
        thing, proposer = context.id_of(handle), variant.proposer or ""
        if proposer in told and variant.comment is not None:
            context.tell(
                VariantTaken(variant=thing, comment=context.id_of(variant.comment)), [proposer], face=Face.PROPOSER
            )
        named = [s for s in told if s != proposer and (s in variant.show or EVERYONE in variant.show)]
        if named:
            context.tell(ProposerShown(variant=thing, proposer=proposer), named)
    for handle in version.left_out:
        variant = context.known.variants.get(handle)
        if variant is not None and variant.proposer in told:
            left = VariantLeftOut(variant=context.id_of(handle), version=context.id_of(version.handle))
            context.tell(left, [variant.proposer or ""], face=Face.PROPOSER)


def read_out(context: CommandContext, command: ReadOut) -> None:
    """Note that a version was read out, and tell its hearers. Refused unless the reader is the pen or a host.

    Also refused before the version is released, and until its embargo ends.
    """
    thing, version = context.find(command.version, context.known.versions)
    text = context.known.texts[version.text]
    if text.pen != context.seat and Role.HOST not in context.known.seats[context.seat].roles:
        raise context.refuse("not_pen", case="read_out", who=text.pen)
    if version.released_at is None:
        raise context.refuse("not_released", case="read_out", handle=command.version)
    if version.embargo_until is not None and context.at < version.embargo_until:
        raise context.refuse("embargoed", at=version.embargo_until)
    paper = next((paper for paper in version.papers if paper.lang == command.language), None)
    if paper is None:
        raise context.refuse("bad_value", case="languages", known=", ".join(version.languages))
    session, heard = _audience(context, command)
    # Reading out tells as much as a release, so sources are checked. Only the pen knows them; a host knows none.
    _check_sources(context, version, tuple(seat for seat in heard if seat not in (context.seat, PUBLIC)))
    frame = text.frame
    act = TextReadOut(
        version=thing,
        language=command.language,
        authentic=command.language in frame.authentic,
        issuers=frame.issuers,
        about=frame.about,
        paper=paper,
        session=session,
        public=command.public,
    )
    context.tell(act, heard)


def _audience(context: CommandContext, command: ReadOut) -> tuple[Ref | None, tuple[str, ...]]:
    if command.public:
        return None, (*context.everyone(), PUBLIC)
    thing, session = context.find(command.session, context.known.sessions)
    if session.state != SessionState.OPEN:
        raise context.refuse("not_open", case="session", title=session.title)
    return thing, _present(context, session)


def _present(context: CommandContext, session: KnownSession) -> tuple[str, ...]:
    if context.seat not in session.present():
        raise context.refuse("not_present")
    return session.present()
