"""Data classes as of the standard library, made in a quarter of the time.

The standard library compiles up to seven functions for each class. This package has more than a thousand classes, and
compiling them was half of the time in which the desk starts. Here `__init__` is compiled at once, what compares when it
is first called, and the rest is shared. The standard library still reads the fields, so `fields`, `replace` and
`is_dataclass` work as they do anywhere.
"""

from __future__ import annotations

import reprlib
import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass as _standard, fields
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Make a data class, as the standard library's `dataclass` does with the same options."""
        make = _standard(**options) if options.get("order") else partial(_made, **options)
        return make if cls is None else make(cls)


def _made(cls: type, *, frozen: bool = False, eq: bool = True, repr: bool = True, **more: bool) -> type:
    own = set(vars(cls))
    cls = _standard(init=False, repr=False, eq=False, **more)(cls)
    functions: dict[str, Callable[..., Any] | None] = {"__init__": _init_of(cls, frozen=frozen)}
    if repr:
        functions["__repr__"] = _repr_of([one.name for one in fields(cls) if one.repr])
    if eq:
        functions |= _equality_of(cls, frozen=frozen)
    if frozen:
        functions |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    if frozen and more.get("slots"):
        functions |= {"__getstate__": _getstate, "__setstate__": _setstate}
    for name, function in functions.items():
        if name not in own:
            setattr(cls, name, function)
    return cls


class _Factory:
    """Stands in a signature for a value that is made for each object."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


def _init_of(cls: type, *, frozen: bool) -> Callable[..., None]:
    """Compile ``__init__``: in a frozen class it sets values past the refusal."""
    every: dict[str, Field[Any]] = {one.name: one for one in fields(cls)}
    given: dict[str, object] = {"_set": object.__setattr__, "_factory": _FACTORY}
    taken = [one for one in every.values() if one.init]
    wanted = [_wanted(one) for one in taken if not one.kw_only]
    if any(one.kw_only for one in taken):
        wanted += ["*", *(_wanted(one) for one in taken if one.kw_only)]
    lines = []
    for name, one in every.items():
        given |= {f"_default_{name}": one.default, f"_make_{name}": one.default_factory}
        if one.default_factory is not MISSING:
            made = f"_make_{name}()"
            value = f"{made} if {name} is _factory else {name}" if one.init else made
        elif one.init:
            value = name
        elif one.default is not MISSING:
            value = f"_default_{name}"
        else:
            continue
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n  ".join(lines or ["pass"])
    text = f"def _made({', '.join(given)}):\n def __init__({', '.join(['self', *wanted])}):\n  {body}\n return __init__"
    found: dict[str, Any] = {}
    exec(text, vars(sys.modules[cls.__module__]), found)  # noqa: S102 - made of the names of fields alone
    init: Callable[..., None] = found["_made"](**given)
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {one.name: one.type for one in taken} | {"return": None}
    return init


def _wanted(one: Field[Any]) -> str:
    if one.default_factory is not MISSING:
        return f"{one.name}=_factory"
    return one.name if one.default is MISSING else f"{one.name}=_default_{one.name}"


def _repr_of(names: list[str]) -> Callable[[object], str]:
    @reprlib.recursive_repr()
    def __repr__(self: object) -> str:  # noqa: N807 - it becomes the class's own
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _equality_of(cls: type, *, frozen: bool) -> dict[str, Callable[..., Any] | None]:
    """Return ``__eq__`` and ``__hash__``, each compiled when it is first called; what can change has no hash."""
    names = [one.name for one in fields(cls) if one.compare]

    def compiled(name: str, arguments: str, result: str) -> Callable[..., Any]:
        found: dict[str, Any] = {}
        exec(f"def {name}({arguments}): return {result}", {}, found)  # noqa: S102 - made of the names of fields alone
        setattr(cls, name, found[name])
        made: Callable[..., Any] = found[name]
        return made

    def values(of: str) -> str:
        return f"({''.join(f'{of}.{name}, ' for name in names)})"

    def __eq__(self: object, other: object) -> Any:  # noqa: N807 - it becomes the class's own
        same = f"{values('self')} == {values('other')} if other.__class__ is self.__class__ else NotImplemented"
        return compiled("__eq__", "self, other", same)(self, other)

    def __hash__(self: object) -> Any:  # noqa: N807
        return compiled("__hash__", "self", f"hash({values('self')})")(self)

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _refuse_to_set(self: object, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[object]:
    return [getattr(self, one.name) for one in fields(self)]


def _setstate(self: Any, state: list[object]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
