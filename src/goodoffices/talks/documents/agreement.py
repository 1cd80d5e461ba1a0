"""Find out whether the required actors have agreed, from their stances and from the text of each copy.

Parties have agreed only if their copies have the same text. What others say about an actor never makes an agreement.
If nobody holds a copy, or only others say that an actor took a stance, the finding is *cannot tell*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import StanceKind
from goodoffices.talks.documents.diff import DocumentComparison, compare
from goodoffices.talks.documents.document import Paper, check_code


class AgreementVerdict(StrEnum):
    """Whether there is an agreement."""

    AGREED = "agreed"
    NOT_AGREED = "not agreed"
    CANNOT_TELL = "cannot tell"


class Basis(StrEnum):
    """On whose word a stance rests."""

    OWN_ACT = "own act"
    OWN_WORD = "own word"
    OTHERS = "said by others"


class Ground(StrEnum):
    """Why a finding is as it is."""

    DIFFERENT_COPIES = "different copies"
    NOT_SEALED = "languages not sealed"
    DIFFERENT_PACKAGE = "same words, different package"
    MISSING = "no stance"
    ENDED = "stance ended"
    NOT_BINDING = "not binding"
    NOT_RATIFIED = "not ratified"
    RATIFICATION_REFUSED = "ratification refused"
    SUCCESSOR_UNCLEAR = "successor unclear"
    REPUDIATED = "repudiated by the successor"
    NOBODY_NAMED = "nobody is named whose agreement it needs"
    WORDS_NOT_HELD = "words not held"
    OTHERS_WORD_ONLY = "on others' word only"
    CONTESTED = "contested"
    RESERVED = "with reservations or in part"
    WORDS_BESIDE = "words beside the stance"
    DIVERGES = "languages said to differ"


_OPEN = frozenset({Ground.NOBODY_NAMED, Ground.WORDS_NOT_HELD, Ground.OTHERS_WORD_ONLY, Ground.CONTESTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy of a text. ``hash`` is its version hash; ``papers`` is its text by language, if it is held.

    ``differs`` and ``divergences`` are clause numbers: of clauses with a different structure in the authentic
    languages, and of clauses that are said to differ in meaning. ``is_summary`` says that the words are a summary by
    the author of the talks file and not the words of the text.
    """

    name: str
    hash: str
    hashes: tuple[tuple[str, str], ...] = ()
    papers: tuple[Paper, ...] = ()
    differs: tuple[str, ...] = ()
    divergences: tuple[str, ...] = ()
    prevails: str = ""
    is_summary: bool = False

    @property
    def code(self) -> str:
        """The check code; empty if the text is not held. A summary has none: nobody ever saw its words on paper."""
        return check_code(self.hash) if self.is_held else ""

    @property
    def is_held(self) -> bool:
        """Whether the words of the copy itself are in this record, and not only that there is one, or a summary."""
        return bool(self.hash) and not self.is_summary


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedStance:
    """A stance of an actor on a named copy, according to the record or a claim. ``by`` is the actor that says so.

    ``words`` and ``capacity`` are what the actor wrote beside its own act: a reservation, the occasion, or reasons.
    ``said_as`` is how a claimed stance was said, in the words of the author of the talks file. ``proxy`` is the seat
    that acted in the actor's place, empty if it acted itself, and ``transcribed`` says that it was entered from paper.
    """

    actor: str
    kind: StanceKind
    copy: str | None
    word: Basis
    at: str = ""
    by: str = ""
    languages: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    ended: bool = False
    claim: str | None = None
    words: str = ""
    capacity: str = ""
    said_as: str = ""
    proxy: str = ""
    transcribed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason for a finding: the actors, copies and clauses that it is about, and words beside a stance."""

    ground: Ground
    actors: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    kind: StanceKind | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The finding, with its reasons.

    ``table`` has every stance of every required actor. ``remarks`` must be repeated with every finding: reservations,
    stances on parts only, divergences between languages. ``on_claims`` is what the finding would be if all claims were
    true; it is given only if something is open.
    """

    verdict: AgreementVerdict
    reasons: tuple[Reason, ...]
    table: tuple[StatedStance, ...]
    copies: tuple[Copy, ...]
    required: tuple[str, ...]
    remarks: tuple[Reason, ...] = ()
    on_claims: Finding | None = None


