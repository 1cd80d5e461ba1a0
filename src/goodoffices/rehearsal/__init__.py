"""Rehearsals: what follows from what one assumes of the parties, with automated negotiators. Never a forecast."""

from goodoffices.rehearsal.batches.answer import answer_sentences
from goodoffices.rehearsal.batches.assumption_file import read_assumptions
from goodoffices.rehearsal.batches.assumptions import Assumed, Assumptions, assumed_from
from goodoffices.rehearsal.batches.comparison import CellSummary, Comparison, compare, compare_all, summaries
from goodoffices.rehearsal.batches.execution import Batch, Execution, rehearse
from goodoffices.rehearsal.batches.experiment import Cell, Experiment
from goodoffices.rehearsal.batches.subject import WELLS, Carrier, Subject, subject_of
from goodoffices.rehearsal.graph import Channel, Filter, Form, Intermediary
from goodoffices.rehearsal.isolation.process import isolated_negotiator
from goodoffices.rehearsal.mediators import MEDIATORS, mediator_named
from goodoffices.rehearsal.negotiators.catalogue import ACCEPTANCES, PROPOSALS, VOTERS, negotiator_named
from goodoffices.rehearsal.preferences import Preferences, Space, preferences_of
from goodoffices.rehearsal.presence import Joining, Presence, Ratifier, Spoiler, Walkout
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.setting import Closing, ProtocolName, Setting
from goodoffices.rehearsal.tournament import Tournament, play_tournament
from goodoffices.rehearsal.transcript import Ending, Run

__all__ = [
    "ACCEPTANCES", "MEDIATORS", "PROPOSALS", "VOTERS", "WELLS", "Assumed", "Assumptions", "Batch", "Carrier", "Cell",
    "CellSummary", "Channel", "Closing", "Comparison", "Ending", "Execution", "Experiment", "Filter", "Form",
    "Intermediary", "Joining", "Preferences", "Presence", "ProtocolName", "Ratifier", "Run", "Setting", "Space",
    "Spoiler", "Subject", "Tournament", "Walkout", "answer_sentences", "assumed_from", "compare", "compare_all",
    "isolated_negotiator", "mediator_named", "negotiator_named", "play", "play_tournament", "preferences_of",
    "read_assumptions", "rehearse", "subject_of", "summaries",
]  # fmt: skip
