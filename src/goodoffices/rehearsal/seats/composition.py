"""Write a paper: a sentence before the points, the points, in each language of the talks."""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.phrases import Avoided, frame_for
from goodoffices.rehearsal.seats.points import Point, write_points
from goodoffices.rehearsal.seats.temper import Mood
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Role
from goodoffices.talks.state.permissions import carries


def tone_of(outlook: Outlook, mood: Mood, to: str | None = None) -> str:
    """Return the tone in which a seat writes: cool where trust is low, formal where pride is high."""
    trust = mood.in_(to) if to is not None else 50
    if trust < 40 or mood.patience < 30:
        return "cool"
    if outlook.orders.brief.temper.pride >= 80:
        return "formal"
    return "warm" if trust >= 65 else "plain"


def compose(
    outlook: Outlook, mood: Mood, situation: str, points: Iterable[Point] = (), *, to: str | None = None, key: str = ""
) -> tuple[Words, ...]:
    """Return a paper in the languages of the seat, the same in each. Without points and frames left, it is empty."""
    points, tone = tuple(points), tone_of(outlook, mood, to)
    avoided = Avoided(share_of(outlook), outlook.heard_lately, _last_papers(outlook))
    written = []
    for language in outlook.languages:
        frame = frame_for(
            situation,
            tone,
            language=language,
            draw=outlook.chance(f"frame {situation} {key} {outlook.moment.isoformat()}"),
            avoided=avoided,
        )
        text = "\n".join(part for part in (frame, write_points(points, outlook.lexicon, language)) if part)
        if text:
            written.append(Words(text=text, lang=language))
    return tuple(written)


def one_language(papers: tuple[Words, ...]) -> Words | None:
    """Return the first language of a paper, for commands that carry one."""
    return papers[0] if papers else None


def share_of(outlook: Outlook) -> int:
    """Return which third of the frames is the seat's: by its place among the parties, the carriers and the others."""
    seats = outlook.known.seats.values()
    ranked = sorted(seats, key=lambda seat: (Role.PARTY not in seat.roles, not carries(seat), seat.slug))
    slugs = [seat.slug for seat in ranked]
    return slugs.index(outlook.seat) if outlook.seat in slugs else 0


def _last_papers(outlook: Outlook) -> list[str]:
    own = [item for item in outlook.items if item.came == "filed"][-3:]
    texts = (outlook.view.text(body) for item in own for body in item.words)
    return ["\n".join(line for line in text.split("\n")[:1]) for text in texts if text]
