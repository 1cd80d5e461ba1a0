"""Points: the sentences of a paper that an automated seat reads.

A point has a fixed form: ``On access: Everywhere. We can accept, only if on monitoring: A committee.`` People write
them like any other sentence. Nothing else in a paper is interpreted. A sentence that looks like a point and is not one
gives a question back, and never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from goodoffices.data_class import dataclass
from goodoffices.languages import semicolon
from goodoffices.names import nearest_word
from goodoffices.rehearsal.seats.lexicon import LANGUAGES, Chosen, Language, Lexicon, Stand, clean, names_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point: an issue, one option or two at once, what is said of it, on which conditions, until when."""

    issue: str
    options: tuple[str, ...]
    stand: Stand
    only_if: tuple[Chosen, ...] = ()
    until: datetime | None = None

    @property
    def option(self) -> str:
        """The option, or the first if two are named at once."""
        return self.options[0]


# ---------------------------------------------------------------------------------------------------------- writing


def write_point(point: Point, lexicon: Lexicon, language: str = "en", *, is_told: bool = False) -> str:
    """Return a point as one sentence pair. :func:`read_points` reads it back.

    With ``is_told`` it is what others say, in the mouth of somebody who tells it: *they ask* and not *we ask*.

    Raises ``KeyError`` for an issue or option that is not on the agenda, or a language without points.
    """
    words = LANGUAGES[language]
    either = f" {words.either} ".join(lexicon.option(point.issue, option, language) for option in point.options)
    conditions = "".join(
        f"{words.only_if} {lexicon.issue(issue, language)}: {lexicon.option(issue, option, language)}"
        for issue, option in point.only_if
    )
    until = "" if point.until is None else f"{words.until} {_instant_text(point.until, lexicon.zone, words)}"
    said = next((text for text, stand in words.retold.items() if is_told and stand is point.stand), None)
    stand = words.stands[point.stand] if said is None else said
    return f"{words.on} {lexicon.issue(point.issue, language)}: {either}. {stand}{conditions}{until}."


def clause_sentence(issue: str, option: str, lexicon: Lexicon, language: str = "en") -> str:
    """Return the sentence of a text that says that an option holds: a point without what anybody says of it."""
    return f"{LANGUAGES[language].on} {lexicon.issue(issue, language)}: {lexicon.option(issue, option, language)}."


def write_points(points: Iterable[Point], lexicon: Lexicon, language: str = "en", *, is_told: bool = False) -> str:
    """Return points as sentences, one line each; with ``is_told`` as somebody tells them who carries them."""
    return "\n".join(write_point(point, lexicon, language, is_told=is_told) for point in points)


def _instant_text(at: datetime, zone: str, words: Language) -> str:
    local = at.astimezone(ZoneInfo(zone))
    if words.months:
        return f"{local:%H:%M} on {local.day} {words.months[local.month - 1]} {local.year}"
    return f"{local:%H:%M} يوم {local.day}/{local.month}/{local.year}"


# ---------------------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What has to be asked of a paper: which point it makes, which issue or option it means, or what it says of it.

    ``sort`` is *which*, *near* or *stand*; ``issue`` is the issue that is asked about, if the words name one.
    """

    sort: str
    issue: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in a paper: its points, and what has to be asked because it is not a point.

    ``questions`` say in words what is ``asked``, in the same order.
    """

    points: tuple[Point, ...] = ()
    asked: tuple[Asked, ...] = ()
    questions: tuple[str, ...] = ()


