"""Commands to table a text and to write its versions. Only the pen sees a version until it releases it.

One seat, the pen, writes; the others comment. A text that everybody types into fills up with brackets. Clauses,
brackets and variants keep their names from version to version. Each seat has its own handles for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, Words
from goodoffices.talks.base.enums import Role, TextKind
from goodoffices.talks.base.states import Face
from goodoffices.talks.decisions.eligibility import hindered
from goodoffices.talks.documents.alignment import Layout, PaperOrder, lay
from goodoffices.talks.documents.document import Clause, ClauseState, Paper, open_numbers, version_hash, words_hash
from goodoffices.talks.documents.markdown import read_paper, write_paper
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_texts import KnownText, KnownVersion, TextFrame
from goodoffices.talks.texts.partial_adoption import check_part
from goodoffices.talks.texts.variants import check_removed, left_out

_OWN_KINDS = frozenset({TextKind.DRAFT, TextKind.NON_PAPER, TextKind.UNILATERAL, TextKind.MAP, TextKind.JOINT})
"""The kinds of text that a seat may table which is not a mediator, facilitator or sponsor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableText(Command):
    """Put a text on the record. You hold its pen, and nobody else sees it until you release it.

    ``papers`` is the text as Markdown with brackets, once per language; the other languages are matched to the first.
    ``authentic`` are the languages that count; left out, all that you give.
    """

    papers: tuple[Words, ...]
    kind: TextKind = TextKind.NEGOTIATING
    family: str = ""
    about: tuple[str, ...] = ()
    authentic: tuple[str, ...] = ()
    prevails: str = ""
    cites: tuple[str, ...] = ()
    accession: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteVersion(Command):
    """Write a new version of a text whose pen you hold. Nobody else sees it until you release it.

    ``after`` is the version that it follows; left out, the latest. In ``papers``, give the clauses that stay the same
    their names, like ``## 1. Purpose {cl4}``.

    ``derived_from`` are items that clauses draw on; ``derived_at`` has the clause number for each. A clause that stays
    keeps its earlier sources. ``notes`` are for the pen's compartment; ``notes_at`` has the clause number for each.
    ``responsibility`` leaves variants out on the chair's own responsibility. ``annexes`` are pairs of label and hash.

    ``partial`` takes clean clauses out of the version before, so that they can be decided alone. The rest stays under
    negotiation there.
    """

    text: str
    papers: tuple[Words, ...]
    after: str | None = None
    responsibility: bool = False
    partial: bool = False
    annexes: tuple[tuple[str, str], ...] = ()
    derived_from: tuple[str, ...] = ()
    derived_at: tuple[str, ...] = ()
    notes: tuple[Words, ...] = ()
    notes_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTabled(Content):
    """A seat put a text on the record. Only it sees the text."""

    FACES = {Face.SELF: ("text", "frame")}
    NEW = {"text": "tx"}

    text: Ref
    frame: TextFrame


