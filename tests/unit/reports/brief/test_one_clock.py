"""A brief of a record speaks by one clock, that of the talks, in its head and beside everything in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import as_text
from goodoffices.talks.base.acts import Words
from goodoffices.talks.claims.positions import StatePosition
from goodoffices.talks.core import Talks, decide, replay, view_for
from goodoffices.talks.exchange.items import FileItem, HandItem
from goodoffices.talks.state.command_context import Command, CommandRequest
from talks_once import folded

OPENED = datetime(2031, 3, 4, 12, 0, tzinfo=UTC)
"""By the clock on the wall, far from every day of the talks."""


def acted() -> Talks:
    talks = folded("astana-2017", OPENED)
    issue = view_for(talks, "opposition").known.agenda[0].issues[0]
    commands: list[Command] = [
        FileItem(kind="paper", words=(Words(text="A first paper.", lang="en"),)),
        HandItem(item="m1", to="un-envoy"),
        StatePosition(issue=issue.slug, option=issue.options[0].slug),
    ]
    for n, command in enumerate(commands):
        asked = CommandRequest(seat="opposition", command=command)
        acts = decide(talks, asked, OPENED + timedelta(minutes=90 + n))
        assert isinstance(acts, tuple), acts
        talks = replay(acts, talks)
    return talks


@pytest.mark.parametrize("seat", ["un-envoy", "opposition"])
def test_no_act_stands_under_the_clock_on_the_wall(seat: str) -> None:
    view = view_for(acted(), seat)
    said = brief_of(view, as_of=None, since=OPENED - timedelta(days=20_000), with_changes=True)
    shown = as_text(said, 200)
    assert "2031" not in shown
    opens = view.known.header.opens_at
    assert opens is not None
    assert view.time(opens + timedelta(minutes=92)) in shown
