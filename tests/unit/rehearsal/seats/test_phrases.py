"""The phrase bank: twenty situations in four tones and two languages, none repeated, nobody quoted."""

from __future__ import annotations

from collections import Counter

import pytest

from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.rehearsal.seats.phrases import SITUATIONS, TONES, Avoided, frame_for
from goodoffices.rehearsal.seats.phrases.choice import BANK, SHARED, runs_of

FRAMES = [
    (language, situation, tone, frame)
    for language, situations in BANK.items()
    for situation, tones in situations.items()
    for tone, frames in tones.items()
    for frame in frames
]


def test_every_situation_has_three_frames_in_each_tone_and_language() -> None:
    assert len(SITUATIONS) == 20
    for language in ("en", "ar"):
        assert tuple(BANK[language]) == SITUATIONS
        assert all(tuple(tones) == TONES for tones in BANK[language].values())
        assert all(len(frames) >= 3 for tones in BANK[language].values() for frames in tones.values())


def test_no_frame_stands_twice_and_no_two_share_five_words() -> None:
    counts = Counter(frame for *_, frame in FRAMES)
    assert [frame for frame, n in counts.items() if n > 1] == []
    runs = Counter(run for *_, frame in FRAMES for run in runs_of(frame))
    assert [run for run, n in runs.items() if n > 1] == []


@pytest.mark.parametrize("scenario", ["astana-2017", "good-friday-1998"])
def test_no_frame_shares_five_words_with_a_claim_or_source(scenario: str) -> None:
    talks = read_talks(scenario)
    said = frozenset(run for thing in (*talks.claims, *talks.sources, *talks.texts) for run in runs_of(repr(thing)))
    assert [frame for *_, frame in FRAMES if runs_of(frame) & said] == []


def test_frames_are_drawn_without_replacement_until_words_run_out() -> None:
    used: list[str] = []
    while True:
        frame = frame_for("ask", "cool", language="en", draw=0.7, avoided=Avoided(share=1, used=tuple(used)))
        if not frame:
            break
        used.append(frame)
    assert len(used) == len(set(used)) >= 3


def test_seats_of_different_shares_never_use_the_same_frame() -> None:
    for situation in SITUATIONS:
        for tone in TONES:
            found = [
                frame_for(situation, tone, language="en", draw=0.5, avoided=Avoided(share=share)) for share in range(3)
            ]
            assert len(set(found)) == 3


def test_a_frame_that_shares_five_words_with_a_late_paper_is_passed_over() -> None:
    first = frame_for("ask", "warm", language="en", draw=0.0, avoided=Avoided())
    assert len(first.split()) >= SHARED
    assert frame_for("ask", "warm", language="en", draw=0.0, avoided=Avoided(last=(f"Well, {first}",))) != first
