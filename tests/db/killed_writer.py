"""A writer that is killed again and again while it saves; run by `test_kill` in its own process.

Prints, as JSON, the codes whose save was acknowledged before each kill.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from db.database import existing
from tests.db.making import DAY, add_loan, add_revival, add_unit, add_visit

if TYPE_CHECKING:
    from db.database import Database

ROUNDS = 30


def write_for_ever(file: Path, acknowledge: int, number: int) -> None:
    database = existing(file)
    while True:
        os.write(acknowledge, f"{write(database, number)}\n".encode())


def write(database: Database, number: int) -> str:
    """Save four records in one transaction and a visit in another; the unit's code."""
    with database.write() as session:
        unit = add_unit(session, name=f"دور {number}", county_id=1 + number % 37)
        add_revival(session, unit.id)
        add_loan(session, unit.id)
        add_loan(session, unit.id, note="ی" * 500)
    with database.write() as session:
        add_visit(session, unit.id, day=DAY)
        add_visit(session, unit.id, day=DAY + timedelta(days=20))
    return unit.code


def warm_up(file: Path) -> None:
    """Every child starts with the mappers made, and is killed while it saves, not before."""
    copy = file.with_name("warm.ehya")
    copy.write_bytes(file.read_bytes())
    database = existing(copy)
    write(database, 0)
    database.close()
    copy.unlink()


def kill_one(file: Path, number: int, wait: float) -> list[str]:
    """The codes acknowledged by a writer killed `wait` seconds after its first."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            write_for_ever(file, writing, number)
        finally:
            os._exit(1)
    os.close(writing)
    told = os.read(reading, 4096)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65536):
        told += more
    os.close(reading)
    return told.decode().split()


def main(file: Path) -> None:
    warm_up(file)
    dice = random.Random(1)
    rounds = [kill_one(file, number, dice.uniform(0, 0.04)) for number in range(ROUNDS)]
    sys.stdout.write(json.dumps(rounds))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
