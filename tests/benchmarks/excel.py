"""An export of 100,000 x 20 against bare openpyxl writing the same values."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import TYPE_CHECKING

from desktop import kinds
from desktop.fields import Field

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 100_000
MOST = 1.7  # times bare openpyxl
_STATES = {"stagnant": "راکد", "semi_stagnant": "نیمه‌راکد", "revived": "احیاشده"}
_COLUMNS = (
    ("code", kinds.CODE),
    ("name", kinds.TEXT),
    ("state", kinds.choice(_STATES)),
    ("county_id", kinds.link("county")),
    ("product", kinds.TEXT),
    ("legal_national_id", kinds.CODE),
    ("jobs", kinds.PEOPLE),
    ("amount", kinds.RIAL),
    ("day", kinds.DAY),
    ("rate", kinds.RATE),
)
FIELDS = tuple(Field(name, f"ستون {name}", kind, 16) for _ in range(2) for name, kind in _COLUMNS)


def rows() -> Iterator[SimpleNamespace]:
    """Made up as they are asked for, so that memory is the writer's own."""
    states, first = list(_STATES), date(2022, 3, 21)
    for number in range(ROWS):
        yield SimpleNamespace(
            code=f"{number:06}",
            name=f"شرکت تولیدی شمارهٔ {number}",
            state=states[number % 3],
            county="مرودشت",
            product="قطعات پلاستیکی خودرو",
            legal_national_id=f"{14000000000 + number}",
            jobs=number % 50,
            amount=number * 1_000_003,
            day=first + timedelta(number % 900),
            rate=18.5,
        )


def ours(path: Path) -> None:
    from desktop.excel.tables import Table, write_table

    write_table(path, Table("واحدها", FIELDS, rows(), ROWS, ("واحدها", "تا پایان امروز")))


def bare(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("واحدها")
    for row in rows():
        sheet.append([field.excel(row) for field in FIELDS])
    book.save(path)


def nothing(_path: Path) -> None:
    """The rows alone: what both have in common."""
    import openpyxl  # noqa: F401 - its memory, too, is common

    for row in rows():
        [field.excel(row) for field in FIELDS]


WRITERS = {"bare": bare, "ours": ours, "nothing": nothing}


def child(name: str) -> None:
    """Prints seconds, MiB of memory at most, and MiB of the file."""
    import resource

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        start = perf_counter()
        WRITERS[name](path)
        seconds = perf_counter() - start
        size = path.stat().st_size / 2**20 if path.exists() else 0
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, memory, size)


def measured(name: str) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "tests.benchmarks.excel", name]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, memory, size = map(float, out.split())
    return seconds, memory, size


def run() -> None:
    """Each writer in a process of its own, one after the other."""
    found = {name: measured(name) for name in WRITERS}
    print(f"Excel export, {ROWS:,} x {len(FIELDS)}")
    for name, (seconds, memory, size) in found.items():
        print(f"  {name:8} {seconds:6.2f} s  {memory:5.0f} MiB of memory  {size:5.1f} MiB of file")
    ratio = found["ours"][0] / found["bare"][0]
    print(f"  ours, styled, to bare openpyxl: {ratio:.2f} (at most {MOST})")


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) > 1 else run()
