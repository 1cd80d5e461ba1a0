"""The question answered in sentences: what follows from what was assumed, and what decides it. Never a forecast."""

from __future__ import annotations

import math

from goodoffices.rehearsal.batches.assumptions import QUANTITIES
from goodoffices.rehearsal.batches.behaviours import FROM_FILE
from goodoffices.rehearsal.batches.comparison import CellSummary, Comparison
from goodoffices.rehearsal.batches.estimates import Interval, Response
from goodoffices.rehearsal.batches.experiment import Experiment
from goodoffices.rehearsal.batches.samples import drawn_variables
from goodoffices.rehearsal.batches.subject import Subject
from goodoffices.rehearsal.setting import ProtocolName

FIRST_LINE = "Rehearsal, not forecast: this is what follows from what is assumed."
NO_COST = "In this model direct contact has no cost; the result is an assumption."

_FORMATS = {
    "direct": "face to face",
    "plenary": "in plenary",
    "proximity": "through intermediaries",
    "shuttle": "by shuttle",
}


def answer_sentences(comparison: Comparison) -> tuple[str, ...]:
    """Return the answer in sentences: the difference, what decides it, what it costs, and what was not an agreement."""
    parts = [_verdict(comparison), _rates(comparison), _costs(comparison), *_failures(comparison), _decides(comparison)]
    if not comparison.batch.experiment.assumptions.helps_intermediaries:
        parts.append(NO_COST)
    if not comparison.batch.is_complete:
        done, wanted = comparison.batch.n, comparison.batch.experiment.runs
        parts.insert(0, f"Interrupted: {done:,} of {wanted:,} runs.")
    return tuple(part for part in parts if part)


def cell_words(name: str) -> str:
    """Return a cell in words: *through intermediaries*, with its protocol if it is not the usual one."""
    form, _, rest = name.partition(" ")
    words = _FORMATS.get(form, form)
    return f"{words} ({rest})" if rest else words


def _verdict(found: Comparison) -> str:
    """Return the first sentence: cannot tell, no difference shown, or which does better."""
    one, other = cell_words(found.first.name), cell_words(found.second.name)
    if not found.where_possible:
        return "In none of the runs was a settlement possible: no format could have brought one."
    if found.turning:
        return (
            f"Cannot tell: it turns on {_subject(found).said(found.turning[0].name)}. {_turn(found, found.turning[0])}"
        )
    if found.agreed.holds_zero:
        low, high = _points(found.agreed.low), _points(found.agreed.high)
        return f"No difference shown: between {low} and {high} points."
    better = other if found.agreed.value > 0.0 else one
    return f"Under these assumptions talks {better} agree more often."


def _subject(found: Comparison) -> Subject:
    return found.batch.experiment.subject


def _turn(found: Comparison, response: Response) -> str:
    """Return below and above which value each format does better, and what was assumed."""
    below = found.second.name if response.low_end.value > 0.0 else found.first.name
    above = found.first.name if below == found.second.name else found.second.name
    low, high = _where(response)
    sides = f"{low} talks {cell_words(below)} agree more often, {high} talks {cell_words(above)}"
    return f"{sides}; {_assumed(found, response)}."


def _where(response: Response) -> tuple[str, str]:
    """Return in words where the difference changes its sign; of a whole number, up to which and from which on."""
    if response.crossing is None:
        return "At low values", "at high values"
    quantity = QUANTITIES.get(response.name.partition(" of ")[0])
    if quantity is not None and quantity.is_whole:
        last = math.floor(response.crossing.value)
        return (f"At {last}" if last == 0 else f"Up to {last}"), f"from {last + 1} on"
    crossing = f"{response.crossing.value:.2g} ({response.crossing.low:.2g} to {response.crossing.high:.2g})"
    return f"Below {crossing}", "above it"


def _assumed(found: Comparison, response: Response) -> str:
    experiment = found.batch.experiment
    _, low, high, origin = drawn_variables(experiment.subject, experiment.assumptions)[response.name]
    return f"{low:g} to {high:g} was assumed ({origin})"


def _rates(found: Comparison) -> str:
    one, other = found.first, found.second
    if not found.where_possible:
        return ""
    first = f"{cell_words(other.name).capitalize()} {_percent(other.agreed_where_possible)} of "
    second = f"runs reached agreement, {cell_words(one.name)} {_percent(one.agreed_where_possible)}"
    low, high = _points(found.agreed.low), _points(found.agreed.high)
    gap = f"{_points(found.agreed.value)} points (95 % interval {low} to {high})"
    known = found.where_possible
    return f"{first}{known:,} {second}: {gap}, where a settlement was possible ({known:,} of {one.runs:,} runs)."


def _costs(found: Comparison) -> str:
    """Return what the second format costs in turns and brings in gains, where both agreed."""
    if found.both < 2:
        return ""
    turns = found.turns
    if turns.holds_zero:
        time = "It takes as long, as far as can be shown"
    else:
        how = "longer" if turns.value > 0.0 else "less"
        time = f"It takes {abs(turns.value):.1f} turns {how} ({_between(turns)})"
    parties = found.batch.experiment.subject.parties
    gains = ", ".join(_gain(name, gain) for name, gain in zip(parties, found.gains, strict=True))
    return f"{time}. Where both agree: {gains}."


