"""A word-processor file with tracked changes, held against a version: what it would change, to be confirmed."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.reports.texts.file_changes import FileChange, as_command, before_and_after, filed_as
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import CommentSort
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.documents.diff import Change, Stretch
from goodoffices.talks.documents.document import check_code
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.texts.agreement_status import family_of
from goodoffices.talks.texts.comments import Comment, ProposeVariant
from goodoffices.talks.texts.rendered_version import paper_of, title_of
from goodoffices.web.pages.page import Data, Page, PageContext


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One change as it is shown: its place in the form, the number of its clause, and the words before and after.

    ``beside`` is the number of the clause that a new one would stand next to. ``refused`` says why it could not be
    filed as it is, and ``filed`` under which handles the same words are on the record already.
    """

    place: int
    change: FileChange
    number: str
    beside: str
    before: str
    after: str
    stretches: tuple[Stretch, ...]
    refused: Refusal | None
    filed: tuple[str, ...]


def _changes(context: PageContext, handle: str) -> Data | None:
    version = context.known.versions.get(handle)
    if version is None:
        return None
    text = context.known.texts[version.text]
    clause = version.clauses[0] if version.clauses else ""
    asks = Comment(version=handle, clause=clause, sort=CommentSort.ASK, words=Words(text="…"))
    return {
        "text": text,
        "version": version,
        "family": family_of(context.view, text.frame.family or text.handle, words=False),
        "title": title_of(context.view, version, context.language),
        "code": check_code(version.hash),
        "refused": context.would(asks),
        "languages": LANGUAGES,
        "brought": context.brought,
        "rows": _rows(context, version),
        "may_table": _may_table(context, version),
        "others": [seat.slug for seat in context.others()],
    }


def _rows(context: PageContext, version: KnownVersion) -> list[ChangeRow]:
    brought = context.brought
    held = None if brought is None else paper_of(context.view, version, brought.language)
    if brought is None or held is None:
        return []
    numbers = dict(zip(version.clauses, version.numbers, strict=True))
    made = []
    for place, change in enumerate(brought.changes):
        if change.clause not in numbers:
            continue
        before, after, stretches = before_and_after(held, change)
        command = as_command(version.handle, change, language=brought.language)
        tabled = as_command(version.handle, change, language=brought.language, table=True)
        filed = (filed_as(context.view, one, whoever_sees_it=True) for one in dict.fromkeys((command, tabled)))
        made.append(
            ChangeRow(
                place=place,
                change=change,
                number=change.number if change.change is Change.ADDED else numbers[change.clause],
                beside=numbers[change.clause],
                before=before,
                after=after,
                stretches=stretches,
                refused=context.would(command),
                filed=tuple(handle for handle in filed if handle),
            )
        )
    return made


def _may_table(context: PageContext, version: KnownVersion) -> bool:
    """Say whether the pen is open to this seat, in any clause: else it need not be asked of each."""
    opening = context.known.texts[version.text].opening
    if opening is None or context.seat not in opening.seats:
        return False
    clauses = version.clauses if opening.whole else opening.clauses
    words = Words(text="…")
    asked = (ProposeVariant(version=version.handle, clause=clause, words=words) for clause in clauses[:1])
    return any(context.would(command) is None for command in asked)


CHANGES = Page(
    path="changes/{}",
    template="changes.html",
    title="Changes in a file",
    parts=("bring", "found"),
    data=_changes,
    under="texts",
)
