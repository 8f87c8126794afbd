"""The made-up file that everything is measured on: made once, and again after a change of the data.

100,000 units, 330,000 visits, 210,000 obstacles and actions, 120,000 loans, in build/bench.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Final

from tests.benchmarks.figure import Figure

UNITS: Final = 100_000
MOST_SECONDS: Final = 60
ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "build" / "bench"


def ready() -> tuple[Path, list[Figure]]:
    """The file, and how long `ehya sample` took when it was made."""
    mark = fingerprint()
    file, told = FOLDER / f"sample-{mark}.ehya", FOLDER / f"sample-{mark}.seconds"
    if not (file.is_file() and told.is_file()):
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("sample-*"):
            old.unlink()
        told.write_text(str(made(file)), encoding="ascii")
    seconds = float(told.read_text(encoding="ascii"))
    note = f"{file.stat().st_size / 2**20:.0f} MiB"
    return file, [Figure(f"ehya sample --units {UNITS}", seconds, "s", MOST_SECONDS, note)]


def made(file: Path) -> float:
    command = [sys.executable, "-m", "desktop", "sample", "--file", str(file)]
    start = perf_counter()
    subprocess.run([*command, "--units", str(UNITS)], check=True, cwd=ROOT)
    return perf_counter() - start


def fingerprint() -> str:
    """Of everything that decides what is in the file: the version alone changes too seldom."""
    found = hashlib.sha256()
    for path in sorted((ROOT / "db").rglob("*.py")):
        if path.parent.name not in ("queries", "rules"):
            found.update(path.read_bytes())
    return found.hexdigest()[:12]
