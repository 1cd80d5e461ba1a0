"""Questions and packages in plain English, for the terminal and the brief."""

from __future__ import annotations

from collections.abc import Callable

from goodoffices.reports.messages.labels import WORDS
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.states import QuestionState
from goodoffices.talks.decisions.eligibility import outcome_of
from goodoffices.talks.documents.document import check_code
from goodoffices.talks.model.packages import READINGS, After, demanded, faults
from goodoffices.talks.state.known_decisions import KnownQuestion
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.rendered_version import title_of
from goodoffices.talks.voting.outcome_sentences import sentences
from goodoffices.talks.voting.rule_notes import rule_details


def question_rows(view: View) -> list[dict[str, str]]:
    """Return one row for each question and package: handle, subject, rule, state."""
    rows = [
        {
            "handle": held.handle,
            "on": _subject(view, held),
            "rule": WORDS["rule"][held.rule.rule],
            "state": _state(view, held),
        }
        for held in view.known.questions.values()
    ]
    rows += [
        {
            "handle": held.handle,
            "on": held.put.title or held.put.slug,
            "rule": "",
            "state": "closed" if held.closed else "open: nothing in it is agreed until all of it is",
        }
        for held in view.known.packages.values()
    ]
    return rows


def _subject(view: View, held: KnownQuestion) -> str:
    version = view.known.versions.get(held.version or "")
    if version is not None:
        return f"{title_of(view, version)} ({version.handle}, {check_code(version.hash)})"
    package = view.known.packages.get(held.package or "")
    return "" if package is None else package.put.title or package.put.slug


def _state(view: View, held: KnownQuestion) -> str:
    if held.verdict is not None:
        return WORDS["verdict"][held.verdict.value]
    return "open" if held.ends_at is None else f"open until {view.time(held.ends_at)}"


def question_lines(view: View, handle: str) -> list[str]:
    """Return a question with its rule, its answers as far as this view has them, and its outcome test by test."""
    held = view.known.questions[handle]
    lines = [
        f"{handle}  {_subject(view, held)}",
        *_said(view, held.question, ""),
        f"Put by {view.name(held.by)} to {', '.join(view.name(seat) for seat in held.eligible)}.",
        f"{WORDS['rule'][held.rule.rule]}: {WORDS['rule-says'][held.rule.rule]}",
        *rule_details(held.rule, view.name),
        WORDS["shown"][held.shown.value],
        _state(view, held),
    ]
    for answer in held.answers:
        lines.append(
            f"  {view.name(answer.seat)}: {WORDS['says'][answer.says.value]}{' (late)' if answer.late else ''}"
        )
        lines += _said(view, answer.words, "    ")
    missing = unanswered(view, held)
    if missing:
        lines.append(f"  No answer: {', '.join(view.name(seat) for seat in missing)}")
    found = outcome_of(held)
    name: Callable[[str], str] = view.name
    weight = next((rule.weights_are for rule in view.known.header.rules if rule.rule == held.rule), None)
    return lines if found is None else [*lines, *sentences(found, name, weight=weight)]


def _said(view: View, body: Body | None, indent: str) -> list[str]:
    """Return people's words as lines of their own; none where none were given, or this seat may not read them."""
    words = view.text(body)
    return [f"{indent}“{line}”" for line in words.splitlines() if line.strip()] if words else []


def unanswered(view: View, held: KnownQuestion) -> tuple[str, ...]:
    """Return the seats asked that have not answered, where this view would know: the chair's, or after the outcome."""
    tells_all = held.by == view.seat or (held.state == QuestionState.DECLARED and not held.is_bare)
    answered = {answer.seat for answer in held.answers}
    return tuple(seat for seat in held.eligible if seat not in answered) if tells_all else ()


def package_lines(view: View, handle: str) -> list[str]:
    """Return a package: its steps and conditions, what is open or wrong, and what may be demanded in both readings."""
    held = view.known.packages[handle]
    package = held.put
    state = "Closed: all in it is agreed." if held.closed else "Nothing in it is agreed until all of it is."
    lines = [f"{handle}  {package.title or package.slug}", state]
    for step in package.steps:
        who = ", ".join(view.name(actor) for actor in step.obligors) or "nobody named"
        lines.append(f"  {step.slug} ({who}): {step.what}{f' by {step.due}' if step.due else ''}")
    for condition in package.conditions:
        if isinstance(condition, After):
            lines.append(f"  {condition.one} follows {condition.other}: {WORDS['end'][condition.end.value]}")
        else:
            lines.append(f"  {condition.one} holds only if {condition.other} does")
    lines += [f"! {', '.join(fault.steps)}: {WORDS['fault'][fault.kind.value]}" for fault in faults(package)]
    for reading in READINGS:
        said = [f"{view.name(d.obligor)}: {d.end.value} of {d.step}" for d in demanded(package, {}, reading)]
        if said:
            lines.append(f"If after means after its {reading.value}, now: {'; '.join(said)}")
    return lines
