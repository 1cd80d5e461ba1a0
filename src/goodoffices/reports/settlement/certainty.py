"""How sure it is that all could sign, and what to find out next, in sentences."""

from __future__ import annotations

import math

from goodoffices.bargain import Bargain
from goodoffices.phrases.phrase import Phrase, Several
from goodoffices.reports.settlement.answer import SettlementAnswer, place_of, shown_settlement

_Z = 1.96
"""Normal quantile of a 95 % interval."""
BELOW, THIS = Phrase("the settlement below"), Phrase("this settlement")
_LIKELIEST = Phrase("the settlement that is likeliest")
"""What the settlement shown is called: below its words, or above them."""


def percent(share: float) -> str:
    """Return a share in whole per cent: worlds drawn from estimates do not carry more digits."""
    if 0 < share < 0.005:
        return Phrase("less than 1\u00a0%")  # a line must not break between a number and its unit
    return Phrase("more than 99\u00a0%") if 0.995 <= share < 1 else f"{100 * share:.0f}\u00a0%"


def share_left(share: float) -> str:
    """Return what is left of a share, so that the two as printed add up to the whole.

    Examples
    --------
    >>> share_left(0.9555), share_left(0.955)
    ('4\xa0%', '4\xa0%')
    """
    if 0 < share < 0.005:
        return Phrase("more than 99\u00a0%")
    return Phrase("less than 1\u00a0%") if 0.995 <= share < 1 else f"{100 - int(f'{100 * share:.0f}')}\u00a0%"


def interval(share: float, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share of ``n`` draws.

    References
    ----------
    E. B. Wilson (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
    Statistical Association 22(158), 209-212.
    """
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def chance(share: float, n: int) -> str:
    """Return a share of the worlds with its 95 % interval, where that says more than the share."""
    if share in (0.0, 1.0):
        return Phrase("all worlds") if share else Phrase("no world")
    low, high = (f"{100 * end:.0f}" for end in interval(share, n))
    said = percent(share)
    if low == high or " than " in said:
        return said
    return Phrase("{share} ({low} to {high})", share=said, low=low, high=high)


def interrupted_words(answer: SettlementAnswer) -> list[str]:
    """Say on how many worlds it rests, if fewer than were asked for."""
    from goodoffices.settlement.uncertainty.robustness import QUESTIONS_INTERRUPTED, WORLDS_INTERRUPTED

    found = answer.robust
    if found is None:
        return []
    said: list[str] = []
    for told in found.note.warnings:
        if isinstance(told, Phrase) and told.message == WORLDS_INTERRUPTED:
            said.append(Phrase("Interrupted: rests on {n} of {all} worlds.", **told.values))
        if isinstance(told, Phrase) and told.message == QUESTIONS_INTERRUPTED:
            said.append(Phrase("Interrupted: what to find out next rests on {n} of {all} worlds.", **told.values))
    return said


def sure_words(answer: SettlementAnswer, which: str) -> list[str]:
    """Say how sure it is that all could sign the settlement shown, which is called ``which``."""
    found, settlement = answer.robust, shown_settlement(answer)
    if found is None and answer.assessed.in_doubt:
        return [
            Phrase(
                "It cannot be told: worlds are drawn for up to 20 parties, and only where there is a settlement to "
                "look at."
            )
        ]
    if found is None:
        return [
            Phrase(
                "It cannot be told: the assessments state every figure as certain, so they give no probability. State "
                "ranges or orders instead."
            )
        ]
    at = place_of(answer, settlement)
    looked_at = 0 if at is None else at
    of_all = Phrase(
        "{n} sets of values were drawn from the ranges and orders assessed. All accept {settlement} in this share of "
        "them (where brackets follow, they hold the 95 % interval): {share}.",
        n=f"{found.worlds:,}",
        settlement=which if at is not None else Phrase("the likeliest settlement"),
        share=chance(found.probability[looked_at], found.worlds),
    )
    if at is None or settlement is None:
        return [of_all]
    said = [of_all]
    if found.probability[at] < 1:
        said.append(Phrase("Most likely to refuse it: {party}.", party=_refuser(answer, at)))
    if found.probability[0] > found.probability[at]:
        other = (
            option_on(answer.bargain, issue, option)
            for issue, (option, mine) in enumerate(zip(found.settlement(0), settlement, strict=True))
            if option != mine
        )
        said.append(
            Phrase(
                "Of the {n} settlements looked at, the one accepted most often has {options} instead: {share}.",
                n=f"{found.choices.shape[0]:,}",
                options=Several(other, "semicolons"),
                share=chance(found.probability[0], found.worlds),
            )
        )
    return list(said)


def option_on(bargain: Bargain, issue: int, option: int) -> Phrase:
    """Return an option and its issue, both in quotation marks."""
    one = bargain.issues[issue]
    return Phrase("‘{option}’ on ‘{issue}’", option=one.options[option], issue=one.name)


def _refuser(answer: SettlementAnswer, at: int) -> str:
    """Return the party that is most likely to refuse a settlement, by its name in the language of the answer."""
    return "" if answer.robust is None else answer.bargain.parties[answer.robust.refuser_at(at)]


def ask_words(answer: SettlementAnswer, which: str) -> list[str]:
    """Say what to find out next: the question worth most, or what decides where none is worth much."""
    if answer.robust is None or not answer.robust.questions:
        nothing = "Nothing that these assessments leave open would change which settlement is likeliest."
        return [*_still_open(answer, which), Phrase(nothing)]
    first = answer.robust.questions[0]
    if 100 * first.value < 1:
        return [
            Phrase(
                "No question is worth much: the best of them raises the probability of the likeliest settlement by "
                "less than one percentage point on average."
            )
        ]
    return [
        Phrase("{question}.", question=first.asks.words(answer.bargain)),
        Phrase(
            "The answer changes which settlement is likeliest in {share} of the worlds.", share=percent(first.decides)
        ),
        Phrase(
            "On average it raises the probability of the likeliest by {n} percentage points.",
            n=f"{100 * first.value:.0f}",
        ),
    ]


def _still_open(answer: SettlementAnswer, which: str) -> list[str]:
    """Return what decides whether the settlement shown is signed, where no answer would change which one it is."""
    found, names = answer.robust, answer.assessed.taken_as_zero
    # Where nothing can be signed, the settlement below needs an opening too; what is in doubt decides on the likeliest.
    at, meant = (place_of(answer, shown_settlement(answer)), which) if answer.best.picks else (0, _LIKELIEST)
    said: list[str] = []
    if names:
        parties = Several(names, "and")
        said.append(Phrase("What no agreement is worth to {parties}, which is only assumed.", parties=parties))
    is_open = found is not None and (answer.best.picks or found.probability[0])
    if is_open and found is not None and at is not None and found.probability[at] < 1:
        said.append(
            Phrase(
                "What {party} needs in order to sign: in {share} of the worlds {settlement} is not acceptable to all.",
                party=_refuser(answer, at),
                share=share_left(float(found.probability[at])),
                settlement=meant,
            )
        )
    return said
