"""How much one person may ask of the desk: counted for each person in each seat, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.web.http.limits import Allowance, Limits
from people_desk import Desk, desk_in, plain
from properties.worlds.http import Answer, Browser


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        made.server.limits = Limits(60)
        yield made


def file(desk: Desk, browser: Browser) -> Answer:
    return desk.do(
        browser,
        "FileItem",
        words="one more paper",
        **{"words.lang": "en", "_back": "papers/new", "_form": "write"},
    )


def use_up(desk: Desk, browser: Browser) -> int:
    """File papers until the desk asks to wait; return how many were filed."""
    n = 0
    while file(desk, browser).status == 303:
        n += 1
    return n


def test_a_third_comes_at_once_and_the_rest_little_by_little(desk: Desk) -> None:
    amal = desk.person("gov", "Amal")
    assert use_up(desk, amal) == 20
    before = len(desk.world.room.acts())
    late = file(desk, amal)
    assert late.status == 429
    assert dict(late.headers)[b"retry-after"] == b"1"
    assert "Wait 1 s, then send again." in plain(late)
    assert "one more paper" in late.text
    assert len(desk.world.room.acts()) == before
    desk.elapsed += 1
    assert file(desk, amal).status == 303
    assert file(desk, amal).status == 429
    desk.elapsed += 3600
    assert use_up(desk, amal) == 20


def test_a_limit_is_each_persons_own(desk: Desk) -> None:
    amal, boris = desk.person("gov", "Amal"), desk.person("gov", "Boris")
    use_up(desk, amal)
    assert file(desk, boris).status == 303
    assert file(desk, desk.person("opp", "Amal")).status == 303
    assert file(desk, desk.browser("gov")).status == 303


def test_somebody_who_comes_in_twice_has_no_more(desk: Desk) -> None:
    amal = desk.person("gov", "Amal")
    use_up(desk, amal)
    assert file(desk, desk.browser("gov", "Amal")).status == 429


def test_searches_are_limited_and_told_in_a_sentence(desk: Desk) -> None:
    amal = desk.person("gov", "Amal")
    answers = [amal.post(f"{amal.base}/find", {"sought": "road"}) for _ in range(21)]
    assert [a.status for a in answers] == [200] * 20 + [429]
    assert "asked too often in a short time" in plain(answers[-1])
    assert dict(answers[-1].headers)[b"retry-after"] == b"1"


def test_files_are_limited_by_the_hour(desk: Desk) -> None:
    sec = desk.person("sec", "Amal")
    answers = [sec.send(f"{sec.base}/sheet", {}, file=("sheet", "x.xlsx", b"no")) for _ in range(8)]
    assert [a.status for a in answers].count(429) == 2
    assert answers[-1].status == 429
    assert dict(answers[-1].headers)[b"retry-after"] == b"60"


def test_what_is_not_used_does_not_add_up() -> None:
    allowance = Allowance(most=60, seconds=60)
    assert allowance.wait("a", 0.0) == 0
    assert sum(allowance.wait("a", 10_000.0) == 0 for _ in range(40)) == 20
