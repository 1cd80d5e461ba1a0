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
from goodoffices.rehearsal.messages import FIRST_FORMATS, FORMATS, MESSAGES, Said, Value, said
from goodoffices.rehearsal.setting import ProtocolName

FIRST_LINE = MESSAGES["first line"]
NO_COST = MESSAGES["no cost"]


def answer_sentences(comparison: Comparison) -> tuple[str, ...]:
    """Return the answer in English: the difference, what decides it, what it costs, and what was not an agreement."""
    return tuple(one.text for one in answer_said(comparison))


def answer_said(comparison: Comparison) -> tuple[Said, ...]:
    """Return the answer as messages with gaps, in the order in which they are read."""
    parts = [_verdict(comparison), *_rates(comparison), *_costs(comparison), *_failures(comparison)]
    parts += _decides(comparison)
    if not comparison.batch.experiment.assumptions.helps_intermediaries:
        parts.append(said("no cost"))
    if not comparison.batch.is_complete:
        done, wanted = comparison.batch.n, comparison.batch.experiment.runs
        parts.insert(0, said("interrupted", done=f"{done:,}", all=f"{wanted:,}"))
    return tuple(parts)


def cell_words(name: str) -> str:
    """Return a cell in words: *through intermediaries*, with its protocol if it is not the usual one."""
    return cell_said(name).text


def cell_said(name: str, *, is_first: bool = False) -> Said:
    """Return a cell as it stands within a sentence, or at its beginning."""
    form, _, rest = name.partition(" ")
    words = Said((FIRST_FORMATS if is_first else FORMATS).get(form, form))
    return said("cell", format=words, rest=rest) if rest else words


def number_said(subject: Subject, name: str, place: str) -> Said:
    """Return the name of something that differs from run to run, by its place in the draws."""
    kind, _, rest = place.partition(":")
    if kind == "reservation":
        return said("no agreement", party=subject.bargain.parties[int(rest)])
    if kind == "worth":
        row, _, party = rest.partition(":")
        options = [option for issue in subject.bargain.issues for option in issue.options]
        return said("option", option=options[int(row)], party=subject.bargain.parties[int(party)])
    quantity, _, party = subject.said(name).partition(" of ")
    return said("of a party", quantity=Said(quantity), party=party) if party else Said(quantity)


def _number(found: Comparison, name: str) -> Said:
    experiment = found.batch.experiment
    place, *_ = drawn_variables(experiment.subject, experiment.assumptions)[name]
    return number_said(experiment.subject, name, place)


def _verdict(found: Comparison) -> Said:
    """Return the first sentence: cannot tell, no difference shown, or which does better."""
    if not found.where_possible:
        return said("impossible")
    if found.turning:
        first = found.turning[0]
        return said("cannot tell", number=_number(found, first.name), sides=_sides(found, first))
    if found.agreed.holds_zero:
        return said("no difference", low=_points(found.agreed.low), high=_points(found.agreed.high))
    better = found.second if found.agreed.value > 0.0 else found.first
    return said("better", format=cell_said(better.name))


def _sides(found: Comparison, response: Response) -> Said:
    """Return below and above which value each format does better, and what was assumed."""
    below = found.second.name if response.low_end.value > 0.0 else found.first.name
    above = found.first.name if below == found.second.name else found.second.name
    shared: dict[str, Value] = {
        "one": cell_said(below),
        "other": cell_said(above),
        "assumed": _assumed(found, response),
    }
    if response.crossing is None:
        return said("sides", **shared)
    quantity = QUANTITIES.get(response.name.partition(" of ")[0])
    if quantity is not None and quantity.is_whole:
        last = math.floor(response.crossing.value)
        return said("sides.first" if last == 0 else "sides.whole", last=str(last), next=str(last + 1), **shared)
    value, low, high = (
        f"{one:.2g}" for one in (response.crossing.value, response.crossing.low, response.crossing.high)
    )
    return said("sides.share", value=value, low=low, high=high, **shared)


