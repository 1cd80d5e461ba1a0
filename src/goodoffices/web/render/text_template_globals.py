"""What helps templates of texts and decisions: titles with what must stand beside them, drawn texts, stances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from goodoffices.reports.texts.finding_sentences import dated, title_sentences
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.states import VersionState
from goodoffices.talks.documents.agreement import StatedStance
from goodoffices.talks.documents.diff import ClauseChange, DocumentComparison
from goodoffices.talks.documents.document import Clause, Paper, check_code
from goodoffices.talks.documents.literal_brackets import literal_brackets
from goodoffices.talks.state.known_texts import KnownComment, KnownVersion
from goodoffices.talks.texts.agreement_status import Family
from goodoffices.talks.voting.explanations import Choice, MinimalSets, Prong, percent
from goodoffices.talks.voting.rules import How, Range
from goodoffices.text_tables import beginning
from goodoffices.web.http.markup import fill, said
from goodoffices.web.pages.page import PageContext
from goodoffices.web.pages.texts.tracked_changes import ChangeRow
from goodoffices.web.render.localize import Localizer, name_of
from goodoffices.web.render.text_html import (
    Drawing,
    around,
    draw_beside,
    draw_changes,
    draw_clause,
    draw_legend,
    draw_one_side,
    draw_paper,
    draw_plain,
)

Helpers = dict[str, Callable[..., Any]]


def text_choices(context: PageContext, t: Localizer) -> Helpers:
    """Return the helpers of the templates of texts and decisions."""
    drawn = _Drawn(context, t)
    return {
        "title_said": lambda family: _line(t.told(told) for told in title_sentences(context.view, family)),
        "part_said": lambda version: _part(t, version),
        "subjects_said": lambda subjects: [(name, _subject(context, t, name, label)) for name, label in subjects],
        "why_not_put": lambda version: _why_not_put(t, version),
        "from_paper": lambda kind, **fields: _from_paper(context, t, kind, fields),
        "dated_said": lambda family: _dated(context, t, family),
        "code_of": lambda version: t.code(check_code(version.hash)),
        "code_text": lambda version: check_code(version.hash),
        "draw": drawn.papers,
        "draw_one": drawn.clause,
        "draw_changes": drawn.changes,
        "draw_legend": drawn.legend,
        "draw_pair": drawn.pair,
        "draw_side": _side,
        "pen_button": _pen_button,
        "pen_states": lambda states, now: [
            (s.value, t.word("clause", s)) for s in sorted(states, key=lambda s: s != now)
        ],
        "pen_sources": lambda sources: [(item, _source(context, t, item, body)) for item, body, _ in sources],
        "bracket_choices": lambda lacks: [
            *((name, t("the same as bracket {n} in the other language", n=n)) for name, n in lacks),
            ("", t("a bracket of its own")),
        ],
        "isolated": name_of,
        "literal_brackets": lambda papers: [(paper.lang, literal_brackets(paper)) for paper in papers],
        "said_in": lambda words, language: said(words, language, inline=True),
        "languages_of": lambda codes: [(code, t.tongue_of(code)) for code in codes],
        "stance_said": lambda said, titles, codes: _stance(t, said, titles, codes),
        "amount": lambda number: _amount(t, number),
        "share": _share,
        "family_choices": lambda slugs: [(slug, t.copy(slug)) for slug in slugs],
        "sets_said": lambda sets: [_set(t, pattern) for pattern in _patterns(sets)],
        "clause_ticks": lambda version: [
            (clause, Markup(f'<bdi dir="ltr">{escape(number)}.</bdi>'))  # noqa: S704 - escaped
            for clause, number in zip(version.clauses, version.numbers, strict=True)
        ],
        "clauses_said": lambda version, clauses: t.numbers(_numbers(version, clauses)),
    }


def _pen_button(label: object, value: str) -> Markup:
    """Return a button of the pen's form that stands elsewhere on the page."""
    made = Markup('<button class="button quiet" form="f-pen" name="do" value="{}">{}</button>')
    return made.format(value, label)


def _source(context: PageContext, t: Localizer, item: str, body: Body | None) -> Markup:
    """Return a paper as a line to choose: its first words, and its handle."""
    text = beginning(" ".join((context.view.text(body) or "").split()), 80)
    return fill("{} {}", name_of(text or t("The words were destroyed.")), t.handle(item))


