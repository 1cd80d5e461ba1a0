"""Put an OpenDocument text into the elements of a ``.docx`` file, so that both are read, counted and told alike.

Tracked changes lie apart in OpenDocument: insertions as a beginning and an end in the text, deletions as a point in the
text whose words are kept elsewhere. Here each word is wrapped in the changes that it lies in, as ``.docx`` has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.markup.tokens import W
from goodoffices.formats.docx.package_parts import Parts
from goodoffices.formats.odt.changed_regions import (
    NOT_TEXT,
    Region,
    has_own_words,
    letters_of,
    regions_of,
    table_changes,
)
from goodoffices.formats.odt.deleted_paragraphs import deleted_paragraphs, framed
from goodoffices.formats.odt.embedded_words import controls_of, write_embedded, write_script
from goodoffices.formats.odt.names import DC, DRAW, FIELD, LOEXT, OFFICE, STYLE, TABLE, TEXT
from goodoffices.formats.odt.paragraph_frames import begun, end_tracked, frame_run
from goodoffices.formats.odt.styles import Letters, numbering_part, styles_of
from goodoffices.formats.odt.translation_state import W15, Here, Translation, deeper, marks_alone
from goodoffices.phrases.phrase import Phrase

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_TABLES = {f"{TABLE}table": "tbl", f"{TABLE}table-row": "tr", f"{TABLE}table-cell": "tc"}
_INDEXES = tuple(
    f"{TEXT}{kind}"
    for kind in ("table-of-content", "illustration-index", "table-index", "object-index", "user-index",
                 "alphabetical-index")
)  # fmt: skip
_SIGNS = {f"{TEXT}tab": " ", f"{TEXT}line-break": "\n", f"{TEXT}s": " "}


def parts_of_text(
    content: Element, styles: Element | None, name: str, objects: Mapping[str, str] | None = None
) -> Parts:
    """Return the parts of the ``.docx`` file that says the same as an OpenDocument text.

    ``objects`` are the words of embedded objects by the folder that each lies in.

    Raises
    ------
    ScenarioFileError
        If it has no text, or nests too deep.
    """
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        why = Phrase("it is not a text document. Save the text as .odt or .docx.")
        raise ScenarioFileError(why, kind="not-odt", file=name)
    trees = [tree for tree in (styles, content) if tree is not None]
    made = Translation(
        name=name,
        styles=styles_of(trees),
        regions={n: region for tree in reversed(trees) for n, region in regions_of(tree)},
        ended=frozenset(_ended(text)),
        objects={**(objects or {}), **dict(controls_of(text))},
    )
    main = Element(f"{W}document")
    _blocks(made, text, SubElement(main, f"{W}body"), Here())
    others = {"footnotes": made.notes}
    for k, header in enumerate(_headers(styles)):
        others[f"header{k}"] = Element(f"{W}hdr")
        _blocks(made, header, others[f"header{k}"], Here())
    others["changes"] = Element(f"{W}document")
    for region in (*made.unshown(), *table_changes(text)):
        words = " ".join("".join(e.itertext()) for e in region.content)
        marks_alone(SubElement(others["changes"], f"{W}p"), region, words)
    roles = {
        "numbering": numbering_part(made.lists, made.restarts),
        "comments": made.comments,
        "commentsExtended": made.threads,
    }
    lost = letters_of(text) - letters_of(main) - letters_of(made.notes) - letters_of(made.comments)
    lost -= letters_of(others["changes"])
    said = _said(made, text, lost.total(), has_styles=styles is not None and styles.tag == f"{OFFICE}document-styles")
    return Parts(main=main, roles=roles, others=others, notes=tuple(said))


def _said(made: Translation, text: Element, n_lost: int, *, has_styles: bool) -> list[str]:
    """Return what a reader has to know of the translation, in sentences."""
    said: list[str] = []
    if n_lost:
        said.append(Phrase("Some characters of the file were not understood: {n}.", n=str(n_lost)))
    if made.unknown:
        said.append(Phrase("Tracked changes that the file names and does not describe: {n}.", n=str(made.unknown)))
    if made.repeated:
        said.append(
            Phrase(
                "Deletions that the file names at several places: {n}. Each is read at the first.", n=str(made.repeated)
            )
        )
    if next(text.iter(f"{TEXT}section-source"), None) is not None:
        said.append(
            Phrase("A section is linked to another file. It was not fetched: the words kept in this file are read.")
        )
    if not has_styles:
        said.append(
            Phrase("The part with the styles is missing. Numbers, and what is struck or hidden, may not be seen.")
        )
    return said


def _ended(text: Element) -> Iterator[str]:
    return (element.get(f"{OFFICE}name", "") for element in text.iter(f"{OFFICE}annotation-end"))


def _headers(styles: Element | None) -> Iterator[Element]:
    for page in [] if styles is None else styles.iter(f"{STYLE}master-page"):
        yield from (child for child in page if child.tag.startswith((f"{STYLE}header", f"{STYLE}footer")))


# --------------------------------------------------------------------------------------------------- between lines


def _blocks(made: Translation, parent: Element, into: Element, here: Here) -> None:
    inner = deeper(made, here)
    for child in parent:
        if child.tag in _PARAGRAPHS:
            _paragraph(made, child, into, inner)
            # Only the first paragraph of an item has a number.
            inner = replace(inner, list_name="")
        elif child.tag not in NOT_TEXT and not _toggled(made, child):
            _block(made, child, into, replace(inner, list_name=here.list_name))


def _block(made: Translation, child: Element, into: Element, here: Here) -> None:
    if child.tag in _INDEXES:
        here = replace(here, contents=True)
    if child.tag == f"{TEXT}section" and _is_hidden(child):
        here = replace(here, letters=replace(here.letters, hidden=True))
    if child.tag == f"{TEXT}list":
        _list(made, child, into, here)
    elif child.tag in _TABLES:
        _blocks(made, child, SubElement(into, f"{W}{_TABLES[child.tag]}"), here)
    elif child.tag == f"{TEXT}change":
        _between(made, child, into, here)
    else:
        _other_block(made, child, into, here)


def _is_hidden(element: Element) -> bool:
    """Say whether a section or a paragraph is not shown."""
    return element.get(f"{TEXT}display") == "none" or element.get(f"{TEXT}is-hidden") == "true"


def _other_block(made: Translation, child: Element, into: Element, here: Here) -> None:
    """Go into what is neither paragraph nor list; a drawing between paragraphs stands in a paragraph of its own."""
    if not child.tag.startswith(DRAW):
        return _blocks(made, child, into, here)
    before, made.paragraph = made.paragraph, SubElement(into, f"{W}p")
    _drawing(made, child, into, here)
    made.paragraph = before
    return None


def _between(made: Translation, point: Element, into: Element, here: Here) -> None:
    """Write whole paragraphs that were deleted between two others."""
    region = made.deletion(point)
    paragraphs = deleted_paragraphs(made, region.content, _in_deletion(here, region))
    for one in paragraphs:
        _paragraph(made, one.element, into, one.here, deleted=region.deleted)
    if not paragraphs:
        marks_alone(SubElement(into, f"{W}p"), region)


def _in_deletion(here: Here, region: Region) -> Here:
    return replace(
        here,
        deleting=(*here.deleting, *region.deleted),
        deleted_insertion=(*here.deleted_insertion, *region.inserted),
        depth=here.depth + 1,
    )


def _list(made: Translation, element: Element, into: Element, here: Here) -> None:
    level = here.level + 1
    name = here.list_name if level else made.list_name(element, element.get(f"{TEXT}style-name", ""))
    if level and not name:
        name = next(iter(reversed(made.lists)), "")
    for item in element:
        is_numbered = item.tag == f"{TEXT}list-item"
        name = made.restarted(name, level, item.get(f"{TEXT}start-value")) if name else name
        _blocks(made, item, into, replace(here, list_name=name if is_numbered else "", level=level))
    if not level:
        made.last_list[element.get(f"{TEXT}style-name", "")] = name


def _paragraph(made: Translation, element: Element, into: Element, here: Here, deleted: Iterable[str] = ()) -> None:
    paragraph = begun(made, element, into, here)
    before, made.paragraph = made.paragraph, paragraph
    hidden = here.letters.hidden or any(map(_is_hidden, element.findall(f"{TEXT}hidden-paragraph")))
    letters = made.styles.letters("paragraph", element.get(f"{TEXT}style-name", ""), Letters(hidden=hidden))
    _line(made, element, into, replace(here, letters=replace(letters, style="")))
    if made.paragraph is not None:
        end_tracked(made, made.paragraph, deleted, here)
    made.paragraph = before


# ---------------------------------------------------------------------------------------------------- within lines


def _toggled(made: Translation, child: Element) -> bool:
    """Begin or end an insertion or a change of formatting."""
    name = child.get(f"{TEXT}change-id", "")
    if child.tag == f"{TEXT}change-start":
        made.running[name] = made.region(child)
    elif child.tag == f"{TEXT}change-end":
        region = made.running.pop(name, None)
        if region is not None and name not in made.shown and made.paragraph is not None:
            marks_alone(made.paragraph, region)
            made.shown.add(name)
    else:
        return False
    return True


def _line(made: Translation, element: Element, into: Element, here: Here) -> None:
    inner = deeper(made, here)
    _words(made, element.text, inner)
    for child in element:
        if child.tag not in NOT_TEXT and not _toggled(made, child):
            _piece(made, child, into, inner)
        _words(made, child.tail, inner)


def _piece(made: Translation, child: Element, into: Element, here: Here) -> None:
    if child.tag in _PIECES:
        _PIECES[child.tag](made, child, into, here)
    elif child.tag in _SIGNS:
        _words(made, _SIGNS[child.tag], here)
    elif child.tag.startswith(DRAW) and child.tag != f"{DRAW}a":
        _drawing(made, child, into, here)
    else:
        _line(made, child, into, here)


def _span(made: Translation, child: Element, into: Element, here: Here) -> None:
    letters = made.styles.letters("text", child.get(f"{TEXT}style-name", ""), here.letters)
    _line(made, child, into, replace(here, letters=letters))


def _control(made: Translation, child: Element, into: Element, here: Here) -> None:
    """Write a field; the words of one that nobody has filled in are marked so."""
    is_empty = child.get(f"{LOEXT}showing-place-holder") == "true"
    _line(made, child, into, replace(here, unfilled=here.unfilled or is_empty))


def _date(made: Translation, child: Element, into: Element, here: Here) -> None:
    """Write a date or an hour; one that is not fixed is written anew each time the file is opened."""
    is_fixed = child.get(f"{TEXT}fixed") == "true"
    _line(made, child, into, replace(here, anew=here.anew or not is_fixed))


def _words(made: Translation, text: str | None, here: Here) -> None:
    """Write words as a run inside the changes that they lie in."""
    if not text or made.paragraph is None:
        return
    at = made.paragraph
    made.shown.update(made.running)
    inserted = [author for region in made.running.values() for author in region.inserted]
    for mark, authors in (("ins", (*inserted, *here.deleted_insertion)), ("del", here.deleting)):
        for author in authors:
            at = SubElement(at, f"{W}{mark}", {f"{W}author": author})
    if here.anew:
        at = SubElement(at, f"{W}fldSimple", {f"{W}instr": "DATE"})
    if here.unfilled:
        control = SubElement(at, f"{W}sdt")
        SubElement(SubElement(control, f"{W}sdtPr"), f"{W}showingPlcHdr")
        at = SubElement(control, f"{W}sdtContent")
    run = SubElement(at, f"{W}r")
    frame_run(made, run, here.letters)
    for k, line in enumerate(text.split("\n") if text == "\n" else [" ".join(text.split("\n"))]):
        if k:
            SubElement(run, f"{W}br")
        SubElement(run, f"{W}{'delText' if here.deleting else 't'}").text = line


def _mark(made: Translation, tag: str, key: str, name: str) -> None:
    if made.paragraph is not None:
        SubElement(made.paragraph, f"{W}{tag}", {key: name})


def _bookmark(made: Translation, child: Element, _: Element, here: Here) -> None:
    _mark(made, "bookmarkStart", f"{W}name", child.get(f"{TEXT}name", ""))


def _deletion(made: Translation, point: Element, into: Element, here: Here) -> None:
    """Write deleted words where they stood; a deleted end of a paragraph ends one there."""
    region = made.deletion(point)
    inner = _in_deletion(here, region)
    paragraphs = deleted_paragraphs(made, region.content, inner)
    if len(paragraphs) < 2 and made.paragraph is not None and not any(has_own_words(one.element) for one in paragraphs):
        marks_alone(made.paragraph, region)
    for k, (one, frame) in enumerate(framed(made, paragraphs)):
        current = made.paragraph
        if k and current is not None:
            end_tracked(made, current, region.deleted, inner)
            made.paragraph = SubElement(into, f"{W}p")
            made.paragraph.append(frame)
        _line(made, one.element, into, inner)


def _annotation(made: Translation, child: Element, _: Element, here: Here) -> None:
    name = child.get(f"{OFFICE}name", "")
    number = name or f"#{len(made.comments)}"
    if child.tag == f"{OFFICE}annotation-end":
        return _mark(made, "commentRangeEnd", f"{W}id", name)
    comment = SubElement(
        made.comments, f"{W}comment", {f"{W}id": number, f"{W}author": child.findtext(f"{DC}creator", "")}
    )
    before, made.paragraph = made.paragraph, None
    running, made.running = made.running, {}
    _blocks(made, child, comment, Here(depth=here.depth))
    made.paragraph, made.running = before, running
    for paragraph in comment.findall(f"{W}p"):
        paragraph.set(f"{_W14}paraId", number)
    entry = {f"{W15}paraId": number, f"{W15}paraIdParent": child.get(f"{LOEXT}parent-name", "none")}
    entry[f"{W15}done"] = "1" if child.get(f"{LOEXT}resolved") == "true" else "0"
    SubElement(made.threads, f"{W15}commentEx", entry)
    if name in made.ended:
        _mark(made, "commentRangeStart", f"{W}id", number)
    elif made.paragraph is not None:
        SubElement(SubElement(made.paragraph, f"{W}r"), f"{W}commentReference", {f"{W}id": number})
    return None


def _note(made: Translation, child: Element, _: Element, here: Here) -> None:
    number = str(len(made.notes))
    note = SubElement(made.notes, f"{W}footnote", {f"{W}id": number})
    before = made.paragraph
    for body in child.findall(f"{TEXT}note-body"):
        _blocks(made, body, note, replace(Here(depth=here.depth), deleting=here.deleting))
    made.paragraph = before
    if before is not None:
        SubElement(SubElement(before, f"{W}r"), f"{W}footnoteReference", {f"{W}id": number})


def _drawing(made: Translation, child: Element, _: Element, here: Here) -> None:
    """Write a drawing with the words in it, which stand beside the line."""
    before = made.paragraph
    if before is None:
        return
    drawing = SubElement(SubElement(before, f"{W}r"), f"{W}drawing")
    write_embedded(made, child, drawing)
    box = SubElement(drawing, f"{W}txbxContent")
    _blocks(made, child, box, replace(here, list_name="", level=-1))
    made.paragraph = before


def _hidden_text(made: Translation, child: Element, into: Element, here: Here) -> None:
    hidden = replace(here, letters=replace(here.letters, hidden=True))
    _words(made, child.get(f"{TEXT}string-value"), hidden if _is_hidden(child) else here)


def _form_field(made: Translation, child: Element, _: Element, here: Here) -> None:
    """Write what an old form field shows: a box that is ticked or not, or the choice of a list."""
    given = [(p.get(f"{FIELD}name", ""), p.get(f"{FIELD}value", "")) for p in child.iter(f"{FIELD}param")]
    kind, values = child.get(f"{FIELD}type", ""), dict(given)
    if kind.endswith("CHECKBOX"):
        _words(made, "\u2612" if values.get("Checkbox_Checked") == "true" else "\u2610", here)
    entries = [value for name, value in given if name == "Dropdown_ListEntry"]
    at = values.get("Dropdown_Selected", "")
    if at.isascii() and at.isdigit() and int(at) < len(entries):
        _words(made, entries[int(at)], here)


def _apart(made: Translation, child: Element, into: Element, here: Here) -> None:
    before = made.paragraph
    if before is not None:
        made.paragraph = SubElement(SubElement(SubElement(before, f"{W}r"), f"{W}ruby"), f"{W}rt")
        _line(made, child, into, here)
        made.paragraph = before


_PIECES = {
    f"{TEXT}span": _span,
    f"{TEXT}change": _deletion,
    f"{TEXT}bookmark": _bookmark,
    f"{TEXT}bookmark-start": _bookmark,
    f"{OFFICE}annotation": _annotation,
    f"{OFFICE}annotation-end": _annotation,
    f"{TEXT}note": _note,
    f"{TEXT}ruby-text": _apart,
    f"{TEXT}script": lambda made, child, *_: write_script(made, child),
    f"{TEXT}hidden-text": _hidden_text,
    f"{FIELD}fieldmark": _form_field,
    f"{LOEXT}content-control": _control,
    f"{TEXT}date": _date,
    f"{TEXT}time": _date,
}
"""What is more than words within a line, and how it is translated."""