def agreement(
    required: Sequence[str],
    said: Sequence[StatedStance],
    copies: Sequence[Copy],
    *,
    accept_own_word: bool = True,
    ratified: Mapping[str, bool | None] | None = None,
    successors: Mapping[str, str] | None = None,
) -> Finding:
    """Return whether the ``required`` actors have agreed on the same text.

    Parameters
    ----------
    required
        The actors whose agreement is needed.
    said
        Every known stance, from acts and claims.
    copies
        The copies that the stances name.
    accept_own_word
        Whether an actor's quoted statement about itself counts like its own act.
    ratified
        For each actor that must ratify: yes, no, or ``None`` for not yet.
    successors
        For each actor that others have succeeded since, what the successors say about the stance: *assumes*,
        *repudiates* or *unclear*.
    """
    counted = {Basis.OWN_ACT, Basis.OWN_WORD} if accept_own_word else {Basis.OWN_ACT}
    case = _Case(
        required=tuple(required),
        said=tuple(said),
        copies={copy.name: copy for copy in copies},
        ratified=dict(ratified or {}),
        successors=dict(successors or {}),
    )
    finding = _found(case, counted, tuple(copies))
    if all(reason.ground not in _OPEN for reason in finding.reasons):
        return finding
    return replace(finding, on_claims=_found(case, set(Basis), tuple(copies)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    required: tuple[str, ...]
    said: tuple[StatedStance, ...]
    copies: Mapping[str, Copy]
    ratified: Mapping[str, bool | None]
    successors: Mapping[str, str]

    def latest(self, actor: str, counted: set[Basis]) -> tuple[StatedStance, ...]:
        """Return the actor's latest stances among those that count. Its own word goes before what others say."""
        own = [s for s in self.said if s.actor == actor and s.word in counted]
        firm = [s for s in own if s.word is not Basis.OTHERS] or own
        last = max((s.at for s in firm), default="")
        return tuple(s for s in firm if s.at == last)


def _found(case: _Case, counted: set[Basis], copies: tuple[Copy, ...]) -> Finding:
    latest = {actor: case.latest(actor, counted) for actor in case.required}
    reasons = [reason for actor in case.required for reason in _of_actor(case, actor, latest[actor])]
    plain = {actor: _most_exact(said) for actor, said in latest.items() if said and not _contested(said)}
    binding = {actor: said for actor, said in plain.items() if said.kind.binds and not said.ended}
    reasons += _of_copies(case, binding)
    if not case.required:
        reasons.append(Reason(ground=Ground.NOBODY_NAMED))
    table = tuple(s for s in case.said if s.actor in case.required)
    remarks = _remarks(case, binding)
    # Of a text that only others report, silence here is not a refusal: somebody may have signed without our knowing.
    is_reported = bool(copies) and not any(copy.is_held for copy in copies)
    unknown = _OPEN | {Ground.MISSING} if is_reported else _OPEN
    firm = [reason for reason in reasons if reason.ground not in unknown]
    verdict = (
        AgreementVerdict.NOT_AGREED if firm else AgreementVerdict.CANNOT_TELL if reasons else AgreementVerdict.AGREED
    )
    return Finding(
        verdict=verdict,
        reasons=tuple(reasons),
        table=table,
        copies=copies,
        required=case.required,
        remarks=tuple(remarks),
    )


def _of_actor(case: _Case, actor: str, latest: tuple[StatedStance, ...]) -> list[Reason]:
    if not latest:
        heard = [s for s in case.said if s.actor == actor]
        if not heard:
            return [Reason(ground=Ground.MISSING, actors=(actor,))]
        contested = len({s.kind.binds for s in heard}) > 1
        return [Reason(ground=Ground.CONTESTED if contested else Ground.OTHERS_WORD_ONLY, actors=(actor,))]
    if _contested(latest):
        return [Reason(ground=Ground.CONTESTED, actors=(actor,), copies=tuple(s.copy for s in latest if s.copy))]
    said = _most_exact(latest)
    if said.ended:
        return [Reason(ground=Ground.ENDED, actors=(actor,), copies=_named(said))]
    if not said.kind.binds:
        return [Reason(ground=Ground.NOT_BINDING, actors=(actor,), copies=_named(said), kind=said.kind)]
    return _hindered(case, actor, said)


def _contested(latest: Iterable[StatedStance]) -> bool:
    """Return whether the latest stances, all of the same time, disagree. Then nobody can tell which copy counts."""
    copies = {s.copy for s in latest if s.copy is not None}
    return len({(s.kind.binds, s.ended) for s in latest}) > 1 or len(copies) > 1


def _most_exact(latest: Sequence[StatedStance]) -> StatedStance:
    """Return the first stance that names a copy, else the first: one that names none agrees with one that does."""
    return next((s for s in latest if s.copy is not None), latest[0])


def _hindered(case: _Case, actor: str, said: StatedStance) -> list[Reason]:
    """Return the reasons why a binding stance is not yet enough."""
    made = []
    answer = case.ratified.get(actor, True)
    if answer is not True:
        ground = Ground.NOT_RATIFIED if answer is None else Ground.RATIFICATION_REFUSED
        made.append(Reason(ground=ground, actors=(actor,), copies=_named(said)))
    word = case.successors.get(actor, "assumes")
    if word != "assumes":
        ground = Ground.REPUDIATED if word == "repudiates" else Ground.SUCCESSOR_UNCLEAR
        made.append(Reason(ground=ground, actors=(actor,)))
    copy = case.copies.get(said.copy or "")
    if copy is None or not copy.hash:
        made.append(Reason(ground=Ground.WORDS_NOT_HELD, actors=(actor,), copies=_named(said)))
    return made


def _named(said: StatedStance) -> tuple[str, ...]:
    return () if said.copy is None else (said.copy,)


def _of_copies(case: _Case, binding: Mapping[str, StatedStance]) -> list[Reason]:
    """Return the reasons why the actors are not bound to copies with the same text."""
    copies = {actor: case.copies.get(said.copy or "") for actor, said in binding.items()}
    on = {actor: copy for actor, copy in copies.items() if copy is not None and copy.hash}
    groups: dict[str, list[str]] = {}
    for actor, copy in on.items():
        groups.setdefault(copy.hash, []).append(actor)
    reasons = [reason for actors in groups.values() for reason in _of_languages(on[actors[0]], actors, binding)]
    held = [on[actors[0]] for actors in groups.values()]
    for k, first in enumerate(held):
        for second in held[k + 1 :]:
            who = tuple(actor for actor, copy in on.items() if copy.hash in (first.hash, second.hash))
            languages = _both_languages(who, binding)
            ground = Ground.DIFFERENT_PACKAGE if _same_words(first, second, languages) else Ground.DIFFERENT_COPIES
            clauses = tuple(dict.fromkeys(c.number for d in difference(first, second) for c in d.differing))
            reasons.append(Reason(ground=ground, actors=who, copies=(first.name, second.name), clauses=clauses))
    return reasons


def _of_languages(copy: Copy, actors: Sequence[str], binding: Mapping[str, StatedStance]) -> list[Reason]:
    """Return the reasons why actors that signed one version in different languages have not agreed.

    They count as agreed only if the languages are sealed, that is, have the same structure.
    """
    languages = {frozenset(binding[actor].languages) for actor in actors}
    if copy.differs and len(languages) > 1:
        return [Reason(ground=Ground.NOT_SEALED, actors=tuple(actors), copies=(copy.name,), clauses=copy.differs)]
    return []


def _both_languages(actors: Sequence[str], binding: Mapping[str, StatedStance]) -> set[str]:
    named = [set(binding[actor].languages) for actor in actors if binding[actor].languages]
    return set.intersection(*named) if named else set()


def _same_words(first: Copy, second: Copy, languages: set[str]) -> bool:
    """Return whether two copies have the same text in a language that both signed, or in all if none is named."""
    one, two = dict(first.hashes), dict(second.hashes)
    shared = [language for language in one.keys() & two.keys() if language in languages or not languages]
    return bool(shared) and all(one[language] == two[language] for language in shared)


def difference(first: Copy, second: Copy) -> tuple[DocumentComparison, ...]:
    """Return the differences between two copies, in each language in which the text of both is held."""
    others = {paper.lang: paper for paper in second.papers}
    return tuple(compare(paper, others[paper.lang]) for paper in first.papers if paper.lang in others)


def _remarks(case: _Case, binding: Mapping[str, StatedStance]) -> list[Reason]:
    """Return what must be said with an agreement: reservations, words, stances on parts, divergences of languages."""
    made = []
    for actor, said in binding.items():
        if said.reserved or said.parts:
            made.append(Reason(ground=Ground.RESERVED, actors=(actor,), clauses=(*said.reserved, *said.parts)))
        if said.words:
            made.append(Reason(ground=Ground.WORDS_BESIDE, actors=(actor,), words=said.words))
    diverging = (copy for copy in case.copies.values() if copy.divergences)
    made += [Reason(ground=Ground.DIVERGES, copies=(copy.name,), clauses=copy.divergences) for copy in diverging]
    return made
