"""Takes two taxes off the imports.

PySide6 reads the source of each module that comes after it: it looks there for the use of its
`__feature__` switch, which this program has not. Without that SQLAlchemy is there 80 ms sooner and
takes 19 MiB less. And SQLAlchemy imports what only other databases need.
"""

from __future__ import annotations

import builtins
import inspect
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import PySide6.QtCore  # noqa: F401 - it is what replaces the import function

DEFERRED = ("asyncio", "importlib.metadata", "sqlalchemy.dialects.sqlite.aiosqlite")


def restore() -> None:
    """Give the interpreter back the import function that PySide6 had found."""
    found = getattr(builtins, "__orig_import__", None)
    if found is not None:
        builtins.__import__ = found


class _Deferred(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def defer() -> None:
    """Keep SQLAlchemy from modules that it imports and that a file in SQLite never uses.

    With what they import in turn they take 25 ms: `asyncio`, of which it takes one function at
    once, `importlib.metadata`, by which it would look for the dialects of others, and a dialect.
    """
    for name in DEFERRED:
        if name not in sys.modules:
            sys.modules[name] = _Deferred(name)
            parent, _, own = name.rpartition(".")
            if parent in sys.modules:
                setattr(sys.modules[parent], own, sys.modules[name])
    if isinstance(found := sys.modules["asyncio"], _Deferred):
        vars(found)["iscoroutine"] = inspect.iscoroutine
