"""What a desk remembers of a seat's pages is what it would make anew, after every act and on every page."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings, strategies as st

from goodoffices.talks.core import Talks, replay, view_for
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.view import View
from goodoffices.web.live.seat_memory import SeatMemory
from goodoffices.web.pages.page import PageContext
from goodoffices.web.render.localize import Person
from goodoffices.web.render.render import Frame, render_parts
from properties.worlds.cast import SEATS, START
from properties.worlds.runs import a_run
from properties.worlds.walk import PAGES_WALKED


@given(
    steps=st.lists(st.tuples(*[st.integers(0, 63)] * 10), min_size=2, max_size=8),
    prologues=st.integers(0, 63),
    seat=st.sampled_from(SEATS),
    language=st.sampled_from(("en", "ar")),
)
@settings(max_examples=6)
def test_remembered_pages_are_those_made_anew(
    steps: list[tuple[int, ...]], prologues: int, seat: str, language: str
) -> None:
    memory, talks, frame = SeatMemory(), Talks(), Frame(base="/d/x", person=Person(language=language))
    groups = a_run(steps, prologues).groups
    for n, group in enumerate(groups):
        talks = replay(group, talks)
        if n % 3 and n + 1 < len(groups):
            continue
        view = view_for(talks, seat)
        for path in PAGES_WALKED:
            remembered = render_parts(_context(view, memory, language), path, frame)
            assert remembered == render_parts(_context(view, None, language), path, frame)


def _context(view: View, memory: SeatMemory | None, language: str) -> PageContext:
    def would(_: Command) -> None:
        return None

    return PageContext(view=view, at=START + timedelta(hours=1), would=would, language=language, memory=memory)
