"""How a claim is shown: what it says, on whose word, through whom, and the mark that stands for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from goodoffices.languages import comma, direction
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.tables import and_listed, capital, listed
from goodoffices.talks.base.enums import Strength, ValueKind
from goodoffices.talks.base.local_time import day_text
from goodoffices.talks.claims.later_words import later_word
from goodoffices.talks.commitments.queries import aspect_of
from goodoffices.talks.model.claims import Claim, Link, Value
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View

LETTERS = {
    Strength.DOCUMENT: "D",
    Strength.OWN_WORD: "W",
    Strength.NAMED: "N",
    Strength.UNNAMED: "U",
    Strength.INFERENCE: "I",
}
"""One letter for each strength of a claim, as it stands in a mark."""

_MEANINGS = {
    "D": "document",
    "W": "the speaker's own word",
    "N": "named source about others",
    "U": "source unnamed or unclear",
    "I": "inference",
}
_COUNTED = (ValueKind.NUMBER, ValueKind.AT_LEAST, ValueKind.RANGE)
_NUMBERS = {
    0: {"zero", "none", "no", "nobody"}, 1: {"one", "once", "single", "first"}, 2: {"two", "twice", "both"},
    3: {"three"}, 4: {"four"}, 5: {"five"}, 6: {"six", "sixth"}, 7: {"seven"}, 8: {"eight"}, 9: {"nine"}, 10: {"ten"},
    11: {"eleven"}, 12: {"twelve", "dozen"}, 13: {"thirteen"}, 14: {"fourteen"}, 15: {"fifteen"}, 16: {"sixteen"},
    17: {"seventeen"}, 18: {"eighteen"}, 19: {"nineteen"}, 20: {"twenty"}, 30: {"thirty"}, 40: {"forty"},
    50: {"fifty"}, 60: {"sixty"}, 70: {"seventy"}, 80: {"eighty"}, 90: {"ninety"}, 100: {"hundred"}, 1000: {"thousand"},
}  # fmt: skip
"""The words for round and small numbers, as claims state them."""
_MARK = re.compile(r"(?:\[|, )([^\s\[\],]+) ([DWNUI])(?=[\],])")

_ROW = re.compile(r"([a-z][0-9]+)(-.*)?")
SIDES = {
    "gov": ("close to the government", "close to the government of {country}"),
    "opp": ("close to the opposition", "close to the opposition of {country}"),
}
"""Whom an outlet is close to, by the end of a side's code: alone in the talks, and with the country."""


def claim_name(known: KnownClaim) -> str:
    """Return the name of a claim in a mark: ``F9`` of a claim called ``f9-count``, else its handle in the record."""
    found = _ROW.fullmatch(known.claim.slug)
    return known.handle if found is None else found[1].upper()


def claim_mark(known: KnownClaim) -> str:
    """Return the mark of a claim: its name, and the letter of its strength."""
    return f"[{claim_name(known)} {LETTERS[known.claim.strength]}]"


def legend_of(shown: str, *, is_invented: bool) -> str:
    """Return what the marks in ``shown`` mean, with one of them as example; nothing if there is none."""
    marks = _MARK.findall(shown)
    said = []
    if marks:
        letters = dict.fromkeys(letter for _, letter in marks)
        meant = ", ".join(f"{letter} {_MEANINGS[letter]}" for letter in _MEANINGS if letter in letters)
        said.append(f"A mark such as [{' '.join(marks[0])}] names a claim and says how it is known: {meant}.")
    return " ".join((*said, *(("~ is invented.",) if is_invented else ())))


def claim_of(view: View, slug: str | None) -> KnownClaim | None:
    """Return a claim by its slug, if this view has it."""
    if slug is None:
        return None
    return next((held for held in view.known.claims.values() if held.claim.slug == slug), None)


