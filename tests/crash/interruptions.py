"""Interrupt the commands that can take long, at many moments, and note how each ends.

Run it by itself for a table: ``PYTHONPATH=src:tests python tests/crash/interruptions.py [NAME]... [--at SECONDS,...]``.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from settlement_talks import talks_of

MOMENTS = (0.05, 0.1, 0.15, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0)
"""Seconds after the start at which a command is interrupted; those near its end are added."""
LONGEST_S = 2.0
STARTED = "from goodoffices.__main__ import run; run()"
_GIVE_UP_S = 20.0
_FEWEST_BYTES_OF_WHOLE = 0.9

COMMANDS: dict[str, str] = {
    "settle": "settle astana-2017",
    "settle frontier": "settle astana-2017 --frontier --count",
    "settle large": "settle {large} --solution nash --json",
    "settle plot": "settle astana-2017 --plot {out}/a.png",
    "settle unblock": "settle unblock {large}",
    "settle robust": "settle robust astana-2017 --worlds 1000000",
    "settle verify": "settle verify {result} {large}",
    "forecast": "forecast {positions} --draws 1000000",
    "forecast talks": "forecast astana-2017 --issue monitoring --draws 1000000",
    "forecast turns": "forecast {positions} --model ktab-smp --draws 100000",
    "forecast plot": "forecast {positions} --draws 1000000 --plot {out}/a.svg --csv {out}/a.csv",
    "forecast backtest": "forecast backtest {cases}",
    "forecast levers": "forecast levers {many}",
    "forecast sensitivity": "forecast sensitivity {positions} --sobol --draws 262144",
    "rehearse": "rehearse astana-2017 --runs 5000",
    "rehearse compiling": "rehearse astana-2017 --runs 200",
    "rehearse workers": "rehearse astana-2017 --runs 5000 --workers 2 --out {out}/runs",
    "rehearse tournament": "rehearse tournament {negolog} --strategy micro --strategy linear+combi(1)",
    "exercise batch": "exercise batch astana-2017 --runs 20",
    "exercise workers": "exercise batch astana-2017 --runs 20 --workers 2",
    "exercise demo": "exercise demo astana-2017",
    "exercise check": "exercise check astana-2017",
    "exercise start": "exercise start astana-2017 {out}/e.record",
    "exercise template": "exercise template {out}/t.xlsx --filled",
    "ceasefire": "ceasefire {events} --area Aleppo --at 2017-09-01 --calibrate",
    "ledger import": "ledger import {record} {rows} --seat russia",
    "brief": "brief astana-2017 --settlement --forecast --html {out}/b.html",
    "round-file": "round-file astana-2017 --seat analyst --as-of end --out {out}/r.pdf",
    "week": "week astana-2017 --seat analyst --out {out}/w.docx",
    "week pdf": "week astana-2017 --seat analyst --out {out}/w.pdf",
    "text pack": "text pack astana-2017 --seat un-envoy --out {out}/p.pdf",
    "view lists": "view lists astana-2017 --seat analyst --out {out}/l.xlsx",
    "view export": "view export {record} --seat analyst --out {out}/x",
    "check": "check astana-2017",
    "convert": "convert {negolog} {out}/converted --to talks --lossy",
    "record new": "record new {out}/n.record --talks astana-2017 --exercise",
    "record verify": "record verify {record} --deep",
    "record replay": "record replay {record} --digest",
    "record backup": "record backup {record} {out}/copies --keys",
    "record upgrade": "record upgrade {record}",
    "record migrate": "record migrate {record} --to {out}/m.record",
    "serve": "serve astana-2017 --port 0",
    "help": "--help",
}  # fmt: skip
FIRST_TIME = frozenset({"rehearse compiling"})
"""Commands that start with nothing compiled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a command ended that was interrupted.

    ``seconds`` and ``cpu_seconds`` are counted from the interruption; ``after`` is when it came. ``half`` are the files
    that were left half-made.
    """

    name: str
    after: float
    seconds: float
    cpu_seconds: float
    code: int
    said: str
    half: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Whether it kept the promise: soon, a whole sentence, and nothing half-made."""
        ends = self.code in (0, 1, 130)
        return ends and self.seconds <= LONGEST_S and not self.half and "Traceback" not in self.said

    def row(self) -> str:
        """Return one line of the table."""
        last = self.said.strip().splitlines()[-1:] or [""]
        mark = " " if self.is_well else "*"
        trace = " TRACEBACK" if "Traceback" in self.said else ""
        return (
            f"{mark} {self.name:22} {self.after:6.2f} {self.seconds:6.2f} {self.cpu_seconds:6.2f} "
            f"{self.code:4d}{trace} {' '.join(self.half)} {last[0][-90:]}"
        )


