"""The readable engine: one run of any format, protocol and negotiators, in plain Python. It is the definition.

The compiled loops in ``kernels`` take some of the same cells and give the same results, bit for bit.
"""

from __future__ import annotations

from goodoffices.rehearsal.draws import Key, Stream, key_of, uniform
from goodoffices.rehearsal.preferences import Settlement
from goodoffices.rehearsal.presence import Ratifier
from goodoffices.rehearsal.protocols.alternating_offers import Alternating
from goodoffices.rehearsal.protocols.course import Course
from goodoffices.rehearsal.protocols.simultaneous_offers import Simultaneous
from goodoffices.rehearsal.protocols.single_text import SingleText
from goodoffices.rehearsal.setting import ProtocolName, Setting
from goodoffices.rehearsal.transcript import Ending, Run
from goodoffices.talks.base.enums import Format

_COURSES: dict[ProtocolName, type[Alternating] | type[Simultaneous] | type[SingleText]] = {
    ProtocolName.ALTERNATING: Alternating,
    ProtocolName.ALL_PROPOSE: Simultaneous,
    ProtocolName.MAJORITY: Simultaneous,
    ProtocolName.SINGLE_TEXT: SingleText,
}


def play(setting: Setting, *, seed: int = 1, run: int = 0, transcript: bool = True) -> Run:
    """Play one run and return how it went.

    Parameters
    ----------
    setting
        Parties, negotiators, format, protocol and presence.
    seed, run
        The random numbers: the same for all cells of an experiment, so that runs can be compared in pairs.
    transcript
        Whether to keep moves and messages, or only the end.

    Raises
    ------
    ScenarioError
        If the setting cannot be played, for example if a space is too large for the negotiators chosen.
    """
    return play_with(setting, key_of(seed), run, transcript=transcript)


def play_with(setting: Setting, key: Key, run: int, *, transcript: bool) -> Run:
    """Play one run with the key of a seed; see `play`."""
    course = _COURSES[setting.protocol](setting, key, run, keeps_messages=transcript)
    refusing = _refuses_to_sit(setting, key, run)
    if refusing is not None:
        first, second = (setting.parties[party] for party in refusing)
        course.end(Ending.DID_NOT_CONVENE, 0, by=refusing[0], why=f"{first} does not sit in one room with {second}")
        return _result(course, transcript)
    try:
        course.begin()
        course.play()
    finally:
        course.release()
    course.carriage.end()
    return _result(course, transcript)


def _refuses_to_sit(setting: Setting, key: Key, run: int) -> tuple[int, int] | None:
    """Return the first pair of essential parties of which one does not sit with the other, where they would have to."""
    if not setting.will_sit or setting.format not in (Format.PLENARY, Format.DIRECT):
        return None
    if setting.protocol is ProtocolName.SINGLE_TEXT:
        return None
    for one in sorted(setting.must_sign):
        for other in sorted(setting.must_sign - {one}):
            probability = setting.will_sit[one][other]
            place = 4096 + one * 64 + other
            if probability < 1.0 and uniform(key, run, Stream.SHOCKS, 0, place) >= probability:
                return one, other
    return None


def _result(course: Course, transcript: bool) -> Run:
    setting = course.setting
    settlement, ending = course.settlement, course.ending
    assert ending is not None
    ratified = _ratified(course, settlement) if ending is Ending.AGREEMENT and settlement is not None else ()
    holds = ending is Ending.AGREEMENT and all(approved for _, approved in ratified)
    if holds and settlement is not None:
        _accede(course, settlement)
    worth, gain = [], []
    for party in range(setting.n):
        now, no_agreement = _worths(course, party, settlement if holds else None)
        worth.append(now)
        gain.append(_share(now - no_agreement, setting.preferences[party].best - course.reservation[party]))
    return Run(
        ending=ending,
        turn=course.turn,
        settlement=settlement,
        copies=tuple(course.copies),
        worth=tuple(worth),
        gain=tuple(gain),
        by=course.by,
        why=course.why,
        also_met=course.also_met,
        without=tuple(p for p in range(setting.n) if holds and course.copies[p] is None),
        ratified=ratified,
        accepted_ever=tuple(course.accepted_ever),
        isolation=tuple(getattr(state, "level", "shipped") for state in course.states),
        moves=tuple(course.moves) if transcript else (),
        messages=tuple(sorted((*course.messages, *course.carriage.messages), key=lambda m: (m.arrives_at, m.sent_at)))
        if transcript
        else (),
    )


def _worths(course: Course, party: int, settlement: Settlement | None) -> tuple[float, float]:
    """Return what the end is worth to a party, and what no agreement would be worth at that time."""
    setting, preferences = course.setting, course.setting.preferences[party]
    turn, n_turns = course.turn, setting.n_turns
    no_agreement = preferences.time_worth(course.reservation[party], turn, n_turns)
    if settlement is not None and course.copies[party] is not None:
        return preferences.time_worth(preferences.worth_of(settlement), turn, n_turns), no_agreement
    if course.ending is Ending.WALKOUT and preferences.opt_out_value is not None:
        return preferences.time_worth(preferences.opt_out_value, turn, n_turns), no_agreement
    return no_agreement, no_agreement


def _share(gain: float, span: float) -> float:
    """Return a gain as a share of the party's range; 0 where there is no range."""
    return gain / span if span > 0.0 else 0.0


def _ratified(course: Course, settlement: Settlement) -> tuple[tuple[str, bool], ...]:
    ratifiers = course.setting.presence.ratifiers
    return tuple((one.name, _approves(course, number, one, settlement)) for number, one in enumerate(ratifiers))


def _approves(course: Course, number: int, ratifier: Ratifier, settlement: Settlement) -> bool:
    if ratifier.probability is not None:
        drawn = uniform(course.key, course.run, Stream.RATIFICATION, 0, number)
        return drawn < ratifier.probability
    assert ratifier.worth is not None
    split, first, second = course.setting.space.split, 0.0, 0.0
    for issue, option in enumerate(settlement):
        if issue < split:
            first += ratifier.worth[issue][option]
        else:
            second += ratifier.worth[issue][option]
    return first + second >= ratifier.reservation_value


def _accede(course: Course, settlement: Settlement) -> None:
    """Let absent parties join the finished agreement as it is, if there is time and it is worth it to them."""
    if course.turn + 1 > course.setting.n_turns + course.setting.presence.accession_turns:
        return
    if not course.setting.presence.accession_turns:
        return
    for party, preferences in enumerate(course.setting.preferences):
        if course.copies[party] is None and party not in course.gone:
            enough = preferences.worth_of(settlement) >= course.reservation[party]
            if enough and preferences.may_sign(settlement):
                course.copies[party] = settlement
