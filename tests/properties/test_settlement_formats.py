"""What is written reads back the same; what is damaged is noticed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings, strategies as st

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.errors import ScenarioError
from goodoffices.formats.input.diagnostics import Grade
from goodoffices.formats.scenarios.detect import read_scenario
from goodoffices.formats.scenarios.log import ScenarioReport
from goodoffices.formats.scenarios.scenario import Origin, Scenario, Timing
from goodoffices.formats.scenarios.writer import WRITERS, write_scenario

ODD = [
    "no",
    "null",
    "~",
    "010",
    "1:30",
    " blank ",
    "a & b",
    "<tag>",
    'quo"te',
    "it's",
    "العربية",
    "Жук",
    "🍉",
    "x" * 300,
]
names = st.sampled_from(ODD) | st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6).map(
    lambda name: normalize("NFC", name)
)


@st.composite
def scenarios(draw: st.DrawFn, decimals: bool = True) -> Scenario:
    """Draw a two-party scenario on 0..1 with odd names; worth has at most two decimals."""
    issues = []
    for name in draw(st.lists(names, min_size=1, max_size=3, unique=True)):
        issues.append(
            BargainIssue(name=name, options=tuple(draw(st.lists(names, min_size=1, max_size=3, unique=True))))
        )
    top = 100 // len(issues)
    worth = tuple(
        tuple(tuple(Fraction(draw(st.integers(0, top)), 100) for _ in range(2)) for _ in issue.options)
        for issue in issues
    )
    reservation = tuple(Fraction(draw(st.integers(0, 10)), 10) for _ in range(2))
    bargain = Bargain(issues=tuple(issues), parties=("A", "B"), worth=worth, reservation_value=reservation)
    discount = draw(st.sampled_from([None, (Fraction(1, 2), "run")]))
    timing = Timing(discount=(discount, None), worth_per_turn=(Fraction(0),) * 2, opt_out_value=(None, None))
    return Scenario(bargain=bargain, timing=timing, origin=Origin(dialect="test", files=()), report=ScenarioReport())


def written(scenario: Scenario, dialect: str) -> Scenario:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        write_scenario(scenario, target, dialect, lossy=True)
        return read_scenario(target)


def worths(bargain: Bargain) -> dict[tuple[str, ...], tuple[Fraction, ...]]:
    import itertools

    sizes = [range(len(issue.options)) for issue in bargain.issues]
    return {tuple(bargain.named(s).values()): bargain.worth_of(s) for s in itertools.product(*sizes)}


@pytest.mark.parametrize("dialect", ["genius-xml", "negmas-yaml"])
@settings(max_examples=40)
@given(scenario=scenarios())
def test_every_settlement_is_worth_exactly_the_same_after_writing_and_reading(dialect: str, scenario: Scenario) -> None:
    back = written(scenario, dialect)
    assert back.bargain.issues == scenario.bargain.issues
    assert back.bargain.parties == scenario.bargain.parties
    assert worths(back.bargain) == worths(scenario.bargain)
    assert back.bargain.reservation_value == scenario.bargain.reservation_value
    assert back.timing.discount == scenario.timing.discount


@pytest.mark.parametrize("dialect", ["geniusweb-json", "negolog"])
@settings(max_examples=40)
@given(scenario=scenarios())
def test_worth_survives_to_the_last_digits_where_values_are_divided(dialect: str, scenario: Scenario) -> None:
    try:
        back = written(scenario, dialect)
    except ScenarioError as error:
        assert "reservation value" in str(error)
        return
    after = list(worths(back.bargain).values())
    for before, now in zip(worths(scenario.bargain).values(), after, strict=True):
        assert [float(w) for w in now] == pytest.approx([float(w) for w in before], abs=1e-14)


@pytest.mark.parametrize("dialect", list(WRITERS))
@settings(max_examples=15)
@given(scenario=scenarios())
def test_what_was_written_once_is_written_the_same_again(dialect: str, scenario: Scenario) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first", Path(folder) / "second"
        try:
            write_scenario(scenario, first, dialect, lossy=True)
        except ScenarioError:
            return
        again = read_scenario(first)
        write_scenario(again, second, dialect, lossy=True)
        if dialect in ("genius-xml", "negmas-yaml"):
            assert {p.name: p.read_bytes() for p in first.iterdir()} == {
                p.name: p.read_bytes() for p in second.iterdir()
            }
        assert read_scenario(second).bargain.issues == again.bargain.issues


@settings(max_examples=60)
@given(scenario=scenarios(), seed=st.integers(0, 10**6), dialect=st.sampled_from(["genius-xml", "negmas-yaml"]))
def test_a_cut_file_or_a_lost_byte_gives_a_scenario_or_one_error_of_ours(
    scenario: Scenario, seed: int, dialect: str
) -> None:
    import random

    choice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        write_scenario(scenario, target, dialect, lossy=True)
        victim = choice.choice(sorted(target.iterdir()))
        data = victim.read_bytes()
        at = choice.randrange(len(data))
        victim.write_bytes(data[:at] if choice.random() < 0.5 else data[:at] + data[at + 1 :])
        try:
            read_scenario(target)
        except ScenarioError as error:
            assert str(error)


PROFILE = """<utility_space><objective index="0" name="root">
<issue index="1" name="i" type="discrete"><item index="1" value="a" evaluation="1"/>
<item index="2" value="b" evaluation="2"/></issue>
<weight index="1" value="1.0"/></objective><reservation value="0.25"/><discount_factor value="0.5"/></utility_space>"""
DOMAIN = """<negotiation_template><utility_space><objective index="0" name="root">
<issue index="1" name="i" type="discrete"><item index="1" value="a"/><item index="2" value="b"/></issue>
</objective></utility_space></negotiation_template>"""


def lay(folder: Path, domain: str, profile: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "domain.xml").write_text(domain, encoding="utf-8")
    (folder / "A.xml").write_text(profile, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("damage", "by"),
    [
        ('<item index="1" value="a" evaluation="1"/>', ""),
        (' evaluation="1"', ""),
        ('<weight index="1" value="1.0"/>', ""),
        ('value="b"', 'value="c"'),
        ('evaluation="2"', 'evaluation="two"'),
        ('evaluation="2"', 'evaluation="2,5"'),
        ('value="0.25"', 'value="null"'),
        ("</issue>", ""),
        ('<issue index="1"', '<issue index="7"'),
        ('<weight index="1"', '<weight index="7"'),
        ('<reservation value="0.25"/>', ""),
        ('type="discrete"', 'type="price"'),
        ('value="0.5"', 'value="s"'),
        ('name="i"', 'name="j"'),
        ("</utility_space>", ""),
        ('index="0" name="root">', 'index="0" name="root"><issue index="9" name="z" type="odd"/>'),
    ],
)
def test_every_single_damage_to_a_profile_is_an_error_or_is_told(tmp_path: Path, damage: str, by: str) -> None:
    """The test against guessing: nothing missing or wrong is filled in silently."""
    clean = read_scenario(lay(tmp_path / "clean", DOMAIN, PROFILE))
    assert clean.report.entries == ()
    assert PROFILE.count(damage) >= 1
    hurt = lay(tmp_path / "hurt", DOMAIN, PROFILE.replace(damage, by, 1))
    try:
        read = read_scenario(hurt)
    except ScenarioError as error:
        assert str(error)
        return
    told = [entry for entry in read.report.entries if entry.grade is not Grade.NOTE]
    assert told or worths(read.bargain) == worths(clean.bargain)


REPAIRS: dict[str, tuple[Callable[[str], str], int]] = {
    "bare-ampersand": (lambda text: text.replace('value="a"', 'value="a & o"'), 2),
    "missing-blank": (lambda text: text.replace('name="i" type', 'name="i"type'), 2),
    "after-end": (lambda text: text + "\nleft over", 5),
    "before-declaration": (lambda text: "<!-- by hand -->\n<?xml version='1.0'?>" + text, 1),
}


@pytest.mark.parametrize("kind", list(REPAIRS))
def test_a_mended_file_equals_its_clean_twin_and_the_place_points_at_the_damage(tmp_path: Path, kind: str) -> None:
    hurt, line = REPAIRS[kind]
    amp = kind == "bare-ampersand"
    written = ('value="a"', 'value="a &amp; o"') if amp else ("", "")
    clean_domain, clean_profile = (text.replace(*written) for text in (DOMAIN, PROFILE))
    clean = read_scenario(lay(tmp_path / "clean", clean_domain, clean_profile))
    read = read_scenario(lay(tmp_path / "hurt", clean_domain, hurt(PROFILE)))
    assert worths(read.bargain) == worths(clean.bargain)
    [entry] = read.report.of(Grade.REPAIR)
    assert (entry.kind, entry.place.line) == (kind, line)
    with pytest.raises(ScenarioError, match="strict"):
        read_scenario(tmp_path / "hurt", strict=True)
    allowed = read_scenario(tmp_path / "hurt", strict=True, allow={kind})
    assert allowed.report.of(Grade.REPAIR) == (entry,)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.xml", '<!DOCTYPE x [<!ENTITY e "v">]><utility_space/>', "document type"),
        ("a.xml", "<utility_space>" + "<a>" * 100, "deep"),
        ("a.json", '{"issueWeights": 1, "issueWeights": 2}', "written twice"),
        ("a.json", '{"issueWeights": NaN, "issues": {}}', "NaN"),
        ("a.json", "[" * 100, "deep"),
        ("a.yml", "type: !!python/object:os.system x", "tag"),
        ("a.yml", "a: &x 1\nb: *x", "anchor"),
        ("a.yml", "a: 1\na: 2", "written twice"),
        ("a.txt", "nothing", "not a scenario"),
        ("a.xml", "", "no agenda"),
    ],
)
def test_hostile_and_foreign_files_are_refused_in_one_sentence(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=words):
        read_scenario(tmp_path)


def test_links_pipes_and_empty_folders_are_refused(tmp_path: Path) -> None:
    import os

    with pytest.raises(ScenarioError, match="empty"):
        read_scenario(tmp_path)
    os.mkfifo(tmp_path / "pipe.xml")
    with pytest.raises(ScenarioError, match="regular"):
        read_scenario(tmp_path)
    (tmp_path / "pipe.xml").unlink()
    (tmp_path / "link.xml").symlink_to("/etc/hostname")
    with pytest.raises(ScenarioError, match="a link"):
        read_scenario(tmp_path)
    with pytest.raises(ScenarioError, match="no such file"):
        read_scenario(tmp_path / "absent")


@given(st.binary(max_size=300), st.sampled_from([".xml", ".json", ".yml", ".txt"]))
def test_any_bytes_give_a_scenario_or_one_error_of_ours(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(data)
        try:
            read_scenario(path)
        except ScenarioError as error:
            assert str(error)


@pytest.mark.parametrize("dialect", list(WRITERS))
def test_a_loss_must_be_allowed(dialect: str, tmp_path: Path) -> None:
    bargain = Bargain(
        issues=(BargainIssue(name="i", options=("a", "b")),),
        parties=("A", "B"),
        worth=(((0, Fraction(1, 2)), (1, 0)),),
        red_lines=(frozenset({(0, 0)}), frozenset()),
    )
    timing = Timing(discount=(None, None), worth_per_turn=(Fraction(0),) * 2, opt_out_value=(None, None))
    scenario = Scenario(bargain=bargain, timing=timing, origin=Origin(dialect="t", files=()), report=ScenarioReport())
    with pytest.raises(ScenarioError, match="red lines"):
        write_scenario(scenario, tmp_path / "out", dialect)
    report = write_scenario(scenario, tmp_path / "out", dialect, lossy=True)
    assert "red lines" in str(report)
    with pytest.raises(ScenarioError, match="exists already"):
        write_scenario(scenario, tmp_path / "out", dialect, lossy=True)
