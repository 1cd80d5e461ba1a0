"""What the pen of a text does: table it, write each version from what it was told, release it when it is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from goodoffices.rehearsal.seats.advice import advised
from goodoffices.rehearsal.seats.intentions import Intention, Reason, ask_again
from goodoffices.rehearsal.seats.lexicon import LANGUAGES, Stand
from goodoffices.rehearsal.seats.orders import Mistake, TextPlan
from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort, Role
from goodoffices.talks.base.states import ProcedureState
from goodoffices.talks.sealed.commands import AskBlind
from goodoffices.talks.state.known_texts import KnownText, KnownVersion
from goodoffices.talks.texts.commands import TableText, WriteVersion
from goodoffices.talks.texts.releases import ReleaseVersion

CHANGES = 3
"""So many clauses change from one version to the next, beside those on which both sides agree."""
READY = timedelta(minutes=12)
"""A version is written so long before it is released."""


def hold_pen(positions: Positions) -> Iterator[Intention]:
    """Yield what is next for each text whose pen the seat holds by the timetable."""
    outlook = positions.outlook
    for plan in outlook.orders.timetable.texts:
        if plan.pen != outlook.seat:
            yield from _second_copy(positions, plan)
            continue
        texts = [t for t in outlook.known.texts.values() if t.frame.family == plan.name and t.pen == outlook.seat]
        if not texts:
            yield from _table(positions, plan)
        elif is_neutral(outlook):
            yield from _mediate(positions, plan, texts[0])
        else:
            yield from _next_version(positions, plan, texts[0])


def is_neutral(outlook: Outlook) -> bool:
    """Return whether the seat writes for the parties and may ask them in secret, and not for issuers."""
    me = outlook.known.seats.get(outlook.seat)
    return me is not None and bool({Role.FACILITATOR, Role.MEDIATOR} & set(me.roles))


def clause_words(outlook: Outlook, plan: TextPlan, chosen: Mapping[str, str], language: str) -> str:
    """Return a text in one language: one numbered clause for each issue with its option."""
    lines = [f"# {plan.titles.get(language) or next(iter(plan.titles.values()), plan.name)}"]
    on = LANGUAGES[language].on
    for number, issue in enumerate((i for i in outlook.lexicon.issues if i.slug in chosen), 1):
        named = outlook.lexicon.issue(issue.slug, language)
        option = outlook.lexicon.option(issue.slug, chosen[issue.slug], language)
        lines.append(f"## {number}. {named[:1].upper()}{named[1:]}\n\n{on} {named}: {option}.")
    return "\n\n".join(lines) + "\n"


def _papers(outlook: Outlook, plan: TextPlan, chosen: Mapping[str, str]) -> tuple[Words, ...]:
    """Return the text in each language. With the mistake *languages apart*, one clause differs in the second."""
    papers = []
    for lang in outlook.languages:
        own = dict(chosen)
        is_apart = Mistake.LANGUAGES_APART in outlook.orders.mistakes and not outlook.known.divergences
        if is_apart and lang != outlook.languages[0] and own:
            issue = sorted(own)[int(outlook.chance(f"apart {plan.name}") * len(own))]
            options = outlook.lexicon.options_of(issue)
            own[issue] = options[(options.index(own[issue]) + 1) % len(options)]
        papers.append(Words(text=clause_words(outlook, plan, own, lang), lang=lang))
    return tuple(papers)


def _table(positions: Positions, plan: TextPlan) -> Iterator[Intention]:
    outlook = positions.outlook
    if outlook.moment < plan.tabled_at:
        yield ask_again(f"table {plan.name}", plan.tabled_at)
        return
    chosen = draft(positions, plan, {})
    if chosen:
        yield Intention(
            key=f"table {plan.name}",
            due_at=plan.tabled_at,
            command=TableText(
                papers=_papers(outlook, plan, chosen),
                kind=plan.kind,
                family=plan.name,
                about=plan.about,
                issuers=plan.issuers,
            ),
            reason=Reason(
                name="table", values={"title": plan.name}, things=_told_things(positions), unless="told-more"
            ),
        )


def _second_copy(positions: Positions, plan: TextPlan) -> Iterator[Intention]:
    """Yield the mistake *two copies*: the text tabled again under its title, with one clause as the client wants it."""
    outlook, client = positions.outlook, positions.outlook.client
    if Mistake.TWO_COPIES not in outlook.orders.mistakes or not plan.issuers or client is None:
        return
    known = outlook.known
    original = [t for t in known.texts.values() if t.frame.family == plan.name and t.pen == plan.pen and t.versions]
    if not original:
        return
    own = [t for t in known.texts.values() if t.frame.family == plan.name and t.pen == outlook.seat]
    version = known.versions[original[0].versions[0]]
    at = version.released_at or version.at
    if own:
        copy = known.versions[own[0].versions[-1]]
        if not copy.released_to:
            due = outlook.after(at, f"copy out {plan.name}", 60, 100)
            yield _release(outlook, plan, copy, (client,), due, name="release-copy")
        return
    chosen = dict(outlook.clauses[version.handle].values())
    wished = {
        h.issue: h.option for h in positions.heard if h.by == client and h.stand is Stand.ASK and h.issue in chosen
    }
    differing = sorted(issue for issue, option in wished.items() if chosen[issue] != option)
    if differing:
        issue = differing[int(outlook.chance(f"copy {plan.name}") * len(differing))]
        yield Intention(
            key=f"copy {plan.name}",
            due_at=outlook.after(at, f"copy {plan.name}", 35, 55),
            command=TableText(
                papers=_papers(outlook, plan, {**chosen, issue: wished[issue]}),
                kind=plan.kind,
                family=plan.name,
                about=plan.about,
                issuers=plan.issuers,
            ),
            reason=Reason(name="copy", values={"title": plan.name}, things=(version.handle,), unless="equal"),
        )


def _told_things(positions: Positions) -> tuple[str, ...]:
    return tuple(dict.fromkeys(heard.thing for heard in positions.heard if heard.stand.gives))[-2:]


# ------------------------------------------------------------------------------------------------------- the draft


def draft(positions: Positions, plan: TextPlan, before: Mapping[str, str], *, last: bool = False) -> dict[str, str]:
    """Return an option by issue: what both would have, else what fits the pen; at the last, what nobody refuses."""
    outlook = positions.outlook
    issues = plan.issues or tuple(issue.slug for issue in outlook.lexicon.issues)
    if is_neutral(outlook):
        return advised(positions, issues)
    wanted: dict[str, tuple[float, str]] = {}
    for issue in issues:
        scored = [(_score(positions, issue, o), o) for o in outlook.worths.order.get(issue, ())]
        if scored:
            wanted[issue] = max(scored, key=lambda pair: pair[0])
    chosen = dict(before)
    changed = sorted(
        (i for i, (_, o) in wanted.items() if before.get(i) != o),
        key=lambda i: -(wanted[i][0] - (_score(positions, i, before[i]) if i in before else 0.0)),
    )
    for issue in (
        changed if not before else changed[: CHANGES + sum(_agreed(positions, i, wanted[i][1]) for i in changed)]
    ):
        chosen[issue] = wanted[issue][1]
    if last:
        chosen = {i: o for i, o in chosen.items() if not _refused(positions, i, o)}
    return chosen


def _by_party(positions: Positions, issue: str, option: str) -> dict[str, float]:
    """Return, by party, how far the pen believes that it would have an option."""
    found: dict[str, float] = {}
    for heard in positions.heard:
        if (heard.issue, heard.option) == (issue, option) and heard.by in positions.outlook.parties:
            is_yes = heard.stand in (Stand.ASK, Stand.OFFER, Stand.ACCEPT, Stand.STAY_AWAY, Stand.LEAVE)
            found[heard.by or ""] = heard.belief if is_yes else -1.0
    return found


def _agreed(positions: Positions, issue: str, option: str) -> bool:
    by = _by_party(positions, issue, option)
    return all(by.get(party, 0.0) >= 0.5 for party in positions.outlook.parties)


def _refused(positions: Positions, issue: str, option: str) -> bool:
    return any(belief < 0 for belief in _by_party(positions, issue, option).values())


def _score(positions: Positions, issue: str, option: str) -> float:
    """Return how well an option serves: consent of the parties, comments of the others, the pen's own worth."""
    outlook, worths = positions.outlook, positions.outlook.worths
    by = _by_party(positions, issue, option)
    score = 2.0 * sum(by.values()) + (1.5 if _agreed(positions, issue, option) else 0.0)
    if outlook.client is not None:
        score += 0.3 * by.get(outlook.client, 0.0)
    for heard in positions.heard:
        if (heard.issue, heard.option) == (issue, option) and heard.by not in (*outlook.parties, None):
            score += {Stand.ASK: 0.6, Stand.ACCEPT: 0.4, Stand.REJECT: -3.0}.get(heard.stand, 0.0)
    span = max((float(worths.of(issue, o)) for o in worths.order.get(issue, ())), default=0.0)
    return score + (float(worths.of(issue, option)) / span if span else 0.0)