SHOWN = (
    "version",
    "text",
    "parent",
    "hash",
    "hashes",
    "papers",
    "clauses",
    "brackets",
    "variants",
    "numbers",
    "states",
    "open",
    "bracket_at",
    "variants_in",
    "order",
    "differs",
    "annexes",
    "responsibility",
    "partial",
)
"""The fields of a version that every holder sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionWritten(Content):
    """The pen wrote a version: its text, and its clauses, brackets and variants."""

    FACES = {
        Face.SELF: (
            *SHOWN,
            "taken",
            "taken_at",
            "left_out",
            "derived_from",
            "derived_at",
            "notes",
            "notes_at",
        )
    }
    NEW = {"version": "v", "clauses": "cl", "brackets": "br", "variants": "va"}
    REFS = ("text", "parent", "taken", "left_out", "derived_from")

    version: Ref
    text: Ref
    hash: str
    hashes: tuple[tuple[str, str], ...]
    papers: tuple[Words, ...]
    clauses: tuple[Ref, ...]
    brackets: tuple[Ref, ...]
    variants: tuple[Ref, ...]
    numbers: tuple[str, ...]
    states: tuple[ClauseState, ...]
    open: tuple[int, ...]
    bracket_at: tuple[int, ...]
    variants_in: tuple[tuple[int, ...], ...]
    order: tuple[PaperOrder, ...]
    differs: tuple[str, ...] = ()
    annexes: tuple[tuple[str, str], ...] = ()
    parent: Ref | None = None
    responsibility: bool = False
    partial: bool = False
    taken: tuple[Ref, ...] = ()
    taken_at: tuple[int, ...] = ()
    left_out: tuple[Ref, ...] = ()
    derived_from: tuple[Ref, ...] = ()
    derived_at: tuple[int, ...] = ()
    notes: tuple[Words, ...] = ()
    notes_at: tuple[int, ...] = ()


def table_text(context: CommandContext, command: TableText) -> None:
    """Table a text and write its first version, for the asking seat alone."""
    seat = context.known.seats[context.seat]
    may_all = {Role.MEDIATOR, Role.FACILITATOR, Role.SPONSOR} & set(seat.roles)
    if not may_all and command.kind not in _OWN_KINDS:
        raise context.refuse("bad_value", case="text_kind", known=", ".join(sorted(_OWN_KINDS)))
    outside = None if may_all else hindered(context.known, context.seat)
    if outside is not None:
        raise context.refuse(outside)
    languages = [words.lang for words in command.papers]
    frame = TextFrame(
        kind=command.kind,
        family=command.family,
        about=_actors(context, command.about),
        authentic=command.authentic or tuple(languages),
        prevails=command.prevails,
        cites=command.cites,
        accession=_actors(context, command.accession),
        issuers=_actors(context, command.issuers),
    )
    if frame.prevails not in ("", "none", *frame.authentic):
        raise context.refuse(
            "bad_value", why="The language that prevails is not one of the authentic ones. Choose one of them, or none."
        )
    thing = context.new()
    context.tell(TextTabled(text=thing, frame=frame), ())
    known = KnownText(handle="", frame=frame, pen=context.seat, at=context.at)
    _write(context, thing, known, None, WriteVersion(text="", papers=command.papers))


def _actors(context: CommandContext, actors: Sequence[str]) -> tuple[str, ...]:
    return context.known_actors(dict.fromkeys(actors))


def own_text(context: CommandContext, handle: str) -> tuple[Ref, KnownText]:
    """Return a text. Refused unless the asking seat holds its pen."""
    thing, text = context.find(handle, context.known.texts)
    if text.pen != context.seat:
        raise context.refuse("not_pen", who=text.pen)
    return thing, text


def own_version(context: CommandContext, handle: str) -> tuple[Ref, KnownVersion, KnownText]:
    """Return a version and its text. Refused unless the asking seat holds the pen of the text."""
    thing, version = context.find(handle, context.known.versions)
    _, text = own_text(context, version.text)
    return thing, version, text


def write_version(context: CommandContext, command: WriteVersion) -> None:
    """Write a version for the asking seat alone. Refused unless it holds the pen."""
    thing, text = own_text(context, command.text)
    whole = [handle for handle in text.versions if not context.known.versions[handle].partial]
    after = command.after or whole[-1]
    _, parent = context.find(after, context.known.versions)
    if parent.text != text.handle:
        raise context.refuse("unknown", case="other_text", handle=after)
    _write(context, thing, text, parent, command)


def _write(
    context: CommandContext, thing: Ref, text: KnownText, parent: KnownVersion | None, command: WriteVersion
) -> None:
    papers = tuple(
        context.once(("paper", words), lambda words=words: read_paper(words.text, words.lang))  # type: ignore[misc]
        for words in command.papers
    )
    _check_languages(context, text, papers)
    drawn = context.once(
        ("drawn", None if parent is None else parent.handle), lambda: _draw(papers, text, parent, command)
    )
    layout = drawn.layout
    gone: tuple[str, ...] = ()
    if parent is not None and command.partial:
        check_part(context, parent, layout)
    elif parent is not None:
        gone = check_removed(context, parent, layout, responsibility=command.responsibility)
    items, places = _sources(context, text, layout, command)
    out = left_out(context.known, parent, gone, layout.variants)
    refs = _Names(context, text)
    written = VersionWritten(
        version=context.new(),
        text=thing,
        parent=None if parent is None else context.id_of(parent.handle),
        hash=drawn.hash,
        hashes=drawn.hashes,
        papers=drawn.papers,
        clauses=refs.of("cl", layout.clauses),
        brackets=refs.of("br", layout.brackets),
        variants=refs.of("va", layout.variants),
        numbers=tuple(clause.number for clause in _clauses(layout)),
        states=tuple(clause.state for clause in _clauses(layout)),
        open=_open(layout),
        bracket_at=layout.bracket_at,
        variants_in=layout.variants_in,
        order=layout.order,
        differs=layout.differs,
        annexes=command.annexes,
        responsibility=(command.responsibility and bool(gone)) or bool(out),
        partial=command.partial,
        taken=context.ids(_comments(context, [source for _, source in layout.sources])),
        taken_at=tuple(place for place, _ in layout.sources),
        left_out=context.ids(out),
        derived_from=context.ids(items),
        derived_at=places,
        notes=command.notes,
        notes_at=_places(context, layout, command.notes_at, len(command.notes)),
    )
    context.tell(written, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """What of a version follows from its papers and its parent alone: the layout, the hashes, the texts as kept."""

    layout: Layout
    hash: str
    hashes: tuple[tuple[str, str], ...]
    papers: tuple[Words, ...]


def _draw(
    papers: Sequence[Paper], text: KnownText, parent: KnownVersion | None, command: TableText | WriteVersion
) -> _Drawn:
    frame = text.frame
    annexes = command.annexes if isinstance(command, WriteVersion) else ()
    layout = lay(papers, frame.authentic, {} if parent is None else _clauses_by_number(parent))
    return _Drawn(
        layout=layout,
        hash=version_hash(layout.papers, authentic=frame.authentic, prevails=frame.prevails, annexes=annexes),
        hashes=tuple((paper.lang, words_hash(paper)) for paper in layout.papers),
        papers=tuple(Words(text=write_paper(paper), lang=paper.lang) for paper in layout.papers),
    )


def _sources(
    context: CommandContext, text: KnownText, layout: Layout, command: WriteVersion
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the items that clauses draw on, with the place of each clause: new ones, and those of clauses that stay.

    Sources are taken from all earlier versions. Otherwise a version that is written after an older one would lose the
    sources, and so the limits, that a later one added.
    """
    named = list(
        zip(command.derived_from, _places(context, layout, command.derived_at, len(command.derived_from)), strict=True)
    )
    at = {clause: place for place, clause in enumerate(layout.clauses)}
    for handle in text.versions:
        earlier = context.known.versions[handle]
        drawn = zip(earlier.derived_from, (earlier.clauses[place] for place in earlier.derived_at), strict=True)
        named += [(item, at[clause]) for item, clause in drawn if clause in at]
    pairs = tuple(dict.fromkeys(named))
    return tuple(item for item, _ in pairs), tuple(place for _, place in pairs)


