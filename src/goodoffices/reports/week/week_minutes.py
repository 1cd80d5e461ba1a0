"""The minutes that a weekly note draws on: of each session the newest version that its reader has or wrote."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Spans
from goodoffices.reports.week.sentences import SENTENCES
from goodoffices.reports.week.span import Week
from goodoffices.talks.base.enums import NoteLevel
from goodoffices.talks.base.states import Attribution, MinutesState
from goodoffices.talks.state.known_meetings import KnownCopy, MinutesLine
from goodoffices.talks.state.view import View


def minutes_had(view: View, session: str | None = None) -> Iterator[KnownCopy]:
    """Yield the newest minutes of each session, or of one: the reader's own copy, else the fullest that it sent."""
    done: set[str] = set()
    newest = [copy for copy in view.known.copies.values() if copy.state is not MinutesState.REPLACED]
    for copy in sorted(newest, key=lambda one: (one.reader != view.seat, not one.is_team, -len(one.lines))):
        of = copy.session or copy.handle
        if of not in done and session in (None, copy.session):
            done.add(of)
            yield copy


def all_have(view: View, copy: KnownCopy, line: MinutesLine, words: str | None) -> bool:
    """Return whether a line of minutes is not a confidence: it names who spoke, and every delegation there was sent it.

    Who only has a copy cannot look into the others. There a line that names its speaker, and was said in no room apart,
    stands in the copy of each who was present.
    """
    is_named = line.attribution is Attribution.NAMED and line.level is None
    if line.room or not (is_named or line.level is NoteLevel.NAMED):
        return False
    others = [
        one for one in view.known.copies.values()
        if one.by == view.seat and one.minutes == copy.minutes and one.state is not MinutesState.REPLACED
    ]  # fmt: skip
    return copy.by != view.seat or all(words in map(view.text, one.words) for one in others)


def minutes_source(wording: Wording, week: Week, copy: KnownCopy) -> Spans:
    """Return minutes as a source: when they were approved or, before that, sent."""
    return wording.say(SENTENCES["source-minutes"], at=wording.when(week.moment(copy.approved_at or copy.at)))
