"""Files that other people's programs wrote: every word is found again, twins are read rightly, damage is refused."""

from __future__ import annotations

import io
import random
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError, fromstring

import pytest

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.clause_detection import sections
from goodoffices.formats.docx.clause_texts import paper_of
from goodoffices.formats.docx.markup.list_numbering import numbering_of
from goodoffices.formats.docx.markup.paragraphs import paragraphs_of
from goodoffices.formats.docx.package_parts import parts_of
from goodoffices.formats.docx.reader import DocxReading, read_docx
from goodoffices.formats.docx.zip_package import open_package
from goodoffices.talks.documents.document import Paper
from goodoffices.talks.documents.markdown import write_paper

REFUSED = {"powertools/RP038-Inserted-Paras-at-End-Accepted.docx": "open-bracket"}
"""The files that are refused, and why: the text of this one opens a bracket and never closes it."""
_TEXT = re.compile(r"(wordprocessingml|officeDocument)/.*\}(t|delText)$")
_TRACKED = re.compile(r"wordprocessingml/.*\}(ins|del|moveFrom|moveTo|cellIns|cellDel)$")


@pytest.fixture(scope="session")
def documents(shared: Path) -> Path:
    folder = shared / "documents"
    if not folder.is_dir():
        pytest.skip(f"the folder {folder} is not on this machine")
    return folder


def bare(text: str) -> str:
    """Return text without blanks, invisible characters, and what marks brackets."""
    seen = re.sub(r"\[\[[A-Z]~?:", "", unicodedata.normalize("NFC", text))
    return re.sub(r"[\s\\\[\]{}|\u00ad\u200b-\u200f\u202a-\u202e\ufeff]", "", seen)


def said(read: DocxReading) -> str:
    proposed = (f"{p.number} {p.heading} {p.words} {p.before}" for p in read.proposals)
    remarked = (remark.words for remark in read.remarks)
    return bare(" ".join([write_paper(read.paper), *proposed, *remarked, *read.said(names=True)]))