# -------------------------------------------------------------------------------------------------------- versions


def _next_version(positions: Positions, plan: TextPlan, text: KnownText) -> Iterator[Intention]:
    """Yield the release of the version that is ready, or the writing of the next one."""
    outlook = positions.outlook
    version = outlook.known.versions[text.versions[-1]]
    rounds = len([v for v in text.versions if set(plan.to) <= set(outlook.known.versions[v].released_to)])
    friends = plan.first_at is not None and plan.first_to and Mistake.PARTIAL_RELEASE in outlook.orders.mistakes
    if friends and not version.released_to and rounds == 0 and plan.first_at is not None:
        yield _release(outlook, plan, version, plan.first_to, plan.first_at, name="release-first")
        return
    if rounds >= len(plan.released_at):
        return
    due = plan.released_at[rounds]
    if not set(plan.to) <= set(version.released_to) and (rounds == 0 or not version.released_to):
        yield _release(outlook, plan, version, plan.to, due, name="release")
    elif outlook.moment < due - READY:
        yield ask_again(f"write {text.handle} {len(text.versions)}", due - READY)
    else:
        before = dict(outlook.clauses[version.handle].values())
        chosen = draft(positions, plan, before, last=rounds == len(plan.released_at) - 1)
        if chosen:
            yield _writing(positions, plan, text, chosen, due - READY)


