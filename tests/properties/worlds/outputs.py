"""Everything an observer can get from its view, as bytes, and probes of what it may ask."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from goodoffices.errors import ForecastInputError, ScenarioError
from goodoffices.formats.docx.writer import Look
from goodoffices.reports.binder import slice_content
from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import as_html, as_json, as_text, export_files
from goodoffices.reports.ceasefire.bulletin_checks import checked_figures
from goodoffices.reports.forecast.summary import forecast_section
from goodoffices.reports.lists.calendar import calendar_file
from goodoffices.reports.lists.workbook import lists_file
from goodoffices.reports.minutes.minutes_paper import copy_paper, newest_copies
from goodoffices.reports.papers.files import paper_file
from goodoffices.reports.receipts import receipt_of
from goodoffices.reports.rounds.invitation_letter import invitation_letter
from goodoffices.reports.texts.decisions_plain_english import package_lines, question_lines, question_rows
from goodoffices.reports.texts.files import akn_file, docx_file, json_file, markdown_file
from goodoffices.reports.texts.finding_sentences import finding_in_english, title_in_english
from goodoffices.reports.texts.pa_x_export import pax_file
from goodoffices.reports.texts.plain_english import text_rows, version_facts
from goodoffices.reports.texts.print_packs import draw_pack, pack_of
from goodoffices.reports.week.span import week_of
from goodoffices.reports.week.week_paper import Note, week_paper
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Form, Kind, StanceKind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.ceasefire.queries import ledger_totals
from goodoffices.talks.claims.contradictions import contradictions
from goodoffices.talks.commitments.queries import owed
from goodoffices.talks.core import decide, evolve, view_for
from goodoffices.talks.decisions.commands import AnswerQuestion, DeclareOutcome
from goodoffices.talks.decisions.eligibility import outcome_of
from goodoffices.talks.decisions.packages import ClosePackage
from goodoffices.talks.exchange.clearances import may
from goodoffices.talks.exchange.items import HandItem, WithdrawItem
from goodoffices.talks.exchange.relays import ReadBack, RelayItem
from goodoffices.talks.notes.minutes import ApproveMinutes, CorrectMinutes
from goodoffices.talks.sealed.commands import AnswerBlind, Deposit, RevealDeposits
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import families
from goodoffices.talks.texts.comments import DropVariant
from goodoffices.talks.texts.pens import AskPen
from goodoffices.talks.texts.rendered_version import copy_mark, papers_of
from goodoffices.talks.texts.stances import TakeStance
from goodoffices.talks.voting.outcome_sentences import sentences
from goodoffices.talks.voting.rules import Says
from properties.worlds.cast import START
from properties.worlds.pairs import LeakError, Pair, World

NOW = START + timedelta(days=3)
GUESSES = (
    *(f"{letter}{n}" for letter in "mctwsridqkoujabehnpgvyzf" for n in (1, 2, 3, 9, 40)),
    *(f"{letters}{n}" for letters in ("tx", "cl", "va", "co", "st", "nt", "mi", "mc") for n in (1, 2, 9)),
)


def outputs(view: View) -> dict[str, bytes]:
    """Return everything the viewer can get from its view, by name."""
    made = {f"notice {notice.n}": notice.bytes() for notice in view.notices}
    made["head"] = view.head.encode()
    made["known"] = _without_ids(repr(view.known)).encode()
    made["words"] = repr([view.text(body) for item in view.known.items.values() for body in item.words]).encode()
    for item in view.known.items:
        made[f"may {item}"] = repr(may(view.known, item, NOW)).encode()
    made["contradictions"] = _without_ids(repr(contradictions(view.known))).encode()
    made["owed"] = _without_ids(repr(owed(view.known))).encode()
    made["brief"] = as_text(brief_of(view)).encode()
    made["brief as a page"] = as_html(brief_of(view, as_of=NOW.date())).encode()
    made["forecast"] = _forecast(view).encode()
    made["export"] = repr(export_files(brief_of(view), view, "json")).encode()
    made["receipt"] = receipt_of(view, "00" * 16, Kind.EXERCISE, bytes(32), lambda said: said).to_json().encode()
    made["texts"] = repr([papers_of(view, version) for version in view.known.versions.values()]).encode()
    made["copies"] = repr([copy_mark(view, version) for version in view.known.versions.values()]).encode()
    made |= _files(view)
    for copy in newest_copies(view)[:2]:
        paper = copy_paper(view, copy.handle)
        made |= {f"minutes {copy.handle} {ending}": paper_file(paper, ending) for ending in ("docx", "html", "txt")}
    made |= _said_of_texts(view)
    week = week_paper(view, week_of(view, until=NOW), Note(reader="the reader"))
    made |= {f"week {ending}": paper_file(week, ending) for ending in ("docx", "txt")}
    made["calendar"] = calendar_file(view)
    made["sealed"] = json.dumps(slice_content(view), sort_keys=True).encode()
    for name, sent in list(view.known.invitations.items())[-3:]:
        if view.seat in (sent.invitation.by, sent.invitation.to):
            letter = invitation_letter(view, name)
            made |= {f"letter {name} {ending}": paper_file(letter, ending) for ending in ("docx", "txt")}
    if len(view.notices) % 4 == 0:
        made["lists"] = lists_file(view)
    made["ledgers"] = repr([ledger_totals(held) for held in view.known.ledgers.values()]).encode()
    for handle, held in view.known.questions.items():
        found = outcome_of(held)
        made[f"outcome {handle}"] = b"" if found is None else "\n".join(sentences(found, view.name)).encode()
    return made


def _forecast(view: View) -> str:
    """Return the section on what will probably come out, as a page of the brief, or why there is none."""
    try:
        made = brief_of(view, more=forecast_section(view, model="mean", draws=None))
    except ForecastInputError as error:
        return str(error)
    return as_text(made) + as_json(made)


def _files(view: View) -> dict[str, bytes]:
    """Return the files of a few versions, and the pack; drawing it takes long, so one view in sixteen draws it."""
    made = {}
    for handle, version in list(view.known.versions.items())[:3]:
        for body in version.papers[:1]:
            if view.text(body) is not None:
                made[f"markdown {handle}"] = markdown_file(view, handle, body.lang)
                made[f"docx {handle}"] = docx_file(view, handle, body.lang)
                made[f"legend {handle}"] = docx_file(view, handle, body.lang, look=Look.LEGEND)
                made[f"archive file {handle}"] = _archive_file(view, handle, body.lang)
    pack = pack_of(view)
    made["pack"] = json.dumps(pack.data).encode()
    if len(view.notices) % 16 == 0:
        made["pack drawn"] = draw_pack(pack)
    return made


def _archive_file(view: View, handle: str, language: str) -> bytes:
    """Return a clean version as a file for archives, or why there is none."""
    try:
        return akn_file(view, handle, language)
    except ScenarioError as error:
        return str(error).encode()


def _said_of_texts(view: View) -> dict[str, bytes]:
    """Return what is said of texts and decisions: titles, findings, tables, explanations, rows for an archive."""
    made: dict[str, object] = {"rows of texts": text_rows(view), "rows of questions": question_rows(view)}
    for family in families(view):
        made[f"said of {family.slug}"] = (title_in_english(view, family), finding_in_english(view, family))
    for handle in view.known.questions:
        made[f"said of {handle}"] = question_lines(view, handle)
    for handle in view.known.packages:
        made[f"said of {handle}"] = package_lines(view, handle)
    for handle, version in list(view.known.versions.items())[:3]:
        made[f"facts of {handle}"] = version_facts(view, handle)
        if len(version.papers) == len(version.hashes):
            made[f"json {handle}"] = json_file(view, handle)
    made["archive"] = pax_file(view)
    return {name: repr(value).encode() for name, value in made.items()}


def _without_ids(text: str) -> str:
    """Blank the internal ids of bodies: they serve to find words, and no page, file or stream carries them."""
    return re.sub(r"Body\(id='[^']*'", "Body(id=''", text)


def _probes(world: World, seat: str) -> list[str]:
    """Return how the observer's guesses are answered: refusal, or what it would be told."""
    answers = []
    for handle in GUESSES:
        for command in _guesses(handle):
            outcome = decide(
                world.talks, CommandRequest(seat=seat, command=command, person="Amal"), NOW, figures=checked_figures
            )
            if isinstance(outcome, Refusal):
                answers.append(f"{command} {outcome}")
                continue
            talks = world.talks
            for act in outcome:
                talks = evolve(talks, act)
            answers.append(f"{command} {talks.slice_of(seat).head.hex()}")
    return answers


