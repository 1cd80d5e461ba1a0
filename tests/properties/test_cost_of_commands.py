"""What a command costs grows with its size and no faster: nobody can stop the desk with one long form.

Every form is doubled, field by field, and the lines of the program that run are counted. So the machine's load does not
matter; work done inside the libraries is not counted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast, get_args, get_origin

import pytest

from goodoffices.errors import GoodOfficesError
from goodoffices.talks.base.acts import Ref, Words, encode_act
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import hints
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.core import Talks, decide, replay
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.texts.commands import TableText, WriteVersion
from properties.worlds.asker import Asker
from properties.worlds.asks import BUILDERS
from properties.worlds.cast import SEATS, START
from properties.worlds.picks import Picks
from properties.worlds.prologues import PROLOGUES
from properties.worlds.runs import run_begun

SIZE = 48
OF_PAPERS = 160
"""How many clauses the shorter text has: to read one costs much by itself, which hides what grows faster."""
LARGEST = 2.5


def lines_run(do: Callable[[], object]) -> int:
    """Return how many lines of the program run in ``do``."""
    count = 0

    def each(frame: Any, event: str, _: Any) -> Any:
        nonlocal count
        del frame
        count += event in ("line", "call")
        return each

    before = sys.gettrace()
    sys.settrace(each)
    try:
        do()
    finally:
        sys.settrace(before)
    return count


def begun() -> Talks:
    return run_begun((1 << len(PROLOGUES)) - 1, Kind.EXERCISE, "Amal")[1]


def done(talks: Talks, seat: str, command: Command) -> None:
    """Decide a command; keep and fold what came of it."""
    acts = decide(talks, CommandRequest(seat=seat, command=command, person="Amal", second="Basil"), START)
    if not isinstance(acts, Refusal):
        for act in acts:
            encode_act(act)
        replay(acts, talks)


def examples(kind: str) -> Iterator[tuple[str, Command]]:
    """Yield commands of a kind with the seats that may give them, two at most, those that are not refused first."""
    talks = begun()
    found: list[tuple[bool, str, Command]] = []
    for seat in SEATS:
        for number in range(12):
            asker = Asker(
                slice=talks.slice_of(seat), at=START, pick=Picks([number * (7 + k) + 3 * k for k in range(10)])
            )
            with suppress(IndexError, KeyError):
                command = BUILDERS[kind](asker)
                if command is not None:
                    answer = decide(talks, CommandRequest(seat=seat, command=command, second="Basil"), START)
                    found.append((isinstance(answer, Refusal), seat, command))
    for _, seat, command in sorted(found, key=lambda one: one[0])[:2]:
        yield seat, command


def scaled(command: Any, name: str, n: int) -> Any:
    """Return the command with ``n`` entries, or so many words, in one field; ``None`` if it holds just one thing."""
    value, hint = getattr(command, name), hints(cast("Any", type(command)))[name]
    if name == "papers" and isinstance(command, TableText | WriteVersion):
        return replace(
            command, papers=tuple(Words(text=paper(n * OF_PAPERS // SIZE, lang), lang=lang) for lang in ("en", "ar"))
        )
    if isinstance(value, Words):
        return replace(command, **{name: replace(value, text="some words " * n)})
    if get_origin(hint) is tuple and get_args(hint)[-1] is Ellipsis:
        made = tuple(entry(get_args(hint)[0], value, k) for k in range(n))
        return None if None in made else replace(command, **{name: made})
    if is_dataclass(value) and not isinstance(value, type):
        for inner in fields(value):
            larger = scaled(value, inner.name, n)
            if larger is not None:
                return replace(command, **{name: larger})
    return None


def entry(kind: Any, held: tuple[Any, ...], k: int) -> Any:
    """Return one more entry for a field: like one that it has, or a name that nothing has."""
    if held:
        return held[k % len(held)]
    if kind in (str, Ref):
        return f"x{k}"
    if kind is Words:
        return Words(text=f"word {k}", lang="en")
    return (f"a{k}", f"b{k}") if get_origin(kind) is tuple and get_args(kind) == (str, str) else None


def paper(n: int, lang: str) -> str:
    words = "\n".join(
        f"## {k}. Clause {k}\n\nThe words [[A: of {lang} | B: and {k}]] stand here.\n" for k in range(1, n)
    )
    return f"# A text\n\n{words}"


def cost_of(talks: Talks, seat: str, command: Command, name: str, n: int) -> int:
    def do() -> None:
        with suppress(GoodOfficesError):
            larger = scaled(command, name, n)
            if larger is not None:
                done(talks, seat, larger)

    return lines_run(do)


@pytest.mark.parametrize("kind", list(BUILDERS))
def test_a_command_twice_as_long_costs_at_most_two_and_a_half_times_as_much(kind: str) -> None:
    talks = begun()
    for seat, command in examples(kind):
        for part in fields(command):  # type: ignore[arg-type]  # every command is a dataclass
            cost = [cost_of(talks, seat, command, part.name, n) for n in (SIZE, 2 * SIZE)]
            assert cost[1] <= LARGEST * cost[0], f"{kind}.{part.name}: {cost[0]} lines, and {cost[1]} at twice the size"


@pytest.mark.parametrize("kind", sorted({kind.split()[0] for kind in BUILDERS}))
def test_reading_a_form_twice_as_long_costs_at_most_two_and_a_half_times_as_much(kind: str) -> None:
    def read(n: int) -> None:
        for name in ("to", "words", "papers", "seats", "x"):
            with suppress(GoodOfficesError):
                parse_command(kind, {name: [f"entry {k}" for k in range(n)]})

    cost = [lines_run(lambda n=n: read(n)) for n in (SIZE, 2 * SIZE)]  # type: ignore[misc]
    assert cost[1] <= LARGEST * cost[0]
