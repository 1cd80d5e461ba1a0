"""A brief as text for the terminal, as a page in one file, as Markdown, and as JSON for programs."""

from __future__ import annotations

import html
import json
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict

from goodoffices.reports.brief.build import Brief
from goodoffices.reports.brief.page import Page, page_lines
from goodoffices.reports.brief.sources import CHANGES, CHANGES_HOLD
from goodoffices.reports.receipts import slice_lines
from goodoffices.reports.tables import Part, Section
from goodoffices.talks.state.view import View
from goodoffices.text_tables import wrapped_table

_STYLE = """
:root { color-scheme: light dark; --paper: #FBFAF7; --ink: #1D2327; --quiet: #56616B; --line: #D9D6CE;
  --exercise: #5B3E96 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181B; --ink: #ECEAE4; --quiet: #A3ADB5; --line: #333B41; --exercise: #B9A3EA } }
body { background: var(--paper); color: var(--ink); max-inline-size: 66rem; margin-inline: auto; padding: 1rem;
  font: 1rem/1.5 "Noto Sans", "Noto Sans Arabic", system-ui, sans-serif }
h1 { font-size: 1.94rem; line-height: 1.2 } h2 { font-size: 1.56rem; margin-block-start: 3rem } h3 { font-size: 1.1rem }
table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums; font-size: .9rem }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem; border-block-end: 1px solid var(--line) }
td { min-inline-size: 5rem }
th { color: var(--quiet); font-weight: 600 } .quiet { color: var(--quiet) } .scroll { overflow-x: auto }
.band { color: var(--exercise); border-block: 4px double var(--exercise); padding: .3rem 0; font-weight: 700 }
@media print { body { font-size: 10pt } h2 { break-after: avoid } tr { break-inside: avoid } }
"""


_HOW_TO_ASK = "The rest is in sections. Add one to the same command, such as --section people; or --section all."


def as_text(brief: Brief, width: int = 110) -> str:
    """Return the whole brief for a terminal of ``width`` characters: the first page, then every section."""
    return page_text(brief, width) + sections_text(brief.sections, width)


def page_text(brief: Brief, width: int = 110) -> str:
    """Return the first page for a terminal; of an answer, its title and what it says in words."""
    if brief.page is not None:
        return "\n".join(page_lines(brief.page, width)) + "\n"
    lines = ["EXERCISE"] if brief.kind == "exercise" else []
    lines += [*textwrap.wrap(brief.title, width), *textwrap.wrap(_whose(brief), width), ""]
    for sentence in (*brief.summary, *brief.warnings):
        lines += [*textwrap.wrap(sentence, width), ""]
    return "\n".join(lines) + "\n"


def contents_text(brief: Brief, width: int = 110) -> str:
    """Return the list of sections of a brief, and how to ask for one."""
    lines = ["", *textwrap.wrap(_HOW_TO_ASK, width)]
    holds = {section.name: section.holds for section in brief.sections if section.name}
    # The first page points to what is new. That becomes a section when somebody asks for it.
    if brief.page is not None and any(block.section == CHANGES for block in brief.page.blocks):
        holds.setdefault(CHANGES, CHANGES_HOLD)
    for name, what in holds.items():
        lines += textwrap.wrap(f"  {name:<13} {what}", width, subsequent_indent=" " * 16)
    return "\n".join(lines) + "\n"


def sections_text(sections: Iterable[Section], width: int = 110) -> str:
    """Return sections for a terminal of ``width`` characters."""
    lines = []
    for section in sections:
        lines += ["", *textwrap.wrap(section.title.upper(), width), "=" * min(len(section.title), width)]
        if not section.parts:
            lines += [section.empty]
        for part in section.parts:
            lines += ["", *(textwrap.wrap(part.title, width) or [""]), *_table(part, width)]
    return "\n".join(lines) + "\n"


def _whose(brief: Brief) -> str:
    if not brief.seat:
        return f"From {brief.seat_name} alone"
    return f"Brief for {brief.seat_name}{f', {brief.as_of}' if brief.as_of else ''}"


def _table(part: Part, width: int) -> list[str]:
    if not part.rows:
        return [f"  {part.empty}", *(f"  {line}" for line in textwrap.wrap(part.note, width - 4))]
    lines = wrapped_table(part.columns, part.rows, width - 2)
    return [f"  {line}" for line in (*lines, *textwrap.wrap(part.note, width - 4))]


