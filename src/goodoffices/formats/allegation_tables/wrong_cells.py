"""What can be wrong with a cell of a table of allegations, each as the error that says so."""

from __future__ import annotations

from collections.abc import Collection

from goodoffices.formats.documents.dataset_dates import doubtful_year
from goodoffices.formats.input.diagnostics import listed_words
from goodoffices.phrases.phrase import Phrase, reason_of
from goodoffices.talks.model.ceasefire import ALLEGATION_KINDS, DEATH_TIMINGS

_SHOWN = 40
_EMPTY_IF_UNKNOWN = Phrase("Leave it empty if it is not known.")


class WrongCellError(Exception):
    """What is wrong with the cell of a field: why, what would be right, what to do, and the cell."""

    def __init__(self, name: str, words: tuple[str, str, str], found: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(words[0])
        self.name, self.words, self.found, self.known = name, words, found, known


def _cell(text: str) -> str:
    return repr(text[:_SHOWN])


def no_place() -> WrongCellError:
    """Say that a row has no place."""
    right, remedy = Phrase("An area, a place or coordinates are needed."), Phrase("Write where it happened.")
    return WrongCellError("area", (Phrase("this row has no place."), right, remedy), "")


def same_name(own: str, first: str) -> WrongCellError:
    """Say that two rows have one name; ``first`` is where the other stands."""
    why = Phrase("{own} stands in {first} too.", own=repr(own[:60]), first=first)
    remedy = Phrase("Delete one of the two, or name another column.")
    return WrongCellError("source_id", (why, Phrase("A row has its own name."), remedy), own)


def ends_before(ends: str) -> WrongCellError:
    """Say that something ends before it begins."""
    return WrongCellError("occurred_to", (Phrase("it ends before it begins."), "", Phrase("Exchange the two.")), ends)


def too_long(ends: str) -> WrongCellError:
    """Say that something lasts too long."""
    why, remedy = Phrase("it lasts for more than 366 days."), Phrase("Divide the row.")
    return WrongCellError("occurred_to", (why, "", remedy), ends)


def in_the_future(name: str, begins: str) -> WrongCellError:
    """Say that a day has not come."""
    why = Phrase("{begins} lies in the future.", begins=_cell(begins))
    return WrongCellError(name, (why, "", Phrase("Correct the day.")), begins)


def not_a_day(name: str, text: str, given: str) -> WrongCellError:
    """Say that a cell is empty or not a certain day; ``given`` is the cell without its hour."""
    remedy = Phrase("Write it as 2017-01-24, or 2017-01-24T14:10+02:00.")
    return WrongCellError(name, (_doubtful(text, given), Phrase("Every row needs a day."), remedy), text)


def _doubtful(text: str, given: str) -> Phrase:
    year = doubtful_year(given)
    if not text:
        return Phrase("this cell is empty.")
    if year is None:
        return Phrase("{text} is not a day that is certain.", text=_cell(text))
    return Phrase(
        "{text} is not a day that is certain: the year {year} is one of another calendar.",
        text=_cell(text), year=str(year),
    )  # fmt: skip


def not_an_hour(clock: str) -> WrongCellError:
    """Say that a cell is not an hour."""
    why = Phrase("{clock} is not an hour.", clock=_cell(clock))
    return WrongCellError("time", (why, "", Phrase("Write it as 14:10.")), clock)


def no_such_hour(name: str, text: str, error: Exception) -> WrongCellError:
    """Say that an hour does not exist, or exists twice, in the time zone of the talks."""
    remedy = Phrase("Give the hour with its distance from UTC.")
    return WrongCellError(name, (Phrase("{what}.", what=reason_of(error)), "", remedy), text)


def unknown_kind(text: str) -> WrongCellError:
    """Say that a kind of allegation is not known."""
    why = Phrase("unknown kind {text}.", text=_cell(text)) if text else Phrase("the kind is empty.")
    right = Phrase("Known: {known}.", known=", ".join(ALLEGATION_KINDS))
    remedy = Phrase("Correct it, or translate it in a mapping.")
    return WrongCellError("kind", (why, right, remedy), text, ALLEGATION_KINDS)


def unknown_name(name: str, what: str, word: str, known: Collection[str]) -> WrongCellError:
    """Say that an area or actor is not known."""
    why = Phrase("unknown {what} {word}.", what=what, word=_cell(word))
    remedy = Phrase("Correct it, translate it in a mapping, or leave it empty.")
    right = Phrase("Known: {known}.", known=listed_words(tuple(known)))
    return WrongCellError(name, (why, right, remedy), word, tuple(known))


def shared_name(name: str, what: str, word: str) -> WrongCellError:
    """Say that a name is that of several areas or actors."""
    why = Phrase("{word} is the name of more than one {what}.", word=_cell(word), what=what)
    return WrongCellError(name, (why, "", Phrase("Say which in a mapping.")), word)


def not_a_point(name: str, given: str, *, is_swapped: bool) -> WrongCellError:
    """Say that a cell is not a latitude and a longitude."""
    hint = Phrase("The two may be exchanged.") if is_swapped else Phrase("Write degrees, as 33.617,36.186.")
    why = Phrase("{given} is not a latitude and a longitude.", given=_cell(given))
    return WrongCellError(name, (why, "", hint), given)


def off_africa(name: str, given: str) -> WrongCellError:
    """Say that a point is the one that programs write for none."""
    why = Phrase("0 degrees north, 0 east lies in the sea off Africa.")
    return WrongCellError(name, (why, "", _EMPTY_IF_UNKNOWN), given)


def not_in_range(name: str, given: str, most: int) -> WrongCellError:
    """Say that a precision is off its scale."""
    why = Phrase("{given} is not a number from 1 to {most}.", given=repr(given[:20]), most=str(most))
    return WrongCellError(name, (why, "", _EMPTY_IF_UNKNOWN), given)


def not_whole(name: str, found: str) -> WrongCellError:
    """Say that figures are not whole numbers."""
    why = Phrase("{found} has what is not a whole number.", found=_cell(found))
    return WrongCellError(name, (why, "", Phrase("Write whole numbers, or leave it empty.")), found)


def a_day_for_a_number(name: str, text: str) -> WrongCellError:
    """Say that a program made a day of figures."""
    why = Phrase("{text} is a day, not a number: the program made it of other words.", text=_cell(text))
    return WrongCellError(name, (why, "", Phrase("Write the numbers as text, for example 12-15.")), text)


def not_of_people(name: str, text: str) -> WrongCellError:
    """Say that a cell does not count people."""
    why = Phrase("{text} is not a number of people.", text=_cell(text))
    return WrongCellError(name, (why, "", Phrase("Write whole numbers, or leave it empty.")), text)


def unknown_timing(text: str) -> WrongCellError:
    """Say that a cell does not say when people died."""
    why = Phrase("{text} does not say when they died.", text=_cell(text))
    right = Phrase("Known: {known}.", known=", ".join(DEATH_TIMINGS))
    remedy = Phrase("Correct it, translate it in a mapping, or leave it empty.")
    return WrongCellError("death_timing", (why, right, remedy), text, DEATH_TIMINGS)
