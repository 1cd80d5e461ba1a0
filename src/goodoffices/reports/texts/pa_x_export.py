"""Rows for the PA-X database, from a view: who bound itself, and apart from them who is only spoken of."""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.formats.documents.pa_x import PaxRow, write_pax
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.texts.finding_sentences import dated
from goodoffices.talks.base.enums import StanceKind
from goodoffices.talks.documents.agreement import AgreementVerdict, Basis, StatedStance
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family, families, finding_of, title_line

_BESIDE = (StanceKind.WITNESSED, StanceKind.HELD, StanceKind.GUARANTEED)


def pax_rows(view: View) -> tuple[PaxRow, ...]:
    """Return a row for each text that this view knows of, dated ones first by date."""
    made = [_row(view, family) for family in families(view)]
    return tuple(sorted(made, key=lambda row: (row.dated == "", row.dated, row.id)))


def pax_file(view: View) -> bytes:
    """Return the rows of this view as a table."""
    return write_pax(pax_rows(view))


def _row(view: View, family: Family) -> PaxRow:
    line, day = title_line(family), dated(view, family)
    bound = [s for s in family.said if s.kind.binds and not s.ended and s.word is not Basis.OTHERS]
    issued = [actor for actor in line.issued_by if actor not in {s.actor for s in bound}]
    parts = [f"{view.name(actor)} (issued it)" for actor in issued]
    parts += [f"{view.name(s.actor)} ({WORDS['stance'][s.kind.value]}, {s.word.value})" for s in bound]
    return PaxRow(
        id=family.slug,
        title=family.title,
        dated="" if day is None else day.isoformat(),
        process=view.known.header.title,
        status=_status(family, [*issued, *(s.actor for s in bound)]),
        participants="; ".join(dict.fromkeys(parts)),
        third_parties="; ".join(_named(view, (s for s in family.said if s.kind in _BESIDE and not s.ended))),
        about_without_stance="; ".join(_only_about(view, family, line.not_bound)),
        copies="; ".join(f"{copy.name} {copy.code}".strip() for copy in family.copies if copy.hash),
        on_whose_word="; ".join(_words(view, family)),
        read_out_by="; ".join(view.name(actor) for actor in line.read_out_by),
    )


def _status(family: Family, bound: list[str]) -> str:
    """Return a status of theirs that claims no more than the finding does."""
    if finding_of(family).verdict is AgreementVerdict.AGREED:
        return "Multiparty signed/agreed"
    one = len(dict.fromkeys(bound)) == 1 and not set(family.required) - set(bound)
    return "Unilateral document" if one else "Status unclear"


def _named(view: View, said: Iterable[StatedStance]) -> list[str]:
    return [f"{view.name(s.actor)} ({WORDS['stance'][s.kind.value]})" for s in said]


def _only_about(view: View, family: Family, actors: Iterable[str]) -> list[str]:
    made = []
    for actor in actors:
        did = [s for s in family.said if s.actor == actor and not s.kind.binds and s.word is not Basis.OTHERS]
        what = ", ".join(dict.fromkeys(WORDS["stance"][s.kind.value] for s in did)) or "nothing is known"
        made.append(f"{view.name(actor)} (has not bound itself; {what})")
    return made


def _words(view: View, family: Family) -> list[str]:
    """Return every stance with whose word it rests on; what others say is marked as theirs."""
    made = []
    for s in family.said:
        word = f"said by {view.name(s.by)}" if s.word is Basis.OTHERS else s.word.value
        made.append(f"{view.name(s.actor)}: {WORDS['stance'][s.kind.value]} ({word})")
    return list(dict.fromkeys(made))
