"""The brief's section on texts: which copies, what must stand beside each title, who stands where on whose word."""

from __future__ import annotations

from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.tables import Part, Section
from goodoffices.reports.texts.finding_sentences import StandingRow, finding_in_english, standing_rows, title_in_english
from goodoffices.talks.base.states import VersionState
from goodoffices.talks.documents.agreement import StatedStance
from goodoffices.talks.documents.document import check_code
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family, families, stanceless
from goodoffices.talks.texts.rendered_version import title_of

COLUMNS = ("actor", "own act", "own word", "said by others")


def texts_section(view: View) -> Section:
    """Return what is known of texts whose words, issuers or signatures matter; texts merely named are left out."""
    shown = [family for family in families(view) if family.about or family.said or _held(view, family)]
    return Section(
        title="Texts: which copy, and who stands where on whose word",
        parts=tuple(part for family in shown for part in _parts(view, family)),
        empty="No texts for this seat yet.",
    )


def _held(view: View, family: Family) -> list[str]:
    return [copy.name for copy in family.copies if copy.name in view.known.versions]


def _title(view: View, family: Family) -> str:
    held = _held(view, family)
    return title_of(view, view.known.versions[held[-1]]) if held and family.title == family.slug else family.title


def _parts(view: View, family: Family) -> tuple[Part, ...]:
    line = title_in_english(view, family)
    copies = Part(
        title=f"{_title(view, family)}. {line}".strip(),
        columns=("copy", "check code", "state", "in brackets"),
        rows=tuple(_copy_row(view, copy.name, copy.code) for copy in family.copies if copy.hash),
        empty="The words of the copies are not in this record.",
        note=" ".join(finding_in_english(view, family)),
    )
    codes = {copy.name: copy.code for copy in family.copies}
    stances = Part(
        title=f"Stances on {_title(view, family)}",
        columns=COLUMNS,
        rows=tuple(_stance_row(view, row, codes) for row in standing_rows(family)),
        empty="No stances yet, as far as this seat knows.",
        note=_stanceless(view, family),
    )
    return copies, stances


def _stanceless(view: View, family: Family) -> str:
    """Return of each version that stands who received it and took no stance."""
    made = []
    for version in (view.known.versions[name] for name in _held(view, family)):
        names = ", ".join(view.name(actor) for actor in stanceless(view.known, family, version))
        if names and version.state != VersionState.SUPERSEDED:
            made.append(f"{version.handle}: Received it and took no stance: {names}.")
    return " ".join(made)


def _copy_row(view: View, name: str, code: str) -> tuple[str, ...]:
    version = view.known.versions.get(name)
    if version is None:
        title = next((named.title for named in view.known.header.texts if named.slug == name), name)
        return title, code, "our summary", "–"
    return name, check_code(version.hash), WORDS["version"][version.state], ", ".join(version.open_numbers) or "–"


def _stance_row(view: View, row: StandingRow, codes: dict[str, str]) -> tuple[str, ...]:
    columns = (row.own_act, row.own_word, row.others)
    return (
        view.name(row.actor),
        *("; ".join(_stance(view, said, codes) for said in column) or "–" for column in columns),
    )


def _stance(view: View, said: StatedStance, codes: dict[str, str]) -> str:
    parts = [WORDS["stance"][said.kind.value], codes.get(said.copy or "", ""), view.day_of(said.at)]
    if said.reserved:
        parts.append(f"except clause {', '.join(said.reserved)}")
    if said.by and said.word.value == "said by others":
        parts.append(f"by {view.name(said.by)}")
    claim = f" [{said.claim}]" if said.claim else ""
    return ", ".join(part for part in parts if part) + claim
