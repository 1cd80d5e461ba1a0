"""Check a talks file across its entries: names used twice, circles, pairs with oneself; and give notes.

It reads the located tree and not the checked classes, so that mistakes of shape and of meaning are reported together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from goodoffices.errors import quoted
from goodoffices.formats.input.diagnostics import Entry, Grade
from goodoffices.formats.input.located_tree import Mapping, Node, Scalar, Sequence, place_of
from goodoffices.formats.talks_file.field_types import MOST_NUMBER, DeclaredSlugs
from goodoffices.names import look_alikes
from goodoffices.text_tables import figure

# What a section's keys name. A claim may be about a subject, so those share one space of names.
_DECLARES = {
    "actors": "actor",
    "areas": "area",
    "ceasefire": "copy of the terms",
    "claims": "claim",
    "questions": "question",
    "rounds": "round",
    "seats": "seat",
    "sessions": "session",
    "sources": "source",
    "texts": "text",
}
_SUBJECTS = ("actors", "rounds", "sessions", "texts", "ceasefire", "areas")


def declared(root: Mapping) -> DeclaredSlugs:
    """Return every slug that the file declares, whether or not what stands under it is right."""
    slugs: dict[str, dict[str, str]] = {what: {} for what in _DECLARES.values()}
    for section, what in _DECLARES.items():
        slugs[what] = dict.fromkeys(_section(root, section), section)
    slugs["subject"] = {slug: section for section in _SUBJECTS for slug in _section(root, section)}
    slugs["issue"] = {}
    for issue, options in _issues(root).items():
        slugs["issue"][issue] = "agenda"
        slugs[_option_of(issue)] = dict.fromkeys(options, issue)
    slugs["compartment"] = {**dict.fromkeys(_section(root, "compartments"), ""), **slugs["seat"]}
    return DeclaredSlugs(slugs=slugs)


def actor_names(root: Mapping) -> dict[str, str]:
    """Return every spelling of every actor's name, with the actor's slug."""
    spellings: dict[str, str] = {}
    for slug, (_, actor) in _section(root, "actors").items():
        names = actor.entries.get("names") if isinstance(actor, Mapping) else None
        for scalar in _scalars(names[1]) if names is not None else ():
            spellings.setdefault(scalar.text, slug)
    return spellings


def meaning_problems(root: Mapping) -> list[Entry]:
    """Return what is wrong between entries."""
    return [entry for check in _CHECKS for entry in check(root)]


def notes(root: Mapping) -> list[Entry]:
    """Return what is not wrong but worth a look."""
    return [*_roles_without_claim(root), *_unused_sources(root), *_red_lines_everywhere(root), *_look_alikes(root)]


def _section(root: Mapping, name: str) -> dict[str, tuple[Scalar, Node]]:
    found = root.entries.get(name)
    return found[1].entries if found is not None and isinstance(found[1], Mapping) else {}


def _listed(root: Mapping, name: str) -> Iterator[Mapping]:
    found = root.entries.get(name)
    if found is not None and isinstance(found[1], Sequence):
        yield from (item for item in found[1].items if isinstance(item, Mapping))


def _issues(root: Mapping) -> dict[str, list[str]]:
    """Return the options of each issue on the agenda."""
    return {
        issue: _keys_or_items(body.entries["options"][1])
        if isinstance(body, Mapping) and "options" in body.entries
        else []
        for basket in _listed(root, "agenda")
        for issue, (_, body) in _section(basket, "issues").items()
    }


def _keys_or_items(node: Node) -> list[str]:
    return list(node.entries) if isinstance(node, Mapping) else [scalar.text for scalar in _scalars(node)]


def _option_of(issue: str) -> str:
    return f"option of issue {issue!r}"


def _value(node: Node, key: str) -> Scalar | None:
    found = node.entries.get(key) if isinstance(node, Mapping) else None
    return found[1] if found is not None and isinstance(found[1], Scalar) else None


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    else:
        for _, value in node.entries.values():
            yield from _scalars(value)


def _refused(kind: str, at: Node, words: tuple[str, str, str], *, found: str = "") -> Entry:
    why, right, remedy = words
    return Entry(grade=Grade.REFUSAL, kind=kind, place=place_of(at), why=why, right=right, remedy=remedy, found=found)


def _slugs_in_two_sections(root: Mapping) -> Iterator[Entry]:
    seen: dict[str, tuple[str, Scalar]] = {}
    for section in _SUBJECTS:
        for slug, (key, _) in _section(root, section).items():
            if slug in seen:
                first, where = seen[slug]
                words = (
                    f"{slug!r} is used under '{section}' and, in line {where.line}, under '{first}'.",
                    "Each name may be used once in these sections, so that a claim is about one thing.",
                    "Rename one of them.",
                )
                yield _refused("slug-twice", key, words, found=slug)
            seen.setdefault(slug, (section, key))


def _compartments_named_like_seats(root: Mapping) -> Iterator[Entry]:
    seats = _section(root, "seats")
    for slug, (key, _) in _section(root, "compartments").items():
        if slug in seats:
            words = (f"compartment {slug!r} has the name of a seat.", "Every seat has one of its own name already.",
                     "Rename it, or delete it.")  # fmt: skip
            yield _refused("slug-twice", key, words, found=slug)


def _circles(root: Mapping) -> Iterator[Entry]:
    for section, field in (("actors", "part_of"), ("areas", "part_of"), ("seats", "kept_by")):
        above = {
            slug: parent.text
            for slug, (_, node) in _section(root, section).items()
            if (parent := _value(node, field)) is not None
        }
        for slug in _on_circles(above):
            parent = _value(_section(root, section)[slug][1], field)
            words = (f"{slug!r} leads back to itself through '{field}'.", "That is a circle.",
                     f"Delete one '{field}' of the circle.")  # fmt: skip
            if parent is not None:
                yield _refused("circle", parent, words, found=parent.text)


def _on_circles(above: dict[str, str]) -> Iterator[str]:
    """Yield the first member of each circle, in the order of the file."""
    done: set[str] = set()
    for slug in above:
        path: list[str] = []
        on_path: set[str] = set()
        at = slug
        while at in above and at not in done and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = above[at]
        if at in on_path:
            yield at
        done.update(path)


def _pairs_with_oneself(root: Mapping) -> Iterator[Entry]:
    pairs = [*_listed(root, "pair_formats"), *_listed(root, "homonyms")]
    for _, session in _section(root, "sessions").values():
        if isinstance(session, Mapping):
            pairs.extend(_listed(session, "pairs"))
    for pair in pairs:
        first, second = _value(pair, "first"), _value(pair, "second")
        if first is not None and second is not None and first.text == second.text and not first.is_broken:
            words = (
                f"{second.text!r} is paired with itself.",
                "A pair has two different members.",
                "Correct one of them.",
            )
            yield _refused("named-twice", second, words, found=second.text)


def _shuttle_pairs_in_one_session(root: Mapping) -> Iterator[Entry]:
    """Yield pairs in shuttle format that one session holds: the formats bind, and this is the strictest."""
    for slug, (_, session) in _section(root, "sessions").items():
        listed = session.entries.get("participants") if isinstance(session, Mapping) else None
        present = {scalar.text for scalar in _scalars(listed[1])} if listed is not None else set()
        for form, pair in _shuttle_pairs(session):
            if len(pair) == 2 and pair <= present:
                first, second = sorted(pair)
                words = (
                    f"session {slug!r} has both {first!r} and {second!r}, who meet in shuttle format.",
                    "In shuttle format the two are never in one session.",
                    "Make two sessions, or choose proximity.",
                )
                yield _refused("format-forbids", form, words, found="shuttle")


def _shuttle_pairs(session: Node) -> Iterator[tuple[Scalar, set[str]]]:
    for pair in _listed(session, "pairs") if isinstance(session, Mapping) else ():
        form = _value(pair, "format")
        if form is not None and form.text == "shuttle":
            yield form, {scalar.text for key in ("first", "second") if (scalar := _value(pair, key)) is not None}


def _issues_in_two_baskets(root: Mapping) -> Iterator[Entry]:
    seen: dict[str, Scalar] = {}
    for basket in _listed(root, "agenda"):
        for issue, (key, _) in _section(basket, "issues").items():
            if issue in seen:
                words = (f"issue {issue!r} is in two baskets, first in line {seen[issue].line}.",
                         "An issue is on the agenda once.", "Rename one, or delete it.")  # fmt: skip
                yield _refused("slug-twice", key, words, found=issue)
            seen.setdefault(issue, key)


def _options_assessed(root: Mapping) -> Iterator[Entry]:
    """Yield options that the issue does not have, or that a ranking names twice or leaves out."""
    issues = _issues(root)
    for entry in _listed(root, "assessments"):
        issue = _value(entry, "issue")
        if issue is None or issue.text not in issues:
            continue
        worth = entry.entries["worth"][1] if "worth" in entry.entries else None
        named = [key for key, _ in worth.entries.values()] if isinstance(worth, Mapping) else []
        ranked = list(_scalars(worth)) if isinstance(worth, Sequence) else []
        lines = list(_scalars(entry.entries["red_lines"][1])) if "red_lines" in entry.entries else []
        yield from _unknown_options([*named, *ranked, *lines], issue, issues)
        if ranked:
            yield from _ranking_problems(ranked, issue.text, issues[issue.text])


def _options_placed(root: Mapping) -> Iterator[Entry]:
    """Yield options placed on a scale, or stood at, that the issue does not have, and those that a scale leaves out."""
    issues = _issues(root)
    for section in ("scales", "assessments"):
        for entry in _listed(root, section):
            issue = _value(entry, "issue")
            if issue is None or issue.text not in issues:
                continue
            places = entry.entries["places"][1] if "places" in entry.entries else None
            named = [key for key, _ in places.entries.values()] if isinstance(places, Mapping) else []
            yield from _unknown_options([*named, *filter(None, [_value(entry, "stands_at")])], issue, issues)
            missing = [option for option in issues[issue.text] if option not in {one.text for one in named}]
            if named and missing:
                words = (f"the scale leaves out {missing[0]!r} of issue {issue.text!r}.",
                         "A scale has a place for every option.", "Give it a place.")  # fmt: skip
                yield _refused("too-few", named[0], words, found=missing[0])


def _points_off_the_scale(root: Mapping) -> Iterator[Entry]:
    """Yield points beyond the ends of every scale of their issue; an issue without one runs from 0 to 100."""
    ends: dict[str, tuple[Fraction, Fraction]] = {}
    for entry in _listed(root, "scales"):
        issue, stated = _value(entry, "issue"), [_number(_value(entry, end)) for end in ("low", "high")]
        places = entry.entries["places"][1] if "places" in entry.entries else None
        inner = [_number(place) for place in _scalars(places)] if places is not None else []
        numbers = [
            number for number in (*inner, *stated, *ends.get(issue.text if issue else "", ())) if number is not None
        ]
        if issue is not None and numbers:
            ends[issue.text] = (min(numbers), max(numbers))
    for entry in _listed(root, "assessments"):
        issue, point = _value(entry, "issue"), entry.entries.get("point")
        if issue is None or point is None:
            continue
        low, high = ends.get(issue.text, (Fraction(0), Fraction(100)))
        for scalar in _scalars(point[1]):
            number = _number(scalar)
            if number is not None and not low <= number <= high:
                words = (f"the point {scalar.text[:40]} lies off the scale of issue {issue.text!r}.",
                         f"It runs from {figure(low)} to {figure(high)}.", "Correct it.")  # fmt: skip
                yield _refused("not-a-number", scalar, words, found=scalar.text)


def _number(scalar: Scalar | None) -> Fraction | None:
    """Return a number as written, or ``None`` if it is none; that is then reported elsewhere."""
    try:
        return None if scalar is None or len(scalar.text) > MOST_NUMBER else Fraction(scalar.text)
    except (ValueError, ZeroDivisionError):
        return None


def _unknown_options(named: list[Scalar], issue: Scalar, issues: dict[str, list[str]]) -> Iterator[Entry]:
    for scalar in named:
        if scalar.text not in issues[issue.text] and not scalar.is_broken:
            what = _option_of(issue.text)
            words = (f"unknown {what.replace('option', f'option {scalar.text[:60]!r}', 1)}.", "", "")
            yield replace(_refused("unknown-reference", scalar, words, found=scalar.text), taken=what)


def _ranking_problems(ranked: list[Scalar], issue: str, options: list[str]) -> Iterator[Entry]:
    seen: set[str] = set()
    for scalar in ranked:
        if scalar.text in seen:
            words = (f"option {scalar.text!r} is ranked twice.", "Each option has one rank.", "Delete one.")
            yield _refused("named-twice", scalar, words, found=scalar.text)
        seen.add(scalar.text)
    missing = [option for option in options if option not in seen]
    if missing and seen <= set(options):
        words = (f"the ranking leaves out {missing[0]!r} of issue {issue!r}.", "A ranking names every option.",
                 "Add it. Write options of equal rank as a list in the list.")  # fmt: skip
        yield _refused("too-few", ranked[0], words, found=missing[0])


_CHECKS: tuple[Callable[[Mapping], Iterator[Entry]], ...] = (
    _slugs_in_two_sections,
    _compartments_named_like_seats,
    _circles,
    _pairs_with_oneself,
    _shuttle_pairs_in_one_session,
    _issues_in_two_baskets,
    _options_assessed,
    _options_placed,
    _points_off_the_scale,
)


def _roles_without_claim(root: Mapping) -> Iterator[Entry]:
    listed = [item for section in ("roles", "recognition") for item in _listed(root, section)]
    bare = [item for item in listed if "claim" not in item.entries]
    if bare:
        words = (
            f"{len(bare)} entries under 'roles' or 'recognition' name no claim; this is the first.",
            "Who has which role is a claim with a source.",
            "Name it under 'claim'.",
        )
        yield replace(_refused("role-without-claim", bare[0], words), grade=Grade.NOTE)


def _unused_sources(root: Mapping) -> Iterator[Entry]:
    used = {source.text for _, claim in _section(root, "claims").values() if (source := _value(claim, "source"))}
    for entry in _listed(root, "assessments"):
        used |= (
            {scalar.text for scalar in _scalars(entry.entries["sources"][1])} if "sources" in entry.entries else set()
        )
    idle = [key for slug, (key, _) in _section(root, "sources").items() if slug not in used]
    if idle:
        words = (f"{len(idle)} sources are not used by any claim; this is the first.", "", "")
        yield replace(_refused("unused-source", idle[0], words, found=idle[0].text), grade=Grade.NOTE)


def _look_alikes(root: Mapping) -> Iterator[Entry]:
    """Yield names of two actors that look alike and are written in different scripts; they stay two names."""
    places: dict[str, Scalar] = {}
    slug_of: dict[str, str] = {}
    for slug, (_, actor) in _section(root, "actors").items():
        names = actor.entries.get("names") if isinstance(actor, Mapping) else None
        for scalar in _scalars(names[1]) if names is not None else ():
            places.setdefault(scalar.text, scalar)
            slug_of.setdefault(scalar.text, slug)
    for one, other in look_alikes(places):
        if slug_of[one] != slug_of[other]:
            words = (f"{quoted(other)} looks like {quoted(one)}, the name of another actor.",
                     "They are different letters, so they are two names.", "Check that this is meant.")  # fmt: skip
            yield replace(_refused("look-alike", places[other], words, found=other), grade=Grade.NOTE)


def _red_lines_everywhere(root: Mapping) -> Iterator[Entry]:
    issues = _issues(root)
    for entry in _listed(root, "assessments"):
        issue, listed = _value(entry, "issue"), entry.entries.get("red_lines")
        options = set(issues.get(issue.text, ())) if issue is not None else set()
        if listed is not None and options and {scalar.text for scalar in _scalars(listed[1])} == options:
            words = (
                "every option of this issue is a red line.",
                "So no agreement is possible.",
                "Check that this is meant.",
            )
            yield replace(_refused("nothing-possible", listed[0], words), grade=Grade.NOTE)
