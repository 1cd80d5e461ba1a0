"""Fields that a form gives in parts: a rule from its kind, weights and blocs; a package from lines; polls from counts.

A form names such parts with a dot, as in ``rule.kind`` or ``rule.weight.gov``. They are put together here as the JSON
that the command reads, so that a person need not write any.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from goodoffices.errors import ScenarioError, quoted
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.documents.plain_words import marked_up
from goodoffices.web.http.entry_fields import ENTRIES

FormInput = Mapping[str, Sequence[str]]
RULE_KINDS = (
    "consensus",
    "unanimity",
    "sufficient-consensus",
    "qualified-majority",
    "parallel-consent",
    "weighted-majority",
    "silence",
    "chairs-sense",
)
"""The kinds of rules that a form offers."""
_STEP = re.compile(r"(?P<slug>[a-z0-9][a-z0-9-]*)\s*(?:\((?P<who>[^)]*)\))?\s*:\s*(?P<what>.*)")
_ORDER = re.compile(
    r"(?P<one>[a-z0-9][a-z0-9-]*)\s+(?P<how>after|needs)\s+(?P<other>[a-z0-9][a-z0-9-]*)(?:\s+(?P<end>start|completion))?"
)


def composed(command: str, given: FormInput) -> dict[str, Sequence[str]]:
    """Return the fields of a command with those that came in parts put together.

    Raises
    ------
    ScenarioError
        If a part cannot be read; the sentence names it and what would be right.
    """
    whole = {name: texts for name, texts in given.items() if "." not in name or name.endswith(".lang")}
    for field, compose in {**_OF.get(command, {}), **ENTRIES.get(command, {})}.items():
        parts = {name.removeprefix(f"{field}."): texts for name, texts in given.items() if name.startswith(f"{field}.")}
        whole_rule = _one(parts, "kind")
        if field == "rule" and whole_rule.startswith("{"):
            # One of the rules that the talks file names: it comes whole, with figures of its own.
            _refuse_uncounted("", parts)
            whole[field] = [whole_rule]
            continue
        made = compose(parts, given) if parts else None
        if made is not None:
            whole[field] = [made if isinstance(made, str) else json.dumps(made)]
    if command == "TableText" and "papers" in whole:
        whole["papers"] = [marked_up(words) for words in whole["papers"]]
    return whole


def _one(parts: FormInput, name: str) -> str:
    return next(iter(parts.get(name, ())), "").strip()


def _number(text: str, what: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise ScenarioError(
            Phrase("{what} is {text}, which is not a whole number; give 0 or more", what=what, text=quoted(text))
        )
    return int(text)


def _rule(parts: FormInput, given: FormInput) -> dict[str, Any]:
    kind = _one(parts, "kind")
    weights = [
        [who.removeprefix("weight."), _number(_one(parts, who), who)] for who in parts if _is(parts, who, "weight.")
    ]
    blocs: dict[str, list[str]] = {}
    for who in parts:
        if _is(parts, who, "bloc."):
            blocs.setdefault(_one(parts, who), []).append(who.removeprefix("bloc."))
    made: dict[str, Any] = {"rule": kind}
    _refuse_uncounted(kind, parts)
    if kind in _COUNTING["bloc"]:
        made["blocs"] = [{"slug": slug, "members": members} for slug, members in blocs.items()]
    if kind in _COUNTING["weight"]:
        made["weights"] = weights
    return made | _more(kind, parts, given)


_COUNTING = {
    "weight": ("sufficient-consensus", "weighted-majority"),
    "bloc": ("sufficient-consensus", "parallel-consent", "weighted-majority"),
}
"""The kinds of rules, as forms offer them, that count weights, and those that count blocs."""
_FIGURES = {"weight": Phrase("the weights that you wrote"), "bloc": Phrase("the blocs that you wrote")}


def _refuse_uncounted(kind: str, parts: FormInput) -> None:
    """Refuse figures that the rule does not count: left out in silence, they would seem to decide."""
    for figure, kinds in _COUNTING.items():
        if kind not in kinds and any(_is(parts, name, f"{figure}.") for name in parts):
            raise ScenarioError(
                Phrase(
                    "this rule does not count {figures}; empty their cells, or choose another rule",
                    figures=_FIGURES[figure],
                )
            )


def _is(parts: FormInput, name: str, prefix: str) -> bool:
    return name.startswith(prefix) and bool(_one(parts, name))


def _more(kind: str, parts: FormInput, given: FormInput) -> dict[str, Any]:
    """Return what one kind of rule needs besides."""
    if kind == "sufficient-consensus" and _one(parts, "total"):
        return {"total": _number(_one(parts, "total"), Phrase("the total"))}
    if kind == "qualified-majority":
        return {"thresholds": [{"share": _share(_one(parts, "share") or "2/3"), "how": "at-least"}]}
    if kind == "silence":
        return {"until": _one(given, "closes_at"), "zone": _one(given, "zone")}
    if kind == "chairs-sense":
        return {"contest_minutes": _number(_one(parts, "minutes") or "0", Phrase("the time to contest"))}
    return {}


def _share(text: str) -> str:
    if not re.fullmatch(r"\d{1,6}/[1-9]\d{0,5}", text):
        raise ScenarioError(Phrase("the share {text} is not a fraction; write it like 2/3", text=quoted(text)))
    return text


def _package(parts: FormInput, _: FormInput) -> dict[str, Any]:
    steps = [_step(line) for line in _lines(parts, "steps")]
    needs, after = [], []
    for line in _lines(parts, "order"):
        found = _ORDER.fullmatch(line)
        if found is None:
            raise ScenarioError(
                Phrase(
                    "{line} is not an order of steps; write: dialogue after withdrawal completion", line=quoted(line)
                )
            )
        pair = {"one": found["one"], "other": found["other"]}
        if found["how"] == "needs":
            needs.append(pair)
        else:
            after.append(pair | {"end": found["end"] or "not-stated"})
    return {"slug": _one(parts, "slug"), "title": _one(parts, "title"), "steps": steps, "needs": needs, "after": after}


def _lines(parts: FormInput, name: str) -> list[str]:
    return [line.strip() for line in _one(parts, name).splitlines() if line.strip()]


def _step(line: str) -> dict[str, Any]:
    found = _STEP.fullmatch(line)
    if found is None:
        raise ScenarioError(
            Phrase("{line} is not a step; write: withdrawal (government): heavy weapons go", line=quoted(line))
        )
    step: dict[str, Any] = {"slug": found["slug"], "what": found["what"]}
    if found["who"]:
        step["obligors"] = [who.strip() for who in found["who"].split(",") if who.strip()]
    words = step["what"].rpartition(" by ")
    if words[1] and re.fullmatch(r"\d{4}-\d\d-\d\d", words[2]):
        try:
            step |= {"what": words[0], "due": date.fromisoformat(words[2]).isoformat()}
        except ValueError as error:
            raise ScenarioError(
                Phrase("{words} is not a date; write it like 2017-02-08", words=quoted(words[2]))
            ) from error
    return step


def _polls(parts: FormInput, _: FormInput) -> list[dict[str, Any]] | None:
    """Return the counts of one referendum (``yes``, ``no`` …) or of several (``1.yes``, ``1.no``, ``2.yes`` …)."""
    prefixes = dict.fromkeys(f"{name.rpartition('.')[0]}." if "." in name else "" for name in parts)
    return [poll for prefix in prefixes if (poll := _poll(parts, prefix)) is not None] or None


def _poll(parts: FormInput, prefix: str) -> dict[str, Any] | None:
    given = {name: _one(parts, f"{prefix}{name}") for name in ("name", "yes", "no", "electorate")}
    if not given["yes"] and not given["no"]:
        if given["name"] or given["electorate"]:
            raise ScenarioError(
                Phrase(
                    "the vote {given} has no counts; give yes and no, or clear its name", given=quoted(given["name"])
                )
            )
        return None
    vote = quoted(given["name"] or "referendum")
    poll: dict[str, Any] = {
        "name": given["name"] or "referendum",
        "yes": _number(given["yes"], Phrase("the number of yes of {vote}", vote=vote)),
        "no": _number(given["no"], Phrase("the number of no of {vote}", vote=vote)),
    }
    if given["electorate"]:
        poll["electorate"] = _number(given["electorate"], Phrase("the electorate of {vote}", vote=vote))
    return poll


def _law(parts: FormInput, _: FormInput) -> dict[str, Any] | None:
    """Return the law of a referendum from its tests: more yes than no, and shares of electorate or valid papers."""
    prongs: list[dict[str, Any]] = [{"against": "no"}] if _one(parts, "no") else []
    for against in ("electorate", "valid"):
        if _one(parts, against):
            prongs.append({"against": against, "share": _share(_one(parts, against)), "how": "at-least"})
    return {"rule": "referendum", "prongs": prongs} if prongs else None


def _parts_of(parts: FormInput, _: FormInput) -> list[dict[str, Any]]:
    """Return the actors for whom a delegation says that it sits, on its own word."""
    return [{"actor": actor, "basis": "delegation-word"} for actor in parts.get("actor", ()) if actor]


_OF: Mapping[str, Mapping[str, Callable[[FormInput, FormInput], Any]]] = {
    "PutQuestion": {"rule": _rule},
    "PutPackage": {"package": _package},
    "RecordRatification": {"polls": _polls, "rule": _law},
    "NameDelegation": {"represents": _parts_of},
    "ChangeDelegation": {"represents": _parts_of},
}
"""For each command the fields that come in parts."""
