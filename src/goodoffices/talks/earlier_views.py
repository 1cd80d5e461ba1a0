"""A view as it was at a moment: without the acts that came later, and without what people could not know by then.

Later acts are left out by folding the earlier ones again. So whatever an act tells, of any kind, exists from that act
on and not before, and nobody has to think of it when a kind is added.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from goodoffices.talks.claims.as_of import instant_of, known_as_of, learned_at, talks_time
from goodoffices.talks.registry import FOLDS
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.view import View


def view_as_of(view: View, as_of: datetime | date) -> View:
    """Return ``view`` without what could not be known at a moment, or at the end of a day.

    The notices with which the talks opened stay; what their rows tell is left out by its own dates. The acts since are
    cut by the clock of the talks.
    """
    at = instant_of(as_of, view.zone)
    n = view.n_opening
    for notice in view.later_notices:
        if talks_time(view, notice.when) > at:
            break
        n += 1
    then = _after(view, n)
    return replace(then, known=known_as_of(then.known, at, learned=learned_at(then)))


def _after(view: View, n: int) -> View:
    """Return a view as it was after its first ``n`` notices."""
    if n == len(view.notices):
        return view
    known = Knowledge(view.seat)
    for notice in view.notices[:n]:
        fold = FOLDS.get(notice.kind)
        if fold is not None and not notice.is_bare:
            known = fold(known, notice)
    heads = view.heads[:n]
    return replace(
        view, known=known, notices=type(view.notices)(view.notices[:n]), heads=type(view.heads)(heads),
        head=heads[-1].hex() if heads else "",
    )  # fmt: skip
