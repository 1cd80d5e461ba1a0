"""One name where other notices have a list of names is one name, and never a list of letters."""

from __future__ import annotations

import pytest

from goodoffices.reports.messages.act_sentences import SENTENCES, told
from goodoffices.talks.registry import CONTENTS
from goodoffices.talks.state.slices import Notice

_SEVERAL = ("seats", "actors", "clauses", "copies")


@pytest.mark.parametrize("kind", sorted(CONTENTS))
def test_a_single_name_is_never_taken_apart(kind: str) -> None:
    faces = {key.partition("/")[2] or "all" for key in SENTENCES if key.partition("/")[0].partition("+")[0] == kind}
    fields = ("item", "to", "via", "seat", "seats", "actors", "of", "about", "eligible", "clauses", "form", "session")
    for face in faces or {"all"}:
        notice = Notice(n=1, kind=kind, at="", by="opp", face=face, data=dict.fromkeys(fields, "envoy"))
        for filling in told(notice).fillings.values():
            if filling.sort in _SEVERAL:
                assert filling.value == ["envoy"]
