"""The words of points: how they name the issues and options of an agenda, and their fixed words, in each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from functools import cached_property, lru_cache

from goodoffices.data_class import dataclass
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
class Language:
    """The fixed words of a point in one language."""

    on: str
    either: str
    stands: Mapping[Stand, str]
    only_if: str
    until: str
    instant: str
    months: tuple[str, ...] = ()
    retold: Mapping[str, Stand] = field(default_factory=dict)
    """How somebody says it who tells the words of others."""
    earlier: Mapping[str, Stand] = field(default_factory=dict)
    """Words that records of earlier versions hold; they are read, and not written any more."""

    @property
    def heard_stands(self) -> dict[str, Stand]:
        """The words of each stand as they are read: as its author, and as others retell it; earlier words too."""
        return {**{text: stand for stand, text in self.stands.items()}, **self.retold, **self.earlier}


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
            Stand.STAY_AWAY: "We stay away until this is agreed",
            Stand.LEAVE: "We leave the talks, because this is not agreed",
            Stand.RETURN: "We return, because this was met",
        },
        only_if=", only if on",
        until=", until",
        instant=r"(?P<hour>\d\d):(?P<minute>\d\d) on (?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})",
        months=_MONTHS,
        retold={
            "They ask": Stand.ASK,
            "They offer": Stand.OFFER,
            "They can accept": Stand.ACCEPT,
            "They cannot accept": Stand.REJECT,
            "They find it difficult": Stand.DIFFICULT,
            "They suggest": Stand.SUGGEST,
        },
        earlier={
            "We stay away": Stand.STAY_AWAY,
            "We leave the talks": Stand.LEAVE,
            "We return": Stand.RETURN,
        },
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
            Stand.STAY_AWAY: "نتغيّب عن الجلسات إلى أن يُتفق على ذلك",
            Stand.LEAVE: "نغادر المحادثات لأن ذلك لم يُتفق عليه",
            Stand.RETURN: "نعود إلى المحادثات لأن ذلك تحقق",
        },
        only_if="، فقط إذا كان في",
        until="، حتى الساعة",
        instant=r"(?P<hour>\d\d):(?P<minute>\d\d) يوم (?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})",
        retold={
            "يطلبون ذلك": Stand.ASK,
            "يعرضون ذلك": Stand.OFFER,
            "يمكنهم قبول ذلك": Stand.ACCEPT,
            "لا يمكنهم قبول ذلك": Stand.REJECT,
            "يرون في ذلك صعوبة": Stand.DIFFICULT,
            "يقترحون ذلك": Stand.SUGGEST,
        },
        earlier={
            "نتغيّب عن الجلسات": Stand.STAY_AWAY,
            "نغادر المحادثات": Stand.LEAVE,
            "نعود إلى المحادثات": Stand.RETURN,
        },
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
        return names_in(self, language).issues[slug]

    def option(self, issue: str, slug: str, language: str) -> str:
        """Return how a point names an option in ``language``."""
        return names_in(self, language).options[issue, slug]


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
class PointNames:
    """How points name things in one language, and every name by which they are recognised there."""

    issues: Mapping[str, str]
    options: Mapping[Chosen, str]
    heard_issues: Mapping[str, str]
    heard_options: Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=64)
def names_in(lexicon: Lexicon, language: str) -> PointNames:
    """Return how points name things in one language, and by which names they are recognised there."""
    texts = [[name.text for name in reversed(issue.question) if name.language == language] for issue in lexicon.issues]
    heard = _recognised([issue.slug for issue in lexicon.issues], texts, language)
    options: dict[Chosen, str] = {}
    heard_options: dict[str, Mapping[str, str]] = {}
    for issue in lexicon.issues:
        named = [[name.text for name in option.names if name.language == language] for option in issue.options]
        own = _recognised([option.slug for option in issue.options], named, language)
        heard_options[issue.slug] = own
        options.update({(issue.slug, slug): text for slug, text in _first(own).items()})
    return PointNames(issues=_first(heard), options=options, heard_issues=heard, heard_options=heard_options)


def _first(heard: Mapping[str, str]) -> dict[str, str]:
    written: dict[str, str] = {}
    for text, slug in heard.items():
        written.setdefault(slug, text)
    return written


def _recognised(slugs: list[str], texts: list[list[str]], language: str) -> dict[str, str]:
    """Return slug by name, the name to write first. A name that two things have, or that is not found again, is out."""
    words = LANGUAGES[language]
    several = [[*own, slug.replace("-", " "), slug] for slug, own in zip(slugs, texts, strict=True)]
    cleaned = [list(dict.fromkeys(clean(text) for text in own)) for own in several]
    counts = Counter(text.casefold() for own in cleaned for text in own)
    heard: dict[str, str] = {}
    for slug, own in zip(slugs, cleaned, strict=True):
        for text in own:
            fits = text and counts[text.casefold()] == 1 and not _confuses(text, words)
            if fits or text == slug:
                heard[text] = slug
    return heard


def clean(text: str) -> str:
    """Return a name without the marks at its ends and with single spaces."""
    return " ".join(text.split()).strip("?؟.:؛;،, ")


def _confuses(text: str, words: Language) -> bool:
    """Return whether a name could be taken for another part of a point."""
    padded = f" {text} ".casefold()
    parts = (f" {words.either} ", words.only_if, words.until, ". ", "\n")
    return any(part.casefold() in padded for part in parts) or any(
        s.casefold() in padded for s in words.stands.values()
    )
