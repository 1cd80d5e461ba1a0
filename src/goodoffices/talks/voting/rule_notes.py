"""What stands beside an outcome: the rule's own times and names, what is assumed, and names that cannot be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from goodoffices.talks.base.local_time import time_text
from goodoffices.talks.voting.counting import Answers
from goodoffices.talks.voting.rules import Base, ChairsSense, Consensus, Referendum, Rule, SilenceProcedure

Names = Callable[[str], str]


def rule_details(rule: Rule, name: Names = str) -> tuple[str, ...]:
    """Return what a rule fixes besides its shares: when a silence ends, how long a sense may be contested, and who."""
    said = []
    if isinstance(rule, SilenceProcedure):
        said.append(f"The silence ends {time_text(rule.until, rule.zone)}.")
    if isinstance(rule, ChairsSense):
        minutes = rule.contest_minutes
        contested = f"It may be contested for {minutes:,} minute{'' if minutes == 1 else 's'} after the declaration."
        said.append(contested if minutes else "The rule gives no time in which it may be contested.")
    if minus := getattr(rule, "minus", ()):
        said.append(f"The rule does not count an objection of {_names(minus, name)}.")
    if also := getattr(rule, "also", ()):
        said.append(f"In any case {_names(also, name)} must accept.")
    return tuple(said)


def rule_doubts(rule: Rule, answers: Answers, name: Names = str) -> tuple[str, ...]:
    """Return what is assumed because nobody said it, and what a rule names that can have no effect."""
    return (
        *_assumed(rule, answers),
        *_unused(rule, answers),
        *_without_effect(rule, answers, name),
        *_twice(rule, name),
    )


def _unused(rule: Rule, answers: Answers) -> Iterator[str]:
    """Yield what was told of a vote and that this rule does not look at."""
    told = []
    if answers.polls and not isinstance(rule, Referendum):
        told.append("polls")
    if answers.given and isinstance(rule, Referendum):
        told.append("who accepts, objects or abstains")
    if answers.received is not None and not isinstance(rule, (Consensus, SilenceProcedure)):
        told.append("who received the text")
    if answers.present is not None and Base.PRESENT not in _bases(rule):
        told.append("who is present")
    if told:
        yield f"This rule does not look at: {'; '.join(told)}."


def _bases(rule: Rule) -> list[Base | None]:
    quorum = getattr(rule, "quorum", None)
    shares = [t.base for t in getattr(rule, "thresholds", ())]
    return [getattr(rule, "base", None), *shares, None if quorum is None else quorum.base]


def _assumed(rule: Rule, answers: Answers) -> Iterator[str]:
    if answers.received is None and isinstance(rule, (Consensus, SilenceProcedure)):
        yield "Assumed, since it is not said who received the text: all who are eligible had it in time."
    if answers.present is None and Base.PRESENT in _bases(rule):
        yield "Assumed, since it is not said who is present: all who are eligible are."


def _without_effect(rule: Rule, answers: Answers, name: Names) -> Iterator[str]:
    if rule.rule == "referendum":
        return
    blocs = [who for bloc in getattr(rule, "blocs", ()) for who in bloc.members]
    counted = dict.fromkeys([*(who for who, _ in getattr(rule, "weights", ())), *blocs])
    if strangers := [name(who) for who in counted if who not in answers.eligible]:
        yield f"Not eligible, so that the rule's weights and blocs are counted without: {', '.join(strangers)}."
    for who in getattr(rule, "minus", ()):
        if who not in answers.eligible:
            yield f"The rule does not count an objection of {name(who)}, who is not eligible; check the name."
    for who in getattr(rule, "also", ()):
        if who not in answers.eligible:
            yield f"{name(who)} must accept, but is not eligible, so nothing can pass; check the name."


def _twice(rule: Rule, name: Names) -> Iterator[str]:
    blocs = getattr(rule, "blocs", ())
    for who in dict.fromkeys(member for bloc in blocs for member in bloc.members):
        inside = [name(bloc.slug) for bloc in blocs if who in bloc.members]
        if len(inside) > 1:
            yield f"{name(who)} is a member of {' and of '.join(inside)}, and counts in each."


def _names(who: tuple[str, ...], name: Names) -> str:
    return " and ".join(name(one) for one in who)
