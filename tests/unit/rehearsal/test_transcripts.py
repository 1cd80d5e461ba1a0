"""One recorded run of each protocol and format: a change of any is a difference to review.

Run with GOODOFFICES_RECORD=1 to write them anew.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from goodoffices.rehearsal.batches.subject import WELLS
from goodoffices.rehearsal.graph import Channel, Form, Intermediary
from goodoffices.rehearsal.mediators import mediator_named
from goodoffices.rehearsal.negotiators.catalogue import negotiator_named
from goodoffices.rehearsal.preferences import preferences_of
from goodoffices.rehearsal.run import play
from goodoffices.rehearsal.setting import ProtocolName, Setting
from goodoffices.talks.base.enums import Format

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "rehearsal"
CHANNEL = Channel(delay=1, travel=1, loss=0.05, form=Form.OWN_IDEA, distortion=0.1, read_back=0.5)


@pytest.mark.parametrize("form", list(Format), ids=lambda form: form.value)
@pytest.mark.parametrize("protocol", list(ProtocolName), ids=lambda protocol: protocol.value)
def test_a_run_goes_as_it_was_recorded(protocol: ProtocolName, form: Format) -> None:
    is_text = protocol is ProtocolName.SINGLE_TEXT
    names = ("hill-climb", "anneal(0.3)") if is_text else ("linear", "micro")
    envoy = Intermediary(name="Envoy", accepted_by=frozenset({0, 1}), channel=CHANNEL)
    setting = Setting(
        parties=WELLS.parties, preferences=preferences_of(WELLS), negotiators=tuple(map(negotiator_named, names)),
        format=form, intermediaries=(envoy,), protocol=protocol, n_turns=12,
        mediator=mediator_named("max-min") if is_text else None,
    )  # fmt: skip
    issues = tuple((issue.name, issue.options) for issue in WELLS.issues)
    run = play(replace(setting, devaluation=((0.0, 0.05), (0.05, 0.0))), seed=11)
    text = run.lines(WELLS.parties, issues) + "\n"
    file = FOLDER / f"{protocol.value}-{form.value}.txt"
    if "GOODOFFICES_RECORD" in os.environ:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
