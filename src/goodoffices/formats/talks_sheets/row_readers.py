"""Read the rows of *Issues*, *Positions*, *Sources* and *Commitments*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goodoffices.errors import ScenarioError
from goodoffices.formats.documents.dataset_dates import day_of, is_ambiguous
from goodoffices.formats.talks_sheets.cells import Checker, option_cells
from goodoffices.formats.talks_sheets.columns import ANOTHER, STRENGTHS
from goodoffices.formats.talks_sheets.grid import FilledCell, FilledRow
from goodoffices.formats.talks_sheets.lasting_names import key_of
from goodoffices.formats.talks_sheets.own_talks import CommitmentRow, IssueRow, PositionRow, SourceRow, source_hour
from goodoffices.names import comparable
from goodoffices.talks.base.enums import Strength

_NOBODY = frozenset({"nobody known", "nobody"})


def issues(rows: Sequence[FilledRow], checker: Checker) -> tuple[IssueRow, ...]:
    """Return the issues with their options."""
    return tuple(
        IssueRow(
            name=checker.text(row, "Issue"),
            basket=checker.text(row, "Basket"),
            question=checker.text(row, "Question"),
            options=_options(row, checker),
            is_ordered=checker.word(row, "Order matters").startswith("yes"),
            is_invented=checker.word(row, "Invented") == "yes",
        )
        for row in rows
    )


def _options(row: FilledRow, checker: Checker) -> tuple[str, ...]:
    cells = option_cells(row)
    texts = [checker.text(row, f"Option {n}") for n in range(1, len(cells) + 1)]
    last = max((n for n, text in enumerate(texts) if text), default=-1)
    first: dict[str, int] = {}
    for n, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        if not text and 2 <= n < last and not cell.is_broken:
            checker.problems.append(cell.problem("option-gap"))
        elif text and first.setdefault(key_of(text), n) != n:
            checker.problems.append(cell.problem("option-twice", found=text))
    return tuple(text for text in texts if text)


def positions(rows: Sequence[FilledRow], checker: Checker, known: Sequence[IssueRow]) -> tuple[PositionRow, ...]:
    """Return who says what on which issue; ``known`` are the issues of the same file."""
    return tuple(_position(row, checker, known) for row in rows)


def _position(row: FilledRow, checker: Checker, known: Sequence[IssueRow]) -> PositionRow:
    actor, issue = checker.name(row, "Actor"), checker.name(row, "Issue")
    option, words = _chosen(row, checker, issue, known), checker.text(row, "In its own words")
    if key_of(row["Option"].text) == ANOTHER and not words:
        checker.problems.append(row["In its own words"].problem("own-words"))
    strength = checker.word(row, "Strength")
    return PositionRow(
        actor=actor or "",
        issue=issue or "",
        option=option,
        words=words,
        said_on=checker.day(row, "Said on") or date.min,
        told=_told(row, checker),
        source=checker.name(row, "Source"),
        strength=STRENGTHS.get(strength, Strength.INFERENCE),
        is_invented=checker.word(row, "Invented") == "yes",
    )


def _chosen(row: FilledRow, checker: Checker, issue: str | None, known: Sequence[IssueRow]) -> int | None:
    """Return the option that a cell names, by its words or its number; ``None`` for another."""
    cell, text = row["Option"], checker.text(row, "Option")
    own = next((one for one in known if issue is not None and key_of(one.name) == key_of(issue)), None)
    if not text or key_of(text) == ANOTHER or own is None:
        return None
    options = [key_of(option) for option in own.options]
    if key_of(text) in options:
        return options.index(key_of(text))
    if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= len(options):
        return int(text) - 1
    other = next((one for one in known if key_of(text) in map(key_of, one.options)), None)
    told = {"found": text, "issue": own.name, "known": "; ".join(own.options)}
    code = "option" if other is None else "other-option"
    checker.problems.append(cell.problem(code, **told, near=None if other is None else other.name))
    return None


def _told(row: FilledRow, checker: Checker) -> tuple[str, ...] | None:
    word, seats = checker.word(row, "Said to"), checker.names_in(row, "Named seats")
    if word == "named seats" and not comparable(row["Named seats"].text):
        checker.problems.append(row["Named seats"].problem("named-seats"))
    if word and word != "named seats" and seats:
        checker.problems.append(row["Named seats"].problem("not-named"))
    return None if word in ("", "the public") else seats if word == "named seats" else ()


def sources(rows: Sequence[FilledRow], checker: Checker) -> tuple[SourceRow, ...]:
    """Return the publications."""
    return tuple(_source(row, checker) for row in rows)


def _source(row: FilledRow, checker: Checker) -> SourceRow:
    side = checker.text(row, "Close to")
    read = SourceRow(
        name=checker.text(row, "Short name"),
        outlet=checker.text(row, "Outlet"),
        side="" if key_of(side) in _NOBODY else side,
        agency=checker.text(row, "From agency"),
        speaker=checker.text(row, "From speaker"),
        dated=checker.day(row, "Day") or date.min,
        hour=checker.text(row, "Hour and zone"),
        address=checker.text(row, "Where to find it"),
        is_invented=checker.word(row, "Invented") == "yes",
    )
    try:
        source_hour(read)
    except ScenarioError:
        checker.problems.append(row["Hour and zone"].problem("hour", found=read.hour))
    return read


def commitments(rows: Sequence[FilledRow], checker: Checker) -> tuple[CommitmentRow, ...]:
    """Return who promised what by when."""
    return tuple(_commitment(row, checker) for row in rows)


def _commitment(row: FilledRow, checker: Checker) -> CommitmentRow:
    happened, on = checker.text(row, "What happened"), checker.day(row, "When")
    word_of = checker.name(row, "On whose word")
    late = [row[heading] for heading in ("When", "On whose word")]
    if not happened:
        checker.problems += [cell.problem("nothing-happened") for cell in late if comparable(cell.text)][:1]
    else:
        empty = [cell for cell in late if not comparable(cell.text)]
        checker.problems += [cell.problem("told-when", heading=_HEADINGS[late.index(cell)]) for cell in empty]
    return CommitmentRow(
        who=checker.names_in(row, "Who"),
        what=checker.text(row, "What"),
        promised=checker.word(row, "Promised by itself"),
        text=checker.text(row, "In which text"),
        due=_due(row["Due"], checker),
        condition=checker.text(row, "Only if"),
        happened=happened,
        happened_on=on,
        happened_source=word_of,
        state=checker.word(row, "State"),
        source=checker.name(row, "Source") or "",
        is_invented=checker.word(row, "Invented") == "yes",
    )


_HEADINGS = ("When", "On whose word")
_REPORTED = {"Positions": ("Said on", "Source"), "Commitments": ("When", "On whose word")}
"""By sheet, the day on which something was said or happened, and the source that reports it."""


def check_days(sheet: str, rows: Sequence[FilledRow], checker: Checker, known: Sequence[SourceRow]) -> None:
    """Refuse a day that is later than the source that reports it; one day more can be due to time zones."""
    dated = {key_of(source.name): source for source in known if source.dated > date.min}
    said_on, reported_by = _REPORTED[sheet]
    for row in rows:
        source, text = dated.get(key_of(row[reported_by].text)), comparable(row[said_on].text)
        day = None if is_ambiguous(text) else day_of(text)
        if source is not None and day is not None and (day - source.dated).days > 1:
            told = {"day": day.isoformat(), "source": source.name, "dated": source.dated.isoformat()}
            checker.problems.append(row[said_on].problem("later-than-source", **told))


def _due(cell: FilledCell, checker: Checker) -> date | str | None:
    text = comparable(cell.text)
    if not text:
        return None
    # Words such as "end of February" are kept as words; what is all digits and marks is meant as a day.
    is_words = any(char.isalpha() for char in text) and day_of(text) is None
    return text if is_words else checker.day_in(cell)