def _side(row: ChangeRow, *, before: bool) -> Markup:
    """Return one side of what a file would change: word for word where that could be compared, else whole."""
    if row.stretches:
        return draw_plain(row.stretches, before=before)
    return escape(row.before if before else row.after)


def _part(t: Localizer, version: KnownVersion) -> Markup:
    """Return of which version this one is a part, after a point in the middle; nothing of a whole version."""
    if not version.partial:
        return Markup("")
    if version.parent is None:
        return fill(" · {}", t("a part, decided for itself, of a version that you do not hold"))
    return fill(" · {}", t("a part of {version}, decided for itself", version=t.handle(version.parent)))


def _subject(context: PageContext, t: Localizer, name: str, label: str) -> Markup:
    """Return what may be put for decision, saying of a version that is a part of another that it is one."""
    version = context.known.versions.get(name)
    return name_of(label) + (Markup("") if version is None else _part(t, version))


def _why_not_put(t: Localizer, version: KnownVersion) -> Markup:
    """Return why a version cannot be put for decision; nothing of one that can."""
    name = t.handle(version.handle)
    if version.state == VersionState.ADOPTED:
        return t("{version} is adopted already. To change it, write a new version, and put that one.", version=name)
    if version.state == VersionState.PUT:
        return t("{version} has been put for decision, and the question is still open.", version=name)
    if version.state == VersionState.SUPERSEDED:
        return t("{version} is superseded by a later version: put that one.", version=name)
    if version.open:
        clauses = t.numbers(version.open_numbers)
        return t("{version} is not clean: clause {clauses} has words in brackets.", version=name, clauses=clauses)
    if not version.sealed:
        clauses = t.numbers(version.differs)
        return t("The languages of {version} are built differently at clause {clauses}.", version=name, clauses=clauses)
    if not version.released_to:
        return t("{version} has not been released yet.", version=name)
    return Markup("")


def _from_paper(context: PageContext, t: Localizer, kind: str, fields: Mapping[str, object]) -> Markup:
    """Return that an act was entered from paper, by whom and on which paper; nothing of one that its seat entered."""
    held = (n for n in context.view.notices if n.kind == kind and n.entered_by not in (None, n.by))
    for notice in held:
        own = {"by": notice.by, "at": notice.when}
        if all(value in (notice.data.get(name), own.get(name)) for name, value in fields.items()):
            said = t("entered by {seat} from paper", seat=t.seat(notice.entered_by or ""))
            return fill('<p class="quiet">{} {}</p>', said, name_of(f"“{notice.on_paper}”" if notice.on_paper else ""))
    return Markup("")


def _dated(context: PageContext, t: Localizer, family: Family) -> Markup:
    """Return the date on a text known from sources, after a comma; nothing where its title says it."""
    day = dated(context.view, family)
    if day is None or f"{day.day} {day:%B %Y}" in family.title:
        return Markup("")
    return escape(t.comma) + t.long_day(day)


def _line(parts: Iterable[Markup]) -> Markup:
    return Markup(" ").join(parts)


def _numbers(version: KnownVersion, clauses: Iterable[str]) -> list[str]:
    numbers = dict(zip(version.clauses, version.numbers, strict=True))
    return [numbers[clause] for clause in clauses if clause in numbers]


