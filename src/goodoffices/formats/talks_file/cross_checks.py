"""Check a talks file across its entries: names used twice, circles, pairs with oneself; and give notes.

It reads the located tree and not the checked classes, so that mistakes of shape and of meaning are reported together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from goodoffices.errors import quoted
from goodoffices.formats.input.diagnostics import Entry, Grade
from goodoffices.formats.input.located_tree import Mapping, Node, Scalar
from goodoffices.formats.talks_file.assessment_checks import (
    options_assessed,
    options_placed,
    points_off_the_scale,
    red_lines_everywhere,
)
from goodoffices.formats.talks_file.field_types import DeclaredSlugs
from goodoffices.formats.talks_file.file_sections import (
    entries_under,
    option_of,
    options_by_issue,
    refusal_at,
    scalar_at,
    scalars_in,
    section_of,
)
from goodoffices.names import easily_confused

# What a section's keys name. A claim may be about a subject, so those share one space of names.
_DECLARES = {
    "actors": "actor",
    "areas": "area",
    "ledgers": "ledger",
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
        slugs[what] = dict.fromkeys(section_of(root, section), section)
    exercise = _exercise_of(root)
    slugs["actor"] |= dict.fromkeys(section_of(exercise, "added_actors"), "exercise")
    slugs["seat"] |= dict.fromkeys(section_of(exercise, "added_seats"), "exercise")
    slugs["inject"] = dict.fromkeys(section_of(exercise, "injects"), "exercise")
    slugs["subject"] = {slug: section for section in _SUBJECTS for slug in section_of(root, section)}
    slugs["issue"] = {}
    for issue, options in options_by_issue(root).items():
        slugs["issue"][issue] = "agenda"
        slugs[option_of(issue)] = dict.fromkeys(options, issue)
    slugs["compartment"] = {**dict.fromkeys(section_of(root, "compartments"), ""), **slugs["seat"]}
    return DeclaredSlugs(slugs=slugs)


def _exercise_of(root: Mapping) -> Mapping:
    """Return the part of the file that plans an exercise; without one an empty part."""
    found = root.entries.get("exercise")
    return found[1] if found is not None and isinstance(found[1], Mapping) else replace(root, entries={})


def actor_names(root: Mapping) -> dict[str, str]:
    """Return every spelling of every actor's name, with the actor's slug."""
    spellings: dict[str, str] = {}
    for slug, (_, actor) in section_of(root, "actors").items():
        names = actor.entries.get("names") if isinstance(actor, Mapping) else None
        for scalar in scalars_in(names[1]) if names is not None else ():
            spellings.setdefault(scalar.text, slug)
    return spellings


def meaning_problems(root: Mapping) -> list[Entry]:
    """Return what is wrong between entries."""
    return [entry for check in _CHECKS for entry in check(root)]


def notes(root: Mapping) -> list[Entry]:
    """Return what is not wrong but worth a look."""
    checks = (_roles_without_claim, _unused_sources, _later_than_source, red_lines_everywhere, _look_alikes)
    return [entry for check in checks for entry in check(root)]


def _slugs_in_two_sections(root: Mapping) -> Iterator[Entry]:
    seen: dict[str, tuple[str, Scalar]] = {}
    for section in _SUBJECTS:
        for slug, (key, _) in section_of(root, section).items():
            if slug in seen:
                first, where = seen[slug]
                words = (
                    f"{slug!r} is used under '{section}' and, in line {where.line}, under '{first}'.",
                    "Each name may be used once in these sections, so that a claim is about one thing.",
                    "Rename one of them.",
                )
                yield refusal_at("slug-twice", key, words, found=slug)
            seen.setdefault(slug, (section, key))


def _compartments_named_like_seats(root: Mapping) -> Iterator[Entry]:
    seats = section_of(root, "seats")
    for slug, (key, _) in section_of(root, "compartments").items():
        if slug in seats:
            words = (f"compartment {slug!r} has the name of a seat.", "Every seat has one of its own name already.",
                     "Rename it, or delete it.")  # fmt: skip
            yield refusal_at("slug-twice", key, words, found=slug)


def _circles(root: Mapping) -> Iterator[Entry]:
    for section, field in (("actors", "part_of"), ("areas", "part_of"), ("seats", "kept_by")):
        above = {
            slug: parent.text
            for slug, (_, node) in section_of(root, section).items()
            if (parent := scalar_at(node, field)) is not None
        }
        for slug in _on_circles(above):
            parent = scalar_at(section_of(root, section)[slug][1], field)
            words = (f"{slug!r} leads back to itself through '{field}'.", "That is a circle.",
                     f"Delete one '{field}' of the circle.")  # fmt: skip
            if parent is not None:
                yield refusal_at("circle", parent, words, found=parent.text)


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
    pairs = [*entries_under(root, "pair_formats"), *entries_under(root, "homonyms")]
    for _, session in section_of(root, "sessions").values():
        if isinstance(session, Mapping):
            pairs.extend(entries_under(session, "pairs"))
    for pair in pairs:
        first, second = scalar_at(pair, "first"), scalar_at(pair, "second")
        if first is not None and second is not None and first.text == second.text and not first.is_broken:
            words = (
                f"{second.text!r} is paired with itself.",
                "A pair has two different members.",
                "Correct one of them.",
            )
            yield refusal_at("named-twice", second, words, found=second.text)


def _shuttle_pairs_in_one_session(root: Mapping) -> Iterator[Entry]:
    """Yield pairs in shuttle format that one session holds: the formats bind, and this is the strictest."""
    for slug, (_, session) in section_of(root, "sessions").items():
        listed = session.entries.get("participants") if isinstance(session, Mapping) else None
        present = {scalar.text for scalar in scalars_in(listed[1])} if listed is not None else set()
        for form, pair in _shuttle_pairs(session):
            if len(pair) == 2 and pair <= present:
                first, second = sorted(pair)
                words = (
                    f"session {slug!r} has both {first!r} and {second!r}, who meet in shuttle format.",
                    "In shuttle format the two are never in one session.",
                    "Make two sessions, or choose proximity.",
                )
                yield refusal_at("format-forbids", form, words, found="shuttle")


def _shuttle_pairs(session: Node) -> Iterator[tuple[Scalar, set[str]]]:
    for pair in entries_under(session, "pairs") if isinstance(session, Mapping) else ():
        form = scalar_at(pair, "format")
        if form is not None and form.text == "shuttle":
            yield form, {scalar.text for key in ("first", "second") if (scalar := scalar_at(pair, key)) is not None}


def _exercise_seats(root: Mapping) -> Iterator[Entry]:
    """Yield what an exercise names and does not have: recipients of injects, and actors and seats added twice."""
    exercise = _exercise_of(root)
    seats = {*section_of(root, "seats"), *section_of(exercise, "added_seats"), "all"}
    for _, inject in section_of(exercise, "injects").values():
        to = inject.entries.get("to") if isinstance(inject, Mapping) else None
        for scalar in scalars_in(to[1]) if to is not None else ():
            if scalar.text not in seats:
                words = (f"unknown seat {scalar.text[:80]!r}.", "Name a seat, or 'all'.", "Correct it.")
                yield refusal_at("unknown-reference", scalar, words, found=scalar.text)
    for added, section in (("added_actors", "actors"), ("added_seats", "seats")):
        for slug, (key, _) in section_of(exercise, added).items():
            if slug in section_of(root, section):
                words = (f"{slug!r} is used under '{section}' and under '{added}'.", "Each name may be used once.",
                         "Rename one of them.")  # fmt: skip
                yield refusal_at("slug-twice", key, words, found=slug)


def _issues_in_two_baskets(root: Mapping) -> Iterator[Entry]:
    seen: dict[str, Scalar] = {}
    for basket in entries_under(root, "agenda"):
        for issue, (key, _) in section_of(basket, "issues").items():
            if issue in seen:
                words = (f"issue {issue!r} is in two baskets, first in line {seen[issue].line}.",
                         "An issue is on the agenda once.", "Rename one, or delete it.")  # fmt: skip
                yield refusal_at("slug-twice", key, words, found=issue)
            seen.setdefault(issue, key)


def _parts_of_totals(root: Mapping) -> Iterator[Entry]:
    """Yield days of ledgers whose parts do not add up to the total; a note where the file keeps both as stated."""
    for _, ledger in section_of(root, "ledgers").values():
        if not isinstance(ledger, Mapping):
            continue
        listed = ledger.entries.get("kept_as_stated")
        kept = {day.text for day in scalars_in(listed[1])} if listed is not None else set()
        for day in entries_under(ledger, "days"):
            found = _sum_and_total(day)
            if found is None or found[0] == found[1]:
                continue
            when, total = scalar_at(day, "day"), scalar_at(day, "total")
            assert total is not None, "a day without a total has no sum to compare"
            named = when.text if when is not None else ""
            remedy = (
                "Correct one of them, or write under 'unplaced' how many the bulletin does not place. "
                f"If the source itself prints both numbers, write 'kept_as_stated: [{named}]' in this ledger."
            )
            words = (
                f"the parts of this day add up to {found[0]}, but the stated total is {found[1]}.",
                "The two should be equal.",
                "Both are kept." if named in kept else remedy,
            )
            entry = refusal_at("parts-differ-from-total", total, words, found=total.text)
            yield replace(entry, grade=Grade.NOTE) if named in kept else entry


def _sum_and_total(day: Mapping) -> tuple[int, int] | None:
    """Return the sum of a day's parts and its total; ``None`` if it has no parts, no total, or no numbers there."""
    counts, total = day.entries.get("counts"), scalar_at(day, "total")
    parts = [*scalars_in(counts[1])] if counts is not None else []
    unplaced = scalar_at(day, "unplaced")
    written = [*parts, *([unplaced] if unplaced is not None else [])]
    if total is None or not written or not all(one.text.isascii() and one.text.isdigit() for one in (*written, total)):
        return None
    return sum(int(one.text[:18]) for one in written), int(total.text[:18])


