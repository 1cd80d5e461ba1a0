"""What all could sign, as values for a page: counts, the settlement, what each gains, what is closed, what opens it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from goodoffices.data_class import dataclass
from goodoffices.phrases.phrase import Phrase
from goodoffices.progress import Progress
from goodoffices.reports.settlement.answer import SettlementAnswer, answer_of, shown_settlement
from goodoffices.reports.settlement.bargain_from_view import AssessedBargain, bargain_from
from goodoffices.reports.settlement.certainty import THIS
from goodoffices.reports.settlement.figures_behind import FigureBehind, figures_behind
from goodoffices.reports.settlement.summary import answer_words, in_order, many, opening_words
from goodoffices.reports.settlement.tables import chosen_part
from goodoffices.talks.state.view import View

_MOST_OPENINGS = 4
_MOST_WORLDS = 10_000
_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What a settlement is worth to one party in its own points, from no agreement, as shares of its best of all."""

    party: str
    least: float
    worth: float
    most: float

    @property
    def gain(self) -> float:
        """The gain over no agreement, in the party's own points."""
        return self.worth - self.least

    def place(self, points: float) -> float:
        """Return where points lie on the party's own line, from 0 to 100."""
        return round(100 * max(0.0, min(points / self.most, 1.0)), 1) if self.most > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """An option that a party has closed: by which red line, to try without it."""

    party: str
    option: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementScreen:
    """What the page shows. ``is_open`` is ``None`` if it cannot be told in the time given.

    ``words`` are the longer answers, by their questions, and ``left_out`` what they say nothing of; ``tried`` is what
    was lifted to try, not kept; ``behind`` every estimate that the figures rest on.
    """

    n_parties: int
    is_open: bool | None
    n_all: str
    n_open: str
    is_counted: bool
    n_best: int
    settled: tuple[tuple[str, ...], ...]
    bars: tuple[Bar, ...]
    closed: tuple[Closed, ...]
    openings: tuple[str, ...]
    n_more_openings: int
    words: tuple[tuple[str, str], ...]
    is_invented: bool
    is_proven: bool
    is_estimated: bool
    left_out: tuple[str, ...] = ()
    tried: str = ""
    may_see: tuple[str, ...] = ()
    behind: tuple[FigureBehind, ...] = ()


def settlement_screens(
    view: View, languages: Iterable[str] = ("en",), *, lift: str = "", progress: Progress | None = None
) -> Mapping[str, SettlementScreen]:
    """Work out what all could sign, from what this seat may see assessed and nothing else.

    Parameters
    ----------
    view
        The seat's own view.
    languages
        Codes of languages; in each, names and options are given as they stand there. The figures are the same in all.
    lift
        A red line to leave out, as *party.issue.option* by their places; nothing of that is kept.
    progress
        Is told how far the work has come, and can stop it.

    Raises
    ------
    ScenarioError
        If this seat sees no assessments, or they cannot be read.
    """
    whole = bargain_from(view)
    assessed, _ = _without(whole, lift)
    answer = answer_of(assessed, worlds=_MOST_WORLDS, time_limit=_SECONDS, progress=progress)
    made = {}
    for code in languages:
        # Only the names differ, so that one answer is said in every language.
        named, tried = _without(bargain_from(view, code), lift)
        shown = _shown(replace(answer, assessed=named), tried, is_estimated=whole.in_doubt)
        made[code] = replace(shown, behind=figures_behind(view, code))
    return made


def _without(assessed: AssessedBargain, lift: str) -> tuple[AssessedBargain, str]:
    """Return the bargain without one red line, and its words; as it is if there is no such line."""
    bargain = assessed.bargain
    for closed in _closed(assessed):
        if closed.key == lift:
            party, issue, option = (int(part) for part in lift.split("."))
            lines = tuple(
                pairs - {(issue, option)} if at == party else pairs for at, pairs in enumerate(bargain.red_lines)
            )
            changed = replace(bargain, red_lines=lines)
            tried = Phrase("{party}: {option}", party=closed.party, option=closed.option)
            return replace(assessed, bargain=changed, beliefs=None, in_doubt=False), tried
    return assessed, ""


def _closed(assessed: AssessedBargain) -> tuple[Closed, ...]:
    bargain = assessed.bargain
    return tuple(
        Closed(party=name, option=bargain.issues[issue].options[option], key=f"{party}.{issue}.{option}")
        for party, (name, pairs) in enumerate(zip(bargain.parties, bargain.red_lines, strict=True))
        for issue, option in sorted(pairs)
    )


def _shown(answer: SettlementAnswer, tried: str, *, is_estimated: bool) -> SettlementScreen:
    bargain, zone = answer.bargain, answer.zone
    is_open = None if not answer.best.picks and answer.best.status == "bounded" else bool(answer.best.picks)
    opened = in_order(answer.unblocking) if answer.unblocking is not None else ()
    settled = tuple(row for part in chosen_part(answer)[:1] for row in part.rows)
    return SettlementScreen(
        n_parties=len(bargain.parties),
        is_open=is_open,
        n_all=many(bargain.settlements),
        n_open="" if zone is None else many(int(zone.count)),
        is_counted=zone is not None and zone.is_exact,
        n_best=len(answer.points) if answer.points.status != "bounded" else 0,
        settled=settled,
        bars=_bars(answer),
        closed=_closed(answer.assessed),
        openings=tuple(opening_words(bargain, opening) for opening in opened[:_MOST_OPENINGS]),
        n_more_openings=max(0, len(opened) - _MOST_OPENINGS),
        words=answer_words(answer, THIS),
        left_out=answer.assessed.left_out,
        is_invented=answer.assessed.is_invented,
        is_proven=answer.best.status == "proven",
        is_estimated=is_estimated,
        tried=tried,
        may_see=answer.assessed.may_see,
    )


def _bars(answer: SettlementAnswer) -> tuple[Bar, ...]:
    settlement = shown_settlement(answer)
    if settlement is None:
        return ()
    bargain = answer.bargain
    return tuple(
        Bar(
            party=bargain.parties[party],
            least=float(bargain.reservation_value[party]),
            worth=float(worth),
            most=float(sum(max(row[party] for row in table) for table in bargain.worth)),
        )
        for party, worth in enumerate(bargain.worth_of(settlement))
    )
