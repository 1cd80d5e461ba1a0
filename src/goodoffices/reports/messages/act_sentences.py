"""One sentence per notice: what a seat's list of its own record, and the voice of a page, say of it.

A sentence is a message of the catalogues with placeholders; ``told`` picks it and says what fills it and of which sort
each filling is, so that pages and papers can show names, handles and times in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.reports.messages.ceasefire_sentences import (
    CEASEFIRE_NAMES,
    CEASEFIRE_PATHS,
    CEASEFIRE_SENTENCES,
    CEASEFIRE_SORTS,
)
from goodoffices.reports.messages.exercise_sentences import EXERCISE_NAMES, EXERCISE_SENTENCES, EXERCISE_SORTS
from goodoffices.reports.messages.minutes_sentences import MINUTES_NAMES, MINUTES_SENTENCES, MINUTES_SORTS
from goodoffices.reports.messages.named_sentences import NAMED_PATHS, NAMED_SENTENCES, NAMED_SORTS
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.slices import Notice

ACT_NAMES: Mapping[str, str] = {
    "ActorChanged": "Change of actors",
    "ActorNamed": "Actor named",
    "AgendaSet": "Agenda set",
    "AreaNamed": "Place named",
    "AssessmentEntered": "Assessment of the talks file entered",
    "AssessmentMade": "Assessment made",
    "AssessmentWithdrawn": "Assessment taken back",
    "AttendanceMarked": "Attendance marked",
    "BlindAnswered": "Blind question answered",
    "BlindAsked": "Blind question asked",
    "BlindResultGiven": "Result of a blind question",
    "BodyShredded": "Words destroyed",
    "ClaimEntered": "Claim entered",
    "ClaimReplaced": "Claim replaced",
    "ClaimsMarked": "Claims compared",
    "ClearanceNarrowed": "Clearance ended",
    "ClearanceShown": "Clearance shown",
    "CommentMade": "Comment on a clause",
    "CommentSettled": "Comment dealt with",
    "CommitmentCarried": "Commitment carried forward",
    "CommitmentRecorded": "Commitment recorded",
    "CommitmentReported": "Report on a commitment",
    "CompartmentSet": "Compartment set",
    "DelegationChanged": "Delegation changed",
    "DelegationNamed": "Delegation named",
    "DepositChecked": "Deposit checked",
    "DepositClosed": "Deposit closed",
    "DepositOpened": "Deposit opened",
    "Deposited": "Paper deposited",
    "DepositsRevealed": "Deposits revealed",
    "DivergenceMarked": "Languages said to differ",
    "DueMoved": "Due date moved",
    "EnteredIntoForce": "Entered into force",
    "EntryDisputed": "Entry disputed",
    "ForcePlanned": "Entry into force set",
    "FormatChanged": "Format changed",
    "GuaranteeEnded": "Guarantee ended",
    "GuaranteeGiven": "Guarantee given",
    "HistoryGranted": "Earlier acts shown",
    "InterventionMade": "Intervention",
    "InvitationAnswered": "Invitation answered",
    "InvitationMade": "Invitation made",
    "InvitationUnanswered": "Invitation not answered in time",
    "InvitationWithdrawn": "Invitation withdrawn",
    "IssueEntered": "Issue entered",
    "ItemCleared": "Item cleared",
    "ItemFiled": "Item filed",
    "ItemHanded": "Item handed",
    "ItemLapsed": "Item lapsed",
    "ItemRelayed": "Item relayed",
    "ItemWithdrawn": "Item withdrawn",
    "ListMatchOpened": "List matching opened",
    "ListSubmitted": "List submitted",
    "MandateSet": "Mandate set",
    "MatchReported": "Result of a list matching",
    "OutcomeDeclared": "Outcome declared",
    "PackHanded": "Pack handed over",
    "PackReady": "Pack ready",
    "PackageClosed": "Package closed",
    "PackagePut": "Package put",
    "PackageReopened": "Package reopened",
    "PairFormatsSet": "Standing formats set",
    "PenAsked": "Pen asked for",
    "PenOpened": "Pen opened",
    "PenPassed": "Pen passed on",
    "PersonSeated": "Person seated",
    "PersonUnseated": "Person left the seat",
    "PositionStated": "Position stated",
    "ProposerShown": "Proposer named",
    "ProxyEnded": "Proxy ended",
    "ProxyGiven": "Proxy given",
    "Published": "Published",
    "QuestionAnswered": "Question answered",
    "QuestionPut": "Question put for decision",
    "QuestionNamed": "Question named",
    "RatifierNamed": "Ratifier named",
    "RatificationRecorded": "Ratification recorded",
    "ReadBackAnswered": "Read-back answered",
    "ReadBackGiven": "Read-back given",
    "ReceiptIssued": "Receipt taken",
    "RecognitionStated": "Recognition stated",
    "RoleClaimed": "Role claimed",
    "RuleNamed": "Rule named",
    "RoundClosed": "Round closed",
    "RoundMoved": "Round moved",
    "RoundOpened": "Round opened",
    "RoundPlanned": "Round planned",
    "SamenessDeclared": "Two actors compared",
    "ScaleEntered": "Scale of an issue entered",
    "SealedImported": "Sealed file taken in",
    "SeatClosed": "Seat closed",
    "SeatGiven": "Seat given",
    "SenseDeclared": "Sense of the chair declared",
    "ServiceAccepted": "Papers on screen accepted as received",
    "ServiceAsked": "Papers on screen asked for",
    "SessionClosed": "Session closed",
    "SessionOpened": "Session opened",
    "SessionPlanned": "Session planned",
    "SourceEntered": "Source entered",
    "StanceEnded": "Stance ended",
    "StanceTaken": "Stance taken",
    "SuccessionStated": "Successor spoke",
    "TalksOpened": "Talks opened",
    "TellingWithdrawn": "Withdrawal told",
    "TermsRead": "Terms of a copy entered",
    "TextReadOut": "Text read out",
    "TextNamed": "Text named",
    "TextSummarised": "Text summarised",
    "TextTabled": "Text tabled",
    "VariantDropped": "Variant given up",
    "VariantLeftOut": "Variant left out",
    "VariantProposed": "Variant proposed",
    "VariantTaken": "Proposed words taken up",
    "VersionReleased": "Version released",
    "VersionWritten": "Version written",
    "ViewExported": "Copy of the record taken",
    "WordingApproved": "Words approved",
    "WordingCorrected": "Words corrected",
    "WordingShown": "Words shown",
    **CEASEFIRE_NAMES,
    **EXERCISE_NAMES,
    **MINUTES_NAMES,
}
"""The name of every kind of act."""

SENTENCES: Mapping[str, str] = {
    "ActorNamed": "Named: {actor}.",
    "AttendanceMarked": "{who} in session {session}: {mark}.",
    "BlindAsked": "{by} asks blind question {blind}.",
    "ClaimEntered": "{about}, {aspect}: claim {handle}.",
    "ClaimReplaced": "Claim {handle} takes the place of {old}.",
    "ClearanceNarrowed/holder": "{by} ended clearance {clearance}.",
    "ClearanceNarrowed/self": "You ended clearance {clearance}.",
    "ClearanceShown/holder": "{by} lets you tell {item} to {to}, as {form}.",
    "ClearanceShown/self": "One of your clearances was shown to a new holder.",
    "CommentMade/named": "{by} on clause {clause} of {version}: {sort}.",
    "CommentMade/pen": "{by} on clause {clause} of {version}: {sort}.",
    "CommentMade/self": "You commented on clause {clause} of {version}: {sort}.",
    "CommentSettled/self": "You dealt with comment {comment}: {outcome}.",
    "CommitmentRecorded": "Commitment {commitment}: {what}",
    "CommitmentReported": "{by} on commitment {commitment}: {state}.",
    "DepositOpened": "{by} opens deposit {deposit}.",
    "DivergenceMarked": "{by} says that the languages of {version} differ at clause {clause}.",
    "DueMoved": "The due date of commitment {commitment} moved.",
    "EnteredIntoForce": "Entry into force {force}: in force.",
    "EntryDisputed/self": "You disputed notice {notice}.",
    "ForcePlanned": "{by} sets entry into force {force} for {local}, {zone}.",
    "FormatChanged": "{by} changed the format of session {session}: {format}.",
    "FormatChanged+pair": "{by} changed the format between {pair} in session {session}: {format}.",
    "InterventionMade": "{by} spoke in session {session}.",
    "InvitationAnswered": "{by} answered invitation {invitation}: {answer}.",
    "InvitationUnanswered": "Invitation {invitation} was not answered in time.",
    "InvitationWithdrawn": "{by} took invitation {invitation} back.",
    "ItemCleared/holder": "{by} lets you tell {item} to {to}, as {form}.",
    "ItemCleared/self": "You allowed {to} to be told {item}, as {form}.",
    "ItemFiled/granted": "{by} shows you {item}.",
    "ItemFiled/self": "You wrote {item}. At that moment only you could see it.",
    "ItemHanded/holder": "{by} handed you {item}.",
    "ItemHanded/self": "You handed {item} to {to}.",
    "ItemLapsed": "{item} ended on its date.",
    "ItemRelayed/report": "{by} told {to} your {item}, as {form}.",
    "ItemRelayed/self": "You told {to} {item}, as {form}.",
    "ItemRelayed/told": "{by} told you {told}, as {shown_form}.",
    "ItemRelayed/told/own-idea": "{by} told you {told}.",
    "ItemWithdrawn/holder": "{by} took {item} back. It may not be passed on any more.",
    "ItemWithdrawn/self": "You took {item} back. Nobody may pass it on any more.",
    "OutcomeDeclared": "Question {put}: {verdict}.",
    "PackageClosed": "Package {package} is closed.",
    "PackagePut": "{by} puts package {package}.",
    "PackageReopened": "Package {package} is open again.",
    "PenAsked/self": "You asked for the pen of {text}.",
    "ProposerShown": "Variant {variant} was proposed by {proposer}.",
    "ProxyGiven": "{giver} lets {holder} act for it: {scope}.",
    "QuestionAnswered": "{who} on question {put}: {says}.",
    "QuestionPut": "{by} puts question {put} for decision.",
    "RatifierNamed": "{by} names who must ratify: {ratifier}.",
    "RatificationRecorded": "{by} records what {ratifier} decided.",
    "ReadBackAnswered/reader": "{by} answered your read-back {read_back}.",
    "ReadBackAnswered/self": "You answered read-back {read_back}.",
    "ReadBackGiven/self": "You read back {told}.",
    "ReadBackGiven/teller": "{by} read back {told}.",
    "ReceiptIssued": "You took a receipt up to notice {up_to}.",
    "IssueEntered": "On the agenda under “{basket}”: {issue}.",
    "QuestionNamed": "Contested question: {question}",
    "RoleClaimed": "{actor}: said to be {role}.",
    "RuleNamed": "Decision rule: {title}.",
    "TextNamed": "A text from outside these talks: {title}.",
    "RoundClosed": "Round {round} closed.",
    "RoundOpened": "Round {round} opened.",
    "RoundPlanned": "Round {round}: {title}",
    "SeatClosed": "The seat of {slug} was closed.",
    "SeatGiven": "{seat} was given a seat.",
    "SenseDeclared": "{by} declares the sense of the meeting on question {put}.",
    "ServiceAccepted": "{slug} accepts papers on screen as received.",
    "ServiceAsked/self": "You asked {to} whether papers on its screen count as received.",
    "ServiceAsked": "{by} asks you whether papers on your screen count as received by you.",
    "SessionClosed": "Session {session} closed.",
    "SessionOpened": "Session {session} opened.",
    "SessionPlanned": "Session {session} is planned: {title}",
    "SourceEntered": "Source: {publisher}.",
    "StanceEnded": "{by} ended stance {stance}.",
    "StanceTaken": "{actor} on {version}: {kind}.",
    "SuccessionStated": "{successor} on commitment {commitment}: {state}.",
    "TellingWithdrawn/told": "The one from whom {told} came took it back.",
    "TextReadOut": "{by} read a text out, in the language {language}.",
    "TextReadOut+version": "{by} read {version} out, in the language {language}.",
    "TextSummarised": "Words of “{text}”, as summarised in the talks file.",
    "TextTabled/self": "You began text {text}. At that moment only you could see it.",
    "VariantDropped": "Variant {variant} was given up.",
    "VariantLeftOut/proposer": "Your variant {variant} was left out of {version}, on the chair's own responsibility.",
    "VariantLeftOut/self": "{version} leaves variant {variant} out, on your own responsibility.",
    "VariantProposed": "Variant {variant} of clause {clause} is proposed.",
    "VariantTaken/proposer": "Your comment {comment} stands as variant {variant}.",
    "VariantTaken/self": "The proposer of variant {variant} was told of it.",
    "VersionReleased/copy": "{by} released {version} of {text} to you.",
    "VersionReleased/copy_shown": "{by} released {version} of {text} to you and others: {to}.",
    "VersionReleased/self": "You released {version} to {to}.",
    "VersionWritten/self": "You wrote {version} of {text}.",
    "WordingApproved/holder": "{by} approved your words {wording}.",
    "WordingApproved/self": "You approved the words {wording}.",
    "WordingCorrected/holder": "{by} asks for other words in place of {wording}.",
    "WordingCorrected/self": "You asked for other words in place of {wording}.",
    "WordingShown/originator": "{by} shows you {wording}: its words for telling {to} your {item}.",
    "WordingShown/self": "You showed {wording}: your words for telling {to} {item}.",
    **CEASEFIRE_SENTENCES,
    **EXERCISE_SENTENCES,
    **MINUTES_SENTENCES,
    **NAMED_SENTENCES,
}
"""A sentence per kind, or per kind and face, or per kind and a field that is there. Other kinds have a name only."""

_SORTS: Mapping[str, str] = {
    **dict.fromkeys(("by", "giver", "holder", "proposer", "reader", "slug", "who"), "seat"),
    "to": "seats",
    "pair": "seats",
    "successor": "actor",
    "actor": "actor",
    "seats": "seats",
    "kind": "word:stance",
    "language": "text",
    "form": "word:form",
    "shown_form": "word:form",
    "format": "word:format",
    "mark": "word:mark",
    "answer": "word:answer",
    "local": "text",
    "ratifier": "thing",
    "says": "word:says",
    "zone": "text",
    "scope": "word:scope",
    "compared": "word:compared",
    "sort": "word:allegation",
    "title": "text",
    "verdict": "word:verdict",
    "up_to": "number",
    "line": "number",
    "notice": "number",
}
"""Of which sort a field is, by its name; all others are handles."""

_SORTS_OF: Mapping[str, Mapping[str, str]] = {
    "CommentMade": {"sort": "word:comment"},
    "FileSealed": {"seat": "seat"},
    "KeyVouched": {"seat": "seat", "vouched_by": "text"},
    "CommentSettled": {"outcome": "word:outcome"},
    "IssueEntered": {"basket": "text"},
    "QuestionNamed": {"question": "text", "slug": "text"},
    "TextSummarised": {"text": "thing"},
    **CEASEFIRE_SORTS,
    **EXERCISE_SORTS,
    **MINUTES_SORTS,
    **NAMED_SORTS,
}
"""Of which sort a field is in one kind of act alone."""

_PATHS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ActorNamed": {"actor": ("actor", "actor", "slug")},
    "ClaimEntered": {"about": ("thing", "claim", "about"), "aspect": ("text", "claim", "aspect")},
    "CommitmentRecorded": {"what": ("text", "recorded", "what")},
    "CommitmentReported": {"state": ("word:report", "state")},
    "IssueEntered": {"issue": ("first", "issue", "question")},
    **CEASEFIRE_PATHS,
    **NAMED_PATHS,
    "RoleClaimed": {"actor": ("actor", "role", "actor"), "role": ("word:role", "role", "role")},
    "RoundPlanned": {"title": ("text", "plan", "title")},
    "RuleNamed": {"title": ("text", "rule", "title")},
    "SeatGiven": {"seat": ("actor", "seat|shown", "actor")},
    "SourceEntered": {"publisher": ("text", "source", "publisher")},
    "SuccessionStated": {"state": ("word:succession", "state")},
    "TextNamed": {"title": ("text", "text", "title")},
}
"""What fills a placeholder that is not a field of its own: its sort, and the way to it."""


_LISTS = frozenset({"seats", "actors", "clauses", "copies"})
"""The sorts of what fills a placeholder with several names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What fills a placeholder: ``sort`` is seat, seats, actor, thing, handle, number, day, text, or word:CATEGORY."""

    sort: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message and what fills it."""

    message: str
    fillings: Mapping[str, Argument]


