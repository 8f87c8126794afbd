"""How fast the program is on 100,000 units, as ratios taken in one run: `make bench`.

`python -m tests.benchmarks start lists …` for some parts only.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks import dashboard, export, field, lists, loans, sample, save, start, unit_page
from tests.benchmarks.figure import HEADING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.figure import Figure

PARTS = ("sample", "start", "lists", "dashboard", "unit", "field", "loans", "save", "export")
# Those that need the file alone, in the order in which they run: the last ones change it.
MEASURED: Final[dict[str, Any]] = {
    "lists": lists, "dashboard": dashboard, "unit": unit_page, "field": field, "loans": loans,
    "save": save,
}  # fmt: skip


def measured(wanted: set[str]) -> Iterator[list[Figure]]:
    """Part by part: each is printed as soon as it is known."""
    from db.database import existing

    file, made = sample.ready()
    if "sample" in wanted:
        yield made
    if "start" in wanted:
        yield start.run(file)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        copy = Path(folder) / file.name  # saving must not change what the next run measures
        shutil.copy2(file, copy)
        database = existing(copy)
        try:
            for name, part in MEASURED.items():
                if name in wanted:
                    yield part.run(database)
            if "export" in wanted:
                yield export.run(database, Path(folder))
        finally:
            database.close()


def main(names: list[str]) -> int:
    from desktop import singletons

    singletons.protect()
    print(HEADING)
    every = []
    for figures in measured(set(names or PARTS)):
        every += figures
        print(*figures, sep="\n", flush=True)
    limited = [figure for figure in every if figure.most is not None]
    print(f"  {sum(figure.kept for figure in limited)} of {len(limited)} limits kept")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
