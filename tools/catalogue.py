"""Collect every message of pages and papers, and bring the catalogues up to date.

``python tools/catalogue.py`` adds new messages to ``locale/*/goodoffices.po`` (empty, to be translated) and drops those
that nothing uses any more. The English catalogue says each message as it is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import nodes

from goodoffices.ceasefire import messages as ceasefire_said
from goodoffices.exercises import cells
from goodoffices.exercises.debriefs import journal, possible
from goodoffices.formats.talks_sheets import problems
from goodoffices.rehearsal import messages as rehearsed
from goodoffices.rehearsal.batches.assumptions import QUANTITIES
from goodoffices.reports import sheet_changes
from goodoffices.reports.ceasefire import bulletin_sentences
from goodoffices.reports.forecast.lineup_cells import COLUMNS
from goodoffices.reports.lists import notices, sentences as lists
from goodoffices.reports.messages.act_sentences import ACT_NAMES, SENTENCES
from goodoffices.reports.messages.catalogues import UNREVIEWED
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.messages.reader_calendars import CALENDARS, MONTHS
from goodoffices.reports.minutes import sentences as minutes
from goodoffices.reports.papers import one_zone, stated_dates
from goodoffices.reports.provenance import SIDES
from goodoffices.reports.rounds import sentences as rounds
from goodoffices.reports.settlement.assessments import QUANTITIES as QUANTITIES_ASSESSED
from goodoffices.reports.texts import dataset_sentences as datasets_said, finding_sentences as findings_said
from goodoffices.reports.week import sentences as week
from goodoffices.talks.base import refusals
from goodoffices.talks.documents.diff import Change
from goodoffices.web import app
from goodoffices.web.http import entrance
from goodoffices.web.render import page_list, rehearsal_words, render as parts

SOURCE = Path(__file__).resolve().parents[1] / "src" / "goodoffices"
LOCALE = SOURCE / "reports" / "locale"
LANGUAGES = ("en", "ar", "ru", "tr", "fa", "kk")
# One date for good: a catalogue's history is in the repository, and a date in it would only make branches collide.
_MADE = datetime(2026, 11, 23, tzinfo=UTC)
Message = tuple[str, str | None]


@cache
def messages() -> tuple[Message, ...]:
    """Return every message, each with its plural if it has one, in a lasting order."""
    found = {*_of_tables(), *_of_templates(), *_of_python("web"), *_reasons(), *_phrases()}
    return tuple(sorted(found, key=lambda message: (message[0].lower(), message[0])))


def _of_tables() -> Iterator[Message]:
    yield from ((word, None) for category in WORDS.values() for word in category.values())
    tables: tuple[Mapping[Any, str], ...] = (
        ACT_NAMES,
        SENTENCES,
        findings_said.MESSAGES,
        datasets_said.SENTENCES,
        refusals.SENTENCES,
        refusals.CASES,
        bulletin_sentences.SENTENCES,
        ceasefire_said.MESSAGES,
        ceasefire_said.WORDS,
        app.SENTENCES,
        entrance.SENTENCES,
        problems.SENTENCES,
        {"look-alike": problems.LOOK_ALIKE, "no-power": sheet_changes.NO_POWER},
        sheet_changes.SENTENCES,
        minutes.SENTENCES,
        week.SENTENCES,
        stated_dates.SENTENCES,
        rounds.SENTENCES,
        rounds.LETTER,
        CALENDARS,
        lists.SENTENCES,
        notices.SENTENCES,
        one_zone.SENTENCES,
        rehearsed.MESSAGES,
        rehearsed.FORMATS,
        rehearsed.FIRST_FORMATS,
        {name: name for name in QUANTITIES},
        {name: one.words for name, one in QUANTITIES.items()},
        *rehearsal_words.WORDED.values(),
        rehearsal_words.KINDS,
        rehearsal_words.ENDINGS,
        rehearsal_words.LINES,
        dict(enumerate(minutes.PHRASES)),
        {"unreviewed": UNREVIEWED},
        dict(enumerate(near for both in SIDES.values() for near in both)),
        {word: word for word in (*QUANTITIES_ASSESSED, *COLUMNS, *(change.value for change in Change))},
    )
    for table in tables:
        # A bare placeholder, as in "{why}", is no message.
        yield from ((text, None) for text in table.values() if not text.startswith("{") or " " in text)
    yield from ((month, None) for months in MONTHS.values() for month in months)
    yield from ((heading, None) for heading in (*journal.HEADINGS, *possible.ASKED, *cells.SAID))
    yield minutes.ONE_CORRECTION
    yield week.CONTESTED
    yield from ((page.title, None) for page in page_list.PAGES)
    yield from ((row[2], None) for row in page_list.NAVIGATION)


def _of_templates() -> Iterator[Message]:
    environment = parts.environment()
    for name in environment.list_templates():
        assert environment.loader is not None
        text = environment.loader.get_source(environment, name)[0]
        for call in environment.parse(text).find_all(nodes.Call):
            yield from _of_call(_spoken(call.node), [a.value for a in call.args if isinstance(a, nodes.Const)])


def _spoken(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "t":
        return node.attr
    return "say" if isinstance(node, nodes.Name) and node.name == "t" else ""


def _of_call(how: str, constants: list[Any]) -> Iterator[Message]:
    texts = [value for value in constants if isinstance(value, str)]
    if how == "count":
        yield texts[0], texts[1]
    elif how in ("say", "plain") and texts:
        yield texts[0], None


def _of_python(room: str) -> Iterator[Message]:
    for path in sorted((SOURCE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                how = _spoken_by(node.func)
                yield from _of_call(how, [a.value for a in node.args if isinstance(a, ast.Constant)])


def _spoken_by(func: ast.expr) -> str:
    if isinstance(func, ast.Name):
        return "say" if func.id in ("t", "localizer") else ""
    if isinstance(func, ast.Attribute) and func.attr == "localizer":
        return "say"
    if isinstance(func, ast.Attribute) and func.attr == "count" and isinstance(func.value, ast.Subscript):
        return "count"
    return "say" if isinstance(func, ast.Name) else ""


def _phrases() -> Iterator[Message]:
    """Yield the sentences that are English text and remember their message, wherever they are said."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Phrase":
                yield from ((str(given.value), None) for given in node.args if isinstance(given, ast.Constant))


def _reasons() -> Iterator[Message]:
    """Yield the whole sentences that the rules of the talks give as reasons."""
    for path in sorted((SOURCE / "talks").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "why" and isinstance(node.value, ast.Constant):
                text = str(node.value.value)
                if text.endswith("."):
                    yield text, None


def _brought_up(language: str) -> Catalog:
    path = LOCALE / language / "goodoffices.po"
    held = Catalog(locale=language)
    if path.is_file():
        with path.open("rb") as opened:
            held = read_po(opened, locale=language)
    made = Catalog(
        locale=language,
        project="goodoffices",
        header_comment=held.header_comment,
        creation_date=_MADE,
        fuzzy=False,
    )
    for message, plural in messages():
        identity: Any = message if plural is None else (message, plural)
        own = held.get(message)
        made.add(identity, identity if language == "en" else (own.string if own is not None else ""))
    return made


def main() -> None:
    """Write the catalogues."""
    for language in LANGUAGES:
        path = LOCALE / language / "goodoffices.po"
        made = _brought_up(language)
        with path.open("wb") as opened:
            write_po(opened, made, width=120, omit_header=False, ignore_obsolete=True)
        empty = sum(1 for message in made if message.id and not message.string)
        print(f"{path}: {len(made)} messages, {empty} without a translation")


if __name__ == "__main__":
    main()
