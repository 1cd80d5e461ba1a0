"""Carry what others have handed over: show the words that need approval, tell what is cleared, answer read-backs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from goodoffices.rehearsal.seats.composition import share_of
from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.lexicon import Stand
from goodoffices.rehearsal.seats.orders import Mistake
from goodoffices.rehearsal.seats.outlook import Outlook, Paper
from goodoffices.rehearsal.seats.paraphrases import Loss, as_ideas, blurred, losses, softened
from goodoffices.rehearsal.seats.points import Point, write_points
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form
from goodoffices.talks.base.states import ItemCame, WordingState
from goodoffices.talks.exchange.clearances import relay_refusal, usable_clearances
from goodoffices.talks.exchange.relays import AnswerReadBack, RelayItem, ShowWording
from goodoffices.talks.state.known_exchange import KnownItem, KnownWording

_FORMS = (Form.VERBATIM, Form.PARAPHRASE, Form.OWN_IDEA)


def carry(positions: Positions, *, at_once: bool = False) -> Iterator[Intention]:
    """Yield what is to be done with papers of others; ``at_once`` is for a carrier without an interest of its own."""
    outlook = positions.outlook
    handed = {paper.handle: paper for paper in outlook.handed}
    for item in outlook.items:
        if item.came != ItemCame.HANDED or item.ended is not None:
            continue
        told = {outlook.known.tellings[handle].to for handle in item.tellings}
        for to in _recipients(outlook, item):
            if to not in told:
                yield from _next_for(positions, item, handed[item.handle], to, at_once=at_once)
    yield from _answers(outlook)


def _recipients(outlook: Outlook, item: KnownItem) -> tuple[str, ...]:
    cleared = [outlook.known.clearances[handle] for handle in item.clearances]
    named = dict.fromkeys(seat for clearance in cleared for seat in clearance.to)
    return tuple(seat for seat in named if seat not in (outlook.seat, item.originator))


def _next_for(positions: Positions, item: KnownItem, paper: Paper, to: str, *, at_once: bool) -> Iterator[Intention]:
    outlook, known = positions.outlook, positions.outlook.known
    form = next((f for f in _FORMS if relay_refusal(known, item, to, f, outlook.moment) is None), None)
    if form is None:
        return
    cleared_at = max(known.clearances[handle].at or item.at for handle in item.clearances)
    clearances = usable_clearances(known, item, to, form, outlook.moment)
    needs_approval = form is not Form.VERBATIM and all(c.approve for c in clearances)
    harms = _harms_client(outlook, paper, to)
    if not needs_approval:
        due = _due(outlook, f"carry {item.handle} {to}", cleared_at, at_once=at_once, harms=harms)
        yield from _telling(outlook, item, paper, to, form, due)
        return
    shown = [known.wordings[h] for h in item.wordings if known.wordings[h].to == to and known.wordings[h].form is form]
    if not shown:
        words = _retelling(outlook, paper, to, form, harms=harms, is_free=False)
        if words is not None:
            due = _due(outlook, f"show {item.handle} {to}", cleared_at, at_once=at_once, harms=False)
            yield _showing(item, to, form, words, due, name="show")
    elif shown[-1].state is WordingState.APPROVED:
        yield from _approved(outlook, item, to, form, shown[-1])
    elif shown[-1].state is WordingState.CORRECTED and shown[-1].correction is not None and len(shown) < 3:
        text = outlook.view.text(shown[-1].correction)
        if text is not None:
            due = outlook.after(shown[-1].at or item.at, f"again {shown[-1].handle}", 3, 9)
            yield _showing(item, to, form, Words(text=text, lang=shown[-1].correction.lang), due, name="show-again")


def _harms_client(outlook: Outlook, paper: Paper, to: str) -> bool:
    """Return whether a paper refuses something to the seat's own client."""
    return outlook.client == to and any(point.stand is Stand.REJECT for point in paper.points)


def _due(outlook: Outlook, key: str, at: datetime, *, at_once: bool, harms: bool) -> datetime:
    if at_once:
        return outlook.after(at, key, 3, 5)
    if Mistake.LATE_RELAY in outlook.orders.mistakes and outlook.chance(f"late {key}") < 0.5:
        return outlook.after(at, key, 95, 150)
    return outlook.after(at, key, 25, 45) if harms else outlook.after(at, key, 10, 28)


def _showing(item: KnownItem, to: str, form: Form, words: Words, due: datetime, *, name: str) -> Intention:
    return Intention(
        key=f"{name} {item.handle} {to} {len(item.wordings)}",
        due_at=due,
        command=ShowWording(item=item.handle, to=to, form=form, words=words),
        reason=Reason(name="show", values={"to": to}, things=(item.handle,), unless="free-words"),
    )


def _approved(outlook: Outlook, item: KnownItem, to: str, form: Form, wording: KnownWording) -> Iterator[Intention]:
    text = outlook.view.text(wording.words)
    if text is not None:
        yield Intention(
            key=f"carry {item.handle} {to}",
            due_at=outlook.after(wording.at or item.at, f"approved {wording.handle}", 5, 14),
            command=RelayItem(item=item.handle, to=to, form=form, words=Words(text=text, lang=wording.words.lang)),
            reason=Reason(name="carry-approved", values={"to": to}, things=(wording.handle,), unless="clearance"),
        )


