"""`goodoffices decide …`: questions put for decision, packages, and the outcome of given answers under a rule."""

from __future__ import annotations

from pathlib import Path

import click

from goodoffices.cli.terminal.commands import terminal_group
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.output import show_text
from goodoffices.cli.terminal.record_access import READER
from goodoffices.cli.terminal.send import look_up, print_json
from goodoffices.cli.terminal.view_access import AS_OF, JSON, TALKS, view_then
from goodoffices.errors import ScenarioError, quoted
from goodoffices.formats.rule_file import answers_from, electorate, read_rule
from goodoffices.formats.talks_file.reader import read_talks, scenario_names
from goodoffices.names import comparable, easily_confused
from goodoffices.reports.messages.labels import WORDS
from goodoffices.reports.texts.decisions_plain_english import package_lines, question_lines, question_rows
from goodoffices.talks.decisions.eligibility import outcome_of, parties_of
from goodoffices.talks.voting.counting import Answers
from goodoffices.talks.voting.named_rules import NamedRule
from goodoffices.talks.voting.outcome_sentences import sentences
from goodoffices.talks.voting.outcomes import outcome
from goodoffices.talks.voting.rule_notes import rule_details, rule_doubts

PARTIES = "This rule does not say who may vote; eligible are the parties of these talks."


@terminal_group()
def decide() -> None:
    """Show questions put for decision, their rules, the answers that a seat may know, and the outcomes."""


@decide.command("list")
@TALKS
@READER
@AS_OF
@JSON
def list_(talks: str, seat: str | None, as_of: str | None, as_json: bool) -> None:
    """List the questions and packages that the seat knows of."""
    with view_then(talks, seat, as_of) as view:
        rows = question_rows(view)
    if as_json:
        return print_json(rows)
    for row in rows:
        show_text("  ".join(part for part in row.values() if part))
    if not rows:
        show_text("No question or package has been put to this seat.")
    return None


@decide.command()
@TALKS
@click.argument("name", metavar="QUESTION")
@READER
@AS_OF
@JSON
def show(talks: str, name: str, seat: str | None, as_of: str | None, as_json: bool) -> None:
    """Print a question (y1) and its outcome, test by test, or a package (z1) and what is open or wrong in it."""
    with view_then(talks, seat, as_of) as view:
        held = look_up("question or package", name, {**dict(view.known.questions), **dict(view.known.packages)})
        if as_json:
            question = view.known.questions.get(name)
            return print_json({"held": held, "outcome": None if question is None else outcome_of(question)})
        lines = question_lines(view, name) if name in view.known.questions else package_lines(view, name)
    return show_text("\n".join(lines))


@decide.command()
@click.argument("path", metavar="RULEFILE|TALKS", shell_complete=talks_or_files)
@click.option("--rule", "name", help="With TALKS: the rule, by its name.")
@click.option(
    "--eligible",
    default="",
    help="Who may vote, with commas. By default all whom the rule names; if it names nobody, the parties of TALKS.",
)
@click.option("--accepts", default="", help="Who accepts, with commas.")
@click.option("--objects", default="", help="Who objects, with commas.")
@click.option("--abstains", default="", help="Who abstains, with commas.")
@JSON
def explain(  # noqa: PLR0913 - one argument for each option of the command line
    path: str, name: str | None, eligible: str, accepts: str, objects: str, abstains: str, as_json: bool
) -> None:
    """Say what the outcome of given answers is under a rule, in numbers, and which smallest changes would turn it.

    RULEFILE is YAML or JSON with the rule and who accepts, objects or abstains. Or give TALKS and one of their rules:
    `goodoffices decide explain good-friday-1998 --rule rule-34 --accepts uup,sdlp,alliance`. What RULEFILE does not say
    can be said by options.
    """
    given = {"eligible": eligible, "accepts": accepts, "objects": objects, "abstains": abstains}
    said = {word: _split(text) for word, text in given.items()}
    if name is None:
        named, answers = read_rule(_rule_file(path), said)
        return _print(named, answers, {}, as_json)
    talks = read_talks(path)
    named = look_up("rule", name, {rule.slug: rule for rule in talks.rules})
    names = {actor.slug: actor.name("en") for actor in talks.actors}
    for who in said["eligible"]:
        look_up("actor", who, names)
    answers = answers_from(named.rule, said, parties_of(talks))
    note = not eligible and not electorate(named.rule)
    return _print(named, answers, names, as_json, *(PARTIES,) * note)


def _rule_file(path: str) -> Path:
    if (Path(path) / "talks.yaml").is_file() or (not Path(path).exists() and path in scenario_names()):
        slugs = [rule.slug for rule in read_talks(path).rules]
        if not slugs:
            raise ScenarioError(f"{path} has no rules. A talks file has them under 'rules'; name one that does")
        raise ScenarioError(f"{path} are talks with rules; choose one with --rule: {', '.join(slugs)}")
    return Path(path)


def _split(names: str) -> list[str]:
    return [comparable(name) for name in names.split(",") if name.strip()]


def _print(named: NamedRule, answers: Answers, names: dict[str, str], as_json: bool, *assumed: str) -> None:
    made = outcome(named.rule, answers)
    if as_json:
        return print_json(made)

    def name(who: str) -> str:
        return names.get(who, who)

    kind = named.rule.rule
    title = f"{named.title or 'Rule'}: {WORDS['rule'][kind]}."
    said = list(sentences(made, name, weight=named.weights_are))
    electorate_first = said[:1] if made.explanation.rule != "referendum" else []
    weights = dict(getattr(named.rule, "weights", ()))
    light = [name(who) for who in made.explanation.eligible if weights and who not in weights]
    notes = [*assumed, *rule_doubts(named.rule, answers, name)]
    pairs = easily_confused(name(who) for who in made.explanation.eligible)
    notes += [f"{quoted(one)} and {quoted(other)} look alike, but are different names." for one, other in pairs]
    notes += [f"Without a weight, so counted as 0 where weights count: {', '.join(light)}."] if light else []
    head = [*electorate_first, *notes, title, named.words or WORDS["rule-says"][kind], *rule_details(named.rule, name)]
    return show_text("\n".join([*head, *said[len(electorate_first) :]]))
