"""What a person reads before a grave act: a question, one sentence on who will know what, and what it binds.

An act is grave if it binds somebody, or cannot be taken back once others know of it. The sentences name only what the
asking seat knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form, Format, ReportState
from goodoffices.talks.ceasefire.answers import AnswerAllegation, NotifyParty
from goodoffices.talks.ceasefire.bulletins import ClearBulletin
from goodoffices.talks.ceasefire.commands import WithdrawAllegation
from goodoffices.talks.ceasefire.findings import AdoptFinding
from goodoffices.talks.ceasefire.shares import ShareLedger
from goodoffices.talks.commitments.commands import ReportCommitment
from goodoffices.talks.decisions.commands import DeclareOutcome, PutQuestion
from goodoffices.talks.documents.document import check_code
from goodoffices.talks.exchange.items import WithdrawItem
from goodoffices.talks.exchange.publication import Publish, ShredBody
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.rounds.rounds import WithdrawInvitation
from goodoffices.talks.rounds.sessions import ChangeFormat
from goodoffices.talks.seats.commands import CloseSeat, GiveProxy, GiveSeat
from goodoffices.talks.seats.sealed_keys import RegisterKeyFor, key_code, keys_in
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.ratification import EnterIntoForce, RecordRatification
from goodoffices.talks.texts.releases import ReleaseVersion
from goodoffices.talks.texts.stances import EndStance, TakeStance
from goodoffices.web.http.markup import fill, said
from goodoffices.web.render.localize import Localizer, name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GraveAct:
    """A grave act before it is done.

    ``label`` names it, as a button does; ``tells`` is the sentence; ``facts`` are rows: a label and what stands beside.
    """

    label: Markup
    tells: Markup
    facts: tuple[tuple[Markup, Markup], ...] = ()


def is_grave(command: Command) -> bool:
    """Say whether a command gets a second look and can be undone."""
    if isinstance(command, ReportCommitment):
        return command.state is ReportState.BREACHED
    if isinstance(command, GiveProxy):
        return command.scope in ("answer", "sign")
    return type(command) in _MAKERS


def grave_act(t: Localizer, view: View, command: Any) -> GraveAct:
    """Return what is read before ``command``, which is grave."""
    return _MAKERS[type(command)](t, view, command)


def _words(t: Localizer, view: View, words: Words | None) -> tuple[tuple[Markup, Markup], ...]:
    return ((t("Your words"), said(words.text, words.lang)),) if words is not None and words.text.strip() else ()


def _relay(t: Localizer, view: View, one: RelayItem) -> GraveAct:
    item = view.known.items.get(one.item)
    origin = None if item is None else item.originator
    to = t.seat(one.to)
    if one.form is Form.OWN_IDEA:
        tells = t("{to} will be told these words as your own idea. Nobody else is named.", to=to)
    elif origin is None or origin == view.seat:
        tells = t("{to} will be told these words from you.", to=to)
    elif one.form is Form.VERBATIM:
        tells = t("{to} will be told the words of {origin}, word for word, and that they are from {origin}.", to=to,
                  origin=t.seat(origin))  # fmt: skip
    else:
        tells = t("{to} will be told, in your own words, what {origin} says.", to=to, origin=t.seat(origin))
    held = () if item is None else tuple(t.words(body) for body in item.words)
    shown = _words(t, view, one.words) or tuple((t("The paper"), body) for body in held)
    asked = ((t("Reading back"), t("{to} is asked to read it back to you.", to=to)),) if one.ask_read_back else ()
    label = t("Tell {to}", to=to)
    return GraveAct(label=label, tells=tells, facts=(*shown, *asked, _no_way_back(t)))


def _no_way_back(t: Localizer) -> tuple[Markup, Markup]:
    return t("Afterwards"), t("What has been told cannot be taken back.")


def _version_facts(t: Localizer, view: View, handle: str | None) -> tuple[tuple[Markup, Markup], ...]:
    version = view.known.versions.get(handle or "")
    return () if version is None else ((t("Check code of the words"), t.code(check_code(version.hash))),)


def _stance(t: Localizer, view: View, one: TakeStance) -> GraveAct:
    version = t.handle(one.version)
    who = t.seats(one.to) if one.to else t("all who hold this version")
    mine = t.seat(one.by_proxy_of or view.seat)
    label = t("{deed} {version}", deed=t.word("deed", one.kind), version=version)
    languages = one.languages or (() if (held := view.known.versions.get(one.version)) is None else held.languages)
    facts: tuple[tuple[Markup, Markup], ...] = ((t("What it binds"), t.word("binds", one.kind)),)
    if languages:
        facts += ((t("In which languages"), t.tongues(languages)),)
    return GraveAct(
        label=label,
        tells=t("{who} will read that {actor} took this step: {stance}.", who=who, actor=mine,
                stance=t.word("stance", one.kind)),
        facts=(*facts, *_version_facts(t, view, one.version), *_words(t, view, one.words)),
    )  # fmt: skip


def _end_stance(t: Localizer, view: View, one: EndStance) -> GraveAct:
    return GraveAct(
        label=t("End stance {handle}", handle=t.handle(one.stance)),
        tells=t("All who saw this stance will read that you ended it. The record still shows that you took it."),
        facts=_words(t, view, one.words),
    )


def _release(t: Localizer, view: View, one: ReleaseVersion) -> GraveAct:
    version, to = t.handle(one.version), t.seats(one.to)
    tells = (
        t("{to} will receive these words at the same moment, and can comment on them.", to=to)
        if one.comment
        else t("{to} will receive these words at the same moment. They cannot comment on them.", to=to)
    )
    facts = _version_facts(t, view, one.version)
    if one.embargo_until is not None:
        facts += ((t("Not to be published or read out before"), t.when(one.embargo_until)),)
    if not one.equal:
        facts += ((t("Partial"), t("Also if some cannot receive it, or some are left out.")),)
    return GraveAct(
        label=t("Release {version}", version=version),
        tells=tells,
        facts=(*facts, _no_way_back(t)),
    )


def _publish(t: Localizer, view: View, one: Publish) -> GraveAct:
    item = view.known.items.get(one.item)
    shown = () if item is None else tuple((t("The paper"), t.words(body)) for body in item.words)
    return GraveAct(
        label=t("Publish {item}", item=t.handle(one.item)),
        tells=t("Everybody, also outside these talks, will be able to read this paper as yours."),
        facts=(*shown, _no_way_back(t)),
    )


def _withdraw(t: Localizer, _: View, one: WithdrawItem) -> GraveAct:
    item = t.handle(one.item)
    return GraveAct(
        label=t("Withdraw {item}", item=item),
        tells=t("Its holders will be told that nobody may tell this paper any more. Who was told it keeps knowing it."),
    )


def _withdraw_allegation(t: Localizer, _: View, one: WithdrawAllegation) -> GraveAct:
    handle = t.handle(one.allegation)
    return GraveAct(
        label=t("Withdraw allegation {handle}", handle=handle),
        tells=t("All who know of this allegation will read that you withdrew it. It is then no longer counted."),
    )


def _withdraw_invitation(t: Localizer, _: View, one: WithdrawInvitation) -> GraveAct:
    handle = t.handle(one.invitation)
    return GraveAct(
        label=t("Withdraw invitation {handle}", handle=handle),
        tells=t("All who know of this invitation will read that you withdrew it. It can no longer be answered."),
    )


def _ratify(t: Localizer, view: View, one: RecordRatification) -> GraveAct:
    version = t.handle(one.version)
    label = t("Record that {version} is ratified", version=version)
    refusal = t("Record that {version} is not ratified", version=version)
    return GraveAct(
        label=label if one.ratified else refusal,
        tells=t(
            "All who hold this version will read what {who} decided. It is recorded once.", who=t.actor(one.ratifier)
        ),
        facts=_version_facts(t, view, one.version),
    )


def _force(t: Localizer, view: View, one: EnterIntoForce) -> GraveAct:
    version = t.handle(one.version)
    return GraveAct(
        label=t("Record the entry into force of {version}", version=version),
        tells=t("All who hold this version will read that it binds from this time on."),
        facts=(
            (t("From"), fill('<bdi dir="ltr">{}</bdi>', f"{one.local} {one.zone}")),
            *_version_facts(t, view, one.version),
        ),
    )


def _question(t: Localizer, view: View, one: PutQuestion) -> GraveAct:
    subject = one.version or one.package or ""
    facts: tuple[tuple[Markup, Markup], ...] = ((t("Rule"), t.word("rule-says", one.rule.rule)),)
    if one.closes_at is not None:
        facts += ((t("Closes"), t.when(one.closes_at)),)
    return GraveAct(
        label=t("Put {subject} for decision", subject=t.handle(subject)),
        tells=t(
            "{seats} will be asked to accept or object, and will see who puts the question.",
            seats=t.seats(one.eligible),
        ),
        facts=(*facts, *_version_facts(t, view, one.version), *_words(t, view, one.question)),
    )


def _declare(t: Localizer, _: View, one: DeclareOutcome) -> GraveAct:
    handle = t.handle(one.question)
    return GraveAct(
        label=t("Declare the outcome of {handle}", handle=handle),
        tells=t("All whom you asked will read the outcome that follows from the rule and the answers. It is final."),
    )


def _format(t: Localizer, view: View, one: ChangeFormat) -> GraveAct:
    session = view.known.sessions.get(one.session)
    who = t.seats(one.pair or (() if session is None else session.participants))
    if one.format is Format.DIRECT:
        tells = t("From now on {seats} may address each other. Nothing said before is touched.", seats=who)
    elif one.format is Format.PROXIMITY:
        tells = t(
            "From now on {seats} cannot address each other. What one of them says is heard by intermediaries only, "
            "who carry messages between the rooms. Nothing said before is touched.",
            seats=who,
        )
    else:
        tells = t("From now on everybody present hears what {seats} say. Nothing said before is touched.", seats=who)
    facts = () if session is None else ((t("Told to"), t.seats(session.participants)),)
    return GraveAct(label=t("Change the format for {seats}", seats=who), tells=tells, facts=facts)


def _lend(t: Localizer, _: View, one: GiveProxy) -> GraveAct:
    holder = t.seat(one.holder)
    can = (
        t("{holder} will be able to sign texts in your name.", holder=holder)
        if one.scope == "sign"
        else t("{holder} will be able to answer questions in your name.", holder=holder)
    )
    until = t.when(one.until) if one.until is not None else t("until you end it")
    return GraveAct(
        label=t("Give {holder} your proxy", holder=holder),
        tells=can,
        facts=((t("Until"), until),),
    )


def _give_seat(t: Localizer, view: View, one: GiveSeat) -> GraveAct:
    told = t.seats(one.known_to) if one.known_to else t("all open seats that you know of")
    facts: tuple[tuple[Markup, Markup], ...] = (
        (t("Short name"), t.handle(one.slug)),
        (t("Roles"), t.words_of("role", one.roles)),
    )
    if one.kept_by is not None:
        facts += ((t("Kept on paper by"), t.seat(one.kept_by)),)
    return GraveAct(
        label=t("Open a seat for {actor}", actor=t.actor(one.actor)),
        tells=t("{seats} will read that {actor} has a seat. The new seat will see these seats.", seats=told,
                actor=t.actor(one.actor)),
        facts=facts,
    )  # fmt: skip


def _close_seat(t: Localizer, _: View, one: CloseSeat) -> GraveAct:
    seat = t.seat(one.slug)
    return GraveAct(
        label=t("Close the seat {seat}", seat=seat),
        tells=t("All who know of this seat will read that it is closed. Its people are signed out everywhere at once."),
        facts=(_no_way_back(t),),
    )


def _shred(t: Localizer, view: View, one: ShredBody) -> GraveAct:
    item = view.known.items.get(one.item)
    shown = () if item is None else tuple((t("The paper"), t.words(body)) for body in item.words)
    return GraveAct(
        label=t("Destroy the text of {item}", item=t.handle(one.item)),
        tells=t("All who had this text will read that it was destroyed, and why. Nobody can read it here any more."),
        facts=(
            *shown,
            (t("What remains"), t("Retellings in other words, prints, files taken out, and backups with their keys.")),
            _no_way_back(t),
        ),
    )


def _answer_allegation(t: Localizer, view: View, one: AnswerAllegation) -> GraveAct:
    held = view.known.allegations.get(one.allegation)
    about = () if held is None else ((t("About"), t.word("allegation", held.kind)),)
    return GraveAct(
        label=t("Answer allegation {handle}", handle=t.handle(one.allegation)),
        tells=t("All who know this allegation will read: {actor} {says}.",
                actor=t.actor(one.on_behalf_of) if one.on_behalf_of else t.seat(view.seat),
                says=t.word("answered", one.says)),
        facts=(*about, *_words(t, view, one.words)),
    )  # fmt: skip


def _ask_about(t: Localizer, view: View, one: NotifyParty) -> GraveAct:
    return GraveAct(
        label=t("Ask about allegation {handle}", handle=t.handle(one.allegation)),
        tells=t("{to} will read {shown}, and is asked to answer by {at}.", to=t.seat(one.to),
                shown=t.word("asked-shown", one.shown), at=t.when(one.answer_by)),
        facts=(_no_way_back(t),),
    )  # fmt: skip


def _finding(t: Localizer, view: View, one: AdoptFinding) -> GraveAct:
    who = t.actors(one.attributed_to) if one.attributed_to else t("none")
    return GraveAct(
        label=t("Adopt the finding on {handle}", handle=t.handle(one.allegation)),
        tells=t("Who sees the ledger, and who was asked about it, will read that this was found: {result}.",
                result=t.word("found", one.result)),
        facts=((t("Attribution:"), who), *_words(t, view, one.grounds)),
    )  # fmt: skip


def _clear_bulletin(t: Localizer, view: View, one: ClearBulletin) -> GraveAct:
    held = view.known.bulletins.get(one.bulletin)
    days = () if held is None else ((t("Days"), fill("{} – {}", t.day(held.day_from), t.day(held.day_to))),)
    who = t("everybody") if held is None or not held.to else t.seats(held.to)
    return GraveAct(
        label=t("Release bulletin {handle}", handle=t.handle(one.bulletin)),
        tells=t("{who} will read these figures.", who=who),
        facts=(*days, _no_way_back(t)),
    )


def _share_ledger(t: Localizer, _: View, one: ShareLedger) -> GraveAct:
    return GraveAct(
        label=t("Share days of ledger {handle}", handle=t.handle(one.ledger)),
        tells=t("{who} will read: {shown}.", who=t.seats(one.to), shown=t.word("ledger-face", one.face)),
        facts=((t("Days"), fill("{} – {}", t.day(one.day_from), t.day(one.day_to))), _no_way_back(t)),
    )


def _breach(t: Localizer, view: View, one: ReportCommitment) -> GraveAct:
    held = view.known.commitments.get(one.commitment)
    what = () if held is None else ((t("What was promised"), said(held.commitment.what, "en")),)
    who = t.seats(one.to) if one.to else t("all who know of this commitment")
    return GraveAct(
        label=t("Report a breach of {handle}", handle=t.handle(one.commitment)),
        tells=t("{who} will read that you report this commitment as breached.", who=who),
        facts=(*what, *_words(t, view, one.words)),
    )


def _register_key(t: Localizer, view: View, one: RegisterKeyFor) -> GraveAct:
    try:
        code = (t("Check code of the key"), t.code(key_code(*keys_in(one.key))))
    except ScenarioError:
        code = (t("Check code of the key"), t("not a key"))
    return GraveAct(
        label=t("Register this key of {seat}", seat=t.seat(one.seat)),
        tells=t("Sealed files for {seat} are made for this key from now on. Who has its other half reads them.",
                seat=t.seat(one.seat)),
        facts=(code, (t("Who vouches for it"), name_of(one.vouched_by)), (t("How the check code was compared"),
               t.word("compared", one.compared))),
    )  # fmt: skip


_MAKERS: Mapping[type[Command], Callable[[Localizer, View, Any], GraveAct]] = {
    ChangeFormat: _format,
    RelayItem: _relay,
    TakeStance: _stance,
    EndStance: _end_stance,
    ReleaseVersion: _release,
    Publish: _publish,
    WithdrawItem: _withdraw,
    WithdrawAllegation: _withdraw_allegation,
    WithdrawInvitation: _withdraw_invitation,
    RecordRatification: _ratify,
    EnterIntoForce: _force,
    PutQuestion: _question,
    AnswerAllegation: _answer_allegation,
    NotifyParty: _ask_about,
    AdoptFinding: _finding,
    ClearBulletin: _clear_bulletin,
    ShareLedger: _share_ledger,
    DeclareOutcome: _declare,
    GiveProxy: _lend,
    GiveSeat: _give_seat,
    RegisterKeyFor: _register_key,
    CloseSeat: _close_seat,
    ShredBody: _shred,
    ReportCommitment: _breach,
}