def _assumed(found: Comparison, response: Response) -> Said:
    experiment = found.batch.experiment
    _, low, high, origin = drawn_variables(experiment.subject, experiment.assumptions)[response.name]
    return said("assumed", low=f"{low:g}", high=f"{high:g}", origin=origin)


def _rates(found: Comparison) -> list[Said]:
    one, other = found.first, found.second
    if not found.where_possible:
        return []
    return [
        said(
            "rates", other=cell_said(other.name, is_first=True), other_rate=_percent(other.agreed_where_possible),
            one=cell_said(one.name), one_rate=_percent(one.agreed_where_possible), known=f"{found.where_possible:,}",
            all=f"{one.runs:,}", gap=_points(found.agreed.value), low=_points(found.agreed.low),
            high=_points(found.agreed.high),
        )
    ]  # fmt: skip


def _costs(found: Comparison) -> list[Said]:
    """Return what the second format costs in turns and brings in gains, where both agreed."""
    if found.both < 2:
        return []
    turns = found.turns
    parties = found.batch.experiment.subject.parties
    gains = tuple(_gain(name, gain) for name, gain in zip(parties, found.gains, strict=True))
    if turns.holds_zero:
        return [said("as long", gains=gains)]
    low, high = sorted((abs(turns.low), abs(turns.high)))
    how = "longer" if turns.value > 0.0 else "less"
    return [said(how, turns=f"{abs(turns.value):.1f}", low=f"{low:.1f}", high=f"{high:.1f}", gains=gains)]


def _gain(name: str, gain: Interval) -> Said:
    if gain.holds_zero:
        return said("gain.none", party=name)
    return said("gain.more" if gain.value > 0.0 else "gain.less", party=name, gain=f"{abs(gain.value):.2f}")


def _failures(found: Comparison) -> list[Said]:
    """Return what was no agreement, each kind by itself."""
    sentences = []
    for cell in (found.first, found.second):
        kinds = ((cell.missed, "missed"), (cell.impossible, "none possible"), (cell.cannot_tell, "not known"))
        parts = tuple(said(key, n=f"{count:,}") for count, key in kinds if count)
        if parts:
            sentences.append(said("without", format=cell_said(cell.name), kinds=parts))
        if cell.different_copies:
            share = f"{cell.different_copies / cell.runs:.1%}"
            sentences.append(said("copies", share=share, format=cell_said(cell.name)))
        sentences += _other_ends(cell)
    return sentences


def _other_ends(cell: CellSummary) -> list[Said]:
    found = dict(cell.endings)
    sentences = []
    if found.get("did not convene"):
        share = f"{found['did not convene'] / cell.runs:.1%}"
        sentences.append(said("not convened", share=share, format=cell_said(cell.name)))
    if cell.refused:
        sentences.append(said("not ratified", n=f"{cell.refused:,}", format=cell_said(cell.name)))
    return sentences


def _decides(found: Comparison) -> list[Said]:
    """Return which assumptions explain most of the difference."""
    leading = [one for one in found.responses if one.share >= 0.005][:3]
    if not leading:
        return [said("no single")] if found.responses else []
    parts = [said("explains", number=_number(found, one.name), share=f"{one.share:.0%}") for one in leading]
    numbers = parts[0]
    for part in parts[1:]:
        numbers = said("then", one=numbers, other=part)
    if found.turning:
        return [said("rests", numbers=numbers)]
    close = next((one for one in found.responses if one.crossing is not None and one.share >= 0.005), None)
    if close is None or close.crossing is None:
        return [said("rests.stays", numbers=numbers)]
    value = crossing_text(close.name, close.crossing.value)
    return [said("rests.close", numbers=numbers, number=_number(found, close.name), value=value)]


def crossing_text(name: str, value: float) -> str:
    """Return where a difference changes its sign; of a whole number, the two between which it does."""
    quantity = QUANTITIES.get(name.partition(" of ")[0])
    is_between = quantity is not None and quantity.is_whole and value != math.floor(value)
    return f"{math.floor(value)}–{math.floor(value) + 1}" if is_between else f"{value:.2g}"


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