def _telling(
    outlook: Outlook, item: KnownItem, paper: Paper, to: str, form: Form, due: datetime
) -> Iterator[Intention]:
    harms = _harms_client(outlook, paper, to)
    words = None if form is Form.VERBATIM else _retelling(outlook, paper, to, form, harms=harms, is_free=True)
    if form is not Form.VERBATIM and words is None:
        return
    yield Intention(
        key=f"carry {item.handle} {to}",
        due_at=due,
        command=RelayItem(item=item.handle, to=to, form=form, words=words, ask_read_back=form is Form.PARAPHRASE),
        reason=Reason(
            name=f"carry-{form.value}",
            values={"to": to, "by": item.originator or ""},
            things=(item.handle,),
            unless="clearance",
        ),
    )


def _retelling(outlook: Outlook, paper: Paper, to: str, form: Form, *, harms: bool, is_free: bool) -> Words | None:
    """Return the teller's own words for a paper, by rule; ``None`` if nothing of it can be told in this form."""
    points: tuple[Point, ...] = as_ideas(paper.points) if form is Form.OWN_IDEA else paper.points
    if not points:
        return None
    if form is Form.PARAPHRASE and Mistake.SOFTENED_RELAY in outlook.orders.mistakes:
        draw = outlook.chance(f"soften {paper.handle}")
        points = softened(points) if draw < 0.4 else blurred(points, outlook.lexicon) if draw < 0.6 else points
    elif harms and is_free:
        points = softened(points)
    written = outlook.known.items[paper.handle].words
    # Words are for the one who is told. Its author reads those that are shown first, and may not know that language.
    language = outlook.tongue_for(to, *written)
    if not is_free and language not in {body.lang for body in written}:
        language = outlook.tongue(*written)
    text = write_points(points, outlook.lexicon, language, is_told=form is Form.PARAPHRASE)
    # What the seat told this one a moment ago, as its own or another's, is not told again at once.
    return None if set(text.split("\n")) <= outlook.told_lately(to) else Words(text=text, lang=language)


def _answers(outlook: Outlook) -> Iterator[Intention]:
    """Yield answers to read-backs: what the author wrote decides, and not what was told."""
    written = {paper.handle: paper for paper in (*outlook.handed, *outlook.own_papers)}
    own = {paper.handle for paper in outlook.own_papers}
    for telling in outlook.known.tellings.values():
        if telling.by != outlook.seat or telling.item is None or telling.item not in written:
            continue
        points = written[telling.item].points
        points = as_ideas(points) if telling.form is Form.OWN_IDEA else points
        for back in telling.read_backs:
            if back.confirmed is not None:
                continue
            lost = losses(points, outlook.read((back.words,)))
            language = outlook.tongue(back.words)
            name, unless = ("correct" if lost else "confirm"), "same"
            missed = [point for loss, point in lost if loss is not Loss.ADDED] or points
            is_told = telling.item not in own
            text = write_points(missed, outlook.lexicon, language, is_told=is_told) if lost else ""
            if lost and not outlook.understands(back.words):
                # Words that cannot be read are not called wrong: the seat says that it cannot compare them.
                name, unless, text = "cannot-read", "has-point", not_read(outlook, language)
            yield Intention(
                key=f"answer {back.handle}",
                due_at=outlook.after(telling.at, f"answer {back.handle}", 30, 60),
                command=AnswerReadBack(
                    read_back=back.handle,
                    confirmed=not lost,
                    words=Words(text=text, lang=language) if text else None,
                ),
                reason=Reason(name=name, values={"to": telling.to}, things=(back.handle,), unless=unless),
            )


_NOT_READ: Mapping[str, tuple[str, ...]] = {
    "en": (
        "The program plays this seat and cannot read free words. It does not say that yours are wrong.",
        "We cannot compare these words with ours: only sentences of the fixed form are read here.",
        "No sentence of the fixed form was found in this. It may well be right; we cannot tell.",
        "This seat is played, and such words mean nothing to it. Please use the sentences under the field.",
        "We neither confirm nor correct this: it is not written as the sentences that we read.",
        "Whether this is what was said we cannot know. In the fixed form we could answer.",
    ),
    "ar": (
        "البرنامج يؤدي هذا المقعد ولا يقرأ الكلام الحر. ولا يقول إن كلماتكم خاطئة.",
        "لا نستطيع مقارنة هذه الكلمات بكلماتنا: لا تُقرأ هنا إلا الجمل ذات الصيغة الثابتة.",
        "لم توجد هنا جملة بالصيغة الثابتة. قد تكون صحيحة، ولا نستطيع الحكم.",
        "هذا مقعد يؤديه البرنامج، ولا معنى عنده لكلام كهذا. يُرجى استعمال الجمل التي تحت الحقل.",
        "لا نؤكد هذا ولا نصوّبه: لم يُكتب كالجمل التي نقرؤها.",
        "لا نعلم هل هذا ما قيل. بالصيغة الثابتة يمكننا أن نجيب.",
    ),
}
"""Ways to say that a read-back cannot be read."""


def not_read(outlook: Outlook, language: str) -> str:
    """Return how the seat says that it cannot read words; empty if it said all of that in the last ten minutes."""
    ways, first = _NOT_READ[language], share_of(outlook)
    ranked = [ways[(first + n) % len(ways)] for n in range(len(ways))]
    return next((one for one in ranked if one not in outlook.heard_lately), "")
