"""Papers of a secretariat: minutes of 500 lines, the week, a round file of 200 pages, the first answer of a settlement.

All from one seat's view, in process. Times are those of the processor. Targets: minutes under 1 s, a week under 2 s, a
round file under 10 s with progress, the settlement page of the Astana talks under 2 s.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from goodoffices.reports.minutes.minutes_paper import copy_paper
from goodoffices.reports.papers.files import paper_file
from goodoffices.reports.rounds.round_file import round_file
from goodoffices.reports.week.span import week_of
from goodoffices.reports.week.week_paper import Note, week_paper
from goodoffices.talks.base.enums import Format, NoteLevel
from goodoffices.talks.core import view_for
from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.notes.lines import TakeNote
from goodoffices.talks.notes.minutes import CirculateMinutes
from goodoffices.talks.rounds.sessions import OpenSession, PlanSession
from goodoffices.talks.state.view import View
from properties.worlds.cast import START
from stories import Story, words
from talks_once import folded, read
from web.test_hall_pages import sent
from web.test_texts import opened_table

_LEVELS = (NoteLevel.NAMED, NoteLevel.DELEGATION, NoteLevel.UNATTRIBUTED)


def noted(n_lines: int) -> Story:
    """Return a story with minutes of so many lines in circulation."""
    story, seats = Story(), ("gov", "opp", "rus", "tur")
    story.do("un", PlanSession(title="Aid", format=Format.PLENARY, participants=("un", *seats, "kaz")))
    story.do("un", OpenSession(session="s1"))
    for n in range(n_lines):
        said = words(f"Line {n}: it holds that the corridor should stay open for the next twelve days and more.")
        story.do("un", TakeNote(session="s1", words=said, speaker=seats[n % 4], level=_LEVELS[n % 3]))
    story.at = START + timedelta(hours=2)
    story.do("un", CirculateMinutes(session="s1", until=START + timedelta(hours=30)))
    return story


def measured(name: str, target: float, make: Callable[[], object], times: int = 5) -> None:
    """Print how long something takes, and the target."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        make()
        taken.append(time.process_time() - begun)
    print(f"{name:44} median {statistics.median(taken):6.2f} s  max {max(taken):6.2f} s  target {target:.0f} s")


def with_papers(story: Story, n_papers: int) -> View:
    """Return the view of a seat that filed so many papers of about a page."""
    for n in range(n_papers):
        text = " ".join(f"Sentence {k} of paper {n} speaks of the corridor and its keepers." for k in range(40))
        story.do("gov", FileItem(words=(words(text),)))
    return story.view("gov")


def settled() -> None:
    """Let the settlement page of the Astana talks work, and wait for its answer."""
    with tempfile.TemporaryDirectory() as folder:
        tables = opened_table(Path(folder), read("astana-2017"), ready=())
        table = next(tables)
        sent(table, "analyst", "settlement", do="start")
        held = table.world.server.calculations.of("analyst")["settlement"]
        while not held.is_over:
            time.sleep(0.01)
        table.page("analyst", "settlement")
        next(tables, None)


def _minutes(view: View, copy: str, ending: str) -> bytes:
    return paper_file(copy_paper(view, copy), ending)


def _week(view: View, ending: str) -> bytes:
    return paper_file(week_paper(view, week_of(view), Note(reader="x")), ending)


def run(*, full: bool = False) -> None:
    """Measure; ``full`` takes the sizes of the targets."""
    story = noted(500 if full else 50)
    view = story.view("gov")
    copy = next(iter(view.known.copies))
    for ending in ("docx", "pdf", "html"):
        measured(f"minutes of the note, .{ending}", 1, partial(_minutes, view, copy, ending))
    astana = view_for(folded("astana-2017", datetime(2026, 11, 1, tzinfo=UTC)), "un-envoy")
    for ending in ("docx", "pdf"):
        measured(f"week of Astana, .{ending}", 2, partial(_week, astana, ending))
    large, told = with_papers(story, 200 if full else 20), list[object]()
    measured("round file", 10, lambda: round_file(large, progress=lambda *step: told.append(step)), times=1)
    pages = len(re.findall(rb"/Type\s*/Page\b", round_file(large)))
    print(f"  {pages} pages, {len(told)} steps of progress told")
    measured("settlement page of Astana, first answer", 2, settled, times=1)
