"""What a status says in parts: alarms, before and after, days of change, return times, clusters, what was not run.

The terminal and the page say the same sentences with the same numbers; both are made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from goodoffices.ceasefire.change import Change, ChangeLevel
from goodoffices.ceasefire.ledgers import Reconciliation, reconcile
from goodoffices.ceasefire.messages import ENGLISH, Speech
from goodoffices.ceasefire.sentences import (
    alarm_sentences,
    area_sentences,
    change_point_sentences,
    change_sentences,
    cluster_sentences,
    family_sentences,
    no_reference_sentence,
    not_run_sentences,
    promise_sentences,
    return_sentences,
    running_reference_sentence,
    untold_sentences,
)
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.event_table import LedgerDay
from goodoffices.reports.ceasefire.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence of a part, with the sentences that give its reasons."""

    text: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an answer: its key among the titles, the title, and what is said under it."""

    key: str
    title: str
    said: tuple[Said, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return all its sentences, each followed by its reasons."""
        return tuple(text for one in self.said for text in (one.text, *one.reasons))


def status_parts(status: Status, speech: Speech = ENGLISH) -> tuple[Part, ...]:
    """Return the parts that say anything, in the order in which they are read."""
    return tuple(part for part in _parts(status, speech) if part.said)


def _parts(status: Status, speech: Speech) -> Iterator[Part]:
    yield _plain("alarms", speech.say("title.alarms"), _alarm_lines(status, speech))
    if status.change is not None:
        title = speech.say("title.change", at=speech.day(status.change.at))
        yield Part(key="change", title=title, said=_change_lines(status.change, speech))
    yield _plain("areas", speech.say("title.areas"), area_sentences(status.area_changes, speech))
    yield _plain("returns", speech.say("title.returns"), return_sentences(status.returns, speech))
    yield _plain("points", speech.say("title.points"), change_point_sentences(status.points, speech))
    if status.clusters is not None:
        days = {"first": speech.day(status.clusters.first_day), "last": speech.day(status.clusters.last_day)}
        title = speech.say("title.clusters", **days)
        yield _plain("clusters", title, cluster_sentences(status.clusters, speech=speech))
    yield _plain("not_run", speech.say("title.not_run"), not_run_sentences(status.not_run, speech))


def _change_lines(change: Change, speech: Speech) -> tuple[Said, ...]:
    """Return the answer of each window with its reasons; windows of which nothing can be told come in one answer.

    A ratio never stands without the sentence after it, which says how rare it is or that it may be chance.
    """
    untold = [one.window for one in change.windows if one.level is ChangeLevel.CANNOT_TELL or one.ratio is None]
    told = [change_sentences(change, one.window, speech) for one in change.windows if one.window not in untold]
    said = [Said(text=ratio + " " + next_to_it, reasons=tuple(more)) for ratio, next_to_it, *more in told]
    if untold:
        answer, *reasons = untold_sentences(change, untold, speech)
        said.append(Said(text=answer, reasons=tuple(reasons)))
    return tuple(said)


def _plain(key: str, title: str, sentences: Iterable[str]) -> Part:
    return Part(key=key, title=title, said=tuple(Said(text=text) for text in sentences))


def _alarm_lines(status: Status, speech: Speech) -> list[str]:
    said = list(alarm_sentences(status.alarms, speech))
    if status.unwatched:
        said.append(no_reference_sentence(status.unwatched, speech))
    if status.reference_ends is not None and status.waiting:
        ends = (status.reference_ends, status.total.last_day)
        said.append(running_reference_sentence(status.waiting, *ends, speech))
    if status.alarms:
        said += promise_sentences(status.alarms[0], speech)[:2]
        said += [promise_sentences(record, speech)[2] for record in status.alarms if record.alarms]
    if status.family is not None:
        said += family_sentences(status.family, speech)
    return said


def reconciled(bulletins: Iterable[LedgerDay]) -> tuple[Reconciliation, ...]:
    """Put every two ledgers side by side that have a bulletin; two that cannot be compared are left out."""
    days = tuple(bulletins)
    found = []
    for first, second in combinations(dict.fromkeys(one.ledger for one in days), 2):
        try:
            found.append(reconcile(days, first, second))
        except ScenarioError:
            continue  # one of them reports a day twice
    return tuple(found)
