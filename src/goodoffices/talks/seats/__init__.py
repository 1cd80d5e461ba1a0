"""Seats, the people in them, proxies and compartments."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.seats import commands, folds, persons, sealed_keys, sealed_outcomes, service
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    service.AcceptService: service.accept_service,
    service.AskService: service.ask_service,
    commands.CloseSeat: commands.close_seat,
    commands.DisputeEntry: commands.dispute_entry,
    commands.EndProxy: commands.end_proxy,
    commands.GiveProxy: commands.give_proxy,
    commands.GiveSeat: commands.give_seat,
    commands.GrantHistory: commands.grant_history,
    sealed_outcomes.NoteOutcomes: sealed_outcomes.note_outcomes,
    sealed_keys.RegisterKey: sealed_keys.register_key,
    sealed_keys.RegisterKeyFor: sealed_keys.register_key_for,
    sealed_keys.SealFile: sealed_keys.seal_file,
    persons.SeatPerson: persons.seat_person,
    commands.SetCompartment: commands.set_compartment,
    persons.UnseatPerson: persons.unseat_person,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    commands.CompartmentSet: folds.compartment_set,
    commands.EntryDisputed: folds.entry_disputed,
    sealed_keys.FileSealed: folds.file_sealed,
    commands.HistoryGranted: None,
    sealed_keys.KeyRegistered: folds.key_registered,
    sealed_keys.KeyVouched: folds.key_registered,
    persons.PersonSeated: folds.person_seated,
    persons.PersonUnseated: folds.person_unseated,
    commands.ProxyEnded: folds.proxy_ended,
    commands.ProxyGiven: folds.proxy_given,
    sealed_outcomes.SealedAnswered: None,
    commands.SeatClosed: folds.seat_closed,
    commands.SeatGiven: folds.seat_given,
    service.ServiceAccepted: folds.service_accepted,
    service.ServiceAsked: folds.service_asked,
    commands.TalksOpened: folds.talks_opened,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""
