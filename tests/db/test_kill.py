"""kill -9 in the middle of saving: what was acknowledged is there, whole, and nothing is torn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text

from db import history, standing
from db.database import existing
from db.models import Change, Loan, Revival, Standing, Unit, Visit
from tests.db.killed_writer import ROUNDS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 needs another kind of system")
def test_what_was_acknowledged_outlives_the_process(file: Path) -> None:
    run = [sys.executable, "-m", "tests.db.killed_writer", str(file)]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    rounds = json.loads(told.stdout)
    acknowledged = [code for codes in rounds for code in codes]
    assert len(rounds) == ROUNDS
    assert len(acknowledged) >= ROUNDS

    database = existing(file)
    with database.read() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        saved = list(session.scalars(select(Unit.code).order_by(Unit.id)))
        assert set(acknowledged) <= set(saved)
        # A save that was whole but not acknowledged yet may be there too: one a round at most.
        assert len(saved) <= len(acknowledged) + ROUNDS
        assert saved == sorted(set(saved))
        assert session.scalar(select(func.count()).select_from(Revival)) == len(saved)
        assert session.scalar(select(func.count()).select_from(Loan)) == 2 * len(saved)
        changes = session.scalar(
            select(func.count()).select_from(Change).where(Change.record.in_(["unit", "loan"]))
        )
        assert changes == 3 * len(saved)
        assert history.first_broken(session.connection()) is None
        assert_visits_are_whole(session, len(acknowledged), len(saved))
    database.close()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def assert_visits_are_whole(session: Session, least: int, most: int) -> None:
    """Both visits of a unit or none, followed and counted: the standing is of the same save."""
    assert standing.differing(session.connection()) == []
    visits = session.scalars(select(Visit).order_by(Visit.unit_id, Visit.day)).all()
    units = [visit.unit_id for visit in visits[::2]]
    assert least <= len(units) <= most
    assert [visit.unit_id for visit in visits[1::2]] == units
    for first, second in zip(visits[::2], visits[1::2], strict=True):
        assert (first.followed_on, second.followed_on) == (second.day, None)
    counted = select(Standing.unit_id).where(Standing.counted).order_by(Standing.unit_id)
    assert session.scalars(counted.distinct()).all() == units