_NEAR: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Do you mean the issue {issue}? We could not place these words: {words}",
        "Is this about {issue}? These words we could not place: {words}",
        "Would the issue be {issue}? What we could not place is this: {words}",
        "Should we read {issue} here? The words are these: {words}",
        "Did you want to name {issue}? We did not find the issue in this: {words}",
        "May we take this for {issue}? It stands as follows: {words}",
    ),
    "ar": (
        "هل تقصدون مسألة {issue}؟ لم نستطع تحديد موضع هذه الكلمات: {words}",
        "أهذا عن {issue}؟ كلمات لم نجد موضعها: {words}",
        "أتكون المسألة {issue}؟ ما لم نجد موضعه هو: {words}",
        "هل نقرأ هنا {issue}؟ الكلمات هي: {words}",
        "هل أردتم تسمية {issue}؟ لم نجد المسألة في هذا: {words}",
        "هل نعدّ هذا عن {issue}؟ نصّه كما يلي: {words}",
    ),
}
_STAND: Mapping[str, tuple[str, ...]] = {
    "en": (
        "What do you say of it? We read: we ask, we offer, we can accept, we cannot accept. You: {words}",
        "Do you ask this, offer it, accept it or refuse it? Your words: {words}",
        "Is it something that you ask, offer or can accept? It says only: {words}",
        "Asked, offered, accepted or refused: which is it? We have: {words}",
        "How do you stand to this: we ask, we offer, we can accept, we cannot accept? You wrote: {words}",
        "May we know whether you ask it, offer it or can accept it? It reads: {words}",
    ),
    "ar": (
        "ما قولكم فيه؟ نقرأ: نطلب، نعرض، يمكننا قبول، لا يمكننا قبول. كلماتكم: {words}",
        "أتطلبون هذا أم تعرضونه أم تقبلونه أم ترفضونه؟ عبارتكم: {words}",
        "أهو ما تطلبونه أم تعرضونه أم يمكنكم قبوله؟ لا يقول إلا: {words}",
        "مطلوب أم معروض أم مقبول أم مرفوض، أيّها؟ لدينا: {words}",
        "ما موقفكم منه: نطلب، نعرض، يمكننا قبول، لا يمكننا قبول؟ كتبتم: {words}",
        "هل لنا أن نعرف أتطلبونه أم تعرضونه أم يمكنكم قبوله؟ نصّه: {words}",
    ),
}
_WHICH: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Which point do you make on {issue}, where we know these: {known}?",
        "Of these on {issue}, which do you ask, offer or accept: {known}?",
        "May we hear from you on {issue}, where the choice is this: {known}?",
        "Where do you stand on {issue}, of which these are named: {known}?",
        "What do you say on {issue} to each of these: {known}?",
        "Could you say which of these you mean on {issue}: {known}?",
    ),
    "ar": (
        "ما النقطة التي تقصدونها في {issue}، ونعرف فيها ما يلي: {known}؟",
        "أيًّا مما يلي تطلبون أو تعرضون أو تقبلون في {issue}: {known}؟",
        "هل نسمع منكم في {issue}، والخيارات هي: {known}؟",
        "أين تقفون في {issue}، وقد ذُكر فيها ما يلي: {known}؟",
        "ماذا تقولون في {issue} عن كل مما يلي: {known}؟",
        "هل تقولون أيًّا مما يلي تقصدون في {issue}: {known}؟",
    ),
}
"""Ways to ask which point somebody makes. Each names all options of an issue and takes none of them up."""


@lru_cache(maxsize=4096)
def read_points(text: str, lexicon: Lexicon, language: str = "en") -> Reading:
    """Read the points of a paper.

    Parameters
    ----------
    text
        The whole paper. What is not a point is passed over.
    lexicon
        The issues and options that can be named.
    language
        The language of the paper. In a language without points everything gives a question.

    Returns
    -------
    Reading
        The points, in order, and questions on what looks like a point and is not one. A paper without any point gives
        one question.
    """
    if language not in LANGUAGES:
        return Reading(asked=(WHICH,), questions=(question(WHICH, lexicon),))
    plain = " ".join(text.split())
    points: list[Point] = []
    rest: list[str] = []
    at = 0
    for found in _pattern(lexicon, language).finditer(plain):
        point = _point(found, lexicon, language)
        if point is not None:
            rest.append(plain[at : found.start()])
            at = found.end()
            points.append(point)
    rest.append(plain[at:])
    asked = tuple(dict.fromkeys(one for piece in rest for one in _asked(piece, lexicon, language)))
    if not points and not asked:
        asked = (WHICH,)
    said = tuple(question(one, lexicon, language) for one in asked)
    return Reading(points=tuple(points), asked=asked, questions=said)


WHICH = Asked(sort="which")
"""What is asked of a paper in which nothing looks like a point."""


def question(asked: Asked, lexicon: Lexicon, language: str = "en", *, way: int = 0) -> str:
    """Return a question on a paper in words, in one of several ways: no two seats have to ask with the same words."""
    if asked.sort == "which":
        slugs = [issue.slug for issue in lexicon.issues]
        return question_on(lexicon, slugs.index(asked.issue) if asked.issue else 0, language, way=way)
    ways = (_NEAR if asked.sort == "near" else _STAND)[language]
    return ways[way % len(ways)].format(issue=asked.issue, words=asked.words)


def question_on(lexicon: Lexicon, number: int, language: str = "en", *, way: int = 0) -> str:
    """Return the question which point somebody makes on an issue of the agenda, by number, in one of several ways.

    It names all options of the issue and takes none of them up, so that nobody reads it as an offer.
    """
    ways = _WHICH[language]
    asked = ways[way % len(ways)]
    if not lexicon.issues:
        return asked.format(issue="…", known="…")
    issue = lexicon.issues[number % len(lexicon.issues)].slug
    known = semicolon(language).join(lexicon.option(issue, option, language) for option in lexicon.options_of(issue))
    return asked.format(issue=lexicon.issue(issue, language), known=known)


@lru_cache(maxsize=64)
def _questions_on(lexicon: Lexicon, language: str) -> frozenset[str]:
    issues, ways = range(len(lexicon.issues)), range(len(_WHICH[language]))
    return frozenset(question_on(lexicon, number, language, way=way) for number in issues for way in ways)


def asks_for_a_point(text: str, lexicon: Lexicon, language: str = "en") -> bool:
    """Return whether a paper asks somebody for a point: to such a paper nobody puts a question of that sort in turn."""
    if language not in LANGUAGES:
        return False
    begins = tuple(way.partition("{")[0] for way in (*_NEAR[language], *_STAND[language]))
    return any(line.startswith(begins) or line in _questions_on(lexicon, language) for line in text.split("\n"))


