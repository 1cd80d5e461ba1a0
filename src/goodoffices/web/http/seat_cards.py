"""Seat cards: one-time invitations of a named person to one seat. Only a hash of a card's code is kept.

A code has 128 random bits, in 26 letters and digits that can be told apart when they are read aloud. It opens its seat
once, until its time ends; a code that was used, has ended, or never was gets one and the same answer.
"""

from __future__ import annotations

import hashlib
import shutil
import socket
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from goodoffices.data_class import dataclass
from goodoffices.service.desk_file import DeskFile
from goodoffices.web.http.login_sessions import Entropy

LASTS = timedelta(hours=72)
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
_LENGTH = 26
_READ_AS = str.maketrans({"i": "1", "l": "1", "o": "0", "u": "v"})
_LEFT_OUT = frozenset({"Cc", "Cf", "Pd", "Zs"})
"""Categories of characters: controls, invisible ones, dashes, blanks."""
_TABLE = """
CREATE TABLE IF NOT EXISTS card (
    hash BLOB PRIMARY KEY, seat TEXT NOT NULL, person TEXT NOT NULL, until TEXT NOT NULL, used TEXT) STRICT;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCard:
    """A card that was made: for whom, in which seat, until when. Its code is known to who holds the card only."""

    seat: str
    person: str
    until: datetime


class SeatCards:
    """The cards of one record, in the file of its sessions."""

    def __init__(self, where: Path | None, entropy: Entropy) -> None:
        self._entropy = entropy
        self._db = DeskFile(where, _TABLE, "You may delete it and start again; then everybody gets a new card")

    def make(self, seat: str, person: str, *, at: datetime) -> tuple[SeatCard, str]:
        """Make a card and return it with its code; earlier cards of this person in this seat no longer open it."""
        number = int.from_bytes(self._entropy(seat, 16), "big")
        code = code_of(number, _LENGTH)
        card = SeatCard(seat=seat, person=person, until=at + LASTS)
        self._db.erase(
            "DELETE FROM card WHERE (seat = ? AND person = ? AND used IS NULL) OR until < ?",
            (seat, person, at.isoformat()),
        )
        self._db.execute(
            "INSERT INTO card VALUES (?, ?, ?, ?, NULL)", (_hash(code), seat, person, card.until.isoformat())
        )
        return card, code

    def redeem(self, code: str, is_seated: Callable[[str, str], bool], *, at: datetime) -> SeatCard | None:
        """Return the card of a code and use it up; ``None`` if the code does not open anything now.

        ``is_seated`` says whether a person still has a place in a seat; the card of somebody who has not is left as it
        is.
        """
        typed = _hash(typed_code(code))
        row = self._db.execute("SELECT seat, person, until, used FROM card WHERE hash = ?", (typed,)).fetchone()
        if row is None or row[3] is not None or at > datetime.fromisoformat(row[2]) or not is_seated(row[0], row[1]):
            return None
        self._db.execute("UPDATE card SET used = ? WHERE hash = ?", (at.isoformat(), typed))
        return SeatCard(seat=row[0], person=row[1], until=datetime.fromisoformat(row[2]))

    def end_all(self, seat: str, person: str | None = None) -> None:
        """End the cards of a seat that nobody has used, or those of one person there."""
        self._db.erase(
            "DELETE FROM card WHERE seat = ? AND used IS NULL AND (? IS NULL OR person = ?)", (seat, person, person)
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def code_of(number: int, length: int) -> str:
    """Return a number as a code of so many letters and digits, five bits each."""
    return "".join(_LETTERS[(number >> (5 * n)) & 31] for n in reversed(range(length)))


def typed_code(code: str) -> str:
    """Return a code as it was made, however it was typed.

    Letters that look like digits are read as those; digits count in every script; gaps, dashes of any sort and
    characters that nobody sees are left out.

    Examples
    --------
    >>> typed_code(" AB0I-\u200e\u0661\u0662 "), typed_code("ab01\u201112")
    ('ab0112', 'ab0112')
    """
    seen = (char for char in code.casefold() if unicodedata.category(char) not in _LEFT_OUT)
    digits = (str(unicodedata.decimal(char)) if char.isdecimal() else char for char in seen)
    return unicodedata.normalize("NFKC", "".join(digits)).translate(_READ_AS)


def grouped(code: str) -> str:
    """Return a code as it is printed, in groups that can be typed.

    Examples
    --------
    >>> grouped("0123456789abcdefghjkmnpqrs")
    '01234-56789-abcde-fghjk-mnpqr-s'
    """
    return "-".join(code[n : n + 5] for n in range(0, len(code), 5))


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()


def command_for_others(started_as: str, *, is_exercise: bool) -> str:
    """Return the command that opens this desk for other devices.

    ``started_as`` is the path under which the program was started. It is kept where the shell would not find the
    program by its name. The address is that of this computer in its network, and the word ADDRESS where it has none.

    Examples
    --------
    >>> command_for_others(".venv/bin/goodoffices", is_exercise=False).split()[:3]
    ['.venv/bin/goodoffices', 'serve', '--host']
    """
    path = Path(started_as)
    is_found = path.name != "goodoffices" or shutil.which(path.name) == started_as
    how = "--plain" if is_exercise else "--hall"
    return f"{'goodoffices' if is_found else started_as} serve --host {_own_address()} {how}"


def _own_address() -> str:
    """Return this computer's address in its network. Nothing is sent: the system only looks up the way out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(("192.0.2.1", 9))
        except OSError:
            return "ADDRESS"
        return str(way.getsockname()[0])


def is_here_only(address: str) -> bool:
    """Say whether an address is reached from this computer alone, so that a card with it lets in no other device.

    Examples
    --------
    >>> is_here_only("http://127.0.0.1:8765"), is_here_only("http://192.168.1.20:8765")
    (True, False)
    """
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name
        return False
