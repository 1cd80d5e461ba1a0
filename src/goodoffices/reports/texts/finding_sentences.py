"""What is said of a text wherever its title stands: who put it out, about whom, who signed, and whether they agreed.

Each sentence is a message of the catalogues with what fills it, so that a page can show it in the reader's language and
a brief in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from goodoffices.data_class import dataclass
from goodoffices.reports.messages.act_sentences import Argument, Message
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.tables import and_listed, capital
from goodoffices.reports.texts.dataset_sentences import SIGNED, dataset_sentences
from goodoffices.talks.documents.agreement import AgreementVerdict, Basis, Finding, Ground, Reason, StatedStance
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family, finding_of, title_line

MESSAGES: Mapping[str, str] = {
    "issued": "Issued by {actors}.",
    "read-out": "Read out by {actors}.",
    "about": "About {actors}.",
    "about-one": "About {actors}, which has not signed it.",
    "about-two": "About {actors}. Neither has signed it.",
    "about-more": "About {actors}. None of them has signed it.",
    "about-some": "About {actors}. Of these, not signed by {bare}.",
    "about-claimed-all": "About {actors}. Whether they signed it is said below, and on whose word.",
    "about-claimed": "About {actors}. Whether {claimed} signed it is said below, and on whose word.",
    "about-unknown-all": "About {actors}. Whether they signed it is not known here.",
    "about-unknown": "About {actors}. Whether {unknown} signed it is not known here.",
    "agreed": "Agreed: {actors} agreed to the same words.",
    "agreed-reserved": "Agreed in part or with reservations: {actors} agreed to the same words, but not all of them to "
    "every clause.",
    "agreed-with-words": "{actors} agreed to the same words. Words stand beside the stance. They may be a reservation. "
    "Read them first.",
    "nobody-required": "It is not said whose agreement this text needs.",
    "two-copies": "No agreement can be proved: two copies with different words.",
    "two-copies-on": "No agreement can be proved on {day}: two copies with different words.",
    "copies": "No agreement can be proved: {n} copies with different words.",
    "two-reported": "No agreement can be proved: two different copies are reported.",
    "two-reported-on": "No agreement can be proved on {day}: two different copies are reported.",
    "copies-reported": "No agreement can be proved: {n} different copies are reported.",
    "summaries-differ": "Different copies are reported: {copies}. Our summaries of them differ at clause {clauses}. "
    "The copies themselves are not in this record.",
    "not-agreed": "Not agreed.",
    "cannot-tell": "It cannot be told whether this is agreed.",
    "on-claims": "If all these claims are true:",
    Ground.DIFFERENT_COPIES.value: "There are different copies: {copies}. Their words differ at clause {clauses}.",
    Ground.NOT_SEALED.value: "{actors}: on one version whose languages are built differently, at clause {clauses}.",
    Ground.DIFFERENT_PACKAGE.value: "{actors}: the same words with other annexes, or another rule on languages.",
    Ground.MISSING.value: "{actors}: no stance is known.",
    Ground.ENDED.value: "{actors}: the stance was ended.",
    Ground.NOT_BINDING.value: "{actors}: {kind}. That is not binding.",
    Ground.NOT_RATIFIED.value: "{actors}: signed subject to ratification, and these words are not ratified yet.",
    Ground.RATIFICATION_REFUSED.value: "{actors}: signed subject to ratification, and these words were not ratified.",
    Ground.SUCCESSOR_UNCLEAR.value: "{actors}: since then part of another body. It is open whether that stands by it.",
    Ground.REPUDIATED.value: "{actors}: since then part of another body, which does not stand by it.",
    Ground.WORDS_NOT_HELD.value: "{actors}: the words of that copy are not in this record.",
    Ground.OTHERS_WORD_ONLY.value: "Only others say what {actors} did. Their own word would settle it.",
    Ground.CONTESTED.value: "{actors}: contested.",
    Ground.RESERVED.value: "{actors}: in part or with reservations, at clause {clauses}.",
    Ground.WORDS_BESIDE.value: "{actors}: these words stand beside the stance: “{words}”",
    "diverges-unstated": "The languages differ at clause {clauses}. It is not stated which prevails.",
    "diverges-none": "The languages differ at clause {clauses}. All of them are equal.",
    "diverges-prevails": "The languages differ at clause {clauses}. The one in {language} prevails.",
}
"""Every sentence on titles and findings."""

_FAR = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """What one actor did with a text, by own act, by own word, and as said by others."""

    actor: str
    own_act: tuple[StatedStance, ...] = ()
    own_word: tuple[StatedStance, ...] = ()
    others: tuple[StatedStance, ...] = ()


def _told(key: str, **fillings: tuple[str, object]) -> Message:
    return Message(
        message=MESSAGES[key],
        fillings={name: Argument(sort=sort, value=value) for name, (sort, value) in fillings.items()},
    )


def title_sentences(view: View, family: Family) -> tuple[Message, ...]:
    """Return what stands wherever the title of a text stands: issued by, read out by, about whom, and who signed."""
    line = title_line(family)
    made = []
    if line.issued_by:
        made.append(_told("issued", actors=("actors", line.issued_by)))
    if line.read_out_by:
        made.append(_told("read-out", actors=("actors", line.read_out_by)))
    if line.about:
        is_claimed = said_to_be_signed(view.known, family)
        claimed = tuple(a for a in line.not_bound if is_claimed or _said_to_sign(view.known, family, a))
        unknown = _unheard(view.known, family, line.not_bound) if _is_only_reported(family) and not claimed else ()
        made.append(_unknown(line.about, unknown) if unknown else _about(line.about, line.not_bound, claimed))
    return tuple(made)


def _is_only_reported(family: Family) -> bool:
    """Say whether the words are in no copy of this record: then somebody may have signed without its knowing."""
    return bool(family.copies) and not any(copy.is_held for copy in family.copies)


def _unheard(known: Knowledge, family: Family, actors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(a for a in actors if not any(_belongs(known, said.actor, a) for said in family.said))


def _unknown(about: tuple[str, ...], unknown: tuple[str, ...]) -> Message:
    if unknown == about:
        return _told("about-unknown-all", actors=("actors", about))
    return _told("about-unknown", actors=("actors", about), unknown=("actors", unknown))


def _about(about: tuple[str, ...], not_bound: tuple[str, ...], claimed: tuple[str, ...]) -> Message:
    actors = ("actors", about)
    if claimed == about:
        return _told("about-claimed-all", actors=actors)
    if claimed:
        return _told("about-claimed", actors=actors, claimed=("actors", claimed))
    if not not_bound:
        return _told("about", actors=actors)
    if len(not_bound) < len(about):
        return _told("about-some", actors=actors, bare=("actors", not_bound))
    return _told({1: "about-one", 2: "about-two"}.get(len(about), "about-more"), actors=actors)


def said_to_be_signed(known: Knowledge, family: Family) -> bool:
    """Say whether a claim says that the text was signed, without saying by whom: then *has not* would be too much."""
    texts = known.header.texts
    names = {family.slug, *(named.slug for named in texts if family.slug in (named.slug, named.copy_of))}
    claims = (held.claim for held in known.claims.values() if held.replaced_by is None)
    return any(claim.about in names and claim.aspect == SIGNED and claim.value.yes is True for claim in claims)


def _said_to_sign(known: Knowledge, family: Family, actor: str) -> bool:
    """Say whether somebody says that ``actor``, or one who belongs to it, bound itself: *has not* would be too much."""
    return any(said.kind.binds and not said.ended and _belongs(known, said.actor, actor) for said in family.said)


def _belongs(known: Knowledge, actor: str, whole: str) -> bool:
    step: str | None = actor
    for _ in range(_FAR):
        if step is None or step == whole:
            break
        held = known.actors.get(step)
        step = None if held is None else held.part_of
    return step == whole


def instead_of_signing(family: Family) -> tuple[StatedStance, ...]:
    """Return what those spoken of, and bound to nothing, have done instead of signing."""
    line = title_line(family)
    return tuple(said for said in family.said if said.actor in line.not_bound and not said.kind.binds)


def dated(view: View, family: Family) -> date | None:
    """Return the date on a text known from sources."""
    return next((named.dated for named in view.known.header.texts if named.slug == family.slug), None)


def headline(family: Family, finding: Finding, day: date | None = None) -> Message:
    """Return the finding in one sentence."""
    if not family.required:
        return _told("nobody-required")
    if finding.verdict is AgreementVerdict.AGREED:
        return _agreed(finding)
    reasons = (*finding.reasons, *(finding.on_claims.reasons if finding.on_claims is not None else ()))
    copies = dict.fromkeys(name for r in reasons if r.ground is Ground.DIFFERENT_COPIES for name in r.copies)
    summaries = _summaries(family) & set(copies)
    if len(copies) > 2:
        return _told("copies-reported" if summaries else "copies", n=("number", len(copies)))
    if copies:
        key = "two-reported" if summaries else "two-copies"
        return _told(key) if day is None else _told(f"{key}-on", day=("long-day", day))
    return _told("not-agreed" if finding.verdict is AgreementVerdict.NOT_AGREED else "cannot-tell")


def _agreed(finding: Finding) -> Message:
    """Return that all agreed; with a reservation, or words that may be one, it is not said plainly."""
    grounds = {remark.ground for remark in finding.remarks}
    with_words = "agreed-with-words" if Ground.WORDS_BESIDE in grounds else "agreed"
    return _told("agreed-reserved" if Ground.RESERVED in grounds else with_words, actors=("actors", finding.required))


def finding_sentences(family: Family, finding: Finding) -> tuple[Message, ...]:
    """Return why a finding is as it is, then what every finding repeats; where it is open also what is claimed."""
    if not family.required:
        return _remarks(family, finding)
    made = [*_reasons(finding.reasons, family)]
    if finding.on_claims is not None and finding.on_claims.verdict is not AgreementVerdict.CANNOT_TELL:
        more = _reasons((reason for reason in finding.on_claims.reasons if reason not in finding.reasons), family)
        made += [_told("on-claims"), *more] if more else []
        if not finding.on_claims.reasons:
            made += [_told("on-claims"), _agreed(finding.on_claims)]
    return (*made, *_remarks(family, finding))


def _summaries(family: Family) -> set[str]:
    return {copy.name for copy in family.copies if copy.is_summary}


def _reasons(reasons: Iterable[Reason], family: Family) -> list[Message]:
    """Return a sentence for each reason; reasons alike in all but the actor are one."""
    alike: dict[tuple[object, ...], list[Reason]] = {}
    for reason in reasons:
        alike.setdefault((reason.ground, reason.kind, reason.clauses, reason.copies[1:]), []).append(reason)
    summaries = _summaries(family)
    return [
        _reason(group[0], [actor for reason in group for actor in reason.actors], summaries) for group in alike.values()
    ]


def _reason(reason: Reason, actors: list[str], summaries: set[str]) -> Message:
    fillings: dict[str, tuple[str, object]] = {
        "actors": ("actors", tuple(dict.fromkeys(actors))),
        "copies": ("copies", reason.copies),
        "clauses": ("clauses", reason.clauses),
        "kind": ("word:stance", reason.kind),
        "words": ("text", reason.words),
    }
    of_summaries = reason.ground is Ground.DIFFERENT_COPIES and summaries & set(reason.copies)
    key = "summaries-differ" if of_summaries else reason.ground.value
    return _told(key, **{name: value for name, value in fillings.items() if f"{{{name}}}" in MESSAGES[key]})


def _remarks(family: Family, finding: Finding) -> tuple[Message, ...]:
    prevails = {copy.name: copy.prevails for copy in family.copies}
    made = []
    for remark in finding.remarks:
        if remark.ground is not Ground.DIVERGES:
            made.append(_reason(remark, list(remark.actors), set()))
            continue
        language = prevails.get(remark.copies[0], "")
        clauses = ("clauses", remark.clauses)
        if language in ("", "none"):
            made.append(_told("diverges-none" if language else "diverges-unstated", clauses=clauses))
        else:
            made.append(_told("diverges-prevails", clauses=clauses, language=("language", language)))
    return tuple(made)


def standing_rows(family: Family) -> tuple[StandingRow, ...]:
    """Return where everyone stands, those required first: own act, own word and what others say, never mixed."""
    actors = dict.fromkeys((*family.required, *family.about, *family.issued_by, *(s.actor for s in family.said)))
    made = []
    for actor in actors:
        of = {word: tuple(s for s in family.said if s.actor == actor and s.word is word) for word in Basis}
        made.append(
            StandingRow(actor=actor, own_act=of[Basis.OWN_ACT], own_word=of[Basis.OWN_WORD], others=of[Basis.OTHERS])
        )
    return tuple(made)


def plain(view: View, told: Message, language: str = "en") -> str:
    """Return a sentence in English, with the names of actors as ``view`` knows them."""
    said = told.message.format(**{name: _plain(view, filling, language) for name, filling in told.fillings.items()})
    return capital(said) if told.message.startswith("{actors}") else said


def _plain(view: View, filling: Argument, language: str) -> str:
    sort, _, category = filling.sort.partition(":")
    if sort == "word":
        text = str(getattr(filling.value, "value", filling.value))
        return WORDS[category].get(text, text)
    if sort == "actors":
        return and_listed(view.name(actor, language) for actor in filling.value)
    if sort == "copies":
        return and_listed(copy_title(view, name) for name in filling.value)
    if sort == "clauses":
        return and_listed(str(value) for value in filling.value)
    if sort == "long-day":
        return f"{filling.value.day} {filling.value:%B %Y}"
    return str(filling.value)


def copy_title(view: View, name: str) -> str:
    """Return what a copy is called: the title of a text known from sources, else the handle in this record."""
    return next((named.title for named in view.known.header.texts if named.slug == name), name)


def title_in_english(view: View, family: Family) -> str:
    """Return what stands with the title, as one English line."""
    return " ".join(plain(view, told) for told in title_sentences(view, family))


def finding_in_english(view: View, family: Family) -> tuple[str, ...]:
    """Return the finding in English: the sentence first, then its reasons."""
    finding = finding_of(family)
    said = (
        headline(family, finding, dated(view, family)),
        *finding_sentences(family, finding),
        *dataset_sentences(view, family, finding),
    )
    return tuple(plain(view, told) for told in said)
