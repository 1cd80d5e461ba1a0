"""`goodoffices claims` and `goodoffices commitments`: tables from one seat's view."""

from __future__ import annotations

import click

from goodoffices.cli.terminal.record_access import RECORD, SEAT, looked_at, seat_of
from goodoffices.reports.provenance import value_text
from goodoffices.talks.claims.contradictions import contradictions
from goodoffices.talks.commitments.queries import owed
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View


@click.command()
@RECORD
@SEAT
@click.option("--contradictions", "rivals", is_flag=True, help="Only claims that contradict each other, side by side.")
@click.option("--about", help="Only claims about this actor, round, text or cease-fire.")
def claims(file: str, seat: str, rivals: bool, about: str | None) -> None:
    """Print the claims that a seat knows, in the order in which it learned them, each with its chain of speakers."""
    with looked_at(file) as room:
        seen = room.view(seat_of(room, seat))
        if rivals:
            for found in contradictions(seen.known):
                if about in (None, found.about):
                    click.echo(f"{found.question or '–'}  {found.about}: {found.aspect}")
                    for claim in found.claims:
                        click.echo(f"    {claim_line(seen, claim)}")
            return
        lines = [claim_line(seen, c) for c in seen.known.claims.values() if about in (None, c.claim.about)]
        click.echo("\n".join(lines) or "This seat knows of no such claim.")


def claim_line(seen: View, known: KnownClaim) -> str:
    """Return a claim in one line: when, about whom, what, and who says so."""
    claim = known.claim
    chain = " ← ".join(link.speaker for link in claim.chain)
    when = claim.asserted_on or claim.when_from or ""
    value = value_text(seen, claim.value)
    said = f"{seen.name(claim.about)}, {claim.aspect}: {value}"
    words = f" – {claim.words}" if claim.words and claim.words != value else ""
    return f"{known.handle:>4} {claim.slug:<16} {when!s:<10} {said}{words} [{chain}; {claim.strength.value}]"


@click.command()
@RECORD
@SEAT
@click.option("--succession", is_flag=True, help="Only commitments of actors that changed, with their successors.")
def commitments(file: str, seat: str, succession: bool) -> None:
    """Print who shall do what by when, whether it binds them, and who succeeds them."""
    with looked_at(file) as room:
        seen = room.view(seat_of(room, seat))
        for row in owed(seen.known):
            if succession and not row.successors:
                continue
            click.echo(f"{seen.name(row.obligor)}: {row.commitment.commitment.what} ({row.standing})")
            for due in row.commitment.commitment.due:
                by = "nobody is named" if due.by is None else seen.name(due.by)
                announced = "" if due.announced_on is None else f", announced {due.announced_on}"
                click.echo(f"    due {due.due} – {by}{announced}")
            for report in row.commitment.reports:
                click.echo(f"    {report.state} – says {seen.name(report.by)}, {seen.time(report.at)}")
            for heir in row.successors:
                click.echo(f"    successor {seen.name(heir.successor)}: {heir.state}")
