"""What could all sign, what blocks it, the smallest opening, how sure: in words first, then figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.bargain import Bargain
from goodoffices.phrases.phrase import Phrase, Several
from goodoffices.reports.brief.build import Brief, answer_brief
from goodoffices.reports.settlement.answer import SettlementAnswer, smallest
from goodoffices.reports.settlement.bargain_from_view import INVENTED
from goodoffices.reports.settlement.certainty import BELOW, ask_words, interrupted_words, percent, sure_words
from goodoffices.reports.tables import Heading, Part, Section, and_listed
from goodoffices.text_tables import figure

if TYPE_CHECKING:
    from goodoffices.settlement.feasibility.unblock import Change, Opening, Unblocking


_WEIGHS_UNITS = ("leximin", "egalitarian", "utilitarian", "least_difference")
"""Solutions that compare gains in the units stated; the others are the same in any units."""
_MOST_OPENINGS = 3
_MOST_CONFLICTS = 5
"""How many smallest openings the words tell; the table has the others."""
_MOST_DIGITS, _MOST_FLOAT = 10**12, 10**300


def answer_words(answer: SettlementAnswer, settlement: str = BELOW) -> tuple[tuple[str, str], ...]:
    """Return questions and answers in words, for a mediator who reads nothing else.

    ``settlement`` is what the settlement that is shown is called: `BELOW`, or `THIS` where it stands above the words.
    """
    left_out = answer.bargain.left_out
    words = f"this is not an answer for the whole scenario. {' '.join(left_out)}"
    if not left_out and answer.assessed.left_out:
        left_out = answer.assessed.left_out
        words = f"this is not an answer for the whole of these talks. {' '.join(left_out)}"
    return (
        *([("Left out:", words)] if left_out else []),
        ("What could all sign?", _could_sign(answer)),
        ("What blocks it?", _blocks(answer)),
        ("What is the smallest opening?", _opening(answer)),
        ("How sure is that?", Several((*sure_words(answer, settlement), *interrupted_words(answer)))),
        ("What to find out next?", Several(ask_words(answer, settlement))),
        ("Caveat:", _mind(answer)),
    )


def many(n: int) -> str:
    """Return a number of combinations: every digit of it, or three if it has too many to read.

    Examples
    --------
    >>> many(104_976), many(10**30)
    ('104,976', '1e+30')
    """
    return f"{n:,}" if n < _MOST_DIGITS else short(n, 3)


def short(n: int, digits: int) -> str:
    """Return a number in a few digits, however large it is."""
    return f"{n:.{digits}g}" if n < _MOST_FLOAT else f"about 10^{len(str(n)) - 1}"


def _could_sign(answer: SettlementAnswer) -> str:
    n, zone = len(answer.bargain.parties), answer.zone
    everyone = "both parties" if n == 2 else f"all {n} parties" if n > 1 else "the one party"
    everyone += " assessed" if answer.assessed.left_out else ""
    leave, cross = "leave", "cross"
    if not answer.best.picks and answer.best.status == "bounded":
        return f"It cannot be told in the time given whether {everyone} could sign anything. Allow more time."
    all_of_them, basis = many(answer.bargain.settlements), _basis(answer)
    if not answer.best.picks:
        return (
            f"{basis}, nothing: each of the {all_of_them} combinations of options leaves some "
            f"party worse off than no agreement, or crosses a red line. This is {answer.bargain.certainty('proven')}"
            f"{_for_these_values(answer)}{_taken_as_zero(answer)}"
        )
    if zone is None:
        counted = f"some of the {all_of_them} combinations (not counted, which can take long; --count counts them)"
    elif zone.is_exact:
        counted = f"{many(zone.count)} of the {all_of_them} combinations (counted exactly)"
        leave, cross = ("leaves", "crosses") if zone.count == 1 else (leave, cross)
    else:
        counted = (
            f"about {short(zone.count, 3)} of the {short(zone.settlements, 3)} combinations "
            f"(estimate; 99 % interval {short(zone.low, 3)} to {short(zone.high, 3)})"
        )
    text = (
        f"{basis} there is something that {everyone} could sign: {counted} {leave} nobody worse off than "
        f"no agreement and {cross} no red line."
    )
    if len(answer.points) and answer.points.status != "bounded":
        some = f"{len(answer.points):,} of these outcomes" if len(answer.points) > 1 else "1 of these outcomes"
        text += f" In {some} no party can do better without another doing worse."
    return text + _taken_as_zero(answer)


def _basis(answer: SettlementAnswer) -> str:
    """Return what the exact part rests on: of ranges, orders and rival assessments it takes one value each."""
    return "At the likeliest values assessed" if answer.assessed.in_doubt else "On these assessments"


def _for_these_values(answer: SettlementAnswer) -> str:
    """Return how far a proof reaches: where ranges were assessed, not beyond the values that were taken."""
    if not answer.assessed.in_doubt:
        return "."
    found = answer.robust
    if found is None or not found.probability[0]:
        return ", for these values alone."
    share = percent(float(found.probability[0]))
    return f", for these values alone: in {share} of the worlds drawn below, all could sign the likeliest settlement."


def _taken_as_zero(answer: SettlementAnswer) -> str:
    """Return a sentence that names the parties whose no-agreement is assumed, since the answer rests on it."""
    names = answer.assessed.taken_as_zero
    return f" Assumed, since nobody assessed it: no agreement is worth 0 to {and_listed(names)}." if names else ""


def _quoted(bargain: Bargain, issue: int, option: int) -> str:
    return f"‘{bargain.issues[issue].options[option]}’ on ‘{bargain.issues[issue].name}’"


def _closed(answer: SettlementAnswer) -> list[tuple[int, int]]:
    """Return the options that no possible settlement contains; of what was not counted, those that are red lines."""
    if not answer.counts or answer.zone is None or not answer.zone.is_exact:
        return sorted({pair for pairs in answer.bargain.red_lines for pair in pairs})
    return [(issue, option) for issue, row in enumerate(answer.counts) for option, n in enumerate(row) if n == 0]


def _holders(bargain: Bargain, pair: tuple[int, int]) -> str:
    return " and ".join(name for name, pairs in zip(bargain.parties, bargain.red_lines, strict=True) if pair in pairs)


_NOWHERE = "in nothing that all could sign"


def _blocks(answer: SettlementAnswer) -> str:
    bargain = answer.bargain
    if answer.best.picks:
        closed = _closed(answer)
        if not closed:
            return "No single issue blocks it, and no option is a red line."
        reasons = [
            f"{_quoted(bargain, *pair)} ({f'red line of {who}' if (who := _holders(bargain, pair)) else _NOWHERE})"
            for pair in closed
        ]
        return "No issue by itself. These options are closed: " + "; ".join(reasons) + "."
    if not answer.scope.blocks:
        return NOT_LOOKED_FOR
    found = answer.blockers
    every = () if found is None else found.conflicts
    groups = [] if found is None else [found.names(parties) for parties in every[:_MOST_CONFLICTS]]
    if len(every) > _MOST_CONFLICTS:
        groups.append(f"and {len(every) - _MOST_CONFLICTS} other groups")
    text = "These cannot all be satisfied: " + "; ".join(groups) + "." if groups else ""
    names = [f"‘{bargain.issues[issue].name}’" for issue in answer.blocking]
    if names:
        what = "One issue stands in the way:" if len(names) == 1 else "Each of these issues stands in the way:"
        which = "it" if len(names) == 1 else "any one of them"
        return (
            f"{text} {what} {'; '.join(names)}. If {which} were settled to everybody's liking, all could sign.".strip()
        )
    if answer.bargain.interactions:
        return text or "Which issue by itself stands in the way is not told where options add worth to each other."
    return f"{text} No single issue: even with any one settled to everybody's liking, not all could sign.".strip()


NOT_LOOKED_FOR = "It was not looked for here, since it can take long; ‘goodoffices settle unblock’ looks for openings."
NOT_NEEDED = "No change is needed: there is something already that all could sign."
NOT_IN_TIME = "None was found in the time given, which does not mean that there is none. Allow more time."
OWN_POINTS = "Each party's points are its own and cannot be compared with another's."


def opening_words(bargain: Bargain, opening: Opening) -> str:
    """Return what an opening asks of whom, with the points that each would have to forgo."""
    return Several((_change_words(bargain, opening, change) for change in sorted(opening.changes)), "both")


def _change_words(bargain: Bargain, opening: Opening, change: Change) -> str:
    if change.kind != "reservation":
        return change.words(bargain)
    by, party = opening.lowering[change.party], bargain.parties[change.party]
    if not by:
        return Phrase("{party} signs for as much as no agreement is worth to it", party=party)
    return Phrase("{party} signs for {points} of its points less than it now needs", party=party, points=figure(by))


def in_order(found: Unblocking) -> tuple[Opening, ...]:
    """Return the smallest openings in the order in which they are numbered everywhere: red lines come last."""
    return (*found.without_red_lines, *(one for one in found.openings if one.lifted))


def _opening(answer: SettlementAnswer) -> str:
    opening = smallest(answer)
    if answer.best.picks:
        gain = min(answer.best.picks[0].gains)
        least = [
            name for name, one in zip(answer.bargain.parties, answer.best.picks[0].gains, strict=True) if one == gain
        ]
        return (
            f"{NOT_NEEDED} In the settlement below, the smallest gain over no agreement is {figure(gain)} of the "
            f"party's own points ({' and '.join(least)})."
        )
    if answer.unblocking is None:
        return NOT_LOOKED_FOR
    if opening is None:
        return NOT_IN_TIME
    found = answer.unblocking
    listed = [opening_words(answer.bargain, one) for one in in_order(found)[:_MOST_OPENINGS]]
    if len(found.openings) == 1:
        only = "The smallest opening" if found.is_complete else "One was found, and there may be more"
        return f"{only}: {listed[0]}. {OWN_POINTS}"
    count = f"There are {len(found.openings)}" if found.is_complete else f"{len(found.openings)} were found"
    more = len(found.openings) - len(listed)
    rest = f"; and {more} more in the table" if more else ""
    apart = len(found.without_red_lines)
    text = f"{count}, and none asks less of one without asking more of another: "
    text += "; or ".join(f"({n}) {words}" for n, words in enumerate(listed, start=1)) + f"{rest}. "
    if not apart:
        return f"{text}Every one of them touches a red line. {OWN_POINTS}"
    if apart == len(found.openings):
        return f"{text}All of them touch no red line. {OWN_POINTS}"
    first = "The first touches" if apart == 1 else f"The first {apart} touch"
    return f"{text}{first} no red line. {OWN_POINTS}"


def _mind(answer: SettlementAnswer) -> str:
    only = Phrase("For {names} only.", names=Several(answer.assessed.may_see, "both"))
    return Several(
        (
            INVENTED if answer.assessed.is_invented else "",
            Phrase("An assessment is what somebody estimates of a party, never its own word."),
            Phrase("Points compare only within one party."),
            *_units(answer),
            only if answer.assessed.may_see else "",
        )
    )


def _units(answer: SettlementAnswer) -> list[str]:
    """Return a warning where the choice compares gains of several parties, so that it depends on their units."""
    is_free = len(answer.bargain.parties) > 1 and len(answer.points) != 1
    if not answer.best.picks or not is_free or answer.scope.base not in _WEIGHS_UNITS:
        return []
    return [
        Phrase(
            "Which of these settlements is chosen depends on the units: it compares the parties' gains as they are "
            "stated. With one party's points multiplied by 10, another may be chosen."
        )
    ]


def settlement_section(answer: SettlementAnswer) -> Section:
    """Return the section that a brief carries: the answers in words, and the settlement they are about."""
    from goodoffices.reports.settlement.tables import chosen_part

    words = Part(title="In words", columns=("question", "answer"), rows=answer_words(answer))
    return Section(title="What could all sign? From this seat's assessments", parts=(words, *chosen_part(answer)))


def settlement_brief(heading: Heading, answer: SettlementAnswer, parts: tuple[Part, ...]) -> Brief:
    """Return the whole answer as a brief: in words first, then the tables given."""
    words = tuple(f"{question} {words}" for question, words in answer_words(answer))
    return answer_brief(heading, "what could all sign?", words, (Section(title="The figures behind it", parts=parts),))
