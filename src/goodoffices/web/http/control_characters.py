"""Show invisible control characters instead of obeying them: they could turn a line or steer a terminal.

These are overrides, embeddings and isolates of writing direction, C0 and C1 controls, and all that Unicode says is not
to be seen. Not touched are the marks and joiners that Arabic and Persian words need (U+200C to U+200F, U+061C), the one
that chooses a picture (U+FE0F), line ends and tabs.
"""

from __future__ import annotations

from typing import TypeVar

import regex
from markupsafe import Markup, escape

from goodoffices.unseen_characters import code

T = TypeVar("T")

_OBEYED = regex.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
    r"[\p{Default_Ignorable_Code_Point}--[\u200c-\u200f\u061c\ufe0f]]]",
    regex.V1,
)


def signs_shown(value: T) -> T | str:
    """Return text with such characters spelt out, as ⟨U+202E⟩. Markup stays markup; what is not text stays as it is.

    Examples
    --------
    >>> signs_shown("signed\\u202edengis")
    'signed⟨U+202E⟩dengis'
    """
    if not isinstance(value, str) or _is_plain(value) or _OBEYED.search(value) is None:
        return value
    shown = _OBEYED.sub(lambda found: f"⟨{code(found[0])}⟩", value)
    return Markup(shown) if isinstance(value, Markup) else shown  # noqa: S704 - it was markup, and the new text is safe


def _is_plain(text: str) -> bool:
    """Say whether all is printable ASCII and line ends. Most text is, and to see it takes a tenth of the search."""
    return text.isascii() and (text.isprintable() or str.replace(text, "\n", "").isprintable())


def signs_kept(typed: str) -> Markup:
    """Return what somebody typed, for a field that must give it back unchanged: such characters as references."""
    return Markup(_OBEYED.sub(lambda found: f"&#x{ord(found[0]):X};", str(escape(typed))))  # noqa: S704 - escaped
