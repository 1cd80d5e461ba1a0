"""The brief's section on texts: which copies, what must stand beside each title, who stands where on whose word."""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.reports.brief.contested_questions import reported_part
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.provenance import claim_mark, claim_of, language_name, on_whose_words
from goodoffices.reports.tables import Part, Section, and_listed, capital, listed
from goodoffices.reports.texts.finding_sentences import (
    StandingRow,
    copy_title,
    finding_in_english,
    standing_rows,
    title_in_english,
)
from goodoffices.reports.texts.plain_english import beside_stance, stance_limits
from goodoffices.talks.base.states import VersionState
from goodoffices.talks.documents.agreement import Basis, StatedStance
from goodoffices.talks.documents.document import check_code
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family, families, stanceless
from goodoffices.talks.texts.rendered_version import title_of

COLUMNS = ("actor", "own act", "own word", "said by others")
_OURS = "not in this record; a summary of ours is"


def texts_section(view: View, reported: Iterable[KnownClaim]) -> Section:
    """Return what is known of texts: those with stances or words of their own first, then those that are only named."""
    every = families(view)
    shown = [family for family in every if family.about or family.said or _held(view, family)]
    parts = (*(part for family in shown for part in _parts(view, family)), _named(view), reported_part(view, reported))
    return Section(
        name="texts",
        title="Texts: which copy, and who stands where on whose word",
        holds="copies, versions, brackets; who stands where on each",
        parts=parts,
    )


def _held(view: View, family: Family) -> list[str]:
    return [copy.name for copy in family.copies if copy.name in view.known.versions]


def text_title(view: View, family: Family) -> str:
    """Return the title of a text: that of its last version in this record, if it has no other."""
    held = _held(view, family)
    return title_of(view, view.known.versions[held[-1]]) if held and family.title == family.slug else family.title


def _parts(view: View, family: Family) -> tuple[Part, ...]:
    line = title_in_english(view, family)
    several = len(family.copies) > 1
    copies = Part(
        title=f"{text_title(view, family).rstrip('.')}. {line}".strip(),
        columns=("copy", "check code", "words", "in brackets"),
        rows=tuple(_copy_row(view, copy.name, is_summary=copy.is_summary) for copy in family.copies if copy.hash),
        empty="The words of the copies are not in this record.",
        note=" ".join(finding_in_english(view, family)),
    )
    stances = Part(
        title=f"Stances on {text_title(view, family)}",
        columns=COLUMNS,
        rows=tuple(_stance_row(view, row, several=several) for row in standing_rows(family)),
        note=_stanceless(view, family),
    )
    return copies, stances, _divergences(view, family)


def _divergences(view: View, family: Family) -> Part:
    """Return where the languages of a text are said to differ in sense, what differs, and on whose word."""
    names = {family.slug, *(copy.name for copy in family.copies)}
    rows = tuple(
        (said.clause, and_listed([language_name(one) for one in said.languages]), said.words,
         on_whose_words(view, said.claims))
        for text in view.known.header.texts
        if text.slug in names
        for said in text.divergences
    )  # fmt: skip
    return Part(
        title=f"Where the languages of {text_title(view, family)} differ",
        columns=("clause", "languages", "what differs", "on whose word"),
        rows=rows,
    )


def _named(view: View) -> Part:
    """Return every text that is known from sources, with its date, who issued it and on whose word."""
    rows = tuple(
        (
            _title(text),
            str(text.dated or "not said"),
            listed(capital(view.name(actor)) for actor in text.issued_by) if text.issued_by else "not said",
            on_whose_words(view, text.claims),
        )
        for text in view.known.header.texts
    )
    return Part(title="Every text that is named", columns=("text", "dated", "issued by", "on whose word"), rows=rows)


def _title(text: NamedText) -> str:
    """Return the title of a text with its kind, and the languages in which it is known."""
    kind = "" if text.kind is None else WORDS["text"].get(text.kind.value, text.kind.value)
    known = f"in {and_listed([language_name(one) for one in text.languages])}" if text.languages else ""
    valid = f"of which {and_listed([language_name(one) for one in text.authentic])} count" if text.authentic else ""
    said = ", ".join(filter(None, (kind, known, valid)))
    return f"{text.title} ({said})" if said else text.title


def _stanceless(view: View, family: Family) -> str:
    """Return of each version that stands who received it and took no stance."""
    made = []
    for version in (view.known.versions[name] for name in _held(view, family)):
        names = ", ".join(view.name(actor) for actor in stanceless(view.known, family, version))
        if names and version.state != VersionState.SUPERSEDED:
            made.append(f"{version.handle}: Received it and took no stance: {names}.")
    return " ".join(made)


def _copy_row(view: View, name: str, *, is_summary: bool) -> tuple[str, ...]:
    version = view.known.versions.get(name)
    if version is None:
        return copy_title(view, name), "none: it is not the document" if is_summary else "–", _OURS, "–"
    return name, check_code(version.hash), WORDS["version"][version.state], ", ".join(version.open_numbers) or "–"


def _stance_row(view: View, row: StandingRow, *, several: bool) -> tuple[str, ...]:
    columns = (row.own_act, row.own_word, row.others)
    return (
        capital(view.name(row.actor)),
        *(listed(_stance(view, said, several=several) for said in column) for column in columns),
    )


def _on_which(view: View, said: StatedStance) -> str:
    """Return on which copy a stance is; who did not sign, or refused, needs no copy for it."""
    if said.copy:
        return f"on “{copy_title(view, said.copy)}”"
    return "which copy is not said" if said.kind.binds else ""


def _stance(view: View, said: StatedStance, *, several: bool) -> str:
    """Return a stance: what was done, on which copy where there are several, when, and on whose word."""
    copy = _on_which(view, said) if several else ""
    parts = [WORDS["stance"][said.kind.value], copy, view.day_of(said.at)]
    parts += stance_limits(view, said)
    held = claim_of(view, said.claim)
    if said.by and said.word is Basis.OTHERS:
        parts.append(f"says {view.name(said.by)}")
    mark = f" {claim_mark(held)}" if held is not None else ""
    return ", ".join(part for part in parts if part) + mark + (", ended" if said.ended else "") + beside_stance(said)
