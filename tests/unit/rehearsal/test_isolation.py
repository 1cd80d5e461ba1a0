"""Foreign negotiators run in a process of their own. Hostile ones end as faulty or learn nothing."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from goodoffices.errors import FaultyNegotiatorError, ScenarioError
from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.isolation.process import isolated_negotiator, move_of, move_text
from goodoffices.rehearsal.negotiators.interface import HIDDEN, Heard, Move, Own, Propose, Question, Seen, Table, Vote
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.setting import ProtocolName, Setting
from goodoffices.rehearsal.transcript import Ending, Run
from rehearsal_settings import plain

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are closed in on Linux only")

SECRET = 735.25
MEETING = [[[0, 1, 2, 3, 4]], [[4, 3, 2, 1, 0]]]

FAIR = """
class Mine:
    def begin(self, own, table):
        self.own, self.n = own, table.n_turns
        return 0

    def move(self, count, seen, draws):
        least = self.own.reservation_value + (1 - seen.turn / self.n) * self.own.best
        if seen.question == "vote":
            return count, Vote(tuple(h.id for h in seen.ballot if self.own.worth_of(h.settlement) >= least))
        if seen.standing is not None and self.own.worth_of(seen.standing.settlement) >= least:
            return count, Accept()
        good = [o for o in range(5) if self.own.worth[0][o] >= least]
        return count + 1, Propose((min(good, key=lambda o: self.own.worth[0][o]),)) if good else Hold()
"""


def isolated(tmp_path: Path, source: str, **more: Any) -> Setting:
    """Return talks of a negotiator in a file with one whose secret is planted in its numbers."""
    file = tmp_path / "mine.py"
    file.write_text(source, encoding="utf-8")
    setting = plain(MEETING, names=("linear", "linear"), n_turns=10, **more)
    other = replace(setting.preferences[1], worth_per_turn=-SECRET)
    mine = replace(isolated_negotiator(f"{file}:Mine"), seconds=0.5)
    return replace(
        setting, preferences=(setting.preferences[0], other), negotiators=(mine, setting.negotiators[1])
    )  # fmt: skip


def moving(body: str) -> str:
    """Return the source of a negotiator whose move has this body, with ``found`` for what it has found."""
    lines = "\n".join("        " + line for line in body.strip().splitlines())
    return f"""
class Mine:
    def begin(self, own, table):
        self.own = own
        return 0

    def move(self, state, seen, draws):
        found = ""
{lines}
        whole, point = {str(SECRET).split(".")}  # the secret itself is not in this source
        spied = ".".join((whole, point)) in str(found)
        return state, Propose((4 if spied else 1,))
"""


@pytest.mark.parametrize("protocol", [ProtocolName.ALTERNATING, ProtocolName.ALL_PROPOSE])
def test_a_fair_negotiator_from_a_file_plays_as_it_would_at_home(tmp_path: Path, protocol: ProtocolName) -> None:
    run = play(isolated(tmp_path, FAIR, protocol=protocol))
    assert run.ending is Ending.AGREEMENT
    assert run.isolation[0].startswith("separate process")
    assert run.isolation[1] == "shipped"


SPIES = {
    "collector, frames and modules": """
import gc, sys
found = repr(gc.get_objects()) + repr(sys.modules) + repr([f.f_locals for f in sys._current_frames().values()])
""",
    "the other processes": """
for place in ("environ", "cmdline", "mem", "maps", "fd"):
    for who in ("self", str(__import__("os").getppid())):
        try:
            found += open(f"/proc/{who}/{place}", "rb").read(4096).decode("latin-1")
        except OSError:
            pass
""",
    "files by guessed paths": """
import glob
for path in ["/etc/passwd", *glob.glob("/tmp/**", recursive=True)[:50], *glob.glob("/home/**/*.yaml")]:
    try:
        found += open(path).read(1000) + "READ" * 100
        self.read = True
    except OSError:
        pass
if getattr(self, "read", False):
    return state, Propose((3,))
""",
    "inherited descriptors": """
import os
for handle in range(3, 16):
    try:
        found += os.read(handle, 0).decode() or os.readlink(f"/proc/self/fd/{handle}")
    except OSError:
        pass
