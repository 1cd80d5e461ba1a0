"""The blocks of a brief's first page, from one seat's view as of a moment."""

from __future__ import annotations

from datetime import date, datetime

from goodoffices.reports.brief.contested_questions import ContestedQuestion, rivals
from goodoffices.reports.brief.due_dates import short_day
from goodoffices.reports.brief.page import HARD_SPACE, Block, Row, compact
from goodoffices.reports.brief.sessions import option_name
from goodoffices.reports.brief.sources import CHANGES, latest_first, new_claims, new_notices, notice_text
from goodoffices.reports.brief.texts_section import text_title
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.provenance import (
    claim_mark,
    claim_name,
    claim_of,
    full_statement,
    speaker_text,
    statement,
    subject_name,
    value_text,
)
from goodoffices.reports.tables import and_listed, capital
from goodoffices.talks.base.enums import Role, Strength, ValueKind
from goodoffices.talks.base.local_time import in_zone
from goodoffices.talks.base.states import InvitationState, ItemCame, ProcedureState, QuestionState, WordingState
from goodoffices.talks.claims.as_of import act_time
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.known_meetings import KnownDelegation, KnownRound
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family, families, speaks_for

_STAFF = {Role.SECRETARIAT, Role.ANALYST, Role.AUDITOR, Role.CONTROL}
_COUNTED = (ValueKind.NUMBER, ValueKind.AT_LEAST, ValueKind.RANGE)
_MOST_TEXTS = 5
_MOST_NEW = 4
_LEFT = ("left", "excluded", "withdrew")


def waiting_block(view: View) -> Block:
    """Return what waits for this seat: papers to tell, wordings to approve, questions and invitations to answer."""
    known, me = view.known, view.seat
    rows = [*_to_tell(view)]
    rows += [
        Row(label="Words to approve", words=f"{view.name(w.holder)} shows you words for {view.name(w.to)}: {w.handle}")
        for w in known.wordings.values()
        if w.holder != me and w.state == WordingState.SHOWN and not known.items[w.item].ended
    ]
    rows += [
        Row(label="A question to answer", words=f"{q.handle}, put by {view.name(q.by)}")
        for q in known.questions.values()
        if q.state == QuestionState.OPEN and me in q.eligible and all(answer.seat != me for answer in q.answers)
    ]
    rows += [
        Row(label="A blind question", words=f"{b.handle}, asked by {view.name(b.by)}")
        for b in known.blinds.values()
        if b.state == ProcedureState.OPEN and me in b.asked and me not in dict(b.answers)
    ]
    answered = {
        i.invitation.round
        for i in known.invitations.values()
        if i.invitation.to == me and i.state not in (InvitationState.OPEN, InvitationState.UNANSWERED)
    }
    rows += [
        Row(label="An invitation", words=f"from {view.name(i.invitation.by)}: {i.handle}")
        for i in known.invitations.values()
        if i.state == InvitationState.OPEN and i.invitation.to == me and i.invitation.round not in answered
        if i.invitation.by is not None
    ]
    return Block(title="Waits for you", rows=tuple(rows), section="told")


def _to_tell(view: View) -> list[Row]:
    """Return the papers that this seat may tell and has not told: from whom, for whom, in which form, until when."""
    rows = []
    for item in view.known.items.values():
        if item.came != ItemCame.HANDED or item.ended is not None or item.tellings:
            continue
        for handle in item.clearances:
            given = view.known.clearances.get(handle)
            if given is None or given.ended:
                continue
            who = and_listed(view.name(seat) for seat in given.to if seat not in given.ended_to)
            until = f", until {view.time(given.until)}" if given.until is not None else ""
            origin = f"from {view.name(item.originator)}, " if item.originator is not None else ""
            form = WORDS["form"][given.form.value]
            rows.append(Row(label=f"Paper {item.handle}", words=f"{origin}for {who} as {form}{until}. Not told yet."))
    return rows


def present_round(view: View, today: date) -> KnownRound | None:
    """Return the round that a brief is about: the open one, else the next one, else the one that closed last."""
    rounds = [held for held in view.known.rounds.values()]
    open_now = [held for held in rounds if held.round.opened is not None and held.round.closed is None]
    if open_now:
        return open_now[-1]
    ahead = [
        (min(p.start for p in held.round.planned if (p.end or p.start) >= today), n)
        for n, held in enumerate(rounds)
        if held.round.opened is None and any((p.end or p.start) >= today for p in held.round.planned)
    ]
    if ahead:
        return rounds[min(ahead)[1]]
    closed = [(held.round.closed, n) for n, held in enumerate(rounds) if held.round.closed is not None]
    return rounds[max(closed)[1]] if closed else (rounds[-1] if rounds else None)