def stages(claim: Claim) -> Iterator[tuple[Link, ...]]:
    """Yield the steps of a chain, outermost first; the links of one step stand side by side."""
    step: list[Link] = []
    for link in claim.chain:
        if step and not link.beside:
            yield tuple(step)
            step = []
        step.append(link)
    if step:
        yield tuple(step)


def side_of(view: View, claim: Claim, link: Link) -> str | None:
    """Return the side that a link is close to: its own, else that of the publication of its name.

    A side that belongs to the publication of another link is never shown here.
    """
    if link.side is not None:
        return link.side
    source = view.known.sources.get(claim.source or "")
    if source is not None and source.publisher == link.speaker:
        return source.side
    if link.actor is not None:
        return None
    sides = {source.side for source in view.known.sources.values() if source.publisher == link.speaker}
    return sides.pop() if len(sides) == 1 else None


def language_of(view: View, claim: Claim, link: Link) -> str | None:
    """Return the language of a link's words: its own, else that of the claim's publication, if it is the publisher."""
    source = view.known.sources.get(claim.source or "")
    if link.language is not None or source is None or source.publisher != link.speaker:
        return link.language
    return source.language


def link_text(view: View, claim: Claim, link: Link, reader: str = "en") -> str:
    """Return a link with what is known of it: the side that it is close to, and its language if that is not English.

    ``reader`` is the language of the one who reads it, here and below.
    """
    language = language_of(view, claim, link)
    named = None if language in (None, "en") else in_language(language, reader)
    marks = comma(reader).join(mark for mark in (side_of(view, claim, link), named) if mark)
    return f"{link.speaker} ({marks})" if marks else link.speaker


def language_name(code: str | None, reader: str = "en") -> str:
    """Return the name of a language, or the code if it has none."""
    # Babel is slow to import, and most briefs name no language.
    from babel.core import Locale

    return str(Locale(reader).languages.get(code or "", code or ""))


def in_language(code: str | None, reader: str = "en") -> str:
    """Return that words are in a language."""
    return _said(Phrase("in {language}", language=language_name(code, reader)), reader)


def _said(phrase: Phrase, reader: str) -> str:
    """Return a phrase as plain text in the reader's language."""
    if reader == "en":
        return phrase
    from goodoffices.reports.messages.catalogues import catalogue_for

    return catalogue_for(reader).find(phrase.message)[0].format(**phrase.values)


def _and_listed(names: Iterable[str], reader: str) -> str:
    if reader == "en":
        return and_listed(names)
    from babel.lists import format_list

    *rest, last = [*names]
    made = str(format_list([*rest, last], locale=reader))
    # The Arabic *and* is written onto an Arabic name, and apart from any other.
    return made.replace(f"و{last}", f"و\u00a0{last}") if last[:1].isascii() and made.endswith(f"و{last}") else made


def side_words(view: View, side: str, reader: str = "en") -> str:
    """Return in words whom an outlet is close to: ``ru`` is Russia, ``sy-opp`` the opposition (of Syria).

    The country of a government or opposition is left out if the view knows of no other country with one.
    """
    from babel.core import Locale

    country, _, part = side.partition("-")
    name = Locale(reader).territories.get(country.upper())
    if name is None or (part and part not in SIDES):
        return _said(Phrase("close to {side}", side=side), reader)
    if part:
        sides = [source.side or "" for source in view.known.sources.values()]
        alone = {other.partition("-")[0] for other in sides if "-" in other} <= {country}
        near, near_of = SIDES[part]
        return _said(Phrase(near) if alone else Phrase(near_of, country=name), reader)
    return _said(Phrase("close to {side}", side=name), reader)


def chain_text(view: View, known: KnownClaim, reader: str = "en") -> str:
    """Return a claim's chain, outermost first, and its mark: ``A and B ← C [F9 N]``; A and B both pass C on."""
    steps = (
        _and_listed([link_text(view, known.claim, link, reader) for link in step], reader)
        for step in stages(known.claim)
    )
    # From the right the next link stands to the left, also between two names in Latin letters.
    arrow = "\u200f → \u200f" if reader != "en" and direction(reader) == "rtl" else " ← "
    return f"{arrow.join(steps)} {claim_mark(known)}"


