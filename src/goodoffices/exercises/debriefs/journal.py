"""The journal of an exercise as a spreadsheet: every act in order, every relay, and the forecasts with their scores."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from goodoffices.exercises.debriefs.debrief import Debrief
from goodoffices.reports.messages.act_sentences import ACT_NAMES
from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.reports.seat_names import talks_title
from goodoffices.talks.base.acts import CLOCK, Body
from goodoffices.talks.base.local_time import in_zone
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import View

HEADINGS = ("Acts", "Relays", "Forecasts", "When", "Seat", "What happened", "Words", "Paper of", "Told by", "Told to",
            "Form", "Minutes", "As written", "As told", "Question", "Forecast", "Answer", "Brier score", "never told",
            "By itself", "EXERCISE", "yes", "no", "Journal", "Page")  # fmt: skip
"""What the sheets and columns are called; the catalogues have them in the reader's language."""
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDTHS = (18, 26, 34, 60, 60, 14, 14)


_LONGEST = 32_000


def journal_of(own: View, views: Mapping[str, View], debrief: Debrief, language: str) -> bytes:
    """Return the journal as the bytes of an .xlsx file. Every sheet bears the mark of an exercise.

    Parameters
    ----------
    own
        The view of the seat that takes it: names and the zone are as it knows them.
    views
        What every seat may know.
    debrief
        What happened.
    language
        The reader's language.
    """
    import xlsxwriter  # most commands never write a spreadsheet

    def t(message: str) -> str:
        return catalogue_for(language).find(message)[0]

    made = io.BytesIO()
    # Texts stay texts: a cell that begins with an equals sign is nobody's formula.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"title": talks_title(own, language), "subject": t("EXERCISE"), "created": _MADE})
        for name, headings, rows in journal_tables(own, views, debrief, language):
            sheet = book.add_worksheet(t(name)[:31])
            if catalogue_for(language).direction == "rtl":
                sheet.right_to_left()
            bold = book.add_format({"bold": True})
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            sheet.write_string(0, 0, f"{t('EXERCISE')} · {talks_title(own, language)}", bold)
            for column, heading in enumerate(headings):
                sheet.write_string(1, column, t(heading), bold)
                sheet.set_column(column, column, _WIDTHS[min(column, len(_WIDTHS) - 1)])
            for n, row in enumerate(rows, start=2):
                for column, value in enumerate(row):
                    if isinstance(value, int | float):
                        sheet.write_number(n, column, value, wrapped)
                    else:
                        sheet.write_string(n, column, _fitting(value), wrapped)
            sheet.freeze_panes(2, 0)
    return made.getvalue()


def _fitting(text: str) -> str:
    """Return a text as a cell can have it: a spreadsheet takes no more characters, and the cut is marked."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"


def journal_tables(
    own: View, views: Mapping[str, View], debrief: Debrief, language: str
) -> Iterable[tuple[str, tuple[str, ...], list[list[str | float]]]]:
    """Yield the tables of the journal: the name of each, its headings, and its rows in order."""

    def t(message: str) -> str:
        return catalogue_for(language).find(message)[0]

    def seat(slug: str) -> str:
        return t("By itself") if slug == CLOCK else own.name(slug, language)

    def when(at: datetime | None) -> str:
        return "" if at is None else f"{in_zone(at, own.zone):%Y-%m-%d %H:%M}"

    acts: list[list[str | float]] = [
        [when(one.at), seat(one.seat), t(ACT_NAMES[one.notice.kind]), _words(one.notice, views.get(one.seat, own))]
        for one in debrief.happenings
    ]
    yield "Acts", ("When", "Seat", "What happened", "Words"), acts
    relays: list[list[str | float]] = [
        [
            when(one.told_at), seat(one.originator), seat(one.teller) if one.teller else t("never told"),
            own.text(one.cleared_words) or "", own.text(one.told_words) or "", seat(one.to),
            "" if one.minutes is None else one.minutes, one.form,
        ]
        for one in debrief.carriages
    ]  # fmt: skip
    columns = ("When", "Paper of", "Told by", "As written", "As told", "Told to", "Minutes", "Form")
    yield "Relays", columns, relays
    scores: list[list[str | float]] = [
        [
            "", seat(one.seat), one.question.slug, f"{one.percent} %", t("yes") if one.happened else t("no"),
            float(one.brier),
        ]
        for one in debrief.scores
    ]  # fmt: skip
    yield "Forecasts", ("When", "Seat", "Question", "Forecast", "Answer", "Brier score"), scores


def _words(notice: Notice, view: View) -> str:
    """Return the words that came with an act, as far as they are still there."""
    found = []
    for value in notice.data.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping) and "digest" in one:
                found.append(view.text(from_plain(Body, one)) or "")
    return "\n".join(text for text in found if text)
