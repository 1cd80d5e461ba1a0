"""Fields of forms that enter what a talks file says: an actor, a source, a claim, a role, an issue, a rule, a text.

A person writes names and lines; the lasting name follows from the name that was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from goodoffices.errors import ScenarioError, quoted
from goodoffices.formats.talks_sheets.lasting_names import digest_of, lasting_name, name_in
from goodoffices.phrases.phrase import Phrase

FormInput = Mapping[str, Sequence[str]]
Composer = Callable[[FormInput, FormInput], Any]
MOST_OPTIONS = 40
NAMED_RULES = ("consensus", "unanimity", "qualified-majority", "chairs-sense")
"""The kinds of rules that need no table of weights or blocs."""


def _one(parts: FormInput, name: str) -> str:
    return next(iter(parts.get(name, ())), "").strip()


def _lines(parts: FormInput, name: str) -> list[str]:
    return [line.strip() for line in _one(parts, name).splitlines() if line.strip()]


def _ticked(parts: FormInput, name: str) -> list[str]:
    return [slug for slug in parts.get(name, ()) if slug.strip()]


def _needed(parts: FormInput, name: str, why: str) -> str:
    text = _one(parts, name)
    if not text:
        raise ScenarioError(Phrase("nothing is said for {why}; fill it in", why=why))
    return text


def _stated(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _named(text: str, language: str) -> dict[str, str]:
    name = name_in(text, (language or "en",))
    return {"text": name.text, "language": name.language}


def _actor(parts: FormInput, _: FormInput) -> dict[str, Any]:
    name, language = _needed(parts, "name", Phrase("the name of the actor")), _one(parts, "language")
    names = [_named(text, language) for text in (name, *_lines(parts, "others"))]
    kind = _needed(parts, "kind", Phrase("what the actor is"))
    return {
        "slug": lasting_name(name, "actor"),
        "kind": kind,
        "names": names,
        **_stated(part_of=_one(parts, "part_of")),
    }


def _source(parts: FormInput, _: FormInput) -> dict[str, Any]:
    publisher = _needed(parts, "publisher", Phrase("the outlet"))
    title, dated = _one(parts, "title"), _one(parts, "dated")
    slug = lasting_name(title or f"{publisher} {dated}", "source")
    more = _stated(title=title, dated=dated, side=_one(parts, "side"), address=_one(parts, "address"))
    return {"slug": slug, "publisher": publisher, **more}


def _claim(parts: FormInput, _: FormInput) -> dict[str, Any] | None:
    """Return a claim with its chain, a line for each link; ``None`` if the form has neither chain nor words."""
    chain, words = _lines(parts, "chain"), _one(parts, "words")
    if not chain and not words:
        return None
    about, aspect = (
        _needed(parts, "about", Phrase("what the claim is about")),
        _needed(parts, "aspect", Phrase("what of it")),
    )
    made = {
        "slug": f"claim-{digest_of(about, aspect, words, *chain, _one(parts, 'asserted_on'))}",
        "about": about,
        "aspect": aspect,
        "value": {"kind": "words", "words": words or aspect},
        "chain": [{"speaker": speaker} for speaker in chain],
        "strength": _needed(parts, "strength", Phrase("the line on whose word it rests")),
    }
    named = ("source", "asserted_on", "compartment", "question")
    return made | _stated(**{name: _one(parts, name) for name in named})


def _role(parts: FormInput, _: FormInput) -> dict[str, Any]:
    made = {"actor": _needed(parts, "actor", Phrase("the actor")), "role": _needed(parts, "role", Phrase("the role"))}
    return made | _stated(of=_one(parts, "of"), since=_one(parts, "since"), until=_one(parts, "until"))


def _role_claim(parts: FormInput, given: FormInput) -> dict[str, Any] | None:
    """Return the claim that a role rests on: it is about the actor, and states the role."""
    role = _one(given, "role.role")
    about = {
        "about": [_one(given, "role.actor")],
        "aspect": ["role"],
        "words": [role] if _lines(parts, "chain") else [],
    }
    return _claim({**parts, **about}, given)


def _change(parts: FormInput, _: FormInput) -> dict[str, Any]:
    kind = _needed(parts, "kind", Phrase("what happened"))
    sources, targets, claims = (_ticked(parts, name) for name in ("sources", "targets", "claims"))
    if not sources:
        raise ScenarioError(Phrase("nobody is ticked who changed; tick at least one actor"))
    when = _one(parts, "when")
    slug = f"change-{digest_of(kind, *sources, *targets, when)}"
    return {"slug": slug, "kind": kind, "sources": sources, "targets": targets, **_stated(when=when, claims=claims)}


def _issue(parts: FormInput, _: FormInput) -> dict[str, Any]:
    question, language = _needed(parts, "question", Phrase("the question")), _one(parts, "language")
    name = _one(parts, "name") or question
    texts = _lines(parts, "options")
    if len(texts) > MOST_OPTIONS:
        raise ScenarioError(
            Phrase(
                "there are {texts} options; at most {most_options} fit in one issue",
                texts=str(len(texts)),
                most_options=str(MOST_OPTIONS),
            )
        )
    options = [{"slug": lasting_name(text, "option"), "names": [_named(text, language)]} for text in texts]
    twice = {option["slug"] for option in options if [one["slug"] for one in options].count(option["slug"]) > 1}
    if twice:
        raise ScenarioError(
            Phrase("two options are alike: {twice}; write each once", twice=quoted(min(map(str, twice))))
        )
    return {"slug": lasting_name(name, "issue"), "question": [_named(question, language)], "options": options}


def _rule(parts: FormInput, _: FormInput) -> dict[str, Any]:
    title, kind = _needed(parts, "title", Phrase("the title of the rule")), _one(parts, "kind") or "consensus"
    rule: dict[str, Any] = {"rule": kind}
    if kind == "qualified-majority":
        share = _one(parts, "share") or "2/3"
        rule["thresholds"] = [{"share": share, "how": "at-least"}]
    if kind == "chairs-sense":
        minutes = _one(parts, "minutes") or "30"
        if not minutes.isascii() or not minutes.isdigit() or len(minutes) > 6:
            raise ScenarioError(
                Phrase(
                    "the time to contest is {minutes}, which is not a whole number of minutes", minutes=quoted(minutes)
                )
            )
        rule["contest_minutes"] = int(minutes)
    return {"slug": lasting_name(title, "rule"), "title": title, "rule": rule, **_stated(words=_one(parts, "words"))}


def _text(parts: FormInput, _: FormInput) -> dict[str, Any]:
    title = _needed(parts, "title", Phrase("the title of the text"))
    issued = _ticked(parts, "issued_by")
    return {
        "slug": lasting_name(title, "text"),
        "title": title,
        **_stated(dated=_one(parts, "dated"), issued_by=issued),
    }


def _slug_from(parts: FormInput, given: FormInput) -> str:
    """Return the lasting name of a thing from the field in which its name stands."""
    return lasting_name(_one(given, _one(parts, "from")) or "thing", _one(parts, "word") or "thing")


ENTRIES: Mapping[str, Mapping[str, Composer]] = {
    "NameActor": {"actor": _actor},
    "EnterSource": {"source": _source},
    "EnterClaim": {"claim": _claim},
    "ReplaceClaim": {"claim": _claim},
    "ClaimRole": {"role": _role, "claim": _role_claim},
    "EnterIssue": {"issue": _issue},
    "RecordChange": {"change": _change},
    "NameRule": {"rule": _rule},
    "NameText": {"text": _text},
    "PlanRound": {"slug": _slug_from},
    "RecordCommitment": {"slug": _slug_from},
}
"""For each command the fields that come in parts."""
