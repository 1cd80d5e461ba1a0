"""What settlements are worth to one seat, by its own brief alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property, lru_cache

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.seats.lexicon import Lexicon, Same
from goodoffices.talks.model.brief import Brief

_NOTHING = Fraction(0)


@dataclass(frozen=True, eq=False)
class Worths:
    """The worth of options and of settlements to the seat of a brief, in its own points."""

    brief: Brief
    lexicon: Lexicon

    @cached_property
    def issues(self) -> tuple[str, ...]:
        """The issues on the agenda that the brief values."""
        return tuple(issue.slug for issue in self.lexicon.issues if issue.slug in self.brief.worths)

    @cached_property
    def red_lines(self) -> frozenset[tuple[str, str]]:
        """The options that the seat never accepts."""
        return frozenset((line.issue, line.option) for line in self.brief.red_lines)

    def of(self, issue: str, option: str) -> Fraction:
        """Return what an option is worth; 0 if the brief does not value it."""
        return self._table.get((issue, option), _NOTHING)

    @cached_property
    def _table(self) -> Mapping[tuple[str, str], Fraction]:
        weights = self.brief.weights
        return {
            (issue, option): points * weights.get(issue, _NOTHING) if weights else points
            for issue, options in self.brief.worths.items()
            for option, points in options.items()
        }

    @cached_property
    def order(self) -> Mapping[str, tuple[str, ...]]:
        """By issue, the options that may be accepted, the best first; options of the same worth in file order."""
        return {issue: self._order(issue) for issue in self.issues}

    def _order(self, issue: str) -> tuple[str, ...]:
        options = [o for o in self.lexicon.options_of(issue) if (issue, o) not in self.red_lines]
        return tuple(sorted(options, key=lambda option: -self.of(issue, option)))

    @cached_property
    def best(self) -> Fraction:
        """The worth of the best option on every issue."""
        return sum((self.of(issue, options[0]) for issue, options in self.order.items() if options), Fraction(0))

    def expected(self, issue: str) -> Fraction:
        """Return what an issue that a text leaves open is worth: the mean of its options that are not red lines."""
        options = self.order.get(issue, ())
        return sum((self.of(issue, o) for o in options), Fraction(0)) / len(options) if options else Fraction(0)

    def of_text(self, chosen: Mapping[str, str], issues: tuple[str, ...] = ()) -> Fraction:
        """Return what a text is worth: its options, and the expected worth of the issues that it leaves open.

        ``issues`` are those that the text is about; left out, all.
        """
        about = issues or self.issues
        return sum(
            (self.of(i, chosen[i]) if i in chosen else self.expected(i) for i in self.issues if i in about), Fraction(0)
        )

    def least_for(self, issues: tuple[str, ...] = ()) -> Fraction:
        """Return what a text about some issues has to be worth to be signed; about all, the reservation value.

        Of a part it is the same share of the best worth, and no less than these issues are worth while they are open.
        """
        if not issues or self.best == 0:
            return self.brief.reservation_value
        about = [issue for issue in self.issues if issue in issues and self.order[issue]]
        part = sum((self.of(issue, self.order[issue][0]) for issue in about), Fraction(0))
        is_open = sum((self.expected(issue) for issue in about), Fraction(0))
        return max(self.brief.reservation_value * part / self.best, is_open)

    def crosses(self, chosen: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Return the red lines that a text crosses."""
        return tuple(sorted(set(chosen.items()) & self.red_lines))

    def beyond(self, chosen: Mapping[str, str]) -> tuple[str, ...]:
        """Return the issues on which a text goes beyond the mandate."""
        mandate = self.brief.mandate
        return tuple(issue for issue, option in chosen.items() if issue in mandate and option not in mandate[issue])

    def aspiration(self, share: float) -> float:
        """Return the worth aimed at when ``share`` of the time has passed.

        References
        ----------
        P. Faratin, C. Sierra & N. R. Jennings (1998). Negotiation decision functions for autonomous agents. Robotics
        and Autonomous Systems 24(3-4), 159-182.
        """
        low, high = float(self.brief.reservation_value), float(self.best)
        passed: float = share ** (1.0 / float(self.brief.temper.beta))
        return low + max(high - low, 0.0) * (1.0 - passed)


def worths_for(brief: Brief, lexicon: Lexicon) -> Worths:
    """Return the worths of a brief. They are worked out once for each brief."""
    return _worths_for(Same(brief), lexicon)


@lru_cache(maxsize=256)
def _worths_for(brief: Same, lexicon: Lexicon) -> Worths:
    held: Brief = brief.held  # type: ignore[assignment]
    return Worths(held, lexicon)
