"""Where an allegation and an incident stand, computed from acts that may come in any order; and whose step is next."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.ceasefire.queries import mechanism_of
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation


def allegation_state(known: Knowledge, held: KnownAllegation) -> str:
    """Return where an allegation stands, by the last thing that happened on its way.

    One of *withdrawn, replaced, set-aside, filed, screened, linked*, the results of a verification, *under-inquiry*,
    the results of a finding, *asked*, and *closed* once all who were asked answered or were late.
    """
    ends = {"withdrawn": held.withdrawn, "replaced": bool(held.revised_by), "set-aside": held.screened == "set-aside"}
    if (end := next((state for state, is_so in ends.items() if is_so), None)) is not None:
        return end
    if held.findings and held.asked:
        return "closed" if all(one.says or one.is_late for one in held.asked) else "asked"
    if held.findings:
        return held.findings[-1].result
    if any(one.allegation == held.handle and not one.is_closed for one in known.inquiries.values()):
        return "under-inquiry"
    if held.verifications:
        return held.verifications[-1].result
    if any(held.handle in one.allegations for one in known.incidents.values()):
        return "linked"
    return "screened" if held.screened else "filed"


ORDER = (
    "filed", "screened", "linked", "cannot-be-determined", "not-verified", "refuted", "verified", "under-inquiry",
    "unresolved", "not-a-violation", "violation", "asked", "closed",
)  # fmt: skip
"""The states of an allegation that is counted, from the first to the last."""


def incident_state(known: Knowledge, incident: str) -> str:
    """Return where an incident stands: *reopened*, or the furthest state of its allegations; *open* if none counts."""
    held = known.incidents[incident]
    states = [allegation_state(known, known.allegations[one]) for one in held.allegations if one in known.allegations]
    reached = [state for state in states if state in ORDER]
    if held.reopened and "under-inquiry" not in reached:
        return "reopened"
    furthest = max(reached, key=ORDER.index, default="linked")
    return "open" if furthest in ("filed", "screened", "linked") else furthest


def next_step(known: Knowledge, held: KnownAllegation) -> str | None:
    """Return the step of a mechanism that an allegation waits for; ``None`` if it waits for none, or there is none."""
    if mechanism_of(known, held) is None or not held.is_counted:
        return None
    waits: Mapping[str, bool] = {
        "first-look": not held.screened,
        "verification": not held.verifications,
        "legal-check": not held.proposals and not held.findings,
        "committee": not held.findings,
        "asking": not held.asked,
    }
    return next((step for step, is_open in waits.items() if is_open), None)


def steps_of(known: Knowledge, seat: str) -> Mapping[str, list[KnownAllegation]]:
    """Return the allegations that wait for a step that a seat holds, by step and in the order in which they came."""
    found: dict[str, list[KnownAllegation]] = {}
    if not known.mechanisms:
        return found
    for held in known.allegations.values():
        step = next_step(known, held)
        mechanism = mechanism_of(known, held)
        if step is not None and mechanism is not None and seat in mechanism.seats(step):
            found.setdefault(step, []).append(held)
    return found