def inputs(folder: Path) -> dict[str, str]:
    """Write the files that the commands read; return their places by name."""
    folder.mkdir(parents=True, exist_ok=True)
    head = "actor,position_low,position,position_high,salience,capability"
    (folder / "positions.csv").write_text(f"{head}\na,0,10,30,1,1\nb,20,50,60,0.5,2\nc,60,90,100,1,1\n")
    many = [f"a{n},{n % 90},{n % 90 + 5},{n % 90 + 9},{(n % 9 + 1) / 10},{n % 7 + 1}" for n in range(60)]
    (folder / "many.csv").write_text("\n".join([head, *many]) + "\n")
    cases = [
        f"case {k},cluster {k // 2},{actor},{(k * 13 + at * 37) % 101},{(at + 1) / 4},{at + 1},{(k * 29) % 101}"
        for k in range(200)
        for at, actor in enumerate("abcd")
    ]
    (folder / "cases.csv").write_text(
        "\n".join(["issue,cluster,actor,position,salience,capability,outcome", *cases]) + "\n"
    )
    (folder / "events.csv").write_text("\n".join(_events()) + "\n")
    (folder / "rows.csv").write_text("\n".join(_rows()) + "\n")
    _write_negolog(folder / "negolog")
    issues = {f"i{n}": ["a", "b", "c"] for n in range(20)}
    parties = tuple(f"p{n}" for n in range(9))
    given = [
        {"party": party, "issue": issue, "worth": {o: (7 * k + 5 * n + 3 * m * k) % 17 for k, o in enumerate("abc")}}
        for n, party in enumerate(parties) for m, issue in enumerate(issues)
    ]  # fmt: skip
    large = talks_of(folder / "large", issues, given, parties)
    places = {name: str(folder / f"{name}.csv") for name in ("positions", "many", "cases", "events", "rows")}
    places |= {"large": str(large), "negolog": str(folder / "negolog"), "result": str(folder / "result.json")}
    (folder / "kept").mkdir()
    _run("record", "new", str(folder / "kept" / "talks.record"), "--talks", "astana-2017", "--exercise")
    done = _run("settle", str(large), "--solution", "nash", "--json", "--time-limit", "3")
    (folder / "result.json").write_text(done.stdout)
    return places | {"kept": str(folder / "kept")}


def _events() -> Iterator[str]:
    yield "date,governorate,events"
    areas = ("Aleppo", "Idlib", "Hama", "Homs")
    for day in range(360):
        for place, area in enumerate(areas):
            yield f"2017-{day // 30 + 1:02d}-{day % 28 + 1:02d},{area},{(day * 7 + place * 3) % 11 % 5}"


def _rows() -> Iterator[str]:
    yield "id,date,area,place,kind,killed,words"
    for n in range(5000):
        yield f"{n},2017-01-{n % 28 + 1:02d},Hama,the bridge,shelling,{n % 5},said by {n}"


def _write_negolog(folder: Path) -> None:
    folder.mkdir()
    for letter, ends in {"A": ("1.0", "0.0"), "B": ("0.0", "1.0")}.items():
        issue = f'{{"ours": {ends[0]}, "shared": 0.6, "theirs": {ends[1]}}}'
        issues = ", ".join(f'"i{n}": {issue}' for n in range(5))
        weights = ", ".join(f'"i{n}": 0.2' for n in range(5))
        (folder / f"profile{letter}.json").write_text(
            f'{{"reservationValue": 0.2, "issueWeights": {{{weights}}}, "issues": {{{issues}}}}}'
        )


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a person's terminal: output is kept back until there is enough, code is kept."""
    left_out = ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if name not in left_out} | more


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", STARTED, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment())


