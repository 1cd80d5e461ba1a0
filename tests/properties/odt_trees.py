"""OpenDocument texts drawn at random for the balance test: every word there once, tracked changes anywhere."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from docx_files import zipped

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(
    [
        *(
            f'xmlns:{short}="{_ODF}{name}:1.0"'
            for short, name in {
                "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
                "svg": "svg-compatible",
            }.items()
        ),
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    ]
)  # fmt: skip
_STYLES = (
    '<office:automatic-styles><text:list-style style:name="L"><text:list-level-style-number text:level="1" '
    'style:num-suffix="." style:num-format="1"/></text:list-style><style:style style:name="H" style:family="text">'
    '<style:text-properties text:display="none"/></style:style></office:automatic-styles>'
)
_AROUND = {
    "span": ("<text:span>", "</text:span>"),
    "hidden": ('<text:span text:style-name="H">', "</text:span>"),
    "link": ('<text:a xlink:href="x">', "</text:a>"),
    "meta": ("<text:meta>", "</text:meta>"),
    "field": ("<text:user-field-get>", "</text:user-field-get>"),
    "empty field": ('<loext:content-control loext:showing-place-holder="true">', "</loext:content-control>"),
}
"""What can stand around words within a line."""
_BESIDE = {
    "note": ('<text:note text:note-class="footnote"><text:note-body>', "</text:note-body></text:note>"),
    "box": ("<draw:frame><draw:text-box>", "</draw:text-box></draw:frame>"),
    "shape": ("<draw:custom-shape>", "</draw:custom-shape>"),
}
"""What can stand in a line and has paragraphs of its own."""
_BLOCKS = {
    "section": ('<text:section text:name="s">', "</text:section>"),
    "hidden section": ('<text:section text:name="s" text:display="none">', "</text:section>"),
    "list": ('<text:list text:style-name="L"><text:list-item>', "</text:list-item></text:list>"),
    "table": (
        "<table:table><table:table-row><table:table-cell>",
        "</table:table-cell><table:covered-table-cell><text:p/></table:covered-table-cell></table:table-row></table:table>",
    ),
    "contents": ("<text:table-of-content><text:index-body>", "</text:index-body></text:table-of-content>"),
    "page box": ('<draw:frame text:anchor-type="page"><draw:text-box>', "</draw:text-box></draw:frame>"),
}
_DEEPEST = 3


@dataclass(slots=True)
class OdtTree:
    """A text as it was drawn: all its words, those of its remarks, and its tracked changes."""

    draw: random.Random
    words: list[str] = field(default_factory=list)
    remarks: set[str] = field(default_factory=set)
    regions: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)

    def word(self) -> str:
        self.words.append(f"w{len(self.words)}q")
        return f"{self.words[-1]} "

    def remark(self) -> str:
        word = self.word()
        self.remarks.add(word.strip())
        return f"<office:annotation><dc:creator>N</dc:creator><text:p>{word}</text:p></office:annotation>"

    def region(self, kind: str, content: str = "") -> str:
        name = f"c{len(self.regions)}"
        said = ""
        if self.draw.random() < 0.1:
            self.remarks.add(word := self.word().strip())
            said = f"<text:p>{word}</text:p>"
        author = f"<dc:creator>{self.draw.choice(('Amal', 'Boris'))}</dc:creator>"
        info = f"<office:change-info>{author}{said}</office:change-info>"
        self.regions.append(
            f'<text:changed-region text:id="{name}"><text:{kind}>{info}{content}</text:{kind}></text:changed-region>'
        )
        return name

    def many(self, one: Callable[[], str], least: int, most: int) -> str:
        return "".join(one() for _ in range(self.draw.randint(least, most)))

    def line(self, depth: int = 0, *, deleted: bool = False) -> str:
        def inside() -> str:
            return self.many(lambda: self.line(depth + 1, deleted=deleted), 1, 2)

        if depth > _DEEPEST or self.draw.random() < 0.4:
            return self.word()
        kind = self.draw.choice((*_AROUND, *_BESIDE, "ruby", "remark", "picture", *([] if deleted else _CHANGES)))
        if kind in _AROUND:
            before, after = _AROUND[kind]
            return before + inside() + after
        if kind in _BESIDE:
            before, after = _BESIDE[kind]
            return before + self.paragraph(depth + 1, deleted=deleted) + after
        if kind in _CHANGES:
            return self.change(kind, depth, inside)
        if kind == "remark":
            return self.remark()
        if kind == "ruby":
            above = f"<text:ruby-text>{self.word()}</text:ruby-text>"
            return f"<text:ruby><text:ruby-base>{inside()}</text:ruby-base>{above}</text:ruby>"
        return f"<draw:frame><draw:image/><svg:title>{self.word()}</svg:title></draw:frame>"

    def change(self, kind: str, depth: int, inside: Callable[[], str]) -> str:
        if kind == "deletion":
            return f'<text:change text:change-id="{self.region(kind, self.deleted(depth))}"/>'
        if kind != "running":
            name = self.region(kind)
            return f'<text:change-start text:change-id="{name}"/>{inside()}<text:change-end text:change-id="{name}"/>'
        if self.running and self.draw.random() < 0.6:
            return f'<text:change-end text:change-id="{self.running.pop()}"/>{self.word()}'
        self.running.append(self.region("insertion"))
        return f'<text:change-start text:change-id="{self.running[-1]}"/>{self.word()}'

    def deleted(self, depth: int) -> str:
        """Return what a deletion keeps: one paragraph, several, items of a list, or a table."""

        def one() -> str:
            return f"<text:p>{self.many(lambda: self.line(depth + 2, deleted=True), 0, 2)}</text:p>"

        items = "</text:list-item><text:list-item>"
        ways = (
            one,
            lambda: one() + one(),
            lambda: _BLOCKS["list"][0] + one() + items + one() + _BLOCKS["list"][1] + one(),
            lambda: _BLOCKS["table"][0] + one() + _BLOCKS["table"][1],
        )
        return self.draw.choice(ways)()

    def paragraph(self, depth: int = 0, *, deleted: bool = False) -> str:
        label = self.draw.choice(("", "", "1. ", "2. ", "Article 3: ", "المادة ٤: ")) if not depth else ""
        return f"<text:p>{label}{self.many(lambda: self.line(depth, deleted=deleted), 0, 3)}</text:p>"

    def ends(self) -> str:
        """Return the ends of all insertions that run on, each in a paragraph of its own."""
        ended, self.running = self.running, []
        return "".join(f'<text:p><text:change-end text:change-id="{name}"/></text:p>' for name in reversed(ended))

    def block(self, depth: int = 0) -> str:
        if depth >= _DEEPEST or self.draw.random() < 0.55:
            return self.paragraph(min(depth, 1))
        kind = self.draw.choice((*_BLOCKS, "heading", "between"))
        if kind == "heading":
            return f'<text:h text:outline-level="1">{self.word()}</text:h>'
        if kind == "between":
            return f'<text:change text:change-id="{self.region("deletion", self.deleted(depth))}"/>'
        before, after = _BLOCKS[kind]
        return before + self.many(lambda: self.block(depth + 1), 1, 2) + after


_CHANGES = ("insertion", "deletion", "format-change", "running")


def odt_document(seed: int) -> tuple[bytes, OdtTree]:
    """Return the file that a number draws, and what was put into it."""
    tree = OdtTree(draw=random.Random(seed))
    body = f"<text:p>Title</text:p>{tree.many(tree.block, 1, 6)}{tree.ends()}"
    header = tree.paragraph(1) + tree.ends()
    return odt_file(body, tree.regions, header), tree


def odt_file(body: str, regions: Sequence[str], header: str = "") -> bytes:
    """Return a file of a body, the regions of its tracked changes, and a header."""
    changes = f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>"
    text = f"<office:body><office:text>{changes}{body}</office:text></office:body>"
    page = f'<style:master-page style:name="S"><style:header>{header}</style:header></style:master-page>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_NAMES}>{_STYLES}{text}</office:document-content>",
            "styles.xml": f"<office:document-styles {_NAMES}><office:master-styles>{page}</office:master-styles>"
            "</office:document-styles>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )
