"""A paper as a page in one file, as the inside of a page of the desk, and as plain text for a terminal."""

from __future__ import annotations

import textwrap
from html import escape

from goodoffices.languages import direction
from goodoffices.reports.papers.paper import Block, Grid, Heading, Look, Paper, Paragraph, Sentence, Spans, text_of

_STYLE = """
:root { color-scheme: light dark; --paper: #FBFAF7; --ink: #1D2327; --quiet: #56616B; --line: #D9D6CE;
  --exercise: #5B3E96 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181B; --ink: #ECEAE4; --quiet: #A3ADB5; --line: #333B41; --exercise: #B9A3EA } }
body { background: var(--paper); color: var(--ink); max-inline-size: 46rem; margin-inline: auto; padding: 1rem;
  font: 1rem/1.55 "Noto Sans", "Noto Sans Arabic", system-ui, sans-serif }
h1 { font-size: 1.56rem; line-height: 1.25 } h2 { font-size: 1.15rem; margin-block: 1.6rem .4rem }
p { margin-block: .5rem } .quiet, .notes, .beside { color: var(--quiet) } .notes, .foot { font-size: .82rem }
.lines { padding-inline-start: 2.2rem } .lines li { margin-block: .45rem } .beside { display: block; font-size: .92rem }
table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem .3rem 0; border-block-end: 1px solid var(--line) }
th { color: var(--quiet); font-weight: 600; font-size: .9rem } sup { line-height: 0 } a { color: inherit }
.scroll { overflow-x: auto } .band { color: var(--exercise); border-block: 4px double var(--exercise);
  padding: .3rem 0; font-weight: 700 } hr { border: 0; border-block-start: 1px solid var(--line) }
@media print { body { font-size: 10pt; max-inline-size: none } h2 { break-after: avoid }
  li, tr { break-inside: avoid } }
"""


def html_of(paper: Paper) -> str:
    """Return a paper as one page with nothing outside it."""
    band = f'<p class="band">{escape(paper.band)}</p>' if paper.band else ""
    return (
        f'<!doctype html><html lang="{paper.language}" dir="{paper.direction}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(text_of(paper.title))}</title><style>{_STYLE}</style></head><body>"
        f"{band}<h1>{_html(paper.title)}</h1>{inner_html(paper)}</body></html>\n"
    )


def inner_html(paper: Paper) -> str:
    """Return what stands under the title of a paper, escaped; a page of the desk shows the same."""
    made = [f'<p class="quiet">{_html(row)}</p>' for row in paper.head]
    is_open = False
    for block in paper.blocks:
        is_line = isinstance(block, Paragraph) and block.number is not None
        if is_line != is_open:
            made.append('<ol class="lines">' if is_line else "</ol>")
            is_open = is_line
        made.append(_block(block))
    made += ["</ol>"] if is_open else []
    made += ["<hr>", *(f'<p class="quiet foot">{_html(row)}</p>' for row in paper.foot)] if paper.foot else []
    if paper.notes:
        notes = "".join(f'<li id="note-{n}">{_html(row)}</li>' for n, row in enumerate(paper.notes, start=1))
        made.append(f'<ol class="notes">{notes}</ol>')
    return "".join(made)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h2>{escape(block.text)}</h2>"
    if isinstance(block, Grid):
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.columns)
        rows = "".join(
            "<tr>" + "".join(
                f'<td data-label="{escape(column)}">{_html(cell)}</td>'
                for column, cell in zip(block.columns, row, strict=True)
            ) + "</tr>"
            for row in block.rows
        )  # fmt: skip
        return f'<table class="facts"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    lead = f"<strong>{escape(block.lead)}</strong> " if block.lead else ""
    inside = lead + " ".join(_sentence(sentence) for sentence in block.sentences)
    inside += "".join(f'<span class="beside">{_html(row)}</span>' for row in block.beside)
    return f"<p>{inside}</p>" if block.number is None else f'<li value="{block.number}">{inside}</li>'


def _sentence(sentence: Sentence) -> str:
    notes = ", ".join(f'<a href="#note-{n}">{n}</a>' for n in sentence.notes)
    return _html(sentence.spans) + (f"<sup>{notes}</sup>" if notes else "")


def _html(spans: Spans) -> str:
    made = []
    for span in spans:
        text = escape(span.text)
        if span.look in (Look.NAME, Look.STRONG_NAME):
            text = f"<bdi>{text}</bdi>"
        elif span.look is Look.WORDS:
            text = f'<bdi class="said" lang="{span.language}" dir="{direction(span.language)}">{text}</bdi>'
        if span.look in (Look.STRONG, Look.STRONG_NAME):
            text = f"<strong>{text}</strong>"
        elif span.look is Look.QUIET:
            text = f'<span class="quiet">{text}</span>'
        made.append(text)
    return "".join(made)


def terminal_text(paper: Paper, width: int = 80) -> str:
    """Return a paper as text for a terminal of ``width`` characters."""
    lines = [paper.band, ""] if paper.band else []
    lines += [*textwrap.wrap(text_of(paper.title), width)]
    for row in paper.head:
        lines += textwrap.wrap(text_of(row), width)
    for block in paper.blocks:
        lines += _lines(block, width)
    lines += [""] if paper.foot or paper.notes else []
    for row in paper.foot:
        lines += textwrap.wrap(text_of(row), width)
    lines += [""] if paper.foot and paper.notes else []
    for n, row in enumerate(paper.notes, start=1):
        lines += textwrap.wrap(f"[{n}] {text_of(row)}", width, subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def _lines(block: Block, width: int) -> list[str]:
    if isinstance(block, Heading):
        return ["", *textwrap.wrap(block.text.upper(), width)]
    if isinstance(block, Grid):
        rows = [" · ".join(text_of(cell) for cell in row if text_of(cell)) for row in block.rows]
        return [line for row in rows for line in textwrap.wrap(f"- {row}", width, subsequent_indent="  ")]
    said = " ".join(
        text_of(sentence.spans) + "".join(f" [{n}]" for n in sentence.notes) for sentence in block.sentences
    )
    number = "" if block.number is None else f"{block.number:>3}. "
    lead = f"{block.lead} " if block.lead else ""
    indent = " " * len(number)
    made = [""] if block.number is None else []
    made += textwrap.wrap(f"{number}{lead}{said}", width, subsequent_indent=indent, break_long_words=False)
    for row in block.beside:
        made += textwrap.wrap(f"{indent}{text_of(row)}", width, subsequent_indent=indent)
    return made
