"""What all could sign, for a seat that sees assessments: sentences first, then the settlement, worth, and openings."""

from __future__ import annotations

from goodoffices.reports.settlement.assessments import has_assessments
from goodoffices.reports.settlement.screen import SettlementScreen
from goodoffices.web.pages.page import Data, Page, PageContext

_WORDS = ("How sure is that?", "What to find out next?", "Caveat:")


def _settlement(context: PageContext, _: str) -> Data | None:
    if not has_assessments(context.view):
        return None
    held = context.calculations.get(SETTLEMENT.path)
    found: SettlementScreen | None = None if held is None else held.result
    return {
        "held": held,
        "found": found,
        "is_busy": held is not None and not held.is_over,
        "is_old": held is not None and held.n != len(context.view.notices),
        "left_out": "" if found is None else dict(found.words).get("Left out:", ""),
        "words": [] if found is None else [_as_shown(row) for row in found.words if row[0] in _WORDS],
    }


def _as_shown(row: tuple[str, str]) -> tuple[str, str]:
    """Return an answer in words for a page on which the settlement stands above it."""
    question, answer = row
    return question, answer.replace("the settlement below", "this settlement")


SETTLEMENT = Page(
    path="settlement",
    template="settlement.html",
    title="What could all sign?",
    parts=("ask", "answer", "settled", "worth", "rest"),
    data=_settlement,
    under="settlement",
)
