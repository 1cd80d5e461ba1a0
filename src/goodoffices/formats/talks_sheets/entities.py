"""Own talks as a talks file: actors, seats, issues, claims and commitments under lasting names.

A lasting name follows from what people wrote and from nothing else. So the same spreadsheet gives the same talks file,
whatever the order of its rows, and a second reading adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from fractions import Fraction

from goodoffices.data_class import dataclass
from goodoffices.formats.talks_sheets.claim_entities import (
    NamesOfTalks,
    named_claims,
    position_claims,
    promises,
    role_claim,
    sources_of,
)
from goodoffices.formats.talks_sheets.exercise_rows import plan_of
from goodoffices.formats.talks_sheets.lasting_names import LastingNames, digest_of, key_of, lasting_name, name_in
from goodoffices.formats.talks_sheets.own_talks import ActorRow, IssueRow, OwnTalks, SeatRow
from goodoffices.formats.talks_sheets.reader import disputable
from goodoffices.talks.base.enums import ActorKind, Role, Stand
from goodoffices.talks.model.actors import Actor, Compartment, SeatPlan
from goodoffices.talks.model.agenda import AgendaIssue, Basket, Option
from goodoffices.talks.model.assessments import Scale
from goodoffices.talks.model.claims import Recognition, RoleClaim
from goodoffices.talks.model.exercise import ExercisePlan
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.model.rounds import Delegation, Part, PlannedDate, Round, Session
from goodoffices.talks.model.talks_file import TalksFile

SECRETARIAT = "Secretariat"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNames:
    """The lasting names that a record has already, by comparable name: of actors, sources and texts."""

    actors: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def talks_file_of(talks: OwnTalks, held: HeldNames | None = None) -> TalksFile:
    """Return the talks file that own talks describe.

    If no seat has the role of the secretariat, one is added: somebody opens the talks and enters for those on paper.
    With ``held``, what a record knows under one of its names keeps the lasting name it has there.
    """
    talks = _with_secretariat(talks)
    build = _Build(talks=talks, names=_names(talks, held or HeldNames()), people=_people(talks))
    said = [*position_claims(talks, build.names)]
    rests = promises(talks, build.names)
    plans = _rounds(build)
    return TalksFile(
        slug=lasting_name(talks.title, "talks"),
        title=talks.title,
        zone=talks.zone,
        languages=talks.languages,
        invented=tuple(_invented(talks)),
        actors=tuple(_actors(build)),
        seats=tuple(_seats(build)),
        compartments=tuple(_compartments(build, [told for _, told in said])),
        homonyms=tuple(_homonyms(build)),
        sources=tuple(sources_of(talks, build.names)),
        claims=(
            *named_claims(talks, build.names),
            *(role_claim(seat, role, build.names) for seat, role in _worded(talks)),
            *(replace(claim, compartment=_compartment(build, told)) for claim, told in said),
            *(claim for promise in rests for claim in promise.claims),
        ),
        roles=tuple(_roles(build)),
        recognition=tuple(_recognition(build)),
        agenda=tuple(_agenda(build)),
        scales=tuple(_scale(issue, build) for issue in talks.issues if issue.is_ordered),
        texts=tuple(_texts(build)),
        commitments=tuple(promise.commitment for promise in rests),
        rounds=plans,
        sessions=tuple(_sessions(build, plans)),
        delegations=tuple(_delegations(build, plans)),
        exercise=_exercise(build),
    )


def _exercise(build: _Build) -> ExercisePlan | None:
    rows = build.talks.exercise
    if rows is None:
        return None
    taken = {actor.slug for actor in _actors(build)} | {seat.slug for seat in _seats(build)}
    return plan_of(rows, build.talks.title, build.talks.languages[0], build.names.seats, taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    """What every part needs; ``people`` leads from a head of delegation to the lasting name of the person."""

    talks: OwnTalks
    names: NamesOfTalks
    people: dict[str, str]


def _with_secretariat(talks: OwnTalks) -> OwnTalks:
    if any(Role.SECRETARIAT in seat.roles for seat in talks.seats):
        return talks
    is_known = any(key_of(actor.name) == key_of(SECRETARIAT) for actor in talks.actors)
    is_taken = any(key_of(seat.name) == key_of(SECRETARIAT) for seat in talks.seats)
    actor = ActorRow(name=SECRETARIAT, kind=ActorKind.BODY)
    name = f"{SECRETARIAT} of the talks" if is_taken else SECRETARIAT
    seat = SeatRow(name=name, actors=(SECRETARIAT,), roles=(Role.SECRETARIAT,))
    return replace(talks, actors=(*talks.actors, *(() if is_known else (actor,))), seats=(*talks.seats, seat))


def _names(talks: OwnTalks, held: HeldNames) -> NamesOfTalks:
    subjects = {"first-round", "first-session"}
    others = {kind: set[str]() for kind in ("seat", "source", "issue")}
    actors, texts = LastingNames("actor", subjects, held.actors), LastingNames("text", subjects, held.texts)
    for actor in talks.actors:
        actors.add(actor.name, *actor.others)
    seats = LastingNames("seat", others["seat"])
    for seat in talks.seats:
        seats.add(seat.name)
    sources, issues = LastingNames("source", others["source"], held.sources), LastingNames("issue", others["issue"])
    for source in talks.sources:
        sources.add(source.name)
    for issue in talks.issues:
        issues.add(issue.name)
    for title in dict.fromkeys(row.text for row in talks.commitments if row.text):
        texts.add(title)
    return NamesOfTalks(
        actors=actors,
        seats=seats,
        sources=sources,
        issues=issues,
        texts=texts,
        secretariat=seats[next(seat.name for seat in talks.seats if Role.SECRETARIAT in seat.roles)],
        rows={key_of(source.name): source for source in talks.sources},
        questions={key_of(issue.name): issue for issue in talks.issues},
    )


def _people(talks: OwnTalks) -> dict[str, str]:
    """Return heads of delegations who do not stand on the sheet of actors, by name."""
    known = {key_of(name) for actor in talks.actors for name in (actor.name, *actor.others)}
    heads = {key_of(seat.head): seat.head for seat in talks.seats if seat.head and key_of(seat.head) not in known}
    return {key: f"person-{lasting_name(head, 'head')}" for key, head in heads.items()}


def _actors(build: _Build) -> Iterator[Actor]:
    talks, names = build.talks, build.names.actors
    for row in talks.actors:
        spelled = [name_in(text, talks.languages) for text in (row.name, *row.others)]
        # One language after the other, as the talks file groups them; the first of each is the one shown.
        order = list(dict.fromkeys(name.language for name in spelled))
        yield Actor(
            slug=names[row.name],
            kind=row.kind,
            names=tuple(sorted(dict.fromkeys(spelled), key=lambda name: order.index(name.language))),
            part_of=names[row.part_of] if row.part_of else None,
        )
    heads = {key_of(seat.head): seat.head for seat in talks.seats}
    for key, slug in build.people.items():
        yield Actor(slug=slug, kind=ActorKind.PERSON, names=(name_in(heads[key], talks.languages),))
    for seat in _together(talks):
        yield Actor(slug=_group(seat, build), kind=ActorKind.BODY, names=(name_in(seat.name, talks.languages),))


def _together(talks: OwnTalks) -> list[SeatRow]:
    """Return the seats that speak for several actors: the delegation is then an actor of its own."""
    return [seat for seat in talks.seats if len(seat.actors) > 1]


def _group(seat: SeatRow, build: _Build) -> str:
    return f"delegation-{build.names.seats[seat.name]}"[:80]


def _seats(build: _Build) -> Iterator[SeatPlan]:
    for seat in build.talks.seats:
        slug = build.names.seats[seat.name]
        is_on_paper = seat.reached == "on paper" and slug != build.names.secretariat
        yield SeatPlan(
            slug=slug,
            actor=_actor_of(seat, build),
            roles=seat.roles,
            kept_by=build.names.secretariat if is_on_paper else None,
        )


def _actor_of(seat: SeatRow, build: _Build) -> str:
    return _group(seat, build) if len(seat.actors) > 1 else build.names.actors[seat.actors[0]]


def _compartment(build: _Build, told: tuple[str, ...] | None) -> str | None:
    """Return who may see what was told to some: the secretariat alone, or a set with it."""
    if told is None:
        return None
    seats = sorted({*told, build.names.secretariat})
    return seats[0] if len(seats) == 1 else f"told-{digest_of(*seats)}"


def _compartments(build: _Build, told: list[tuple[str, ...] | None]) -> Iterator[Compartment]:
    for seats in sorted({tuple(sorted({*one, build.names.secretariat})) for one in told if one}):
        if len(seats) > 1:
            yield Compartment(slug=f"told-{digest_of(*seats)}", seats=seats, owner=build.names.secretariat)


def _homonyms(build: _Build) -> Iterator[tuple[str, str, str]]:
    names = build.names.actors
    pairs = {tuple(sorted((names[row.name], names[other]))): None for row in build.talks.actors for other in row.never}
    yield from ((first, second, "Named as two.") for first, second in pairs if first != second)


def _worded(talks: OwnTalks) -> list[tuple[SeatRow, Role]]:
    return [(seat, role) for seat in talks.seats if seat.word for role in disputable(seat.roles)]


def _roles(build: _Build) -> Iterator[RoleClaim]:
    for seat in build.talks.seats:
        for role in disputable(seat.roles):
            of = seat.guarantor_of if role is Role.GUARANTOR else None
            if seat.word or of:
                claim = role_claim(seat, role, build.names).slug if seat.word else None
                target = None if of is None else build.names.actors[of]
                yield RoleClaim(actor=_actor_of(seat, build), role=role, of=target, claim=claim)


def _recognition(build: _Build) -> Iterator[Recognition]:
    for seat in build.talks.seats:
        for by in build.names.actors.of(seat.disputed_by):
            for role in disputable(seat.roles):
                yield Recognition(by=by, of=_actor_of(seat, build), role=role, stand=Stand.NO)


def _agenda(build: _Build) -> Iterator[Basket]:
    baskets: dict[str, list[IssueRow]] = {}
    titles: dict[str, str] = {}
    for issue in build.talks.issues:
        title = issue.basket or "Issues"
        baskets.setdefault(key_of(title), []).append(issue)
        titles.setdefault(key_of(title), title)
    for key, rows in baskets.items():
        yield Basket(title=titles[key], issues=tuple(_issue(row, build) for row in rows))


def _issue(row: IssueRow, build: _Build) -> AgendaIssue:
    languages = build.talks.languages
    return AgendaIssue(
        slug=build.names.issues[row.name],
        question=(name_in(row.question, languages),),
        options=tuple(Option(slug=slug, names=(name_in(text, languages),)) for slug, text in _options(row)),
        is_invented=row.is_invented,
    )


def _options(row: IssueRow) -> Iterator[tuple[str, str]]:
    names = LastingNames("option", set())
    yield from ((names.add(text), text) for text in row.options)


def _scale(row: IssueRow, build: _Build) -> Scale:
    slugs = [slug for slug, _ in _options(row)]
    places = tuple((slug, Fraction(n)) for n, slug in enumerate(slugs, start=1))
    return Scale(
        issue=build.names.issues[row.name], places=places, low=Fraction(1), high=Fraction(len(slugs)),
        is_invented=row.is_invented,
    )  # fmt: skip


def _texts(build: _Build) -> Iterator[NamedText]:
    for title in {key_of(row.text): row.text for row in reversed(build.talks.commitments) if row.text}.values():
        yield NamedText(slug=build.names.texts[title], title=title)


def _rounds(build: _Build) -> tuple[Round, ...]:
    talks = build.talks
    has_people = any(seat.head for seat in talks.seats) or bool(_together(talks))
    if not (talks.first_day or talks.session or talks.round_title or talks.place or has_people):
        return ()
    planned = (PlannedDate(start=talks.first_day),) if talks.first_day else ()
    return (Round(slug="first-round", title=talks.round_title or "First round", place=talks.place, planned=planned),)


def _sessions(build: _Build, rounds: tuple[Round, ...]) -> Iterator[Session]:
    first = build.talks.session
    if first is not None and rounds:
        yield Session(
            slug="first-session",
            title=first.title,
            round=rounds[0].slug,
            format=first.format,
            participants=tuple(build.names.seats[seat.name] for seat in build.talks.seats),
            starts_at=first.starts_at,
        )


def _delegations(build: _Build, rounds: tuple[Round, ...]) -> Iterator[Delegation]:
    known = {key_of(name): actor.name for actor in build.talks.actors for name in (actor.name, *actor.others)}
    for seat in build.talks.seats if rounds else ():
        if seat.head or len(seat.actors) > 1:
            key = key_of(seat.head)
            head = build.people.get(key) or (build.names.actors[known[key]] if key in known else None)
            parts = build.names.actors.of(seat.actors) if len(seat.actors) > 1 else ()
            yield Delegation(
                round=rounds[0].slug,
                seat=build.names.seats[seat.name],
                head=head,
                represents=tuple(Part(actor=slug) for slug in parts),
            )


def _invented(talks: OwnTalks) -> Iterator[str]:
    """Yield what is made up, in one sentence for each sheet."""
    kinds = {
        "Actors": [row.name for row in talks.actors if row.is_invented],
        "Seats": [row.name for row in talks.seats if row.is_invented],
        "Sources": [row.name for row in talks.sources if row.is_invented],
        "Commitments": [row.what for row in talks.commitments if row.is_invented],
    }
    for sheet, names in kinds.items():
        if names:
            yield f"{sheet}: {'; '.join(names)}."[:5000]