def people_block(view: View, today: date) -> Block:
    """Return who is in at the round that the brief is about, on whose word, and who has said that they stay away."""
    delegations, declined = _delegations(view, today), _declined(view)
    chosen = present_round(view, today)
    # Who leads is awaited before a round opens; of one that has been open for long, nobody expects to hear it.
    opened = None if chosen is None else chosen.round.opened
    awaited = opened is None or opened >= today
    by_words: dict[str, list[str]] = {}
    gone: dict[str, list[str]] = {}
    for slug, seat in view.known.seats.items():
        if seat.closed or set(seat.roles) <= _STAFF:
            continue
        held = next((one for one in delegations if one.delegation.seat == slug), None)
        if held is None and {slug, seat.actor} & declined:
            continue  # it stands in the row of those who are not coming
        expects = Role.PARTY in seat.roles and awaited and not _has_left(view, held)
        words = _who(view, held, expects=expects) if held is not None else "Who sits for it is not reported."
        name = f"{capital(view.name(slug))}{f'{HARD_SPACE}(you)' if slug == view.seat else ''}"
        (gone if _has_left(view, held) else by_words).setdefault(words, []).append(name)
    rows = [
        # The row of the reader's own seat stays, however short the page.
        Row(label=", ".join(names), words=words, is_kept=any(name.endswith("(you)") for name in names))
        for words, names in (*by_words.items(), *gone.items())
    ]
    return Block(title="Who is in", rows=(*rows, *_away(view)), section="people", least=20)


def _has_left(view: View, held: KnownDelegation | None) -> bool:
    """Say whether the last that is said of a delegation is that it left."""
    said = () if held is None else (claim_of(view, slug) for slug in held.delegation.claims)
    last = [claim.claim.aspect for claim in said if claim is not None][-1:]
    return any(aspect.startswith(_LEFT) for aspect in last)


def _delegations(view: View, today: date) -> list[KnownDelegation]:
    chosen = present_round(view, today)
    every = list(view.known.delegations.values())
    return [held for held in every if chosen is not None and held.delegation.round == chosen.round.slug] or every


def _who(view: View, held: KnownDelegation, *, expects: bool) -> str:
    """Return what is said of a delegation: its claims, then who leads it if they do not say it."""
    plan = held.delegation
    claims = [claim for slug in plan.claims if (claim := claim_of(view, slug)) is not None]
    actor = view.known.actor_of(plan.seat)
    said = [(_short(view, claim, is_named=claim.claim.about == actor), claim_mark(claim)) for claim in claims]
    if plan.head is not None and plan.head_claim not in plan.claims:
        head = claim_of(view, plan.head_claim)
        said.insert(0, (f"Led by {view.name(plan.head)}", "" if head is None else claim_mark(head)))
    if plan.head is None and expects and said:
        said.append(("Who leads is not yet reported", ""))
    return _marked_once(said) or "Names not yet reported."


def _marked_once(said: list[tuple[str, str]]) -> str:
    """Return statements with their marks; those that follow each other with the same mark have it once."""
    made = ""
    for n, (words, mark) in enumerate(said):
        last = n + 1 == len(said) or said[n + 1][1] != mark
        made += (" " if made else "") + words + (f" {mark}" if mark and last else "") + "."
    return made


def _short(view: View, held: KnownClaim, *, is_named: bool = True) -> str:
    """Return what a claim says in few words: its own words, else its aspect and value.

    ``is_named`` says that what the claim is about stands beside it already.
    """
    said = statement(view, held) if is_named else full_statement(view, held)
    return (said if said.endswith(held.claim.words) else held.claim.words).rstrip(".")


def _away(view: View) -> list[Row]:
    """Return who declined and is not also said to have accepted, grouped by whose word it is."""
    declined = _declined(view)
    by_claim: dict[str | None, list[str]] = {}
    for held in view.known.invitations.values():
        if held.invitation.to in declined:
            by_claim.setdefault(held.invitation.answer_claim, []).append(view.name(held.invitation.to))
    words = []
    for slug, names in by_claim.items():
        claim = claim_of(view, slug)
        who = and_listed(capital(name) for name in names)
        if claim is None:
            words.append(f"{who}, on whose word is not known")
        elif claim.claim.strength is Strength.OWN_WORD:
            words.append(f"{who}, own word {claim_mark(claim)}")
        else:
            words.append(f"{who}, says {speaker_text(view, claim)} {claim_mark(claim)}")
    return [Row(label="Not coming", words="; ".join(words), is_kept=True)] if words else []


