"""How far the translation of an OpenDocument text has come, and where in it the reader is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from xml.etree.ElementTree import Element, SubElement

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioFileError
from goodoffices.formats.docx.markup.tokens import W
from goodoffices.formats.odt.changed_regions import Region
from goodoffices.formats.odt.names import TEXT, XML_ID
from goodoffices.formats.odt.styles import Letters, Styles
from goodoffices.phrases.phrase import Phrase

_DEEPEST = 60
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where the translation is: letters, list and level, whether the next paragraph has a number, and how deep.

    ``contents`` says that it is in a table of contents or an index, ``unfilled`` that it is in an empty field,
    ``anew`` that it is in a date that changes.
    """

    letters: Letters = field(default_factory=Letters)
    list_name: str = ""
    level: int = -1
    deleting: tuple[str, ...] = ()
    deleted_insertion: tuple[str, ...] = ()
    depth: int = 0
    contents: bool = False
    unfilled: bool = False
    anew: bool = False


@dataclass(slots=True)
class Translation:
    """What was translated so far.

    ``objects`` are the words of embedded objects by path, and of the parts of a form by name. ``shown`` are the names
    of the tracked changes of which something was written, ``restarts`` the lists that begin to count anew at a level.
    """

    name: str
    styles: Styles
    regions: dict[str, Region]
    ended: frozenset[str]
    objects: Mapping[str, str] = field(default_factory=dict)
    paragraph: Element | None = None
    running: dict[str, Region] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    unknown: int = 0
    repeated: int = 0
    lists: dict[str, Element | None] = field(default_factory=dict)
    restarts: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    outline: str = "outline"
    last_list: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)
    comments: Element = field(default_factory=lambda: Element(f"{W}comments"))
    threads: Element = field(default_factory=lambda: Element(f"{W15}commentsEx"))
    notes: Element = field(default_factory=lambda: Element(f"{W}footnotes"))

    def list_name(self, element: Element, style: str) -> str:
        """Return the list that this one continues, or a new one that begins to count."""
        continued = self.by_id.get(element.get(f"{TEXT}continue-list", "-"))
        if continued is None and element.get(f"{TEXT}continue-numbering") == "true":
            continued = self.last_list.get(style)
        name = continued or str(len(self.lists) + len(self.restarts) + 1)
        if name not in self.restarts:
            self.lists.setdefault(name, self.styles.lists.get(style))
        self.last_list[style] = name
        self.by_id[element.get(XML_ID, "")] = name
        return name

    def restarted(self, name: str, level: int, start: str | None) -> str:
        """Return the list that goes on as ``name`` does and counts from ``start`` at a level; the same if not given."""
        if start is None or not (start.isascii() and start.isdigit() and len(start) < 5):
            return name
        base = self.restarts[name][0] if name in self.restarts else name
        made = f"{base}+{len(self.restarts) + 1}"
        self.restarts[made] = base, level, int(start)
        return made

    def region(self, element: Element) -> Region:
        """Return the tracked change that an element names; an empty one, counted, if it is nowhere described."""
        name = element.get(f"{TEXT}change-id", "")
        self.unknown += name not in self.regions
        region = self.regions.get(name, Region())
        self._take_remarks(region)
        return region

    def deletion(self, point: Element) -> Region:
        """Return the deletion that a point in the text names; without its words, counted, if another point had it.

        A file that names one deletion thousands of times would grow without end.
        """
        region, name = self.region(point), point.get(f"{TEXT}change-id", "")
        if name in self.shown:
            self.repeated += 1
            return Region(inserted=region.inserted, deleted=region.deleted)
        self.shown.add(name)
        return region

    def _take_remarks(self, region: Region) -> None:
        while region.remarks:
            self._remark(*region.remarks.pop(0))

    def _remark(self, author: str, said: Element) -> None:
        """Write what the author of a tracked change says of it as a remark at that place."""
        number = {f"{W}id": f"#{len(self.comments)}"}
        comment = SubElement(self.comments, f"{W}comment", {**number, f"{W}author": author})
        for paragraph in said.iter(f"{TEXT}p"):
            words = SubElement(SubElement(SubElement(comment, f"{W}p"), f"{W}r"), f"{W}t")
            words.text = "".join(paragraph.itertext())
        if self.paragraph is not None:
            SubElement(SubElement(self.paragraph, f"{W}r"), f"{W}commentReference", number)

    def unshown(self) -> Iterator[Region]:
        """Yield the tracked changes that the text does not name; what their authors say of them stands nowhere."""
        for name, region in self.regions.items():
            if name not in self.shown:
                self._take_remarks(region)
                yield region


def deeper(made: Translation, here: Here) -> Here:
    """Return where the elements inside stand.

    Raises
    ------
    ScenarioFileError
        If elements nest too deep.
    """
    if here.depth > _DEEPEST:
        raise ScenarioFileError(
            Phrase("its parts nest more than {deepest} deep. Save only the text as .odt.", deepest=str(_DEEPEST)),
            kind="too-deep",
            file=made.name,
        )
    return replace(here, depth=here.depth + 1)


def marks_alone(into: Element, region: Region, words: str = "") -> None:
    """Write a tracked change that has no place among words: as many marks as it has authors."""
    for mark, authors in (("ins", region.inserted), ("del", region.deleted), ("rPrChange", region.formatted)):
        for author in authors:
            attributes = {f"{W}author": author}
            if mark == "rPrChange":
                SubElement(SubElement(SubElement(into, f"{W}r"), f"{W}rPr"), f"{W}{mark}", attributes)
                continue
            made = SubElement(into, f"{W}{mark}", attributes)
            if words:
                SubElement(SubElement(made, f"{W}r"), f"{W}delText").text = words
