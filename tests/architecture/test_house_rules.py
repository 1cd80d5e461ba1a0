"""House rules that hold for every file: size, and imports along the arrows of the design."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from goodoffices.talks.base.refusals import SENTENCES
from goodoffices.talks.base.states import Face
from goodoffices.talks.registry import CONTENTS

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 400
PYTHON_FILES = sorted(
    path for folder in ("src", "tests", "benchmarks", "tools") for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, f"{path} has {lines} lines; split it, the limit is {MOST_LINES}"


@pytest.mark.slow
def test_imports_run_along_the_arrows_of_the_design() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, goodoffices; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "scipy", "numba", "matplotlib", "starlette", "pydantic", "yaml", "nacl"} & set(loaded)


@pytest.mark.slow
def test_a_desk_starts_without_what_only_calculations_need() -> None:
    code = "import sys, goodoffices.web.app; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"scipy", "numba", "matplotlib", "pyarrow", "dask"} & set(loaded)


def test_data_classes_are_made_the_quick_way() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        slow = path.stem != "data_class" and re.search(r"from dataclasses import .*\bdataclass\b", code)
        assert not slow, f"{path}: use goodoffices.data_class"


def test_r50_every_refusal_is_produced_by_some_test() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    missing = [code for code in SENTENCES if f'== "{code}"' not in told and f'"{code}")' not in told]
    assert not missing, f"no test is refused with {', '.join(missing)}"


def _imported(path: Path) -> set[str]:
    """Return the names that a file imports, as ``module.name``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


SOURCE = ROOT / "src" / "goodoffices"


@pytest.mark.slow
def test_r4_only_the_rooms_decide() -> None:
    deciders = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] != "talks"
        and {"goodoffices.talks.core.decide", "goodoffices.talks.core.due"} & _imported(path)
    ]
    assert sorted(deciders) == ["service/command_batches.py", "service/open_record.py", "service/talks_in_memory.py"]


@pytest.mark.slow
def test_r4_pages_streams_and_reports_are_made_of_views() -> None:
    inner = {"goodoffices.talks.core", "goodoffices.talks.base.acts.Act", "goodoffices.record.store"}
    for folder in ("reports", "web/pages"):
        for path in (SOURCE / folder).rglob("*.py"):
            assert not inner & _imported(path), f"{path} reaches behind the view"
    for name in ("render", "routes", "live"):
        for path in (SOURCE / "web" / name).rglob("*.py"):
            assert not inner & _imported(path), f"{path} reaches behind the view"


def test_only_packages_say_what_they_export() -> None:
    telling = [
        path for path in PYTHON_FILES if path.name != "__init__.py" and "\n__all__ = " in path.read_text("utf-8")
    ]
    assert telling == []


FOLDERS = sorted({path.parent for path in SOURCE.rglob("*.py")})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(SOURCE)))
def test_a_folder_holds_at_most_fifteen_modules(folder: Path) -> None:
    modules = sorted(path.name for path in folder.glob("*.py") if path.name != "__init__.py")
    assert len(modules) <= 15, f"{folder} holds {len(modules)} modules: {modules}"


def test_every_face_of_an_act_is_one_of_the_closed_words() -> None:
    words = set(Face)
    for name, content in CONTENTS.items():
        named = {*content.FACES, *content.HIDES_BY, *(face for _, face in content.NEW_BY_FACE)}
        assert named <= words, f"{name} has the faces {named - words}; add them to talks/base/states.py"


NOT_A_NOUN = re.compile(
    r"(\w+ing|\w+ed|known|kept|told|said|seen|drawn|made|quiet|plain|deep|few|things|stuff|utils|misc|helpers)"
)
FIELD_NOUNS = {
    "command_parsing", "counting", "forecasting", "list_numbering", "logrolling", "name_matching", "padding",
    "pair_counting", "sampling", "setting", "secret_sharing", "sealed", "known_sealed", "compiled", "untrusted",
}  # fmt: skip
"""Words of the trade or of the field that end like a verb, each a noun where it stands."""


def test_a_module_is_named_by_a_noun() -> None:
    names = {path.stem for path in SOURCE.rglob("*.py")}
    wrong = {name for name in names if NOT_A_NOUN.fullmatch(name.rsplit("_", 1)[-1])} - FIELD_NOUNS
    assert wrong == set(), f"name these for what they hold, not for what is done to it: {sorted(wrong)}"


def _imports_on_loading(path: Path, modules: Mapping[str, Path]) -> set[str]:
    """Return the modules that are loaded with this one; imports inside functions and for types alone are left out."""
    statements = list(ast.parse(path.read_text(encoding="utf-8")).body)
    loaded: set[str] = set()
    while statements:
        statement = statements.pop()
        if isinstance(statement, ast.ImportFrom) and statement.module is not None:
            loaded |= {statement.module} | {f"{statement.module}.{alias.name}" for alias in statement.names}
        elif isinstance(statement, ast.Import):
            loaded |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.Try):
            statements += statement.body
        elif isinstance(statement, ast.If) and "TYPE_CHECKING" not in ast.unparse(statement.test):
            statements += statement.body + statement.orelse
    return loaded & set(modules)


def _on_circles(arrows: Mapping[str, set[str]]) -> list[str]:
    """Return the nodes on circles, and between circles: remove what no arrow enters or leaves until nothing changes."""
    left = {start: set(ends) - {start} for start, ends in arrows.items()}
    while True:
        entered = {end for ends in left.values() for end in ends}
        kept = {node for node, ends in left.items() if node in entered and ends & left.keys()}
        if len(kept) == len(left):
            return sorted(left)
        left = {node: left[node] & kept for node in kept}


def _name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _folder_of(module: str) -> str:
    """Return the folder of a module inside a room; a module that stands at the top of a room is one by itself."""
    return module if module.count(".") <= 2 else str(MODULES[module].parent.relative_to(SOURCE))


MODULES = {_name_of(path): path for path in SOURCE.rglob("*.py")}


@pytest.fixture(scope="module")
def arrows() -> dict[str, set[str]]:
    """Each module with those that are loaded with it."""
    return {name: _imports_on_loading(path, MODULES) for name, path in MODULES.items()}


def test_a_circle_is_found_and_a_chain_is_none() -> None:
    assert _on_circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == ["b", "c"]
    assert _on_circles({"a": {"a", "b"}, "b": {"c"}, "c": set()}) == []


def test_no_modules_import_each_other_in_a_circle(arrows: dict[str, set[str]]) -> None:
    assert _on_circles(arrows) == []


def test_no_folders_import_each_other_in_a_circle(arrows: dict[str, set[str]]) -> None:
    by_folder: dict[str, set[str]] = {}
    for name, ends in arrows.items():
        by_folder.setdefault(_folder_of(name), set()).update(_folder_of(end) for end in ends)
    assert _on_circles(by_folder) == []
