"""A line as it is typed at the speed of talk: ``ru can bring a list this evening /n >ru the list, today 20:00``.

Two letters name the speaker, a stroke and a letter the level, ``>`` a follow-up with who, what and when, ``!`` a
decision, ``@A=gv,un`` a room and who is in it, and ``;1`` a phrase. All other words are what was said, in any language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, quoted
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import NoteLevel
from goodoffices.talks.base.languages import language_of
from goodoffices.talks.base.local_time import instant_in, local_day
from goodoffices.talks.notes.lines import TakeNote

LEVELS: Mapping[str, NoteLevel] = {
    "/n": NoteLevel.NAMED,
    "/d": NoteLevel.DELEGATION,
    "/x": NoteLevel.UNATTRIBUTED,
    "/o": NoteLevel.OFF_RECORD,
}
"""What is typed for each level."""
NOBODY = "-"
"""What is typed for a line that names no speaker."""
_ROOM = re.compile(r"@([^\s=]+)(?:=(\S+))?")
_PHRASE = re.compile(r";(\d)")
_TIME = re.compile(r"(?:(?P<day>.+?)[\s,]+)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What a typed line is read with.

    ``keys`` are the letters of each speaker, ``rooms`` who was in each room so far, ``phrases`` are those of the
    reader's language, and ``today`` and ``tomorrow`` its words for these days.
    """

    session: str
    at: datetime
    zone: str
    language: str
    keys: Mapping[str, str]
    rooms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: Sequence[str] = ()
    today: tuple[str, ...] = ("today",)
    tomorrow: tuple[str, ...] = ("tomorrow",)


def speaker_keys(seats: Sequence[str]) -> dict[str, str]:
    """Return two letters for each seat, no two alike: the first two of its short name, else the first and a later one.

    Examples
    --------
    >>> speaker_keys(["government", "russia", "rus-ledger", "un"])
    {'go': 'government', 'ru': 'russia', 'rs': 'rus-ledger', 'un': 'un'}
    """
    made: dict[str, str] = {}
    for seat in seats:
        letters = [letter for letter in seat.casefold() if letter.isalnum()] or ["x"]
        choices = [letters[0] + letter for letter in letters[1:]]
        choices += [f"{letters[0]}{n}" for n in range(1, 100)]
        made[next(choice for choice in choices if choice not in made)] = seat
    return made


def note_line(typed: str, typing: Typing, *, replaces: str | None = None) -> TakeNote:
    """Return the command that keeps a typed line.

    Raises
    ------
    ScenarioError
        If a room, a phrase, or the speaker of a follow-up is not known, or nothing is said.
    """
    said, _, followed = (
        typed.strip().partition(" >") if not typed.strip().startswith(">") else ("", "", typed.strip()[1:])
    )
    words = said.split()
    # Marks can stand before the speaker: who writes down a change of room types the room first.
    begins = next((n for n, word in enumerate(words) if not _is_mark(word)), len(words))
    speaker, said_words = _speaker(words[begins:], typing)
    words = [*words[:begins], *said_words]
    level, is_decision, room, heard = NoteLevel.NAMED, False, "", tuple[str, ...]()
    kept: list[str] = []
    for word in words:
        named = _ROOM.fullmatch(word)
        phrase = _PHRASE.fullmatch(word)
        if word in LEVELS:
            level = LEVELS[word]
        elif word == "!":
            is_decision = True
        elif named is not None:
            room, heard = _room(named[1], named[2], typing)
        elif phrase is not None:
            kept.append(_phrase(int(phrase[1]), typing))
        else:
            kept.append(word)
    if followed:
        followed, level, is_decision = _ended(followed, level, is_decision=is_decision)
    who, what, by = _follow_up(followed, typing) if followed.strip() else (None, "", None)
    text = " ".join(kept) or what
    if not text:
        raise ScenarioError(Phrase("the line has no words; write what was said after the speaker"))
    return TakeNote(
        session=typing.session,
        words=Words(text=text, lang=language_of(text, typing.language)),
        speaker=speaker,
        level=level,
        heard=heard,
        room=room,
        is_decision=is_decision,
        todo=Words(text=what, lang=language_of(what, typing.language)) if what else None,
        todo_who=who,
        todo_by=by,
        replaces=replaces,
    )


