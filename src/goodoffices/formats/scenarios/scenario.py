"""What a scenario file gives: a bargain, its timing, where it came from, and the report of its reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from unicodedata import normalize

from goodoffices.bargain import Bargain, BargainIssue, Box, Interaction
from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.limits import LIMITS, Limits
from goodoffices.formats.scenarios.log import Log, ScenarioReport, assumptions

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
        assumptions=assumptions(log.entries),
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
    headline = f"{len(profiles)} of {tried} profiles read" if tried != len(profiles) else ""
    return Scenario(
        bargain=joined_bargain(agenda, profiles, log),
        timing=timing_of(profiles),
        labels={"domain": name},
        origin=Origin(dialect=dialect, files=tuple((raw.name, raw.sha256) for raw in files)),
        report=log.report(headline),
        scale=tuple(profile.scale for profile in profiles),
    )


def check_agenda(options: list[tuple[str, ...]], file: str, limits: Limits = LIMITS) -> None:
    """Refuse an agenda that is larger than the limits."""
    if len(options) > limits.issues:
        raise failure("limit", Place(file=file), f"{len(options)} issues; the limit is {limits.issues}")
    count = sum(len(names) for names in options)
    if count > limits.options:
        raise failure("limit", Place(file=file), f"{count} options; the limit is {limits.options}")
    for names in options:
        if len({normalize("NFC", name) for name in names}) != len(set(names)):
            raise failure("mismatch", Place(file=file), "two options look the same but differ in bytes (Unicode NFC)")
    longest = max((len(name) for names in options for name in names), default=0)
    if longest > limits.name_characters:
        raise failure(
            "limit", Place(file=file), f"a name of {longest} characters; the limit is {limits.name_characters}"
        )
