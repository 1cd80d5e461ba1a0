"""Sheets as pages in one file: nothing outside it, fit for the printer, both directions of writing.

Every stretch that may run the other way is isolated; brackets are drawn as marks of their own in the direction of the
paragraph, so that they mirror.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.texts.print_packs import states_of
from goodoffices.reports.texts.sheets import DrawnClause, Ink, Run, Sheet
from goodoffices.talks.documents.document import ClauseState

_STYLE = """
:root { --paper: #FBFAF7; --ink: #1D2327; --quiet: #56616B; --line: #D9D6CE; --mark: #1F4E79; --new: #1B6E3C;
  --gone: #9C2B21; --compromise: #5B3E96; color-scheme: light dark }
@media (prefers-color-scheme: dark) { :root { --paper: #14181B; --ink: #ECEAE4; --quiet: #A3ADB5; --line: #333B41;
  --mark: #8FC1EE; --new: #7FCB9B; --gone: #F0958A; --compromise: #B9A3EA } }
body { background: var(--paper); color: var(--ink); max-inline-size: 46rem; margin: auto; padding: 1rem;
  font: 1rem/1.6 "Noto Sans", "Noto Sans Arabic", system-ui, sans-serif }
h1 { font-size: 1.9rem; line-height: 1.25; text-wrap: balance } h2 { font-size: 1.1rem; margin-block: 2rem .3rem }
.beside { display: grid; grid-template-columns: repeat(var(--n), 1fr); gap: 2rem }
.beside article { min-inline-size: 0 }
.quiet, dt, .state { color: var(--quiet) } .state { font-size: .8rem; font-weight: 400 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem }
dd { margin: 0; font-variant-numeric: tabular-nums }
p { margin-block: .4rem } .mark { color: var(--mark); font-weight: 700 } .label { color: var(--mark); font-weight: 700 }
ins { color: var(--new); font-weight: 700; text-decoration: underline }
del { color: var(--gone); text-decoration: line-through double }
em { color: var(--compromise); text-decoration: underline dotted }
[dir=rtl] em { font-style: normal }
.band { text-align: center; letter-spacing: .1em; border-block-end: 1px solid var(--line) }
.room { font-size: 2.2rem; max-inline-size: none }
@media print { body { background: none; font-size: 10.5pt; padding: 0; max-inline-size: none } h2 { break-after: avoid }
  section { break-inside: avoid-page } @page { margin: 2cm } }
@media (max-width: 40rem) { .beside { grid-template-columns: 1fr } }
"""
_TAGS = {Ink.NEW: "ins", Ink.GONE: "del", Ink.COMPROMISE: "em"}


def page_of(sheets: Sequence[Sheet], *, room: bool = False, band: str = "") -> str:
    """Return one to four sheets as a page; several lie side by side.

    ``room`` draws large, for a screen all see. ``band`` stands above them, such as that it is an exercise.
    """
    first = sheets[0]
    articles = "".join(_article(sheet) for sheet in sheets)
    if len(sheets) > 1:
        articles = f'<div class="beside" style="--n: {len(sheets)}">{articles}</div>'
    return (
        f'<!doctype html><html lang="{html.escape(first.language)}" dir="{first.direction}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(first.title)} – {first.code}</title><style>{_STYLE}</style></head>"
        f"<body{' class=' + chr(34) + 'room' + chr(34) if room else ''}>{_band(band)}{articles}</body></html>\n"
    )


def _band(band: str) -> str:
    return f'<p class="band"><strong>{html.escape(band)}</strong></p>' if band else ""


def _article(sheet: Sheet) -> str:
    spoken = catalogue_for(sheet.language if sheet.language in LANGUAGES else "en")
    facts = [(spoken.find(WORDS["pack"]["code"])[0], sheet.code)]
    facts += [(spoken.find(WORDS["pack"]["mark"])[0], sheet.mark)] if sheet.mark else []
    if sheet.released_to is not None:
        facts.append((spoken.find(WORDS["pack"]["released"])[0], str(sheet.released_to)))
    rows = "".join(f'<dt>{html.escape(name)}</dt><dd><bdi dir="ltr">{value}</bdi></dd>' for name, value in facts)
    lines = "".join(f'<p class="quiet" dir="auto">{html.escape(line)}</p>' for line in sheet.lines)
    states = states_of(sheet)
    body = "".join(_clause(clause, states[clause.state] if clause.state is not ClauseState.PROPOSED else "")
                   for clause in sheet.clauses)  # fmt: skip
    return (
        f'<article lang="{html.escape(sheet.language)}" dir="{sheet.direction}">'
        f"<h1><bdi>{html.escape(sheet.title)}</bdi></h1>{lines}<dl>{rows}</dl>{body}</article>"
    )


def _clause(clause: DrawnClause, state: str) -> str:
    number = f"<bdi>{html.escape(clause.number)}</bdi>."
    if clause.open_number:
        number = f'<span class="mark">[</span>{number}<span class="mark">]</span>'
    said = f' <span class="state">({html.escape(state)})</span>' if state else ""
    heading = f" <bdi>{html.escape(clause.heading)}</bdi>" if clause.heading else ""
    body = "".join(_run(run) for run in clause.runs)
    paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n\n") if part)
    return f"<section><h2>{number}{heading}{said}</h2>{paragraphs.replace(chr(10), '<br>')}</section>"


def _run(run: Run) -> str:
    """Draw one stretch; a label and what follows a bracket are kept apart, so that marks stay on their side."""
    text = html.escape(run.text)
    if run.ink is Ink.LABEL:
        return f'<span class="label"><bdi>{text}</bdi>:</span>'
    if run.ink is Ink.MARK:
        return f'<span class="mark">{text}</span>'
    tag = _TAGS.get(run.ink)
    return text if tag is None else "\n\n".join(f"<{tag}>{part}</{tag}>" for part in text.split("\n\n"))
