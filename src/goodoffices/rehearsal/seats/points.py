"""Points: the sentences of a paper that an automated seat reads.

A point has a fixed form: ``On access: Everywhere. We can accept, only if on monitoring: A committee.`` People write them
like any other sentence. Nothing else in a paper is interpreted. A sentence that looks like a point and is not one gives
a question back, and never a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from goodoffices.nearest import nearest_word
from goodoffices.talks.model.agenda import AgendaIssue, Basket


class Stand(StrEnum):
    """What a point says of an option."""

    ASK = "ask"
    OFFER = "offer"
    ACCEPT = "can-accept"
    REJECT = "cannot-accept"
    DIFFICULT = "difficult"
    SUGGEST = "suggest"
    STAY_AWAY = "stay-away"
    LEAVE = "leave"
    RETURN = "return"

    @property
    def gives(self) -> bool:
        """Whether it lets the others have the option."""
        return self in (Stand.OFFER, Stand.ACCEPT)


Chosen = tuple[str, str]
"""An issue and an option of it, by their slugs."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The fixed words of a point in one language."""

    on: str
    either: str
    stands: Mapping[Stand, str]
    only_if: str
    until: str
    instant: str
    months: tuple[str, ...] = ()


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

LANGUAGES: Mapping[str, Language] = {
    "en": Language(
        on="On",
        either="or",
        stands={
            Stand.ASK: "We ask",
            Stand.OFFER: "We offer",
            Stand.ACCEPT: "We can accept",
            Stand.REJECT: "We cannot accept",
            Stand.DIFFICULT: "We find it difficult",
            Stand.SUGGEST: "We suggest",
            Stand.STAY_AWAY: "We stay away",
            Stand.LEAVE: "We leave the talks",
            Stand.RETURN: "We return",
        },
        only_if=", only if on",
        until=", until",
        instant=r"(?P<hour>\d\d):(?P<minute>\d\d) on (?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})",
        months=_MONTHS,
    ),
    "ar": Language(
        on="في",
        either="أو",
        stands={
            Stand.ASK: "نطلب ذلك",
            Stand.OFFER: "نعرض ذلك",
            Stand.ACCEPT: "يمكننا قبول ذلك",
            Stand.REJECT: "لا يمكننا قبول ذلك",
            Stand.DIFFICULT: "نرى في ذلك صعوبة",
            Stand.SUGGEST: "نقترح ذلك",
            Stand.STAY_AWAY: "نتغيّب عن الجلسات",
            Stand.LEAVE: "نغادر المحادثات",
            Stand.RETURN: "نعود إلى المحادثات",
        },
        only_if="، فقط إذا كان في",
        until="، حتى الساعة",
        instant=r"(?P<hour>\d\d):(?P<minute>\d\d) يوم (?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})",
    ),
}
"""The languages in which points are written and read."""


@dataclass(frozen=True)
class Lexicon:
    """The issues and options of an agenda, as points name them in each language, and the time zone of the talks."""

    issues: tuple[AgendaIssue, ...]
    zone: str = "UTC"

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Every sentence that is read asks for it, and it goes through all names of the agenda.
        return hash((self.issues, self.zone))

    def options_of(self, issue: str) -> tuple[str, ...]:
        """Return the slugs of the options of ``issue``, or none if it is not on the agenda."""
        return next((tuple(o.slug for o in one.options) for one in self.issues if one.slug == issue), ())

    def issue(self, slug: str, language: str) -> str:
        """Return how a point names an issue in ``language``."""
        return _names(self, language).issues[slug]

    def option(self, issue: str, slug: str, language: str) -> str:
        """Return how a point names an option in ``language``."""
        return _names(self, language).options[issue, slug]


class Same:
    """One object as the key of a cache, by what it is and not by what it holds."""

    __slots__ = ("held",)

    def __init__(self, held: object) -> None:
        self.held = held

    def __hash__(self) -> int:
        return id(self.held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.held is other.held


def lexicon_of(agenda: tuple[Basket, ...], zone: str = "UTC") -> Lexicon:
    """Return the words for the points on an agenda."""
    return _lexicon_of(Same(agenda), zone)


@lru_cache(maxsize=64)
def _lexicon_of(agenda: Same, zone: str) -> Lexicon:
    held: tuple[Basket, ...] = agenda.held  # type: ignore[assignment]
    return _one_of(Lexicon(issues=tuple(issue for basket in held for issue in basket.issues), zone=zone))


@lru_cache(maxsize=64)
def _one_of(lexicon: Lexicon) -> Lexicon:
    """Return the first lexicon that is equal to this one, so that they need not be compared name by name again."""
    return lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """How points name things in one language, and every name by which they are recognised there."""

    issues: Mapping[str, str]
    options: Mapping[Chosen, str]
    heard_issues: Mapping[str, str]
    heard_options: Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=64)
