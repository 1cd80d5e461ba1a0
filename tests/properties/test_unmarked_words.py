"""What a file changes without a mark is named, with old and new words, beside the proposal that it goes along with."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, strategies as st

from docx_files import deleted, docx, inserted, paragraph, run
from goodoffices.formats.odt.reader import read_text_file
from goodoffices.reports.texts.file_changes import FileChanges
from goodoffices.reports.texts.tracked_changes import changes_between
from goodoffices.talks.documents.diff import Change
from goodoffices.talks.documents.markdown import read_paper
from properties.odt_trees import odt_file

WORDS = ("north", "south", "shall", "hold", "seven", "posts", "beside", "rivers", "until", "winter")
NEW = ("east", "west", "may", "leave", "nine", "camps", "along", "lakes", "before", "summer")
MARKED = ("gladly", "quite", "never", "soon", "often", "there", "again", "still", "only", "both")
KEPT, CHANGED, LEFT_OUT, ADDED, STRUCK, INSERTED = "kept", "changed", "left out", "added", "struck", "inserted"
SILENT = (CHANGED, LEFT_OUT, ADDED)

deeds = st.lists(
    st.sampled_from([KEPT, KEPT, CHANGED, LEFT_OUT, ADDED, STRUCK, INSERTED]), min_size=len(WORDS), max_size=len(WORDS)
)


Line = list[tuple[str, str]]
"""Runs of words, each with what is done to it: kept, struck or inserted."""


def line(deeds: Sequence[str]) -> Line:
    """The words with something done to each."""
    made: Line = []
    for word, new, marked, deed in zip(WORDS, NEW, MARKED, deeds, strict=True):
        if deed != LEFT_OUT:
            made.append((STRUCK if deed == STRUCK else KEPT, f" {new if deed == CHANGED else word}"))
        if deed == ADDED:
            made.append((KEPT, f" {new}"))
        if deed == INSERTED:
            made.append((INSERTED, f" {marked}"))
    return made


def as_docx(lines: Sequence[Line]) -> bytes:
    def one(kind: str, words: str) -> str:
        return {STRUCK: deleted(words, "Amal"), INSERTED: inserted(words, "Amal")}.get(kind) or run(words)

    return docx(*(paragraph(*(one(*part) for part in parts)) for parts in lines))


def as_odt(lines: Sequence[Line]) -> bytes:
    regions: list[str] = []

    def one(kind: str, words: str) -> str:
        said = words.replace(" ", "<text:s/>", 1)
        if kind == KEPT:
            return said
        name, what = f"c{len(regions)}", "deletion" if kind == STRUCK else "insertion"
        info = "<office:change-info><dc:creator>Amal</dc:creator></office:change-info>"
        content = f"<text:p>{said}</text:p>" if kind == STRUCK else ""
        regions.append(
            f'<text:changed-region text:id="{name}"><text:{what}>{info}{content}</text:{what}></text:changed-region>'
        )
        if kind == STRUCK:
            return f'<text:change text:change-id="{name}"/>'
        return f'<text:change-start text:change-id="{name}"/>{said}<text:change-end text:change-id="{name}"/>'

    body = "".join(f"<text:p>{''.join(one(*part) for part in parts)}</text:p>" for parts in lines)
    return odt_file(body, regions)


def brought(deeds: Sequence[str], *, form: str, in_title: bool) -> FileChanges:
    """A file in which the words stand in the title or in the second clause, against the text as it is held."""
    first, second = ("On", "2. Here all of them stand.") if in_title else ("On wells.", "2. Here all of them")
    title: Line = [(KEPT, first), *(line(deeds) if in_title else [])]
    clause: Line = [(KEPT, second), *([] if in_title else line(deeds))]
    lines = [title, [(KEPT, "1. First words.")], clause, [(KEPT, "3. Last words.")]]
    words = f" {' '.join(WORDS)}"
    held = read_paper(
        f"# {first}{words if in_title else ''}\n\n## 1. {{cl1}}\n\nFirst words.\n\n"
        f"## 2. {{cl2}}\n\n{second[3:]}{'' if in_title else words}\n\n## 3. {{cl3}}\n\nLast words.\n",
        "en",
    )
    data = as_docx(lines) if form == "docx" else as_odt(lines)
    return changes_between(held, read_text_file(data, name=f"a.{form}", lang="en"))


@given(deeds=deeds, form=st.sampled_from(["docx", "odt"]), in_title=st.booleans())
def test_every_change_that_nobody_marked_is_named_with_its_old_and_new_words(
    deeds: list[str], form: str, in_title: bool
) -> None:
    found = brought(deeds, form=form, in_title=in_title)
    proposals = [c for c in found.changes if c.author and c.change is Change.CHANGED]
    silent = [c for c in found.changes if not c.author]
    said = [note for note in found.notes if "nobody marked it" in note]
    if not any(deed in SILENT for deed in deeds):
        assert (silent, said) == ([], [])
        return
    assert silent
    marked = any(deed in (STRUCK, INSERTED) for deed in deeds)
    assert bool(proposals) == marked
    if not marked:
        assert said == []
        return
    place = "In the title " if in_title else "In clause 2 "
    assert all(note.startswith(place) and "Amal" in note for note in said)
    old, new = (" ".join(part(said)).split() for part in (_old, _new))
    for at, deed in enumerate(deeds):
        assert deed not in (CHANGED, LEFT_OUT) or WORDS[at] in old
        assert deed not in (CHANGED, ADDED) or NEW[at] in new


def _old(said: list[str]) -> list[str]:
    return [note.split("“")[1].split("”")[0] for note in said if "was added" not in note]


def _new(said: list[str]) -> list[str]:
    return [note.split("“")[-1].split("”")[0] for note in said if "was left out" not in note]


def test_what_the_author_takes_out_again_is_not_said_to_go_along() -> None:
    held = read_paper("# On wells\n\n## 1. {cl1}\n\nIt shall stop.\n", "en")
    file = docx(
        paragraph(run("On wells")),
        paragraph(run("1. It "), deleted("may ", "Amal"), inserted("must ", "Amal"), run("stop.")),
    )
    found = changes_between(held, read_text_file(file, name="a.docx", lang="en"))
    assert [c.words for c in found.changes if c.author] == ["It must stop."]
    assert [note for note in found.notes if "nobody marked" in note] == []