def speaker_text(view: View, known: KnownClaim, reader: str = "en") -> str:
    """Return who speaks in a claim: the last step of its chain; an outlet close to a side is called so in words."""
    step = [*stages(known.claim)][-1]
    said, between = [], comma(reader)
    for link in step:
        side = side_of(view, known.claim, link)
        words = side_words(view, side or "", reader)
        # Among several outlets only a bracket says which one is close to a side.
        near = f"{link.speaker} ({words})" if len(step) > 1 else f"{link.speaker}{between}{words}{between.rstrip()}"
        said.append(link.speaker if side is None or link.actor is not None else near)
    return _and_listed(said, reader).rstrip(",،")


def on_whose_word(view: View, slug: str | None) -> str:
    """Return the chain of a claim by its slug; say so if nobody's word is known."""
    held = claim_of(view, slug)
    return "nobody’s word is known" if held is None else chain_text(view, held)


def on_whose_words(view: View, slugs: tuple[str, ...]) -> str:
    """Return the chains of several claims."""
    found = [held for slug in slugs if (held := claim_of(view, slug)) is not None]
    return listed(dict.fromkeys(chain_text(view, held) for held in found)) if found else "nobody’s word is known"


def value_text(view: View, value: Value) -> str:
    """Return a claim's value in words; a time is shown by the clock of the talks."""
    if value.kind in _COUNTED:
        return _ends_text(value)
    if value.kind is ValueKind.ACTORS:
        return and_listed(view.name(actor) for actor in value.actors) if value.actors else "nobody"
    if value.kind is ValueKind.YES_NO:
        return "yes" if value.yes else "no"
    if value.kind is ValueKind.INSTANT:
        if value.instant is not None:
            return view.time(value.instant)
        return "no date" if value.day is None else day_text(value.day)
    return value.words or ""


def _ends_text(value: Value) -> str:
    """Return a number with both its ends, whatever kind it was entered as: no end of it is left out."""
    if value.low is None:
        return "no number" if value.high is None else f"at most {value.high:,}"
    if value.high is not None and value.high != value.low:
        return f"{value.low:,} to {value.high:,}"
    at_least = value.kind is ValueKind.AT_LEAST or (value.kind is ValueKind.RANGE and value.high is None)
    return f"at least {value.low:,}" if at_least else f"{value.low:,}"


def subject_name(view: View, slug: str) -> str:
    """Return what a claim is about, by its name or title."""
    if slug in view.known.actors:
        return capital(view.name(slug))
    known = view.known
    titles = {held.round.slug: held.round.title for held in known.rounds.values()}
    titles |= {named.slug: named.title for named in known.header.texts}
    titles |= {held.terms.slug: held.terms.title for held in known.terms.values()}
    titles |= {area.slug: area.names[0].text for area in known.areas.values()}
    return capital(titles.get(slug, slug.replace("-", " ")))


def statement(view: View, known: KnownClaim) -> str:
    """Return what a claim says: its words, and its value where the words do not have it."""
    claim = known.claim
    value = value_text(view, claim.value)
    if not _has_sentence(claim):
        return f"{capital(with_value(aspect_of(view.known, claim), value))}. {claim.words}".removesuffix(". ")
    return _in_brackets(claim.words, value) if _adds(view, claim, value) else claim.words


def _has_sentence(claim: Claim) -> bool:
    """Return whether a claim has words of its own, and says its number in them if it states one."""
    return bool(claim.words) and (claim.value.kind not in _COUNTED or _has_number(claim.words, claim.value))