def _between(interval: Interval) -> str:
    low, high = sorted((abs(interval.low), abs(interval.high)))
    return f"{low:.1f} to {high:.1f}"


def _gain(name: str, gain: Interval) -> str:
    if gain.holds_zero:
        return f"{name} no difference shown"
    return f"{name} {'gains' if gain.value > 0.0 else 'loses'} {abs(gain.value):.2f} of its range"


def _failures(found: Comparison) -> list[str]:
    """Return what was no agreement, each kind by itself."""
    sentences = []
    for cell in (found.first, found.second):
        kinds = [
            (cell.missed, "a settlement was possible and was missed"),
            (cell.impossible, "none was possible"),
            (cell.cannot_tell, "it is not known whether one was possible"),
        ]
        parts = [f"in {count:,} {words}" for count, words in kinds if count]
        if parts:
            sentences.append(f"Without agreement {cell_words(cell.name)}: {', '.join(parts)}.")
        if cell.different_copies:
            share = cell.different_copies / cell.runs
            sentences.append(
                f"{share:.1%} of the runs {cell_words(cell.name)} ended on different copies: each side believes itself "
                "agreed on other words. They are not counted as agreements."
            )
        sentences += _other_ends(cell)
    return sentences


def _other_ends(cell: CellSummary) -> list[str]:
    found = dict(cell.endings)
    sentences = []
    if found.get("did not convene"):
        share = found["did not convene"] / cell.runs
        sentences.append(
            f"{share:.1%} of the runs {cell_words(cell.name)} did not convene: one side would not sit down."
        )
    if cell.refused:
        sentences.append(f"{cell.refused:,} agreements {cell_words(cell.name)} were not ratified.")
    return sentences


def _decides(found: Comparison) -> str:
    """Return which assumptions explain most of the difference."""
    leading = [one for one in found.responses if one.share >= 0.005][:3]
    if not leading:
        return "" if not found.responses else "No single assumption decides the answer."
    parts = [f"{_subject(found).said(one.name)} ({one.share:.0%} of the variance)" for one in leading]
    rest = "" if found.turning else f" Inside what was assumed none of them turns it{_nearest_turn(found)}."
    return f"The answer rests most on {', then '.join(parts)}.{rest}"


def _nearest_turn(found: Comparison) -> str:
    """Return which assumption comes closest to turning it, if a fit crosses 0 without being beyond chance."""
    close = next((one for one in found.responses if one.crossing is not None and one.share >= 0.005), None)
    if close is None or close.crossing is None:
        return ""
    return f" beyond chance; {_subject(found).said(close.name)} comes closest, near {close.crossing.value:.2g}"


def _percent(interval: Interval) -> str:
    return "–" if math.isnan(interval.value) else f"{interval.value:.1%}"


def _points(share: float) -> str:
    return f"{100 * share:+.1f}"


def assumption_lines(experiment: Experiment) -> tuple[str, ...]:
    """Return what was assumed, one line each, with its range and origin; neutral numbers in one line."""
    lines, stated = [], set()
    for one in experiment.assumptions.numbers:
        span = f"{one.low:g}" if not one.is_range else f"{one.low:g} to {one.high:g}"
        if one.mode is not None:
            span += f", most likely {one.mode:g}"
        lines.append(f"{experiment.subject.said(one.name)}: {span} ({one.origin}); {QUANTITIES[one.quantity].words}")
        stated.add(one.quantity)
    neutral = [name for name in QUANTITIES if name not in stated]
    if neutral:
        lines.append(f"neutral, as nobody stated them: {', '.join(neutral)}")
    lines.append(
        f"an intermediary passes proposals on {_form_words(experiment.assumptions.form.value)}; "
        f"{experiment.assumptions.n_turns} turns"
    )
    assumed = experiment.assumptions
    lines += [f"{one.name} may disturb the talks" for one in assumed.spoilers]
    lines += [
        f"{one.name} ratifies " + ("by its own worths" if one.probability is None else f"with {one.probability:.0%}")
        for one in assumed.ratifiers
    ]
    if assumed.walkout.value != "forbidden":
        lines.append(f"parties may leave: {assumed.walkout.value}")
    strategies = {
        experiment.strategy(cell, p) for cell in experiment.cells for p in range(len(experiment.subject.parties))
    }
    lines.append(f"negotiators: {', '.join(sorted(strategies))}")
    if any(name.startswith(FROM_FILE) for name in strategies):
        lines.append("a negotiator from a file runs in a process of its own, which gets only what its seat may know")
    if any(cell.protocol is ProtocolName.SINGLE_TEXT for cell in experiment.cells):
        lines.append("with a single text the mediator sees each party alone: the format makes no difference")
    return tuple(lines)


def _form_words(form: str) -> str:
    return {
        "verbatim": "word for word", "paraphrase": "in its own words, with their source",
        "own-idea": "as ideas of its own, so that their source stays hidden",
    }[form]  # fmt: skip
