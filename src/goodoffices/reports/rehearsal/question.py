"""The analyst's question as a form: which two formats, under which rules, and every assumption as a pair of sliders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.rehearsal.batches.assumptions import QUANTITIES, Assumed, Assumptions, form_named
from goodoffices.rehearsal.batches.experiment import Cell, Experiment
from goodoffices.rehearsal.batches.subject import Subject
from goodoffices.rehearsal.messages import FORMATS
from goodoffices.rehearsal.setting import Closing
from goodoffices.reports.rehearsal.subject_from_view import subject_from
from goodoffices.talks.state.view import View

HERE = "set on this page"
"""The origin of a number that somebody moved on the page."""

AS_ASSUMED = "as assumed"
PROTOCOLS = ("alternating", "all-propose", "majority")
STRATEGIES = (
    AS_ASSUMED, "linear", "boulware", "conceder", "hard-line", "tit-for-tat:relative", "tit-for-tat:absolute", "micro",
)  # fmt: skip
"""Strategies that a page offers: only those that come with the program, by their whole names."""

RUNS = ("1000", "2000", "10000", "50000")
MOST_TURNS = 400
_SCALES: Mapping[str, tuple[float, float]] = {
    "devaluation": (0.5, 0.01), "will-sit": (1, 0.05), "delay": (8, 1), "travel": (6, 1), "loss": (0.3, 0.01),
    "distortion": (0.3, 0.01), "read-back": (1, 0.05), "relays-per-turn": (8, 1), "threshold": (1, 0.05),
    "patience": (4, 0.1),
}  # fmt: skip
"""How far a slider goes and in which steps; further where a file assumes more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """One number that may be assumed, from ``low`` to ``high`` on a scale from ``least`` to ``most``.

    ``party`` is the name of the party if it is only of one. ``origin`` says who assumes it and why; it is empty where
    nobody states it. Then ``is_neutral`` says that the number does nothing.
    """

    name: str
    quantity: str
    party: str
    low: float
    high: float
    least: float
    most: float
    step: float
    origin: str

    @property
    def is_moved(self) -> bool:
        """Whether somebody moved it on the page."""
        return self.origin == HERE

    @property
    def is_neutral(self) -> bool:
        """Whether nobody states it."""
        return not self.origin

    def shown(self, value: float) -> str:
        """Return a value on the scale as it is written."""
        return f"{value:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What can be asked from one seat's view, and how it was asked last.

    ``chosen`` are the choices by the names of their fields; ``base`` what is assumed before anybody moves anything.
    """

    subject: Subject
    base: Assumptions
    sliders: tuple[Slider, ...]
    chosen: Mapping[str, str]


def question_from(
    view: View, base: Assumptions | None, given: Mapping[str, str] | None = None, language: str = "en"
) -> Question:
    """Return the question that a seat can ask.

    Parameters
    ----------
    view
        The seat's own view; nothing else is used of the talks.
    base
        What a file beside the record assumes, for a seat that may read it.
    given
        How the form was sent, by field: ``first`` and ``second`` formats, ``protocol``, ``strategy``, ``form``,
        ``closing``, ``turns``, ``runs``, and for each number ``low.NAME`` and ``high.NAME``.
    language
        In which the names of parties and issues are shown.

    Raises
    ------
    ScenarioError
        If the seat sees no assessments, or the file names a party or an intermediary that the talks do not have.
    """
    base = base or Assumptions(n_turns=40)
    given = given or {}
    subject = subject_from(view, language)
    subject = subject.with_parties(base.parties).with_carriers(base.intermediaries)
    usual = {
        "first": "direct", "second": "proximity", "protocol": "alternating", "strategy": AS_ASSUMED,
        "form": base.form.value, "closing": base.closing.value, "turns": str(base.n_turns), "runs": "10000",
    }  # fmt: skip
    return Question(
        subject=subject,
        base=base,
        sliders=tuple(_moved(one, given) for one in _sliders(subject, base)),
        chosen={name: given.get(name, value) for name, value in usual.items()},
    )


def experiment_from(question: Question) -> Experiment:
    """Return the experiment that answers the question.

    Raises
    ------
    ScenarioError, UnknownWordError
        If a choice is not one that is offered, both formats are the same, or nobody could carry messages.
    """
    chosen, base = question.chosen, question.base
    strategy = _one_of("strategy", chosen["strategy"], STRATEGIES)
    assumptions = replace(
        base,
        numbers=tuple(
            _assumed(one, base) for one in question.sliders if not (one.is_neutral and _is_unmoved(one))
        ),
        strategies=base.strategies if strategy == AS_ASSUMED else {"": strategy},
        form=form_named(chosen["form"]),
        closing=Closing(_one_of("closing", chosen["closing"], tuple(Closing))),
        n_turns=_turns(chosen["turns"]),
    )  # fmt: skip
    protocol = _one_of("protocol", chosen["protocol"], PROTOCOLS)
    cells = tuple(Cell.named(_one_of("format", chosen[name], tuple(FORMATS)), protocol) for name in ("first", "second"))
    if cells[0] == cells[1]:
        raise ScenarioError(Phrase("both formats are the same; choose two that differ"))
    runs = int(_one_of("number of runs", chosen["runs"], RUNS))
    return Experiment(subject=question.subject, assumptions=assumptions, cells=cells, runs=runs)


def _one_of(what: str, given: str, known: tuple[str, ...]) -> str:
    if given not in known:
        offered = ", ".join(known)
        raise ScenarioError(
            Phrase("this {what} is not offered here; choose one of: {offered}", what=Phrase(what), offered=offered)
        )
    return given


def _turns(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 5 and 1 <= int(given) <= MOST_TURNS):
        raise ScenarioError(Phrase("give a whole number of turns from 1 to {n}", n=str(MOST_TURNS)))
    return int(given)


def _sliders(subject: Subject, base: Assumptions) -> list[Slider]:
    """Return what is stated, in the order of the file, and then every quantity that nobody states."""
    stated = [_slider(subject, one) for one in base.numbers]
    named = {one.quantity for one in base.numbers}
    left = [base.stated(quantity) for quantity in QUANTITIES if quantity not in named]
    return [*stated, *(_slider(subject, one) for one in left)]


def _slider(subject: Subject, one: Assumed) -> Slider:
    most, step = _SCALES[one.quantity]
    known = QUANTITIES[one.quantity]
    return Slider(
        name=one.name,
        quantity=one.quantity,
        party=subject.bargain.parties[subject.number(one.party)] if one.party else "",
        low=one.low,
        high=one.high,
        least=0.1 if one.quantity == "patience" and one.low >= 0.1 else known.low,
        most=min(max(most, one.high), known.high),
        step=_fitting(step, (one.low, one.high)),
        origin=one.origin,
    )


def _fitting(step: float, values: tuple[float, ...]) -> float:
    """Return the step, made finer until every value lies on it, so that a browser shows it as it is."""
    finer = step
    while finer > step / 1000 and any(abs(value / finer - round(value / finer)) > 1e-6 for value in values):
        finer /= 10
    return finer


def _moved(slider: Slider, given: Mapping[str, str]) -> Slider:
    """Return the slider as it was sent; what cannot be read leaves it where it was."""
    ends = [_number(given.get(f"{end}.{slider.name}", "")) for end in ("low", "high")]
    if None in ends:
        return slider
    low, high = sorted(min(max(float(end or 0.0), slider.least), slider.most) for end in ends)
    low, high = _snapped(low, slider.low), _snapped(high, slider.high)
    if (low, high) == (slider.low, slider.high):
        return slider
    return replace(slider, low=low, high=high, origin=HERE)


def _snapped(value: float, before: float) -> float:
    """Return the value as it was, where the slider only shows it in its own steps."""
    return before if abs(value - before) < 1e-9 else round(value, 6)


def _number(text: str) -> float | None:
    is_plain = len(text) <= 12 and text.isascii() and text.replace(".", "", 1).isdigit()
    return float(text) if is_plain else None


def _is_unmoved(slider: Slider) -> bool:
    neutral = QUANTITIES[slider.quantity].neutral
    return slider.low == slider.high == neutral


def _assumed(slider: Slider, base: Assumptions) -> Assumed:
    """Return the number as it is assumed: as in the file, if nobody moved it."""
    for one in base.numbers:
        if one.name == slider.name:
            mode = None if one.mode is None else min(max(one.mode, slider.low), slider.high)
            return replace(one, low=slider.low, high=slider.high, mode=mode, origin=slider.origin)
    return Assumed(quantity=slider.quantity, low=slider.low, high=slider.high, origin=slider.origin or HERE)
