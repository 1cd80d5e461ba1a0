"""The week over HTTP: shown, saved as files, in a template; the same address says the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.reports.papers.test_week import template
from web.test_hall_pages import bare
from web.test_texts import Table, opened_table


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_week_is_shown_and_saved(table: Table, language: str) -> None:
    assert table.page("gov", "week", language)
    assert "To: headquarters" in bare(table.page("gov", "week?for=headquarters"))
    assert table.status("gov", "week?until=never") == 404
    for ending in ("docx", "pdf", "html"):
        assert table.status("gov", f"week/file/{ending}?days=9") == 200
    assert table.status("gov", "week/file/exe") == 404


def test_a_template_is_filled_and_kept_nowhere(table: Table) -> None:
    browser = table.browser("gov")
    document = "<w:p><w:r><w:t>{{text}}</w:t></w:r></w:p>"
    for data, status in ((template(document), 200), (b"x", 422)):
        fields = {"_key": "key-template", "_form": "template"}
        answer = browser.send(f"{browser.base}/week/template", fields, file=("file", "letter.docx", data))
        assert answer.status == status
