"""Whatever is done to a scenario file, it is read as it says, or the report or a refusal says what was done."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.errors import ScenarioError
from goodoffices.formats.scenarios.detect import read_scenario
from goodoffices.formats.scenarios.log import ScenarioReport
from goodoffices.formats.scenarios.scenario import Origin, Scenario, Timing
from goodoffices.formats.scenarios.writer import WRITERS, write_scenario

Change = Callable[[bytes], bytes]
NUMBER = rb"(:\s*)([\d.]+)"


def swapped(pattern: bytes, by: bytes, times: int = 1) -> Change:
    return lambda text: re.sub(pattern, by, text, count=times, flags=re.DOTALL)


def evaluation(value: str) -> Change:
    return swapped(rb'evaluation="[^"]*"', f'evaluation="{value}"'.encode())


def turned(text: bytes) -> bytes:
    def turn(tag: re.Match[bytes]) -> bytes:
        parts = re.findall(rb'[\w:]+="[^"]*"', tag[2])
        return tag[1] + b" " + b" ".join(reversed(parts)) + tag[3]

    return re.sub(rb'(<(?:item|issue|weight|objective)\b)((?:\s+[\w:]+="[^"]*")+)(\s*/?>)', turn, text)


def as_utf_16(text: bytes) -> bytes:
    return text.decode("utf-8").encode("utf-16")


EVERYWHERE: dict[str, Change] = {
    "windows line ends": lambda text: text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
}
HARMLESS: dict[str, dict[str, Change]] = {
    ".xml": {
        "a byte-order mark": lambda text: b"\xef\xbb\xbf" + text.removeprefix(b"\xef\xbb\xbf"),
        "attributes in another order": turned,
        "blanks before the end of a tag": lambda text: text.replace(b"/>", b"   />"),
        "single quotes": swapped(rb"=\"([^\"']*)\"", rb"='\1'", 0),
        "an exponent": swapped(rb'evaluation="(\d+(?:\.\d+)?)"', rb'evaluation="\1E+00"', 0),
        "a comment": swapped(rb"(<utility_space[^>]*>)", rb'\1<!-- <item evaluation="9"/> -->'),
    },
    ".json": {"an exponent": swapped(rb"(:\s*)(\d+\.\d+)(\s*[,}\n])", rb"\1\2e0\3", 0)},
    ".yml": {},
}
TO_BE_TOLD: dict[str, dict[str, Change]] = {
    ".xml": {
        "an unknown element": swapped(rb"(<utility_space[^>]*>)", rb"\1<strange><inner>x</inner></strange>"),
        "no weight": swapped(rb"<weight [^>]*/>|<weight [^>]*>\s*</weight>", b""),
        "a weight of no issue": swapped(rb'<weight index="\d+"', b'<weight index="99"'),
        "two weights": swapped(rb'(<weight index="\d+" )value="[^"]*"(\s*/?>)', rb'\g<0>\1value="0.125"\2'),
        "no evaluation": swapped(rb'\sevaluation="[^"]*"', b""),
        "one issue twice": swapped(rb"(<issue\b.*?</issue>)", rb"\1\1"),
        "two reservation values": swapped(rb"(<reservation [^>]*/>)", rb'\1<reservation value="0.77"/>'),
        "items in capitals": lambda text: text.replace(b"<item", b"<Item").replace(b"</item", b"</Item"),
        "a declared entity": swapped(rb"(<utility_space|<negotiation_template)", rb'<!DOCTYPE x [<!ENTITY a "b">]>\1'),
        "an unknown entity": swapped(rb'evaluation="', b'evaluation="&bogus;'),
        "deep nesting": swapped(rb"(<utility_space[^>]*>)", rb"\1" + b"<a>" * 3_000 + b"</a>" * 3_000),
        **{
            f"the worth {value!r}": evaluation(value)
            for value in ("NaN", "Infinity", "1e999999999", "0,5", "1_0", "٥", "", "0x10")
        },
    },
    ".json": {
        "a key twice": swapped(rb'("[^"]+")(\s*:\s*)(\d[\d.]*)', rb"\1\2\3, \1\2 0.125"),
        "deep nesting": lambda text: b'{"a":' * 3_000 + text + b"}" * 3_000,
        **{
            f"the worth {value!r}": swapped(rb"(:\s*)(\d[\d.]*)", rb"\g<1>" + value)
            for value in (b"NaN", b"1e400", b'"7"', b"null", b"true", b"[1]")
        },
    },
    ".yml": {
        "an anchor": swapped(rb"(: )(\d)", rb"\1&x \2"),
        "a tag": swapped(rb"(: )(\d)", rb"\1!!python/object:os.system \2"),
        "two documents": lambda text: text + b"\n---\na: 1\n",
        "a tab": lambda text: b"\t" + text,
        "a number that is none": swapped(rb"(reserved_value: )[\d.]+", rb"\1.nan"),
    },
}
ANYTHING: dict[str, Change] = {
    "nothing left": lambda text: b"",
    "a zero byte": lambda text: text[: len(text) // 2] + b"\0" + text[len(text) // 2 :],
    "UTF-16": as_utf_16,
    "UTF-16 without a mark": lambda text: text.decode("utf-8").encode("utf-16-le"),
    "UTF-32": lambda text: text.decode("utf-8").encode("utf-32"),
}


def of_our_own(folder: Path, dialect: str) -> Path:
    """Write a small scenario with odd names in ``dialect``."""
    worth = (
        ((Fraction(1, 4), Fraction(0)), (Fraction(0), Fraction(1, 2)), (Fraction(1, 8), Fraction(1, 4))),
        ((Fraction(3, 4), Fraction(1, 8)), (Fraction(1, 2), Fraction(1, 2))),
    )
    issues = (
        BargainIssue(name="map & line", options=("é", "no", "010")),
        BargainIssue(name="водa", options=("x", "<y>")),
    )
    timing = Timing(discount=(None, None), worth_per_turn=(Fraction(0),) * 2, opt_out_value=(None, None))
    bargain = Bargain(
        issues=issues, parties=("A", "B"), worth=worth, reservation_value=(Fraction(1, 8), Fraction(1, 4))
    )
    scenario = Scenario(
        bargain=bargain, timing=timing, origin=Origin(dialect="test", files=()), report=ScenarioReport()
    )
    write_scenario(scenario, folder, dialect, lossy=True)
    return folder


def outcome(folder: Path, before: Scenario) -> str:
    """Say whether a changed folder reads the same, says something new, is refused, or differs without a word."""
    try:
        after = read_scenario(folder)
    except ScenarioError as error:
        assert str(error)
        return "refused"
    parts = [(one.bargain.issues, one.bargain.parties, one.bargain.worth, one.bargain.reservation_value, one.timing)
             for one in (before, after)]  # fmt: skip
    said = [Counter((entry.grade, entry.kind, entry.why) for entry in one.report.entries) for one in (before, after)]
    if said[1] - said[0]:
        return "told"
    return "same" if parts[0] == parts[1] else "silent"


def put(text: bytes) -> Change:
    return lambda _: text


def changed(folder: Path, file: Path, change: Change, at: Path) -> bool:
    """Copy ``folder`` to ``at`` with one file changed; say whether the change did anything."""
    text = (folder / file).read_bytes()
    other = change(text)
    if other == text:
        return False
    shutil.copytree(folder, at)
    (at / file).chmod(0o644)
    (at / file).write_bytes(other)
    return True


def check(folder: Path, at: Path, most: int) -> int:
    """Try every change on up to ``most`` files of a folder; return how many were tried."""
    before, tried = read_scenario(folder), 0
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.suffix in HARMLESS)
    for file in files[:most]:
        kinds = [({"same", "told"}, ANYTHING), ({"same"}, EVERYWHERE | HARMLESS[file.suffix])]
        kinds.append(({"told", "refused", "same"}, TO_BE_TOLD[file.suffix]))
        for fine, changes in kinds:
            for name, change in changes.items():
                tried += changed(folder, file, change, at / str(tried))
                result = outcome(at / str(tried - 1), before) if (at / str(tried - 1)).exists() else "same"
                is_fine = result in fine or (changes is ANYTHING and result == "refused")
                assert is_fine, f"{folder.name}/{file}: {name}: {result}"
    return tried


@pytest.mark.parametrize("dialect", sorted(WRITERS))
def test_no_change_to_a_file_passes_in_silence(dialect: str, tmp_path: Path) -> None:
    assert check(of_our_own(tmp_path / "whole", dialect), tmp_path, most=4) > 20


def test_no_change_to_a_shared_file_passes_in_silence(shared: Path, tmp_path: Path) -> None:
    scenarios = shared / "scenarios"
    folders = [
        *(scenarios / "genius-xml" / "anac" / "y2012" / name for name in ("Travel", "EnglandvsZimbabwe", "Barter")),
        *sorted((scenarios / "negolog").iterdir())[:4],
        *sorted(path for path in (scenarios / "geniusweb-anl2023").iterdir() if path.is_dir())[:4],
    ]
    assert sum(check(folder, tmp_path / folder.name, most=3) for folder in folders) > 250


@pytest.mark.parametrize("dialect", sorted(WRITERS))
def test_bytes_that_are_cut_turned_or_doubled_never_break_the_reader(dialect: str, tmp_path: Path) -> None:
    whole = of_our_own(tmp_path / "whole", dialect)
    before, files, rng = read_scenario(whole), sorted(path.name for path in whole.iterdir()), random.Random(11)
    for number in range(100):
        file = whole / rng.choice(files)
        text = file.read_bytes()
        begin = rng.randrange(len(text))
        end = min(begin + rng.choice([1, 1, 3, 30]), len(text))
        ways = [b"", text[begin:end] * 2, bytes(byte ^ 1 << rng.randrange(8) for byte in text[begin:end])]
        at = tmp_path / str(number)
        other = text[:begin] + rng.choice(ways) + text[end:]
        if changed(whole, Path(file.name), put(other), at):
            outcome(at, before)  # any other error than a refusal fails the test


def test_a_line_over_options_that_are_no_numbers_is_refused(tmp_path: Path) -> None:
    folder = of_our_own(tmp_path / "whole", "geniusweb-json")
    profile = folder / "A.json"
    text = profile.read_text(encoding="utf-8")
    line = '"NumberValueSetUtilities": {"lowValue": 0, "lowUtility": 0, "highValue": 1, "highUtility": 1}'
    text = re.sub(r'"DiscreteValueSetUtilities": \{.*?\}\s*\}', line, text, count=1, flags=re.DOTALL)
    profile.write_text(text, encoding="utf-8")
    report = read_scenario(folder).report
    assert any("'é'" in str(entry) for entry in report.entries if entry.grade == "refusal")