def _is_mark(word: str) -> bool:
    return word in LEVELS or word == "!" or _ROOM.fullmatch(word) is not None


def _speaker(words: list[str], typing: Typing) -> tuple[str | None, list[str]]:
    if not words:
        return None, words
    first = words[0].casefold().rstrip(":")
    if first == NOBODY:
        return None, words[1:]
    seat = typing.keys.get(first) or (first if first in typing.keys.values() else None)
    return (None, words) if seat is None else (seat, words[1:])


def _ended(followed: str, level: NoteLevel, *, is_decision: bool) -> tuple[str, NoteLevel, bool]:
    """Return a follow-up without the level and the mark of a decision that may stand after it."""
    kept = []
    for word in followed.split():
        if word in LEVELS:
            level = LEVELS[word]
        elif word == "!":
            is_decision = True
        else:
            kept.append(word)
    return " ".join(kept), level, is_decision


def _room(name: str, listed: str | None, typing: Typing) -> tuple[str, tuple[str, ...]]:
    if listed is None:
        if name not in typing.rooms:
            raise ScenarioError(
                Phrase(
                    "there is no room {name} yet; say who is in it, as @{example}=ru,un",
                    name=quoted(name),
                    example=name,
                )
            )
        return name, typing.rooms[name]
    seats = []
    for key in listed.split(","):
        seat = typing.keys.get(key.casefold()) or (key if key in typing.keys.values() else None)
        if seat is None:
            raise ScenarioError(
                Phrase("{key} is nobody in this session; use the letters beside the names", key=quoted(key))
            )
        seats.append(seat)
    return name, tuple(seats)


def _phrase(number: int, typing: Typing) -> str:
    if not 1 <= number <= len(typing.phrases):
        raise ScenarioError(
            Phrase(
                "there is no phrase {number}; the phrases go from 1 to {n}",
                number=str(number),
                n=str(len(typing.phrases)),
            )
        )
    return typing.phrases[number - 1]


def _follow_up(text: str, typing: Typing) -> tuple[str | None, str, datetime | None]:
    """Return who is to do what by when."""
    who, words = _speaker(text.split(), typing)
    what, comma, when = " ".join(words).rpartition(",")
    by = moment_of(when.strip(), typing) if comma else None
    return who, (what if by is not None else " ".join(words)).strip(), by


def moment_of(text: str, typing: Typing) -> datetime | None:
    """Return the moment that was typed, by the clock of the talks: ``today 20:00``, ``tue 08:00``, ``24 jan 15:00``.

    A day of the week is the next such day. Other words give ``None``.
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    day = _day((found["day"] or "").strip().casefold(), typing)
    if day is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        return None
    return instant_in(f"{day.isoformat()}T{int(found['hour']):02}:{found['minute']}", typing.zone)


def _day(text: str, typing: Typing) -> date | None:
    today = local_day(typing.at, typing.zone)
    if not text or text in typing.today:
        return today
    if text in typing.tomorrow:
        return today + timedelta(days=1)
    if text[:3] in _WEEKDAYS and text.isalpha():
        return today + timedelta(days=(_WEEKDAYS.index(text[:3]) - today.weekday() - 1) % 7 + 1)
    named = re.fullmatch(r"(\d{1,2})\.? ?([a-z]+)(?: (\d{4}))?", text)
    try:
        if named is not None and named[2][:3] in _MONTHS:
            year = int(named[3]) if named[3] else today.year
            return date(year, _MONTHS.index(named[2][:3]) + 1, int(named[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None
