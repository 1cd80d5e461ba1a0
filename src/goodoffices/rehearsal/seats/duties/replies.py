"""Answer what is asked: service on screen, words shown, what was told, blind questions, allegations."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.outlook import Outlook, read_clause
from goodoffices.rehearsal.seats.paraphrases import as_ideas, losses
from goodoffices.rehearsal.seats.points import write_points
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.base.acts import Body, Words
from goodoffices.talks.base.enums import Form, Role
from goodoffices.talks.base.states import ItemCame, ProcedureState, WordingState
from goodoffices.talks.ceasefire.commands import ConfirmAllegations
from goodoffices.talks.exchange.items import NarrowClearance
from goodoffices.talks.exchange.relays import ApproveWording, CorrectWording, ReadBack
from goodoffices.talks.sealed.commands import AnswerBlind
from goodoffices.talks.seats.service import AcceptService, AskService


def ask_service(positions: Positions) -> Iterator[Intention]:
    """Yield the question, asked once at the start, whether papers on screens count as received.

    A facilitator asks the parties, and a pen all those that are to get its text.
    """
    outlook, seats = positions.outlook, positions.outlook.known.seats
    readers = (s for plan in outlook.orders.timetable.texts if plan.pen == outlook.seat for s in plan.to)
    wanted = dict.fromkeys((*(outlook.parties if is_convener(outlook) else ()), *readers))
    to = tuple(s for s in wanted if s in seats and s != outlook.seat and not seats[s].service_accepted)
    if not to or "AskService" not in outlook.powers:
        return
    if not any(n.kind == "ServiceAsked" and n.by == outlook.seat for n in outlook.view.notices):
        yield Intention(
            key="ask service",
            due_at=outlook.after(outlook.orders.timetable.starts_at, "ask service", 1, 3),
            command=AskService(to=to),
            reason=Reason(name="ask-service"),
        )


def is_convener(outlook: Outlook) -> bool:
    """Return whether the seat is a facilitator or mediator, who calls the parties together."""
    me = outlook.known.seats.get(outlook.seat)
    return me is not None and bool({Role.FACILITATOR, Role.MEDIATOR} & set(me.roles))


def accept_service(positions: Positions) -> Iterator[Intention]:
    """Yield the consent that papers on screen count as received, without which nobody gets a version equally."""
    outlook = positions.outlook
    me = outlook.known.seats.get(outlook.seat)
    if me is None or "AcceptService" not in outlook.powers:
        return
    if me.service_asked_by and me.service_accepted:
        yield Intention(
            key=f"service {' '.join(me.service_asked_by)}",
            due_at=outlook.after(outlook.orders.timetable.starts_at, f"service {len(me.service_asked_by)}", 3, 6),
            command=AcceptService(),
            reason=Reason(name="service"),
        )
    if not me.service_accepted:
        yield Intention(
            key="service",
            due_at=outlook.after(outlook.orders.timetable.starts_at, "service", 3, 6),
            command=AcceptService(),
            reason=Reason(name="service"),
        )


def judge_wordings(positions: Positions) -> Iterator[Intention]:
    """Yield the approval of words in which nothing of the seat's paper is lost, and the correction of others."""
    outlook, known = positions.outlook, positions.outlook.known
    written = {paper.handle: paper for paper in outlook.own_papers}
    for wording in known.wordings.values():
        if wording.holder == outlook.seat or wording.state is not WordingState.SHOWN or wording.item not in written:
            continue
        points = written[wording.item].points
        points = as_ideas(points) if wording.form is Form.OWN_IDEA else points
        lost = losses(points, outlook.read((wording.words,)))
        at = wording.at or outlook.moment
        if not lost:
            yield Intention(
                key=f"approve {wording.handle}",
                due_at=outlook.after(at, f"approve {wording.handle}", 5, 20),
                command=ApproveWording(wording=wording.handle),
                reason=Reason(name="approve", values={"to": wording.holder}, things=(wording.handle,), unless="lost"),
            )
            continue
        earlier = [w for w in known.wordings.values() if w.item == wording.item and w.holder == wording.holder]
        things = (wording.handle,)
        if sum(w.state is WordingState.CORRECTED for w in earlier) >= 2:
            clearance = next(iter(known.items[wording.item].clearances), None)
            if clearance is not None and not known.clearances[clearance].ended:
                yield Intention(
                    key=f"narrow {clearance}",
                    due_at=outlook.after(at, f"narrow {wording.handle}", 5, 20),
                    command=NarrowClearance(clearance=clearance),
                    reason=Reason(name="narrow", values={"to": wording.holder}, things=things, unless="same"),
                )
            continue
        language = outlook.tongue(wording.words)
        text = write_points(points, outlook.lexicon, language, is_told=wording.form is Form.PARAPHRASE)
        yield Intention(
            key=f"correct {wording.handle}",
            due_at=outlook.after(at, f"correct {wording.handle}", 6, 22),
            command=CorrectWording(wording=wording.handle, words=Words(text=text, lang=language)),
            reason=Reason(
                name="correct-wording",
                values={"to": wording.holder, "loss": lost[0][0].value},
                things=things,
                unless="same",
            ),
        )


