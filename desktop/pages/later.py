"""What a list does to its rows is imported when it is first done: the rows are seen sooner."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def later(module: str, name: str) -> Callable[..., Any]:
    """The function `name` of `module`, which is imported when it is called."""
    return partial(_call, module, name)


def _call(module: str, name: str, *given: Any) -> Any:
    return getattr(import_module(module), name)(*given)
