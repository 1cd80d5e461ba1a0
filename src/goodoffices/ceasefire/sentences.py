"""What the figures say, one function for each answer. The program chooses the sentence; nobody phrases a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from goodoffices.ceasefire.alarm_families import FamilyRecord
from goodoffices.ceasefire.alarms import FEWEST_REFERENCE_DAYS, AlarmRecord
from goodoffices.ceasefire.area_changes import AreaChange
from goodoffices.ceasefire.change import (
    FEWEST_EVENTS,
    FEWEST_INDEPENDENT,
    Change,
    ChangeLevel,
    Condition,
    WindowChange,
    WithoutArea,
)
from goodoffices.ceasefire.change_points import ChangePoints
from goodoffices.ceasefire.ledgers import Reconciliation, Side
from goodoffices.ceasefire.messages import ENGLISH, Speech
from goodoffices.ceasefire.return_times import ReturnTime
from goodoffices.ceasefire.space_time_scan import Clusters
from goodoffices.ceasefire.streams import BULLETIN_DAY, Stream
from goodoffices.ceasefire.verdicts import USUAL_THRESHOLDS, Reason, Thresholds, Verdict, WeekVerdict
from goodoffices.data_class import dataclass

MOSTLY_ONE_VOICE = 0.8


def number(value: float) -> str:
    """Return a ratio with two decimals, or as a large number.

    Examples
    --------
    >>> number(0.8318), number(1234.5)
    ('0.83', '1,234')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}"


def share(value: float, speech: Speech = ENGLISH) -> str:
    """Return a share in per cent; small ones are not called none.

    Examples
    --------
    >>> share(0.168), share(0.001), share(0.0), share(0.9987)
    ('17 %', 'under 1 %', '0 %', 'over 99 %')
    """
    if 0 < value < 0.01:
        return speech.say("share.under")
    return speech.say("share.over") if 0.99 < value < 1 else f"{value:.0%}".replace("%", " %")


def what_of(stream: Stream) -> str:
    """Return what a stream counts: a bulletin has reports, not events."""
    return "reports" if stream.date_basis == BULLETIN_DAY else stream.measure.value


def _range(found: object) -> str:
    """Return a ratio with its interval, as one piece of text: it is never torn apart in a line from right to left."""
    return "{} [{}, {}]".format(*(number(getattr(found, name)) for name in ("ratio", "low", "high")))


