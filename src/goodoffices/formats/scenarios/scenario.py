"""What a scenario file gives: a bargain, its timing, where it came from, and the report of its reading."""

from __future__ import annotations

from dataclasses import field, replace
from fractions import Fraction
from typing import TypeVar
from unicodedata import category

from goodoffices.bargain import Bargain, BargainIssue, Box, Interaction, Rule
from goodoffices.data_class import dataclass
from goodoffices.errors import UnknownWordError, quoted
from goodoffices.formats.input.diagnostics import Grade, Place, failure
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.limits import LIMITS, Limits
from goodoffices.formats.scenarios.log import Log, ScenarioReport, assumptions, left_out, sentence
from goodoffices.names import comparable, look_alikes, nearest_word, visible
from goodoffices.unseen_characters import code

T = TypeVar("T")

Agenda = tuple[BargainIssue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Per party what time does: ``discount`` (factor and unit, ``"run"`` or ``"turn"``), worth per turn, opting out."""

    discount: tuple[tuple[Fraction, str] | None, ...]
    worth_per_turn: tuple[Fraction, ...]
    opt_out_value: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The dialect read and, of each file, its name and SHA-256."""

    dialect: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One party as its file states it: worth per issue and option, and the rest.

    ``scale`` is how many points the file's own 1 stands for (not 1 only where raw points are kept).
    """

    name: str
    file: str
    worth: tuple[tuple[Fraction, ...], ...]
    reservation_value: Fraction = Fraction(0)
    discount: tuple[Fraction, str] | None = None
    worth_per_turn: Fraction = Fraction(0)
    opt_out_value: Fraction | None = None
    boxes: tuple[tuple[Box, Fraction], ...] = ()
    cap: Fraction | None = None
    scale: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A negotiation scenario read from files.

    Parameters
    ----------
    bargain
        What the parties bargain over. Of several (one centre, several edges) this is the first.
    edges
        All bargains of a scenario with several, by name; empty otherwise.
    labels
        Names without bearing on the numbers, such as the domain's.
    scale
        Per party, how many points the file's own 1 stands for.
    """

    bargain: Bargain
    timing: Timing
    labels: dict[str, str] = field(default_factory=dict)
    origin: Origin
    report: ScenarioReport
    edges: tuple[tuple[str, Bargain], ...] = ()
    scale: tuple[Fraction, ...] = ()

    def __repr__(self) -> str:
        parties = len(self.bargain.parties)
        return f"<Scenario {self.origin.dialect}: {parties} parties, {len(self.bargain.issues)} issues>"


def joined_bargain(agenda: Agenda, profiles: list[Profile], log: Log) -> Bargain:
    """Return one bargain of the agenda and the parties' profiles."""
    n = len(profiles)
    if n > LIMITS.parties:
        raise failure("limit", Place(file=""), f"{n} parties; the limit is {LIMITS.parties}")
    interactions = []
    for party, profile in enumerate(profiles):
        for box, added in profile.boxes:
            worth = tuple(added if other == party else Fraction(0) for other in range(n))
            interactions.append(Interaction(box=box, worth=worth, name=profile.name))
    return Bargain(
        issues=agenda,
        parties=tuple(profile.name for profile in profiles),
        worth=tuple(
            tuple(tuple(profile.worth[issue][option] for profile in profiles) for option in range(len(one.options)))
            for issue, one in enumerate(agenda)
        ),
        reservation_value=tuple(profile.reservation_value for profile in profiles),
        cap=tuple(profile.cap for profile in profiles),
        interactions=tuple(interactions),
        assumptions=(*assumptions(log.entries), *_passed_over(profiles), *_weights_as_written(log)),
        left_out=left_out(log.entries),
    )


def _passed_over(profiles: list[Profile]) -> tuple[str, ...]:
    """Return, as a sentence, the discounts that no answer counts: each is about one moment, without a run of time."""
    named = [f"{one.name} {float(one.discount[0]):g} per {one.discount[1]}" for one in profiles if one.discount]
    return (f"Discounts are not counted here, as if all were agreed at once: {', '.join(named)}.",) if named else ()


def _weights_as_written(log: Log) -> tuple[str, ...]:
    """Return the notes on weights that do not add up to 1, since their points are on another scale than others."""
    off = (entry for entry in log.entries if entry.kind == "weights-off" and entry.grade is Grade.NOTE)
    return tuple(sentence(entry) for entry in off)


def chosen_bargain(scenario: Scenario, names: str | None) -> Bargain:
    """Return the bargain of the profiles or of the one edge that a person named, with commas; all without names."""
    chosen = _names_in(names)
    edges = dict(scenario.edges)
    return edges[chosen[0]] if len(chosen) == 1 and chosen[0] in edges else chosen_profiles(scenario, names).bargain


def chosen_profiles(scenario: Scenario, names: str | None) -> Scenario:
    """Return the scenario of the profiles that a person named, with commas; the whole without names.

    Raises
    ------
    UnknownWordError
        If a name is not one of its parties.
    """
    chosen = _names_in(names)
    if not chosen:
        return scenario
    bargain = of_parties(scenario.bargain, chosen)
    at = [scenario.bargain.parties.index(name) for name in chosen]
    timing = Timing(
        discount=tuple(scenario.timing.discount[party] for party in at),
        worth_per_turn=tuple(scenario.timing.worth_per_turn[party] for party in at),
        opt_out_value=tuple(scenario.timing.opt_out_value[party] for party in at),
    )
    scale = tuple(scenario.scale[party] for party in at) if scenario.scale else ()
    return replace(scenario, bargain=bargain, timing=timing, scale=scale, edges=())


def _names_in(names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(comparable(name) for name in (names or "").split(",") if name.strip()))


def of_parties(bargain: Bargain, names: tuple[str, ...]) -> Bargain:
    """Return the bargain of some of its parties, in the order given; the others stand under what is left out.

    Raises
    ------
    UnknownWordError
        If a name is not one of its parties.
    """
    at = []
    for name in names:
        if name not in bargain.parties:
            raise UnknownWordError("party", name, bargain.parties, nearest=nearest_word(name, bargain.parties))
        at.append(bargain.parties.index(name))
    others = [name for name in bargain.parties if name not in names]

    def kept(row: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(row[party] for party in at)

    return replace(
        bargain,
        parties=kept(bargain.parties),
        worth=tuple(tuple(kept(row) for row in table) for table in bargain.worth),
        reservation_value=kept(bargain.reservation_value),
        rule=Rule.unanimity(len(at)),
        cap=kept(bargain.cap),
        strict=kept(bargain.strict),
        red_lines=kept(bargain.red_lines),
        interactions=tuple(replace(link, worth=kept(link.worth)) for link in bargain.interactions),
        left_out=(*bargain.left_out, *(f"{name} was not asked for." for name in others)),
    )


def timing_of(profiles: list[Profile]) -> Timing:
    """Return what time does to each party."""
    return Timing(
        discount=tuple(profile.discount for profile in profiles),
        worth_per_turn=tuple(profile.worth_per_turn for profile in profiles),
        opt_out_value=tuple(profile.opt_out_value for profile in profiles),
    )


def join(
    dialect: str, agenda: Agenda, profiles: list[Profile], *, files: list[RawFile], log: Log, named: tuple[str, int]
) -> Scenario:
    """Return the scenario of one agenda and its profiles; ``named``: the domain's name and the profiles tried."""
    name, tried = named
    for one in (*(issue.name for issue in agenda), *(profile.name for profile in profiles)):
        check_name(one, files[0].name)
    _point_out_look_alikes(agenda, profiles, files[0].name, log)
    headline = f"{len(profiles)} of {tried} profiles read" if tried != len(profiles) else ""
    return Scenario(
        bargain=joined_bargain(agenda, profiles, log),
        timing=timing_of(profiles),
        labels={"domain": name},
        origin=Origin(dialect=dialect, files=tuple((raw.name, raw.sha256) for raw in files)),
        report=log.report(headline),
        scale=tuple(profile.scale for profile in profiles),
    )


def _point_out_look_alikes(agenda: Agenda, profiles: list[Profile], file: str, log: Log) -> None:
    """Note names that look alike in different scripts; they stay different names."""
    pairs = look_alikes(issue.name for issue in agenda)
    pairs += [pair for issue in agenda for pair in look_alikes(issue.options)]
    for one, other in (*pairs, *look_alikes(profile.name for profile in profiles)):
        log.note(
            "look-alike", Place(file=file), f"{quoted(one)} and {quoted(other)} look alike, but are different names"
        )


def check_name(name: str, file: str) -> None:
    """Refuse a name with control characters: they steer a terminal, and no format holds them in a name."""
    wrong = next((char for char in name if category(char) == "Cc"), None)
    if wrong is not None:
        raise failure(
            "shape", Place(file=file),
            f"the name {quoted(visible(name))} holds the control character {code(wrong)}. Take it out."
        )  # fmt: skip


def check_agenda(options: list[tuple[str, ...]], file: str, limits: Limits = LIMITS) -> None:
    """Refuse an agenda that is larger than the limits."""
    if len(options) > limits.issues:
        raise failure("limit", Place(file=file), f"{len(options)} issues; the limit is {limits.issues}")
    count = sum(len(names) for names in options)
    if count > limits.options:
        raise failure("limit", Place(file=file), f"{count} options; the limit is {limits.options}")
    for names in options:
        for name in names:
            check_name(name, file)
        if len({comparable(name) for name in names}) != len(set(names)):
            raise failure("mismatch", Place(file=file), "two options differ only in characters that nobody sees")
    longest = max((len(name) for names in options for name in names), default=0)
    if longest > limits.name_characters:
        raise failure(
            "limit", Place(file=file), f"a name of {longest} characters; the limit is {limits.name_characters}"
        )
