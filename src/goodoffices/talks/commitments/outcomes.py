"""What came of a commitment: what is said to have happened, and whether that is said to fulfil it."""

from __future__ import annotations

from datetime import date

from goodoffices.data_class import dataclass
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.known_commitments import KnownCommitment

DONE = "done"
_OPEN = "open"
STATES = (DONE, "done in part", "not done", "contested", _OPEN)
"""What can be said of whether a promise was kept."""
_HAPPENED = "what happened"
_KEPT = "kept"
_LONGEST = 1000
"""How long the name of what a claim is about may be; a spreadsheet cuts it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that is said to have happened: on which day, in which words, by which claim."""

    day: date | None
    words: str
    claim: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a commitment.

    ``state`` is *done*, *done in part*, *not done*, *contested* or *open*. ``claim`` is the claim that says so, if one
    does. ``happenings`` is what is said to have happened, whatever it shows.
    """

    state: str
    claim: str | None
    happenings: tuple[Happening, ...]

    def state_of(self, one: Happening) -> str:
        """Return the state that goes with something that happened: what came before the last was only reported."""
        return self.state if self.claim is None or one == self.happenings[-1] else _OPEN


def outcome(known: Knowledge, held: KnownCommitment) -> Outcome:
    """Return what is said to have come of a commitment, without the reports of seats.

    A spreadsheet says with one claim what happened, and with another whether that kept the promise; both may become
    known after the commitment. A talks file names only days on which the thing is said to be done.
    """
    plan = held.commitment
    # A page asks this of every commitment: all claims are gone through once.
    on = {f"{aspect}: {plan.what}"[:_LONGEST]: list[KnownClaim]() for aspect in (_HAPPENED, _KEPT)}
    for one in known.claims.values():
        claim = one.claim
        if claim.aspect in on and one.replaced_by is None and claim.about in plan.obligors and claim.value.words:
            on[claim.aspect].append(one)
    told, judged = on.values()
    judged = [one for one in judged if one.claim.value.words in STATES]
    words = {one.claim.slug: one.claim.value.words or "" for one in told}
    # A day that was corrected since stands in the claim alone.
    days = {one.claim.slug: one.claim.when_from for one in told}
    happenings = [
        Happening(day=days.get(one.claim or "") or one.day, words=words.get(one.claim or "", ""), claim=one.claim)
        for one in plan.happened
    ]
    named = {one.claim for one in plan.happened}
    happenings += [
        Happening(day=one.claim.when_from, words=words[one.claim.slug], claim=one.claim.slug)
        for one in told
        if one.claim.slug not in named
    ]
    # The same speakers may say something else later: then only the last of it stands.
    last = {one.claim.chain: one.claim for one in judged}
    if last:
        states = {one.value.words or "" for one in last.values()}
        state = states.pop() if len(states) == 1 else "contested"
        return Outcome(state=state, claim=[*last.values()][-1].slug, happenings=tuple(happenings))
    state = DONE if any(one.claim not in words for one in plan.happened) else _OPEN
    return Outcome(state=state, claim=None, happenings=tuple(happenings))


def is_settled(known: Knowledge, held: KnownCommitment) -> bool:
    """Return whether a commitment is said to be done or was waived, so that its dates no longer count."""
    reported = any(report.state in ("met", "waived") for report in held.reports)
    return reported or outcome(known, held).state == DONE
