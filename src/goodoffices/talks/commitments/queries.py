"""List what is owed, by whom, and what successors said about it."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.model.claims import Claim
from goodoffices.talks.model.obligations import Commitment
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_claims import KnownRecognition
from goodoffices.talks.state.known_commitments import KnownCommitment, KnownGuarantee


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """A commitment that may pass to a successor. It is *unclear* until the successor itself says so."""

    commitment: KnownCommitment
    predecessor: str
    successor: str
    change: str
    state: str = "unclear"


def successions(known: Knowledge) -> tuple[Succession, ...]:
    """Return every commitment of an actor that changed, with each successor and what it said about it."""
    said = {(stated.commitment, stated.successor): stated.state for stated in known.stated}
    return tuple(
        Succession(
            commitment=held,
            predecessor=predecessor,
            successor=successor,
            change=change.handle,
            state=said.get((held.handle, successor), "unclear"),
        )
        for held in known.commitments.values()
        for change in known.changes.values()
        for predecessor in change.change.sources
        if predecessor in held.commitment.obligors
        for successor in change.change.targets
        if successor != predecessor
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """A commitment of one obligor. It ``binds`` only if the obligor gave the undertaking itself."""

    commitment: KnownCommitment
    obligor: str
    binds: bool
    successors: tuple[Succession, ...] = ()

    @property
    def standing(self) -> str:
        """*unclear* if a successor has not said anything, else *undertaken* or *attributed, not undertaken*."""
        if any(succession.state == "unclear" for succession in self.successors):
            return "unclear"
        return "undertaken" if self.binds else "attributed, not undertaken"


def owed(known: Knowledge) -> tuple[Obligation, ...]:
    """Return every commitment once for each obligor, with whether it binds that obligor and who its successors are."""
    after = successions(known)
    return tuple(
        Obligation(
            commitment=held,
            obligor=obligor,
            binds=obligor in held.commitment.undertaken_by,
            successors=tuple(s for s in after if s.commitment.handle == held.handle and s.predecessor == obligor),
        )
        for held in known.commitments.values()
        for obligor in held.commitment.obligors
    )


def condition_and_due(plan: Commitment) -> tuple[str, str]:
    """Return the condition and the due date in words, such as *end of February*; each empty if there is none.

    A spreadsheet that names no day has its words at the end of the condition, after *due*.
    """
    condition = plan.condition or ""
    before, _, last = condition.rpartition("; ")
    if plan.due or not last.startswith("due ") or last.startswith("due to "):
        return condition, ""
    return before, last.removeprefix("due ")


def aspect_of(known: Knowledge, claim: Claim) -> str:
    """Return what a claim is about. What others say that an actor promised is called *said to owe*, not promised."""
    kind, _, what = claim.aspect.partition(": ")
    if kind != "promised" or not what:
        return claim.aspect
    about = [
        held.commitment
        for held in known.commitments.values()
        if claim.about in held.commitment.obligors and held.commitment.what.startswith(what)
    ]
    own = not about or any(claim.about in plan.undertaken_by for plan in about)
    return claim.aspect if own else f"said to owe: {what}"


def recognitions_of(known: Knowledge, guarantee: KnownGuarantee) -> tuple[KnownRecognition, ...]:
    """Return who recognises the guarantor in its role, or refuses to. A guarantee is always shown with these."""
    return tuple(r for r in known.recognitions if r.recognition.of == guarantee.guarantee.guarantor)