def full_statement(view: View, known: KnownClaim) -> str:
    """Return what a claim says where nothing beside it tells whom it is about: ``Lake Guard, withdrew: no``.

    A claim with words of its own is a whole sentence. Of any other, what it is about stands first.
    """
    said = statement(view, known)
    if _has_sentence(known.claim):
        return said
    first = said[:1].lower() if said[1:2].islower() else said[:1]
    return f"{subject_name(view, known.claim.about)}, {first}{said[1:]}"


def with_value(aspect: str, value: str) -> str:
    """Return an aspect with its value; a question is followed by its answer, and nothing is said twice.

    Examples
    --------
    >>> with_value("position: Whose are the wells?", "shared"), with_value("promised: Open the road.", "Open the road")
    ('position: Whose are the wells? shared', 'promised: Open the road')
    >>> with_value("what happened: Open the road.", "One lane only")
    'what happened: Open the road: One lane only'
    """
    what = aspect.partition(": ")[2].rstrip(".")
    if what and what == value.rstrip("."):
        return f"{aspect.partition(': ')[0]}: {value}"
    return f"{aspect} {value}" if aspect.endswith("?") else f"{aspect.rstrip('.')}: {value}"


def _in_brackets(words: str, value: str) -> str:
    """Return words with a value in brackets inside the sentence: ``Nine are named (A, B).`` from *Nine are named*."""
    return f"{words.removesuffix('.')} ({value}){'.' if words.endswith('.') else ''}"


def _has_number(words: str, value: Value) -> bool:
    """Return whether words state a number, in digits or as a word; a number of which they are silent would be lost."""
    said = {
        *re.findall(r"[\w’']+", words.casefold()),
        *re.findall(r"\d+", re.sub(r"(?<=\d)[ ,.’'](?=\d{3})", "", words)),
    }
    ends = [end for end in (value.low, value.high) if end is not None]
    return all(str(end) in said or _NUMBERS.get(end, set()) & said for end in ends)


def _adds(view: View, claim: Claim, value: str) -> bool:
    """Return whether the value says more than the words: names or a day that they do not have, or what they sum up."""
    if claim.value.kind is ValueKind.ACTORS:
        return any(view.name(actor).split()[-1] not in claim.words for actor in claim.value.actors)
    if claim.value.kind is ValueKind.INSTANT:
        return value not in (str(claim.asserted_on), str(claim.when_from))
    return claim.value.kind is ValueKind.WORDS and len(claim.words) < len(value)


def replaced_text(view: View, known: KnownClaim) -> str:
    """Return that the speaker of a claim said something else itself on a later day; nothing if it did not."""
    later = later_word(view.known, known)
    return "" if later is None else f" (its own later word: {stated_on(later)} {claim_mark(later)})"


def stated_on(known: KnownClaim) -> str:
    """Return the day on which a claim was made, with the days that it is about if they differ; else a dash."""
    claim = known.claim
    about = "" if claim.when_from is None else days_text(claim.when_from, claim.when_to)
    if claim.when_from is None and claim.when_to is not None:
        about = f"up to {claim.when_to}"
    if claim.asserted_on is None:
        return about or "–"
    return f"{claim.asserted_on} (of {about})" if about not in ("", str(claim.asserted_on)) else str(claim.asserted_on)


def order_of(known: KnownClaim) -> str:
    """Return by what claims are put in order of time; those without a day come last."""
    return str(known.claim.asserted_on or known.claim.when_from or "–")


def days_text(first: date, last: date | None) -> str:
    """Return a day, or a span that is never shown as its first day: a whole month, or both its ends.

    Examples
    --------
    >>> days_text(date(1997, 7, 1), date(1997, 7, 31)), days_text(date(2017, 1, 20), date(2017, 1, 21))
    ('July 1997', '2017-01-20 to 2017-01-21')
    """
    if last is None or last == first:
        return str(first)
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and (last + timedelta(days=1)).day == 1:
        return f"{first:%B %Y}"
    return f"{first} to {last}"
