"""Excel files: against bare openpyxl, their memory, and how soon a cancel is noticed."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING, Final

from tests.benchmarks import excel
from tests.benchmarks.figure import Figure

if TYPE_CHECKING:
    from pathlib import Path

    from db.database import Database

MOST_SILENCE: Final = 0.5  # s


def run(database: Database, folder: Path) -> list[Figure]:
    return [*against_openpyxl(), *cancelling(database, folder)]


def against_openpyxl() -> list[Figure]:
    found = {name: excel.measured(name) for name in excel.WRITERS}
    (bare, bare_memory, _), (ours, memory, _) = found["bare"], found["ours"]
    rows = found["nothing"][1]
    return [
        Figure(f"export of {excel.ROWS} x {len(excel.FIELDS)}, styled, to bare openpyxl",
               ours / bare, "x", excel.MOST, f"{ours:.1f} s to {bare:.1f} s"),
        Figure("memory it takes above the rows alone", memory - rows, "MiB",
               note=f"bare openpyxl {bare_memory - rows:.0f} MiB"),
    ]  # fmt: skip


def cancelling(database: Database, folder: Path) -> list[Figure]:
    """The longest a report does not look whether it was cancelled: no reaction takes longer."""
    from desktop import reports

    found = []
    for name in ("units", "progress"):
        looks = [perf_counter()]

        def look(_done: int, _total: int, at: list[float] = looks) -> None:
            at.append(perf_counter())

        reports.make(database, name, folder / f"{name}.xlsx", progress=look)
        silence = max(after - before for before, after in pairwise(looks))
        told = f"it takes {perf_counter() - looks[0]:.1f} s"
        found.append(
            Figure(f"{name} report: longest until a cancel", silence, "s", MOST_SILENCE, told)
        )
    return found
