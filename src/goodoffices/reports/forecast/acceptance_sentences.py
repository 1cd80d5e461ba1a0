"""Would those who must sign accept it: as part of a package, and on this issue alone."""

from __future__ import annotations

from goodoffices.phrases.phrase import Phrase, Several, quotation
from goodoffices.reports.forecast.answer import Forecasted, near_acceptable
from goodoffices.reports.forecast.limit_sentences import closed_words
from goodoffices.reports.forecast.numbers_in_words import number_of, percent


def signed_words(answer: Forecasted) -> str:
    """Return whether those who must sign would accept what the model expects, in sentences."""
    return Several((*_in_a_package(answer), *_alone(answer)))


def _in_a_package(answer: Forecasted) -> list[str]:
    known, main = answer.acceptable, answer.main
    if not known.is_known or main.filter is None:
        why = known.reason or Phrase("the time given was not enough")
        return [Phrase("As part of a package: it cannot be told: {why}.", why=why)]
    closed = Several(
        (quotation(name) for slug, name, _ in answer.issue.options if not known.could_be.get(slug)), "both"
    )
    if not closed:
        return [Phrase("As part of a package: each of these options is in some combination that all could sign.")]
    if len(closed.parts) == len(answer.issue.options):
        return [Phrase("As part of a package: no. All could sign no combination of the options.")]
    share = percent(main.filter.probability)
    first = Phrase(
        "As part of a package: {options} are in no combination that all could sign; {share} of the probability lies "
        "nearest to an option that is.",
        options=closed,
        share=share,
    )
    if len(closed.parts) == 1:
        first = Phrase(
            "As part of a package: {options} is in no combination that all could sign; {share} of the probability "
            "lies nearest to an option that is.",
            options=closed,
            share=share,
        )
    inside = main.distribution.conditional(near_acceptable(answer.issue, known.could_be))
    if inside is None or main.filter.probability >= 1:
        return [first]
    low, high = (number_of(answer, end) for end in inside.interval(0.8))
    return [first, Phrase("Counting only that part, four times in five from {low} to {high}.", low=low, high=high)]


def _alone(answer: Forecasted) -> list[str]:
    core, main = answer.alone, answer.main
    if not core.is_known:
        return [Phrase("On this issue alone: it cannot be told: {why}.", why=core.reason)]
    if core.interval is None:
        return [Phrase("On this issue alone: no, {why}.", why=core.reason)]
    low, high = core.interval
    reference = main.inputs.reference[main.inputs.issue_index(main.issue)]
    now, ends = number_of(answer, reference or 0.0), (number_of(answer, low), number_of(answer, high))
    only: str = ends[0]
    if ends[0] != ends[1]:
        only = Phrase("what lies between {low} and {high}", low=ends[0], high=ends[1])
    bound = Several((name for name in dict.fromkeys((core.binding_low, core.binding_high)) if name), "both")
    first = Phrase(
        "On this issue alone, against how things stand now ({now}), they would accept only {only}.", now=now, only=only
    )
    if bound:
        first = Phrase(
            "On this issue alone, against how things stand now ({now}), they would accept only {only} (the limit is "
            "set by {actors}).",
            now=now,
            only=only,
            actors=bound,
        )
    said = [first, closed_words(answer, low, high)]
    cost = core.common_cost_needed(main.point)
    if cost is not None and cost > 0:
        said.append(
            Phrase(
                "All would accept {point} only if no agreement were as bad for each of them as giving way by {share} "
                "of the line.",
                point=number_of(answer, main.point),
                share=percent(cost),
            )
        )
    return said