def _names(lexicon: Lexicon, language: str) -> _Names:
    texts = [
        [name.text for name in reversed(issue.question) if name.language == language] for issue in lexicon.issues
    ]
    heard = _recognised([issue.slug for issue in lexicon.issues], texts, language)
    options: dict[Chosen, str] = {}
    heard_options: dict[str, Mapping[str, str]] = {}
    for issue in lexicon.issues:
        named = [[name.text for name in option.names if name.language == language] for option in issue.options]
        own = _recognised([option.slug for option in issue.options], named, language)
        heard_options[issue.slug] = own
        options.update({(issue.slug, slug): text for slug, text in _first(own).items()})
    return _Names(issues=_first(heard), options=options, heard_issues=heard, heard_options=heard_options)


def _first(heard: Mapping[str, str]) -> dict[str, str]:
    written: dict[str, str] = {}
    for text, slug in heard.items():
        written.setdefault(slug, text)
    return written


def _recognised(slugs: list[str], texts: list[list[str]], language: str) -> dict[str, str]:
    """Return slug by name, the name to write first. A name that two things have, or that cannot be found again, is out."""
    words = LANGUAGES[language]
    several = [[*own, slug.replace("-", " "), slug] for slug, own in zip(slugs, texts, strict=True)]
    cleaned = [list(dict.fromkeys(_clean(text) for text in own)) for own in several]
    counts = Counter(text.casefold() for own in cleaned for text in own)
    heard: dict[str, str] = {}
    for slug, own in zip(slugs, cleaned, strict=True):
        for text in own:
            fits = text and counts[text.casefold()] == 1 and not _confuses(text, words)
            if fits or text == slug:
                heard[text] = slug
    return heard


def _clean(text: str) -> str:
    return " ".join(text.split()).strip("?؟.:؛;،, ")


def _confuses(text: str, words: Language) -> bool:
    """Return whether a name could be taken for another part of a point."""
    padded = f" {text} ".casefold()
    parts = (f" {words.either} ", words.only_if, words.until, ". ", "\n")
    return any(part.casefold() in padded for part in parts) or any(s.casefold() in padded for s in words.stands.values())


# ---------------------------------------------------------------------------------------------------------- writing


def write_point(point: Point, lexicon: Lexicon, language: str = "en") -> str:
    """Return a point as one sentence pair. :func:`read_points` reads it back.

    Raises ``KeyError`` for an issue or option that is not on the agenda, or a language without points.
    """
    words = LANGUAGES[language]
    either = f" {words.either} ".join(lexicon.option(point.issue, option, language) for option in point.options)
    conditions = "".join(
        f"{words.only_if} {lexicon.issue(issue, language)}: {lexicon.option(issue, option, language)}"
        for issue, option in point.only_if
    )
    until = "" if point.until is None else f"{words.until} {_instant_text(point.until, lexicon.zone, words)}"
    return f"{words.on} {lexicon.issue(point.issue, language)}: {either}. {words.stands[point.stand]}{conditions}{until}."


def write_points(points: Iterable[Point], lexicon: Lexicon, language: str = "en") -> str:
    """Return points as sentences, one line each."""
    return "\n".join(write_point(point, lexicon, language) for point in points)


def _instant_text(at: datetime, zone: str, words: Language) -> str:
    local = at.astimezone(ZoneInfo(zone))
    if words.months:
        return f"{local:%H:%M} on {local.day} {words.months[local.month - 1]} {local.year}"
    return f"{local:%H:%M} يوم {local.day}/{local.month}/{local.year}"


# ---------------------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in a paper: its points, and what has to be asked because it is no point."""

    points: tuple[Point, ...] = ()
    questions: tuple[str, ...] = ()


_QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "none": "Which point do you make? Write it as: On {issue}: {option}. We can accept.",
        "near": "Do you mean the issue {near}? We could not place these words: {words}",
        "option": "Which option do you mean on {issue}? We know: {known}.",
        "stand": "What do you say of it? We read: we ask, we offer, we can accept, we cannot accept. Your words: {words}",
    },
    "ar": {
        "none": "ما النقطة التي تقصدونها؟ اكتبوها هكذا: في {issue}: {option}. يمكننا قبول ذلك.",
        "near": "هل تقصدون مسألة {near}؟ لم نستطع تحديد موضع هذه الكلمات: {words}",
        "option": "أي خيار تقصدون في {issue}؟ نعرف: {known}.",
        "stand": "ما قولكم فيه؟ نقرأ: نطلب، نعرض، يمكننا قبول، لا يمكننا قبول. كلماتكم: {words}",
    },
}


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
        return Reading(questions=(_QUESTIONS["en"]["none"].format(**_example(lexicon, "en")),))
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
    questions = [q for piece in rest for q in _asked(piece, lexicon, language)]
    if not points and not questions:
        questions.append(_QUESTIONS[language]["none"].format(**_example(lexicon, language)))
    return Reading(points=tuple(points), questions=tuple(dict.fromkeys(questions)))


def _example(lexicon: Lexicon, language: str) -> dict[str, str]:
    if not lexicon.issues:
        return {"issue": "…", "option": "…"}
    first = lexicon.issues[0]
    option = lexicon.option(first.slug, first.options[0].slug, language)
    return {"issue": lexicon.issue(first.slug, language), "option": option}


def _any_of(texts: Iterable[str]) -> str:
    """Return a pattern for any of the texts, the longest first, so that none hides a longer one."""
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))


@lru_cache(maxsize=64)
def _pattern(lexicon: Lexicon, language: str) -> re.Pattern[str]:
    """Return the pattern of a point, with one branch for each issue because each has its own options."""
    words, names = LANGUAGES[language], _names(lexicon, language)
    branches = []
    for number, issue in enumerate(lexicon.issues):
        own = _any_of(text for text, slug in names.heard_issues.items() if slug == issue.slug)
        options = _any_of(names.heard_options[issue.slug])
        branches.append(
            rf"(?:{own})\s*:\s*(?P<o{number}>(?:{options})(?:\s+{words.either}\s+(?:{options}))*)"
        )
    stands = _any_of(words.stands.values())
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
    words, names = LANGUAGES[language], _names(lexicon, language)
    number = next(k for k in range(len(lexicon.issues)) if found[f"o{k}"] is not None)
    issue = lexicon.issues[number].slug
    options = _folded(names.heard_options[issue])
    either = re.split(rf"\s+{words.either}\s+", found[f"o{number}"], flags=re.IGNORECASE)
    stand = next(s for s, text in words.stands.items() if text.casefold() == found["stand"].casefold())
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


def _folded(heard: Mapping[str, str]) -> dict[str, str]:
    return {text.casefold(): slug for text, slug in heard.items()}


def _conditions(text: str, lexicon: Lexicon, language: str) -> Iterable[Chosen]:
    words, names = LANGUAGES[language], _names(lexicon, language)
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


def _asked(piece: str, lexicon: Lexicon, language: str) -> Iterable[str]:
    """Yield questions on words outside the points that look like a point."""
    words, names = LANGUAGES[language], _names(lexicon, language)
    for sentence in re.finditer(rf"(?<!\w){words.on}\s+([^:.]{{1,80}}):\s*([^.]*)\.?", piece, re.IGNORECASE):
        named, rest = _clean(sentence[1]).casefold(), _clean(sentence[2])
        issues = _folded(names.heard_issues)
        if named not in issues:
            near = nearest_word(named, issues)
            if near is not None:
                yield _QUESTIONS[language]["near"].format(near=near, words=sentence[0].strip())
            continue
        issue = issues[named]
        if rest.casefold() in _folded(names.heard_options[issue]):
            yield _QUESTIONS[language]["stand"].format(words=sentence[0].strip())
        else:
            known = "; ".join(lexicon.option(issue, o, language) for o in lexicon.options_of(issue))
            yield _QUESTIONS[language]["option"].format(issue=lexicon.issue(issue, language), known=known)


_READ_AS = {"en": "They will read this as:", "ar": "سيقرؤون هذا هكذا:"}


def read_as(text: str, lexicon: Lexicon, language: str = "en") -> tuple[str, ...]:
    """Return what automated seats will read in a paper, for the sheet on which it is written.

    The first line is *They will read this as:*. One line for each point or question follows.
    """
    reading = read_points(text, lexicon, language)
    known = language if language in LANGUAGES else "en"
    return (_READ_AS[known], *(write_point(p, lexicon, known) for p in reading.points), *reading.questions)