def _guesses(handle: str) -> tuple[Command, ...]:
    words = Words(text="a guess")
    return (
        HandItem(item=handle, to="un"),
        WithdrawItem(item=handle, tell=True),
        RelayItem(item=handle, to="gov", form=Form.PARAPHRASE, words=words),
        RelayItem(item=handle, to="usa", form=Form.OWN_IDEA, words=words),
        ReadBack(told=handle, words=words),
        Deposit(deposit=handle, words=words),
        AnswerBlind(question=handle, accept=True),
        RevealDeposits(deposit=handle),
        AnswerQuestion(question=handle, says=Says.ABSTAINS),
        DeclareOutcome(question=handle),
        ClosePackage(package=handle),
        TakeStance(version=handle, kind=StanceKind.ENDORSED),
        DropVariant(variant=handle),
        CorrectMinutes(copy=handle, line=1, words=words),
        ApproveMinutes(minutes=handle),
        AskPen(text=handle),
    )


def compare_outputs(pair: Pair) -> None:
    """Raise ``LeakError`` unless everything the observer can get is the same in both worlds."""
    one, two = (outputs(view_for(world.talks, pair.observer)) for world in pair.worlds)
    for name in one.keys() | two.keys():
        if one.get(name) != two.get(name):
            raise LeakError(f"{pair.observer} gets another {name!r}: {one.get(name)!r} or {two.get(name)!r}")
    first, second = (_probes(world, pair.observer) for world in pair.worlds)
    for answer, other in zip(first, second, strict=True):
        if answer != other:
            raise LeakError(f"{pair.observer} guesses and is answered {answer!r} or {other!r}")
