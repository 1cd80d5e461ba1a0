"""Every estimate that an answer about settlements rests on, as it was stated, with whose word it is."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.settlement.assessments import assessments_of
from goodoffices.reports.settlement.bargain_from_view import words_in
from goodoffices.talks.model.assessments import Assessment, Estimate
from goodoffices.talks.state.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBehind:
    """One assessment of one party on one issue, or of no agreement if ``issue`` is empty.

    ``worths`` pairs options with their worth in the party's own points, as a number or *low, likeliest, high*. Where
    only an order is assessed, it is in ``order``, best first. ``reservation_value`` is what no agreement is worth, and
    ``red_lines`` what the party would not accept. ``origins`` are the names of the sources, empty if none is named.
    """

    party: str
    issue: str
    worths: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    red_lines: tuple[str, ...] = ()
    reservation_value: str = ""
    origins: tuple[str, ...] = ()
    is_invented: bool = False


def figures_behind(view: View, language: str = "en") -> tuple[FigureBehind, ...]:
    """Return the assessments that this seat sees of what parties could sign, party by party, issue by issue."""
    agenda = [issue for basket in view.known.agenda for issue in basket.issues]
    held = assessments_of(view)
    parties = tuple(dict.fromkeys(entry.party for entry in held))
    slugs = ["", *(issue.slug for issue in agenda)]
    entries = sorted(held, key=lambda entry: (parties.index(entry.party), slugs.index(entry.issue or "")))
    return tuple(_shown(view, entry, language) for entry in entries)


def _shown(view: View, entry: Assessment, language: str) -> FigureBehind:
    agenda = {issue.slug: issue for basket in view.known.agenda for issue in basket.issues}
    issue = agenda.get(entry.issue or "")
    options = {} if issue is None else {one.slug: words_in(one.names, language) or one.slug for one in issue.options}
    return FigureBehind(
        party=view.name(entry.party, language),
        issue="" if issue is None else words_in(issue.question, language) or issue.slug,
        worths=tuple((options.get(slug, slug), figure(worth)) for slug, worth in entry.worth),
        order=tuple(" = ".join(options.get(slug, slug) for slug in group) for group in entry.ranking),
        red_lines=tuple(options.get(slug, slug) for slug in entry.red_lines),
        reservation_value="" if entry.reservation_value is None else figure(entry.reservation_value),
        origins=tuple(origin(view, word, language) for word in (*entry.sources, *entry.claims)),
        is_invented=entry.is_invented,
    )


def figure(worth: Estimate) -> str:
    """Return an estimate as it was stated: a number, *low to high*, or *low, likeliest, high*."""
    low, high = float(worth.low), float(worth.high)
    if worth.low == worth.high:
        return f"{low:g}"
    if worth.mode is not None:
        return f"{low:g}, {float(worth.mode):g}, {high:g}"
    return Phrase("{low} to {high}", low=f"{low:g}", high=f"{high:g}")


def origin(view: View, word: str, language: str = "en") -> str:
    """Return the title of a source, the name of an actor, or the word itself where it names neither."""
    source = view.known.sources.get(word)
    return view.name(word, language) if source is None else source.title or source.publisher or word
