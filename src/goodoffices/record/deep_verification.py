"""`verify --deep`: with the key, every act is unsealed, checked for its canonical form and decoded."""

from __future__ import annotations

from collections.abc import Callable

from goodoffices.canonical_json import canonical, parse_canonical
from goodoffices.errors import DamagedRecordError, GoodOfficesError
from goodoffices.record.store import Store
from goodoffices.record.values import StoredAct
from goodoffices.record.verification import Problem, Verification


def verify_deep(store: Store, decode: Callable[[StoredAct], object]) -> Verification:
    """Check the rows as ``store.verify()`` does, and every act besides.

    It finds what the check without keys cannot: acts put after the last one by somebody who had the file and not the
    key.

    Parameters
    ----------
    decode
        Called with each act in order; it may fold them. What it raises from the tree of errors is a problem of that
        act.
    """
    shallow = store.verify()
    problems = list(shallow.problems)
    try:
        for act in store.read():
            try:
                if canonical(parse_canonical(act.head)) != act.head:
                    problems.append(Problem(what="its head is not canonical JSON", seq=act.seq))
                decode(act)
            except GoodOfficesError as error:
                problems.append(Problem(what=f"it cannot be decoded: {error}", seq=act.seq))
    except DamagedRecordError as error:
        problems.append(Problem(what=str(error), seq=error.seq))
    return Verification(length=shallow.length, head=shallow.head, problems=tuple(problems))
