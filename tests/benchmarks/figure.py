"""A measured figure with its limit, and how figures are timed and printed."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
WIDTH = 58


@dataclass(frozen=True)
class Figure:
    """`most` is the limit of the same unit; None: told for information only."""

    name: str
    value: float | None
    unit: str
    most: float | None = None
    note: str = ""

    def __str__(self) -> str:
        digits = 2 if self.unit == "x" else 1
        value = "-" if self.value is None else f"{self.value:.{digits}f} {self.unit}"
        if self.most is None:
            held = ""
        elif self.value is None:
            held = f"{self.most:g}  not measured"
        else:
            held = f"{self.most:g}  {'yes' if self.value <= self.most else 'NO'}"
        return f"  {self.name:{WIDTH}} {value:>12}  {held:9}  {self.note}".rstrip()


def heading() -> str:
    return f"  {'':{WIDTH}} {'measured':>12}  at most"


def milliseconds(work: Callable[[], T], times: int = 5) -> tuple[float, T]:
    """The median of a few runs, and what the last of them gave."""
    found = []
    for _ in range(times):
        start = perf_counter()
        last = work()
        found.append((perf_counter() - start) * 1000)
    return median(found), last


def worst(found: Iterable[tuple[str, float]]) -> tuple[str, float]:
    return max(found, key=lambda each: each[1])


def raw_connection(database: Any) -> Any:
    """The driver's own connection with the program's settings: what the rest is compared with."""
    return database.engine.raw_connection().driver_connection
