"""What a holder of a text does: comment clause by clause, then take a stance on one exact version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from goodoffices.rehearsal.seats.composition import compose, one_language
from goodoffices.rehearsal.seats.duties.bargaining_papers import is_away, is_gone
from goodoffices.rehearsal.seats.duties.questions_back import next_question
from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.lexicon import Stand
from goodoffices.rehearsal.seats.orders import TextPlan
from goodoffices.rehearsal.seats.points import Point, clause_sentence
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort, StanceKind
from goodoffices.talks.base.states import VersionState
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.texts.comments import Comment, MarkDivergence
from goodoffices.talks.texts.stances import TakeStance

MOST_COMMENTS = 5
"""A seat comments on no more clauses of one version than this."""


def comment(positions: Positions) -> Iterator[Intention]:
    """Yield comments on the latest version of each text that the seat holds and does not write."""
    if is_away(positions) or not positions.outlook.worths.issues:
        return
    outlook = positions.outlook
    for text in outlook.known.texts.values():
        released = [v for v in text.versions if outlook.known.versions[v].comment]
        if text.pen == outlook.seat or not released:
            continue
        version = outlook.known.versions[released[-1]]
        if version.state in (VersionState.ADOPTED, VersionState.FAILED):
            continue
        if outlook.clauses[version.handle]:
            yield from _comments_on(positions, version)
        elif version.clauses and next_question(outlook, outlook.languages[0]):
            yield from _asks(positions, version)


def _comments_on(positions: Positions, version: KnownVersion) -> Iterator[Intention]:
    outlook = positions.outlook
    made = [c for c in outlook.known.comments.values() if c.by == outlook.seat and c.version == version.handle]
    done = {c.clause for c in made}
    proposed = _proposed(positions)
    wanted = [
        _judged(positions, clause, *outlook.clauses[version.handle][clause])
        for clause in version.clauses
        if clause not in done and clause in outlook.clauses[version.handle]
    ]
    # What was proposed or refused once is not said again of a later version: the pen has heard it.
    fresh = [w for w in wanted if w is not None and (w[0] is CommentSort.ACCEPT or (w[0], w[2]) not in proposed)]
    ranked = sorted(fresh, key=lambda w: (w[0] is CommentSort.ACCEPT, -w[4], w[1]))
    at = version.last_released_at or version.at
    for k, (sort, clause, point, name, _) in enumerate(ranked[: max(0, MOST_COMMENTS - len(made))]):
        due = outlook.after(at, f"comment {version.handle} {len(made) + k}", 14, 30) + timedelta(
            minutes=5 * (len(made) + k)
        )
        words = _words(positions, sort, clause, point)
        yield Intention(
            key=f"comment {version.handle} {clause}",
            due_at=outlook.awake(due),
            command=Comment(version=version.handle, clause=clause, sort=sort, words=words),
            reason=Reason(name=name, values={"issue": point.issue}, things=(version.handle,), unless=f"{name}-else"),
        )
        return


def _words(positions: Positions, sort: CommentSort, clause: str, point: Point) -> Words | None:
    """Return the words of a comment: those for the clause and nothing else, a refusal with its reason, or none."""
    outlook, language = positions.outlook, positions.outlook.languages[0]
    if sort is CommentSort.PROPOSE:
        return Words(text=clause_sentence(point.issue, point.option, outlook.lexicon, language), lang=language)
    if sort is CommentSort.REJECT:
        return one_language(compose(outlook, positions.mood, "refuse", (point,), key=clause))
    return None


def _asks(positions: Positions, version: KnownVersion) -> Iterator[Intention]:
    """Yield the question what a text means in which no clause names an option, once for each version."""
    outlook, language = positions.outlook, positions.outlook.languages[0]
    if any(c.by == outlook.seat and c.version == version.handle for c in outlook.known.comments.values()):
        return
    words = Words(text=next_question(outlook, language), lang=language)
    yield Intention(
        key=f"comment {version.handle} unread",
        due_at=outlook.after(version.last_released_at or version.at, f"comment {version.handle} unread", 14, 30),
        command=Comment(version=version.handle, clause=version.clauses[0], sort=CommentSort.ASK, words=words),
        reason=Reason(name="comment-ask", things=(version.handle,), unless="comment-ask-else"),
    )


def _proposed(positions: Positions) -> set[tuple[CommentSort, Point]]:
    """Return the points that the seat has proposed or refused in comments so far."""
    outlook = positions.outlook
    own = [c for c in outlook.known.comments.values() if c.by == outlook.seat and c.words is not None]
    return {(c.sort, point) for c in own if c.words is not None for point in outlook.wished(c.words)}


def _judged(
    positions: Positions, clause: str, issue: str, option: str
) -> tuple[CommentSort, str, Point, str, float] | None:
    """Return the comment on a clause: accepted as it is or as a step, refused at a red line, or other words."""
    outlook, worths = positions.outlook, positions.outlook.worths
    stand = positions.current(issue)
    if stand is None:
        return None
    cost = float(worths.of(issue, stand) - worths.of(issue, option))
    own = Point(issue=issue, options=(stand,), stand=Stand.ASK)
    weight = abs(cost)
    if (issue, option) in worths.red_lines:
        refused = Point(issue=issue, options=(option,), stand=Stand.REJECT)
        return CommentSort.REJECT, clause, refused, "comment-refuse", weight + 10
    if cost <= 0 or positions.standing - cost >= outlook.aspiration:
        return CommentSort.ACCEPT, clause, own, "comment-accept", weight
    return CommentSort.PROPOSE, clause, own, "comment-propose", weight


def mark_divergence(positions: Positions) -> Iterator[Intention]:
    """Yield the mark on a clause that names different options in two languages of a version that the seat holds."""
    outlook, known = positions.outlook, positions.outlook.known
    marked = {(d.version, d.clause) for d in known.divergences}
    for version in known.versions.values():
        if version.by == outlook.seat or known.texts[version.text].pen == outlook.seat or version.released_at is None:
            continue
        first, *others = outlook.clauses_by_language[version.handle].items() or [("", {})]
        for language, clauses in others:
            apart = [c for c, named in clauses.items() if first[1].get(c, named) != named]
            for clause in apart[:1]:
                if (version.handle, clause) not in marked:
                    yield _mark(positions, version, clause, (first[0], language))
                    return


def _mark(positions: Positions, version: KnownVersion, clause: str, languages: tuple[str, str]) -> Intention:
    outlook = positions.outlook
    words = Words(text=divergence_words(languages[0]), lang=languages[0])
    at = version.released_at or version.at
    return Intention(
        key=f"diverge {version.handle} {clause}",
        due_at=outlook.after(at, f"diverge {version.handle}", 45, 90),
        command=MarkDivergence(version=version.handle, clause=clause, languages=languages, words=words),
        reason=Reason(name="diverge", things=(version.handle,), unless="same"),
    )


def divergence_words(language: str) -> str:
    """Return what is written at a clause that names different options in two languages."""
    return {"ar": "يذكر هذا البند خيارًا آخر في اللغة الأخرى."}.get(
        language, "This clause names another option in the other language."
    )


def take_stances(positions: Positions) -> Iterator[Intention]:
    """Yield the stance on the last version of each text, when stances are due."""
    outlook = positions.outlook
    for plan in outlook.orders.timetable.texts:
        text = next(
            (t for t in outlook.known.texts.values() if t.frame.family == plan.name and t.pen == plan.pen), None
        )
        if text is None:
            continue
        released = [v for v in text.versions if outlook.known.versions[v].released_at is not None]
        mine = outlook.known.actor_of(outlook.seat)
        if not released or any(s.actor == mine and s.version in released for s in outlook.known.stances.values()):
            continue
        made = _stance(positions, plan, outlook.known.versions[released[-1]])
        if made is not None:
            yield made


def _stance(positions: Positions, plan: TextPlan, version: KnownVersion) -> Intention | None:
    outlook, worths = positions.outlook, positions.outlook.worths
    me = outlook.known.actor_of(outlook.seat)
    is_issuer, is_about = me in plan.issuers, me in plan.about
    if not (is_issuer or is_about) or not worths.issues:
        return None
    chosen = dict(outlook.clauses[version.handle].values())
    crossed, beyond = worths.crosses(chosen), worths.beyond(chosen)
    about = plan.issues
    enough = worths.of_text(chosen, about) >= worths.least_for(about)
    values = {"title": plan.name, "worth": f"{float(worths.of_text(chosen, about)):.0f}",
              "least": f"{float(worths.least_for(about)):.0f}"}  # fmt: skip
    if is_gone(positions):
        kind, name = StanceKind.REFUSED, "stance-gone"
    elif crossed:
        kind, name = StanceKind.REFUSED, "stance-red-line"
        values["issue"] = crossed[0][0]
    elif not enough:
        kind, name = StanceKind.REFUSED, "stance-below"
    elif is_issuer:
        kind, name = StanceKind.ISSUED, "stance-issue"
    elif plan.issuers and outlook.orders.brief.temper.pride >= 80:
        kind, name = StanceKind.ENDORSED, "stance-orally"
    else:
        kind, name = StanceKind.INITIALLED, "stance-beyond" if beyond else "stance-within"
    least, most = (35, 60) if is_issuer else (5, 25)
    return Intention(
        key=f"stance {version.handle}",
        due_at=outlook.after(plan.stances_at, f"stance {plan.name}", least, most),
        command=TakeStance(
            version=version.handle, kind=kind, beyond_mandate=bool(beyond) and kind is StanceKind.INITIALLED
        ),
        reason=Reason(name=name, values=values, things=(version.handle,), unless=f"{name}-else"),
    )