def _any_of(texts: Iterable[str]) -> str:
    """Return a pattern for any of the texts, the longest first, so that none hides a longer one."""
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))


@lru_cache(maxsize=64)
def _pattern(lexicon: Lexicon, language: str) -> re.Pattern[str]:
    """Return the pattern of a point, with one branch for each issue because each has its own options."""
    words, names = LANGUAGES[language], names_in(lexicon, language)
    branches = []
    for number, issue in enumerate(lexicon.issues):
        own = _any_of(text for text, slug in names.heard_issues.items() if slug == issue.slug)
        options = _any_of(names.heard_options[issue.slug])
        branches.append(rf"(?:{own})\s*:\s*(?P<o{number}>(?:{options})(?:\s+{words.either}\s+(?:{options}))*)")
    stands = _any_of(words.heard_stands)
    conditions = "|".join(
        rf"(?:{_any_of(text for text, slug in names.heard_issues.items() if slug == issue.slug)})\s*:\s*"
        rf"(?:{_any_of(names.heard_options[issue.slug])})"
        for issue in lexicon.issues
    )
    whole = (
        rf"(?<!\w){words.on}\s+(?:{'|'.join(branches)})\s*\.\s*(?P<stand>{stands})"
        rf"(?P<conditions>(?:{words.only_if}\s+(?:{conditions}))*)"
        rf"(?:{words.until}\s+(?P<until>{words.instant}))?\s*\."
    )
    return re.compile(whole if lexicon.issues else r"(?!)", re.IGNORECASE)


def _point(found: re.Match[str], lexicon: Lexicon, language: str) -> Point | None:
    """Return the point that was found, or ``None`` if its time is not a time."""
    words, names = LANGUAGES[language], names_in(lexicon, language)
    number = next(k for k in range(len(lexicon.issues)) if found[f"o{k}"] is not None)
    issue = lexicon.issues[number].slug
    options = _folded(names.heard_options[issue])
    either = re.split(rf"\s+{words.either}\s+", found[f"o{number}"], flags=re.IGNORECASE)
    stand = _folded_stands(words)[found["stand"].casefold()]
    until = None
    if found["until"] is not None:
        until = _instant(found, lexicon.zone, words)
        if until is None:
            return None
    return Point(
        issue=issue,
        options=tuple(dict.fromkeys(options[text.casefold()] for text in either)),
        stand=stand,
        only_if=tuple(_conditions(found["conditions"], lexicon, language)),
        until=until,
    )


def _folded_stands(words: Language) -> dict[str, Stand]:
    return {text.casefold(): stand for text, stand in words.heard_stands.items()}


def _folded(heard: Mapping[str, str]) -> dict[str, str]:
    return {text.casefold(): slug for text, slug in heard.items()}


def _conditions(text: str, lexicon: Lexicon, language: str) -> Iterable[Chosen]:
    words, names = LANGUAGES[language], names_in(lexicon, language)
    issues = _folded(names.heard_issues)
    for part in re.split(rf"{words.only_if}\s+", text, flags=re.IGNORECASE)[1:]:
        for named, slug in issues.items():
            head = re.match(rf"{re.escape(named)}\s*:\s*", part, re.IGNORECASE)
            option = None if head is None else _folded(names.heard_options[slug]).get(part[head.end() :].casefold())
            if option is not None:
                yield slug, option
                break


def _instant(found: re.Match[str], zone: str, words: Language) -> datetime | None:
    month = found["month"]
    number = words.months.index(month.capitalize()) + 1 if month.capitalize() in words.months else 0
    try:
        return datetime(
            int(found["year"]),
            number if words.months else int(month),
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            tzinfo=ZoneInfo(zone),
        )
    except ValueError:
        return None


def _asked(piece: str, lexicon: Lexicon, language: str) -> Iterable[Asked]:
    """Yield what has to be asked about words outside the points that look like a point."""
    words, names = LANGUAGES[language], names_in(lexicon, language)
    issues = _folded(names.heard_issues)
    for sentence in re.finditer(rf"(?<!\w){words.on}\s+([^:.]{{1,80}}):\s*([^.]*)\.?", piece, re.IGNORECASE):
        named, rest = clean(sentence[1]).casefold(), clean(sentence[2])
        if named not in issues:
            near = nearest_word(named, issues)
            if near is not None:
                yield Asked(sort="near", issue=near, words=sentence[0].strip())
        elif rest.casefold() in _folded(names.heard_options[issues[named]]):
            yield Asked(sort="stand", words=sentence[0].strip())
        else:
            yield Asked(sort="which", issue=issues[named])


def read_as(text: str, lexicon: Lexicon, language: str = "en") -> tuple[str, ...]:
    """Return what automated seats will read in a paper, for the page on which it is written: a line for each point.

    A line follows for each question that they will ask.
    """
    reading = read_points(text, lexicon, language)
    known = language if language in LANGUAGES else "en"
    return (*(write_point(p, lexicon, known) for p in reading.points), *reading.questions)
