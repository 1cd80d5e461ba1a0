"""Changes of files: each takes the bytes and a random source, and returns other bytes."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from properties.mutants.table_changes import cells_changed

Change = Callable[[bytes, random.Random], bytes]

_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_UNSEEN = ("\u200b", "\u200e", "\u202e", "\u00ad", "\ufeff", "\u2060", "\u00a0")
_TAG = re.compile(rb"<(/?)([A-Za-z_][\w:.-]*)([^<>]*?)(/?)>")


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogateescape")


# ---------------------------------------------------------------------------------------------------------- all files


def cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def flipped(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def put_in(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    more = rng.choice([b"\0", b"\xff", b'"', b"'", b"\t", b"\n", b",", b";", b":", b"#", b"<", b"&", b"{", b"]", b"-",
                       b"9", b"a", b" ", b"\r", b"\x0c", b"\x85", b"\x1b"])  # fmt: skip
    return data[:at] + more + data[at:]


def taken_out(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.choice([1, 1, 1, 4, 40]) :]


def part_doubled(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    part = data[at : at + rng.choice([1, 8, 64])]
    return data[:at] + part + data[at:]


def in_another_encoding(data: bytes, rng: random.Random) -> bytes:
    encoding = rng.choice(["utf-16", "utf-16-le", "latin-1", "utf-8-sig", "cp1256", "utf-32"])
    return data.decode("utf-8", errors="replace").encode(encoding, errors="replace")


def line_ends(data: bytes, rng: random.Random) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", rng.choice([b"\r\n", b"\r", b"\n\n", b"\xe2\x80\xa8"]))


BYTES: tuple[Change, ...] = (cut, flipped, put_in, taken_out, part_doubled)
_AS_TEXT: tuple[Change, ...] = (in_another_encoding, line_ends)


# -------------------------------------------------------------------------------------------------------------- lines


def line_doubled(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    return b"".join([*lines[: at + 1], *lines[at:]])


def line_gone(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def lines_swapped(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def line_moved_right(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    lines[at] = b" " * rng.choice([1, 2, 4]) + lines[at] if rng.random() < 0.5 else lines[at].lstrip(b" ")
    return b"".join(lines)


def digit_changed(data: bytes, rng: random.Random) -> bytes:
    places = [match.start() for match in re.finditer(rb"\d", data)]
    if not places:
        return data
    at = rng.choice(places)
    return data[:at] + str(rng.randrange(10)).encode() + data[at + 1 :]


def digits_of_another_script(data: bytes, rng: random.Random) -> bytes:
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return data
    one = rng.choice(numbers)
    other = "".join(_DIGITS[int(digit)] for digit in one[0].decode())
    return data[: one.start()] + other.encode() + data[one.end() :]


def number_odd(data: bytes, rng: random.Random) -> bytes:
    numbers = list(re.finditer(rb"[\d.]+", data))
    if not numbers:
        return data
    one = rng.choice(numbers)
    odd = rng.choice([b"", b"-1", b"1e400", b"NaN", b"inf", b"1,5", b"1_0", b"9" * 400, b"0x10", b"1e5", b"-0",
                      b"1e-400", b"101", b"999", b"true", b"null", b"60%", b"+5", b".5", b"5."])  # fmt: skip
    return data[: one.start()] + odd + data[one.end() :]


def unseen_letter(data: bytes, rng: random.Random) -> bytes:
    text = _text(data)
    at = rng.randrange(len(text) + 1)
    return _bytes(text[:at] + rng.choice(_UNSEEN) + text[at:])


def very_long(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return (
        data[:at] + rng.choice([b"x", b"9", b" ", b"(", b"[", b"\xd9\xa3"]) * rng.choice([1_000, 120_000]) + data[at:]
    )


def word_spelt_wrong(data: bytes, rng: random.Random) -> bytes:
    words = list(re.finditer(rb"[A-Za-z_]{3,}", data))
    if not words:
        return data
    one = rng.choice(words)
    word = one[0]
    at = rng.randrange(len(word))
    new = rng.choice([word[:at] + word[at + 1 :], word[:at] + b"x" + word[at:], word.swapcase(), word[::-1]])
    return data[: one.start()] + new + data[one.end() :]


LINES: tuple[Change, ...] = (
    line_doubled, line_gone, lines_swapped, line_moved_right, digit_changed, digits_of_another_script, number_odd,
    unseen_letter, very_long, word_spelt_wrong,
)  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- tables


TABLES: tuple[Change, ...] = (*LINES, *[cells_changed] * 8)


# ---------------------------------------------------------------------------------------------------------------- XML


def _elements(data: bytes) -> list[tuple[int, int]]:
    """Return begin and end of every element."""
    found: list[tuple[int, int]] = []
    begun: list[tuple[bytes, int]] = []
    for tag in _TAG.finditer(data):
        if tag[1]:
            while begun:
                name, begin = begun.pop()
                if name == tag[2]:
                    found.append((begin, tag.end()))
                    break
        elif tag[4]:
            found.append((tag.start(), tag.end()))
        else:
            begun.append((tag[2], tag.start()))
    return found


def element_changed(data: bytes, rng: random.Random) -> bytes:
    """Double, delete, move, rename or wrap an element."""
    elements = _elements(data)
    if not elements:
        return data
    begin, end = rng.choice(elements)
    one = data[begin:end]
    kind = rng.randrange(6)
    if kind == 0:
        return data[:end] + one + data[end:]
    if kind == 1:
        return data[:begin] + data[end:]
    if kind == 2:
        at, to = rng.choice(elements)
        if to <= begin or at >= end:
            rest = data[:begin] + data[end:]
            shift = at if at < begin else at - len(one)
            return rest[:shift] + one + rest[shift:]
        return data
    tag = _TAG.match(one)
    assert tag is not None
    if kind == 3:
        new = rng.choice([tag[2] + b"x", tag[2].swapcase(), tag[2].title()])
        one = one.replace(b"<" + tag[2], b"<" + new, 1)
        closed = b"</" + tag[2] + b">"
        one = one[: -len(closed)] + b"</" + new + b">" if one.endswith(closed) else one
    elif kind == 4:
        one = b"<strange>" + one + b"</strange>"
    else:
        one = b"<!-- " + one.replace(b"--", b"- ") + b" -->"
    return data[:begin] + one + data[end:]


def attribute_changed(data: bytes, rng: random.Random) -> bytes:
    """Delete, rename, empty or double an attribute."""
    attributes = list(re.finditer(rb'\s[\w:.-]+="[^"<>]*"', data))
    if not attributes:
        return data
    one = rng.choice(attributes)
    name, _, value = one[0].partition(b"=")
    new = rng.choice([b"", name + b"x=" + value, name + b'=""', one[0] * 2, name.upper() + b"=" + value])
    return data[: one.start()] + new + data[one.end() :]


XML: tuple[Change, ...] = (*LINES, *[element_changed] * 6, *[attribute_changed] * 3)


# --------------------------------------------------------------------------------------------------------------- JSON


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in parts for place in _places(part, (*path, key)))]


_ODD_VALUES: tuple[Any, ...] = (None, True, -1, 0, 3, 1e300, "", "x", [], {}, [[1]], {"a": 1}, "٣", "9" * 300)


def value_changed(data: bytes, rng: random.Random) -> bytes:
    """Change, delete, rename, double or retype a value of a JSON file."""
    try:
        value = json.loads(data)
    except ValueError:
        return data
    places = [path for path in _places(value) if path]
    if not places:
        return data
    *way, key = rng.choice(places)
    parent = value
    for step in way:
        parent = parent[step]
    kind = rng.randrange(4)
    if kind == 0:
        del parent[key]
    elif kind == 1:
        parent[key] = rng.choice(_ODD_VALUES)
    elif kind == 2:
        return _written_twice(value, parent, key)
    elif isinstance(parent, dict):
        parent[f"{key}x"] = parent.pop(key)
    else:
        rng.shuffle(parent)
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _written_twice(value: Any, parent: Any, key: Any) -> bytes:
    """Return the file with one key and its value, or one part of a list, written twice."""
    shown, mark = json.dumps(parent[key]), json.dumps("a-mark-of-ours")
    parent[key] = "a-mark-of-ours"
    again = f"{json.dumps(key)}: {shown}" if isinstance(parent, dict) else shown
    return json.dumps(value, ensure_ascii=False, indent=1).replace(mark, f"{shown}, {again}", 1).encode()


JSON: tuple[Change, ...] = (*LINES, *[value_changed] * 10)


# ----------------------------------------------------------------------------------------------------------- archives


def _is_main(name: str) -> bool:
    return name.endswith(
        ("document.xml", "content.xml", "sheet1.xml", "sheet3.xml", "comments.xml", "footnotes.xml", "numbering.xml")
    )


def part_changed(data: bytes, rng: random.Random, changes: tuple[Change, ...] = (*XML, *XML, *BYTES)) -> bytes:
    """Change one part of a zip archive, or leave out, double or rename one."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = [(one.filename, packed.read(one)) for one in packed.infolist()]
    made = io.BytesIO()
    heavy = [k for k, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels"))]
    weights = [(10 if _is_main(parts[k][0]) else 1) * (1 + len(parts[k][1])) for k in heavy]
    at = rng.choices(heavy, weights)[0] if heavy and rng.random() < 0.8 else rng.randrange(len(parts))
    name, content = parts[at]
    kind = rng.random()
    if kind < 0.04:
        del parts[at]
    elif kind < 0.06:
        parts[at] = (name + "x", content)
    elif kind < 0.08:
        parts.append((name.upper(), content))
    elif content:
        parts[at] = (name, rng.choice(changes)(content, rng))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return made.getvalue()


ARCHIVES: tuple[Change, ...] = (part_changed,)

_BROKEN = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error)
_ANY = (*BYTES, *_AS_TEXT)
FAMILIES: Mapping[str, tuple[Change, ...]] = {
    "lines": (*_ANY, *LINES, *LINES),
    "table": (*_ANY, *TABLES),
    "xml": (*_ANY, *XML),
    "json": (*_ANY, *JSON),
    "archive": (*BYTES, *ARCHIVES * 12),
    "binary": BYTES,
}


def mutant(data: bytes, family: str, rng: random.Random) -> tuple[str, bytes]:
    """Return the names of one or two changes, and the changed bytes."""
    names = []
    for _ in range(rng.choice([1, 1, 1, 2])):
        if not data:
            break
        change = rng.choice(FAMILIES[family])
        try:
            other = change(data, rng)
        except _BROKEN:
            continue  # an archive that the first change broke
        names.append(change.__name__)
        data = other
    return " + ".join(names), data
