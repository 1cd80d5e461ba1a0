"""The intermediary's desk: handed, cleared, told; and *may I say this to whom?* both ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from goodoffices.exercises.point_sheet import point_sheet
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.states import ItemCame, SessionState
from goodoffices.talks.documents.markdown import label
from goodoffices.talks.exchange.clearances import RelayAnswer, clearances_of, has_passed, may
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.state.known_exchange import KnownItem, KnownTelling
from goodoffices.web.pages.page import Data, Page, PageContext
from goodoffices.web.pages.papers import leaf, title_of

CARD_HOLDS = timedelta(hours=4)
"""So long a printed card holds, unless a clearance on it ends sooner."""
_FORMS = (Form.VERBATIM, Form.PARAPHRASE, Form.OWN_IDEA)


def _held(context: PageContext) -> list[KnownItem]:
    return [i for i in list(context.known.items.values())[::-1] if i.came == ItemCame.HANDED]


def _relays(context: PageContext, _: str) -> Data:
    cleared = {c.item for c in context.known.clearances.values() if c.by != context.seat}
    told: dict[str, list[KnownTelling]] = {}
    for telling in context.known.tellings.values():
        if telling.by == context.seat and telling.item is not None:
            told.setdefault(telling.item, []).append(telling)
    held = _held(context)
    open_still = {i.handle for i in held if not i.ended and i.handle in cleared and _is_left(context, i, told)}
    past = [i for i in held if i.handle in told and i.handle not in open_still]
    past += [i for i in held if i.ended and i.handle not in told]
    own = [i for i in list(context.known.items.values())[::-1] if i.came == ItemCame.FILED and not i.ended]
    leafed, pages, number = leaf({"past": past, "own": own}, context.number)
    waiting = {
        "uncleared": [i for i in held if i.handle not in cleared and not i.ended],
        "cleared": [i for i in held if i.handle in open_still],
    }
    listed = (*waiting["uncleared"], *waiting["cleared"], *leafed["past"])
    return {
        **waiting,
        **leafed,
        "pages": pages,
        "number": number,
        "tellings": told,
        "open_to": {i.handle: [a for a in may(context.known, i.handle, context.now) if a.form] for i in listed},
        "others": [s.slug for s in context.others()],
    }


def _is_left(context: PageContext, item: KnownItem, told: Mapping[str, list[KnownTelling]]) -> bool:
    """Say whether an item can still be told to a seat that was not told it, or was told to nobody at all."""
    heard = {telling.to for telling in told.get(item.handle, [])}
    given = [c for c in clearances_of(context.known, item) if not has_passed(c, context.now)]
    return not heard or any(set(c.to) - set(c.ended_to) - heard for c in given)


def _relay(context: PageContext, handle: str) -> Data | None:
    item = context.known.items.get(handle)
    if item is None or item.came == ItemCame.TOLD:
        return None
    answers = may(context.known, handle, context.now)
    tellings = [t for t in context.known.tellings.values() if t.item == handle and t.by == context.seat]
    return {
        "item": item,
        "title": title_of(context.view, item, context.language),
        "answers": [a for a in answers if a.form],
        "refused": _refused(answers),
        "only": _only(context, handle, answers),
        "choices": {a.to: _choices(a) for a in answers},
        "why": {a.to: _why(context, item, a) for a in answers},
        "wordings": [w for w in context.known.wordings.values() if w.item == handle and w.holder == context.seat],
        "approved": {a.to: [context.known.wordings[w] for w in a.approved] for a in answers},
        "tellings": tellings,
        "told": {(t.to, context.view.text(t.words)): t.at for t in tellings if t.words is not None and not t.withdrawn},
        "clearances": [c for c in context.known.clearances.values() if c.item == handle],
        "points": point_sheet(context.view, context.language) if any(a.form for a in answers) else None,
    }


def _refused(answers: Sequence[RelayAnswer]) -> list[tuple[str, Refusal]]:
    """Return to whom an item cannot be told, and why; those with the same reason together, in one sentence."""
    reasons: dict[tuple[object, ...], list[str]] = {}
    for answer in answers:
        if answer.refusal is not None and answer.form is None:
            same = tuple((key, value) for key, value in answer.refusal.values if (key, value) != ("to", answer.to))
            reasons.setdefault((answer.refusal.code, *same), []).append(answer.to)
    found = {answer.to: answer.refusal for answer in answers}
    made = []
    for seats in reasons.values():
        refusal, joined = found[seats[0]], ", ".join(seats)
        assert refusal is not None
        values = tuple((key, joined if key == "to" and value == seats[0] else value) for key, value in refusal.values)
        made.append((joined, replace(refusal, values=values)))
    return made


def _only(context: PageContext, handle: str, answers: Sequence[RelayAnswer]) -> str:
    """Return the one seat that can be told an item and was not told it yet, whose sheet then stands open."""
    told = {t.to for t in context.known.tellings.values() if t.item == handle and t.by == context.seat}
    open_to = [a.to for a in answers if a.form and not a.approved]
    return open_to[0] if len(open_to) == 1 and open_to[0] not in told else ""


def _choices(answer: RelayAnswer) -> list[Form]:
    """Return the forms in which an item may be told; fuller forms than cleared are absent."""
    if answer.form is None:
        return []
    return [form for form in _FORMS if form.fullness <= answer.form.fullness]


def _why(context: PageContext, item: KnownItem, answer: RelayAnswer) -> list[tuple[Form | None, Refusal]]:
    """Return why each form that is not offered is not; once, if the reason is the same for all."""
    if answer.form is None:
        return [] if answer.refusal is None else [(None, answer.refusal)]
    words = Words(text="…")
    refusals: list[tuple[Form | None, Refusal]] = []
    for form in _FORMS:
        if form.fullness > answer.form.fullness:
            refusal = context.would(RelayItem(item=item.handle, to=answer.to, form=form, words=words))
            if refusal is not None:
                refusals.append((form, refusal))
    return refusals


def _to(context: PageContext, slug: str) -> Data | None:
    if slug not in {s.slug for s in context.others()}:
        return None
    return {"to": slug, "rows": reachable(context, slug)}


def reachable(context: PageContext, slug: str) -> list[tuple[KnownItem, RelayAnswer]]:
    """Return what was handed to this seat and may be told to another one now, with the form and the hour."""
    rows = []
    for item in _held(context):
        for answer in may(context.known, item.handle, context.now, to=slug):
            if answer.form is not None:
                rows.append((item, answer))
    return rows


def _card(context: PageContext, _: str) -> Data:
    """Return by recipient what may be said now, and until when a card with it holds."""
    letters = (label(k).lower() for k in count())
    said = [
        (to, [(next(letters), item, answer, _told_at(context, item, to)) for item, answer in found])
        for to in (seat.slug for seat in context.others())
        if (found := reachable(context, to))
    ]
    ends = [answer.until for _, rows in said for _, _, answer, _ in rows if answer.until is not None]
    heard = {to for to, _ in said}
    return {
        "rows": said,
        "nothing": [seat.slug for seat in context.others() if seat.slug in _met(context) - heard],
        "until": min([*ends, context.now + CARD_HOLDS]),
        "letters": [letter for _, rows in said for letter, *_ in rows],
    }


def _told_at(context: PageContext, item: KnownItem, to: str) -> datetime | None:
    """Return when this seat told an item to another, so that nobody tells it a second time."""
    tellings = (context.known.tellings[t] for t in item.tellings if t in context.known.tellings)
    return next((one.at for one in tellings if one.by == context.seat and one.to == to), None)


def _met(context: PageContext) -> set[str]:
    """Return the seats in open sessions with this one: for them the card also says that there is nothing to say."""
    sitting = (s for s in context.known.sessions.values() if s.state == SessionState.OPEN)
    return {slug for session in sitting if context.seat in session.participants for slug in session.participants}


RELAYS = Page(
    path="relays",
    template="relays.html",
    title="Relays",
    parts=("uncleared", "cleared", "told", "own", "ask"),
    data=_relays,
    under="relays",
    powers=("RelayItem",),
)
RELAY = Page(
    path="relays/{}",
    template="relay.html",
    title="Relay",
    parts=("item", "may", "told"),
    data=_relay,
    under="relays",
    powers=("RelayItem",),
    heading=lambda data: data["title"],
)
CARD = Page(
    path="relays/card",
    template="card.html",
    title="What may I say to whom",
    parts=("card",),
    data=_card,
    under="relays",
    powers=("RelayItem",),
)
RELAY_TO = Page(
    path="relays/to/{}",
    template="relay_to.html",
    title="What may I say to them?",
    parts=("reach",),
    data=_to,
    under="relays",
    powers=("RelayItem",),
)
