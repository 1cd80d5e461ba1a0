"""The intermediary's desk: handed, cleared, told; and *may I say this to whom?* both ways."""

from __future__ import annotations

from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.exchange.clearances import RelayAnswer, may
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.state.known_exchange import KnownItem, KnownTelling
from goodoffices.web.pages.page import Data, Page, PageContext

_FORMS = (Form.VERBATIM, Form.PARAPHRASE, Form.OWN_IDEA)


def _held(sight: PageContext) -> list[KnownItem]:
    return [i for i in list(sight.known.items.values())[::-1] if i.came == "handed"]


def _relays(sight: PageContext, _: str) -> Data:
    cleared = {c.item for c in sight.known.clearances.values() if c.by != sight.seat}
    told: dict[str, list[KnownTelling]] = {}
    for telling in sight.known.tellings.values():
        if telling.by == sight.seat and telling.item is not None:
            told.setdefault(telling.item, []).append(telling)
    held = _held(sight)
    open_to = {i.handle: [a for a in may(sight.known, i.handle, sight.now) if a.form] for i in held}
    return {
        "uncleared": [i for i in held if i.handle not in cleared and not i.ended],
        "cleared": [i for i in held if i.handle in cleared and i.handle not in told and not i.ended],
        "told": [i for i in held if i.handle in told],
        "ended": [i for i in held if i.ended and i.handle not in told],
        "own": [i for i in list(sight.known.items.values())[::-1] if i.came == "filed" and not i.ended],
        "tellings": told,
        "open_to": open_to,
        "others": [s.slug for s in sight.others()],
    }


def _relay(sight: PageContext, handle: str) -> Data | None:
    item = sight.known.items.get(handle)
    if item is None or item.came == "told":
        return None
    answers = may(sight.known, handle, sight.now)
    return {
        "item": item,
        "answers": answers,
        "choices": {a.to: _choices(a) for a in answers},
        "why": {a.to: _why(sight, item, a) for a in answers},
        "wordings": [w for w in sight.known.wordings.values() if w.item == handle and w.holder == sight.seat],
        "approved": {a.to: [sight.known.wordings[w] for w in a.approved] for a in answers},
        "tellings": [t for t in sight.known.tellings.values() if t.item == handle and t.by == sight.seat],
        "clearances": [c for c in sight.known.clearances.values() if c.item == handle],
    }


def _choices(answer: RelayAnswer) -> list[Form]:
    """Return the forms in which an item may be told; fuller forms than cleared are absent."""
    if answer.form is None:
        return []
    return [form for form in _FORMS if form.fullness <= answer.form.fullness]


def _why(sight: PageContext, item: KnownItem, answer: RelayAnswer) -> list[tuple[Form | None, Refusal]]:
    """Return why each form that is not offered is not; once, if the reason is the same for all."""
    if answer.form is None:
        return [] if answer.refusal is None else [(None, answer.refusal)]
    words = Words(text="…")
    refusals: list[tuple[Form | None, Refusal]] = []
    for form in _FORMS:
        if form.fullness > answer.form.fullness:
            refusal = sight.would(RelayItem(item=item.handle, to=answer.to, form=form, words=words))
            if refusal is not None:
                refusals.append((form, refusal))
    return refusals


def _to(sight: PageContext, slug: str) -> Data | None:
    if slug not in {s.slug for s in sight.others()}:
        return None
    rows = []
    for item in _held(sight):
        answer = next((a for a in may(sight.known, item.handle, sight.now) if a.to == slug), None)
        if answer is not None and answer.form is not None:
            rows.append((item, answer))
    return {"to": slug, "rows": rows}


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
