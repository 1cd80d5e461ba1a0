"""Small random settings of a rehearsal: few settlements, whole numbers, many ties."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from goodoffices.bargain import Rule
from goodoffices.rehearsal.graph import Channel, Filter, Form, Intermediary
from goodoffices.rehearsal.negotiators.catalogue import negotiator_named
from goodoffices.rehearsal.preferences import Preferences, Space
from goodoffices.rehearsal.setting import Closing, ProtocolName, Setting
from goodoffices.talks.base.enums import Format

TIME = ("boulware", "linear", "conceder", "hard-line", "linear+next")
ANSWERING = ("tit-for-tat:relative", "tit-for-tat:absolute", "tit-for-tat:averaged(2)", "micro")
SEEKING = ("trade-off+combi(0.5)", "nash-seeker", "max-min-seeker+constant(1)", "random>=r+time(0.5)", "random")
NAMES = (*TIME, *ANSWERING, *SEEKING)
OPEN_PROTOCOLS = (ProtocolName.ALTERNATING, ProtocolName.ALL_PROPOSE, ProtocolName.MAJORITY)


def plain(worths: list[list[list[int]]], reservation: list[int] | None = None, **more: Any) -> Setting:
    """Return a setting of worths[party][issue][option], with boulware negotiators unless others are named."""
    names = more.pop("names", ("boulware",) * len(worths))
    space = Space(sizes=tuple(len(row) for row in worths[0]))
    return Setting(
        parties=tuple(f"P{party}" for party in range(len(worths))),
        preferences=tuple(
            Preferences(
                space=space,
                worth=tuple(tuple(map(float, row)) for row in tables),
                reservation_value=float((reservation or [0] * len(worths))[party]),
            )
            for party, tables in enumerate(worths)
        ),
        negotiators=tuple(negotiator_named(name) for name in names),
        **more,
    )


@st.composite
def settings_of(
    draw: st.DrawFn,
    *,
    names: tuple[str, ...] = NAMES,
    most_parties: int = 3,
    protocols: tuple[ProtocolName, ...] = OPEN_PROTOCOLS,
    red_lines: bool = True,
) -> Setting:
    """Draw a setting in direct format, without frictions."""
    n = draw(st.integers(2, most_parties))
    sizes = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)))
    number = st.integers(0, 5)
    worths = [[[draw(number) for _ in range(size)] for size in sizes] for _ in range(n)]
    setting = plain(
        worths,
        [draw(st.integers(0, 6)) for _ in range(n)],
        names=[draw(st.sampled_from(names)) for _ in range(n)],
        protocol=draw(st.sampled_from(protocols)),
        n_turns=draw(st.integers(1, 12)),
    )
    if red_lines and draw(st.booleans()):
        issue = max(range(len(sizes)), key=sizes.__getitem__)
        if sizes[issue] > 1:
            crossing = replace(
                setting.preferences[0], red_lines=frozenset({(issue, draw(st.integers(0, sizes[issue] - 1)))})
            )
            setting = replace(setting, preferences=(crossing, *setting.preferences[1:]))
    if n > 2 and draw(st.booleans()):
        setting = replace(setting, rule=Rule.signatories(n, (0,), 1), essential=frozenset({0}))
    return setting


FREE = Channel()


def mediated(setting: Setting, form: Format = Format.PROXIMITY, channel: Channel = FREE, **more: Any) -> Setting:
    """Return the setting with one intermediary whom all accept."""
    carrier = Intermediary(name="Carrier", accepted_by=frozenset(range(setting.n)), channel=channel)
    return replace(setting, format=form, intermediaries=(carrier,), **more)


@st.composite
def channels(draw: st.DrawFn) -> Channel:
    """Draw a channel with frictions."""
    return Channel(
        delay=draw(st.integers(0, 3)),
        relays_per_turn=draw(st.sampled_from([None, 1, 2])),
        loss=draw(st.sampled_from([0.0, 0.3, 1.0])),
        form=draw(st.sampled_from(list(Form))),
        distortion=draw(st.sampled_from([0.0, 0.3])),
        is_nearby=draw(st.booleans()),
        read_back=draw(st.sampled_from([0.0, 0.5])),
        filter=draw(st.sampled_from([Filter.NONE, Filter.SOFTENING])),
        travel=draw(st.integers(0, 2)),
    )


@st.composite
def frictions(draw: st.DrawFn, /, **more: Any) -> Setting:
    """Draw a setting in proximity or shuttle format, with frictions and devaluation."""
    setting = draw(settings_of(**more))
    form = draw(st.sampled_from([Format.PROXIMITY, Format.SHUTTLE]))
    share = draw(st.sampled_from([0.0, 0.2]))
    row = tuple(tuple(0.0 if i == j else share for j in range(setting.n)) for i in range(setting.n))
    return mediated(setting, form, draw(channels()), devaluation=row, closing=draw(st.sampled_from(list(Closing))))