""",
}


@pytest.mark.parametrize("spy", list(SPIES))
def test_spies_find_nothing_of_the_other_party(tmp_path: Path, spy: str) -> None:
    run = play(isolated(tmp_path, moving(SPIES[spy])))
    proposed = {move.move for move in run.moves if move.party == 0}
    assert proposed <= {Propose((1,))}
    assert proposed or run.ending is Ending.FAULTY


_WRITING = """
import os
for handle in range(3, 9):
    try:
        os.write(handle, {})
    except OSError:
        pass
"""

FAULTS = {
    "raises": "raise RuntimeError('no')",
    "exits": "import os; os._exit(0)",
    "ends itself": "import sys; sys.exit(3)",
    "starts processes": "import os; os.fork()",
    "opens a socket": "import socket; socket.socket()",
    "writes a file": "open('here', 'w').write('x' * 10)",
    "a hundred megabytes": "return state, Propose(tuple(range(3_000_000)))",
    "not a number": "return state, Propose((float('nan'),))",
    "no such settlement": "return state, Propose((17,))",
    "no move": "return state, 42",
    "a lie about equality": """
class L(int):
    __eq__ = lambda s, o: True
    __hash__ = int.__hash__
return state, Propose((L(9),))
""",
    "a circle": "x = []; x.append(x); return state, Propose(x)",
    "takes all memory": "x = bytearray(1 << 34)",
    "garbage on the pipe": _WRITING.format("b'\\xff' * 64"),
    "a flood on the pipe": _WRITING.format("b'\\x00\\x00\\x00\\x02{}' * 99999"),
    "deep nesting": _WRITING.format("b'\\x00\\x00\\x40\\x00' + b'[' * 16384"),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", list(FAULTS))
def test_faults_end_the_run_and_name_the_party(tmp_path: Path, fault: str) -> None:
    run = play(isolated(tmp_path, moving(FAULTS[fault])))
    assert (run.ending, run.by) == (Ending.FAULTY, 0), run.moves
    assert run.why


def test_who_is_too_slow_holds_and_is_faulty_the_third_time(tmp_path: Path) -> None:
    setting = isolated(tmp_path, moving("import time; time.sleep(30)"))
    hasty = replace(setting.negotiators[0], seconds=0.05)  # type: ignore[type-var]
    run = play(replace(setting, negotiators=(hasty, setting.negotiators[1])))
    assert (run.ending, run.by) == (Ending.FAULTY, 0)
    assert [type(move.move).__name__ for move in run.moves if move.party == 0] == ["Hold", "Hold"]


def test_what_it_prints_goes_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run = play(isolated(tmp_path, moving("print('hello'); import sys; print('there', file=sys.stderr)")))
    assert run.ending is not Ending.FAULTY
    assert capfd.readouterr() == ("", "")


def test_a_file_that_does_not_begin_is_faulty_at_once(tmp_path: Path) -> None:
    for source in ("import nothing_of_the_kind", "class Mine:\n    pass", "x ="):
        run = play(isolated(tmp_path, source))
        assert (run.ending, run.turn, run.by) == (Ending.FAULTY, 0, 0)


def test_a_place_that_names_no_file_is_refused(tmp_path: Path) -> None:
    for place in ("mine.py", "mine.py:", f"{tmp_path / 'absent.py'}:Mine"):
        with pytest.raises(ScenarioError):
            isolated_negotiator(place)


@pytest.mark.parametrize("message", [None, [], ["propose", [True]], ["propose", ["1"]], ["say", 1, None], {}])
def test_what_is_not_a_move_is_refused(message: object) -> None:
    with pytest.raises(FaultyNegotiatorError):
        move_of(message)


@pytest.mark.parametrize("question", list(Question))
@pytest.mark.parametrize("heard", [(), (Heard(0, 1, (2, 0), 5),), (Heard(0, 1, (2, 0), 5), Heard(7, HIDDEN, (10,), 6))])
@pytest.mark.parametrize("reservation", [0, 0.1, 1e-300, -2.5e22])
def test_the_question_for_a_move_is_json_as_any_encoder_writes_it(
    question: Question, heard: tuple[Heard, ...], reservation: float
) -> None:
    standing = heard[-1] if heard else None
    seen = Seen(question, 12, heard, standing, heard[::-1], (0, 2), reservation)
    draws = (0.0, 0.1, 5e-17, 1.0 - 2.0**-53)
    parts = {**seen._asdict(), "question": question.value}
    written = json.dumps({"number": 3, "seen": parts, "draws": draws}, sort_keys=True)
    assert move_text(3, seen, draws) == written


def test_a_reservation_value_that_is_no_number_is_not_sent() -> None:
    seen = Seen(Question.MOVE, 0, (), None, (), (0, 1), float("nan"))
    with pytest.raises(ValueError, match="JSON"):
        move_text(1, seen, (0.5,))


class Recorder:
    """Notes everything that a negotiator is given and what it answers."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.notes = inner, []  # type: tuple[Any, list[str]]

    @property
    def name(self) -> str:
        return "recorder"

    def begin(self, own: Own, table: Table) -> Any:
        values = (own.preferences.worth, own.preferences.reservation_value, own.preferences.red_lines, own.devaluation)
        self.notes.append(repr((values, table.parties, table.me, table.space.sizes, table.n_turns)))
        return self.inner.begin(own, table)

    def move(self, state: Any, seen: Seen, draws: Draws) -> tuple[Any, Move]:
        after, move = self.inner.move(state, seen, draws)
        self.notes.append(repr((seen, draws, move)))
        return after, move