def told(notice: Notice, reader: str = "") -> Message:
    """Return the sentence for a notice; the bare name of its kind if something that a sentence needs is not in it.

    To the seat ``reader`` it does not say that it may tell itself what it was given to tell others.
    """
    fillings = _fillings(notice)
    if notice.face == Face.HOLDER and "to" in fillings and isinstance(seats := fillings["to"].value, list | tuple):
        others = [seat for seat in seats if seat != reader]
        fillings["to"] = replace(fillings["to"], value=others or seats)
    for key in _keys(notice):
        message = SENTENCES.get(key)
        if message is not None:
            needed = _placeholders(message)
            if needed <= fillings.keys():
                return Message(message=message, fillings={name: fillings[name] for name in sorted(needed)})
    return Message(message=ACT_NAMES[notice.kind], fillings={})


def _keys(notice: Notice) -> tuple[str, ...]:
    face = "self" if notice.face == "own" else notice.face
    # An empty text says nothing: a seat handed to nobody is handed to people, a clock may stop without a reason.
    said = [name for name in sorted(notice.data) if notice.data[name] not in ("", None, False)]
    with_field = tuple(f"{kind}+{name}" for kind in (f"{notice.kind}/{face}", notice.kind) for name in said)
    # Told as an idea of who tells it: to name the form would make its reader ask whose idea else it could be.
    shown = f"{notice.kind}/{face}/{notice.data['shown_form']}" if "shown_form" in notice.data else ""
    return (*with_field, shown, f"{notice.kind}/{face}", notice.kind)


