"""What could all sign, what blocks it, the smallest opening, how sure: in words first, then figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.bargain import Bargain
from goodoffices.phrases.phrase import Phrase, Several, quotation
from goodoffices.reports.brief.build import Brief, answer_brief
from goodoffices.reports.settlement.answer import SettlementAnswer, smallest
from goodoffices.reports.settlement.bargain_from_view import INVENTED
from goodoffices.reports.settlement.certainty import (
    BELOW,
    ask_words,
    interrupted_words,
    option_on,
    percent,
    sure_words,
)
from goodoffices.reports.tables import Heading, Part, Section
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
    everyone, zone = _everyone(answer), answer.zone
    if not answer.best.picks and answer.best.status == "bounded":
        return Several(
            (
                Phrase(
                    "It cannot be told in the time given whether {everyone} could sign anything.", everyone=everyone
                ),
                Phrase("Allow more time."),
            )
        )
    all_of_them, basis = many(answer.bargain.settlements), _basis(answer)
    if not answer.best.picks:
        none = Phrase(
            "{basis}, nothing: each of the {n} combinations of options leaves some party worse off than no agreement, "
            "or crosses a red line.",
            basis=basis,
            n=all_of_them,
        )
        return Several((none, _for_these_values(answer), *_taken_as_zero(answer)))
    gaps = {"basis": basis, "everyone": everyone}
    if zone is None:
        found = Phrase(
            "{basis} there is something that {everyone} could sign: some of the {all} combinations (not counted, which "
            "can take long; --count counts them) are no worse for anybody than no agreement. They also cross no red "
            "line.",
            all=all_of_them,
            **gaps,
        )
    elif zone.is_exact and zone.count == 1:
        found = Phrase(
            "{basis} there is something that {everyone} could sign: 1 of the {all} combinations (counted exactly) "
            "is no worse for anybody than no agreement, and crosses no red line.",
            all=all_of_them,
            **gaps,
        )
    elif zone.is_exact:
        found = Phrase(
            "{basis} there is something that {everyone} could sign: {n} of the {all} combinations (counted exactly) "
            "are no worse for anybody than no agreement, and cross no red line.",
            n=many(zone.count),
            all=all_of_them,
            **gaps,
        )
    else:
        found = Phrase(
            "{basis} there is something that {everyone} could sign: about {n} of the {all} combinations (estimate; "
            "99 % interval {low} to {high}) are no worse for anybody than no agreement. They also cross no red line.",
            n=short(zone.count, 3),
            all=short(zone.settlements, 3),
            low=short(zone.low, 3),
            high=short(zone.high, 3),
            **gaps,
        )
    return Several((found, _undominated(answer), *_taken_as_zero(answer)))


def _everyone(answer: SettlementAnswer) -> Phrase:
    n, assessed = len(answer.bargain.parties), bool(answer.assessed.left_out)
    if n == 2:
        return Phrase("both parties assessed") if assessed else Phrase("both parties")
    if n > 1:
        return Phrase("all {n} parties assessed", n=str(n)) if assessed else Phrase("all {n} parties", n=str(n))
    return Phrase("the one party assessed") if assessed else Phrase("the one party")


def _undominated(answer: SettlementAnswer) -> str:
    n = len(answer.points)
    if not n or answer.points.status == "bounded":
        return ""
    if n == 1:
        return Phrase("In 1 of these outcomes no party can do better without another doing worse.")
    return Phrase("In {n} of these outcomes no party can do better without another doing worse.", n=f"{n:,}")


def _basis(answer: SettlementAnswer) -> Phrase:
    """Return what the exact part rests on: of ranges, orders and rival assessments it takes one value each."""
    if answer.assessed.in_doubt:
        return Phrase("At the likeliest values assessed")
    return Phrase("On these assessments")


def _for_these_values(answer: SettlementAnswer) -> str:
    """Return how far a proof reaches: where ranges were assessed, not beyond the values that were taken."""
    proven = Phrase("proven for the part that was read") if answer.bargain.left_out else Phrase("proven")
    if not answer.assessed.in_doubt:
        return Phrase("This is {proven}.", proven=proven)
    found = answer.robust
    if found is None or not found.probability[0]:
        return Phrase("This is {proven}, for these values alone.", proven=proven)
    return Phrase(
        "This is {proven}, for these values alone: in {share} of the sets of values drawn below, all could sign the "
        "likeliest settlement.",
        proven=proven,
        share=percent(float(found.probability[0])),
    )


def _taken_as_zero(answer: SettlementAnswer) -> list[str]:
    """Return a sentence that names the parties whose no-agreement is assumed, since the answer rests on it."""
    names = Several(answer.assessed.taken_as_zero, "and")
    said = Phrase("Assumed, since nobody assessed it: no agreement is worth 0 to {parties}.", parties=names)
    return [said] if names else []


def _closed(answer: SettlementAnswer) -> list[tuple[int, int]]:
    """Return the options that no possible settlement contains; of what was not counted, those that are red lines."""
    if not answer.counts or answer.zone is None or not answer.zone.is_exact:
        return sorted({pair for pairs in answer.bargain.red_lines for pair in pairs})
    return [(issue, option) for issue, row in enumerate(answer.counts) for option, n in enumerate(row) if n == 0]


def _reason(bargain: Bargain, pair: tuple[int, int]) -> Phrase:
    """Return a closed option and who closed it."""
    option = option_on(bargain, *pair)
    who = Several((n for n, pairs in zip(bargain.parties, bargain.red_lines, strict=True) if pair in pairs), "both")
    if not who:
        return Phrase("{option} (in nothing that all could sign)", option=option)
    return Phrase("{option} (red line of {parties})", option=option, parties=who)


def _blocks(answer: SettlementAnswer) -> str:
    bargain = answer.bargain
    if answer.best.picks:
        closed = _closed(answer)
        if not closed:
            return Phrase("No single issue blocks it, and no option is a red line.")
        reasons = Several((_reason(bargain, pair) for pair in closed), "semicolons")
        return Phrase("No issue by itself. These options are closed: {options}.", options=reasons)
    if not answer.scope.blocks:
        return NOT_LOOKED_FOR
    found = answer.blockers
    every = () if found is None else found.conflicts
    groups: list[str] = [] if found is None else [found.names(parties) for parties in every[:_MOST_CONFLICTS]]
    if len(every) > _MOST_CONFLICTS:
        groups.append(Phrase("and other groups: {n}", n=str(len(every) - _MOST_CONFLICTS)))
    listed = Several(groups, "semicolons")
    text: str = Phrase("These cannot all be satisfied: {groups}.", groups=listed) if groups else ""
    names = [quotation(bargain.issues[issue].name) for issue in answer.blocking]
    if len(names) == 1:
        one = Phrase(
            "One issue stands in the way: {issue}. If it were settled to everybody's liking, all could sign.",
            issue=names[0],
        )
        return Several((text, one))
    if names:
        each = Phrase(
            "Each of these issues stands in the way: {issues}. If any one of them were settled to everybody's liking, "
            "all could sign.",
            issues=Several(names, "semicolons"),
        )
        return Several((text, each))
    if answer.bargain.interactions:
        return text or Phrase(
            "Which issue by itself stands in the way is not told where options add worth to each other."
        )
    none = Phrase("No single issue: even with any one settled to everybody's liking, not all could sign.")
    return Several((text, none))


NOT_LOOKED_FOR = Phrase(
    "It was not looked for here, since it can take long; ‘goodoffices settle unblock’ looks for openings."
)
NOT_NEEDED = Phrase("No change is needed: there is something already that all could sign.")
NOT_IN_TIME = Phrase("None was found in the time given, which does not mean that there is none. Allow more time.")
OWN_POINTS = Phrase("Each party's points are its own and cannot be compared with another's.")


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
        least = (n for n, one in zip(answer.bargain.parties, answer.best.picks[0].gains, strict=True) if one == gain)
        told = Phrase(
            "In the settlement below, the smallest gain over no agreement is {gain} of the party's own points "
            "({parties}).",
            gain=figure(gain),
            parties=Several(least, "both"),
        )
        return Several((NOT_NEEDED, told))
    if answer.unblocking is None:
        return NOT_LOOKED_FOR
    if opening is None:
        return NOT_IN_TIME
    found = answer.unblocking
    listed = [opening_words(answer.bargain, one) for one in in_order(found)[:_MOST_OPENINGS]]
    if len(found.openings) == 1:
        if found.is_complete:
            return Several((Phrase("The smallest opening: {opening}.", opening=listed[0]), OWN_POINTS))
        only = Phrase("One was found, and there may be more: {opening}.", opening=listed[0])
        return Several((only, OWN_POINTS))
    numbered = (Phrase("({n}) {opening}", n=str(n), opening=words) for n, words in enumerate(listed, start=1))
    said: list[str] = [Several(numbered, "or else")]
    if more := len(found.openings) - len(listed):
        said.append(Phrase("and {n} more in the table", n=str(more)))
    gaps = {"n": str(len(found.openings)), "openings": Several(said, "semicolons")}
    first = Phrase("{n} were found, and none asks less of one without asking more of another: {openings}.", **gaps)
    if found.is_complete:
        first = Phrase("There are {n}, and none asks less of one without asking more of another: {openings}.", **gaps)
    return Several((first, _red_lines_touched(found), OWN_POINTS))


def _red_lines_touched(found: Unblocking) -> Phrase:
    apart = len(found.without_red_lines)
    if not apart:
        return Phrase("Every one of them touches a red line.")
    if apart == len(found.openings):
        return Phrase("All of them touch no red line.")
    if apart == 1:
        return Phrase("The first touches no red line.")
    return Phrase("The first {n} touch no red line.", n=str(apart))


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
            "To choose one settlement, the program compares the points of the parties, although these have no common "
            "unit. With one party's points multiplied by 10, another may be chosen. Do not take the choice as fair."
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