def _declined(view: View) -> frozenset[str]:
    """Return the actors that declined an invitation and are not also said to have accepted one."""
    answers: dict[str, set[str]] = {}
    for held in view.known.invitations.values():
        answers.setdefault(held.invitation.to, set()).add(held.state.value)
    return frozenset(actor for actor, given in answers.items() if given == {"declined"})


def contested_block(view: View, questions: tuple[ContestedQuestion, ...]) -> Block:
    """Return the contested questions, those with a short form first: every side of each, with who says it."""
    ordered = sorted(questions, key=lambda question: not question.short)
    rows = tuple(
        Row(
            label=question.short or question.title,
            words=_sides(view, question),
            is_invented=all(held.claim.is_invented for held in question.claims),
        )
        for question in ordered
    )
    return Block(title="Contested", rows=rows, section="contested", least=4)


def _sides(view: View, question: ContestedQuestion) -> str:
    """Return the rival values in the order in which they were stated, each with who says it."""
    sides = rivals(view, question)
    counted = all(held.claim.value.kind in _COUNTED for held in sides)
    by_value: dict[str, list[KnownClaim]] = {}
    for held in sides:
        value = value_text(view, held.claim.value)
        if not counted and held.claim.value.kind in _COUNTED:
            value = _of_what(value, held.claim.aspect)
        by_value.setdefault(value, []).append(held)
    said = []
    for value, claims in by_value.items():
        marks = "".join(dict.fromkeys(claim_mark(held) for held in claims)).replace("][", ", ")
        names = list(dict.fromkeys(_speaker(view, held) for held in claims))
        who = _joined_speakers(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} others"
        said.append(f"{value} {marks}" if counted else f"{capital(who)}: {value} {marks}")
    return compact(said) if counted else "; ".join(said)


def _speaker(view: View, held: KnownClaim) -> str:
    """Return who says it; of an actor's own word on itself, the actor first, then who spoke for it."""
    claim, said = held.claim, speaker_text(view, held)
    speaker = claim.chain[-1].actor
    if (
        claim.strength is not Strength.OWN_WORD
        or claim.about not in view.known.actors
        or speaker in (None, claim.about)
    ):
        return said
    return f"{view.name(claim.about)} itself ({said})" if speaks_for(view.known, speaker, claim.about) else said


def _joined_speakers(names: list[str]) -> str:
    """Return speakers as one list; where one of them are several side by side, semicolons keep them apart."""
    if any(" and " in name for name in names):
        return "; ".join(names)
    # "A of the Coalition and B" would read as if A were of both.
    return f"{names[0]}, and {names[1]}" if len(names) == 2 and " of " in names[0] else and_listed(names)


def _of_what(number: str, aspect: str) -> str:
    """Return a number with what it counts, such as ``14 groups represented``."""
    return f"{number} {aspect}" if aspect.split()[0].endswith("s") else f"{number} ({aspect})"


def table_block(view: View) -> Block:
    """Return the texts on the table: those of this record, then those known from sources, the latest first.

    Where not all have room, a text that names whom it is about comes before one that does not.
    """
    own = [
        Row(
            label=f"{family.copies[-1].name} in this record",
            words=f"{text_title(view, family)}{_decided(view, family)}",
        )
        for family in families(view, words=False)
        if any(copy.name in view.known.versions for copy in family.copies)
    ]
    named = [text for text in view.known.header.texts if not text.copy_of]
    ordered = sorted(named, key=lambda text: (bool(text.about), text.dated or date.min), reverse=True)
    in_record = (*own, *_positions(view))
    room = max(0, _MOST_TEXTS - len(in_record))
    shown = sorted(ordered[:room], key=lambda text: text.dated or date.min, reverse=True)
    rows = [
        Row(label=_dated(text), words=_marked(view, text), is_kept=bool(text.about) and text is ordered[0])
        for text in shown
    ]
    return Block(
        title="On the table",
        rows=(*in_record[:_MOST_TEXTS], *rows),
        section="texts",
        least=2,
        left_out=max(0, len(in_record) + len(ordered) - _MOST_TEXTS),
    )


