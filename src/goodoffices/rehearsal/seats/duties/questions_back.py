"""What a seat asks: what a paper without a point means, and where a party stands that has long said nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from goodoffices.rehearsal.seats.composition import compose, share_of
from goodoffices.rehearsal.seats.duties.delivery import TO_ONE, addressee
from goodoffices.rehearsal.seats.duties.replies import is_convener
from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.lexicon import Stand
from goodoffices.rehearsal.seats.outlook import Outlook, Paper
from goodoffices.rehearsal.seats.points import (
    WHICH,
    Point,
    asks_for_a_point,
    question,
    question_on,
    read_points,
    write_points,
)
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
        if any(asks_for_a_point(_text(outlook, paper, one), outlook.lexicon, one) for one in outlook.languages):
            continue
        due = max(outlook.after(paper.at, f"ask back {paper.handle}", 8, 25), last + APART)
        words = _words(positions, paper)
        if not words:
            continue
        yield Intention(
            key=f"ask back {paper.handle}",
            due_at=outlook.awake(due),
            command=FileItem(words=words, kind=TO_ONE, answers=paper.handle),
            reason=Reason(name="ask-back", values={"to": paper.teller}, things=(paper.handle,), unless="has-point"),
        )
        return


def _words(positions: Positions, paper: Paper) -> tuple[Words, ...]:
    """Return the questions on a paper, in the languages in which the seat can read it, or else in all of its own.

    Each is the same question in another language. What the seat heard or asked in the last ten minutes of real time it
    does not ask again; if nothing is left, it asks nothing.
    """
    outlook = positions.outlook
    said = {words.lang: words.text for words in compose(outlook, positions.mood, "read-back", to=paper.teller)}
    heard = outlook.heard_lately
    texts = {language: _text(outlook, paper, language) for language in outlook.languages}
    written = []
    for language in [one for one, text in texts.items() if text] or list(texts):
        found = read_points(texts[language], outlook.lexicon, language).asked if texts[language] else (WHICH,)
        # Where nothing looks like a point each seat asks about an issue that it has not asked about.
        asked = [
            next_question(outlook, language)
            if one == WHICH
            else question(one, outlook.lexicon, language, way=share_of(outlook))
            for one in found
        ]
        lines = [one for one in asked if one and one not in heard][:2]
        if lines:
            text = "\n".join(line for line in (said.get(language, ""), *lines) if line)
            written.append(Words(text=text, lang=language))
    return tuple(written)


def next_question(outlook: Outlook, language: str) -> str:
    """Return the question which point somebody makes, in the seat's own way, on the next issue not asked about lately.

    It is empty if the seat has asked about all of them in the last ten minutes of real time.
    """
    first = _number(outlook)
    heard, way = outlook.heard_lately, share_of(outlook)
    numbers = range(first, first + max(1, len(outlook.lexicon.issues)))
    questions = (question_on(outlook.lexicon, number, language, way=way) for number in numbers)
    return next((one for one in questions if one not in heard), "")


def _text(outlook: Outlook, paper: Paper, language: str) -> str:
    bodies = outlook.known.items[paper.handle].words
    return next((outlook.view.text(body) or "" for body in bodies if body.lang == language), "")


SILENT = timedelta(minutes=75)
"""A party from which nothing has come for so long is asked where it stands."""
MOST_NUDGES = 6


def nudge(positions: Positions) -> Iterator[Intention]:
    """Yield a question to a party that has long been silent: of a mediator to each, of a guarantor to its client."""
    outlook = positions.outlook
    wanted = outlook.parties if is_convener(outlook) else tuple(s for s in (outlook.client,) if s is not None)
    idea = _idea(outlook) if wanted else ()
    for seat in wanted:
        name = outlook.view.name(seat)
        sent = [i for i in outlook.items if i.came == ItemCame.FILED and addressee(outlook, i) == seat]
        heard = [h.at for h in positions.heard if h.by == seat]
        last = max((*heard, *(item.at for item in sent)), default=outlook.orders.timetable.starts_at)
        if len(sent) >= MOST_NUDGES:
            continue
        key = f"nudge {seat} {len(sent)}"
        asked = ((language, next_question(outlook, language)) for language in outlook.languages)
        words = tuple(
            Words(text=f"{text}\n{write_points(idea, outlook.lexicon, language)}".strip(), lang=language)
            for language, text in asked
            if text
        )
        if not words:
            continue
        yield Intention(
            key=key,
            due_at=outlook.after(outlook.awake(last) + SILENT, key, 5, 30),
            command=FileItem(words=words, kind=TO_ONE, title=Words(text=name)),
            reason=Reason(name="nudge", values={"to": seat}, unless="answered-here"),
            can_wait=True,
        )


def _number(outlook: Outlook) -> int:
    """Return the number of the issue that a seat asks about next."""
    return _place(outlook) + sum(i.came == ItemCame.FILED and i.kind == TO_ONE for i in outlook.items)


def _idea(outlook: Outlook) -> tuple[Point, ...]:
    """Return what a seat suggests with a question, so that there is something to answer: what suits itself best.

    It is on the next issue on which the seat did not write or hear the same suggestion lately; nothing if none is left.
    """
    lexicon, heard = outlook.lexicon, outlook.heard_lately
    first, n = _number(outlook), len(lexicon.issues)
    for issue in (lexicon.issues[(first + step) % n].slug for step in range(n)):
        known = outlook.worths.order.get(issue) or lexicon.options_of(issue)
        points = tuple(Point(issue=issue, options=(option,), stand=Stand.SUGGEST) for option in known[:1])
        if points and not any(write_points(points, lexicon, language) in heard for language in outlook.languages):
            return points
    return ()


def _place(outlook: Outlook) -> int:
    """Return a number that differs from seat to seat, so that no two begin with the same issue."""
    return sorted(outlook.known.seats).index(outlook.seat)