class _Drawn:
    """Draws for one reader's language over one view."""

    def __init__(self, context: PageContext, t: Localizer) -> None:
        self._sight, self._t = context, t

    def papers(
        self,
        papers: Sequence[Paper],
        base: str,
        version: str = "",
        comments: Mapping[str, Sequence[KnownComment]] | None = None,
    ) -> Markup:
        """Return one language, or several beside each other, with comments under their clauses."""
        how = self._how(base, version, comments or {})
        return draw_paper(papers[0], how) if len(papers) == 1 else draw_beside(papers, how)

    def clause(self, language: str, clause: Clause) -> Markup:
        """Return one clause in one language."""
        return around(language, draw_clause(clause, Drawing(localizer=self._t), language))

    def changes(self, comparison: DocumentComparison, base: str, version: str = "", *, kept: bool = False) -> Markup:
        """Return what became of each clause."""
        return draw_changes(comparison, self._how(base, version, {}), kept=kept)

    def legend(self, comparison: DocumentComparison, base: str, version: str) -> Markup:
        """Return a text marked as in the 1996 legend."""
        return draw_legend(comparison, self._how(base, version, {}))

    def pair(self, change: ClauseChange, language: str, *, before: bool) -> Markup:
        """Return one clause of one of two copies, with the words marked that the other copy does not have."""
        clause = change.before if before else change.after
        if clause is None:
            return Markup("")
        if not change.words:
            return around(language, draw_clause(clause, Drawing(localizer=self._t, states=False), language))
        return around(language, draw_one_side(change.words, before=before))

    def _how(self, base: str, version: str, comments: Mapping[str, Sequence[KnownComment]]) -> Drawing:
        return Drawing(
            localizer=self._t,
            beside={clause: self._remarks(said) for clause, said in comments.items()},
            address=(lambda clause: f"{base}/clauses/{version}/{clause}") if version else None,
        )

    def _remarks(self, comments: Sequence[KnownComment]) -> Markup:
        t = self._t
        rows = (
            fill(
                "<li>{} {}</li>",
                t("{seat}: {sort}.", seat=t.seat(c.by), sort=t.word("comment", c.sort)),
                t.words(c.words, inline=True),
            )
            for c in comments
        )
        made = Markup('<ul class="remarks" lang="{}" dir="{}">{}</ul>')
        return made.format(t.language, t.catalogue.direction, Markup("").join(rows))


def _stance(t: Localizer, said: StatedStance, titles: Mapping[str, str], codes: Mapping[str, str]) -> Markup:
    """Return one stance in a line: what was done, on which copy, when, and on whose word."""
    kind = fill("<strong>{}</strong>", t.word("stance", said.kind))
    parts = [kind]
    code = codes.get(said.copy or "")
    if code:
        parts.append(t.code(code))
    elif said.copy is not None and said.copy in titles and len(codes) > 1:
        parts.append(t.copy(said.copy))
    if said.at:
        parts.append(t.when(said.at.partition(" ")[0]) if "T" in said.at else t.day(said.at))
    return Markup(" · ").join((*parts, *_limits(t, said), *_beside(t, said)))


def _limits(t: Localizer, said: StatedStance) -> Iterator[Markup]:
    """Yield through whom a stance was taken, and to what it is limited."""
    if said.proxy:
        yield t("by proxy, through {seat}", seat=t.seat(said.proxy))
    if said.transcribed:
        yield t("entered from paper")
    if said.reserved:
        yield t("except clause {clauses}", clauses=t.numbers(said.reserved))
    if said.parts:
        yield t("clause {clauses} only", clauses=t.numbers(said.parts))
    if said.capacity:
        yield t("in the capacity: {words}", words=said.capacity)


def _beside(t: Localizer, said: StatedStance) -> Iterator[Markup]:
    """Yield on whose word a stance is, whether it ended, and the words beside it."""
    if said.word.value == "said by others":
        yield t("said by {actor}", actor=t.actor(said.by))
    if said.ended:
        yield t("ended")
    if said.words:
        yield fill("<bdi>“{}”</bdi>", said.words)
    if said.said_as:
        yield t("in our words: {words}", words=said.said_as)


def _amount(t: Localizer, number: int | Range) -> Markup:
    if isinstance(number, Range):
        return t("{low} to {high}", low=_grouped(number.low), high=_grouped(number.high))
    return _grouped(number)


def _share(prong: Prong) -> Markup:
    """Return what a test reached in per cent, where its base is one number and no ceiling."""
    if isinstance(prong.base, Range) or not prong.base or prong.how is How.AT_MOST:
        return Markup("–")
    return fill('<bdi dir="ltr">{} %</bdi>', percent(prong.have, prong.base, prong.share))


def _grouped(number: int) -> Markup:
    """Return a whole number with a narrow blank between thousands; it reads from left to right."""
    return fill('<bdi dir="ltr">{}</bdi>', f"{number:,}".replace(",", "\u202f"))


def _patterns(sets: MinimalSets) -> list[tuple[Choice, ...]]:
    return list(sets.patterns)


def _set(t: Localizer, pattern: tuple[Choice, ...]) -> Markup:
    """Return one smallest set in words: names, or any so many of several."""
    parts = [
        t.actors(choice.of)
        if choice.n == len(choice.of)
        else t("any {n} of: {actors}", n=choice.n, actors=t.actors(choice.of))
        for choice in pattern
    ]
    return Markup(" + ").join(parts) if parts else escape("")
