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
from goodoffices.ceasefire.messages import MESSAGES
from goodoffices.ceasefire.return_times import ReturnTime
from goodoffices.ceasefire.space_time_scan import Clusters
from goodoffices.ceasefire.streams import BULLETIN_DAY, Stream
from goodoffices.ceasefire.verdicts import USUAL_THRESHOLDS, Reason, Thresholds, Verdict, WeekVerdict

MOSTLY_ONE_VOICE = 0.8
WHAT = {"events": "events", "deaths": "deaths", "civilian_deaths": "deaths of civilians"}
Messages = Mapping[str, str]


def number(value: float) -> str:
    """Return a ratio with two decimals, or as a large number.

    Examples
    --------
    >>> number(0.8318), number(1234.5)
    ('0.83', '1,234')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}"


def share(value: float) -> str:
    """Return a share in per cent; small ones are not called none.

    Examples
    --------
    >>> share(0.168), share(0.001), share(0.0), share(0.9987)
    ('17 %', 'under 1 %', '0 %', 'over 99 %')
    """
    if 0 < value < 0.01:
        return "under 1 %"
    return "over 99 %" if 0.99 < value < 1 else f"{value:.0%}".replace("%", " %")


def listed(names: Iterable[str]) -> str:
    """Return names with commas, or a dash for none."""
    return ", ".join(names) or "–"


def what_of(stream: Stream) -> str:
    """Return what a stream counts: a bulletin has reports, not events."""
    return "reports" if stream.date_basis == BULLETIN_DAY else WHAT[stream.measure]


def _range(found: object) -> dict[str, str]:
    return {name: number(getattr(found, name)) for name in ("ratio", "low", "high")}


def change_sentences(change: Change, window: int, messages: Messages = MESSAGES) -> tuple[str, ...]:
    """Say what may be said of a change: first the answer, then every reason why no more may be said, areas first."""
    [one] = [one for one in change.windows if one.window == window]
    what = f"{WHAT.get(change.measure, change.measure)} of {change.pair}" if change.pair != "all" else change.measure
    gaps = {"at": change.at.isoformat(), "window": str(window), "what": what}
    if one.level is ChangeLevel.CANNOT_TELL or one.ratio is None:
        return (messages["cannot_tell"].format(**gaps), *_reasons(change, one, messages))
    gaps |= _range(one.ratio)
    if one.level is ChangeLevel.CHANGED and one.placebo is not None and one.compared is not None:
        word = "changed.fell" if one.ratio.log_ratio < 0 else "changed.rose"
        return (
            messages[word].format(**gaps),
            messages["changed.rare"].format(p=share(one.placebo.p), n=one.placebo.n_dates),
            messages["changed.spread"].format(comparison=change.comparison, **_range(one.compared)),
            *_reporting(one, messages),
        )
    word = "differed.lower" if one.ratio.log_ratio < 0 else "differed.higher"
    return (
        messages[word].format(**gaps),
        messages["differed.not_told"],
        *_reasons(change, one, messages),
        *_reporting(one, messages),
    )


def _reasons(change: Change, one: WindowChange, messages: Messages) -> tuple[str, ...]:
    """Return each condition that fails as a sentence."""
    rare, against = one.placebo, one.compared
    gaps: dict[Condition, tuple[str, Mapping[str, object]]] = {
        Condition.TWO_AREAS: ("fails.two_areas", dict(zip(("first", "second"), one.carrying_two or (), strict=False))),
        Condition.TOO_FEW: ("fails.too_few", {"total": f"{one.total:g}", "fewest": FEWEST_EVENTS}),
        Condition.WINDOW: ("fails.window", {"window": one.window}),
        Condition.UNOBSERVED: (
            "fails.unobserved", {"before": share(one.observed_before), "after": share(one.observed_after)}
        ),
        Condition.INTERVAL: ("fails.interval", {}),
        Condition.NOT_RARE: ("fails.not_rare", {"p": share(rare.p), "n": rare.n_dates} if rare else {}),
        Condition.FEW_PERIODS: (
            "fails.few_periods", {"n": f"{rare.n_independent:.1f}" if rare else "0", "fewest": FEWEST_INDEPENDENT}
        ),
        Condition.ONE_AREA_GIVEN: ("fails.one_area_given", {}),
        Condition.NO_COMPARISON: ("fails.no_comparison", {}),
        Condition.COMPARISON_ALIKE: (
            "fails.alike", {"comparison": change.comparison, **_range(against)} if against else {}
        ),
    }  # fmt: skip
    said = list(_area_reasons(one.without, messages)) if Condition.ONE_AREA in one.fails else []
    for condition in one.fails:
        if condition is not Condition.ONE_AREA:
            key, filling = gaps[condition]
            said.append(messages[key].format(**filling))
    return tuple(said)


def _area_reasons(without: Sequence[WithoutArea], messages: Messages) -> Iterable[str]:
    """Yield the areas that carry the difference, or on which its direction depends, those that carry most first."""
    for one in sorted(without, key=lambda area: -(area.carried or 0.0)):
        if one.ratio is not None and one.carries:
            yield messages["fails.one_area"].format(area=one.area, **_range(one.ratio))
            if one.without_unknown is not None:
                yield messages["fails.one_area.unknown"].format(area=one.area, **_range(one.without_unknown))
        elif one.ratio is not None and one.turns_direction:
            yield messages["fails.turning"].format(area=one.area, **_range(one.ratio))


def _reporting(one: WindowChange, messages: Messages) -> tuple[str, ...]:
    if one.ratio is None or one.less_reporting is None or one.less_reporting_nearest is None:
        return ()
    if one.less_reporting_nearest <= 0:
        return (messages["reporting.none"],)
    side = "after" if one.ratio.log_ratio < 0 else "before"
    nearest = share(one.less_reporting_nearest)
    return (messages["reporting"].format(share=share(one.less_reporting), side=side, nearest=nearest),)


def area_sentences(changes: Sequence[AreaChange], messages: Messages = MESSAGES) -> tuple[str, ...]:
    """Say how each area differed, with the rate of false findings among those that look as clear."""
    said = []
    for one in changes:
        gaps = {"area": one.area, "before": f"{one.events_before:g}", "after": f"{one.events_after:g}"}
        if one.ratio is None or one.q is None:
            said.append(messages["area.untold"].format(**gaps))
        else:
            q = number(one.q) if one.q >= 0.005 else "under 0.01"
            said.append(messages["area.told"].format(q=q, **gaps, **_range(one.ratio)))
    return tuple(said)


def lead_sentences(found: Sequence[WeekVerdict], messages: Messages = MESSAGES) -> tuple[str, ...]:
    """Say of which areas what can be said at the end of the last week, the worst first."""
    order = (Verdict.BROKEN, Verdict.STRAINED, Verdict.HOLDING, Verdict.CANNOT_TELL)
    week_ends = max((one.week_ends for one in found), default=None)
    said = []
    for verdict in order:
        areas = [one.area for one in found if one.verdict is verdict]
        if areas:
            named = f"all {len(areas)} areas" if len(areas) == len(found) > 1 else _and(areas)
            said.append(messages[f"lead.{verdict.name.lower()}"].format(areas=named, week_ends=week_ends))
    return tuple(said)


def _and(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def verdict_sentence(
    found: WeekVerdict, thresholds: Thresholds = USUAL_THRESHOLDS, messages: Messages = MESSAGES
) -> str:
    """Say the verdict of a week with the rule that made it, and the level where there is one."""
    key = next(name.lower() for name, reason in Reason.__members__.items() if reason is found.reason)
    reason = messages[f"verdict.reason.{key}"].format(
        broken=number(thresholds.broken), strained=number(thresholds.strained), lethal=thresholds.lethal_findings
    )
    said = messages["verdict"].format(
        area=found.area, week_ends=found.week_ends.isoformat(), verdict=found.verdict, reason=reason
    )
    if found.level is None or found.before_per_day is None:
        return said
    level = messages["verdict.level"].format(level=number(found.level), before=number(found.before_per_day))
    return f"{said} {level}"


def alarm_sentences(record: AlarmRecord, messages: Messages = MESSAGES) -> tuple[str, ...]:
    """Say each alarm of an area, open ones first, or that there is none since when."""
    null, said = record.null, []
    for alarm in sorted(record.alarms, key=lambda one: (one.open_until is not None, one.day)):
        if alarm.open_until is None:
            said.append(
                messages["alarm.open"].format(
                    area=record.area, day=alarm.day, mean=number(null.mean), first=null.first_day, last=null.last_day
                )
            )
        else:
            said.append(messages["alarm.closed"].format(area=record.area, day=alarm.day, until=alarm.open_until))
        said += [messages["alarm.louder"].format(area=record.area, day=day) for day in alarm.louder]
    return tuple(said) or (messages["alarm.none"].format(area=record.area, first=record.first_day),)


def promise_sentences(record: AlarmRecord, messages: Messages = MESSAGES) -> tuple[str, ...]:
    """Say what an alarm promises, on which assumption, and what came so far."""
    key = "alarm.calibrated" if record.is_calibrated else "alarm.promise"
    n_days = (record.last_day - record.first_day).days + 1
    return (
        messages[key].format(promise=f"{record.promise:g}"),
        messages["alarm.assumes"],
        messages["alarm.achieved"].format(
            n=len(record.alarms), days=n_days, expected=number(n_days / record.promise)
        ),
    )  # fmt: skip


def family_sentences(record: FamilyRecord, messages: Messages = MESSAGES) -> tuple[str, ...]:
    """Say the alarms of all areas under one promise, and what areas watched one by one give together."""
    n = len(record.areas)
    said = [messages["alarm.together"].format(area=alarm.area, day=alarm.day) for alarm in record.alarms]
    return (
        messages["alarm.many"].format(n=n, days=f"{record.promise / n:.0f}"),
        *(said or [messages["alarm.together_none"].format(first=record.first_day)]),
        messages["alarm.family"].format(n=n, promise=f"{record.promise:g}"),
    )


def no_reference_sentence(area: str, messages: Messages = MESSAGES) -> str:
    """Say that no alarm can be kept for an area."""
    return messages["alarm.no_reference"].format(area=area, fewest=FEWEST_REFERENCE_DAYS)


def running_reference_sentence(area: str, ends: date, last: date, messages: Messages = MESSAGES) -> str:
    """Say that no alarm can be kept for an area yet: its reference runs until ``ends``, and the data until ``last``."""
    return messages["alarm.reference_runs"].format(area=area, ends=ends, last=last)


def change_point_sentences(found: ChangePoints, messages: Messages = MESSAGES) -> tuple[str, ...]:
    """Say when the level of a series changed."""
    if not found.points:
        return (messages["points.none"].format(area=found.area),)
    days = listed(f"{point.day} ({point.direction})" for point in found.points)
    said = [messages["points.some"].format(area=found.area, days=days)]
    if len(found.optima) > 1:
        said.append(messages["points.ties"].format(area=found.area, n=len(found.optima)))
    return tuple(said)


def return_sentence(area: str, found: ReturnTime | None, messages: Messages = MESSAGES) -> str:
    """Say when violence in an area was back near the level before."""
    if found is None:
        return messages["returns.untold"].format(area=area)
    key = "returns.back" if found.return_observed else "returns.not_yet"
    return messages[key].format(area=area, days=found.return_day)


def cluster_sentences(found: Clusters, most_p: float = 0.05, messages: Messages = MESSAGES) -> tuple[str, ...]:
    """Say where and when there were clusters, as far as they stand out."""
    shown = [one for one in found.clusters if one.p <= most_p]
    said = [
        messages["cluster"].format(
            rank=one.rank, place=one.names[0] if one.names else f"{one.latitude:.2f}, {one.longitude:.2f}",
            area=one.area or "area not stated", observed=one.observed, days=one.days, first=one.first_day,
            expected=f"{one.expected:.1f}", p=f"{one.p:.3f}",
        ) for one in shown
    ]  # fmt: skip
    return (*said, *([messages["cluster.limit"]] if len(said) > 1 else [])) or (messages["cluster.none"],)


def ledger_sentences(found: Reconciliation, messages: Messages = MESSAGES) -> tuple[str, ...]:
    """Say what two ledgers report, each for itself."""
    sides = (sentence for side in (found.first, found.second) for sentence in _side_sentences(side, messages))
    return (*sides, messages["ledger.apart"])


def _side_sentences(side: Side, messages: Messages) -> Iterable[str]:
    keeper = side.ledger
    yield messages["ledger.reports"].format(keeper=keeper, total=side.total, bulletins=side.bulletins)
    areas = listed(f"{area} {count}" for area, count in sorted(side.by_area.items(), key=lambda one: -one[1]))
    yield messages["ledger.areas"].format(keeper=keeper, areas=areas)
    if side.unplaced:
        yield messages["ledger.unplaced"].format(keeper=keeper, unplaced=side.unplaced)
    if side.only_here:
        yield messages["ledger.only"].format(keeper=keeper, areas=listed(side.only_here))
    key = "ledger.checked" if side.checked_days else "ledger.unchecked"
    yield messages[key].format(
        keeper=keeper, total=side.checked, confirmed=side.confirmed, explained=side.explained
    )  # fmt: skip
    if side.silent:
        yield messages["ledger.silent"].format(keeper=keeper, n=len(side.silent))
    if side.difference:
        yield messages["ledger.difference"].format(keeper=keeper, difference=f"{side.difference:+d}")


def basis_sentences(stream: Stream, messages: Messages = MESSAGES) -> tuple[str, ...]:
    """Say on what figures rest: ledger, kind of date, period, what was observed, what is vague, how many voices."""
    said = [
        messages["basis"].format(
            ledger=stream.ledger, basis=stream.date_basis, first=stream.first_day, last=stream.last_day,
            total=f"{stream.total:,.0f}", what=what_of(stream), observed=share(stream.share_observed),
        )
    ]  # fmt: skip
    if stream.imprecise:
        amount = f"{stream.imprecise_amount:,} {WHAT[stream.measure]}"
        said.append(messages["basis.imprecise"].format(n=f"{stream.imprecise:,} events", amount=amount))
    if stream.single_voice is None:
        said.append(messages["basis.voice_unknown"])
    else:
        said.append(messages["basis.voice"].format(share=share(stream.single_voice)))
        if stream.single_voice >= MOSTLY_ONE_VOICE:
            said.append(messages["voice.limit"])
    return tuple(said)


def not_run_sentence(what: Iterable[str], messages: Messages = MESSAGES) -> str:
    """Say which tests were not run."""
    return messages["not_run"].format(what=listed(what))
