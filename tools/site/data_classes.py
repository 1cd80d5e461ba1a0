"""Lets the pages of the programming interface know the project's data classes for what they are."""

from __future__ import annotations

from typing import Any

import griffe

_OURS = "goodoffices.data_class.dataclass"


class DataClasses(griffe.Extension):  # type: ignore[misc] # its types are not looked at
    """Tell griffe that ``goodoffices.data_class.dataclass`` makes what the standard library's decorator makes."""

    def on_class_instance(self, *, cls: griffe.Class, **_: Any) -> None:
        """Put the standard library's decorator in the place of ours, which has the same arguments."""
        standard = griffe.ExprName("dataclass", parent=griffe.ExprName("dataclasses"))
        for decorator in cls.decorators:
            made = decorator.value
            if isinstance(made, griffe.ExprCall) and made.function.canonical_path == _OURS:
                made.function = standard
            elif isinstance(made, griffe.Expr) and made.canonical_path == _OURS:
                decorator.value = standard
