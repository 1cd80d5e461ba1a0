"""How long a talks file takes to read: 5 MB, the same with ten thousand mistakes, and the Astana talks.

Run ``python -m benchmarks talks_file``. Targets: 3 s, 3 s and 50 ms after import, below 400 MB.
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

from goodoffices.formats.talks_file.reader import find_scenario, read_reported

N_ACTORS, N_ISSUES, N_ASSESSMENTS, N_CLAIMS = 2_000, 500, 20_000, 9_000


def large_file() -> str:
    """Return talks with 2,000 actors, 500 issues and 20,000 assessments, about 5 MB."""
    lines = ["seats: {team: {actor: actor-0, roles: [analyst]}}", "sources: {s: {publisher: P}}", "actors:"]
    for n in range(N_ACTORS):
        lines.append(f"  actor-{n}: {{kind: faction, names: {{en: [Actor {n}, The actor {n}], ar: ممثل {n}}}}}")
    lines += ["agenda:", "  - basket: B", "    issues:"]
    for n in range(N_ISSUES):
        lines.append(f"      issue-{n}: {{question: {{en: Question {n}?}}, options: [one, two, three]}}")
    lines.append("assessments:")
    for n in range(N_ASSESSMENTS):
        lines.append(
            f"  - {{party: actor-{n % N_ACTORS}, issue: issue-{n % N_ISSUES}, salience: 0.{n % 9 + 1}, "
            f"worth: {{one: {n % 11}, two: {{low: 1, high: {n % 7 + 1}}}, three: 0}}, sources: [s], compartment: team}}"
        )
    lines.append("claims:")
    for n in range(N_CLAIMS):
        lines.append(
            f"  c{n}: {{about: actor-{n % N_ACTORS}, aspect: groups {n % 50}, value: {n}, strength: named-source, "
            f"chain: [Outlet, {{speaker: S, actor: actor-{n * 7 % N_ACTORS}}}], source: s, in_seed: no, "
            f"asserted_on: 2017-01-23, words: A sentence of usual length on what claim {n} says.}}"
        )
    return "\n".join(lines)


def seconds(path: Path, *, n_runs: int) -> tuple[float, int]:
    """Return the best time of several reads in seconds of processor time, and how many problems there were."""
    best, n_problems = float("inf"), 0
    for _ in range(n_runs):
        start = time.process_time()
        report = read_reported(path).report
        best = min(best, time.process_time() - start)
        n_problems = len(report.refusals) + report.n_unlisted
    return best, n_problems


def run(*, full: bool = False) -> None:
    """Print one line per file; ``full`` for the best of three reads of the large ones, in place of one."""
    with tempfile.TemporaryDirectory() as folder:
        good, bad = Path(folder) / "good.yaml", Path(folder) / "bad.yaml"
        text = large_file()
        good.write_text(text, encoding="utf-8")
        bad.write_text(text.replace("party: actor-", "party: actr-", 10_000), encoding="utf-8")
        astana = find_scenario("astana-2017") / "talks.yaml"
        most = 3 if full else 1
        for name, path, n_runs in (
            ("large", good, most),
            ("large, 10,000 mistakes", bad, most),
            ("Astana", astana, 20),
        ):
            best, n_problems = seconds(path, n_runs=n_runs)
            print(f"{name:24} {path.stat().st_size / 1e6:6.2f} MB {best:8.3f} s {n_problems:7} problems")
    print(f"{'peak memory':24} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB")
