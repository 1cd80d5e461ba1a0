"""Read a decision rule and answers from one small YAML or JSON file, to compute their outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from goodoffices.errors import ScenarioError, UnknownWordError, quoted
from goodoffices.formats.input.files import RawFile, read_folder
from goodoffices.formats.input.located_tree import Mapping as MappingNode, Node, Sequence as SequenceNode
from goodoffices.formats.input.yaml_reader import parse_yaml
from goodoffices.names import comparable, name_fault, nearest_word
from goodoffices.talks.base.serialization import from_person, parse_instant
from goodoffices.talks.voting.counting import Answer, Answers, Poll, impossible_count
from goodoffices.talks.voting.named_rules import NamedRule
from goodoffices.talks.voting.rule_mistakes import mistake_in
from goodoffices.talks.voting.rules import Referendum, Rule, Says, SilenceProcedure, named_in

_SAID = {"accepts": Says.ACCEPTS, "objects": Says.OBJECTS, "abstains": Says.ABSTAINS}
_WHO = {"eligible": "is eligible", **{field: field for field in _SAID}}
_KNOWN = ("rule", "title", "words", "weights_are", "eligible", *_SAID, "present", "received", "polls", "at")


def read_rule(path: str | Path, beside: Mapping[str, Sequence[str]] | None = None) -> tuple[NamedRule, Answers]:
    """Return the rule, with its title and words, and the answers that a file gives.

    Parameters
    ----------
    path
        YAML or JSON with ``rule`` (its kind and figures; weights by actor, blocs by name), and any of ``eligible``,
        ``accepts``, ``objects``, ``abstains`` (who, or who and when), ``present``, ``received`` (who had the text, or
        who and when), ``polls`` and ``at``. Left out, all to whom the rule gives a weight or a bloc are eligible.
        ``title``, ``words`` and ``weights_are`` are printed.
    beside
        Who is ``eligible``, ``accepts``, ``objects`` or ``abstains``, where the file does not say it.

    Raises
    ------
    ScenarioError
        If the file cannot be read, it says what ``beside`` says too, or nothing says who is eligible; the message says
        what is wrong and what would be right.
    """
    path = Path(path)
    raw = _one_file(path)
    found = _plain(parse_yaml(raw))
    if isinstance(found, dict) and "talks" in found and "rule" not in found:
        raise ScenarioError(f"{path.name} is a talks file; choose one of its rules with --rule")
    if not isinstance(found, dict) or not isinstance(found.get("rule"), dict):
        raise ScenarioError(
            f"{path.name} has no rule that can be read. Write 'rule:' on one line, and on the next, indented, its "
            "kind, such as 'rule: unanimity'"
        )
    unknown = [name for name in found if name not in _KNOWN]
    if unknown:
        raise ScenarioError(f"{path.name}: {quoted(unknown[0])} is not one of {', '.join(_KNOWN)}")
    try:
        rule: Rule = from_person(Rule, _ruled(found["rule"]))
        if wrong := mistake_in(rule):
            raise ScenarioError(wrong.sentence)
        title, words, weights = (_text(found, name) for name in ("title", "words", "weights_are"))
        named = NamedRule(slug="", title=title, rule=rule, words=words, weights_are=weights or None)
        return named, answers_from(rule, {**found, **_added(rule, found, beside or {})})
    except UnknownWordError:
        raise
    except ScenarioError as error:
        raise ScenarioError(f"{path.name}: {error}") from error


def _added(rule: Rule, found: Mapping[str, Any], beside: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the names that are given beside the file; one of the two would otherwise be dropped in silence."""
    added = {field: list(names) for field, names in beside.items() if names}
    for field in added:
        if isinstance(rule, Referendum):
            raise ScenarioError(f"a referendum is decided by the 'polls' of the file alone; leave out --{field}")
        if field in found:
            raise ScenarioError(
                f"the file says who {_WHO[field]}, and so does --{field}; leave out --{field}, or {field!r} in the file"
            )
    return added


def _text(found: Mapping[str, Any], field: str) -> str:
    text = found.get(field, "")
    if not isinstance(text, str):
        raise ScenarioError(f"{field!r} is {quoted(str(text))}; give a text")
    return text


def _one_file(path: Path) -> RawFile:
    if path.is_dir():
        raise ScenarioError(f"{path.name!r} is a folder; name the file with the rule, or talks and --rule")
    return read_folder(path)[0]


