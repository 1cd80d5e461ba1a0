"""Refusals: a code for programs and a sentence for people, with nothing in it that the asking seat could not know.

A sentence says what cannot be done, then why, then what to do instead. A code that is used in several places has a
sentence for each *case* besides its general one, so that a translator gets whole sentences and never glued parts.
"""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.data_class import dataclass
from goodoffices.errors import RefusedError
from goodoffices.talks.base.refusals_of_ledgers import LEDGER_CASES

SENTENCES: Mapping[str, str] = {
    "unknown": "Your record has nothing of that name. Check what you named.",
    "not_your_power": "You cannot do this: your role in these talks is {roles}. These roles can: {able}.",
    "self_only": "You cannot do this for {who}. Only {who} can do it.",
    "not_yours": "You cannot change this: another seat made it. Ask that seat.",
    "not_cleared": "You cannot tell {to} this: {who} has not allowed it. Ask {who} for a clearance.",
    "form_too_full": (
        "You cannot tell {to} this in that form: {who} allowed it only as {form}. Use that form, or ask {who} to allow "
        "yours."
    ),
    "clearance_ended": "You can no longer tell this: the clearance ended on {at}. Ask for a new one.",
    "withdrawn": "This was withdrawn on {at}. It can no longer be used.",
    "lapsed": "This lapsed on {at}. It can no longer be used.",
    "wording_not_approved": "You cannot tell this yet: {who} wants to approve your words first. Show {who} your words.",
    "words_needed": "You have not written what you will say. The form {form} needs it.",
    "format_forbids": (
        "You cannot hand this to {b}: the format between {a} and {b} is {format}. Hand it to an intermediary."
    ),
    "format_forbids_session": (
        "{a} and {b} cannot be in one session: they are in shuttle format. Plan a session for each of them."
    ),
    "no_contact": "You cannot reach {b}: {a} and {b} are not in contact. Hand it to an intermediary.",
    "not_present": "You cannot speak in this session: you are not marked present. Ask the chair to mark you present.",
    "not_open": "This is not open yet. Wait until it is opened.",
    "closed": "This closed on {at}. Nothing more can be added.",
    "done": "This has been done already. Nothing was changed.",
    "not_asked": "You cannot answer this: it was not put to you.",
    "not_invited": "You cannot do this: you are not invited to the round. Ask its sponsor for an invitation.",
    "not_accepted": "You cannot do this yet: you have not accepted your invitation to the round. Accept it first.",
    "two_persons": "One person alone cannot do this. Let a second person confirm it.",
    "no_chain": "The claim does not say on whose word it stands. Name at least the outlet or person that says it.",
    "about_viewer": (
        "In live talks an assessment is not shown to the actor it is about. Choose a compartment without its seats."
    ),
    "protected": "This cannot be shown: its source is protected. Leave it out.",
    "not_transcribed": "You cannot dispute this entry: nobody entered it for you. Choose one that was entered for you.",
    "not_reader": (
        "You cannot do this. Only the neutral seat can, and only where it may read the papers. Ask the neutral seat."
    ),
    "rule_not_met": "The papers cannot be opened yet: the rule of this deposit is not met. Wait until it is.",
    "sources_not_cleared": (
        "You cannot show {to} this: it draws on {item}, which is not cleared for {to}. Ask for a clearance, or declare "
        "it your own idea and say why."
    ),
    "no_proxy": (
        "You cannot enter this for another seat: it is not one of your seats, or it has not given you a proxy to "
        "enter. Ask that seat for a proxy."
    ),
    "key_reused": "This request was sent before with other content. Load the page again, and send it from there.",
    "bad_figures": "These figures do not fit together. Check them.",
    "no_place": "The allegation has no place. Name an area or a place.",
    "own_ledger": "You cannot answer for your own ledger: another keeper does that. Choose another ledger.",
    "needs_reason": "This needs a reason. Give one.",
    "no_rule": "A violation needs the terms of a cease-fire and the clause that forbids this. Name both.",
    "not_in_force": "These terms do not cover this. Choose other terms, or another result.",
    "bad_interval": "The end is before the beginning. Put the earlier time first.",
    "in_future": "This time is still to come. Give one that has passed.",
    "past": "This time has already passed: {at}. Give a later one.",
    "not_eligible": "{who} cannot answer this question: it is not among those who decide it, or has left the round.",
    "question_open": (
        "You cannot declare the outcome yet: answers are missing, and the question is open until {at}. Wait until then."
    ),
    "not_ratifier": (
        "You cannot record what {who} decided. Only {who}, or the party that named it as ratifier, can do that."
    ),
    "conditions_open": "This cannot enter into force yet: {who} has not ratified these words.",
    "dangling_condition": "{needs} is left out, and {what} depends on it. Add {needs}, or take {what} out.",
    "not_pen": "You cannot write this text: {who} holds its pen. Comment on a clause instead.",
    "not_released": "This version cannot be used here: it was not released for that. Ask its pen to release it.",
    "embargoed": "You cannot read this out yet: it is under embargo until {at}.",
    "bracketed": "Words in brackets are not agreed. Settle them first in these clauses: {clauses}.",
    "languages_not_sealed": (
        "The authentic language versions do not have the same structure. They differ in these clauses: {clauses}. "
        "Align them first."
    ),
    "not_ready": (
        "{who} cannot receive this now: it has not said that papers on its screen count as received, and no print pack "
        "is ready for it. Ask it to say so, make a pack ready, or release as partial."
    ),
    "narrower": (
        "{who} received the version before this one and is not named now. Name {who} too, or release this one as "
        "partial."
    ),
    "proposer_open": (
        "You cannot leave out variant {variant} of clause {clause}. These seats have neither accepted that nor dropped "
        "it: {who}. Ask them, or leave it out on your own responsibility."
    ),
    "clause_not_cleared": (
        "You cannot show {to} clause {clause}: it draws on {item}, which is not cleared for {to}. Ask for a clearance."
    ),
    "no_consent": "You cannot pass the pen to {who}: it has not asked for it. Let {who} ask for the pen first.",
    "not_your_stance": (
        "You cannot take the stance “{kind}” on this text: your role and the text do not allow it. You can endorse it "
        "orally, refuse it, or comment on it."
    ),
    "no_sign_proxy": "You cannot sign for {who}: you do not hold its proxy to sign. Ask {who} for one.",
    "empty_seat": "The exercise cannot start: nobody plays the seat {who}. Name it for people, or for the program.",
    "backwards": "The clock cannot go back. It shows {at}. Give a later time.",
    "given": "Inject {handle} was given already. Write a new one, or leave it.",
    "not_your_action": "Your seat has no action called {action}. Choose one of the actions in your brief.",
    "too_costly": "This action costs {cost}, and your seat has {left} left. Choose another action.",
    "seat_taken": "People play this seat, so nobody else can act for it. Hand the seat to the program first.",
    "running": "The exercise is still going on. End it first.",
    "bad_row": "Row {n} of the table cannot be filed: {why} Nothing was filed. Correct the row.",
    "bad_value": "{why}",
    "stale": "Since you opened this, {what} has changed (notice {n}). Look at it, then send again.",
}
"""Every refusal code and its general sentence. ``{who}``, ``{to}``, ``{a}``, ``{b}`` are seats, shown by name."""

