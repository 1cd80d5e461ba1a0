"""Each promise of the security page names a test that there is."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_row_of_the_security_page_names_a_test_or_says_what_is_open() -> None:
    known = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    page = (ROOT / "docs" / "reference" / "security.md").read_text(encoding="utf-8")
    rows = [row for row in page.splitlines() if row.startswith("| ") and not row.startswith(("| what", "| item"))]
    assert len(rows) > 40
    for row in rows:
        tests = re.findall(r"`(test_\w+)`", row)
        assert tests or "*open*" in row, row
        assert set(tests) <= known, f"no such test: {sorted(set(tests) - known)}"
