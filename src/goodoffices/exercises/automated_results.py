"""What an automated run came to, and what decided it: read from the views of those who wrote and took stances."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.exercises.automated_runs import AutomatedRun, Deed
from goodoffices.rehearsal.seats.orders import TextPlan
from goodoffices.talks.base.enums import StanceKind

CONSENT = frozenset({StanceKind.INITIALLED, StanceKind.SIGNED, StanceKind.AD_REFERENDUM, StanceKind.ENDORSED})


class ResultForm(StrEnum):
    """The forms of result, from the most to the least agreed."""

    OWN_WORDS = "their own words"
    CONSENT = "issued, both sides consent"
    ONE_CONSENTS = "issued, one side consents"
    ISSUED = "issued by the sponsors alone"
    NOT_ISSUED = "no text issued by all"
    WALK_OUT = "a side left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The result of one run, and the stances and departures that decided it."""

    seed: int
    form: ResultForm
    deciders: tuple[Deed, ...]
    n_acts: int
    n_refused: int

    @property
    def causes(self) -> tuple[str, ...]:
        """What decided it, one line for each seat: the seat and the name of its reason."""
        return tuple(f"{deed.seat}: {deed.intention.reason.name}" for deed in self.deciders)


def result_of(run: AutomatedRun) -> Result:
    """Return the result of a run that has ended."""
    plans = {plan.name: plan for orders in run.orders.values() for plan in orders.timetable.texts}
    left = _left(run.deeds)
    joint = next((p for p in plans.values() if p.issuers), None)
    own = next((p for p in plans.values() if not p.issuers), None)
    stances = [d for d in run.deeds if d.intention.reason.name.startswith("stance-") and not d.refusal]
    if left:
        form, deciders = ResultForm.WALK_OUT, left
    elif own is not None and set(own.about) <= _consenting(run, own):
        form, deciders = ResultForm.OWN_WORDS, _on(stances, own)
    elif joint is None or set(joint.issuers) > _taking(run, joint, frozenset({StanceKind.ISSUED})):
        form, deciders = ResultForm.NOT_ISSUED, [] if joint is None else _on(stances, joint)
    else:
        n = len(set(joint.about) & _consenting(run, joint))
        form = (ResultForm.ISSUED, ResultForm.ONE_CONSENTS, ResultForm.CONSENT)[min(n, 2)]
        deciders = _on(stances, joint)
    return Result(
        seed=run.seed,
        form=form,
        deciders=tuple(deciders),
        n_acts=len(run.deeds),
        n_refused=sum(bool(deed.refusal) for deed in run.deeds),
    )


def _left(deeds: Sequence[Deed]) -> list[Deed]:
    """Return the departures that nobody answered in time, so that they became final."""
    found: dict[str, Deed] = {}
    for deed in deeds:
        name = deed.intention.reason.name
        if name == "leave" and not deed.refusal:
            found[deed.seat] = deed
        elif name == "return":
            found.pop(deed.seat, None)
    return list(found.values())


def _on(stances: Sequence[Deed], plan: TextPlan) -> list[Deed]:
    return [deed for deed in stances if deed.intention.reason.values.get("title") == plan.name]


def _consenting(run: AutomatedRun, plan: TextPlan) -> set[str]:
    return _taking(run, plan, CONSENT)


def _taking(run: AutomatedRun, plan: TextPlan, kinds: frozenset[StanceKind]) -> set[str]:
    """Return the actors that took such a stance on the last released version, as its pen knows it."""
    known = run.talks.view(plan.pen).known
    text = next((t for t in known.texts.values() if t.frame.family == plan.name), None)
    if text is None:
        return set()
    released = [v for v in text.versions if known.versions[v].released_to]
    return {s.actor for s in known.stances.values() if released and s.version == released[-1] and s.kind in kinds}