class Loud:
    """Proposes the same whatever it wants, and uses as many random numbers as its appetite."""

    name = "loud"

    def __init__(self, appetite: int) -> None:
        self.appetite = appetite

    def begin(self, own: Own, table: Table) -> None:
        """Remember nothing."""

    def move(self, state: None, seen: Seen, draws: Draws) -> tuple[None, Move]:
        for place in range(self.appetite):
            draws.uniform(place)
        return None, Vote(()) if seen.question is Question.VOTE else Propose((0,))


@pytest.mark.parametrize("name", ["micro", "tit-for-tat:relative", "nash-seeker", "random>=r", "trade-off"])
@pytest.mark.parametrize("protocol", [ProtocolName.ALTERNATING, ProtocolName.ALL_PROPOSE])
def test_what_a_seat_receives_and_sends_does_not_depend_on_anothers_secrets(name: str, protocol: ProtocolName) -> None:
    notes = []
    for reservation, worth, appetite in ((0, [4, 3, 2, 1, 0], 0), (4, [9, 9, 0, 0, 5], 50)):
        setting = plain([MEETING[0], [worth]], [0, reservation], names=(name, name), protocol=protocol, n_turns=12)
        recorder = Recorder(setting.negotiators[0])
        loud: Any = Loud(appetite)
        play(replace(setting, negotiators=(recorder, loud)))
        notes.append(recorder.notes)
    assert notes[0] == notes[1]
    assert len(notes[0]) > 2


def test_an_isolated_seat_is_sent_the_same_bytes_whatever_the_other_wants(tmp_path: Path) -> None:
    sent = []
    for reservation, appetite in ((0, 0), (4, 50)):
        setting = isolated(tmp_path, moving("pass"), reservation=[0, reservation])
        loud: Any = Loud(appetite)
        pipes: list[Any] = []
        mine = _Kept(setting.negotiators[0], pipes)
        run: Run = play(replace(setting, negotiators=(mine, loud)))
        assert run.ending is Ending.DEADLINE
        sent.append(pipes[0].sent)
    assert sent[0] == sent[1]
    assert not any(str(SECRET).encode() in data for data in sent[0])


class _Kept:
    """Keeps the pipe of an isolated negotiator, so that a test can see what was sent."""

    name = "kept"

    def __init__(self, inner: Any, pipes: list[Any]) -> None:
        self.inner, self.pipes = inner, pipes

    def begin(self, own: Own, table: Table) -> Any:
        self.pipes.append(self.inner.begin(own, table))
        return self.pipes[-1]

    def move(self, state: Any, seen: Seen, draws: Draws) -> tuple[Any, Move]:
        moved: tuple[Any, Move] = self.inner.move(state, seen, draws)
        return moved

    def end(self, state: Any) -> None:
        self.inner.end(state)
