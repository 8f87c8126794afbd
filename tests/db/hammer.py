"""One of two programs that change the same record as fast as they can; run by `test_locking`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from db.commands.units import save_unit
from db.database import existing
from db.models import Unit
from tests.db.making import unit_values

if TYPE_CHECKING:
    from db.database import Database


def hammer(database: Database, times: int) -> None:
    """Add one to the jobs of unit 1, `times` times, each a read and a write of its own."""
    for _ in range(times):
        with database.write() as session:
            unit = session.get_one(Unit, 1)
            save_unit(session, 1, unit_values(found_jobs=unit.found_jobs + 1), unit.version)


def main(file: Path, times: int) -> None:
    database = existing(file)
    hammer(database, times)
    database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