_CHECKS: tuple[Callable[[Mapping], Iterator[Entry]], ...] = (
    _slugs_in_two_sections,
    _compartments_named_like_seats,
    _circles,
    _pairs_with_oneself,
    _shuttle_pairs_in_one_session,
    _issues_in_two_baskets,
    _exercise_seats,
    options_assessed,
    options_placed,
    points_off_the_scale,
    _parts_of_totals,
)


def _roles_without_claim(root: Mapping) -> Iterator[Entry]:
    listed = [item for section in ("roles", "recognition") for item in entries_under(root, section)]
    bare = [item for item in listed if "claim" not in item.entries]
    if bare:
        words = (
            f"{len(bare)} entries under 'roles' or 'recognition' name no claim; this is the first.",
            "Who has which role is a claim with a source.",
            "Name it under 'claim'.",
        )
        yield replace(refusal_at("role-without-claim", bare[0], words), grade=Grade.NOTE)


def _unused_sources(root: Mapping) -> Iterator[Entry]:
    used = {source.text for _, claim in section_of(root, "claims").values() if (source := scalar_at(claim, "source"))}
    for entry in entries_under(root, "assessments"):
        used |= (
            {scalar.text for scalar in scalars_in(entry.entries["sources"][1])} if "sources" in entry.entries else set()
        )
    idle = [key for slug, (key, _) in section_of(root, "sources").items() if slug not in used]
    if idle:
        words = (f"{len(idle)} sources are not used by any claim; this is the first.", "", "")
        yield replace(refusal_at("unused-source", idle[0], words, found=idle[0].text), grade=Grade.NOTE)