class Interruptions:
    """Runs each command once to its end, and then interrupts it at moments; everything is made in one folder."""

    def __init__(self, folder: Path, started: Sequence[str] = (sys.executable, "-c", STARTED)) -> None:
        self.folder, self.started = folder, list(started)
        self.places = inputs(folder / "inputs")
        self._n = 0
        signal.signal(signal.SIGINT, signal.default_int_handler)  # started in the background, it would be ignored

    def endings(self, name: str, moments: Sequence[float] | None = None) -> Iterator[Ending]:
        """Interrupt one command at every moment, and in the last part of its run."""
        lasted, whole = self._whole(name)
        late = [lasted * share for share in (0.9, 0.95, 0.98, 0.99)] + [lasted - 0.02, lasted - 0.01]
        for after in sorted({*(moments or MOMENTS), *(() if moments else late)}):
            if 0 < after < lasted:
                yield self.interrupted(name, after, whole)

    def _begun(self, name: str) -> tuple[subprocess.Popen[bytes], Path, Path]:
        self._n += 1
        place = self.folder / f"run{self._n}"
        out = place / "out"
        out.mkdir(parents=True)
        shutil.copytree(self.places["kept"], place / "record")
        names = self.places | {"out": str(out), "record": str(place / "record" / "talks.record")}
        words = [word.format_map(names) for word in COMMANDS[name].split()]
        env = environment(**({"NUMBA_CACHE_DIR": str(place / "compiled")} if name in FIRST_TIME else {}))
        (place / "compiled").mkdir(mode=0o700)
        with (place / "said").open("wb") as said, (place / "printed").open("wb") as printed:
            process = subprocess.Popen(
                [*self.started, *words], stdin=subprocess.DEVNULL, stdout=printed, stderr=said, env=env,
                start_new_session=True,
            )  # fmt: skip
        return process, place, out

    def _whole(self, name: str) -> tuple[float, Mapping[str, int]]:
        process, place, out = self._begun(name)
        started = time.monotonic()
        try:
            process.wait(_GIVE_UP_S if name != "serve" else 4)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        lasted = time.monotonic() - started
        if process.returncode not in (0, 1, -9):
            raise RuntimeError(f"{name}: {(place / 'said').read_text()}")
        return lasted, _files(out)

    def interrupted(self, name: str, after: float, whole: Mapping[str, int]) -> Ending:
        """Interrupt a command, and everything that it has started, as a terminal does."""
        process, place, out = self._begun(name)
        time.sleep(after)
        before = _cpu_seconds(process.pid)
        ended = _cpu_of_ended()
        started = time.monotonic()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        seconds = time.monotonic() - started
        left = _files(out)
        half = tuple(
            path for path, size in left.items()
            if not _is_in_parts(path) and size < whole.get(path, 1 << 60) * _FEWEST_BYTES_OF_WHOLE
        )  # fmt: skip
        said = (place / "said").read_text(errors="replace")
        shutil.rmtree(place, ignore_errors=True)
        return Ending(
            name=name, after=after, seconds=seconds, cpu_seconds=max(_cpu_of_ended() - ended - before, 0.0),
            code=process.returncode, said=said, half=half,
        )  # fmt: skip


def _is_in_parts(path: str) -> bool:
    """Whether a file belongs to a folder that is meant to be filled part by part: the same command goes on."""
    return path.startswith(("runs/", "x/"))


def _files(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def _cpu_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _cpu_of_ended() -> float:
    """Return the processor time of all children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def main() -> None:
    """Print how each command ended; a star stands before what does not keep the promise."""
    words = sys.argv[1:]
    moments = None
    if "--at" in words:
        at = words.index("--at")
        moments = [float(one) for one in words[at + 1].split(",")]
        del words[at : at + 2]
    started: tuple[str, ...] = (sys.executable, "-c", STARTED)
    if "--with" in words:
        at = words.index("--with")
        started = tuple(words[at + 1].split())
        del words[at : at + 2]
    with tempfile.TemporaryDirectory() as folder:
        runs = Interruptions(Path(folder), started)
        for name in words or COMMANDS:
            try:
                for ending in runs.endings(name, moments):
                    print(ending.row(), flush=True)
            except RuntimeError as error:
                print("! ", error, flush=True)


if __name__ == "__main__":
    main()
