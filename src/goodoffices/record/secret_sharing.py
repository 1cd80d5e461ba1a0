"""A secret held by several officers: any k of n shares give it back, fewer say nothing about it.

Shamir's scheme over the field of 256 elements, one polynomial per byte. The field is that of AES
(x^8 + x^4 + x^3 + x + 1); products go through logarithms to the base 3, which generates its 255 non-zero elements.

References
----------
.. [1] A. Shamir (1979). How to share a secret. Communications of the ACM 22(11), 612-613.
   https://doi.org/10.1145/359168.359176
"""

from __future__ import annotations

from base64 import b32decode, b32encode
from binascii import Error as Base32Error
from hashlib import sha256
from typing import Final

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, WrongKeyError
from goodoffices.record.values import Entropy

MOST_SHARES: Final = 255
_MARK: Final = "GOSHARE1"
_SET_BYTES: Final = 4
_CHECK_BYTES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretShare:
    """One officer's part of a secret: a point (``x``, one byte per byte of the secret) on its polynomials.

    Parameters
    ----------
    set_id
        Four bytes, equal for all shares dealt together; they catch a share of another set.
    needed
        How many shares give the secret back.
    """

    set_id: bytes
    needed: int
    x: int
    y: bytes

    def __repr__(self) -> str:
        return f"Share(number {self.x}, any {self.needed} of them open)"


def _tables() -> tuple[tuple[int, ...], tuple[int, ...]]:
    powers, logs, value = [0] * 510, [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logs[value] = exponent
        doubled = (value << 1) ^ (0x11B if value & 0x80 else 0)
        value ^= doubled
    return tuple(powers), tuple(logs)


_POWERS, _LOGS = _tables()


def _times(a: int, b: int) -> int:
    return _POWERS[_LOGS[a] + _LOGS[b]] if a and b else 0


def _over(a: int, b: int) -> int:
    return _POWERS[_LOGS[a] + 255 - _LOGS[b]] if a else 0


def split(secret: bytes, *, needed: int, among: int, entropy: Entropy) -> tuple[SecretShare, ...]:
    """Deal ``secret`` to ``among`` officers so that any ``needed`` of them can give it back.

    Raises
    ------
    ScenarioError
        If not 2 <= needed <= among <= 255. One share that opens alone is a passphrase, and should be one.
    """
    if not 2 <= needed <= among <= MOST_SHARES:
        raise ScenarioError(
            f"{needed} of {among} shares is not possible: choose a number from 2 to the number of shares, and at most "
            f"{MOST_SHARES} shares"
        )
    set_id = entropy(_SET_BYTES)
    rows = [secret, *(entropy(len(secret)) for _ in range(needed - 1))]
    return tuple(SecretShare(set_id=set_id, needed=needed, x=x, y=_evaluate(rows, x)) for x in range(1, among + 1))


def _evaluate(rows: list[bytes], x: int) -> bytes:
    """Horner's rule: row 0 holds the constant terms, the last row the highest coefficients."""
    value = bytes(len(rows[0]))
    for row in reversed(rows):
        value = bytes(_times(v, x) ^ c for v, c in zip(value, row, strict=True))
    return value


def combine(shares: tuple[SecretShare, ...]) -> bytes:
    """Return the secret that ``shares`` were dealt from. A share given twice counts once.

    Raises
    ------
    WrongKeyError
        If the shares are of different sets, or fewer than needed.
    """
    if len({(share.set_id, share.needed, len(share.y)) for share in shares}) > 1:
        raise WrongKeyError("these shares do not belong together; use shares of one record that were made at one time")
    by_x = {share.x: share for share in shares}
    needed = shares[0].needed if shares else 2
    if len(by_x) < needed:
        raise WrongKeyError(f"{len(by_x)} different share(s) given; this record opens with {needed}")
    points = list(by_x.values())[:needed]
    secret = bytes(len(points[0].y))
    for point in points:
        weight = _weight_at_zero(point.x, [other.x for other in points])
        secret = bytes(s ^ _times(weight, y) for s, y in zip(secret, point.y, strict=True))
    return secret


def _weight_at_zero(x: int, all_x: list[int]) -> int:
    """Lagrange's weight of the point at ``x`` for the value at 0. Here minus is plus: both are exclusive or."""
    weight = 1
    for other in all_x:
        if other != x:
            weight = _times(weight, _over(other, other ^ x))
    return weight


def write_share(share: SecretShare) -> str:
    """Return ``share`` as one line to print and keep: letters and digits that are hard to confuse, with a check."""
    data = share.set_id + bytes([share.needed, share.x]) + share.y
    text = b32encode(data + sha256(data).digest()[:_CHECK_BYTES]).decode().rstrip("=")
    return "-".join([_MARK, *(text[i : i + 6] for i in range(0, len(text), 6))])


def read_share(line: str) -> SecretShare:
    """Return the share that ``line`` spells; spaces, hyphens and case do not matter.

    Raises
    ------
    WrongKeyError
        If it is not a share, or was mistyped.
    """
    text = "".join(line.upper().replace("-", " ").split())
    if not text.startswith(_MARK):
        raise WrongKeyError(f"this is not a share of a record key: a share begins with {_MARK}")
    letters = text.removeprefix(_MARK)
    try:
        data = b32decode(letters + "=" * (-len(letters) % 8))
    except Base32Error as error:
        raise WrongKeyError("this share is mistyped: it has a character that shares do not use, or is cut") from error
    data, check = data[:-_CHECK_BYTES], data[-_CHECK_BYTES:]
    if len(data) <= _SET_BYTES + 2 or sha256(data).digest()[:_CHECK_BYTES] != check:
        raise WrongKeyError("this share is mistyped: its check digits do not match; compare it with the paper again")
    set_id, rest = data[:_SET_BYTES], data[_SET_BYTES:]
    return SecretShare(set_id=set_id, needed=rest[0], x=rest[1], y=rest[2:])
