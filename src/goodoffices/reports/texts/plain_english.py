"""Texts in plain English, for the terminal and the brief: lists, words with brackets, what differs, stances."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.provenance import claim_mark, claim_of
from goodoffices.reports.seat_names import seat_name
from goodoffices.reports.texts.finding_sentences import copy_title, dated, headline, plain, title_in_english
from goodoffices.talks.documents.agreement import Basis, StatedStance
from goodoffices.talks.documents.diff import Change, ClauseChange, Stretch, changed_words, compare, flat
from goodoffices.talks.documents.document import Paper, aligned, check_code
from goodoffices.talks.documents.literal_brackets import literal_brackets
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family, families, finding_of
from goodoffices.talks.texts.rendered_version import title_of

_LINES = re.compile(r"\s*\n\s*")


def text_rows(view: View) -> list[dict[str, Any]]:
    """Return one row for each text: its name, title, title line, finding, and versions with their check codes."""
    rows = []
    for family in families(view):
        held = [v for v in view.known.versions.values() if _family_of(view, v) == family.slug]
        rows.append(
            {
                "text": family.slug,
                "title": title_of(view, held[-1]) if held and family.title == family.slug else family.title,
                "line": title_in_english(view, family),
                "finding": plain(view, headline(family, finding_of(family), dated(view, family)))
                if family.required
                else "",
                "versions": [_version_line(version) for version in held]
                + [
                    f"{copy.name}  {copy.code or 'a summary of ours, not its words'}"
                    for copy in family.copies
                    if copy.papers and copy.name not in view.known.versions
                ],
            }
        )
    return rows


def _family_of(view: View, version: KnownVersion) -> str:
    return view.known.texts[version.text].frame.family or version.text


def _version_line(version: KnownVersion) -> str:
    state = WORDS["version"][version.state]
    still_open = f", in brackets: clause {', '.join(version.open_numbers)}" if version.open else ""
    return f"{version.handle}  {check_code(version.hash)}  {state}{still_open}"


def version_facts(view: View, name: str) -> dict[str, Any]:
    """Return what stands with a version or a copy: the title line, the check code, how far it has come."""
    version = view.known.versions.get(name)
    for family in families(view, words=False):
        for copy in family.copies:
            if copy.name == name:
                return {
                    "line": title_in_english(view, family),
                    "code": copy.code,
                    "about_version": f"{copy_title(view, name)}  {copy.code}".rstrip()
                    if version is None
                    else _version_line(version),
                    "state": "" if version is None else version.state,
                    "languages": [lang for lang, _ in copy.hashes],
                }
    return {"line": "", "code": "", "about_version": "", "state": "", "languages": []}


def copies_named(view: View) -> Mapping[str, tuple[Paper, ...]]:
    """Return the copies of texts known from sources whose words are summarised, by name."""
    every = (copy for family in families(view, words=False) for copy in family.copies)
    return {copy.name: copy.papers for copy in every if copy.papers}


def paper_in_words(paper: Paper, width: int = 100) -> str:
    """Return a paper to be read on a terminal, with its brackets drawn."""
    parts = []
    for clause in paper.clauses:
        number = f"[{clause.number}.]" if clause.open_number else f"{clause.number}."
        state = "" if clause.state.value == "proposed" else f"  ({WORDS['clause'][clause.state.value]})"
        body = "\n".join(
            textwrap.fill(line, width, initial_indent="    ", subsequent_indent="    ")
            for line in flat(clause.pieces).split("\n")
        )
        parts.append(f"{number} {clause.heading}{state}".rstrip() + f"\n{body}")
    return "\n\n".join([*parts, *_brackets_told_apart(paper)])


def _brackets_told_apart(paper: Paper) -> list[str]:
    """Say which brackets are words of the text: drawn like those of wording that is open, they leave nothing open."""
    literal = literal_brackets(paper)
    if not literal:
        return []
    where = "; ".join(f"{f'clause {number}' if number else 'the title'} “{words}”" for number, words in literal)
    return [f"Brackets that are words of the text, and leave nothing open: {where}."]


def compared_in_words(pairs: Iterable[tuple[Paper, Paper]]) -> list[dict[str, Any]]:
    """Return for each language what differs between two copies, in sentences and as the numbers of clauses."""
    made = []
    for before, after in pairs:
        # A paper typed anew may name the same variants in another order, which says nothing. The letters that are
        # printed are those of the later copy, where a reader looks for "B".
        found = compare(aligned(before, after), after)
        differing = [change.number for change in found.differing]
        where = [*(["the title"] if found.title else []), *([f"clause {', '.join(differing)}"] if differing else [])]
        lines = [f"{after.lang}: identical words"]
        if where:
            lines = [f"{after.lang}: differs at {' and '.join(where)}"]
            lines += [f"  Title: {_stretches(found.title)}"] if found.title else []
            lines += [f"  {_change(change)}" for change in found.differing]
        elif not found.identical:
            lines = [f"{after.lang}: the words are the same; a bracket differs"]
        made.append(
            {
                "language": after.lang,
                "identical": found.identical and not found.title,
                "title": [before.title, after.title],
                "clauses": differing,
                "said": lines,
            }
        )
    return made


def _change(change: ClauseChange) -> str:
    """Return what became of a clause: that it moved, its number, the brackets of its number, its words."""
    old, new = change.before, change.after
    word = WORDS["change-of-clause"][change.change.value]
    if old is None or new is None:
        return f"{change.number}. {word}"
    is_reworded = (old.heading, old.pieces) != (new.heading, new.pieces)
    is_renumbered = old.number != new.number
    said = [WORDS["change-of-clause"]["moved"]] if change.moved or change.change is Change.MOVED else []
    said += ["another number"] if is_renumbered and not said and not is_reworded else []
    said += [f"was {old.number}"] if is_renumbered else []
    if old.open_number != new.open_number:
        said.append(f"the whole clause is {'now' if new.open_number else 'no longer'} in brackets")
    if not is_reworded:
        return f"{change.number}. {', '.join(said)}{'.' if len(said) > 1 else ''}"
    return f"{change.number}. {', '.join((*said, word))}: {_stretches(changed_words(old, new))}"


def _stretches(stretches: Iterable[Stretch]) -> str:
    """Return words with what was put in and what was taken out, in one line; there an end of a line is shown as ¶."""
    marks = {Change.ADDED: "{{+{}+}}", Change.REMOVED: "[-{}-]"}
    shown = "".join(
        marks[stretch.change].format(_LINES.sub(" ¶ ", stretch.text)) if stretch.change in marks else stretch.text
        for stretch in stretches
    )
    return " ".join(shown.split())


def stance_in_words(view: View, family: Family, said: StatedStance) -> str:
    """Return one stance in a line: who, what, on which copy, when, and on whose word."""
    codes = {copy.name: copy.code for copy in family.copies}
    parts = [f"{view.name(said.actor)}: {WORDS['stance'][said.kind.value]}"]
    if said.copy:
        parts.append(f"{copy_title(view, said.copy)} {codes.get(said.copy, '')}".rstrip())
    elif said.kind.binds and len(family.copies) > 1:
        parts.append("which copy is not said")
    if said.at:
        parts.append(view.day_of(said.at))
    word = f"said by {view.name(said.by)}" if said.word is Basis.OTHERS else said.word.value
    parts += stance_limits(view, said)
    held = claim_of(view, said.claim)
    mark = "" if held is None else f" {claim_mark(held)}"
    return ", ".join((*parts, word)) + mark + (", ended" if said.ended else "") + beside_stance(said)


def stance_limits(view: View, said: StatedStance) -> list[str]:
    """Return through whom a stance was taken, and to what it is limited: clauses, and the capacity."""
    made = [f"by proxy, through {seat_name(view, said.proxy)}"] if said.proxy else []
    made += ["entered from paper"] if said.transcribed else []
    made += [f"except clause {', '.join(said.reserved)}"] if said.reserved else []
    made += [f"only on clause {', '.join(said.parts)}"] if said.parts else []
    return [*made, f"in the capacity: {said.capacity}"] if said.capacity else made


def beside_stance(said: StatedStance) -> str:
    """Return what stands beside a stance: the actor's own words in quotation marks, or how it was said, in ours."""
    own = f": “{said.words}”" if said.words else ""
    return f"{own} (in our words: {said.said_as.rstrip('.')})" if said.said_as else own
