"""The status of a cease-fire as sentences under titles, as JSON, and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from goodoffices.canonical_json import result_json
from goodoffices.ceasefire.ledgers import Reconciliation
from goodoffices.ceasefire.messages import ENGLISH, MESSAGES, Speech
from goodoffices.ceasefire.sentences import (
    basis_sentences,
    lead_sentences,
    ledger_sentences,
    not_run_sentences,
    verdict_sentences,
)
from goodoffices.event_table import UNSEEN
from goodoffices.reports.ceasefire.status import Status
from goodoffices.reports.ceasefire.status_parts import status_parts
from goodoffices.text_tables import csv_text

_RECENT = 14
_HINTS: Mapping[str, str] = {"in_force": "Give it with --at.", "comparison": "Name one with --compare."}
"""What to do in the terminal about something that was not run."""


def status_text(statuses: Iterable[Status]) -> str:
    """Return one page for each ledger."""
    return "\n\n".join(_page(status) for status in statuses)


def _page(status: Status) -> str:
    said = [*lead_sentences(status.verdicts), *basis_sentences(status.total)]
    parts = [(f"{status.ledger}: does the cease-fire hold?", said)]
    parts += [(title, said) for title, said in _sections(status) if said]
    if status.credit:
        limit = [MESSAGES["ged.limit"]] if "UCDP" in status.credit else []
        parts.append(("Credit", [*limit, status.credit]))
    return "\n\n".join("\n".join((title, *(f"  {sentence}" for sentence in said))) for title, said in parts)


def _sections(status: Status) -> Iterable[tuple[str, list[str]]]:
    yield "Areas, last whole week", [" ".join(verdict_sentences(one)) for one in status.verdicts]
    yield f"Last {_RECENT} days", list(_recent(status))
    yield from ((part.title, list(part.sentences)) for part in status_parts(status) if part.key != "not_run")
    said = zip(status.not_run, not_run_sentences(status.not_run), strict=True)
    yield "Not run", [f"{sentence} {_HINTS.get(one.key, '')}".rstrip() for one, sentence in said]


def _recent(status: Status) -> Iterable[str]:
    """Yield each area's last days: the sum of those observed, or the word that stands in place of a number."""
    for stream in status.by_area:
        days = range(max(len(stream.y) - _RECENT, 0), len(stream.y))
        seen = [day for day in days if stream.word(day) not in UNSEEN]
        if seen:
            total = sum(float(stream.y[day]) for day in seen)
            yield f"{stream.area}: {f'{total:.12g}' if total else 'none'} ({len(seen)} of {len(days)} days observed)"
        else:
            yield f"{stream.area}: {stream.word(days[-1]) if days else 'not observed'}"


def status_json(statuses: Iterable[Status]) -> str:
    """Return the figures of each ledger as JSON."""
    return result_json([_figures(status) for status in statuses])


def _figures(status: Status) -> dict[str, object]:
    total, scan = status.total, status.clusters
    return {
        "ledger": status.ledger,
        "date_basis": total.date_basis,
        "first_day": total.first_day.isoformat(),
        "last_day": total.last_day.isoformat(),
        "measure": total.measure.value,
        "total": total.total,
        "share_observed": total.share_observed,
        "imprecise": total.imprecise,
        "imprecise_amount": total.imprecise_amount,
        "single_voice": total.single_voice,
        "figures_hash": total.figures_hash,
        "verdicts": [one.row() for one in status.history],
        "alarms": [row for record in status.alarms for row in record.rows()],
        "watched": [
            {"area": one.area, "first_day": one.first_day.isoformat(), "is_open": one.is_open, "mean": one.null.mean,
             "size": one.null.size, "promise_days": one.promise, "threshold": one.threshold} for one in status.alarms
        ],
        "alarms_together": [] if status.family is None else [
            {"area": one.area, "day": one.day.isoformat(), "statistic": one.statistic} for one in status.family.alarms
        ],
        "unwatched": list(status.unwatched),
        "waiting": list(status.waiting),
        "change": [] if status.change is None else status.change.rows(),
        "areas": [
            {"area": one.area, "before": one.events_before, "after": one.events_after, "q": one.q,
             "ratio": one.ratio and one.ratio.ratio, "low": one.ratio and one.ratio.low,
             "high": one.ratio and one.ratio.high} for one in status.area_changes
        ],
        "returns": [
            {"area": area, "day": one and one.return_day, "is_observed": one and one.return_observed}
            for area, one in status.returns.items()
        ],
        "change_points": [row for one in status.points for row in one.rows()],
        "clusters": [] if scan is None else [
            {"rank": one.rank, "latitude": one.latitude, "longitude": one.longitude, "area": one.area,
             "first_day": one.first_day.isoformat(), "days": one.days, "observed": one.observed,
             "expected": one.expected, "log_ratio": one.log_ratio, "p": one.p} for one in scan.clusters
        ],
        "not_run": [one.phrase() for one in status.not_run],
        "notes": list(status.notes),
        "credit": status.credit,
    }  # fmt: skip


def status_csv(statuses: Iterable[Status], *, speech: Speech = ENGLISH) -> str:
    """Return the figures of each ledger as a table of text: a row for each figure, with the part that it belongs to."""
    rows: list[dict[str, object]] = []
    for status in statuses:
        for name, held in _figures(status).items():
            part = name if isinstance(held, list) else "basis"
            for n, one in enumerate(held if isinstance(held, list) else [held], start=1):
                fields = dict(one) if isinstance(one, dict) else {name: one}
                area = speech.area(str(fields.pop("area", "")))
                rows += [
                    {"ledger": speech.ledger(status.ledger), "part": part, "row": n, "area": area, "figure": figure,
                     "value": "" if value is None else value} for figure, value in fields.items()
                ]  # fmt: skip
    return csv_text(rows, ("ledger", "part", "row", "area", "figure", "value"))


def ledgers_text(found: Reconciliation, *, speech: Speech = ENGLISH) -> str:
    """Return two ledgers side by side: the sentences, then each day."""
    first, second = speech.ledger(found.first.ledger), speech.ledger(found.second.ledger)
    wide = max(len(first), 14)
    lines = [*ledger_sentences(found, speech), "", f"{'day':12}{first:>{wide}}  {second:>14}"]
    lines += [f"{one.day!s:12}{one.first:>{wide}}  {one.second:>14}" for one in found.days]
    return "\n".join(lines)


def ledgers_json(found: Reconciliation) -> str:
    """Return two ledgers side by side as JSON."""
    sides = {
        side.ledger: {
            "total": side.total, "bulletins": side.bulletins, "by_area": dict(side.by_area), "unplaced": side.unplaced,
            "difference": side.difference, "only_here": list(side.only_here), "checked": side.checked,
            "confirmed": side.confirmed, "explained": side.explained, "not_confirmed": side.not_confirmed,
            "not_examined": side.not_examined, "silent": [day.isoformat() for day in side.silent],
        }
        for side in (found.first, found.second)
    }  # fmt: skip
    days = [
        {"day": one.day.isoformat(), found.first.ledger: one.first, found.second.ledger: one.second}
        for one in found.days
    ]
    return result_json({"ledgers": sides, "days": days, "links": found.links, "areas": found.rows()})
