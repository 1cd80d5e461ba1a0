"""A demonstration that plays itself: recorded steps of a scenario, with captions, as three seats see them side by side.

Every step goes through the same rules as acts of people. What is shown of it is what each seat was told, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.exercises.automated_runs import begin
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import read_named
from goodoffices.formats.input.located_tree import plain
from goodoffices.formats.input.yaml_reader import parse_yaml
from goodoffices.reports.messages.act_sentences import Argument, told
from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.reports.messages.labels import WORDS
from goodoffices.service.talks_in_memory import TalksInMemory
from goodoffices.talks import claims
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.documents.document import check_code
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import View

NAME = "demonstration.yaml"
_OF_THE_WORLD = frozenset(
    {content.__name__ for content in claims.FOLDS}
    | {
        "DayReported",
        "DelegationNamed",
        "InvitationMade",
        "LedgerOpened",
        "RoundPlanned",
        "SessionPlanned",
        "TalksOpened",
    }
)
"""What the clock tells everybody of the world as its hour comes; it would fill the columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One moment of the demonstration.

    ``second`` is when it is shown, ``caption`` what stands above it. ``lanes`` has, for each seat by its name, the
    lines of what it was told in this step.
    """

    second: int
    caption: str
    at: datetime
    lanes: tuple[tuple[str, tuple[str, ...]], ...]


def demonstration(folder: Path, talks: TalksFile, language: str = "en") -> Iterator[Scene]:
    """Yield the scenes of the demonstration in a folder, as they are played.

    Parameters
    ----------
    folder
        The folder of the scenario.
    talks
        Its talks, with their exercise.
    language
        The language of the captions; English where there is none.

    Raises
    ------
    ScenarioError
        If there is no demonstration, or a step of it is not done or refused as it says.
    """
    raw = read_named(folder / NAME)
    if isinstance(raw, Entry):
        raise ScenarioError(f"{folder.name} has no demonstration; add {NAME} beside the talks file, as in astana-2017")
    found: Any = plain(parse_yaml(raw))
    if not isinstance(found, dict) or not {"seats", "steps"} <= found.keys():
        raise ScenarioError(f"{NAME} of {folder.name} has no seats or no steps; compare it with the one of astana-2017")
    played = begin(talks, ())
    assert talks.exercise is not None, "an exercise has begun"
    at = talks.exercise.shown.starts_at
    for step in found["steps"]:
        at += timedelta(minutes=int(step.get("minutes", 1)))
        seats = [*found["seats"], *step.get("also", ())]
        before = {seat: len(played.view(seat).notices) for seat in seats}
        refusals = [line for act in step.get("acts", ()) if (line := _do(played, act, at))]
        caption = step["caption"].get(language) or step["caption"]["en"]
        lanes = []
        for seat in seats:
            view = played.view(seat)
            new = [notice for notice in view.notices[before[seat] :] if notice.kind not in _OF_THE_WORLD]
            lines = [_line(view, notice, language) for notice in new]
            lines += [line for who, line in refusals if who == seat]
            lines += _codes(view) if step.get("codes") == seat else ()
            lines += _sum_up(view) if step.get("sums_up") else ()
            lanes.append((view.name(seat, language), tuple(lines)))
        yield Scene(
            second=int(step["second"]),
            caption=caption,
            at=at,
            lanes=tuple(lanes) if step.get("acts") or step.get("sums_up") else (),
        )


def _do(talks: TalksInMemory, act: Mapping[str, Any], at: datetime) -> tuple[str, str] | None:
    """Do one act of a step; return the seat and the sentence of a refusal that was expected."""
    seat, fields = act["seat"], dict(act.get("fields", {}))
    if "inject" in act:
        injects = talks.view(seat).known.injects.items()
        fields["inject"] = next(handle for handle, held in injects if held.inject.slug == act["inject"])
    refusal = talks.submit(CommandRequest(seat=seat, command=parse_command(act["command"], fields)), at=at)
    if bool(refusal) != bool(act.get("refused")):
        why = "was not refused" if refusal is None else f"was refused: {refusal.sentence}"
        raise ScenarioError(f"the step {act['command']} of {seat} {why}; correct it in {NAME}")
    return None if refusal is None else (seat, f"Refused: {talks.view(seat).sentence(refusal)}")


def _line(view: View, notice: Notice, language: str) -> str:
    """Return what a seat was told in one notice, with the words that came with it."""
    message = told(notice)
    values = {name: _shown(view, argument, language) for name, argument in message.fillings.items()}
    sentence = catalogue_for(language).find(message.message)[0].format(**values)
    words = notice.data.get("words")
    bodies = words if isinstance(words, list) else [words] if isinstance(words, dict) else []
    own = [body for body in bodies if body.get("lang") == language] or bodies[:1]
    texts = [view.words(body["id"]) or "" for body in own if "id" in body]
    clock = notice.when.astimezone(ZoneInfo(view.zone))
    quotes = [f"“{' '.join(text.split())}”" for text in texts]
    return " ".join((f"{clock:%H:%M} {sentence}", *quotes))


def _shown(view: View, argument: Argument, language: str) -> str:
    value = argument.value
    if argument.sort in ("seat", "seats", "actor"):
        return ", ".join(view.name(seat, language) for seat in (value if isinstance(value, list) else [value]))
    word = WORDS.get(argument.sort.removeprefix("word:"), {}).get(str(value))
    if word is not None:
        return catalogue_for(language).find(word)[0]
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _codes(view: View) -> list[str]:
    """Return the check codes of the texts that a seat holds, one line each."""
    return [f"Code of {handle}: {check_code(version.hash)}" for handle, version in view.known.versions.items()]


def _sum_up(view: View) -> list[str]:
    """Return in figures what a seat knows at the end."""
    known = view.known
    counts = {
        "papers told to it": sum(item.came == "told" for item in known.items.values()),
        "papers handed to it": sum(item.came == "handed" for item in known.items.values()),
        "its own papers": sum(item.came == "filed" for item in known.items.values()),
        "texts that it holds": len(known.versions),
        "stances that it saw": len(known.stances),
    }
    return [f"{what}: {n}" for what, n in counts.items()]