CASES: Mapping[str, str] = {
    **LEDGER_CASES,
    "bad_figures/none": "This bulletin has no figures. Prepare it at a desk or in the terminal, which work them out.",
    "bad_figures/negative": "A count is negative, or the report covers no day. Give counts from 0, and at least 1 day.",
    "bad_figures/parts": "The parts add up to {parts}, and the stated total is {total}. Make the two agree.",
    "bad_figures/checked": "Reports confirmed or explained: {checked}, of {total} on that day. Correct one figure.",
    "bad_figures/answer": "Nothing was named to answer for. Name an allegation, or a day and how many of its reports.",
    "bad_figures/percent": "{percent} is not a share of what could be seen. Give a number from 0 to 100.",
    "bad_figures/row": "A row of the list has another number of values than {n}. Give each row these: {fields}.",
    "bad_value/allegation_kind": "This kind of allegation is not known. The kinds are: {known}.",
    "bad_value/choice": "This value is not known. The values are: {known}.",
    "bad_value/row_columns": "A column of the rows is not known, or kind or day is missing. Known: {known}.",
    "bad_value/row_key": "Only the first rows of a ledger come with a key. Import the file again.",
    "bad_value/row_lists": "Texts and origins do not have one entry for each row. Import the file again.",
    "bad_value/rows": "These are not 1 to {most} rows with a cell for each column. Divide them, and send them again.",
    "bad_value/result": "This result is not known. The results are: {known}.",
    "bad_value/control_seat": "The control seat cannot be handed over. Name the seat of a player.",
    "bad_value/how_far": "So much cannot be shown. Choose one of these: {known}.",
    "bad_value/no_exercise": "These talks are not played, so there is nothing to control. Open them as an exercise.",
    "bad_value/pace": "This pace is out of bounds. Give a whole number from 1 to {most}.",
    "bad_value/percent": "A forecast is in per cent. Give a whole number from 0 to 100.",
    "bad_value/played_twice": "The seat {who} is named for people and for the program. Name it once.",
    "bad_value/rule_total": "The total is less than the weights listed. Correct one of them.",
    "bad_value/rule_impossible": "Under this rule nothing could pass, or nothing could fail. Correct a share.",
    "bad_value/rule_uncounted": "No share of it counts its weights, blocs or total. Leave them out, or let one count.",
    "bad_value/character": "A field holds a character that no document can carry: {character}. Remove it.",
    "bad_value/succession": "This answer of a successor is not known. The answers are: {known}.",
    "bad_value/item_kind": "This kind of paper is not known. The kinds are: {known}.",
    "bad_value/salience": (
        "Salience runs from 0 to 1, and {value} goes above it. Give a number such as 0.6, or a range such as 0.4 to "
        "0.7."
    ),
    "bad_value/no_note": "There is no note of the session “{title}” to make minutes of. Take note first.",
    "bad_value/no_reader": (
        "Nobody would receive the minutes of “{title}”. Name a seat that was in the session, or one of the mediation "
        "team."
    ),
    "bad_value/no_line": "These minutes have no line {n}. Their lines go from 1 to {most}.",
    "bad_value/not_team": "{who} cannot read who said what: it is not of the mediation team. Send it its own version.",
    "bad_value/speaker_named": (
        "Line {n} is not to say who spoke, and its words name the speaker: “{name}”. Correct the line first."
    ),
    "bad_value/mark": "This mark of attendance is not known. The marks are: {known}.",
    "bad_value/deposit_rule": "This rule for a deposit is not known. The rules are: {known}.",
    "bad_value/normaliser": "This normaliser is not known. The normalisers are: {known}.",
    "bad_value/scope": "This scope of a proxy is not known. The scopes are: {known}.",
    "bad_value/text_kind": "Your role cannot table this kind of text. It can table: {known}.",
    "bad_value/paper_missing": "These authentic languages have no words yet: {known}. Write the text in them too.",
    "bad_value/clause_number": "This version has no clause {clause}. Give one of its numbers.",
    "bad_value/languages": "You hold this version in these languages: {known}. Choose among them.",
    "bad_value/two_languages": "Two languages are needed to say that they differ. This version has: {known}.",
    "closed/exercise": "The exercise has ended. Nothing more can be added to it.",
    "closed/session": "The session “{title}” closed on {at}. Attendance can no longer be marked.",
    "closed/question": "Question {handle} was decided on {at}. It takes no more answers.",
    "closed/deposit": "Deposit {handle} is closed: its time ended on {at}. It takes no more papers.",
    "closed/blind": "Blind question {handle} is closed: its time ended on {at}. It takes no more answers.",
    "closed/match": "List matching {handle} is closed: its time ended on {at}. It takes no more lists.",
    "done/action_ruled": "Action {handle} was ruled on before. Nothing was changed.",
    "done/clock_runs": "The clock runs already. Nothing was changed.",
    "done/clock_stands": "The clock is stopped already. Nothing was changed.",
    "done/exercise_started": "The exercise was started before. Nothing was changed.",
    "done/inject_held": "Inject {handle} is held already. Nothing was changed.",
    "done/revealed": "So much was shown before. Nothing was changed.",
    "done/rule_answered": "Question {handle} was answered before. Nothing was changed.",
    "done/swapped": "The seat {who} is played so already. Nothing was changed.",
    "embargoed/bulletin": (
        "You cannot ask that bulletin {handle} is kept until then. Give a time to come, and only for named seats: what "
        "is public goes out at once."
    ),
    "done/source": "Your record has a source called {slug} already. Choose another short name.",
    "done/claim_name": "Your record has a claim called {slug} already. Choose another short name, or replace it.",
    "done/claim": "Claim {handle} was replaced by {by} before. Replace {by} instead.",
    "done/actor": "The actor {slug} has these names already. Nothing was changed.",
    "done/carried": "Commitment {handle} was carried to the round “{title}” before. Nothing was changed.",
    "done/guarantee": "Guarantee {handle} was ended before. Nothing was changed.",
    "done/version_put": "{handle} has been put for decision already. Wait for the outcome.",
    "done/version_adopted": "{handle} is adopted already. Write a new version and put that one.",
    "done/version_superseded": "A newer version has replaced {handle}. Put the newer one for decision.",
    "done/nothing": "This changes nothing that anybody knows. Nothing was added to the record.",
    "done/same_minutes": "Each reader has these minutes as they stand now. Nothing was changed.",
    "done/minutes": "These minutes were approved on {at}. They do not change any more: write what comes later "
    "as a paper of its own.",
    "done/copy_replaced": "These minutes were circulated again, with corrections. Look at the newer version.",
    "done/outcome": "The outcome of question {handle} was declared before. It cannot be declared again.",
    "done/package_closed": "Package {handle} is closed already. Reopen it to change it.",
    "done/package_open": "Package {handle} is open already. Nothing was changed.",
    "done/handed": "You handed {item} to {to} before. {to} still holds it.",
    "done/clearance": "Clearance {handle} has ended already. Give a new one if you need it.",
    "done/pack": "Pack {handle} was handed over before. Make a new pack ready for what came after.",
    "done/destroyed": "The words of {item} were destroyed before. Nothing was changed.",
    "done/wording": "You answered for the words {handle} before. Your answer stands.",
    "done/read_back": "You answered read-back {handle} before. Your answer stands.",
    "done/delegation": "You named your delegation to this round before. Change it instead.",
    "done/round": "The round “{title}” is not in planning any more. Its dates and opening can no longer be changed.",
    "done/session": "The session “{title}” was opened before. It cannot be opened again.",
    "done/invitation": "Invitation {handle} was withdrawn before. Nothing was changed.",
    "done/seat": "A seat called {slug} exists already. Choose another short name.",
    "done/seat_closed": "The seat of {who} was closed before. Nothing was changed.",
    "done/proxy": "Proxy {handle} was ended before. Nothing was changed.",
    "done/service": "Papers on this screen count as received already. Nothing was changed.",
    "done/variant": "You gave up variant {handle} before. Nothing was changed.",
    "done/pen": "You hold the pen of this text already, or have asked for it. Nothing was changed.",
    "done/ratification": "What {who} decided on this version was recorded before. It cannot be recorded again.",
    "done/released": "All the seats named have this version already. Name a seat that does not have it.",
    "done/stance": "Stance {handle} was ended before. Nothing was changed.",
    "dangling_condition/clauses": (
        "Clause {needs} is left out, and {what} depends on it. Add clause {needs}, or leave {what} out."
    ),
    "in_future/day": "You cannot report {day} yet: it is still to come. Report a day that has passed.",
    "in_future/allegation": "You cannot allege what is still to come. Give a time that has passed.",
    "in_future/happened": "What you enter would have happened in the future. Give a time that has passed.",
    "in_future/taken": "You cannot record the hand-over before it takes place. Give a time that has passed.",
    "lapsed/item": "{item} lapsed on {at}. Nothing more can be done with it; write a new paper.",
    "no_contact/relay": "You cannot tell {b} this: you and {b} are not in contact. Another intermediary may be.",
    "not_asked/deposit": "You cannot deposit a paper in {handle}: you are not one of its depositors.",
    "not_asked/blind": "You cannot answer blind question {handle}: it was not put to you.",
    "not_asked/match": "You cannot submit a list to {handle}: you are not one of its two sides.",
    "not_eligible/asked": (
        "You cannot ask {who} to decide this: only parties that are still in the round decide. Leave {who} out."
    ),
    "not_eligible/lent": "You cannot answer for {giver}: you hold no proxy to answer from it. Ask {giver} for one.",
    "not_invited/other": "You cannot answer this invitation: it is to {who}. Only {who} can answer it.",
    "not_open/exercise": "The exercise has not started yet. Start it first.",
    "not_open/minutes_corrected": "Corrections have come in. Circulate the minutes again, then approve them.",
    "not_open/minutes_objected": (
        "These minutes cannot be approved yet: {who} objects. Settle it, or wait for its word."
    ),
    "not_open/minutes_silent": "These minutes cannot be approved yet: {who} has not said that they are right.",
    "not_open/minutes_time": (
        "These minutes cannot be approved yet: there is time to object until {at}. Wait until then."
    ),
    "not_open/session": "The session “{title}” is not open. Its chair can open it.",
    "not_open/round": "The round “{title}” cannot be closed: it is not open.",
    "not_open/sense": (
        "You cannot answer yet: under this rule the chair first declares the sense of the meeting. Wait for that."
    ),
    "not_present/minutes": (
        "You cannot correct these minutes: you were not present. You can send a letter to {who}; it is kept beside "
        "them."
    ),
    "not_pen/read_out": "You cannot read this text out: that is for {who}, who holds its pen, and for the host.",
    "not_pen/closed": (
        "You cannot table a variant: {who} has not opened the pen to you here. Comment on the clause instead."
    ),
    "not_released/asked": "Not all who would decide have received {handle}. Release it to them first.",
    "not_released/package": "Not all who would decide were told of package {handle}. Put it to them first.",
    "not_released/clauses": "Not all to whom you put this package have received {handle}. Release it to them first.",
    "not_released/comment": "You cannot comment on {handle}: it was not released to you for comment.",
    "not_released/pen": "You hold the pen of this text, so you do not comment on it. Write a new version instead.",
    "not_released/read_out": "You cannot read out {handle}: it is released to nobody yet. Release it first.",
    "not_reader/paper": "You cannot check a paper of {who}: none is in yet. Wait until it deposits one.",
    "not_your_power/barred": "You cannot do this: these talks have taken it from your seat. Ask the secretariat.",
    "not_your_power/seat_closed": "You cannot do this: your seat is closed. Ask the secretariat.",
    "not_your_power/looks_on": "You cannot do this: your role in these talks is {roles}, which only looks on.",
    "not_your_power/nobody": "You cannot do this: no role in these talks can, only a seat that they name for it.",
    "not_your_power/ledger": "You cannot answer for allegations: you keep no ledger. Open a ledger of your own first.",
    "not_yours/copy": "You cannot answer for this version: it is for another seat. Answer for your own.",
    "not_yours/claim": "You cannot replace claim {handle}: another seat entered it. Enter one of your own beside it.",
    "not_yours/due": "You cannot move the date of commitment {handle}: it is not yours. Ask the one who owes it.",
    "not_yours/outcome": "You cannot declare the outcome of {handle}: another seat put the question. Ask that seat.",
    "not_yours/package": "You cannot close or reopen package {handle}: only the seat that put it can. Ask that seat.",
    "not_yours/item": "You cannot do this with {item}: you did not write it. Only its originator can.",
    "not_yours/wording": "You cannot approve the words {handle}: they are your own. They wait for the originator.",
    "not_yours/invitation": "You cannot withdraw invitation {handle}: another seat made it. Ask that seat.",
    "not_yours/notice": "You cannot show notice {notice}: you may not show acts of this kind later. Leave it out.",
    "not_yours/variant": "You cannot give up variant {handle}: you did not propose it.",
    "not_yours/stance": "You cannot end stance {handle}: it is not yours. Only its actor, or who signs for it, can.",
    "protected/note": "{item} is a note to file and stays with you. Write a paper if others may see it.",
    "protected/mode": "{item} cannot be published: it is not on the record. Publish a paper that is.",
    "protected/source": "{item} cannot be published: it draws on a paper that is not cleared for the public.",
    "rule_not_met/handle": "The papers of {handle} cannot be opened now: the rule of this deposit is not met.",
    "self_only/commitment": "You cannot record a commitment of {who}: only {who} can undertake it. Ask {who}.",
    "self_only/guarantee": "You cannot end guarantee {handle}: {who} gave it. Only {who} can end it.",
    "self_only/successor": (
        "You cannot answer for commitment {handle}: you are not a successor of those who owe it. A successor can."
    ),
    "self_only/chair": "You cannot do this in the session “{title}”: {who} chairs it. Ask {who}.",
    "self_only/answer": "You cannot answer for {who}: you have given no guarantee for it. Answer for yourself.",
    "self_only/person": "You cannot name people for {who}. Only {who} and the secretariat can.",
    "self_only/head": "You cannot invite or remove people of your seat: {person} heads it. Ask {person}.",
    "self_only/proxy": "You cannot end proxy {handle}: {who} gave it. Only {who} can end it.",
    "unknown/handle": "Your record has nothing called {handle}. Check the name.",
    "unknown/of_kind": "Your record has nothing called {handle} here. It has: {known}.",
    "unknown/missing": "Something that this needs was not named. Name it.",
    "unknown/seat": "Your record has no seat called {slug}. Check the name.",
    "unknown/actor": "Your record has no actor called {slug}. Check the name.",
    "unknown/area": "Your record has no area called {slug}. Check the name, or name a place instead.",
    "unknown/seat_near": "Your record has no seat called {slug}. Did you mean {near}?",
    "unknown/actor_near": "Your record has no actor called {slug}. Did you mean {near}?",
    "unknown/subject": (
        "A claim cannot be about {slug}: your record has no actor, round, text or area of that name. Enter it first."
    ),
    "unknown/subject_near": "Your record has no actor, round, text or area called {slug}. Did you mean {near}?",
    "unknown/question": "These talks have no question called {slug}. Leave it out, or name one of: {known}.",
    "unknown/no_question": "These talks have no named questions, so {slug} is not one. Leave it out.",
    "unknown/compartment": "Your record has no compartment called {slug}. Check the name.",
    "unknown/source": "Your record has no source called {slug}. Enter the source first.",
    "unknown/issue": "The agenda has no issue called {slug}. Check the name.",
    "unknown/option": "This issue has no option called {slug}. Choose one of its options.",
    "unknown/notice": "Your record has no notice of that number. Its notices go from 1 to {last}.",
    "unknown/clause": "{handle} has no such clause. Name clauses of that version.",
    "unknown/incident": "Allegation {handle} is not linked to incident {incident}. Name one that is.",
    "unknown/ledger": "Allegation {handle} is in another ledger. Name the ledger that it is in.",
    "running/reflect": "The exercise is still going on. Write this when it is over.",
    "unknown/forecast": "No question to forecast is called {slug}. Choose one of the questions of the exercise.",
    "unknown/forecast_near": "No question to forecast is called {slug}. Did you mean {near}?",
    "unknown/two_actors": "Fewer than two actors were named. Name at least two.",
    "unknown/obligors": "Nobody is named who shall do it. Name at least one actor.",
    "unknown/own_seat": "You cannot give {item} to your own seat. Choose another seat.",
    "unknown/closed_seat": "You cannot give {item} to {to}: that seat is closed. Choose another seat.",
    "unknown/originator": "You cannot tell {to} {item}: it comes from {to}. Choose another seat.",
    "unknown/note": "You cannot tell anybody {item}: it is a note to file. Write a paper instead.",
    "unknown/not_handed": "You cannot show words for {item}: it was not handed to you to be told.",
    "unknown/no_words": "There are no words to show. Write what you will say.",
    "unknown/not_told": "You cannot read back {item}: nobody told it to you. Choose something that you were told.",
    "unknown/read_back": "Your record has no read-back {handle} that is for you to answer.",
    "unknown/cleared": "Clearance {handle} does not name all these seats. Take out only seats that it names.",
    "unknown/participant": "{who} does not take part in the session “{title}”. Choose one of its participants.",
    "unknown/person": "Nobody called {person} is in your seat. Check the name.",
    "unknown/other_text": "{handle} is a version of another text. Name a version of this text.",
    "unknown/mark": "The name {name} in braces is not in any version of this text. Keep the names as they were.",
    "unknown/part": "A part can hold only clauses of the version that it is taken from. Take the others out.",
    "unknown/pen_seats": "The pen is to be opened to nobody. Name at least one seat.",
    "unknown/pen_clauses": "This text has no such clause. Name clauses of the text, or open the pen for all.",
    "withdrawn/item": "{item} was withdrawn on {at}. Nothing more can be told from it.",
    "withdrawn/destroyed": "The words of {item} were destroyed on {at}. Nothing more can be told from them.",
    "withdrawn/invitation": "This invitation was withdrawn on {at}. You can no longer answer it.",
}
"""A sentence per code and case. A refusal names its case in the value ``case``."""


def template(code: str, values: Mapping[str, str]) -> str:
    """Return the sentence of a refusal before its values are put in: that of its case, else that of its code."""
    case = values.get("case")
    return SENTENCES[code] if case is None else CASES[f"{code}/{case}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a seat is told instead of an act.

    ``values`` fill the sentence, and ``case`` among them picks it. Seats are slugs; ``View.sentence`` shows names.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def template(self) -> str:
        """The sentence in English, before its values are put in."""
        return template(self.code, dict(self.values))

    @property
    def sentence(self) -> str:
        """The sentence in English, with seats by their slugs."""
        return self.template.format(**dict(self.values))

    def __str__(self) -> str:
        return f"{self.sentence} ({self.code})"


def refused(code: str, **values: str) -> RefusedError:
    """Return the error that refuses with ``code``; ``decide`` turns it into a ``Refusal``."""
    refusal = Refusal(code=code, values=tuple(values.items()))
    return RefusedError(code, refusal.sentence, refusal.values)