def _all_receive(outlook: Outlook, seats: tuple[str, ...]) -> bool:
    return all(outlook.known.seats[s].service_accepted for s in seats if s in outlook.known.seats)


def _release(
    outlook: Outlook, plan: TextPlan, version: KnownVersion, to: tuple[str, ...], due: datetime, *, name: str
) -> Intention:
    equal = name == "release" and _all_receive(outlook, plan.to)
    return Intention(
        key=f"{name} {version.handle}",
        due_at=due,
        command=ReleaseVersion(version=version.handle, to=to, equal=equal),
        reason=Reason(name=name, values={"to": ", ".join(to)}, things=(version.handle,), unless="equal"),
    )


def _writing(
    positions: Positions, plan: TextPlan, text: KnownText, chosen: dict[str, str], due: datetime, name: str = "write"
) -> Intention:
    outlook = positions.outlook
    comments = [
        c.handle for c in outlook.known.comments.values() if c.by != outlook.seat and c.sort is CommentSort.PROPOSE
    ]
    return Intention(
        key=f"write {text.handle} {len(text.versions)}",
        due_at=due,
        command=WriteVersion(text=text.handle, papers=_papers(outlook, plan, chosen)),
        reason=Reason(
            name=name,
            values={"title": plan.name},
            things=tuple(comments[-2:]) or _told_things(positions),
            unless="told-more",
        ),
    )


# ------------------------------------------------------------------------------------------- a text asked for in secret


def _mediate(positions: Positions, plan: TextPlan, text: KnownText) -> Iterator[Intention]:
    """Yield the blind question on the latest version, its release when all say yes, and else another version."""
    outlook = positions.outlook
    version = outlook.known.versions[text.versions[-1]]
    if version.released_to or "AskBlind" not in outlook.powers:
        if not version.released_to:
            yield _release(outlook, plan, version, plan.to, plan.released_at[0], name="release")
        return
    asked = [b for b in outlook.known.blinds.values() if b.by == outlook.seat]
    rounds = len(text.versions)
    if len(asked) < rounds:
        if rounds > len(plan.released_at):
            return
        question = clause_words(outlook, plan, dict(outlook.clauses[version.handle].values()), outlook.languages[0])
        due = plan.released_at[rounds - 1]
        yield Intention(
            key=f"ask {version.handle}",
            due_at=due,
            command=AskBlind(
                question=Words(text=question, lang=outlook.languages[0]),
                to=outlook.parties,
                closes_at=max(due, outlook.moment) + timedelta(minutes=70),
            ),
            reason=Reason(name="ask-blind", values={"title": plan.name}, things=(version.handle,), unless="told-more"),
        )
    elif asked[-1].state is not ProcedureState.OPEN and asked[-1].result:
        yield Intention(
            key=f"release {version.handle}",
            due_at=outlook.after(asked[-1].closes_at, f"release {version.handle}", 5, 15),
            command=ReleaseVersion(version=version.handle, to=plan.to, equal=_all_receive(outlook, plan.to)),
            reason=Reason(
                name="release-blind", values={"to": ", ".join(plan.to)}, things=(asked[-1].handle,), unless="equal"
            ),
        )
    elif asked[-1].state is not ProcedureState.OPEN and rounds < len(plan.released_at):
        due = plan.released_at[rounds] - READY
        if outlook.moment < due:
            yield ask_again(f"write {text.handle} {rounds}", due)
        else:
            yield _writing(positions, plan, text, draft(positions, plan, {}), due, name="write-blind")
