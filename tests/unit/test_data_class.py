"""Our data classes behave as those of the standard library, whatever their fields and options."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import itertools
import pickle
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from functools import partial
from typing import Any

import pytest

from goodoffices.data_class import dataclass

MAKERS = {"own": dataclass, "standard": dataclasses.dataclass}
OPTIONS = [
    {"frozen": frozen, "slots": slots, "kw_only": kw_only, "eq": eq, "repr": shown}
    for frozen, slots, kw_only, eq, shown in itertools.product((True, False), repeat=5)
]
FIELDS: dict[str, dict[str, Any]] = {
    "none": {},
    "one": {"only": "int"},
    "plain": {"name": "str", "age": "int"},
    "defaults": {"name": "str", "age": ("int", 7), "notes": ("list[str]", field(default_factory=list))},
    "kept apart": {
        "name": "str",
        "hidden": ("int", field(default=3, repr=False)),
        "by_the_way": ("int", field(default=4, compare=False)),
        "made": ("list[int]", field(init=False, default_factory=list, compare=False)),
        "fixed": ("int", field(init=False, default=9)),
    },
    "last by name": {"name": ("str", "x"), "later": ("int", field(kw_only=True))},
}
GIVEN: dict[str, list[dict[str, Any]]] = {
    "none": [{}],
    "one": [{"only": 1}, {"only": 2}],
    "plain": [{"name": "a", "age": 1}, {"name": "a", "age": 2}],
    "defaults": [{"name": "a"}, {"name": "a", "age": 7}, {"name": "a", "notes": ["x"]}],
    "kept apart": [{"name": "a"}, {"name": "a", "by_the_way": 5}, {"name": "b", "hidden": 1}],
    "last by name": [{"later": 1}, {"later": 1, "name": "y"}],
}


def made(maker: Callable[..., Any], fields: dict[str, Any], options: dict[str, bool], name: str = "Made") -> Any:
    body: dict[str, Any] = {"__module__": __name__, "__annotations__": {}}
    for one, given in fields.items():
        body["__annotations__"][one] = given[0] if isinstance(given, tuple) else given
        if isinstance(given, tuple):
            body[one] = given[1]
    return maker(**options)(type(name, (), body))


def outcome(work: Callable[[], Any]) -> Any:
    """Return what ``work`` gives, or its error."""
    try:
        return work()
    except Exception as error:
        return type(error), str(error)


@pytest.mark.parametrize("fields", FIELDS)
@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: "-".join(k for k, v in options.items() if v) or "bare")
def test_it_does_what_the_standard_library_does(fields: str, options: dict[str, bool]) -> None:
    own, standard = (made(maker, FIELDS[fields], options) for maker in MAKERS.values())
    assert str(inspect.signature(own)) == str(inspect.signature(standard))
    assert own.__init__.__annotations__ == standard.__init__.__annotations__
    for given in GIVEN[fields]:
        ours, theirs = own(**given), standard(**given)
        if options["repr"]:
            assert repr(ours) == repr(theirs)
        assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
        assert dataclasses.asdict(copy.deepcopy(ours)) == dataclasses.asdict(theirs)
        assert dataclasses.asdict(copy.copy(ours)) == dataclasses.asdict(theirs)
        assert dataclasses.is_dataclass(ours)
        for other in GIVEN[fields]:
            assert (ours == own(**other)) is (theirs == standard(**other))
        if options["eq"]:
            assert outcome(partial(hash, ours)) == outcome(partial(hash, theirs))
        assert ours != theirs
        for name in (*given, "another"):
            ways = [outcome(partial(setattr, one, name, 5)) for one in (ours, theirs)]
            assert (ways[0] is None) is (ways[1] is None)
            if options["frozen"]:
                assert (
                    ways[0] == ways[1] == (FrozenInstanceError, f"cannot assign to field {name!r}") or name == "another"
                )
                assert outcome(partial(delattr, ours, name))[0] is FrozenInstanceError
    wrong = [outcome(partial(maker, unheard_of=1)) for maker in (own, standard)]
    assert wrong[0] == wrong[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    name: str
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a name is needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Child(Base):
    age: int = 3


@dataclass(slots=True)
class Counter:
    n: int = 0
    inner: Counter | None = None


def test_children_have_the_fields_of_their_parents_and_what_is_checked_there() -> None:
    child = Child(name="a", age=4)
    assert repr(child) == "Child(name='a', notes=(), age=4)"
    assert [one.name for one in dataclasses.fields(child)] == ["name", "notes", "age"]
    assert child != Base(name="a")
    with pytest.raises(ValueError, match="a name is needed"):
        dataclasses.replace(child, name="")
    assert dataclasses.replace(child, age=5) == Child(name="a", age=5)
    assert not hasattr(child, "__dict__")


def test_it_goes_to_another_process_and_back() -> None:
    for one in (Child(name="a", age=4), Counter(3)):
        assert pickle.loads(pickle.dumps(one)) == one


def test_what_holds_itself_can_be_shown() -> None:
    counter = Counter()
    counter.inner = counter
    assert repr(counter) == "Counter(n=0, inner=...)"


def test_types_of_arguments_are_those_of_the_module() -> None:
    assert inspect.get_annotations(Counter.__init__, eval_str=True, globals=vars(sys.modules[__name__])) == {
        "n": int,
        "inner": Counter | None,
        "return": None,
    }
