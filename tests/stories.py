"""A story: talks opened from a file, and what seats ask of them one after the other, a minute apart."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodoffices.talks.base.acts import Act, Words
from goodoffices.talks.base.enums import Form, Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import Talks, decide, due, replay, view_for
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.command_context import Command, CommandRequest, FiguresOf
from goodoffices.talks.state.view import View
from properties.worlds.cast import START, the_talks


def words(text: str, lang: str = "en") -> Words:
    return Words(text=text, lang=lang)


class Story:
    """Talks that grow by what seats do; every step is a minute later than the one before.

    ``figures`` works out the figures of bulletins; without it, bulletins have those that they are given.
    """

    figures: FiguresOf | None = None

    def __init__(self, file: TalksFile | None = None, *, kind: Kind = Kind.EXERCISE) -> None:
        self.at = START
        self.talks: Talks = replay(opening(the_talks() if file is None else file, kind=kind, at=START))

    def submit(self, seat: str, what: Command, **more: object) -> tuple[Act, ...] | Refusal:
        """Let a minute pass, then let ``seat`` ask; return the acts, or the refusal."""
        self.wait(1)
        asked = CommandRequest(seat=seat, command=what, **({"person": "Amal", "second": "Boris"} | more))  # type: ignore[arg-type]
        outcome = decide(self.talks, asked, self.at, figures=self.figures)
        if not isinstance(outcome, Refusal):
            self.talks = replay(outcome, self.talks)
        return outcome

    def do(self, seat: str, what: Command, **more: object) -> tuple[Act, ...]:
        """As ``submit``, for what must be accepted."""
        outcome = self.submit(seat, what, **more)
        assert not isinstance(outcome, Refusal), f"{seat} was refused {what}: {outcome}"
        return outcome

    def refused(self, seat: str, what: Command, **more: object) -> str:
        """As ``submit``, for what must be refused; return the code."""
        outcome = self.submit(seat, what, **more)
        assert isinstance(outcome, Refusal), f"{seat} was not refused {what}"
        assert outcome.sentence, "a refusal says why"
        return outcome.code

    def wait(self, minutes: int) -> tuple[Act, ...]:
        """Let time pass; return what it made happen."""
        self.at += timedelta(minutes=minutes)
        acts = due(self.talks, self.at)
        self.talks = replay(acts, self.talks)
        return acts

    def in_minutes(self, minutes: int) -> datetime:
        return self.at + timedelta(minutes=minutes)

    def view(self, seat: str) -> View:
        return view_for(self.talks, seat)

    def paper(
        self, *, by: str = "opp", holder: str = "un", to: str = "gov", form: Form = Form.PARAPHRASE, **clearance: object
    ) -> str:
        """File, hand and clear a paper; return the holder's handle of it."""
        self.do(by, FileItem(words=(words("We propose a corridor to the east."),)))
        mine = list(self.view(by).known.items)[-1]
        self.do(by, HandItem(item=mine, to=holder))
        self.do(by, ClearItem(item=mine, to=(to,), form=form, **clearance))  # type: ignore[arg-type]
        return list(self.view(holder).known.items)[-1]