def _decided(view: View, family: Family) -> str:
    """Return what became of the versions of a text that were put for decision, the last question of each last."""
    names = {copy.name for copy in family.copies}
    said = []
    for question in view.known.questions.values():
        if question.version in names:
            verdict = question.verdict
            state = "put for decision" if verdict is None else WORDS["verdict"][verdict.value]
            said.append(f"{question.version}: {state} ({question.handle})")
    return f"; {', '.join(said)}" if said else ""


def _positions(view: View) -> list[Row]:
    """Return the last position that each actor has stated in this record on each issue."""
    issues = {issue.slug: issue for basket in view.known.agenda for issue in basket.issues}
    last = {(said.actor, said.issue): said for said in view.known.positions}
    rows = []
    for (actor, slug), said in last.items():
        issue = issues.get(slug)
        option = option_name(issue, said.option) if issue is not None and said.option is not None else ""
        words = view.text(said.words) or ""
        asked = issue.question[0].text if issue is not None else slug
        rows.append(Row(label=capital(view.name(actor)), words=f"{asked} {option or words} (its position)"))
    return rows


def _dated(text: NamedText) -> str:
    return short_day(text.dated) if text.dated is not None else "no date"


def _marked(view: View, text: NamedText) -> str:
    claims = [held for slug in text.claims if (held := claim_of(view, slug)) is not None]
    marks = "".join(dict.fromkeys(claim_mark(held) for held in claims[:2])).replace("][", ", ")
    return f"{text.title} {marks}".strip()


def _since(view: View, since: datetime) -> str:
    """Return a moment as a day, or with its hour if it is not the beginning of a day."""
    local = in_zone(since, view.zone)
    clock = f", {local:%H:%M}" if (local.hour, local.minute) != (0, 0) else ""
    return f"{short_day(local.date())}{clock}"


def _about(view: View, held: KnownClaim) -> str:
    """Return what a claim is about; if the claim's own words say so already, the day on which it was stated."""
    name = subject_name(view, held.claim.about)
    said = _short(view, held).casefold()
    is_said = all(word in said for word in name.casefold().split() if len(word) > 3)
    day = held.claim.asserted_on or held.claim.when_from
    return short_day(day) if is_said and day is not None else name


def new_block(view: View, since: datetime, shown: str, *, is_asked: bool = False) -> Block:
    """Return what became known after ``since`` and does not stand elsewhere on the page, the latest first.

    Who asked since when sees the marks of what is new and stands elsewhere too, and is told if there is nothing.
    """
    rows, entered = [], set()
    for notice in reversed(new_notices(view, since)):
        is_claim = notice.kind in ("ClaimEntered", "ClaimReplaced")
        held = view.known.claims.get(notice.data.get("handle", "")) if is_claim else None
        entered |= set() if held is None else {held.handle}
        words = notice_text(view, notice) if held is None else f"{_said_of(view, held)} {claim_mark(held)}"
        if held is None or not _is_shown(held, shown):
            rows.append(Row(label=act_time(view, notice.when).partition(" (")[0], words=words))
    rows += [
        Row(
            label=_about(view, held),
            words=f"{_short(view, held)} {claim_mark(held)}",
            is_invented=held.claim.is_invented,
        )
        for held in latest_first(new_claims(view, since))
        if held.handle not in entered and not _is_shown(held, shown)
    ]
    marks = dict.fromkeys(claim_mark(held) for held in new_claims(view, since) if _is_shown(held, shown))
    above = "".join(marks).replace("][", ", ")
    if is_asked and above:
        rows.insert(0, Row(label="On this page", words=above))
    if is_asked and not rows:
        rows = [Row(label="Nothing new", words="Nothing became known since then.")]
    return Block(
        title=f"Became known from {_since(view, since)} on",
        rows=tuple(rows[:_MOST_NEW]),
        section=CHANGES,
        least=2 if is_asked else 1,
        may_go=not is_asked,
        left_out=max(0, len(rows) - _MOST_NEW),
    )


def _said_of(view: View, held: KnownClaim) -> str:
    return f"{capital(subject_name(view, held.claim.about))}: {_short(view, held)}"


def _is_shown(held: KnownClaim, shown: str) -> bool:
    return f"[{claim_name(held)} " in shown or f", {claim_name(held)} " in shown
