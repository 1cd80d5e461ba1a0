"""A round as one page in one file: what its PDF draws, to be read on any machine, without a script or a connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from html import escape
from itertools import chain
from typing import Any

from goodoffices.progress import Progress
from goodoffices.reports.rounds.round_file import round_data
from goodoffices.talks.state.view import View

_STYLE = """
:root { color-scheme: light dark; --paper: #FBFAF7; --ink: #1D2327; --quiet: #56616B; --line: #D9D6CE; --mark: #1F4E79;
  --new: #1B6E3C; --gone: #9C2B21; --compromise: #5B3E96; --link: #1F4E79 }
@media (prefers-color-scheme: dark) { :root { --paper: #14181B; --ink: #ECEAE4; --quiet: #A3ADB5; --line: #333B41;
  --mark: #8FC1EE; --new: #7FCB9B; --gone: #F0958A; --compromise: #B9A3EA; --link: #8FC1EE } }
* { box-sizing: border-box }
body { background: var(--paper); color: var(--ink); max-inline-size: 46rem; margin-inline: auto; padding: 1rem;
  font: 1rem/1.55 "Noto Sans", "Noto Sans Arabic", system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.56rem; line-height: 1.25 } h2 { font-size: 1.3rem; line-height: 1.3 } h3 { font-size: 1.05rem }
section { border-block-start: 1px solid var(--line); margin-block-start: 2rem; padding-block-start: .5rem }
p { margin-block: .5rem; white-space: pre-line }
.beside { margin-inline-start: 1.5rem } a { color: var(--link) } .quiet, dt { color: var(--quiet) }
dl { display: grid; grid-template-columns: fit-content(40%) 1fr; gap: .1rem 1rem } dd { margin: 0 }
.band { color: var(--compromise); border-block: 4px double var(--compromise); padding: .3rem 0; font-weight: 700 }
.contents li { margin-block: .25rem } .back { font-size: .9rem }
table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem .3rem 0; border-block-end: 1px solid var(--line) }
th { color: var(--quiet); font-weight: 600; font-size: .9rem }
.mark, .label { color: var(--mark); font-weight: 700 } ins { color: var(--new); font-weight: 700 }
del { color: var(--gone) } em { color: var(--compromise); text-decoration: underline dotted }
[dir=rtl] em { font-style: normal } .square svg { inline-size: 6rem; block-size: auto; background: #fff }
@media (max-width: 40rem) {
  table, tbody, tr, td { display: block } thead { position: absolute; clip-path: inset(50%) }
  tr { border-block-end: 1px solid var(--line); padding-block: .4rem } td { border: 0; padding: .1rem 0 }
  td::before { content: attr(data-label) ": "; color: var(--quiet) } td:empty { display: none } }
@media print { body { font-size: 10pt; max-inline-size: none } h2, h3 { break-after: avoid } .back { display: none }
  tr { break-inside: avoid } section { break-before: page; border: 0 } }
"""
_WESTERN = ' dir="ltr"'
_TAGS = {"new": "ins", "gone": "del", "proposed": "del", "compromise": "em"}


def round_page(  # noqa: PLR0913 - one argument for each thing that a reader chooses
    view: View,
    *,
    round_: str | None = None,
    since: int | None = None,
    until: datetime | None = None,
    language: str = "en",
    calendar: str = "",
    progress: Progress | None = None,
) -> str:
    """Return everything of a round that a seat has, as one page with nothing outside it.

    The parameters and errors are those of :func:`goodoffices.reports.rounds.round_file.round_file`.
    """
    data = round_data(
        view, round_=round_, since=since, until=until, language=language, calendar=calendar, progress=progress
    )
    parts = data["parts"]
    first = parts[0]
    sections = "".join(_part(part, n, parts) for n, part in enumerate(parts))
    band = f'<p class="band">{escape(data["band"])}</p>' if data["band"] else ""
    name, digits = first["print"]
    return (
        f'<!doctype html><html lang="{first["lang"]}" dir="{first["dir"]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(data['title'])} – {escape(data['seat'])}</title><style>{_STYLE}</style></head>"
        f'<body id="top">{band}<main>{sections}</main>'
        f'<hr><p class="quiet">{escape(name)} <bdi dir="ltr">{escape(digits)}</bdi></p></body></html>\n'
    )


def _part(part: Mapping[str, Any], n: int, parts: list[Mapping[str, Any]]) -> str:
    spoken = f' lang="{escape(part["lang"])}" dir="{part["dir"]}"'
    title = f"<bdi>{escape(part['title'])}</bdi>"
    inside = "".join(f'<p class="quiet"><bdi>{escape(line)}</bdi></p>' for line in part["lines"])
    inside += _facts(part["facts"])
    if part["kind"] == "contents":
        inside += _contents(parts)
    if part["kind"] == "text":
        inside += f'<p class="square">{part["qr"]}</p>' + "".join(map(_clause, part["clauses"]))
    for name, words, *beside in part.get("paragraphs", ()):
        lead = f"<strong><bdi>{escape(name)}</bdi></strong> " if name else ""
        inside += f'<p dir="auto">{lead}{escape(words)}</p>'
        inside += "".join(f'<p class="beside quiet"><bdi>{escape(row)}</bdi></p>' for row in chain(*beside))
    inside += "".join(map(_table, part.get("tables", ())))
    inside += "".join(f'<p class="quiet"><bdi>{escape(line)}</bdi></p>' for line in part.get("ending", ()))
    if n == 0:
        return f"<header{spoken}><h1>{title}</h1>{inside}</header>"
    # The way back is an arrow, which no language has to say; the contents name where it leads.
    back = (
        "" if part["kind"] == "contents" else f'<p class="back"><a href="#part-1">↑ {escape(parts[1]["title"])}</a></p>'
    )
    tag = "nav" if part["kind"] == "contents" else "section"
    return f'<{tag} id="part-{n}"{spoken}><h2>{title}</h2>{inside}{back}</{tag}>'


def _contents(parts: list[Mapping[str, Any]]) -> str:
    rows = (
        f'<li><a href="#part-{n}"><bdi lang="{escape(part["lang"])}">{escape(part["title"])}</bdi></a></li>'
        for n, part in enumerate(parts)
        if n and part["kind"] != "contents"
    )
    return f'<ol class="contents">{"".join(rows)}</ol>'


def _facts(facts: list[list[Any]]) -> str:
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd><bdi{_WESTERN if western else ''}>{escape(value)}</bdi></dd>"
        for name, value, western in facts
    )
    return f"<dl>{rows}</dl>" if rows else ""


def _table(table: Mapping[str, Any]) -> str:
    title = f"<h3>{escape(table['title'])}</h3>" if table["title"] else ""
    if not table["rows"]:
        return f'{title}<p class="quiet">{escape(table["empty"])}</p>'
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table["columns"])
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td data-label="{escape(column)}">{f"<bdi>{escape(cell)}</bdi>" if cell else ""}</td>'
            for column, cell in zip(table["columns"], row, strict=True)
        )
        + "</tr>"
        for row in table["rows"]
    )
    return f"{title}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _clause(clause: Mapping[str, Any]) -> str:
    marks = ("[", "]") if clause["open"] else ("", "")
    number = f"{_mark(marks[0])}<bdi>{escape(clause['number'])}</bdi>.{_mark(marks[1])}"
    state = f' <span class="quiet">({escape(clause["state"])})</span>' if clause["state"] else ""
    said = "".join(f"<p>{''.join(_drawn(paragraph))}</p>" for paragraph in clause["runs"])
    return f"<h3>{number} {escape(clause['heading'])}{state}</h3>{said}"


def _mark(text: str) -> str:
    return f'<span class="mark">{text}</span>' if text else ""


def _drawn(runs: list[tuple[str, str]]) -> Iterator[str]:
    for kind, text in runs:
        yield _RUNS.get(kind, _tagged)(kind, escape(text))


def _tagged(kind: str, text: str) -> str:
    return f"<{_TAGS[kind]}>{text}</{_TAGS[kind]}>"


_RUNS: Mapping[str, Callable[[str, str], str]] = {
    "words": lambda _, text: text,
    "mark": lambda _, text: _mark(text),
    "label": lambda _, text: f'<span class="label"><bdi>{text}</bdi>:</span>',
}