def change_sentences(change: Change, window: int, speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say what may be said of a change: first the answer, then every reason why no more may be said, areas first."""
    [one] = [one for one in change.windows if one.window == window]
    gaps: dict[str, object] = {"at": speech.day(change.at), "window": window, "what": _counted(change, speech)}
    if one.level is ChangeLevel.CANNOT_TELL or one.ratio is None:
        return untold_sentences(change, (window,), speech)
    gaps["ratio"] = _range(one.ratio)
    if one.level is ChangeLevel.CHANGED and one.placebo is not None and one.compared is not None:
        word = "changed.fell" if one.ratio.log_ratio < 0 else "changed.rose"
        return (
            speech.say(word, **gaps),
            speech.say("changed.rare", p=share(one.placebo.p, speech), n=one.placebo.n_dates),
            speech.say("changed.spread", comparison=change.comparison, ratio=_range(one.compared)),
            *_reporting(one, speech),
        )
    word = "differed.lower" if one.ratio.log_ratio < 0 else "differed.higher"
    return (
        speech.say(word, **gaps),
        speech.say("differed.not_told"),
        *_reasons(change, one, speech),
        *_reporting(one, speech),
    )


def untold_sentences(change: Change, windows: Sequence[int], speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say of which windows it cannot be told whether anything changed, then every reason of any of them once."""
    untold = [one for one in change.windows if one.window in windows]
    reasons = dict.fromkeys(reason for one in untold for reason in _reasons(change, one, speech))
    days = speech.listed([str(one.window) for one in untold])
    gaps = {"at": speech.day(change.at), "window": days, "what": _counted(change, speech)}
    return (speech.say("cannot_tell", **gaps), *reasons)


def _counted(change: Change, speech: Speech) -> str:
    what = speech.word("what", "reports" if change.date_basis == BULLETIN_DAY else change.measure)
    return what if change.pair == "all" else speech.say("what.of_pair", what=what, pair=change.pair)


def _reasons(change: Change, one: WindowChange, speech: Speech) -> tuple[str, ...]:
    """Return each condition that fails as a sentence."""
    rare, against = one.placebo, one.compared
    seen = {"before": share(one.observed_before, speech), "after": share(one.observed_after, speech)}
    carrying = dict(zip(("first", "second"), map(speech.area, one.carrying_two or ()), strict=False))
    gaps: dict[Condition, tuple[str, Mapping[str, object]]] = {
        Condition.TWO_AREAS: ("fails.two_areas", carrying),
        Condition.TOO_FEW: ("fails.too_few", {"total": f"{one.total:.12g}", "fewest": FEWEST_EVENTS}),
        Condition.WINDOW: ("fails.window", {}),
        Condition.UNOBSERVED: ("fails.unobserved", seen),
        Condition.INTERVAL: ("fails.interval", {}),
        Condition.NOT_RARE: ("fails.not_rare", {"p": share(rare.p, speech), "n": rare.n_dates} if rare else {}),
        Condition.FEW_PERIODS: (
            "fails.few_periods", {"n": f"{rare.n_independent:.1f}" if rare else "0", "fewest": FEWEST_INDEPENDENT}
        ),
        Condition.ONE_AREA_GIVEN: ("fails.one_area_given", {}),
        Condition.NO_COMPARISON: ("fails.no_comparison", {}),
        Condition.COMPARISON_ALIKE: (
            "fails.alike", {"comparison": change.comparison, "ratio": _range(against)} if against else {}
        ),
    }  # fmt: skip
    said = list(_area_reasons(one.without, speech)) if Condition.ONE_AREA in one.fails else []
    for condition in one.fails:
        if condition is not Condition.ONE_AREA:
            key, filling = gaps[condition]
            said.append(speech.say(key, **filling))
    return tuple(said)


def _area_reasons(without: Sequence[WithoutArea], speech: Speech) -> Iterable[str]:
    """Yield the areas that carry the difference, or on which its direction depends, those that carry most first."""
    for one in sorted(without, key=lambda area: -(area.carried or 0.0)):
        area = speech.area(one.area)
        if one.ratio is not None and one.carries:
            yield speech.say("fails.one_area", area=area, ratio=_range(one.ratio))
            if one.without_unknown is not None:
                yield speech.say("fails.one_area.unknown", area=area, ratio=_range(one.without_unknown))
        elif one.ratio is not None and one.turns_direction:
            yield speech.say("fails.turning", area=area, ratio=_range(one.ratio))


def _reporting(one: WindowChange, speech: Speech) -> tuple[str, ...]:
    if one.ratio is None or one.less_reporting is None or one.less_reporting_nearest is None:
        return ()
    if one.less_reporting_nearest <= 0:
        return (speech.say("reporting.none"),)
    key = "reporting.after" if one.ratio.log_ratio < 0 else "reporting.before"
    nearest = share(one.less_reporting_nearest, speech)
    return (speech.say(key, share=share(one.less_reporting, speech), nearest=nearest),)


def area_sentences(changes: Sequence[AreaChange], speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say how each area differed, with the rate of false findings among those that look as clear."""
    said = []
    for one in changes:
        gaps = {
            "area": speech.area(one.area), "before": f"{one.events_before:.12g}", "after": f"{one.events_after:.12g}"
        }  # fmt: skip
        if one.ratio is None or one.q is None:
            said.append(speech.say("area.untold", **gaps))
        else:
            q = number(one.q) if one.q >= 0.005 else "< 0.01"
            said.append(speech.say("area.told", q=q, **gaps, ratio=_range(one.ratio)))
    return tuple(said)


def lead_sentences(found: Sequence[WeekVerdict], speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say of which areas what can be said at the end of the last week, the worst first."""
    said = []
    for verdict in (Verdict.BROKEN, Verdict.STRAINED, Verdict.HOLDING, Verdict.CANNOT_TELL):
        areas = [one.area for one in found if one.verdict is verdict]
        if areas:
            is_all = len(areas) == len(found) > 1
            named = speech.say("all_areas", n=len(areas)) if is_all else speech.areas(areas)
            ends = speech.day(max(one.week_ends for one in found))
            said.append(speech.say(f"lead.{verdict.name.lower()}", areas=named, week_ends=ends))
    return tuple(said)


def verdict_sentences(
    found: WeekVerdict, thresholds: Thresholds = USUAL_THRESHOLDS, speech: Speech = ENGLISH
) -> tuple[str, ...]:
    """Say the verdict of a week with the rule that made it, and the level where there is one."""
    key = next(name.lower() for name, reason in Reason.__members__.items() if reason is found.reason)
    limits = {"broken": number(thresholds.broken), "strained": number(thresholds.strained)}
    reason = speech.say(f"verdict.reason.{key}", lethal=thresholds.lethal_findings, **limits)
    verdict = speech.say(f"verdict.{found.verdict.name.lower()}")
    ends = speech.day(found.week_ends)
    said = speech.say("verdict", area=speech.area(found.area), week_ends=ends, verdict=verdict, reason=reason)
    if found.level is None or found.before_per_day is None:
        return (said,)
    return (said, speech.say("verdict.level", level=number(found.level), before=number(found.before_per_day)))


def alarm_sentences(records: Sequence[AlarmRecord], speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say each alarm of each area, an area's open ones first; those without any come last, by their first day."""
    said = [sentence for record in records for sentence in _alarms_of(record, speech)]
    quiet: dict[date, list[str]] = {}
    for record in records:
        if not record.alarms:
            quiet.setdefault(record.first_day, []).append(record.area)
    return (
        *said,
        *(speech.say("alarm.none", areas=speech.areas(areas), first=speech.day(day)) for day, areas in quiet.items()),
    )


def _alarms_of(record: AlarmRecord, speech: Speech) -> list[str]:
    null, area = record.null, speech.area(record.area)
    said: list[str] = []
    for alarm in sorted(record.alarms, key=lambda one: (one.open_until is not None, one.day)):
        day = speech.day(alarm.day)
        if alarm.open_until is None:
            # A null that was given, not estimated, has no days of its own.
            ends = {
                name: "–" if one is None else speech.day(one)
                for name, one in (("first", null.first_day), ("last", null.last_day))
            }
            said.append(speech.say("alarm.open", area=area, day=day, mean=number(null.mean), **ends))
        else:
            said.append(speech.say("alarm.closed", area=area, day=day, until=speech.day(alarm.open_until)))
        said += [speech.say("alarm.louder", area=area, day=speech.day(louder)) for louder in alarm.louder]
    return said


def promise_sentences(record: AlarmRecord, speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say what an alarm promises, on which assumption, and what came so far."""
    key = "alarm.calibrated" if record.is_calibrated else "alarm.promise"
    n_days = (record.last_day - record.first_day).days + 1
    return (
        speech.say(key, promise=f"{record.promise:g}"),
        speech.say("alarm.assumes"),
        speech.say(
            "alarm.achieved", area=speech.area(record.area), n=len(record.alarms), days=n_days,
            expected=number(n_days / record.promise),
        ),
    )  # fmt: skip


def family_sentences(record: FamilyRecord, speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say the alarms of all areas under one promise, and what areas watched one by one give together."""
    n = len(record.areas)
    said = [
        speech.say("alarm.together", area=speech.area(alarm.area), day=speech.day(alarm.day)) for alarm in record.alarms
    ]
    return (
        speech.say("alarm.many", n=n, days=f"{record.promise / n:.0f}"),
        *(said or [speech.say("alarm.together_none", first=speech.day(record.first_day))]),
        speech.say("alarm.family", promise=f"{record.promise:g}"),
    )


def no_reference_sentence(areas: Sequence[str], speech: Speech = ENGLISH) -> str:
    """Say that no alarm can be kept for these areas."""
    return speech.say("alarm.no_reference", areas=speech.areas(areas), fewest=FEWEST_REFERENCE_DAYS)


def running_reference_sentence(areas: Sequence[str], ends: date, last: date, speech: Speech = ENGLISH) -> str:
    """Say that no alarm can be kept for areas yet: the reference runs until ``ends``, and the data until ``last``."""
    return speech.say("alarm.reference_runs", areas=speech.areas(areas), ends=speech.day(ends), last=speech.day(last))


def change_point_sentences(found: Sequence[ChangePoints], speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say when the levels of series changed; those without such a day come last, in one sentence."""
    said: list[str] = []
    for one in found:
        if not one.points:
            continue
        area = speech.area(one.area)
        days = [speech.say(f"direction.{point.direction.value}", day=speech.day(point.day)) for point in one.points]
        said.append(speech.say("points.some", area=area, days=speech.listed(days)))
        if len(one.optima) > 1:
            said.append(speech.say("points.ties", area=area, n=len(one.optima)))
    if unchanged := [one.area for one in found if not one.points]:
        said.append(speech.say("points.none", areas=speech.areas(unchanged)))
    return (*said, speech.say("points.limit")) if said else ()


def return_sentences(found: Mapping[str, ReturnTime | None], speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say when violence in each area was back near the level before; where it cannot be told, in one sentence."""
    said = [
        speech.say(
            "returns.back" if one.return_observed else "returns.not_yet", area=speech.area(area), days=one.return_day
        ) for area, one in found.items() if one is not None
    ]  # fmt: skip
    untold = [area for area, one in found.items() if one is None]
    return (*said, *([speech.say("returns.untold", areas=speech.areas(untold))] if untold else []))


def cluster_sentences(found: Clusters, most_p: float = 0.05, speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say where and when there were clusters, as far as they stand out."""
    said = [
        speech.say(
            "cluster", rank=one.rank, place=one.names[0] if one.names else f"{one.latitude:.2f}, {one.longitude:.2f}",
            area=speech.area(one.area) if one.area else speech.say("area_unstated"), observed=one.observed,
            days=one.days, first=speech.day(one.first_day), expected=f"{one.expected:.1f}", p=f"{one.p:.3f}",
        ) for one in found.clusters if one.p <= most_p
    ]  # fmt: skip
    return (*said, *([speech.say("cluster.limit")] if len(said) > 1 else [])) or (speech.say("cluster.none"),)


def ledger_sentences(found: Reconciliation, speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say what two ledgers report, each for itself."""
    sides = (sentence for side in (found.first, found.second) for sentence in side_sentences(side, speech))
    return (*sides, speech.say("ledger.apart"))


def side_sentences(side: Side, speech: Speech = ENGLISH) -> Iterable[str]:
    """Yield what one ledger reports beside another one."""
    ledger = speech.ledger(side.ledger)
    yield speech.say("ledger.reports", ledger=ledger, total=side.total, bulletins=side.bulletins)
    by_area = sorted(side.by_area.items(), key=lambda one: -one[1])
    areas = speech.listed([speech.say("area_count", area=speech.area(area), n=count) for area, count in by_area])
    if by_area:
        yield speech.say("ledger.areas", ledger=ledger, areas=areas)
    if side.unplaced:
        yield speech.say("ledger.unplaced", ledger=ledger, unplaced=side.unplaced)
    if side.only_here:
        yield speech.say("ledger.only", ledger=ledger, areas=speech.areas(side.only_here))
    key = "ledger.checked" if side.checked_days else "ledger.unchecked"
    yield speech.say(key, ledger=ledger, total=side.checked, confirmed=side.confirmed, explained=side.explained)
    if side.silent:
        yield speech.say("ledger.silent", ledger=ledger, n=len(side.silent))
    if side.difference:
        yield speech.say("ledger.difference", ledger=ledger, difference=f"{side.difference:+d}")


def basis_sentences(stream: Stream, speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say on what figures rest: ledger, kind of date, period, what was observed, what is vague, how many voices."""
    said = [
        speech.say(
            "basis", ledger=speech.ledger(stream.ledger), basis=speech.word("basis", stream.date_basis),
            first=speech.day(stream.first_day), last=speech.day(stream.last_day), total=f"{stream.total:,.0f}",
            what=speech.word("what", what_of(stream)), observed=share(stream.share_observed, speech),
        )
    ]  # fmt: skip
    if stream.imprecise:
        what = speech.word("what", stream.measure.value)
        said.append(
            speech.say(
                "basis.imprecise", n=f"{stream.imprecise:,}", what=what, amount=f"{stream.imprecise_amount:,}"
            )
        )  # fmt: skip
    if stream.single_voice is None:
        said.append(speech.say("basis.voice_unknown"))
    else:
        said.append(speech.say("basis.voice", share=share(stream.single_voice, speech)))
        if stream.single_voice >= MOSTLY_ONE_VOICE:
            said.append(speech.say("voice.limit"))
    return tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRun:
    """Something that was not worked out: the key of its words, with the area or areas and the number in them."""

    key: str
    areas: tuple[str, ...] = ()
    n: int | None = None

    def phrase(self, speech: Speech = ENGLISH) -> str:
        """Return what was not worked out, and why."""
        named = speech.areas(self.areas)
        return speech.say(f"not_run.{self.key}", area=named, areas=named, n=self.n)


def not_run_sentences(what: Iterable[NotRun], speech: Speech = ENGLISH) -> tuple[str, ...]:
    """Say which tests were not run, one line for each, to stand under a title that says so."""
    # A page says it in markup, which an f-string would lose.
    return tuple(one.phrase(speech) + "." for one in what)
