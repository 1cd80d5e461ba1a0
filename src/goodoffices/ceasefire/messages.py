"""Every sentence that the room says, as whole sentences with gaps, so that they can be translated.

No sentence says why something happened: counts before and after a date cannot. The keeper of a ledger is never said to
have done what the ledger reports. *Violation* is not said: that takes a finding. Numbers stand where no word depends on
them, so that a count of one reads right in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from goodoffices.data_class import dataclass

NOT_SAID = (
    "cause", "because", "thanks to", "due to", "led to", "lead to", "worked", "works", "as a result", "result of",
    "effect", "owing to", "therefore", "hence", "violat", "responsible", "guilt", "broke the", "committed",
)  # fmt: skip
"""Words that no sentence has; a test holds every template against them."""

MESSAGES: Mapping[str, str] = MappingProxyType({
    "lead.broken": "In the week to {week_ends}, broken in {areas}.",
    "lead.strained": "In the week to {week_ends}, strained in {areas}.",
    "lead.holding": "In the week to {week_ends}, holding in {areas}.",
    "lead.cannot_tell": "In the week to {week_ends}, it cannot be told: {areas}.",
    "changed.fell": "After {at}, {what} fell to {ratio} of what they were. Days on each side: {window}.",
    "changed.rose": "After {at}, {what} rose to {ratio} of what they were. Days on each side: {window}.",
    "changed.rare": "So large a change is rare in this series: {p} of the other dates tried ({n}).",
    "changed.spread": "It is not one area's, and it did not occur in {comparison}: {ratio}.",
    "differed.lower": "From {at} on, {what} were lower: {ratio} of the days before. Days on each side: {window}.",
    "differed.higher": "From {at} on, {what} were higher: {ratio} of the days before. Days on each side: {window}.",
    "differed.not_told": "It cannot be told whether this is more than chance, for these reasons.",
    "cannot_tell": (
        "Days on each side: {window}. It cannot be told whether {what} changed at {at}, for these reasons."
    ),
    "fails.one_area": "The difference is carried by {area}: without it the ratio is {ratio}.",
    "fails.one_area.unknown": "Without {area} and without events of unknown place it is {ratio}.",
    "fails.turning": "Its direction depends on {area}: without it the ratio is {ratio}.",
    "fails.two_areas": "Two areas together carry at least half of the difference: {first} and {second}.",
    "fails.too_few": "Counted in both windows together: {total}; at least {fewest} are needed.",
    "fails.window": "The window reaches beyond the data.",
    "fails.unobserved": "Of the days before, {before} were observed, and of the days after, {after}; that is too few.",
    "fails.interval": "The interval includes 1, no change.",
    "fails.not_rare": "Other dates in this series show a change as large: {p} of those tried ({n}).",
    "fails.few_periods": (
        "To call a change unusual, other periods of this length are needed: {fewest}. The series has: {n}."
    ),
    "fails.one_area_given": "Areas cannot be left out one by one: fewer than three are given.",
    "fails.no_comparison": "No pair outside the cease-fire is given to compare with.",
    "fails.alike": "Compared with {comparison}, which it does not cover, the ratio is {ratio}.",
    "reporting.after": (
        "If the ledger saw {share} less after the date, the difference would vanish; at the nearer end of "
        "the interval, {nearest}."
    ),
    "reporting.before": (
        "If the ledger saw {share} less before the date, the difference would vanish; at the nearer end of "
        "the interval, {nearest}."
    ),
    "reporting.none": (
        "At the nearer end of the interval there is no difference that less reporting would have to "
        "explain."
    ),
    "area.told": "{area}: before {before}, after {after}; ratio {ratio}, q {q}.",
    "area.untold": "{area}: before {before}, after {after}; a ratio cannot be given where one side has none.",
    "verdict": "{area}, week to {week_ends}: {verdict}. {reason}",
    "verdict.level": "Against the 60 days before, the level is {level}; a day had {before} then.",
    "verdict.reason.unobserved": "Less than 60 % of the fortnight was observed.",
    "verdict.reason.no_level_before": "Too little happened before to compare with.",
    "verdict.reason.before_unobserved": "Too little was observed before to compare with.",
    "verdict.reason.one_side": "Only ledgers of one side report.",
    "verdict.reason.resumed": "A finding says that fighting has generally resumed.",
    "verdict.reason.back": "The level has been {broken} of that before, or more, now and a week ago.",
    "verdict.reason.halfway": "The level is {strained} of that before, or more.",
    "verdict.reason.alarm": "An alarm is open.",
    "verdict.reason.lethal": "Lethal findings of the week: at least {lethal}.",
    "verdict.reason.low": "The level is below {strained} of that before.",
    "verdict.reason.quiet_stream": "No alarm is open; there is no level before to compare with.",
    "alarm.open": "{area}: alarm since {day}. Reports are above those of {first} to {last}, which were {mean} a day.",
    "alarm.closed": "{area}: alarm on {day}, closed on {until}.",
    "alarm.none": "{areas}: no alarm since {first}.",
    "alarm.louder": "{area}: louder on {day}; reports rose again while the alarm was open.",
    "alarm.promise": "With nothing changed, days to an alarm of one area are on average {promise} or more.",
    "alarm.calibrated": (
        "The threshold was found by simulation. With nothing changed, days to an alarm of one area are "
        "on average {promise}."
    ),
    "alarm.family": (
        "With nothing changed in any area, days to an alarm of all together are on average "
        "{promise} or more."
    ),
    "alarm.many": (
        "Areas that are watched each for itself: {n}. "
        "With nothing changed, days to an alarm of any of them may be {days}."
    ),
    "alarm.together": "{area}: alarm on {day} for all areas together.",
    "alarm.together_none": "For all areas together: no alarm since {first}.",
    "alarm.assumes": "This holds if days scatter as in the reference, each by itself or as violence follows violence.",
    "alarm.achieved": (
        "{area}: alarms so far: {n}; days watched: {days}; alarms to be expected with nothing changed: "
        "at most {expected}."
    ),
    "alarm.no_reference": (
        "{areas}: no alarm can be calculated; fewer than {fewest} of the first days in force (the reference) were "
        "observed."
    ),
    "alarm.reference_runs": (
        "{areas}: no alarm can be calculated yet; the first days in force (the reference) end on {ends}, and the data "
        "on {last}."
    ),
    "points.some": "{area}: the level changed on {days}.",
    "points.none": "{areas}: no day on which the level changed abruptly.",
    "points.limit": "Blind methods find abrupt changes and miss slow ones: of 18 known dates they found 5.",
    "points.ties": "{area}: divisions that fit equally well: {n}; the one with the earliest days is given.",
    "returns.back": "{area}: back at three quarters of the level before; days until then: {days}.",
    "returns.not_yet": "{area}: not back at three quarters of the level before; days watched: {days}.",
    "returns.untold": (
        "{areas}: when reports fell back to the earlier level cannot be told; too little happened or was observed "
        "before."
    ),
    "cluster": (
        "{rank}. {place} ({area}): events from {first} on: {observed}, expected {expected}; days: {days}; p {p}."
    ),
    "cluster.none": "No cluster in space and time stands out.",
    "cluster.limit": "From the second on, the p of a cluster is higher than it would be alone.",
    "ledger.reports": "{ledger}: reports {total}, bulletins {bulletins}.",
    "ledger.areas": "{ledger}: reports by area: {areas}.",
    "ledger.unplaced": "{ledger}: reports without a place: {unplaced}.",
    "ledger.only": "{ledger}: areas that the other ledger does not name: {areas}.",
    "ledger.checked": (
        "{ledger}: reports that the other keeper checked: {total}; confirmed {confirmed}, explained {explained}."
    ),
    "ledger.unchecked": "{ledger}: no check by the other keeper is stated.",
    "ledger.silent": "{ledger}: days without a report on which the other ledger has one: {n}.",
    "ledger.difference": "{ledger}: stated totals and their parts differ; unplaced or miscounted: {difference}.",
    "ledger.apart": "The two ledgers are not added up. Single reports cannot be linked: bulletins are counts.",
    "basis": "{ledger}, by {basis}, {first} to {last}; {what}: {total}; observed {observed} of days.",
    "basis.imprecise": (
        "Left out of daily counts are events known too vaguely for a day: {n}. Their {what}: {amount}."
    ),
    "basis.voice": "Of them, {share} come from one reporting office alone.",
    "basis.voice_unknown": "How many of them come from one reporting office alone is not stated.",
    "voice.limit": "What one office does not see, no statistics recover.",
    "ged.limit": "These are lethal events, mostly from one office; they are not all that happened.",
})  # fmt: skip

WORDS: Mapping[str, str] = MappingProxyType({
    "title.alarms": "Alarms",
    "title.change": "Before and after {at}",
    "title.areas": "By area, 60 days on each side",
    "title.points": "Days on which the level changed",
    "title.returns": "When reports fell back to the earlier level",
    "title.clusters": "Clusters in space and time, {first} to {last}",
    "title.not_run": "What was not calculated",
    "all_areas": "all {n} areas",
    "area_count": "{area} {n}",
    "area_unstated": "area not stated",
    "verdict.broken": "broken",
    "verdict.strained": "strained",
    "verdict.holding": "holding",
    "verdict.cannot_tell": "cannot tell",
    "what.events": "events",
    "what.deaths": "deaths",
    "what.civilian_deaths": "deaths of civilians",
    "what.reports": "reports",
    "what.of_pair": "{what} of {pair}",
    "direction.up": "{day} (up)",
    "direction.down": "{day} (down)",
    "basis.day of the event": "day of the event",
    "basis.day of the bulletin": "day of the bulletin",
    "share.under": "under 1 %",
    "share.over": "over 99 %",
    "not_run.in_force": "verdicts, alarms, comparison and return times; the first day in force is not given",
    "not_run.alarms": "alarms of {area} and the areas after it; stopped",
    "not_run.calibration": "part of a calibration; stopped, runs done: {n}",
    "not_run.comparison": "comparison with a pair outside the cease-fire; none is named",
    "not_run.points": "days on which the level changed; stopped",
    "not_run.points_unseen": "days on which the level changed; too few days were observed in {areas}",
    "not_run.clusters": "clusters in space and time; not asked",
    "not_run.no_places": "clusters in space and time; the reports have no places",
    "not_run.clusters_stopped": "clusters in space and time; stopped",
})  # fmt: skip
"""Titles, and words that fill the gaps of sentences."""


def _listed(names: Iterable[str]) -> str:
    """Return names as a list in words, or a dash for none."""
    found = list(names) or ["–"]
    return " and ".join((", ".join(found[:-1]), found[-1])) if len(found) > 1 else found[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How sentences are said: by default as they are, in English.

    Attributes
    ----------
    fill
        Called with a message and what fills its gaps by name; returns the sentence in the reader's language.
    day, area, ledger
        How a day, an area and a ledger are called.
    listed
        Several names as a list in words.
    """

    fill: Callable[..., str] = str.format
    day: Callable[[date], str] = date.isoformat
    area: Callable[[str], str] = str
    ledger: Callable[[str], str] = str
    listed: Callable[[Iterable[str]], str] = _listed

    def say(self, key: str, **gaps: object) -> str:
        """Return the message of a key with its gaps filled."""
        return self.fill(MESSAGES[key] if key in MESSAGES else WORDS[key], **gaps)

    def word(self, group: str, word: str) -> str:
        """Return the word of a group, such as *basis*; one that the group does not have stands as it is."""
        key = f"{group}.{word}"
        return self.say(key) if key in WORDS else word

    def areas(self, names: Iterable[str]) -> str:
        """Return several areas as a list in words."""
        return self.listed([self.area(name) for name in names])


ENGLISH = Speech()
