"""One rule for every command that writes: a folder that is missing is made, and the command says so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import goodoffices.cli
from goodoffices.cli.main import main
from terminal import run

ASTANA = ("astana-2017", "--seat", "russia")
AT = "made/deep"
WRITES: dict[str, tuple[str, ...]] = {
    "brief --html": ("brief", *ASTANA, "--html", f"{AT}/b.html"),
    "convert DST": ("convert", "scenario", f"{AT}/copy", "--to", "negmas-yaml", "--lossy"),
    "exercise start FILE": ("exercise", "start", "good-friday-1998", f"{AT}/new.db"),
    "exercise template [FILE.xlsx]": ("exercise", "template", f"{AT}/t.xlsx"),
    "ledger form --out": ("ledger", "form", "astana-2017", "--seat", "russia", "--out", f"{AT}/f.xlsx"),
    "record backup FOLDER": ("record", "backup", "talks.db", AT),
    "record new FILE": ("record", "new", f"{AT}/new.db", "--talks", "valley.yaml", "--exercise"),
    "record restore FILE": ("record", "restore", "backup/talks.db", f"{AT}/back.db"),
    "record migrate --to": ("record", "migrate", "talks.db", "--to", f"{AT}/moved.db"),
    "schema --out": ("schema", "--out", f"{AT}/s.json"),
    "sealed key PRIVATE": ("sealed", "key", f"{AT}/private", "public"),
    "sealed key PUBLIC": ("sealed", "key", "private", f"{AT}/public"),
    "template [FILE.xlsx]": ("template", f"{AT}/t.xlsx"),
    "text pack --out": ("text", "pack", *ASTANA, "--out", f"{AT}/p.pdf"),
    "text pax --out": ("text", "pax", "astana-2017", "--seat", "un-envoy", "--out", f"{AT}/p.csv"),
    "view calendar --out": ("view", "calendar", *ASTANA, "--out", f"{AT}/c.ics"),
    "view export --out": ("view", "export", "talks.db", "--seat", "chairs", "--out", AT),
    "view lists --out": ("view", "lists", *ASTANA, "--out", f"{AT}/l.xlsx"),
    "view talks-file --out": ("view", "talks-file", "talks.db", "--seat", "chairs", "--out", f"{AT}/t.yaml"),
    "week --out": ("week", "astana-2017", "--seat", "secretariat", "--out", f"{AT}/w.txt"),
}  # fmt: skip
"""What is run here, each with a file or a folder in a folder that is missing."""
OTHER_WRITES = {
    "binder --out", "ceasefire bulletin --out", "exercise debrief --xlsx", "exercise debrief --docx",
    "exercise restart --to", "minutes --out", "round-file --out", "text out --out", "rehearse export FILE",
    "forecast backtest --csv", "forecast backtest --plot", "forecast sensitivity --plot", "settle robust --plot",
    "rehearse tournament --out", "sealed out --out", "sealed back --out",
}  # fmt: skip
"""What needs more before it can write. It writes by the same functions, as the second test shows."""
READS = {"import FILE.xlsx", "new --from", "serve --certificate", "serve --private-key"}
"""What is read, and refused by its reader. What uses ``FILE_THERE`` is refused before."""


def _leaves(command: click.Command, name: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for one in command.list_commands(context):
            below = command.get_command(context, one)
            assert below is not None
            yield from _leaves(below, (*name, one))
    else:
        yield " ".join(name), command


def test_every_path_that_a_command_takes_is_known_to_be_read_or_written() -> None:
    found = {
        f"{name} {param.opts[0] if isinstance(param, click.Option) else param.human_readable_name}"
        for name, command in _leaves(main)
        for param in command.params
        if isinstance(param.type, click.Path) and not param.type.exists
    }
    more = {"exercise start FILE", "record new FILE", "record restore FILE", "record migrate --to"}
    assert found | more == set(WRITES) | OTHER_WRITES | READS


def test_no_command_makes_a_folder_or_a_file_by_itself() -> None:
    """Only two functions make folders and files, and both say so."""
    found = set()
    for path in sorted(Path(goodoffices.cli.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            if name in ("mkdir", "makedirs", "write_text", "write_bytes"):
                found.add((path.name, name))
    assert found == {("output.py", "mkdir"), ("sealed.py", "write_text")}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _prepared(words: tuple[str, ...]) -> None:
    """Make what a command reads, before it runs."""
    if "valley.yaml" in words:
        Path("valley.yaml").write_bytes((Path(__file__).parents[2] / "valley.yaml").read_bytes())
    if "talks.db" in words or "backup/talks.db" in words:
        assert run("record", "new", "talks.db", "--talks", "good-friday-1998", "--exercise").exit_code == 0
    if "backup/talks.db" in words:
        said = run("record", "backup", "talks.db", "backup").stdout
        Path(said.splitlines()[0]).rename("backup/talks.db")
    if "scenario" in words:
        Path("scenario").mkdir()
        Path("scenario", "domain.xml").write_text(DOMAIN, encoding="utf-8")
        for n in (1, 2):
            Path("scenario", f"p{n}.xml").write_text(PROFILE, encoding="utf-8")


_ISSUE = '<issue name="Road" index="1" type="discrete" etype="discrete" vtype="discrete">{}</issue>'
DOMAIN = (
    '<negotiation_template><utility_space><objective index="0" name="All" etype="objective" type="objective">'
    + _ISSUE.format('<item index="1" value="north"/><item index="2" value="south"/>')
    + "</objective></utility_space></negotiation_template>"
)
PROFILE = (
    '<utility_space><objective index="0" name="All" etype="objective" type="objective">'
    + _ISSUE.format('<item index="1" value="north" evaluation="1"/><item index="2" value="south" evaluation="2"/>')
    + '<weight index="1" value="1"/></objective></utility_space>'
)


@pytest.mark.parametrize("name", sorted(WRITES))
def test_a_missing_folder_is_made_and_named(name: str, folder: Path) -> None:
    words = WRITES[name]
    _prepared(words)
    result = run(*words)
    assert result.exit_code in (0, 1), result.output
    assert "Made the folder made/deep.\n" in result.stderr
    assert list((folder / AT).iterdir())


def test_a_folder_that_is_there_is_not_named(folder: Path) -> None:
    assert "Made the folder" not in run("schema", "--out", "s.json").stderr
    assert "Made the folder" not in run("schema", "--out", str(folder / "t.json")).stderr


def test_a_folder_that_cannot_be_made_is_refused_with_a_sentence(folder: Path) -> None:
    Path("made").write_text("a file", encoding="utf-8")
    for name in ("schema --out", "sealed key PRIVATE", "record backup FOLDER", "record new FILE"):
        _prepared(WRITES[name])
        result = run(*WRITES[name])
        assert result.exit_code == 2, name
        assert "the folder made/deep cannot be made: Not a directory; name another one" in result.stderr, name
    assert Path("made").read_text(encoding="utf-8") == "a file"
