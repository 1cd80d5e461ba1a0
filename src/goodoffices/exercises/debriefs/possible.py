"""What all could have signed, for the debrief: on the assessments that a seat of the exercise was given."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from goodoffices.data_class import dataclass
from goodoffices.errors import GoodOfficesError
from goodoffices.reports.settlement.answer import Scope, answer_of
from goodoffices.reports.settlement.bargain_from_view import bargain_from
from goodoffices.reports.settlement.summary import answer_words
from goodoffices.talks.state.view import View

ASKED = ("What could all sign?", "What blocks it?", "What is the smallest opening?")
"""The questions of the settlement room that the debrief answers."""
_WORLDS = 1_000
_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Assessed:
    """A view by the head of its chain: equal heads give equal answers, so the answer is made once for all readers."""

    view: View

    def __hash__(self) -> int:
        return hash(self.view.head)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Assessed) and other.view.head == self.view.head


def possible_words(views: Mapping[str, View]) -> tuple[tuple[str, str], ...]:
    """Return questions and answers on what was possible; none if no seat was given assessments."""
    assessed = [view for view in views.values() if len(view.known.estimates) or len(view.known.assessments)]
    if not assessed:
        return ()
    return _answered(_Assessed(view=max(assessed, key=lambda view: (len(view.known.estimates), view.seat))))


@lru_cache(maxsize=8)
def _answered(assessed: _Assessed) -> tuple[tuple[str, str], ...]:
    try:
        answer = answer_of(bargain_from(assessed.view), worlds=_WORLDS, scope=Scope(), time_limit=_SECONDS)
    except GoodOfficesError:
        return ()  # assessments of too little to say anything: the rest of the debrief stands
    return tuple((asked, said) for asked, said in answer_words(answer) if asked in ASKED)
