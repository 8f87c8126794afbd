"""A measured figure with its limit, and how figures are timed and printed."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
WIDTH = 56


@dataclass(frozen=True)
class Figure:
    """`most` is the limit in the same unit; None: told for information only."""

    name: str
    value: float
    unit: str
    most: float | None = None
    note: str = ""

    @property
    def kept(self) -> bool:
        return self.most is None or self.value <= self.most

    def __str__(self) -> str:
        digits = 2 if self.unit in ("x", "s") else 1
        value = f"{self.value:.{digits}f} {self.unit}"
        limit = "" if self.most is None else f"{self.most:g} {self.unit}"
        verdict = "" if self.most is None else "yes" if self.kept else "NO"
        return f"  {self.name:{WIDTH}} {value:>11} {limit:>9}  {verdict:4} {self.note}".rstrip()


HEADING = f"  {'':{WIDTH}} {'measured':>11} {'at most':>9}  kept"


def milliseconds(work: Callable[[], T], times: int = 5) -> tuple[float, T]:
    """The median of a few runs, and what the last of them gave."""
    found = []
    for _ in range(times):
        start = perf_counter()
        last = work()
        found.append((perf_counter() - start) * 1000)
    return median(found), last