def _check_languages(context: CommandContext, text: KnownText, papers: Sequence[Paper]) -> None:
    languages = [paper.lang for paper in papers]
    if not papers or len(set(languages)) < len(languages):
        raise context.refuse(
            "bad_value", why="A version needs words in at least one language, and once in each. Check the languages."
        )
    missing = [language for language in text.frame.authentic if language not in languages]
    if missing:
        raise context.refuse("bad_value", case="paper_missing", known=", ".join(missing))


def _clauses_by_number(parent: KnownVersion) -> dict[str, str]:
    return dict(zip(parent.numbers, parent.clauses, strict=True))


def _clauses(layout: Layout) -> list[Clause]:
    """Return each clause from the first language that has it, in the order of the layout."""
    held = {c.id: c for paper in reversed(layout.papers) for c in paper.clauses}
    return [held[name] for name in layout.clauses]


def _open(layout: Layout) -> tuple[int, ...]:
    """Return the places of the clauses that are not clean in at least one language."""
    names: set[str] = set()
    for paper in layout.papers:
        numbers = set(open_numbers(paper))
        names |= {clause.id or "" for clause in paper.clauses if clause.number in numbers}
    return tuple(k for k, name in enumerate(layout.clauses) if name in names)


def _comments(context: CommandContext, handles: Sequence[str]) -> tuple[str, ...]:
    for handle in handles:
        context.find(handle, context.known.comments)
    return tuple(handles)


def _places(context: CommandContext, layout: Layout, numbers: Sequence[str], wanted: int) -> tuple[int, ...]:
    places = {clause.number: k for k, clause in enumerate(_clauses(layout))}
    if len(numbers) != wanted:
        raise context.refuse("bad_value", why="Some items or notes have no clause. Name one clause number for each.")
    unknown = [number for number in numbers if number not in places]
    if unknown:
        raise context.refuse("bad_value", case="clause_number", clause=unknown[0])
    return tuple(places[number] for number in numbers)


@dataclass(frozen=True, slots=True)
class _Names:
    """Internal names of clauses, brackets and variants: the ones that handles stand for, and new ones."""

    context: CommandContext
    text: KnownText

    def of(self, prefix: str, names: Sequence[str]) -> tuple[Ref, ...]:
        """Return the internal names. A name that is not in this text is refused as *unknown*."""
        held = {
            handle
            for version in self.text.versions
            for handle in getattr(self.context.known.versions[version], _TABLES[prefix])
        }
        fresh = self.context.new()
        made = []
        for k, name in enumerate(names):
            if not name.startswith("+") and name not in held:
                raise self.context.refuse("unknown", case="mark", name=name)
            made.append(Ref(f"{fresh}.{prefix}{k}") if name.startswith("+") else self.context.id_of(name))
        return tuple(made)


_TABLES = {"cl": "clauses", "br": "brackets", "va": "variants"}
