"""Agenda setter and quota, in one dimension.

A setter with ideal A proposes; members who want change in its direction by enough accept. With sg = sign(A - rp) and
the members' z_i = sg (x_i - rp) sorted descending, the pivot is the z of the member who completes the quota q of the
votes. A = rp or pivot <= 0: the status quo stays. Otherwise O = rp + sg min(sg (A - rp), 2 pivot), kept on the scale.

References
----------
.. [1] T. Romer & H. Rosenthal (1978). Political resource allocation, controlled agendas, and the status quo. Public
   Choice 33(4), 27-43.
.. [2] G. Tsebelis (2002). Veto Players. Princeton.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goodoffices.errors import ForecastInputError, ForecastUndefinedError, UnknownWordError
from goodoffices.forecast.inputs.argument_checks import listed_in, number_in
from goodoffices.forecast.inputs.model_input import Numbers
from goodoffices.forecast.models.base import Model, ModelAnswer
from goodoffices.phrases.phrase import Phrase

_QUOTA_TOLERANCE = 1e-9


def procedural_setter(setter: str = "", quota: float = 1.0, outside: Sequence[str] = ()) -> Model:
    """Build the setter model.

    Parameters
    ----------
    setter
        The actor that proposes; the first actor if empty.
    quota
        The share of the members' capability that is needed; 1 for unanimity.
    outside
        Actors without a vote, besides the setter.
    """
    number_in(quota, "quota")
    listed_in(outside, "the actors outside", "such as ['Host']")
    if not 0 < quota <= 1:
        raise ForecastInputError(f"quota={quota:g} is not a share of the votes; use a number above 0, at most 1")

    def run(numbers: Numbers) -> ModelAnswer:
        x, _, c = numbers.vectors()
        who = setter or numbers.actors[0]
        if who not in numbers.actors:
            raise UnknownWordError("setter", who, numbers.actors)
        reference = float(numbers.reference[0])
        if np.isnan(reference):
            raise ForecastUndefinedError(
                Phrase(
                    "procedural:setter needs the reference point of issue {issue}; use 'compromise'",
                    issue=repr(numbers.issues[0]),
                )
            )
        member = np.array([name != who and name not in outside for name in numbers.actors])
        if not c[member].sum() > 0:
            raise ForecastUndefinedError(Phrase("no member besides the setter has a vote; use 'compromise'"))
        ideal = float(x[numbers.actors.index(who)])
        return ModelAnswer(point=np.array([_accepted(ideal, reference, x[member], c[member], quota)]))

    options = (("setter", setter), ("quota", float(quota)), ("outside", tuple(outside)))
    return Model(name="procedural:setter", run=run, options=options, needs_reference=True)


def _accepted(ideal: float, reference: float, x: np.ndarray, votes: np.ndarray, quota: float) -> float:
    side = np.sign(ideal - reference)
    wish = side * (x - reference)
    order = np.argsort(-wish, kind="stable")
    reached = np.cumsum(votes[order]) >= quota * votes.sum() * (1 - _QUOTA_TOLERANCE)
    pivot = float(wish[order][int(reached.argmax())])
    if side == 0 or pivot <= 0:
        return reference
    return float(np.clip(reference + side * min(side * (ideal - reference), 2.0 * pivot), 0.0, 100.0))
