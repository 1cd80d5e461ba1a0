"""Points: what is written is read back, in English and Arabic; anything else gives a question."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from goodoffices.rehearsal.seats.lexicon import LANGUAGES, Lexicon, Stand
from goodoffices.rehearsal.seats.points import (
    WHICH,
    Asked,
    Point,
    asks_for_a_point,
    question,
    read_as,
    read_points,
    write_point,
    write_points,
)
from goodoffices.talks.model.actors import Name
from goodoffices.talks.model.agenda import AgendaIssue, Option


def issue(slug: str, question: dict[str, list[str]], options: dict[str, dict[str, str]]) -> AgendaIssue:
    return AgendaIssue(
        slug=slug,
        question=tuple(Name(text=text, language=lang) for lang, texts in question.items() for text in texts),
        options=tuple(
            Option(slug=o, names=tuple(Name(text=text, language=lang) for lang, text in names.items()))
            for o, names in options.items()
        ),
    )


LEXICON = Lexicon(
    issues=(
        issue(
            "access",
            {"en": ["How does aid reach people?", "access"], "ar": ["كيف تصل المساعدات؟", "وصول المساعدات"]},
            {
                "everywhere": {"en": "Everywhere, on notice to both sides", "ar": "في كل مكان بعد إخطار الطرفين"},
                "named": {"en": "First to named places", "ar": "إلى أماكن مسمّاة أولًا"},
                "case": {"en": "Case by case"},
            },
        ),
        issue(
            "next-round",
            {"en": ["Where does it go on?"]},
            {
                "both": {"en": "Both: cease-fire here, politics there"},
                "here": {},
                "here-or-there": {"en": "here or there"},
            },
        ),
    ),
    zone="Asia/Almaty",
)

NAMES = st.text(alphabet="ab or:.?Wenخذ -", max_size=12)
MINUTES = st.integers(0, 500_000).map(lambda n: datetime(2017, 1, 1, tzinfo=UTC) + timedelta(minutes=n))
SLUGS = st.from_regex(r"[a-z]([a-z-]{0,6}[a-z])?", fullmatch=True)


@st.composite
def lexicons(draw: st.DrawFn) -> Lexicon:
    issues = []
    for slug in draw(st.lists(SLUGS, min_size=1, max_size=4, unique=True)):
        texts = {lang: draw(st.lists(NAMES, max_size=2)) for lang in LANGUAGES}
        options = {
            o: {lang: draw(NAMES) for lang in LANGUAGES}
            for o in draw(st.lists(SLUGS, min_size=2, max_size=4, unique=True))
        }
        issues.append(issue(slug, texts, options))
    return Lexicon(issues=tuple(issues), zone="Asia/Almaty")


@st.composite
def points(draw: st.DrawFn, lexicon: Lexicon) -> Point:
    def chosen() -> tuple[str, str]:
        one = draw(st.sampled_from(lexicon.issues))
        return one.slug, draw(st.sampled_from(one.options)).slug

    one = draw(st.sampled_from(lexicon.issues))
    options = st.sampled_from([o.slug for o in one.options])
    return Point(
        issue=one.slug,
        options=tuple(draw(st.lists(options, min_size=1, max_size=2, unique=True))),
        stand=draw(st.sampled_from(Stand)),
        only_if=tuple(chosen() for _ in range(draw(st.integers(0, 2)))),
        until=draw(st.none() | MINUTES),
    )


@pytest.mark.slow
@given(st.data(), st.sampled_from(sorted(LANGUAGES)))
def test_what_is_written_is_read_back_whatever_the_agenda_is_called(data: st.DataObject, language: str) -> None:
    lexicon = data.draw(lexicons())
    written = [data.draw(points(lexicon)) for _ in range(data.draw(st.integers(1, 3)))]
    assert read_points(write_points(written, lexicon, language), lexicon, language).points == tuple(written)


@pytest.mark.slow
@given(st.data())
def test_a_point_means_the_same_in_both_languages(data: st.DataObject) -> None:
    point = data.draw(points(LEXICON))
    [english] = read_points(write_point(point, LEXICON, "en"), LEXICON, "en").points
    [arabic] = read_points(write_point(point, LEXICON, "ar"), LEXICON, "ar").points
    assert english == arabic == point


@given(st.text(max_size=200), st.sampled_from(["en", "ar", "ru"]))
def test_any_words_give_points_or_a_question_and_never_an_error(text: str, language: str) -> None:
    reading = read_points(text, LEXICON, language)
    assert reading.points or reading.questions


def test_a_point_is_an_ordinary_sentence_in_a_paper() -> None:
    text = "We thank the envoy. On access: First to named places. We can accept, only if on next round: here. We wait."
    assert read_points(text, LEXICON).points == (
        Point(issue="access", options=("named",), stand=Stand.ACCEPT, only_if=(("next-round", "here"),)),
    )
    assert read_points(text, LEXICON).questions == ()


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("We want peace.", "Which point do you make on "),
        ("On access: Tomorrow. We can accept.", "Which point do you make on access, "),
        ("On acces: Case by case. We can accept.", "Do you mean the issue access?"),
        ("On access: Case by case. We like it.", "What do you say of it?"),
        ("On access: Case by case. We can accept, until 25:00 on 1 May 2017.", "What do you say of it?"),
    ],
)
def test_what_is_no_point_gives_a_question_and_never_a_guess(text: str, asks: str) -> None:
    reading = read_points(text, LEXICON)
    assert reading.points == ()
    assert len(reading.questions) == 1
    assert reading.questions[0].startswith(asks)


def test_two_options_at_once_are_read_as_two() -> None:
    [point] = read_points("On access: Case by case or First to named places. We offer.", LEXICON).points
    assert point.options == ("case", "named")


def test_who_retells_a_point_in_the_third_person_is_read() -> None:
    for language, words in LANGUAGES.items():
        for retold, stand in words.retold.items():
            point = Point(issue="access", options=("case",), stand=stand)
            told = write_point(point, LEXICON, language).replace(words.stands[stand], retold)
            assert read_points(f"The other side: {told}", LEXICON, language).points == (point,), told


def test_a_question_is_never_read_as_a_point_and_never_asked_back() -> None:
    for language in LANGUAGES:
        for way in range(6):
            asked = [Asked(sort="near", issue="access", words="acess: by boat"), Asked(sort="stand", words="…"), WHICH]
            asked.append(Asked(sort="which", issue="access"))
            said = [question(one, LEXICON, language, way=way) for one in asked]
            assert len(set(said)) >= 3
            for text in said:
                assert read_points(text, LEXICON, language).points == ()
                assert asks_for_a_point(f"We have it.\n{text}", LEXICON, language), text
    assert not asks_for_a_point("We want peace.", LEXICON)


def test_no_two_ways_to_ask_share_their_words() -> None:
    for language in LANGUAGES:
        for asked in (Asked(sort="near", issue="access", words="x"), Asked(sort="stand", words="x"), WHICH):
            said = [question(asked, LEXICON, language, way=way) for way in range(6)]
            assert len(set(said)) == 6


def test_the_writing_sheet_shows_what_will_be_read() -> None:
    lines = read_as("Dear all. on ACCESS: case by case. we cannot accept.", LEXICON)
    assert lines == ("On access: Case by case. We cannot accept.",)
