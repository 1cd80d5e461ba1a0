"""Cells that show something else than the value behind them: a percentage, a month without a day, a year alone.

A person reads 10 % and the file holds 0.1; a person typed *Jan 2017* and the file holds the first of January. Such a
cell is read as it is shown, so that no reader takes the value for what was meant.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from defusedxml.ElementTree import fromstring

from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.sheet_cells import Cell, sheet_cells

PERCENT, MONTH, YEAR = "percent", "month", "year"
_BUILT_IN = {9: PERCENT, 10: PERCENT, 17: MONTH}
"""The formats that every spreadsheet program knows by a number."""
_BESIDE_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PERCENTAGE = b'value-type="percentage"'
_DATE_STYLE = re.compile(rb"<number:date-style\s([^>]*)>(.*?)</number:date-style>", re.S)
_STYLE = re.compile(rb"<style:style\s([^>]*)>")
_NAME, _DATA = re.compile(rb'style:name="([^"]*)"'), re.compile(rb'style:data-style-name="([^"]*)"')


def shown_otherwise(raw: RawFile, name: str) -> Mapping[Cell, str]:
    """Return how those cells of the sheet ``name`` are shown that show something else than their value.

    Raises
    ------
    KeyError, ValueError, ParseError, ...
        One of ``BROKEN`` if the file is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(raw.data)) as packed:
        parts = set(packed.namelist())
        if "xl/workbook.xml" in parts:
            kinds = _of_styles(packed.read("xl/styles.xml")) if "xl/styles.xml" in parts else {}
        else:
            kinds = _of_ods([packed.read(part) for part in ("styles.xml", "content.xml") if part in parts])
    if not kinds:
        return {}
    styles = sheet_cells(raw, name).styles
    return {cell: kinds[style] for cell, style in styles.items() if style in kinds}


def shown_text(value: Any, kind: str) -> str | None:
    """Return a value as a cell shows it; ``None`` if it is not of that kind."""
    if kind == PERCENT and isinstance(value, float) and not isinstance(value, bool):
        return f"{100 * value:.15g}%"
    if kind in (MONTH, YEAR) and isinstance(value, date):
        return f"{value.year:04}-{value.month:02}" if kind == MONTH else f"{value.year:04}"
    return None


def kind_of_code(code: str) -> str:
    """Return what a format makes of a number: *percent*, *month*, *year*, or nothing.

    Examples
    --------
    >>> [kind_of_code(code) for code in ('0.0%', 'mmm yyyy', '"year "yyyy', 'd/m/yy', '0" %"')]
    ['percent', 'month', 'year', '', '']
    """
    bare = _BESIDE_CODE.sub("", code.partition(";")[0]).lower()
    if "%" in bare:
        return PERCENT
    if any(letter in bare for letter in "dhs") or not any(letter in bare for letter in "ym"):
        return ""
    if bare.strip("ym -/.,'") or "general" in bare:
        return ""
    return MONTH if "m" in bare else YEAR


def _of_styles(data: bytes) -> dict[str, str]:
    """Return the kind of each cell style of an ``.xlsx`` file that has one, by its place."""
    root = fromstring(data)
    kinds = dict(_BUILT_IN)
    groups = {str(group.tag).rpartition("}")[2]: group for group in root}
    for one in groups.get("numFmts", ()):
        kinds[int(one.get("numFmtId", "0"))] = kind_of_code(one.get("formatCode", ""))
    formats = (int(one.get("numFmtId", "0")) for one in groups.get("cellXfs", ()))
    return {str(place): kind for place, number in enumerate(formats) if (kind := kinds.get(number, ""))}


def _of_ods(parts: Iterable[bytes]) -> dict[str, str]:
    """Return the kind of each style of an ``.ods`` file that has one, by its name, and that of percentages."""
    held = b"".join(parts)
    dated = {
        name[1]: MONTH if b"<number:month" in inside else YEAR
        for attributes, inside in _DATE_STYLE.findall(held)
        if (name := _NAME.search(attributes))
        and not re.search(rb"<number:(?:day|hours|seconds)[ />]", inside)
        and re.search(rb"<number:(?:month|year)[ />]", inside)
    }
    kinds = {PERCENT: PERCENT} if _PERCENTAGE in held else {}
    for attributes in _STYLE.findall(held) if dated else ():
        name, data = _NAME.search(attributes), _DATA.search(attributes)
        if name and data and data[1] in dated:
            kinds[name[1].decode()] = dated[data[1]]
    return kinds
