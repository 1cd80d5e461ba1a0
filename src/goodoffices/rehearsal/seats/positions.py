"""Where the sides stand, as one seat sees it: what it has said itself, what it believes of the others, its next step.

The rules are those of the rehearsal room for one issue at a time: a seat gives way if the rest stays above what it aims
at, and if it believes that it has gained enough since it last gave way. What it hears from the other side by name it
marks down; what it hears as an idea of nobody's it does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.seats.lexicon import Stand
from goodoffices.rehearsal.seats.outlook import Outlook, Paper
from goodoffices.rehearsal.seats.temper import Mood, mood_of
from goodoffices.talks.base.enums import CommentSort, Form, StanceKind

MARKED_DOWN = 0.5
"""The share of a gain that is taken off when the other side is named as its author."""
NO = frozenset({StanceKind.OBJECTED, StanceKind.REFUSED})
"""The stances against a text; with all others a seat takes part in it."""
GESTURE = 2
"""A step that costs no more than this many points may be given for nothing, now and then."""


class Heard(NamedTuple):
    """One option that somebody said something of, and how far it is believed, from 0 to 1."""

    issue: str
    option: str
    stand: Stand
    belief: float
    by: str | None
    teller: str
    at: datetime
    thing: str
    has_condition: bool = False


class Step(NamedTuple):
    """A step that a seat could take on one issue: to which option, at what cost, and how far the others want it."""

    issue: str
    option: str
    cost: float
    wanted: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Positions:
    """The positions of all sides as one seat sees them."""

    outlook: Outlook

    @cached_property
    def mood(self) -> Mood:
        """The temper of the seat."""
        return mood_of(self.outlook)

    # ------------------------------------------------------------------------------------------------ what was said

    @cached_property
    def said(self) -> Mapping[str, tuple[str, ...]]:
        """By issue, the options that the seat has asked for, offered or accepted, in order. None is returned to."""
        found: dict[str, list[str]] = {}
        for paper in self.outlook.own_papers:
            for point in paper.points:
                if point.stand in (Stand.ASK, Stand.OFFER, Stand.ACCEPT):
                    found.setdefault(point.issue, []).extend(point.options)
        for comment in self.outlook.known.comments.values():
            if comment.by == self.outlook.seat:
                named = self.outlook.clauses.get(comment.version or "", {}).get(comment.clause or "")
                if named is not None and comment.sort is CommentSort.ACCEPT:
                    found.setdefault(named[0], []).append(named[1])
        return {issue: tuple(dict.fromkeys(options)) for issue, options in found.items()}

    @cached_property
    def heard(self) -> tuple[Heard, ...]:
        """What the seat has heard of others, oldest first: told, handed to it, or said in a comment on its text."""
        outlook = self.outlook
        found = [heard for paper in (*outlook.told, *outlook.handed) for heard in self._heard_in(paper)]
        for comment in outlook.known.comments.values():
            if comment.by == outlook.seat:
                continue
            named = outlook.clauses.get(comment.version or "", {}).get(comment.clause or "")
            if comment.words is not None and comment.sort is CommentSort.PROPOSE:
                for point in outlook.wished(comment.words):
                    found.append(
                        self._comment(point.issue, point.option, Stand.ASK, comment.by, comment.at, comment.handle)
                    )
            elif named is not None and comment.sort in (CommentSort.ACCEPT, CommentSort.REJECT):
                stand = Stand.ACCEPT if comment.sort is CommentSort.ACCEPT else Stand.REJECT
                found.append(self._comment(*named, stand, comment.by, comment.at, comment.handle))
        return tuple(sorted(found, key=lambda heard: heard.at))

    @staticmethod
    def _comment(issue: str, option: str, stand: Stand, by: str, at: datetime, thing: str) -> Heard:
        return Heard(issue, option, stand, 1.0, by, by, at, thing)

    def _heard_in(self, paper: Paper) -> list[Heard]:
        belief = self.belief(paper)
        found = []
        for point in paper.points:
            # Two options at once: each hearer believes the one that it likes better.
            option = max(point.options, key=lambda o: self.outlook.worths.of(point.issue, o))
            by = paper.by if paper.form is not Form.OWN_IDEA else None
            found.append(
                Heard(
                    point.issue,
                    option,
                    point.stand,
                    belief,
                    by,
                    paper.teller,
                    paper.at,
                    paper.handle,
                    bool(point.only_if),
                )
            )
        return found

    def belief(self, paper: Paper) -> float:
        """Return how far a paper is believed: exact words fully, a paraphrase as its teller, an idea little."""
        if paper.form is Form.PARAPHRASE:
            return min(1.0, 0.7 * self.mood.in_(paper.teller) / 50)
        return 0.3 if paper.form is Form.OWN_IDEA else 1.0

    # -------------------------------------------------------------------------------------------- what is believed

    @cached_property
    def available(self) -> Mapping[str, Mapping[str, float]]:
        """By issue and option, how far the seat believes that the other side would have it."""
        found: dict[str, dict[str, float]] = {}
        for heard in self.heard:
            if heard.by is not None and heard.by not in self.outlook.others:
                continue
            options = found.setdefault(heard.issue, {})
            if heard.stand in (Stand.ASK, Stand.OFFER, Stand.ACCEPT, Stand.SUGGEST):
                options[heard.option] = max(options.get(heard.option, 0.0), heard.belief)
            elif heard.stand is Stand.REJECT and heard.belief >= 0.5:
                options.pop(heard.option, None)
        return found

    @cached_property
    def closed(self) -> Mapping[str, str]:
        """The issues on which the seat has accepted what it believes the others accept, each with the option."""
        found = {}
        for issue, options in self.said.items():
            both = [o for o in options if self.available.get(issue, {}).get(o, 0.0) >= 0.5]
            if both:
                found[issue] = max(both, key=lambda o: self.outlook.worths.of(issue, o))
        return found

    def current(self, issue: str) -> str | None:
        """Return the option on which the seat stands: the last that it has come down to, or else its best."""
        order = self.outlook.worths.order.get(issue, ())
        said = [option for option in order if option in self.said.get(issue, ())]
        return said[-1] if said else next(iter(order), None)

    @cached_property
    def standing(self) -> float:
        """What the seat would have if all issues ended where it stands or where they are closed."""
        worths = self.outlook.worths
        total = 0.0
        for issue in worths.issues:
            option = self.closed.get(issue) or self.current(issue)
            total += 0.0 if option is None else float(worths.of(issue, option))
        return total

    # ------------------------------------------------------------------------------------------------ the next step

    @cached_property
    def last_step_at(self) -> datetime:
        """When the seat last gave way, or the start."""
        found = self.outlook.orders.timetable.starts_at
        seen: dict[str, set[str]] = {}
        for paper in self.outlook.own_papers:
            for point in paper.points:
                options = seen.setdefault(point.issue, set())
                if options and not set(point.options) <= options and point.stand.gives:
                    found = paper.at
                options.update(point.options)
        return found

    @cached_property
    def gains(self) -> float:
        """What the seat believes that the others have given it since its last step, in its own points."""
        worths = self.outlook.worths
        best: dict[str, float] = {}
        total = 0.0
        for heard in self.heard:
            if heard.stand not in (Stand.OFFER, Stand.ACCEPT, Stand.SUGGEST, Stand.ASK):
                continue
            if heard.by is not None and heard.by not in self.outlook.others:
                continue
            worth = float(worths.of(heard.issue, heard.option))
            had = best.get(heard.issue)
            best[heard.issue] = worth if had is None else max(had, worth)
            if had is None or worth <= had or heard.at <= self.last_step_at:
                continue
            kept = 1.0 - MARKED_DOWN if heard.by is not None else 1.0
            total += (worth - had) * heard.belief * kept * (0.7 if heard.has_condition else 1.0)
        return total

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps that the seat could take, the cheapest and most wanted first."""
        worths = self.outlook.worths
        found = []
        for issue in worths.issues:
            stand = self.current(issue)
            if issue in self.closed or stand is None or issue not in self.said:
                continue
            order = worths.order[issue]
            for option in order[order.index(stand) + 1 :]:
                wanted = self.available.get(issue, {}).get(option, 0.0)
                if wanted > 0 or option == order[order.index(stand) + 1]:
                    cost = float(worths.of(issue, stand) - worths.of(issue, option))
                    found.append(Step(issue, option, cost, wanted))
        return tuple(sorted(found, key=lambda step: (step.cost - 2.0 * step.wanted, step.issue, step.option)))

    @property
    def price(self) -> float:
        """How much the seat wants to gain for each point that it gives; it falls as time passes."""
        price = 1.3 - 0.4 * self.outlook.share
        told = self.outlook.told
        if told and self.mood.in_(told[-1].teller) < 40:
            price *= 1.3
        if any(event.name == "leaned-on" and event.at > self.last_step_at for event in self.mood.events):
            price *= 0.8
        return price

    @cached_property
    def may_gesture(self) -> bool:
        """Whether it is time for a small step that asks for nothing: once in three to six papers heard."""
        every = 3 + int(self.outlook.chance("gesture") * 4)
        since = sum(paper.at > self.last_step_at for paper in self.outlook.told)
        hours = (self.outlook.moment - self.last_step_at).total_seconds() / 3600
        return since + int(hours) >= every

    def next_step(self, *, eager: float = 1.0) -> tuple[Step, str] | None:
        """Return the step to take now and why, or ``None``. ``eager`` below 1 lowers the price."""
        for step in self.steps:
            if self.standing - step.cost < self.outlook.aspiration:
                continue
            if self.gains >= self.price * eager * step.cost:
                return step, "gain"
            if step.cost <= GESTURE and self.may_gesture:
                return step, "gesture"
        return None

    @property
    def wish(self) -> tuple[str, str] | None:
        """The option of another issue that the seat would gain most from, to ask for in return."""
        return next(iter(self._wishes), None)

    @cached_property
    def ground(self) -> tuple[str, str] | None:
        """The option on which the seat would stay away: what it asks for and no text gives it.

        Nobody leaves talks over what the last version says already, or what the seat itself has supported in any.
        """
        return next((wish for wish in self._wishes if wish not in self.written), None)

    @cached_property
    def written(self) -> frozenset[tuple[str, str]]:
        """The options in the last version of each text that the seat has, and in each version that it supports."""
        outlook, known = self.outlook, self.outlook.known
        mine = known.actor_of(outlook.seat)
        supported = {
            stance.version
            for stance in known.stances.values()
            if stance.version is not None and stance.actor == mine and stance.kind not in NO and stance.ended_at is None
        }
        last = {text.versions[-1] for text in known.texts.values() if text.versions}
        return frozenset(
            named
            for version in (last | supported) & outlook.clauses.keys()
            for named in outlook.clauses[version].values()
        )

    @cached_property
    def _wishes(self) -> tuple[tuple[str, str], ...]:
        """What the seat asks for and has not got, the most wanted first."""
        worths = self.outlook.worths
        found = []
        for issue in worths.issues:
            stand = self.current(issue)
            if issue in self.closed or stand is None:
                continue
            had = max((float(worths.of(issue, o)) for o in self.available.get(issue, {})), default=0.0)
            found.append((float(worths.of(issue, stand)) - had, issue, stand))
        ranked = sorted(found, key=lambda one: (one[0], one[1]), reverse=True)
        return tuple((issue, option) for gain, issue, option in ranked if gain > 0)