def as_markdown(brief: Brief) -> str:
    """Return the brief as Markdown."""
    lines = [f"# {brief.title}", "", _whose(brief), ""]
    if brief.kind == "exercise":
        lines[1:1] = ["", "**EXERCISE**"]
    lines += [*brief.summary, *brief.warnings, "", *_markdown_page(brief.page)]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        lines += [section.empty, ""] if not section.parts else []
        for part in section.parts:
            lines += [f"### {part.title}", "", *_markdown_rows(part), ""]
    return "\n".join(lines)


def _markdown_page(page: Page | None) -> list[str]:
    lines = []
    for block in page.blocks if page is not None else ():
        if block.rows:
            lines += [f"## {block.title}", ""]
            lines += [f"- **{label}** {words}" for label, words in (row.plain for row in block.rows)] + [""]
    return [*lines, *([page.legend, ""] if page is not None and page.legend else [])]


def _markdown_rows(part: Part) -> list[str]:
    if not part.rows:
        return [part.empty]
    rows = [part.columns, ("---",) * len(part.columns), *part.rows]
    drawn = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return [*drawn, *(["", part.note] if part.note else [])]


def as_html(brief: Brief) -> str:
    """Return the brief as one page with nothing outside it."""
    band = '<p class="band">EXERCISE</p>' if brief.kind == "exercise" else ""
    said = "".join(f'<p dir="auto">{html.escape(text)}</p>' for text in (*brief.summary, *brief.warnings))
    said += _html_page(brief.page)
    body = "".join(
        f"<section><h2>{html.escape(section.title)}</h2>"
        + ("".join(map(_html_part, section.parts)) or f'<p class="quiet">{html.escape(section.empty)}</p>')
        + "</section>"
        for section in brief.sections
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(brief.title)} – Good Offices</title><style>{_STYLE}</style></head><body>"
        f'{band}<h1>{html.escape(brief.title)}</h1><p class="quiet">{html.escape(_whose(brief))}</p>{said}{body}'
        "</body></html>\n"
    )


def _html_page(page: Page | None) -> str:
    made = ""
    for block in page.blocks if page is not None else ():
        rows = "".join(
            f'<tr><th scope="row">{html.escape(label)}</th><td dir="auto">{html.escape(words)}</td></tr>'
            for label, words in (row.plain for row in block.rows)
        )
        made += (
            f"<section><h2>{html.escape(block.title)}</h2><table><tbody>{rows}</tbody></table></section>"
            if rows
            else ""
        )
    return made + (f'<p class="quiet">{html.escape(page.legend)}</p>' if page is not None and page.legend else "")


def _html_part(part: Part) -> str:
    title = f"<h3>{html.escape(part.title)}</h3>"
    if not part.rows:
        return f'{title}<p class="quiet">{html.escape(part.empty)}</p>'
    head = _html_cells("th", part.columns, ' scope="col"')
    rows = "".join("<tr>" + _html_cells("td", row, ' dir="auto"') + "</tr>" for row in part.rows)
    note = f'<p class="quiet">{html.escape(part.note)}</p>' if part.note else ""
    return f'{title}<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}'


def _html_cells(tag: str, cells: Iterable[str], more: str) -> str:
    return "".join(f"<{tag}{more}>{html.escape(cell)}</{tag}>" for cell in cells)


def as_json(brief: Brief) -> str:
    """Return the brief as JSON, for programs: sections, parts, columns, rows."""
    return json.dumps(asdict(brief), ensure_ascii=False, indent=2, default=str) + "\n"


RENDERINGS: Mapping[str, Callable[[Brief], str]] = {"md": as_markdown, "html": as_html, "json": as_json, "txt": as_text}
"""How a brief is written, by the ending of the file."""


def export_files(brief: Brief, view: View, form: str) -> dict[str, bytes]:
    """Return file names and contents: ``brief-n41.md`` and ``slice-n41.jsonl`` for a view of 41 notices."""
    n = len(view.notices)
    lines = b"".join(line + b"\n" for line in slice_lines(view))
    return {f"brief-n{n}.{form}": RENDERINGS[form](brief).encode(), f"slice-n{n}.jsonl": lines}
