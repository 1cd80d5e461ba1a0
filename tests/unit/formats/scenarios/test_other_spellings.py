"""The same scenario spelt otherwise is read alike; what cannot be read is refused with a sentence, never guessed."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from goodoffices.bargain import Bargain
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.scenarios.detect import read_scenario

pytestmark = pytest.mark.slow

FOLDERS = (
    "genius-xml/Domain1", "genius-websocket/catering", "geniusweb-anl2023/domain49", "negolog/domain42",
    "negmas-yaml/han2026/Grocery",
)  # fmt: skip


def shuffled(data: bytes) -> bytes:
    """Return the elements' attributes in another order."""

    def turn(found: re.Match[bytes]) -> bytes:
        parts = re.findall(rb'\s+[\w:]+="[^"]*"', found[2])
        return b"<" + found[1] + b"".join(reversed(parts)) + found[3]

    return re.sub(rb'<(\w+)((?:\s+[\w:]+="[^"]*")+)(\s*/?>)', turn, data)


ALIKE: dict[str, Callable[[bytes], bytes]] = {
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"),
    "CRLF": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "attributes in another order": shuffled,
    "unknown element": lambda data: data.replace(b"</utility_space>", b'<gizmo a="1"/></utility_space>'),
}


def copied(shared: Path, folder: str, tmp_path: Path) -> Path:
    source = shared / "scenarios" / folder
    if not source.is_dir():
        pytest.skip(f"{folder} is not among the shared scenarios")
    target = tmp_path / "copy"
    shutil.copytree(source, target)
    for path in target.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return target


def numbers(bargain: Bargain) -> object:
    return bargain.issues, bargain.parties, bargain.worth, bargain.reservation_value, bargain.cap


@pytest.mark.parametrize("change", list(ALIKE))
@pytest.mark.parametrize("folder", FOLDERS)
def test_another_spelling_of_the_same_is_read_alike(folder: str, change: str, shared: Path, tmp_path: Path) -> None:
    before = numbers(read_scenario(shared / "scenarios" / folder).bargain)
    target = copied(shared, folder, tmp_path)
    for path in (path for path in target.rglob("*") if path.is_file()):
        path.write_bytes(ALIKE[change](path.read_bytes()))
    assert numbers(read_scenario(target).bargain) == before


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_damaged_file_is_read_with_a_note_or_refused_with_a_sentence(
    folder: str, shared: Path, tmp_path: Path
) -> None:
    before = read_scenario(shared / "scenarios" / folder)
    target = copied(shared, folder, tmp_path)
    rng = random.Random(7)
    files = sorted(path for path in target.rglob("*") if path.is_file())
    for _ in range(40):
        path = rng.choice(files)
        whole = path.read_bytes()
        damage = rng.choice((b"", whole[: len(whole) // rng.randint(2, 9)], whole.replace(b"e", b"\xff", 1),
                             whole.replace(b"0", b"NaN", 1), whole.replace(b"1", b"1e999", 1)))  # fmt: skip
        path.write_bytes(damage)
        try:
            after = read_scenario(target)
        except ScenarioFileError as error:
            assert error.kind
            assert len(str(error)) > 20
        else:
            told = str(after.report) != str(before.report)
            assert told or numbers(after.bargain) == numbers(before.bargain) or b"NaN" in damage
        path.write_bytes(whole)


def test_a_profile_left_out_is_named_once(shared: Path, tmp_path: Path) -> None:
    target = copied(shared, "genius-xml/Domain1", tmp_path)
    profiles = sorted(path for path in target.rglob("*.xml") if b"<utility_space" in path.read_bytes())
    profiles[0].write_bytes(profiles[0].read_bytes()[:200])
    report = str(read_scenario(target).report)
    assert profiles[0].name in report
    assert f"{profiles[0].name}: {profiles[0].name}" not in re.sub(r":\d+:\d+", "", report)
