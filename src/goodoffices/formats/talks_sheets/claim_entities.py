"""What own talks say that somebody said: positions, roles and commitments, as claims with their chains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from goodoffices.data_class import dataclass
from goodoffices.formats.talks_sheets.lasting_names import LastingNames, digest_of, key_of
from goodoffices.formats.talks_sheets.own_talks import (
    CommitmentRow,
    IssueRow,
    OwnTalks,
    PositionRow,
    SeatRow,
    SourceRow,
    source_hour,
)
from goodoffices.talks.base.enums import Role, Strength, ValueKind
from goodoffices.talks.model.claims import Claim, Link, Source, Value
from goodoffices.talks.model.obligations import Commitment, DueDate, HappenedDate

WRITER = "The person who wrote this down"
"""The speaker of what has no other: a reading of the person who filled in the spreadsheet."""
TOLD_TO_ME = "told-to-the-secretariat"
_UNREAD = ("open", "not known")
"""States of a commitment that say nothing of what was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesOfTalks:
    """The lasting names of own talks, by kind, and who may see what was told to some only."""

    actors: LastingNames
    seats: LastingNames
    sources: LastingNames
    issues: LastingNames
    texts: LastingNames
    secretariat: str
    rows: Mapping[str, SourceRow]
    questions: Mapping[str, IssueRow]


def sources_of(talks: OwnTalks, names: NamesOfTalks) -> Iterator[Source]:
    """Yield the publications; *told to me* is one of them where something was."""
    for row in talks.sources:
        yield Source(
            slug=names.sources[row.name],
            publisher=row.outlet,
            title=row.name,
            dated=row.dated,
            side=row.side or None,
            address=row.address or None,
        )
    read = any(row.state not in _UNREAD for row in talks.commitments)
    if read or any(row.source is None for row in talks.positions) or any(seat.word for seat in talks.seats):
        yield Source(slug=TOLD_TO_ME, publisher="Told to the secretariat")


def _chain(row: SourceRow | None) -> tuple[Link, ...]:
    """Return who says so, from the outlet over the agency to the speaker."""
    if row is None:
        return (Link(speaker=WRITER),)
    links = (row.outlet, row.agency, row.speaker)
    return tuple(
        Link(speaker=text, side=(row.side or None) if n == 0 else None) for n, text in enumerate(links) if text
    )


def _known(row: SourceRow | None) -> datetime | None:
    return None if row is None else source_hour(row)


def position_claims(talks: OwnTalks, names: NamesOfTalks) -> Iterator[tuple[Claim, tuple[str, ...] | None]]:
    """Yield who says what on which issue, each with the seats it was said to besides the secretariat's."""
    for row in talks.positions:
        issue, source = names.questions[key_of(row.issue)], _row(names, row.source)
        words = row.words if row.option is None else issue.options[row.option]
        told = None if row.told is None else names.seats.of(row.told)
        ends = digest_of(names.actors[row.actor], *map(key_of, (row.issue, words, row.source or "")), row.said_on)
        chain = _chain(source) if source is not None else (Link(speaker=row.actor, actor=names.actors[row.actor]),)
        yield (
            Claim(
                slug=f"position-{ends}",
                about=names.actors[row.actor],
                aspect=f"position: {issue.question}",
                value=Value(kind=ValueKind.WORDS, words=words),
                words=_own_words(row, issue),
                chain=chain,
                strength=row.strength,
                source=TOLD_TO_ME if source is None else names.sources[source.name],
                asserted_on=row.said_on,
                known_from=_known(source),
                is_invented=row.is_invented,
            ),
            told,
        )


def _own_words(row: PositionRow, issue: IssueRow) -> str:
    """Return the words as said, where an option stands for them."""
    return row.words if row.option is not None and row.words != issue.options[row.option] else ""


def _row(names: NamesOfTalks, source: str | None) -> SourceRow | None:
    return None if source is None else names.rows[key_of(source)]


def named_claims(talks: OwnTalks, names: NamesOfTalks) -> Iterator[Claim]:
    """Yield that a source names an actor."""
    for actor in talks.actors:
        for source in actor.sources:
            yield Claim(
                slug=f"named-{digest_of(names.actors[actor.name], key_of(source))}",
                about=names.actors[actor.name],
                aspect="named",
                value=Value(kind=ValueKind.WORDS, words=actor.name),
                chain=_chain(_row(names, source)),
                strength=Strength.NAMED,
                source=names.sources[source],
                known_from=_known(_row(names, source)),
                is_invented=actor.is_invented,
            )


def role_claim(seat: SeatRow, role: Role, names: NamesOfTalks) -> Claim:
    """Return that a seat's first actor has a role, on the word of the person who says so."""
    return Claim(
        slug=f"role-{digest_of(key_of(seat.name), role, key_of(seat.word))}",
        about=names.actors[seat.actors[0]],
        aspect="role",
        value=Value(kind=ValueKind.WORDS, words=role.value),
        chain=(Link(speaker=seat.word),),
        strength=Strength.NAMED,
        source=TOLD_TO_ME,
        is_invented=seat.is_invented,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A commitment with the claims that it rests on."""

    commitment: Commitment
    claims: tuple[Claim, ...]


def promises(talks: OwnTalks, names: NamesOfTalks) -> Sequence[Promise]:
    """Return the commitments."""
    return [_promise(row, names) for row in talks.commitments]


def _promise(row: CommitmentRow, names: NamesOfTalks) -> Promise:
    slug = f"commitment-{digest_of(*sorted(names.actors.of(row.who)), key_of(row.what))}"
    who, happened = names.actors.of(row.who), tuple[HappenedDate, ...]()
    promised = _fact(row, "promised", row.what, row.source, names)
    claims = [promised]
    if row.happened and row.happened_on is not None:
        told = _fact(row, "what happened", row.happened, row.happened_source, names)
        done = replace(told, when_from=row.happened_on, when_to=row.happened_on)
        claims.append(done)
        happened = (HappenedDate(day=row.happened_on, claim=done.slug),)
    if row.state not in _UNREAD:
        claims.append(_fact(row, "kept", row.state, None, names))
    words_due = f"due {row.due}" if isinstance(row.due, str) else ""
    commitment = Commitment(
        slug=slug,
        obligors=who,
        what=row.what,
        text=names.texts[row.text] if row.text else None,
        undertaken_by=who if row.promised == "yes" else (),
        due=(DueDate(due=row.due, claim=promised.slug),) if isinstance(row.due, date) else (),
        condition="; ".join(text for text in (row.condition, words_due) if text) or None,
        claims=tuple(claim.slug for claim in claims),
        happened=happened,
    )
    return Promise(commitment=commitment, claims=tuple(claims))


def _fact(row: CommitmentRow, aspect: str, words: str, name: str | None, names: NamesOfTalks) -> Claim:
    """Return one claim that a commitment rests on; without the name of a source it is the writer's own reading."""
    source = _row(names, name)
    ends = digest_of(*sorted(names.actors.of(row.who)), key_of(row.what), aspect, key_of(words), key_of(name or ""))
    return Claim(
        slug=f"promise-{ends}",
        about=names.actors[row.who[0]],
        aspect=f"{aspect}: {row.what}"[:1000],
        value=Value(kind=ValueKind.WORDS, words=words),
        chain=_chain(source),
        strength=Strength.INFERENCE if source is None else Strength.NAMED,
        source=TOLD_TO_ME if source is None else names.sources[source.name],
        known_from=_known(source),
        is_invented=row.is_invented,
    )