def words_of(data: bytes) -> Iterator[str]:
    """Yield every piece of text in any part of a file that can be parsed, by a plain search of the XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            if not name.endswith(".xml") or name.startswith(("docProps/", "customXml/", "word/theme/")):
                continue
            try:
                tree = fromstring(packed.read(name))
            except ParseError:
                continue
            yield from (e.text for e in tree.iter() if _TEXT.search(e.tag) and e.text)


def lost_words(data: bytes, read: DocxReading) -> list[str]:
    everything = said(read)
    unseen = [text for text in dict.fromkeys(words_of(data)) if bare(text) not in everything]
    # A number typed before a heading stands in the number of the clause, which may be another if it is repeated.
    return [text for text in unseen if bare(re.sub(r"^\s*[\d.]+\s", "", text)) not in everything]


@pytest.mark.slow
def test_every_word_of_every_file_is_found_again_and_every_mark_counted(documents: Path) -> None:
    refused: dict[str, str] = {}
    n_words = n_marks = 0
    for path in sorted(documents.glob("*/*.docx")):
        data = path.read_bytes()
        try:
            read = read_docx(data, name=path.name, lang="en")
        except ScenarioFileError as error:
            refused[f"{path.parent.name}/{path.name}"] = error.kind
            continue
        assert lost_words(data, read) == [], path.name
        n_words += sum(1 for _ in words_of(data))
        n_marks += read.n_marks
        if read.n_marks:
            assert read.proposals or read.unplaced, path.name
    assert refused == REFUSED
    assert n_words > 50_000
    assert n_marks > 200


def text_of(paper: Paper) -> list[str]:
    return write_paper(paper).split()


def as_one_author_would(path: Path) -> list[Paper]:
    """Return the paper with all changes of each author of a file."""
    parts = parts_of(open_package(path.read_bytes(), path.name), path.name)
    numbering = numbering_of(parts.roles.get("numbering"), parts.roles.get("styles"))
    body = paragraphs_of(parts.main, parts.roles.get("styles"), numbering, path.name)
    authors = {author for p in body.paragraphs for t in p.tokens for author in (*t.inserted, *t.deleted)}
    authors |= {author for p in body.paragraphs for author in (*p.end_inserted, *p.end_deleted)}
    return [paper_of(sections(body.paragraphs, numbering, a).sections, "en", path.name)[0] for a in sorted(authors)]


@pytest.mark.slow
def test_twins_in_which_all_changes_were_accepted_or_rejected_read_as_the_program_made_them(documents: Path) -> None:
    checked: Counter[str] = Counter()
    for path in sorted((documents / "powertools").glob("RP*.docx")):
        accepted, rejected = (path.with_name(f"{path.stem}-{what}.docx") for what in ("Accepted", "Rejected"))
        if path.stem.endswith(("Accepted", "Rejected")):
            continue
        read = read_docx(path.read_bytes(), name="a", lang="en")
        if rejected.is_file():
            twin = read_docx(rejected.read_bytes(), name="a", lang="en")
            assert text_of(read.paper) == text_of(twin.paper), path.name
            checked["rejected"] += 1
        if accepted.is_file() and f"powertools/{accepted.name}" not in REFUSED:
            twin = read_docx(accepted.read_bytes(), name="a", lang="en")
            for paper in as_one_author_would(path) or [read.paper]:
                assert text_of(paper) == text_of(twin.paper), path.name
            checked["accepted"] += 1
    assert checked == {"rejected": 11, "accepted": 13}


# ------------------------------------------------------------------------------------------------------- mutations


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {info.filename: packed.read(info) for info in packed.infolist()}


def zipped_again(held: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in held.items():
            packed.writestr(name, data)
    return made.getvalue()


def flipped(data: bytes, draw: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(draw.randrange(1, 9)):
        broken[draw.randrange(len(broken))] ^= 1 << draw.randrange(8)
    return bytes(broken)


def cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def part_cut(data: bytes, draw: random.Random) -> bytes:
    held = parts(data)
    name = draw.choice(sorted(held))
    return zipped_again({**held, name: held[name][: draw.randrange(len(held[name]) + 1)]})


def part_flipped(data: bytes, draw: random.Random) -> bytes:
    held = parts(data)
    name = draw.choice(sorted(name for name in held if held[name]))
    return zipped_again({**held, name: flipped(held[name], draw)})


def part_missing(data: bytes, draw: random.Random) -> bytes:
    held = parts(data)
    del held[draw.choice(sorted(held))]
    return zipped_again(held)


def part_of_another(data: bytes, draw: random.Random) -> bytes:
    """Put the words of one part in the place of another."""
    held = parts(data)
    one, other = (draw.choice(sorted(held)) for _ in range(2))
    return zipped_again({**held, one: held[other]})


def element_doubled(data: bytes, draw: random.Random) -> bytes:
    """Repeat a paragraph, a run or a mark somewhere else in the text."""
    held = parts(data)
    name = next((n for n in held if re.fullmatch(r"word/document\d*\.xml", n)), None)
    if name is None:
        return data
    text = held[name].decode("utf-8", "replace")
    pieces = re.findall(r"<w:(?:p|r|ins|del)(?: [^>]*)?>(?:(?!<w:(?:p|r|ins|del)[ >]).)*?</w:(?:p|r|ins|del)>", text)
    places = [found.end() for found in re.finditer(r"</w:(?:p|r|tbl)>", text)]
    if not pieces or not places:
        return data
    at = draw.choice(places)
    return zipped_again({**held, name: (text[:at] + draw.choice(pieces) + text[at:]).encode()})


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flipped, cut, part_cut, part_flipped, part_missing, part_of_another, element_doubled,
)  # fmt: skip


def mutated(documents: Path, files: int, times: int) -> Counter[str]:
    """Read mutated files; each is refused with a sentence, or read so that none of its words is lost."""
    outcome: Counter[str] = Counter()
    draw = random.Random(2026)
    paths = sorted(documents.glob("*/*.docx"))
    for path in paths[:: max(1, len(paths) // files)][:files]:
        data = path.read_bytes()
        for mutate in MUTATIONS:
            for _ in range(times):
                broken = mutate(data, draw)
                try:
                    read = read_docx(broken, name=path.name, lang="en")
                except ScenarioFileError as error:
                    assert str(error).startswith(f"{path.name}: ")
                    outcome[f"{mutate.__name__} refused"] += 1
                    continue
                assert lost_words(broken, read) == [], (path.name, mutate.__name__)
                outcome[f"{mutate.__name__} read"] += 1
    return outcome


@pytest.mark.slow
def test_mutated_files_are_refused_or_read_whole(documents: Path) -> None:
    outcome = mutated(documents, 20, 1)
    assert outcome.total() == 20 * len(MUTATIONS)


@pytest.mark.nightly
def test_many_mutated_files_are_refused_or_read_whole(documents: Path) -> None:
    outcome = mutated(documents, 200, 3)
    print(sorted(outcome.items()))
    assert outcome.total() == 200 * 3 * len(MUTATIONS)
