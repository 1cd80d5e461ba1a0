"""Put an OpenDocument text into the elements of a ``.docx`` file, so that both are read, counted and told alike.

Tracked changes lie apart in OpenDocument: insertions as a beginning and an end in the text, deletions as a point in the
text whose words are kept elsewhere. Here each word is wrapped in the changes that it lies in, as ``.docx`` has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, SubElement

from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.markup.tokens import W
from goodoffices.formats.docx.package_parts import Parts
from goodoffices.formats.odt.changed_regions import NOT_TEXT, Region, letters_of, regions_of
from goodoffices.formats.odt.names import DC, DRAW, LOEXT, OFFICE, STYLE, TABLE, TEXT, XML_ID
from goodoffices.formats.odt.styles import Letters, Styles, numbering_part, styles_of

_DEEPEST = 60
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_TABLES = {f"{TABLE}table": "tbl", f"{TABLE}table-row": "tr", f"{TABLE}table-cell": "tc"}
_SIGNS = {f"{TEXT}tab": " ", f"{TEXT}line-break": "\n", f"{TEXT}s": " "}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Here:
    """Where the translation is: letters, list and level, whether the next paragraph has a number, and how deep."""

    letters: Letters = field(default_factory=Letters)
    list_name: str = ""
    level: int = -1
    deleting: tuple[str, ...] = ()
    deleted_insertion: tuple[str, ...] = ()
    depth: int = 0


@dataclass(slots=True)
class _Translation:
    """What was translated so far."""

    name: str
    styles: Styles
    regions: dict[str, Region]
    ended: frozenset[str]
    paragraph: Element | None = None
    running: dict[str, Region] = field(default_factory=dict)
    lists: dict[str, Element | None] = field(default_factory=dict)
    last_list: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)
    comments: Element = field(default_factory=lambda: Element(f"{W}comments"))
    threads: Element = field(default_factory=lambda: Element(f"{_W15}commentsEx"))
    notes: Element = field(default_factory=lambda: Element(f"{W}footnotes"))


def parts_of_text(content: Element, styles: Element | None, name: str) -> Parts:
    """Return the parts of the ``.docx`` file that says the same as an OpenDocument text.

    Raises
    ------
    ScenarioFileError
        If it has no text, or nests too deep.
    """
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise ScenarioFileError("it is not a text document. Save the text as .odt or .docx.", kind="not-odt", file=name)
    trees = [tree for tree in (styles, content) if tree is not None]
    made = _Translation(
        name=name, styles=styles_of(trees), regions=dict(regions_of(text)), ended=frozenset(_ended(text))
    )
    main = Element(f"{W}document")
    _blocks(made, text, SubElement(main, f"{W}body"), _Here())
    others = {"footnotes": made.notes}
    for k, header in enumerate(_headers(styles)):
        others[f"header{k}"] = Element(f"{W}hdr")
        _blocks(made, header, others[f"header{k}"], _Here())
    roles = {"numbering": numbering_part(made.lists), "comments": made.comments, "commentsExtended": made.threads}
    lost = letters_of(text) - letters_of(main) - letters_of(made.notes) - letters_of(made.comments)
    said = [f"Some characters of the file were not understood: {lost.total()}."] if lost.total() else []
    return Parts(main=main, roles=roles, others=others, notes=tuple(said))


def _ended(text: Element) -> Iterator[str]:
    return (element.get(f"{OFFICE}name", "") for element in text.iter(f"{OFFICE}annotation-end"))


def _headers(styles: Element | None) -> Iterator[Element]:
    for page in [] if styles is None else styles.iter(f"{STYLE}master-page"):
        yield from (child for child in page if child.tag.startswith((f"{STYLE}header", f"{STYLE}footer")))


def _deeper(made: _Translation, here: _Here) -> _Here:
    if here.depth > _DEEPEST:
        raise ScenarioFileError(
            f"its parts nest more than {_DEEPEST} deep. Save only the text as .odt.", kind="too-deep", file=made.name
        )
    return replace(here, depth=here.depth + 1)


# --------------------------------------------------------------------------------------------------- between lines


def _blocks(made: _Translation, parent: Element, into: Element, here: _Here) -> None:
    inner = _deeper(made, here)
    for child in parent:
        if child.tag in _PARAGRAPHS:
            _paragraph(made, child, into, inner)
            # Only the first paragraph of an item has a number.
            inner = replace(inner, list_name="")
        elif child.tag not in NOT_TEXT and not _toggled(made, child):
            _block(made, child, into, replace(inner, list_name=here.list_name))


def _block(made: _Translation, child: Element, into: Element, here: _Here) -> None:
    if child.tag == f"{TEXT}list":
        _list(made, child, into, here)
    elif child.tag in _TABLES:
        _blocks(made, child, SubElement(into, f"{W}{_TABLES[child.tag]}"), here)
    elif child.tag == f"{TEXT}change":
        _between(made, child, into, here)
    else:
        _other_block(made, child, into, here)


def _other_block(made: _Translation, child: Element, into: Element, here: _Here) -> None:
    """Go into what is neither paragraph nor list; a drawing between paragraphs stands in a paragraph of its own."""
    if not child.tag.startswith(DRAW):
        return _blocks(made, child, into, here)
    before, made.paragraph = made.paragraph, SubElement(into, f"{W}p")
    _drawing(made, child, into, here)
    made.paragraph = before
    return None


def _between(made: _Translation, point: Element, into: Element, here: _Here) -> None:
    """Write whole paragraphs that were deleted between two others."""
    region = made.regions.get(point.get(f"{TEXT}change-id", ""), Region())
    for paragraph in _paragraphs_in(region.content):
        _paragraph(made, paragraph, into, _in_deletion(here, region), deleted=region.deleted)


def _paragraphs_in(content: Iterable[Element]) -> list[Element]:
    return [e for element in content for e in element.iter() if e.tag in _PARAGRAPHS]


def _in_deletion(here: _Here, region: Region) -> _Here:
    return replace(
        here,
        deleting=(*here.deleting, *region.deleted),
        deleted_insertion=(*here.deleted_insertion, *region.inserted),
        depth=here.depth + 1,
    )


def _list(made: _Translation, element: Element, into: Element, here: _Here) -> None:
    style = element.get(f"{TEXT}style-name", "")
    level = here.level + 1
    name = here.list_name if level else _list_name(made, element, style)
    if level and not name:
        name = next(iter(reversed(made.lists)), "")
    made.by_id[element.get(XML_ID, "")] = name
    for item in element:
        is_numbered = item.tag == f"{TEXT}list-item"
        _blocks(made, item, into, replace(here, list_name=name if is_numbered else "", level=level))


def _list_name(made: _Translation, element: Element, style: str) -> str:
    """Return the list that this one continues, or a new one that begins to count."""
    continued = made.by_id.get(element.get(f"{TEXT}continue-list", "-"))
    if continued is None and element.get(f"{TEXT}continue-numbering") == "true":
        continued = made.last_list.get(style)
    name = continued or str(len(made.lists) + 1)
    made.lists.setdefault(name, made.styles.lists.get(style))
    made.last_list[style] = name
    return name


def _paragraph(made: _Translation, element: Element, into: Element, here: _Here, deleted: Iterable[str] = ()) -> None:
    paragraph = _begun(made, element, into, here)
    before, made.paragraph = made.paragraph, paragraph
    letters = made.styles.letters("paragraph", element.get(f"{TEXT}style-name", ""), Letters())
    _line(made, element, into, replace(here, letters=replace(letters, style="")))
    if made.paragraph is not None:
        _end(made, made.paragraph, deleted, here)
    made.paragraph = before


def _begun(made: _Translation, element: Element, into: Element, here: _Here) -> Element:
    """Return a new paragraph with its style, its level as a heading, and its place in a list."""
    paragraph = SubElement(into, f"{W}p")
    frame = SubElement(paragraph, f"{W}pPr")
    style = made.styles.letters("paragraph", element.get(f"{TEXT}style-name", ""), Letters()).style
    SubElement(frame, f"{W}pStyle", {f"{W}val": style})
    name, level = here.list_name, here.level
    if element.tag == f"{TEXT}h":
        SubElement(frame, f"{W}outlineLvl", {f"{W}val": "0"})
        if not name and made.styles.outline is not None and element.get(f"{TEXT}is-list-header") != "true":
            made.lists.setdefault("outline", made.styles.outline)
            shown = element.get(f"{TEXT}outline-level", "1")
            name, level = "outline", int(shown) - 1 if shown.isascii() and shown.isdigit() else 0
    if name:
        listed = SubElement(frame, f"{W}numPr")
        SubElement(listed, f"{W}ilvl", {f"{W}val": str(max(level, 0))})
        SubElement(listed, f"{W}numId", {f"{W}val": name})
    return paragraph


def _end(made: _Translation, paragraph: Element, deleted: Iterable[str], here: _Here) -> None:
    """Say by whom the end of a paragraph was inserted or deleted."""
    inserted = [author for region in made.running.values() for author in region.inserted]
    marks = [*(("ins", a) for a in (*inserted, *here.deleted_insertion)), *(("del", a) for a in deleted)]
    frame = paragraph.find(f"{W}pPr")
    if marks and frame is not None:
        letters = SubElement(frame, f"{W}rPr")
        for mark, author in marks:
            SubElement(letters, f"{W}{mark}", {f"{W}author": author})


# ---------------------------------------------------------------------------------------------------- within lines


def _toggled(made: _Translation, child: Element) -> bool:
    """Begin or end an insertion or a change of formatting."""
    name = child.get(f"{TEXT}change-id", "")
    if child.tag == f"{TEXT}change-start":
        made.running[name] = made.regions.get(name, Region())
    elif child.tag == f"{TEXT}change-end":
        made.running.pop(name, None)
    else:
        return False
    return True


def _line(made: _Translation, element: Element, into: Element, here: _Here) -> None:
    inner = _deeper(made, here)
    _words(made, element.text, inner)
    for child in element:
        if child.tag not in NOT_TEXT and not _toggled(made, child):
            _piece(made, child, into, inner)
        _words(made, child.tail, inner)


def _piece(made: _Translation, child: Element, into: Element, here: _Here) -> None:
    if child.tag in _PIECES:
        _PIECES[child.tag](made, child, into, here)
    elif child.tag in _SIGNS:
        _words(made, _SIGNS[child.tag], here)
    elif child.tag.startswith(DRAW) and child.tag != f"{DRAW}a":
        _drawing(made, child, into, here)
    else:
        _line(made, child, into, here)


def _span(made: _Translation, child: Element, into: Element, here: _Here) -> None:
    letters = made.styles.letters("text", child.get(f"{TEXT}style-name", ""), here.letters)
    _line(made, child, into, replace(here, letters=letters))


def _words(made: _Translation, text: str | None, here: _Here) -> None:
    """Write words as a run inside the changes that they lie in."""
    if not text or made.paragraph is None:
        return
    at = made.paragraph
    inserted = [author for region in made.running.values() for author in region.inserted]
    for mark, authors in (("ins", (*inserted, *here.deleted_insertion)), ("del", here.deleting)):
        for author in authors:
            at = SubElement(at, f"{W}{mark}", {f"{W}author": author})
    run = SubElement(at, f"{W}r")
    _frame(made, run, here.letters)
    for k, line in enumerate(text.split("\n") if text == "\n" else [" ".join(text.split("\n"))]):
        if k:
            SubElement(run, f"{W}br")
        SubElement(run, f"{W}{'delText' if here.deleting else 't'}").text = line


def _frame(made: _Translation, run: Element, letters: Letters) -> None:
    frame = SubElement(run, f"{W}rPr")
    if letters.style:
        SubElement(frame, f"{W}rStyle", {f"{W}val": letters.style})
    for tag, is_on in (("strike", letters.strike), ("dstrike", letters.double), ("vanish", letters.hidden)):
        if is_on:
            SubElement(frame, f"{W}{tag}")
    for region in made.running.values():
        for author in region.formatted:
            SubElement(frame, f"{W}rPrChange", {f"{W}author": author}).append(Element(f"{W}rPr"))


def _mark(made: _Translation, tag: str, key: str, name: str) -> None:
    if made.paragraph is not None:
        SubElement(made.paragraph, f"{W}{tag}", {key: name})


def _bookmark(made: _Translation, child: Element, _: Element, here: _Here) -> None:
    _mark(made, "bookmarkStart", f"{W}name", child.get(f"{TEXT}name", ""))


def _deletion(made: _Translation, point: Element, into: Element, here: _Here) -> None:
    """Write deleted words where they stood; a deleted end of a paragraph ends one there."""
    region = made.regions.get(point.get(f"{TEXT}change-id", ""), Region())
    inner = _in_deletion(here, region)
    for k, paragraph in enumerate(_paragraphs_in(region.content)):
        current = made.paragraph
        if k and current is not None:
            _end(made, current, region.deleted, inner)
            made.paragraph = SubElement(into, f"{W}p")
            frame = current.find(f"{W}pPr")
            if frame is not None:
                made.paragraph.append(_copied(frame))
        _line(made, paragraph, into, inner)


def _copied(frame: Element) -> Element:
    """Return the properties of a paragraph without the changes of its end."""
    made = Element(frame.tag)
    made.extend(child for child in frame if child.tag != f"{W}rPr")
    return made


def _annotation(made: _Translation, child: Element, _: Element, here: _Here) -> None:
    name = child.get(f"{OFFICE}name", "")
    number = name or f"#{len(made.comments)}"
    if child.tag == f"{OFFICE}annotation-end":
        return _mark(made, "commentRangeEnd", f"{W}id", name)
    comment = SubElement(
        made.comments, f"{W}comment", {f"{W}id": number, f"{W}author": child.findtext(f"{DC}creator", "")}
    )
    before, made.paragraph = made.paragraph, None
    running, made.running = made.running, {}
    _blocks(made, child, comment, _Here(depth=here.depth))
    made.paragraph, made.running = before, running
    for paragraph in comment.findall(f"{W}p"):
        paragraph.set(f"{_W14}paraId", number)
    entry = {f"{_W15}paraId": number, f"{_W15}paraIdParent": child.get(f"{LOEXT}parent-name", "none")}
    entry[f"{_W15}done"] = "1" if child.get(f"{LOEXT}resolved") == "true" else "0"
    SubElement(made.threads, f"{_W15}commentEx", entry)
    if name in made.ended:
        _mark(made, "commentRangeStart", f"{W}id", number)
    elif made.paragraph is not None:
        SubElement(SubElement(made.paragraph, f"{W}r"), f"{W}commentReference", {f"{W}id": number})
    return None


def _note(made: _Translation, child: Element, _: Element, here: _Here) -> None:
    number = str(len(made.notes))
    note = SubElement(made.notes, f"{W}footnote", {f"{W}id": number})
    before = made.paragraph
    for body in child.findall(f"{TEXT}note-body"):
        _blocks(made, body, note, replace(_Here(depth=here.depth), deleting=here.deleting))
    made.paragraph = before
    if before is not None:
        SubElement(SubElement(before, f"{W}r"), f"{W}footnoteReference", {f"{W}id": number})


def _drawing(made: _Translation, child: Element, _: Element, here: _Here) -> None:
    """Write a drawing with the words in it, which stand beside the line."""
    before = made.paragraph
    if before is None:
        return
    drawing = SubElement(SubElement(before, f"{W}r"), f"{W}drawing")
    box = SubElement(drawing, f"{W}txbxContent")
    _blocks(made, child, box, replace(here, list_name="", level=-1))
    made.paragraph = before


def _apart(made: _Translation, child: Element, into: Element, here: _Here) -> None:
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
}
"""What is more than words within a line, and how it is translated."""
