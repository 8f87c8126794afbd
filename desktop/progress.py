"""The only thing long work knows of its watcher. No Qt here, so that Excel and tests can use it."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):  # noqa: N818 - it is not an error
    """Raised inside the work when the user has asked it to stop."""


class Progress(Protocol):
    """Called now and then with (done, total); raises Cancelled."""

    def __call__(self, done: int, total: int, /) -> None: ...


def unwatched(done: int, total: int, /) -> None:
    """A Progress for callers who do not care."""
