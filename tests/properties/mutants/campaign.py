"""Try changed files on every reader, and sort what becomes of each."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import random
import re
import resource
import shutil
import signal
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from goodoffices.errors import GoodOfficesError
from properties.mutants.changes import mutant
from properties.mutants.readings import READERS, Reading
from properties.mutants.seeds import Seed

_COMPUTED = ("100.0", *(f"{number}.0" for number in range(10)))
"""Numbers that readers also compute: ends of scales, full power, parts of shares, days."""
_OURS = frozenset({
    "added", "after", "agreed", "as", "at", "before", "change", "changed", "eligible", "false", "half", "least", "more",
    "moved", "named", "participant", "party", "proposed", "removed", "than", "third", "true", "verbatim",
})  # fmt: skip
"""Words for states and defaults that readers put in: they say what is not written, and the answer prints them."""
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
        return self.outcome in ("traceback", "silent", "invented", "slow", "unhelpful")

    def sentence(self) -> str:
        """Return what became of it in one line."""
        seed = self.seed
        name = f"{seed.kind} {seed.folder.name}/{seed.file} #{self.number}"
        return f"{self.outcome}: {name} {self.changes}: {self.detail}"


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
        encoding = "utf-32" if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) else "utf-8"
        return _words_of(_COMMENT.sub(b"", data).decode(encoding, errors="replace"))
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


def invented(before: Reading, after: Reading, old: bytes, new: bytes, beside: str = "") -> list[str]:
    """Return the words that are read more often than before, though the file does not have them: a silent default.

    Words of the file may be read several times: a clause in each proposal, a row for each participant. A number counts
    only if the file has no new digits: ``0.9`` is read as 9/10. ``beside`` are the words of the files beside it.
    """
    if Counter(after.notes) - Counter(before.notes):
        return []
    read, now = words_of_reading(before.says), words_of_reading(after.says)
    there, here = words_of_file(old), words_of_file(new)
    has_digits = any(map(str.isdigit, "".join(here - there)))
    come = [word for word in now - read if not here[word]]
    known = {*_COMPUTED, *_OURS, *_words_of(beside)}
    come = [word for word in come if word not in known]
    come = [word for word in come if (word.isalpha() and len(word) > 1) or (word[0].isdigit() and not has_digits)]
    # Two words that grew together, because what stood between them is gone, are not a new one.
    come = [word for word in come if not any(word[:at] in there and word[at:] in there for at in range(1, len(word)))]
    return sorted(word for word in come if _inside(after, word) > _inside(before, word))


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
        if outcome == "slow":  # The machine may have been busy, or a loop was compiled: slow is what is so twice.
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
        if gone:
            return "silent", " ".join(gone[:12])
        # A reader may say the name of a file, and the words of the files beside it.
        files = [other for other in seed.folder.rglob("*") if other.is_file()]
        others = [other.read_text(encoding="utf-8", errors="replace") for other in files if other.name != path.name]
        beside = " ".join([*(other.stem for other in files), *others])
        come = invented(before, after, old, new, beside)
        return ("invented", " ".join(come[:12])) if come else ("differs", "")


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


@dataclass(slots=True)
class Progress:
    """How far a campaign has come: counts by kind and outcome, and the faults, kept in a file after each trial."""

    path: Path
    begin: int
    done: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def read(self) -> None:
        """Go on where an earlier run with the same first number ended."""
        if self.path.exists():
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            if kept["begin"] == self.begin:
                self.done, self.counts, self.faults = kept["done"], Counter(kept["counts"]), kept["faults"]

    def add(self, trial: Trial, kind: str) -> None:
        """Count a trial, and write the file anew."""
        self.done += 1
        self.counts[f"{kind} {trial.outcome}"] += 1
        if trial.is_fault:
            self.faults.append(trial.sentence())
        counts = dict(sorted(self.counts.items()))
        kept = {"begin": self.begin, "done": self.done, "counts": counts, "faults": self.faults}
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps(kept, indent=1, ensure_ascii=True), encoding="utf-8")
        beside.replace(self.path)


def campaign(seeds: list[Seed], folder: Path, count: int, begin: int, kept: Path | None = None) -> Progress:
    """Try ``count`` changed files from the number ``begin`` on, as many of each kind; go on where ``kept`` ends.

    Each trial depends on its number alone, so shards with other first numbers add up.
    """
    by_kind = {kind: [seed for seed in seeds if seed.kind == kind] for kind in sorted({seed.kind for seed in seeds})}
    kinds, run = list(by_kind), Campaign(seeds, folder)
    progress = Progress(kept or folder / "counts.json", begin)
    progress.read()
    for number in range(begin + progress.done, begin + count):
        kind = kinds[number % len(kinds)]
        seed = random.Random(number).choice(by_kind[kind])
        progress.add(run.trial(seed, number), kind)
    return progress


def main() -> None:
    """Print counts and faults; the same command goes on where it was interrupted."""
    from properties.mutants.seeds import own_seeds, shared_seeds

    asked = argparse.ArgumentParser(prog="python -m properties.mutants.campaign", description=main.__doc__)
    asked.add_argument("count", type=int, help="how many files are changed and read")
    asked.add_argument("folder", type=Path, help="where files and counts are kept")
    asked.add_argument("--begin", type=int, default=0, help="the first number; shards with others add up")
    asked.add_argument("--shared", type=Path, help="a folder of files that other people's programs wrote")
    asked.add_argument("--kinds", default="", help="only these kinds, with commas")
    given = asked.parse_args()
    for name in ("own", "shared"):
        shutil.rmtree(given.folder / name, ignore_errors=True)
    given.folder.mkdir(parents=True, exist_ok=True)
    seeds = own_seeds(given.folder / "own")
    seeds += shared_seeds(given.shared, given.folder / "shared") if given.shared else []
    seeds = [seed for seed in seeds if not given.kinds or seed.kind in given.kinds.split(",")]
    progress = campaign(seeds, given.folder, given.count, given.begin)
    print(*progress.faults, *(f"{what}: {n}" for what, n in sorted(progress.counts.items())), sep="\n")
    print(f"{progress.done} files, {len(progress.faults)} faults;", end=" ")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
