"""How soon the window is there and usable, and how much memory it takes, against a bare one."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import monotonic
from typing import TYPE_CHECKING, Any

from tests.benchmarks.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

PAINTED, USABLE, MEMORY = 2.5, 4.0, 2.5  # times the bare window
TURNS = 9
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# A user's program finds its modules compiled, whatever is set where it is measured.
BYTECODE = ROOT / "build" / "bench" / "bytecode"
SLOWING = {"PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "PYTHONDEVMODE"}
BARE = [str(HERE / "bare_child.py")]


@contextlib.contextmanager
def screen() -> Iterator[tuple[str, dict[str, str]]]:
    """Xvfb where it is and Qt can use it, else the off-screen platform; (what, environment)."""
    plain = {name: value for name, value in os.environ.items() if name not in SLOWING}
    plain |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(BYTECODE),
              "PYTHONPATH": str(ROOT)}  # fmt: skip
    server = shutil.which("Xvfb")
    if server is None:
        yield "off-screen platform", plain
        return
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "1366x768x24"]
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(command, pass_fds=[writing], stdout=quiet, stderr=quiet)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            display = told.readline().strip()
        shown = {**plain, "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{display}"}
        works = subprocess.run([sys.executable, *BARE], env=shown, capture_output=True, check=False)
        yield ("off-screen platform", plain) if works.returncode else ("Xvfb", shown)
    finally:
        running.terminate()
        running.wait()


def one(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """A process of its own: seconds until painted and usable, and MiB of memory."""
    start = monotonic()
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True,
        check=False, timeout=60,  # a file that is open elsewhere would never be shown
    )  # fmt: skip
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(f"{command} failed:\n{done.stdout}{done.stderr}")
    painted, usable, memory = map(float, done.stdout.split()[-3:])
    return painted - start, usable - start, memory


def places(folder: Path, page: str) -> dict[str, str]:
    """Settings and logs of its own; the window as it was last left, on `page`."""
    config = folder / page
    settings = config / "Ehya" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"window/page": page}), encoding="utf-8")
    return {f"XDG_{each}_HOME": str(config) for each in ("CONFIG", "STATE", "DATA", "CACHE")}


def run(file: Path) -> list[Figure]:
    """Bare, units, dashboard, bare, … in turns, so that a busy moment of the machine meets all."""
    found: dict[str, list[tuple[float, float, float]]] = {"bare": [], "units": [], "dashboard": []}
    with screen() as (what, shown), tempfile.TemporaryDirectory() as folder:
        kinds: dict[str, tuple[list[str], dict[str, str]]] = {"bare": (BARE, shown)}
        for page in ("units", "dashboard"):
            child = [str(HERE / "start_child.py"), page, str(file)]
            kinds[page] = child, {**shown, **places(Path(folder), page)}
        for turn in range(TURNS + 1):
            for name, (command, environment) in kinds.items():
                measured = one(command, environment)
                if turn:  # the first fills the system's file cache
                    found[name].append(measured)
    return figures(found, what)


def figures(found: dict[str, list[tuple[float, float, float]]], what: str) -> list[Figure]:
    def middle(name: str, place: int) -> float:
        return median(each[place] for each in found[name])

    bare = middle("bare", 1)
    made: list[Any] = [Figure("bare PySide6 window painted", bare * 1000, "ms", note=what)]
    for name in ("units", "dashboard"):
        painted, usable = middle(name, 0), middle(name, 1)
        made += [
            Figure(f"window painted ({name} next)", painted / bare, "x", PAINTED,
                   f"{painted * 1000:.0f} ms"),
            Figure(
                {"units": "first rows of the units on the screen",
                 "dashboard": "dashboard filled"}[name],
                usable / bare, "x", USABLE, f"{usable * 1000:.0f} ms"),
        ]  # fmt: skip
    memory, ours = middle("bare", 2), middle("units", 2)
    if memory:
        made.append(Figure("memory with the list of units", ours / memory, "x", MEMORY,
                           f"{ours:.0f} to {memory:.0f} MiB"))  # fmt: skip
    return made