def _plain(node: Node | None) -> Any:
    """Return dicts, lists and texts, and whole numbers that are not in quotation marks as numbers."""
    if isinstance(node, MappingNode):
        return {comparable(key): _plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    if node is None:
        return None
    digits = node.text.removeprefix("-")
    is_number = not node.is_quoted and digits.isascii() and digits.isdigit() and len(digits) < 19
    return int(node.text) if is_number else comparable(node.text)


def _ruled(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rule with weights and blocs as a rule has them, from the mappings in which people write them."""
    made = dict(given)
    if isinstance(made.get("weights"), dict):
        for who, weight in made["weights"].items():
            if not isinstance(weight, int):
                shown = quoted(weight) if weight else "empty"
                raise ScenarioError(
                    f"the weight of {quoted(who)} is {shown}; give a whole number of at most 18 digits, such as "
                    "181829, without commas or blanks"
                )
        made["weights"] = [list(pair) for pair in made["weights"].items()]
    if isinstance(made.get("blocs"), dict):
        made["blocs"] = [{"slug": slug, "members": members} for slug, members in made["blocs"].items()]
    for name in ("overall", "floor"):
        if name in made:
            made[name] = str(made[name])
    return made


def answers_from(rule: Rule, found: Mapping[str, Any], parties: Sequence[str] = ()) -> Answers:
    """Return what was answered, from lists of names by what they said.

    Eligible are those whom ``found`` lists, else those to whom the rule gives a weight or a bloc, else ``parties``.
    Those who answer are never taken for the electorate: any vote would then be unanimous.

    Raises
    ------
    ScenarioError
        If nobody is eligible, or somebody is named who is not eligible, or says two things.
    """
    at = None if "at" not in found else parse_instant(str(found["at"]))
    _refuse_faulty_names(rule, found)
    given = [
        Answer(who=who, says=says, at=when) for word, says in _SAID.items() for who, when in _when(found, word, at)
    ]
    said = [(one.who, one.says) for one in given]
    if isinstance(rule, SilenceProcedure):
        _refuse_untimed(rule, found, at)
    for one in given:
        if at is not None and one.at is not None and one.at > at:
            raise ScenarioError(
                f"{quoted(one.who)} answered later than 'at', the moment of judging; correct one of the two times"
            )
    eligible = tuple(_names(found, "eligible")) or electorate(rule) or tuple(parties)
    if not eligible and not isinstance(rule, Referendum):
        raise ScenarioError(
            f"the rule {rule.rule!r} does not say who may vote; list all of them with --eligible, "
            "or in a file with 'eligible: [north, south]'"
        )
    _refuse_strangers(eligible, [who for who, _ in said])
    if len({who for who, _ in said}) < len(said):
        twice = next(who for at, (who, _) in enumerate(said) if who in [one for one, _ in said[:at]])
        raise ScenarioError(f"{quoted(twice)} has two answers; name each participant once")
    _refuse_strangers(eligible, _names(found, "present"))
    _refuse_strangers(eligible, [*(found.get("received") or ())])
    polls = from_person(tuple[Poll, ...], found.get("polls", []))
    if len({poll.name for poll in polls}) < len(polls):
        raise ScenarioError("two polls have the same name; give each its own, so that no poll is counted twice")
    if wrong := next(filter(None, map(impossible_count, polls)), ""):
        raise ScenarioError(wrong)
    return Answers(
        eligible=eligible,
        given=tuple(given),
        received=_received(found, at),
        present=tuple(_names(found, "present")) or None,
        at=at,
        polls=polls,
    )


def _refuse_strangers(eligible: tuple[str, ...], named: Sequence[str]) -> None:
    for who in named:
        if who not in eligible:
            raise UnknownWordError("participant", who, eligible, nearest=nearest_word(who, eligible))


def _when(found: Mapping[str, Any], word: str, at: datetime | None) -> list[tuple[str, datetime | None]]:
    """Return who said something, each with when: as the file says, else at the moment of judging."""
    names = found.get(word, [])
    if isinstance(names, dict):
        return [(who, parse_instant(str(when))) for who, when in names.items()]
    return [(who, at) for who in _names(found, word)]


def _refuse_untimed(rule: SilenceProcedure, found: Mapping[str, Any], at: datetime | None) -> None:
    """Refuse to guess whether an objection, or the text itself, came in time, when silence is judged after its end."""
    if at is None or at < rule.until:
        return
    for field, what in (("objects", "the time of an objection"), ("received", "when the text was received")):
        if found.get(field) and not isinstance(found[field], dict):
            raise ScenarioError(f"silence has ended, and {what} is missing; write {field}: {{who: when}}")


def _refuse_faulty_names(rule: Rule, found: Mapping[str, Any]) -> None:
    """Refuse names that nobody can see or that turn the letters around them, wherever a file or a rule has them."""
    given = [name for field in ("eligible", *_SAID, "present", "received") for name in found.get(field) or ()]
    for name in (*given, *named_in(rule)):
        if isinstance(name, str) and (fault := name_fault(name)):
            raise ScenarioError(f"there is a name {quoted(name)}, {fault}")


def _names(found: Mapping[str, Any], field: str) -> list[str]:
    names = found.get(field, [])
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        number = next((name for name in names if isinstance(name, int)), None) if isinstance(names, list) else None
        if number is not None:
            raise ScenarioError(
                f"{field!r} has the number {number}; put a name of digits in quotation marks: '{number}'"
            )
        raise ScenarioError(f"{field!r} is {quoted(str(names))}; give a list of names, for example [north, south]")
    return list(names)


def electorate(rule: Rule) -> tuple[str, ...]:
    """Return those to whom the rule gives a weight or a bloc, in its order; nobody, if it gives neither.

    Actors that a rule names only as required or as not counted are not all of its electorate.
    """
    weighed = [who for who, _ in getattr(rule, "weights", ())]
    blocs = [who for bloc in getattr(rule, "blocs", ()) for who in bloc.members]
    also = getattr(rule, "also", ()) if weighed or blocs else ()
    return tuple(dict.fromkeys((*weighed, *blocs, *also)))


def _received(found: Mapping[str, Any], at: datetime | None) -> tuple[tuple[str, datetime], ...] | None:
    given = found.get("received")
    if given is None:
        return None
    if isinstance(given, dict):
        return tuple((who, parse_instant(str(when))) for who, when in given.items())
    if at is None:
        raise ScenarioError("'received' has no times; add 'at', or write received: {who: when}")
    return tuple((who, at) for who in _names(found, "received"))