def _later_than_source(root: Mapping) -> Iterator[Entry]:
    """Yield claims said on a day that is later than their source; one day more can be due to time zones."""
    dated = {slug: _day(scalar_at(source, "dated")) for slug, (_, source) in section_of(root, "sources").items()}
    for slug, (_, claim) in section_of(root, "claims").items():
        at, source = scalar_at(claim, "asserted_on"), scalar_at(claim, "source")
        said, printed = _day(at), None if source is None else dated.get(source.text)
        if at is not None and said is not None and printed is not None and (said - printed).days > 1:
            words = (f"claim {quoted(slug)} was said on {said}, and its source is of {printed}.",
                     "A source cannot report what is said later.", "Correct one of the two days.")  # fmt: skip
            yield replace(refusal_at("later-than-source", at, words, found=at.text), grade=Grade.NOTE)


def _day(scalar: Scalar | None) -> date | None:
    try:
        return None if scalar is None else date.fromisoformat(scalar.text[:10])
    except ValueError:
        return None


def _look_alikes(root: Mapping) -> Iterator[Entry]:
    """Yield names of two actors that look alike, or differ in capitals alone; they stay two names."""
    places: dict[str, Scalar] = {}
    slug_of: dict[str, str] = {}
    for slug, (_, actor) in section_of(root, "actors").items():
        names = actor.entries.get("names") if isinstance(actor, Mapping) else None
        for scalar in scalars_in(names[1]) if names is not None else ():
            places.setdefault(scalar.text, scalar)
            slug_of.setdefault(scalar.text, slug)
    for one, other in easily_confused(places):
        if slug_of[one] != slug_of[other]:
            words = (f"{quoted(other)} looks like {quoted(one)}, the name of another actor.",
                     "They are written differently, so they are two names.", "Check that this is meant.")  # fmt: skip
            yield replace(refusal_at("look-alike", places[other], words, found=other), grade=Grade.NOTE)
