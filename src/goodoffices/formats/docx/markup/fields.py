"""Find what belongs to the code of a field: what a program reads there is an order to it, and no person sees it.

A field begins, holds its code, and after a separator what is shown for it. Its code may hold fields of its own, whose
results are part of the order: ``IF`` ``MERGEFIELD side`` ``= "North" "withdraws" "stays"``.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from goodoffices.formats.docx.markup.tokens import W


def words_in_code(tree: Element) -> frozenset[int]:
    """Return the elements (their ``id``) that stand in the code of a field which begins and ends in this part.

    What follows a field that never ends is text: it would be lost otherwise.
    """
    found: set[int] = set()
    # Each open field: whether it is still in its code, and what stands there.
    fields: list[tuple[list[bool], list[int]]] = []
    for element in tree.iter():
        inner = next((code for is_code, code in reversed(fields) if is_code[0]), None)
        if inner is not None:
            inner.append(id(element))
        kind = element.get(f"{W}fldCharType") if element.tag == f"{W}fldChar" else ""
        if kind == "begin":
            fields.append(([True], []))
        elif kind == "separate" and fields:
            fields[-1][0][0] = False
        elif kind == "end" and fields:
            found.update(fields.pop()[1])
    return frozenset(found)