def _fillings(notice: Notice) -> dict[str, Argument]:
    sorts = {**_SORTS, **_SORTS_OF.get(notice.kind, {})}
    found = {name: _argument(sorts.get(name, "handle"), value) for name, value in notice.data.items()}
    if notice.by:
        found["by"] = Argument(sort="seat", value=notice.by)
    for name, (sort, *way) in _PATHS.get(notice.kind, {}).items():
        value = _along(notice.data, way)
        if value is not None:
            found[name] = _first(value) if sort == "first" else Argument(sort=sort, value=value)
    return found


def _first(names: Any) -> Argument:
    """Return what fills a placeholder with a thing that has names in several languages: a notice says the first."""
    first = names[0]
    return Argument(sort="text", value=first["text"] if isinstance(first, Mapping) else first[1])


def _argument(sort: str, value: Any) -> Argument:
    """Return what fills a placeholder; one name where others have a list of names is a list of one."""
    is_one = sort in _LISTS and isinstance(value, str)
    return Argument(sort=sort, value=([value] if value else []) if is_one else value)


def _along(value: Any, way: list[str]) -> Any:
    for step in way:
        value = next((value[name] for name in step.split("|") if isinstance(value, Mapping) and name in value), None)
    return value


def _placeholders(message: str) -> set[str]:
    return {part.split("}")[0] for part in message.split("{")[1:]}
