"""The picture of a ledger's days on a page, with names and months in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup

from goodoffices.reports.ceasefire.day_picture import DayRow, PictureWords, day_picture
from goodoffices.reports.ceasefire.ledger_weeks import LedgerWeeks
from goodoffices.reports.ceasefire.view_tables import ForceDay
from goodoffices.web.render.localize import Localizer

_MOST_ROWS = 12


def day_strips(
    t: Localizer, area_name: Callable[[str], Markup], ledger: LedgerWeeks, days: Sequence[date], force: ForceDay | None
) -> Markup:
    """Return the strips of one ledger, an area each, in the order of the table; at most twelve."""
    rows, said = [], []
    for one in ledger.areas[:_MOST_ROWS]:
        name = str(area_name(one.area).striptags()) if one.area else t("not placed").striptags()
        counts = [float(one.stream.y[at]) for day in days if 0 <= (at := one.stream.index(day)) < len(one.stream.y)]
        seen = [count for count in counts if count == count]
        most = t("most reports in a day: {n}", n=int(max(seen))).striptags() if seen else t("not observed").striptags()
        rows.append(DayRow(name=name, highest=most, stream=one.stream))
        said.append(t("{area}: {n}, days observed: {m}", area=name, n=int(sum(seen)), m=len(seen)).striptags())
    words = PictureWords(
        title=t("Reports by day and area").striptags(),
        said=". ".join(said),
        seen=t("when somebody could see").striptags(),
        months=[(day, t.month(day)) for n, day in enumerate(days) if day.day == 1 or n == 0],
    )
    drawn = day_picture(rows, days, ledger.of.total, words, force=None if force is None else force.day)
    return Markup(drawn)  # noqa: S704 - the picture escapes its words
