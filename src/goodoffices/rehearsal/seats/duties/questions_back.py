"""What a seat asks when a paper has no point that it can read: a question, and never a guess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from goodoffices.rehearsal.seats.composition import compose
from goodoffices.rehearsal.seats.duties.delivery import TO_ONE
from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.outlook import Outlook, Paper
from goodoffices.rehearsal.seats.points import read_points
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.exchange.items import FileItem

APART = timedelta(minutes=45)
"""Nobody is asked more often than this, however many papers they send."""


def ask_back(positions: Positions) -> Iterator[Intention]:
    """Yield one question on the first paper without a point that has not been asked about."""
    outlook = positions.outlook
    own = [item for item in outlook.items if item.came == ItemCame.FILED and item.answers is not None]
    asked = {item.answers for item in own}
    last = max((item.at for item in own), default=outlook.orders.timetable.starts_at - APART)
    for paper in (*outlook.told, *outlook.handed):
        item = outlook.known.items[paper.handle]
        if paper.points or paper.handle in asked or item.kind == TO_ONE or item.at < outlook.orders.timetable.starts_at:
            continue
        due = max(outlook.after(paper.at, f"ask back {paper.handle}", 8, 25), last + APART)
        yield Intention(
            key=f"ask back {paper.handle}",
            due_at=outlook.awake(due),
            command=FileItem(words=_words(positions, paper), kind=TO_ONE, answers=paper.handle),
            reason=Reason(name="ask-back", values={"to": paper.teller}, things=(paper.handle,), unless="has-point"),
        )
        return


def _words(positions: Positions, paper: Paper) -> tuple[Words, ...]:
    """Return the questions on a paper, in each language of the seat, after a sentence in the tone of the moment."""
    outlook = positions.outlook
    said = {words.lang: words.text for words in compose(outlook, positions.mood, "read-back", to=paper.teller)}
    written = []
    for language in outlook.languages:
        questions = read_points(_text(outlook, paper, language), outlook.lexicon, language).questions
        lines = (said.get(language, ""), *questions[:2])
        written.append(Words(text="\n".join(line for line in lines if line), lang=language))
    return tuple(written)


def _text(outlook: Outlook, paper: Paper, language: str) -> str:
    bodies = outlook.known.items[paper.handle].words
    return next((outlook.view.text(body) or "" for body in bodies if body.lang == language), "")