def read_back(positions: Positions) -> Iterator[Intention]:
    """Yield a read-back of what matters most, of what came from somebody little trusted, and when it was asked for."""
    outlook = positions.outlook
    main = set(sorted(outlook.worths.issues, key=lambda i: -_span(positions, i))[:3])
    for item in outlook.items:
        if item.came != ItemCame.TOLD or item.read_backs or item.form is not Form.PARAPHRASE or item.teller is None:
            continue
        paper = next(p for p in outlook.told if p.handle == item.handle)
        wary = positions.mood.in_(item.teller) < 50
        matters = any(point.issue in main for point in paper.points)
        if not paper.points or not (wary or (matters and outlook.chance(f"read back {item.handle}") < 0.4)):
            continue
        language = outlook.tongue(*item.words)
        text = write_points(paper.points, outlook.lexicon, language, is_told=True)
        yield Intention(
            key=f"read back {item.handle}",
            due_at=outlook.after(item.at, f"read back {item.handle}", 6, 20),
            command=ReadBack(told=item.handle, words=Words(text=text, lang=language)),
            reason=Reason(name="read-back", values={"to": item.teller}, things=(item.handle,), unless="minor"),
        )


def _span(positions: Positions, issue: str) -> float:
    worths = positions.outlook.worths
    options = worths.order.get(issue, ())
    return float(worths.of(issue, options[0]) - worths.of(issue, options[-1])) if options else 0.0


def answer_blind(positions: Positions) -> Iterator[Intention]:
    """Yield a truthful answer to a blind question: whether the text in it is above what no agreement is worth."""
    outlook = positions.outlook
    for blind in outlook.known.blinds.values():
        is_asked = outlook.seat in blind.asked and not any(seat == outlook.seat for seat, _ in blind.answers)
        if not is_asked or blind.state is not ProcedureState.OPEN or outlook.moment >= blind.closes_at:
            continue
        chosen = chosen_in(outlook, blind.question)
        accepts = bool(chosen) and is_above(positions, chosen)
        asked = outlook.notices_of.get(blind.handle, 1)
        due = outlook.after(outlook.view.notices[asked - 1].when, f"blind {blind.handle}", 15, 50)
        yield Intention(
            key=f"blind {blind.handle}",
            due_at=min(due, blind.closes_at),
            command=AnswerBlind(question=blind.handle, accept=accepts),
            reason=Reason(name="blind-yes" if accepts else "blind-no", things=(blind.handle,), unless="worth"),
        )


def chosen_in(outlook: Outlook, words: Body) -> dict[str, str]:
    """Return the options that the lines of a text name, by issue."""
    found: dict[str, str] = {}
    for line in (outlook.view.text(words) or "").split("\n"):
        named = read_clause(line, outlook.lexicon, words.lang) if words.lang in ("en", "ar") else None
        if named is not None:
            found[named[0]] = named[1]
    return found


def is_above(positions: Positions, chosen: dict[str, str]) -> bool:
    """Return whether a text about these issues is worth at least what no agreement is, and crosses no red line."""
    worths = positions.outlook.worths
    about = tuple(chosen)
    return not worths.crosses(chosen) and worths.of_text(chosen, about) >= worths.least_for(about)


def answer_allegations(positions: Positions) -> Iterator[Intention]:
    """Yield the keeper's answer to an allegation in another ledger that gives a place and an hour."""
    outlook, known = positions.outlook, positions.outlook.known
    me = known.actor_of(outlook.seat)
    if "ConfirmAllegations" not in outlook.powers or not any(k.ledger.keeper == me for k in known.ledgers.values()):
        return
    for allegation in known.allegations.values():
        ledger = known.ledgers.get(allegation.ledger)
        if ledger is None or ledger.ledger.keeper == me or allegation.withdrawn or allegation.by == outlook.seat:
            continue
        if any(keeper == me for keeper, _ in allegation.answers):
            continue
        draw = outlook.chance(f"allegation {allegation.handle}")
        result = "confirmed" if draw < 0.25 else "not-confirmed" if draw < 0.75 else "not-examined"
        yield Intention(
            key=f"allegation {allegation.handle}",
            due_at=outlook.after(allegation.at, f"reply {allegation.handle}", 35, 115),
            command=ConfirmAllegations(ledger=allegation.ledger, allegation=allegation.handle, result=result),
            reason=Reason(name="allegation", values={"result": result}, things=(allegation.handle,), unless="place"),
        )
