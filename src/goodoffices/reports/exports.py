"""What a seat takes out: its brief, and the slice that a receipt covers. A function of the view, byte for byte."""

from __future__ import annotations

from goodoffices.reports.brief import Brief
from goodoffices.reports.receipts import slice_lines
from goodoffices.reports.renderings import RENDERINGS
from goodoffices.talks.state.view import View

__all__ = ["export_files"]


def export_files(brief: Brief, view: View, form: str) -> dict[str, bytes]:
    """Return file names and contents: ``brief-n41.md`` and ``slice-n41.jsonl`` for a view of 41 notices."""
    n = len(view.notices)
    lines = b"".join(line + b"\n" for line in slice_lines(view))
    return {f"brief-n{n}.{form}": RENDERINGS[form](brief).encode(), f"slice-n{n}.jsonl": lines}
