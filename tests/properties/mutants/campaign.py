"""Try changed files on every reader, and sort what becomes of each."""

from __future__ import annotations

import io
import random
import re
import resource
import shutil
import signal
import sys
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from goodoffices.errors import GoodOfficesError
from properties.mutants.changes import mutant
from properties.mutants.readings import READERS, Reading
from properties.mutants.seeds import Seed

_COMPUTED = ("100.0", *(f"{number}.0" for number in range(10)))
"""Numbers that readers also compute: ends of scales, full power, parts of shares, days."""
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:\.\d+)?")


class SlowError(BaseException):
    """A reader took longer than it may; not an ``Exception``, so that no reader catches it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One changed file and what became of it; ``detail`` says more of a fault."""

    seed: Seed
    number: int
    changes: str
    outcome: str
    detail: str = ""
    data: bytes = b""

    @property
    def is_fault(self) -> bool:
        """Whether this is a traceback, a silent loss, or too slow."""
        return self.outcome in ("traceback", "silent", "slow", "unhelpful")


def _words_of(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return Counter(_number(word.casefold()) for word in _WORD.findall(plain))


def _number(word: str) -> str:
    try:
        return repr(float(word))
    except ValueError:
        return word


def words_of_file(data: bytes) -> Counter[str]:
    """Count the words and numbers of a file, unpacked if it is an archive."""
    if not data.startswith(b"PK\x03\x04"):
        return _words_of(_COMMENT.sub(b"", data).decode("utf-8", errors="replace"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = [_COMMENT.sub(b"", packed.read(one)) for one in packed.infolist()]
    except Exception:
        return Counter()
    return _words_of("\n".join(part.decode("utf-8", errors="replace") for part in parts))


def words_of_reading(value: Any) -> Counter[str]:
    """Count the words and numbers of what was read."""
    return _words_of("\n".join(_leaves(value)))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for part in value:
            yield from _leaves(part)
    elif value is not None:
        yield repr(value) if isinstance(value, float) else str(value)


def lost(before: Reading, after: Reading, old: bytes, new: bytes) -> list[str]:
    """Return the words that the file has as often as before, and the reading less often, though no note is new."""
    if Counter(after.notes) - Counter(before.notes):
        return []
    read, left = words_of_reading(before.says), words_of_reading(after.says)
    there, here = words_of_file(old), words_of_file(new)
    # A word that is read more often than it is written is also computed or repeated: only its last one counts.
    gone = [word for word in read - left if read[word] <= there[word] or not left[word]]
    gone = [word for word in gone if word not in _COMPUTED and there[word] and here[word] >= there[word]]
    gone = [word for word in gone if _inside(before, word) > _inside(after, word)]
    # One number alone may be part of a date or of a share that was read anew.
    return sorted(gone) if len(gone) > 1 or any(word.isalpha() and len(word) > 1 for word in gone) else []


def _inside(reading: Reading, word: str) -> int:
    """Count a word also where it is joined to another."""
    text = "\n".join(_leaves(reading.says)).casefold()
    return text.count(word.removesuffix(".0") if word[0].isdigit() else word)


class Campaign:
    """Changed files of some seeds, in a folder of their own; the same number gives the same change."""

    def __init__(self, seeds: list[Seed], folder: Path, seconds: float = 5.0) -> None:
        self.seeds, self.folder, self.seconds = seeds, folder, seconds
        self._whole: dict[Seed, Reading | None] = {}

    def whole(self, seed: Seed) -> Reading | None:
        """Return the reading of an unchanged file; none if it is refused as it is."""
        if seed not in self._whole:
            try:
                self._whole[seed] = READERS[seed.kind](seed.folder / seed.file)
            except GoodOfficesError:
                self._whole[seed] = None
        return self._whole[seed]

    def trial(self, seed: Seed, number: int) -> Trial:
        """Change a file by the random number ``number`` and read it."""
        rng = random.Random(f"{seed.kind} {seed.folder.name} {seed.file} {number}")
        old = (seed.folder / seed.file).read_bytes()
        changes, new = mutant(old, seed.family, rng)
        before = self.whole(seed)
        at = self.folder / "changed"
        shutil.rmtree(at, ignore_errors=True)
        shutil.copytree(seed.folder, at)
        (at / seed.file).write_bytes(new)
        outcome, detail = self._outcome(seed, at / seed.file, before, old, new)
        return Trial(seed, number, changes, outcome, detail, new if outcome not in ("same", "refused") else b"")

    def _outcome(self, seed: Seed, path: Path, before: Reading | None, old: bytes, new: bytes) -> tuple[str, str]:
        signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, self.seconds)
        try:
            after = READERS[seed.kind](path)
        except GoodOfficesError as error:
            said = str(error)
            return ("refused", said) if said.strip() else ("unhelpful", repr(error))
        except SlowError:
            return "slow", f"more than {self.seconds} seconds of the processor"
        except Exception as error:
            return "traceback", _trace(error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if before is None:
            return "differs", ""
        if Counter(after.notes) - Counter(before.notes):
            return "told", ""
        if after.says == before.says:
            return "same", ""
        gone = lost(before, after, old, new)
        return ("silent", " ".join(gone[:12])) if gone else ("differs", "")


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SlowError


def _trace(error: BaseException) -> str:
    frames, step = [], error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if "goodoffices" in name:
            frames.append(f"{Path(name).name}:{step.tb_lineno}")
        step = step.tb_next
    return f"{type(error).__name__}: {str(error)[:160]} at {' '.join(frames[-4:])}"


def main() -> None:
    """Run ``python -m properties.mutants.campaign NUMBER FOLDER [SHARED] [KIND]``: print counts, keep the faults."""
    from properties.mutants.seeds import own_seeds, shared_seeds

    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    seeds = own_seeds(folder / "own")
    if len(sys.argv) > 3 and sys.argv[3] != "-":
        seeds += shared_seeds(Path(sys.argv[3]), folder / "shared")
    if len(sys.argv) > 4:
        seeds = [seed for seed in seeds if seed.kind in sys.argv[4].split(",")]
    begin = int(sys.argv[5]) if len(sys.argv) > 5 else 0
    run = Campaign(seeds, folder)
    rng = random.Random(begin)
    kinds = sorted({seed.kind for seed in seeds})
    counts: Counter[tuple[str, str]] = Counter()
    (folder / "faults").mkdir()
    slowest = 0.0
    for number in range(begin, begin + count):
        kind = kinds[number % len(kinds)]
        seed = rng.choice([one for one in seeds if one.kind == kind])
        begun = time.monotonic()
        trial = run.trial(seed, number)
        slowest = max(slowest, time.monotonic() - begun)
        counts[kind, trial.outcome] += 1
        if trial.is_fault:
            print(f"{trial.outcome:9} {kind} {seed.folder.name}/{seed.file} #{number} {trial.changes}: {trial.detail}",
                  flush=True)  # fmt: skip
            (folder / "faults" / f"{number}-{Path(seed.file).name}").write_bytes(trial.data)
    for kind in kinds:
        print(kind, {outcome: n for (k, outcome), n in sorted(counts.items()) if k == kind})
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB; slowest: {slowest:.2f} s")


if __name__ == "__main__":
    main()
