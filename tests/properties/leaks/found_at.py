"""In which pair of worlds each planted leak showed when it was last looked for: tried first, so that tests are quick.

What shows in the first pair is not listed, unless another pair shows it sooner.

If it no longer shows there, the other pairs of its table are tried, and in one process then all. If it shows in none,
its test fails; `python tests/properties/leaks/look.py` writes the tables anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from properties.worlds.prologues import PROLOGUES

PLANTED = 7 << len(PROLOGUES)
"""Beginnings with seven pools of commands, of which planted leaks are about: one more would draw all pairs anew."""


def found_in(pairs: Iterable[int], is_found: Callable[[int], bool]) -> bool:
    """Say whether a leak shows in one of these pairs of worlds, tried in their order."""
    return any(is_found(number) for number in pairs)


FOUND: dict[str, int] = {
    "handles numbered by the record": 1,
    "internal ids of words in notices": 1,
    "recipient is told the item": 15,
    "relay refused because another holder relayed": 15,
    "refusal counts the acts": 1,
    "stale because of a hidden act": 2,
    "withdrawal told to those who took it for an own idea": 52,
    "clearance shows through whom else": 177,
    "audience size in every notice": 177,
    "reveal on the last deposit": 25,
    "blind result before closing": 2,
    "lists known to be in": 25,
    "sorted by the order of the record": 1,
    "the records head in a receipt": 10,
    "own idea shows its origin": 445,
    "granted history shows relays": 1,
    "mandates seen by the mediator": 26,
    "rules met told to a neutral that does not read": 155,
    "an answer refused because all others are in": 5,
    "ratifications told to those without the text": 20,
    "the pens clerk as author of the file": 8,
    "dates in the archive from the order of the record": 8,
    "holders counted at release": 46,
    "comments seen by every holder": 1,
    "copy marks from the order of the record": 8,
    "stances told to everybody": 6,
    "readings in a session heard outside": 42,
    "a stance refused because of a newer hidden version": 144,
    "who asks for the pen is told to all": 6,
    "hashes that cover the place in the record": 1,
    "proposers shown to every holder": 17,
    "who is asked to accept papers told to all": 32,
    "what became of comments told to others": 82,
}

FOUND_HTTP: dict[str, int] = {
    "a_waiting_room_opened_by_another_is_shown": 58,
    "persons_of_every_seat_on_the_roster": 6,
    "comments_of_others_counted": 2,
    "signatures_of_the_whole_record_counted": 2,
    "papers_of_others_among_the_sources": 2,
    "a_file_taken_out_with_a_sign_of_the_record": 6,
    "heartbeat_begun_anew_by_hidden_acts": 2,
    "clearances_of_others_on_the_pocket_card": 2,
    "sessions_of_others_among_the_rooms": 6,
    "proposers_in_an_attribute": 24,
    "files_of_others_counted": 2,
    "answers_of_a_closed_question_shown": 15,
    "clearances_of_others_before_a_release": 2,
    "speakers_lists_of_every_seat": 6,
    "papers_of_others_in_a_pack": 3,
}
