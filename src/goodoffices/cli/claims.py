"""`goodoffices claims` and `goodoffices commitments`: lines from one seat's view."""

from __future__ import annotations

from typing import Any

import click

from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.output import show_text
from goodoffices.cli.terminal.record_access import READER
from goodoffices.cli.terminal.send import print_json
from goodoffices.cli.terminal.view_access import AS_OF, JSON, view_then
from goodoffices.errors import UnknownWordError
from goodoffices.names import nearest_word
from goodoffices.reports.brief.commitments import due_text, due_texts, happened_text, stands_in_text
from goodoffices.reports.brief.contested_questions import contested_questions
from goodoffices.reports.provenance import (
    chain_text,
    on_whose_words,
    replaced_text,
    stated_on,
    subject_name,
    value_text,
    with_value,
)
from goodoffices.talks.base.serialization import to_plain
from goodoffices.talks.claims.subjects import subjects
from goodoffices.talks.commitments.queries import Obligation, aspect_of, condition_and_due, owed
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View


@terminal_command()
@click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
@READER
@click.option("--contradictions", "rivals", is_flag=True, help="Only claims that contradict each other, side by side.")
@click.option("--about", help="Only claims about this actor, round, text or cease-fire.")
@AS_OF
@JSON
def claims(talks: str, seat: str | None, rivals: bool, about: str | None, as_of: str | None, as_json: bool) -> None:
    """Print the claims that a seat knows, in the order in which it learned them, each with its chain of speakers.

    TALKS is a record, a talks file, its folder, or a bundled scenario.
    """
    with view_then(talks, seat, as_of) as seen:
        _check_subject(seen, about)
        if as_json:
            rival = {c.handle for question in contested_questions(seen) for c in question.claims} if rivals else None
            held = [c for c in seen.known.claims.values() if rival is None or c.handle in rival]
            print_json([_claim_values(seen, c) for c in held if about in (None, c.claim.about)])
            return
        if rivals:
            for question in contested_questions(seen):
                shown = [c for c in question.claims if about in (None, c.claim.about)]
                if shown:
                    show_text(question.title)
                    for claim in shown:
                        show_text(f"    {claim_line(seen, claim)}")
            return
        lines = [claim_line(seen, c) for c in seen.known.claims.values() if about in (None, c.claim.about)]
        show_text("\n".join(lines) or "This seat knows of no such claim.")


def _check_subject(seen: View, about: str | None) -> None:
    """Refuse a subject that nothing in this view has the name of; a misspelt one would look like silence."""
    names = {*subjects(seen.known), *(held.claim.about for held in seen.known.claims.values())}
    if about is not None and about not in names:
        raise UnknownWordError(
            "subject of claims", about, tuple(sorted(names)), nearest=nearest_word(about, names),
            remedy="`goodoffices claims TALKS` shows what claims are about.",
        )  # fmt: skip


def _claim_values(seen: View, known: KnownClaim) -> dict[str, Any]:
    claim = known.claim
    return {
        "handle": known.handle,
        "claim": to_plain(claim),
        "value": value_text(seen, claim.value),
        "on_the_word_of": chain_text(seen, known),
        "stated_on": stated_on(known),
        "replaced_by": known.replaced_by,
    }


def claim_line(seen: View, known: KnownClaim) -> str:
    """Return a claim in one line: when, about whom, what, and who says so."""
    claim = known.claim
    value = value_text(seen, claim.value)
    said = f"{subject_name(seen, claim.about)}, {with_value(aspect_of(seen.known, claim), value)}"
    words = f" – {claim.words}" if claim.words and claim.words != value else ""
    words += replaced_text(seen, known)
    return f"{known.handle:>4} {claim.slug:<16} {stated_on(known):<10} {said}{words} – {chain_text(seen, known)}"


def _commitment_lines(seen: View, row: Obligation) -> list[str]:
    """Return a commitment of one obligor in lines: what, on which condition, when, what happened, who says so."""
    held, plan = row.commitment, row.commitment.commitment
    condition, due_words = condition_and_due(plan)
    lines = [f"{seen.name(row.obligor)}: {plan.what} ({row.standing})"]
    lines += [f"    on condition: {condition}"] if condition else []
    lines += [f"    due {due_texts(seen, held)}"] if plan.due or due_words else []
    lines.append(f"    {happened_text(seen, held)}")
    stands_in = stands_in_text(seen, plan)
    lines += [f"    {stands_in[:1].lower()}{stands_in[1:].rstrip('.')}"] if stands_in else []
    lines += [f"    on the word of: {on_whose_words(seen, plan.claims)}"] if plan.claims else []
    return [*lines, *(f"    successor {seen.name(heir.successor)}: {heir.state}" for heir in row.successors)]


@terminal_command()
@click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
@READER
@click.option("--succession", is_flag=True, help="Only commitments of actors that changed, with their successors.")
@AS_OF
@JSON
def commitments(talks: str, seat: str | None, succession: bool, as_of: str | None, as_json: bool) -> None:
    """Print who shall do what by when, what is said to have happened, whether it binds them, and who succeeds them.

    TALKS is a record, a talks file, its folder, or a bundled scenario.
    """
    with view_then(talks, seat, as_of) as seen:
        rows = [row for row in owed(seen.known) if row.successors or not succession]
        if as_json:
            print_json([_commitment_values(seen, row) for row in rows])
            return
        if not rows:
            show_text("This seat knows of no such commitment.")
        for row in rows:
            show_text("\n".join(_commitment_lines(seen, row)))


def _commitment_values(seen: View, row: Obligation) -> dict[str, Any]:
    held = row.commitment
    return {
        "handle": held.handle,
        "obligor": row.obligor,
        "commitment": to_plain(held.commitment),
        "standing": row.standing,
        "due": [due_text(seen, due) for due in held.commitment.due],
        "happened": happened_text(seen, held),
        "on_the_word_of": on_whose_words(seen, held.commitment.claims) if held.commitment.claims else "",
        "successors": [{"actor": heir.successor, "state": heir.state} for heir in row.successors],
    }
