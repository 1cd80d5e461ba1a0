"""Check assessments and scales of a talks file: options that exist, points on their scale, rankings, red lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from goodoffices.formats.input.diagnostics import Entry, Grade
from goodoffices.formats.input.located_tree import Mapping, Scalar, Sequence
from goodoffices.formats.talks_file.field_types import MOST_NUMBER
from goodoffices.formats.talks_file.file_sections import (
    entries_under,
    option_of,
    options_by_issue,
    refusal_at,
    scalar_at,
    scalars_in,
)
from goodoffices.text_tables import figure


def options_assessed(root: Mapping) -> Iterator[Entry]:
    """Yield options that the issue does not have, or that a ranking names twice or leaves out."""
    issues = options_by_issue(root)
    for entry in entries_under(root, "assessments"):
        issue = scalar_at(entry, "issue")
        if issue is None or issue.text not in issues:
            continue
        worth = entry.entries["worth"][1] if "worth" in entry.entries else None
        named = [key for key, _ in worth.entries.values()] if isinstance(worth, Mapping) else []
        ranked = list(scalars_in(worth)) if isinstance(worth, Sequence) else []
        lines = list(scalars_in(entry.entries["red_lines"][1])) if "red_lines" in entry.entries else []
        yield from _unknown_options([*named, *ranked, *lines], issue, issues)
        if ranked:
            yield from _ranking_problems(ranked, issue.text, issues[issue.text])


def options_placed(root: Mapping) -> Iterator[Entry]:
    """Yield options placed on a scale, or stood at, that the issue does not have, and those that a scale leaves out."""
    issues = options_by_issue(root)
    for section in ("scales", "assessments"):
        for entry in entries_under(root, section):
            issue = scalar_at(entry, "issue")
            if issue is None or issue.text not in issues:
                continue
            places = entry.entries["places"][1] if "places" in entry.entries else None
            named = [key for key, _ in places.entries.values()] if isinstance(places, Mapping) else []
            yield from _unknown_options([*named, *filter(None, [scalar_at(entry, "stands_at")])], issue, issues)
            missing = [option for option in issues[issue.text] if option not in {one.text for one in named}]
            if named and missing:
                words = (f"the scale leaves out {missing[0]!r} of issue {issue.text!r}.",
                         "A scale has a place for every option.", "Give it a place.")  # fmt: skip
                yield refusal_at("too-few", named[0], words, found=missing[0])


def points_off_the_scale(root: Mapping) -> Iterator[Entry]:
    """Yield points beyond the ends of every scale of their issue; an issue without one runs from 0 to 100."""
    ends: dict[str, tuple[Fraction, Fraction]] = {}
    for entry in entries_under(root, "scales"):
        issue, stated = scalar_at(entry, "issue"), [_number(scalar_at(entry, end)) for end in ("low", "high")]
        places = entry.entries["places"][1] if "places" in entry.entries else None
        inner = [_number(place) for place in scalars_in(places)] if places is not None else []
        numbers = [
            number for number in (*inner, *stated, *ends.get(issue.text if issue else "", ())) if number is not None
        ]
        if issue is not None and numbers:
            ends[issue.text] = (min(numbers), max(numbers))
    for entry in entries_under(root, "assessments"):
        issue, point = scalar_at(entry, "issue"), entry.entries.get("point")
        if issue is None or point is None:
            continue
        low, high = ends.get(issue.text, (Fraction(0), Fraction(100)))
        for scalar in scalars_in(point[1]):
            number = _number(scalar)
            if number is not None and not low <= number <= high:
                words = (f"the point {scalar.text[:40]} lies off the scale of issue {issue.text!r}.",
                         f"It runs from {figure(low)} to {figure(high)}.", "Correct it.")  # fmt: skip
                yield refusal_at("not-a-number", scalar, words, found=scalar.text)


def _number(scalar: Scalar | None) -> Fraction | None:
    """Return a number as written, or ``None`` if it is none; that is then reported elsewhere."""
    try:
        return None if scalar is None or len(scalar.text) > MOST_NUMBER else Fraction(scalar.text)
    except (ValueError, ZeroDivisionError):
        return None


def _unknown_options(named: list[Scalar], issue: Scalar, issues: dict[str, list[str]]) -> Iterator[Entry]:
    for scalar in named:
        if scalar.text not in issues[issue.text] and not scalar.is_broken:
            what = option_of(issue.text)
            words = (f"unknown {what.replace('option', f'option {scalar.text[:60]!r}', 1)}.", "", "")
            yield replace(refusal_at("unknown-reference", scalar, words, found=scalar.text), taken=what)


def _ranking_problems(ranked: list[Scalar], issue: str, options: list[str]) -> Iterator[Entry]:
    seen: set[str] = set()
    for scalar in ranked:
        if scalar.text in seen:
            words = (f"option {scalar.text!r} is ranked twice.", "Each option has one rank.", "Delete one.")
            yield refusal_at("named-twice", scalar, words, found=scalar.text)
        seen.add(scalar.text)
    missing = [option for option in options if option not in seen]
    if missing and seen <= set(options):
        words = (f"the ranking leaves out {missing[0]!r} of issue {issue!r}.", "A ranking names every option.",
                 "Add it. Write options of equal rank as a list in the list.")  # fmt: skip
        yield refusal_at("too-few", ranked[0], words, found=missing[0])


def red_lines_everywhere(root: Mapping) -> Iterator[Entry]:
    """Yield issues of which every option is a red line, so that no agreement is possible."""
    issues = options_by_issue(root)
    for entry in entries_under(root, "assessments"):
        issue, listed = scalar_at(entry, "issue"), entry.entries.get("red_lines")
        options = set(issues.get(issue.text, ())) if issue is not None else set()
        if listed is not None and options and {scalar.text for scalar in scalars_in(listed[1])} == options:
            words = (
                "every option of this issue is a red line.",
                "So no agreement is possible.",
                "Check that this is meant.",
            )
            yield replace(refusal_at("nothing-possible", listed[0], words), grade=Grade.NOTE)
