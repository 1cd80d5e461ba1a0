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
    found: SettlementScreen | None = None if held is None or held.result is None else held.result[context.language]
    return {
        "held": held,
        "found": found,
        "is_busy": held is not None and not held.is_over,
        "is_old": held is not None and held.n != len(context.view.notices),
        "words": [] if found is None else [row for row in found.words if row[0] in _WORDS],
    }


SETTLEMENT = Page(
    path="settlement",
    template="settlement.html",
    title="What could all sign?",
    parts=("ask", "answer", "settled", "worth", "rest"),
    data=_settlement,
    under="settlement",
)
