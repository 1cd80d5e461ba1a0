"""Padding: a reader of sizes learns a class, never a length.

ISO/IEC 7816-4 padding, as libsodium has it: one byte 0x80, then zeros. Bodies and sealed files go up a short ladder and
then by 64 KiB; heads double, because their classes follow from the kinds of act and a finer ladder would name them.
"""

from __future__ import annotations

from goodoffices.errors import BadSealError

KIB = 1024
BODY_SIZES = (256, 1 * KIB, 4 * KIB, 16 * KIB, 64 * KIB)
FILE_SIZES = (4 * KIB, 16 * KIB, 64 * KIB)
STEP = 64 * KIB
SMALLEST_HEAD = 256


def pad_body(words: bytes) -> bytes:
    """Return the text padded to 256 B, 1, 4, 16 or 64 KiB, or a multiple of 64 KiB."""
    return _to(words, _ladder(len(words) + 1, BODY_SIZES))


def pad_file(content: bytes) -> bytes:
    """Return ``content`` padded to 4, 16 or 64 KiB, or a multiple of 64 KiB."""
    return _to(content, _ladder(len(content) + 1, FILE_SIZES))


def pad_head(head: bytes) -> bytes:
    """Return ``head`` padded to a power of two, 256 B or more."""
    return _to(head, max(SMALLEST_HEAD, 1 << len(head).bit_length()))


def unpad(padded: bytes) -> bytes:
    """Return what was padded.

    Raises
    ------
    BadSealError
        If there is no padding: these bytes were not written by this module.
    """
    stripped = padded.rstrip(b"\0")
    if not stripped.endswith(b"\x80"):
        raise BadSealError("the padding is missing: these bytes were not sealed by Good Offices")
    return stripped[:-1]


def _ladder(needed: int, sizes: tuple[int, ...]) -> int:
    fitting = [size for size in sizes if size >= needed]
    return fitting[0] if fitting else -(-needed // STEP) * STEP


def _to(content: bytes, size: int) -> bytes:
    return (content + b"\x80").ljust(size, b"\0")
