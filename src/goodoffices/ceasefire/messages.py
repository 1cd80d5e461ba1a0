"""Every sentence that the room says, as whole sentences with gaps, so that they can be translated.

No sentence says why something happened: counts before and after a date cannot. The keeper of a ledger is never said to
have done what the ledger reports. *Violation* is not said: that takes a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NOT_SAID = (
    "cause", "because", "thanks to", "due to", "led to", "lead to", "worked", "works", "as a result", "result of",
    "effect", "owing to", "therefore", "hence", "violat", "responsible", "guilt", "broke the", "committed",
)  # fmt: skip
"""Words that no sentence has; a test holds every template against them."""

MESSAGES: Mapping[str, str] = MappingProxyType({
    "lead.broken": "In the week to {week_ends}, broken in {areas}.",
    "lead.strained": "In the week to {week_ends}, strained in {areas}.",
    "lead.holding": "In the week to {week_ends}, holding in {areas}.",
    "lead.cannot_tell": "In the week to {week_ends}, it cannot be told of {areas}.",
    "changed.fell": (
        "After {at}, {what} fell to {ratio} of what they were [{low}, {high}], counting {window} days on "
        "each side."
    ),
    "changed.rose": (
        "After {at}, {what} rose to {ratio} of what they were [{low}, {high}], counting {window} days on "
        "each side."
    ),
    "changed.rare": "So large a change is rare in this series: {p} of {n} other dates.",
    "changed.spread": "It is not one area's, and it did not occur in {comparison}: {ratio} [{low}, {high}].",
    "differed.lower": (
        "{what}: lower in the {window} days from {at} on, {ratio} [{low}, {high}] of the {window} days "
        "before."
    ),
    "differed.higher": (
        "{what}: higher in the {window} days from {at} on, {ratio} [{low}, {high}] of the {window} days "
        "before."
    ),
    "differed.not_told": "It cannot be told whether this is more than chance, for these reasons.",
    "cannot_tell": "{what}: it cannot be told whether anything changed at {at}, for these reasons.",
    "fails.one_area": "The difference is carried by {area}: without it the ratio is {ratio} [{low}, {high}].",
    "fails.one_area.unknown": "Without {area} and without events of unknown place it is {ratio} [{low}, {high}].",
    "fails.turning": "Its direction depends on {area}: without it the ratio is {ratio} [{low}, {high}].",
    "fails.two_areas": "Two areas together carry at least half of the difference: {first} and {second}.",
    "fails.too_few": "There are {total} in both windows together; at least {fewest} are needed.",
    "fails.window": "The window of {window} days reaches beyond the data.",
    "fails.unobserved": "Only {before} of the days before and {after} of the days after were observed.",
    "fails.interval": "The interval includes 1, no change.",
    "fails.not_rare": "Other dates in this series show a change as large: the share is {p} of {n}.",
    "fails.few_periods": (
        "The series holds {n} independent periods of this length; to call a change rare takes "
        "{fewest}."
    ),
    "fails.one_area_given": "Areas cannot be left out one by one: fewer than three are given.",
    "fails.no_comparison": "No pair outside the cease-fire is given to compare with.",
    "fails.alike": "Compared with {comparison}, which it does not cover, the ratio is {ratio} [{low}, {high}].",
    "reporting": (
        "If the ledger saw {share} less {side} the date, the difference would vanish; at the nearer end of "
        "the interval, {nearest}."
    ),
    "reporting.none": (
        "At the nearer end of the interval there is no difference that less reporting would have to "
        "explain."
    ),
    "area.told": "{area}: {before} before, {after} after; ratio {ratio} [{low}, {high}], q {q}.",
    "area.untold": "{area}: {before} before, {after} after; a ratio cannot be given where one side has none.",
    "verdict": "{area}, week to {week_ends}: {verdict}. {reason}",
    "verdict.level": "The level is {level} of the {before} a day in the 60 days before.",
    "verdict.reason.unobserved": "Less than 60 % of the fortnight was observed.",
    "verdict.reason.no_level_before": "Too little happened before to compare with.",
    "verdict.reason.before_unobserved": "Too little was observed before to compare with.",
    "verdict.reason.one_side": "Only ledgers of one side report.",
    "verdict.reason.resumed": "A finding says that fighting has generally resumed.",
    "verdict.reason.back": "The level has been {broken} of that before, or more, now and a week ago.",
    "verdict.reason.halfway": "The level is {strained} of that before, or more.",
    "verdict.reason.alarm": "An alarm is open.",
    "verdict.reason.lethal": "Findings of the week include at least {lethal} lethal ones.",
    "verdict.reason.low": "The level is below {strained} of that before.",
    "verdict.reason.quiet_stream": "No alarm is open; there is no level before to compare with.",
    "alarm.open": "{area}: alarm since {day}. Reports are above the {mean} a day of {first} to {last}.",
    "alarm.closed": "{area}: alarm on {day}, closed on {until}.",
    "alarm.none": "{area}: no alarm since {first}.",
    "alarm.louder": "{area}: louder on {day}; reports rose again while the alarm was open.",
    "alarm.promise": "With nothing changed, an alarm of one area comes on average not before {promise} days.",
    "alarm.calibrated": (
        "The threshold was found by simulation: with nothing changed, an alarm comes once in {promise} "
        "days."
    ),
    "alarm.family": (
        "With nothing changed in any of the {n} areas, an alarm comes on average not before {promise} "
        "days."
    ),
    "alarm.many": (
        "Each of {n} areas is watched for itself. "
        "With nothing changed, one of all may come every {days} days."
    ),
    "alarm.together": "{area}: alarm on {day} for all areas together.",
    "alarm.together_none": "For all areas together: no alarm since {first}.",
    "alarm.assumes": "This holds if days scatter as in the reference, each by itself or as violence follows violence.",
    "alarm.achieved": "So far: {n} in {days} watched days; at most {expected} are to be expected with nothing changed.",
    "alarm.no_reference": "{area}: no alarm can be kept; fewer than {fewest} days of the reference were observed.",
    "alarm.reference_runs": "{area}: no alarm can be kept yet; the reference ends on {ends}, and the data on {last}.",
    "points.some": "{area}: the level changed on {days}.",
    "points.none": "{area}: no day on which the level changed abruptly.",
    "points.limit": "Blind methods find abrupt changes and miss slow ones: of 18 known dates they found 5.",
    "points.ties": "{area}: {n} divisions fit equally well; the one with the earliest days is given.",
    "returns.back": "{area}: back at three quarters of the level before after {days} days.",
    "returns.not_yet": "{area}: not back at three quarters of the level before in {days} days.",
    "returns.untold": "{area}: too little happened or was observed before to say when it is back.",
    "cluster": (
        "{rank}. {place} ({area}): {observed} events in {days} days from {first}; {expected} were expected, "
        "p {p}."
    ),
    "cluster.none": "No cluster in space and time stands out.",
    "cluster.limit": "From the second on, the p of a cluster is higher than it would be alone.",
    "ledger.reports": "{keeper}'s ledger has {total} reports in {bulletins} bulletins.",
    "ledger.areas": "{keeper}'s ledger names {areas}.",
    "ledger.unplaced": "In {keeper}'s ledger {unplaced} reports have no place.",
    "ledger.only": "Only {keeper}'s ledger names {areas}.",
    "ledger.checked": (
        "Of {total} reports in {keeper}'s ledger that the other keeper checked, {confirmed} were confirmed "
        "and {explained} explained."
    ),
    "ledger.unchecked": "For the reports in {keeper}'s ledger, no check by the other keeper is stated.",
    "ledger.silent": "{keeper}'s ledger has no report on {n} days on which the other has one.",
    "ledger.difference": (
        "In {keeper}'s ledger, stated totals and their parts differ: unplaced or miscounted "
        "{difference}."
    ),
    "ledger.apart": "The two ledgers are not added up. Single reports cannot be linked: bulletins are counts.",
    "basis": "{ledger}, by {basis}, {first} to {last}: {total} {what}; observed {observed} of days.",
    "basis.imprecise": "Left out of daily counts: {n} known too vaguely for a day, which add up to {amount}.",
    "basis.voice": "One office alone stands behind {share} of them.",
    "basis.voice_unknown": "How many rest on one office alone is not stated.",
    "voice.limit": "What one office does not see, no statistics recover.",
    "ged.limit": "These are lethal events, mostly from one office; they are not all that happened.",
    "not_run": "Not run: {what}.",
})  # fmt: skip
