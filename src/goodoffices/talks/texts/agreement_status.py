"""Collect what one view knows about a text: copies, stances from acts and claims, readings, and the finding.

A text of the record and a text of the world belong to one *family* if they are meant to be the same text. ``family`` of
the one and ``copy_of`` of the other say so.
"""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import StanceKind, Strength
from goodoffices.talks.base.serialization import instant_text
from goodoffices.talks.decisions.eligibility import ratified
from goodoffices.talks.documents.agreement import Basis, Copy, Finding, StatedStance, agreement
from goodoffices.talks.documents.document import version_hash, words_hash
from goodoffices.talks.documents.markdown import read_paper
from goodoffices.talks.model.external_texts import NamedText, SaidStance
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_texts import KnownStance, KnownText, KnownVersion
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.rendered_version import papers_of
from goodoffices.talks.texts.successors import successors_said


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Everything that one view knows about one text: its copies, the required actors, and what is said about whom.

    ``issued_by``, ``read_out_by`` and ``about`` are actors' slugs. ``ratified`` has the actors that signed and had
    named a ratifier, with whether it ratified exactly this text: yes, no, or ``None`` for not yet. ``successors`` has
    the actors that others have succeeded since, with what the successors say about the stance.
    """

    slug: str
    title: str
    copies: tuple[Copy, ...]
    said: tuple[StatedStance, ...]
    required: tuple[str, ...]
    about: tuple[str, ...]
    issued_by: tuple[str, ...]
    read_out_by: tuple[str, ...]
    unstated: bool = False
    ratified: tuple[tuple[str, bool | None], ...] = ()
    successors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLine:
    """What must be shown with a title: who issued the text, who read it out, whom it is about, and who has not signed.

    ``instead`` pairs each actor that the text is about and does not bind with what it has done instead.
    """

    issued_by: tuple[str, ...]
    read_out_by: tuple[str, ...]
    about: tuple[str, ...]
    not_bound: tuple[str, ...]
    instead: tuple[tuple[str, StanceKind], ...]


def families(view: View, *, words: bool = True) -> tuple[Family, ...]:
    """Return every text that this view knows something about. Copies of the same text are in one family.

    With ``words=False`` the copies of the record have no papers. Reading these takes most of the time, and they are
    needed only to find the clauses in which two copies differ.
    """
    world, own = _by_family(view.known)
    slugs = dict.fromkeys((*world, *own))
    return tuple(_family(view, slug, world.get(slug, []), own.get(slug, []), words=words) for slug in slugs)


def family_of(view: View, slug: str, *, words: bool = True) -> Family | None:
    """Return one family by its slug, or by the handle of a text without a family. See ``families``."""
    world, own = _by_family(view.known)
    if slug not in world and slug not in own:
        return None
    return _family(view, slug, world.get(slug, []), own.get(slug, []), words=words)


def _by_family(known: Knowledge) -> tuple[dict[str, list[NamedText]], dict[str, list[KnownText]]]:
    world: dict[str, list[NamedText]] = {}
    for named in known.header.texts:
        world.setdefault(named.copy_of or named.slug, []).append(named)
    own: dict[str, list[KnownText]] = {}
    for handle, text in known.texts.items():
        own.setdefault(text.frame.family or handle, []).append(text)
    return world, own


def _family(view: View, slug: str, world: list[NamedText], own: list[KnownText], *, words: bool) -> Family:
    known = view.known
    head = next((named for named in world if named.slug == slug), world[0] if world else None)
    versions = [known.versions[version] for text in own for version in text.versions]
    about = _each(*(named.about for named in world), *(text.frame.about for text in own))
    readers = _each(*(named.read_out_by for named in world), _readers(known, versions))
    said = [*(s for named in world for s in _claimed(known, named)), *_acted(view, versions)]
    return Family(
        slug=slug,
        title=head.title if head is not None else slug,
        copies=(*_copies_of_world(view, world), *(_copy_of_record(view, version, words=words) for version in versions)),
        said=tuple(said),
        required=_each(*(named.required for named in world)) or about,
        about=about,
        issued_by=_each(*(named.issued_by for named in world), *(text.frame.issuers for text in own)),
        read_out_by=readers,
        unstated=_unstated(world, own),
        ratified=_ratified(known, said),
        successors=successors_said(known, {slug, *(named.slug for named in world)}, said),
    )


def _each(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _unstated(world: list[NamedText], own: list[KnownText]) -> bool:
    """Return whether there are several authentic languages and it is not stated which one prevails."""
    of_world = any(len(named.languages) > 1 and not named.prevails for named in world)
    return of_world or any(len(text.frame.authentic) > 1 and not text.frame.prevails for text in own)


def _readers(known: Knowledge, versions: list[KnownVersion]) -> tuple[str, ...]:
    handles = {version.handle for version in versions}
    return tuple(known.actor_of(reading.by) for reading in known.readings if reading.version in handles)


def _copies_of_world(view: View, world: list[NamedText]) -> list[Copy]:
    """Return the copies that are named, with their text if somebody has summarised it."""
    made = []
    for named in world:
        bodies = view.known.summaries.get(named.slug) or ()
        texts = ((body.lang, view.text(body)) for body in bodies)
        papers = tuple(read_paper(text, lang) for lang, text in texts if text is not None)
        authentic = named.authentic or tuple(paper.lang for paper in papers)
        made.append(
            Copy(
                name=named.slug,
                hash=version_hash(papers, authentic=authentic, prevails=named.prevails) if papers else "",
                hashes=tuple((paper.lang, words_hash(paper)) for paper in papers),
                papers=papers,
                divergences=tuple(said.clause for said in named.divergences),
                prevails=named.prevails,
                is_summary=bool(papers),
            )
        )
    return made


def _copy_of_record(view: View, version: KnownVersion, *, words: bool) -> Copy:
    numbers = dict(zip(version.clauses, version.numbers, strict=True))
    marked = (d.clause for d in view.known.divergences if d.version == version.handle)
    return Copy(
        name=version.handle,
        hash=version.hash,
        hashes=version.hashes,
        papers=papers_of(view, version) if words else (),
        differs=version.differs,
        divergences=_each(numbers[clause] for clause in marked if clause in numbers),
        prevails=view.known.texts[version.text].frame.prevails,
    )


def _claimed(known: Knowledge, named: NamedText) -> list[StatedStance]:
    has_copies = any(other.copy_of == named.slug for other in known.header.texts) and not _has_words(known, named)
    return [_of_claim(known, named, stance, None if has_copies else named.slug) for stance in named.stances]


def _has_words(known: Knowledge, named: NamedText) -> bool:
    """Return whether a text known from sources has words of its own here, in a summary."""
    return bool(known.summaries.get(named.slug))


def _of_claim(known: Knowledge, named: NamedText, stance: SaidStance, copy: str | None) -> StatedStance:
    """Return a claimed stance. One on a text of which there are copies names no copy."""
    held = next((k.claim for k in known.claims.values() if k.claim.slug == stance.claim), None)
    speaker = next((link.actor for link in reversed(held.chain) if link.actor), None) if held is not None else None
    speaker = stance.by or speaker
    own = held is not None and held.strength is Strength.OWN_WORD and speaks_for(known, speaker, stance.actor)
    outlet = held.chain[-1].speaker if held is not None else ""
    return StatedStance(
        actor=stance.actor,
        kind=stance.kind,
        copy=copy,
        word=Basis.OWN_WORD if own else Basis.OTHERS,
        at="" if stance.dated is None else stance.dated.isoformat(),
        by=speaker or outlet,
        claim=stance.claim,
        said_as=stance.words,
    )


def speaks_for(known: Knowledge, speaker: str | None, actor: str) -> bool:
    """Return whether ``speaker`` is ``actor`` or belongs to it."""
    step = speaker
    for _ in range(8):
        if step is None or step == actor:
            break
        held = known.actors.get(step)
        step = None if held is None else held.part_of
    return step == actor


def _acted(view: View, versions: list[KnownVersion]) -> list[StatedStance]:
    handles = {version.handle: version for version in versions}
    hashes = {version.hash: version.handle for version in versions}
    made = []
    for stance in view.known.stances.values():
        copy = stance.version if stance.version in handles else hashes.get(stance.hash)
        if copy is not None:
            made.append(_of_act(view, stance, handles[copy]))
    return made


def _of_act(view: View, stance: KnownStance, version: KnownVersion) -> StatedStance:
    numbers = dict(zip(version.clauses, version.numbers, strict=True))
    return StatedStance(
        actor=stance.actor,
        kind=stance.kind,
        copy=version.handle,
        word=Basis.OWN_ACT,
        at=f"{instant_text(stance.at)} {int(stance.handle[2:]):09d}",
        by=stance.by,
        languages=stance.languages,
        parts=tuple(numbers[clause] for clause in stance.parts if clause in numbers),
        reserved=tuple(numbers[clause] for clause in stance.reserved if clause in numbers),
        ended=stance.ended_at is not None,
        # Words that were destroyed are still said to have been there.
        words="" if stance.words is None else view.text(stance.words) or "…",
        capacity=stance.capacity,
        proxy=stance.by if stance.proxy else "",
        transcribed=stance.transcribed,
    )


def stanceless(known: Knowledge, family: Family, version: KnownVersion) -> tuple[str, ...]:
    """Return the actors that are known to have received exactly this version and took no stance on it.

    A comment or an answer to a question is not a stance. A stance on a different version does not count for this one.
    """
    same = {copy.name for copy in family.copies if copy.hash == version.hash}
    spoken = {s.actor for s in family.said if s.copy in same}
    return _each(actor for actor in map(known.actor_of, version.released_to) if actor not in spoken)


def _ratified(known: Knowledge, said: list[StatedStance]) -> tuple[tuple[str, bool | None], ...]:
    """Return for each actor that bound itself and had named a ratifier whether the ratifier ratified this text.

    Only stances from acts count, because ratifications of texts of the world cannot be recorded.
    """
    latest = {s.actor: s for s in sorted(said, key=lambda s: s.at) if s.word is Basis.OWN_ACT}
    made = []
    for actor, last in latest.items():
        answers = ratified(known, last.copy or "") if last.kind.binds and not last.ended else {}
        made += [(actor, answers[actor])] if actor in answers else []
    return tuple(made)


def finding_of(family: Family, *, accept_own_word: bool = True) -> Finding:
    """Return whether the required actors have agreed on the same text."""
    return agreement(
        family.required,
        family.said,
        family.copies,
        accept_own_word=accept_own_word,
        ratified=dict(family.ratified),
        successors=dict(family.successors),
    )


def title_line(family: Family, *, accept_own_word: bool = True) -> TitleLine:
    """Return what must be shown wherever the title of this text appears."""
    own = {Basis.OWN_ACT, Basis.OWN_WORD} if accept_own_word else {Basis.OWN_ACT}
    last: dict[str, str] = {}
    for said in family.said:
        if said.word in own:
            last[said.actor] = max(said.at, last.get(said.actor, ""))
    # As in the finding: an actor that signed first and refused later has not signed.
    bound = {s.actor for s in family.said if s.kind.binds and not s.ended and s.word in own and s.at == last[s.actor]}
    not_bound = tuple(actor for actor in family.about if actor not in bound)
    instead = [(s.actor, s.kind) for s in family.said if s.actor in not_bound and not s.kind.binds]
    return TitleLine(
        issued_by=family.issued_by,
        read_out_by=family.read_out_by,
        about=family.about,
        not_bound=not_bound,
        instead=tuple(dict.fromkeys(instead)),
    )
