"""Write a scenario of another program as a talks file: its numbers become assessments, marked as converted."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from goodoffices.formats.input.diagnostics import Grade, Place
from goodoffices.formats.scenarios.log import Log, ScenarioReport
from goodoffices.formats.scenarios.scenario import Scenario
from goodoffices.formats.scenarios.writer import Tables, decimal, losses, put_files

_SOURCE = "converted"
_ANALYST = "analyst"
_LONGEST = 60


def write_as_talks(scenario: Scenario, path: str | Path, *, lossy: bool = False, force: bool = False) -> ScenarioReport:
    """Write ``scenario`` as a folder with a talks file.

    Every party gets a seat; what its file says of its worth and of no agreement becomes assessments in a compartment
    that only the analyst sees, with the files as their source. They are numbers of an exercise, not estimates that
    anybody made, so each is marked as invented.

    Parameters
    ----------
    lossy
        Allow losses that change a worth, such as discounts left out; the report names each.
    force
        Replace an existing folder.

    Raises
    ------
    ScenarioError
        If links between issues make the worth, a loss is not allowed, or the folder exists.
    """
    log, target = Log(), Path(path)
    tables, reservation = losses(scenario, "talks", log)
    place = Place(file="talks.yaml")
    log.note("not-said", place, "the files say neither what kind of actor a party is nor in which language its name "
             "is written; parties are written as organisations and names as English")  # fmt: skip
    text = _talks(scenario, tables, reservation, target.name, log)
    put_files({"talks.yaml": text}, target, "talks", log, lossy=lossy, force=force)
    carried = tuple(entry for entry in scenario.report.entries if entry.grade is not Grade.NOTE)
    return replace(log.report(), entries=(*log.entries, *carried))


def slugs(names: tuple[str, ...], word: str, taken: tuple[str, ...] = ()) -> list[str]:
    """Return a slug for every name, all different; what has no Latin letters or digits is numbered.

    Examples
    --------
    >>> slugs(("Side A", "side-a", "é no", "Ж"), "party")
    ['side-a', 'side-a-2', 'e-no', 'party-4']
    """
    found = list(taken)
    for number, name in enumerate(names, start=1):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or f"{word}-{number}"
        slug, again = base, 1
        while slug in found:
            again += 1
            slug = f"{base}-{again}"
        found.append(slug)
    return found[len(taken) :]


def _quoted(text: str) -> str:
    """Return a text in double quotes, which YAML and JSON read alike."""
    return json.dumps(text, ensure_ascii=False)


def _key(slug: str) -> str:
    """Return a slug as it stands in the file: in quotes where another YAML reader would not read it as text."""
    is_plain = re.fullmatch(r"[a-z]+(-[a-z0-9]+)+|[a-z]{4,}", slug) and slug not in ("null", "true", "false")
    return slug if is_plain else _quoted(slug)


def _talks(scenario: Scenario, tables: Tables, reservation: list[Fraction], name: str, log: Log) -> str:
    bargain = scenario.bargain
    parties = slugs(bargain.parties, "party", (_ANALYST, "analysts"))
    files = ", ".join(file for file, _ in scenario.origin.files)
    title = f"Converted from {scenario.origin.dialect}: {name}"
    lines = [
        f"# Converted from the {scenario.origin.dialect} files {files}. SHA-256 of each: under summary.",
        "version: 1",
        "talks:",
        f"  slug: {_key(slugs((name,), 'talks')[0])}",
        f"  title: {_quoted(title)}",
        "  summary:",
        *(f"    - {_quoted(f'{file}: SHA-256 {digest}')}" for file, digest in scenario.origin.files),
        *(f"    - {_quoted(f'Assumed when it was read: {one}')}" for one in bargain.assumptions),
        "  invented:",
        "    - Everything; it comes from a scenario for automated negotiators.",
        "languages: [en]",
        "actors:",
        *(
            f"  {_key(slug)}: {{kind: organisation, names: {{en: {_quoted(party)}}}}}"
            for slug, party in zip(parties, bargain.parties, strict=True)
        ),
        "  analysts: {kind: organisation, names: {en: Analysts}}",
        "seats:",
        *(f"  {_key(slug)}: {{actor: {_key(slug)}, roles: [party]}}" for slug in parties),
        f"  {_ANALYST}: {{actor: analysts, roles: [analyst]}}",
        "compartments:",
        f"  analysis: {{seats: [{_ANALYST}], owner: {_ANALYST}}}",
        "sources:",
        f"  {_SOURCE}: {{publisher: {_quoted(scenario.origin.dialect)}, title: {_quoted(files[:900])}}}",
        *_agenda_and_assessments(scenario, tables, reservation, parties, log),
    ]
    return "\n".join(lines) + "\n"


def _agenda_and_assessments(
    scenario: Scenario, tables: Tables, reservation: list[Fraction], parties: list[str], log: Log
) -> list[str]:
    bargain = scenario.bargain
    issues = slugs(tuple(issue.name for issue in bargain.issues), "issue")
    agenda, assessed, least = ["agenda:", "  - basket: Converted", "    issues:"], ["assessments:"], list(reservation)
    for number, (slug, issue) in enumerate(zip(issues, bargain.issues, strict=True)):
        if len(issue.options) == 1:
            log.note("shifted", Place(file="talks.yaml"), f"{issue.name!r} has one option, so nothing to settle: left "
                     "out, and what it is worth taken off the worth of no agreement, so that gains stay")  # fmt: skip
            least = [value - table[number][0] for value, table in zip(least, tables, strict=True)]
            continue
        options = slugs(issue.options, "option")
        agenda += [f"      {_key(slug)}:", f"        question: {{en: {_quoted(issue.name)}}}", "        invented: yes",
                   "        options:"]  # fmt: skip
        agenda += [f"          {_key(o)}: {{en: {_quoted(t)}}}" for o, t in zip(options, issue.options, strict=True)]
        for party, name in enumerate(bargain.parties):
            worth = ", ".join(
                f"{_key(option)}: {decimal(value, log, name)}"
                for option, value in zip(options, tables[party][number], strict=True)
            )
            red = [_key(options[option]) for at, option in sorted(bargain.red_lines[party]) if at == number]
            lines = f", red_lines: [{', '.join(red)}]" if red else ""
            assessed.append(
                f"  - {{party: {_key(parties[party])}, issue: {_key(slug)}, worth: {{{worth}}}{lines}, {_MARKED}}}"
            )
    for party, name in enumerate(bargain.parties):
        value = decimal(least[party], log, name)
        assessed.append(f"  - {{party: {_key(parties[party])}, reservation_value: {value}, {_MARKED}}}")
    return agenda + assessed


_MARKED = f"compartment: analysis, sources: [{_SOURCE}], invented: yes"
