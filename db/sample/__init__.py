"""A made-up programme of any size, the same for the same seed: to look around in and to measure."""

from __future__ import annotations

from datetime import date
from itertools import count, islice
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from db import history, seeds, standing
from db.commands import saving
from db.commands.programme import new_file
from db.errors import raise_on
from db.models import (
    Bank,
    County,
    Estate,
    Industry,
    JihadiGroup,
    Loan,
    Programme,
    Revival,
    Tranche,
    Unit,
)
from db.rules.common import check_range
from db.rules.programme import MOST_UNITS
from db.sample import words
from db.sample.dice import Dice, mobile
from db.sample.loans import LoanMaker
from db.sample.story import FIRST, FIRST_DAY, LAST_DAY, fates, programme_values, workday
from db.sample.units import Lists, Row, UnitMaker, person, returns
from db.sample.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from db.database import Database
    from db.sample.story import Fate

__all__ = ["FIRST_DAY", "LAST_DAY", "make"]

BATCH: Final = 1000  # units written at a time: half a second at most between two looks at Cancel
MODELS: Final = (Unit, Revival, Loan, Tranche)  # in the order of a Batch
Batch = tuple[list[Row], list[Row], list[Row], list[Row]]


def _unwatched(done: int, total: int, /) -> None:
    """For callers who do not care."""


def make(
    path: Path,
    units: int,
    seed: int = 1,
    progress: Callable[[int, int], object] = _unwatched,
) -> None:
    """Make a new file with `units` units and six loans to every five; all or nothing.

    Raises RuleError for a number out of bounds, DatabaseProblem ("exists" for a file that is
    there), and whatever `progress` raises to stop it.
    """
    raise_on(list(check_range({"units": units}, "units", 1, MOST_UNITS)))
    progress(0, units)
    with new_file(path) as database:
        _fill(database, units, seed, progress)


def _fill(
    database: Database, units: int, seed: int, progress: Callable[[int, int], object]
) -> None:
    dice = Dice(seed)
    values = programme_values(units)
    with database.write() as session:
        seeds.fill(session)
        saving.assign(session, Programme(), values)
        _add_groups(session, dice)
        lists = _lists(session)
        connection = session.connection()
        missing = values["target_units"] - values["baseline_units"]
        writers = [Writer(connection, model) for model in MODELS]
        done = 0
        for batch in _batches(dice, lists, fates(dice, units, missing)):
            for writer, rows in zip(writers, batch, strict=True):
                writer.write(rows)
            done += len(batch[0])
            progress(done, units)
        standing.rebuild(connection)
        history.record_event(connection, "unit", {"units": units, "seed": seed})
        connection.exec_driver_sql("ANALYZE")


def _batches(dice: Dice, lists: Lists, found: Iterable[Fate]) -> Iterator[Batch]:
    units, loans = UnitMaker(dice, lists), LoanMaker(dice, lists)
    revival_numbers = count(1)
    numbered = enumerate(found, 1)
    while some := list(islice(numbered, BATCH)):
        batch: Batch = ([], [], [], [])
        for number, fate in some:
            unit = units.row(number, fate)
            batch[0].append(unit)
            batch[1].extend(
                {"id": next(revival_numbers), **row} for row in returns(dice, unit, fate)
            )
            for _ in range(fate.loans):
                loan, tranches = loans.loan(unit, fate)
                batch[2].append(loan)
                batch[3].extend(tranches)
        yield batch


def _add_groups(session: Session, dice: Dice) -> None:
    counties = {row.name: row.id for row in session.scalars(select(County))}
    late = len(words.GROUPS) - 4  # the newest four join in the spring of 1402
    for place, (name, county, speciality) in enumerate(words.GROUPS):
        day = FIRST + (dice.whole(5, 200) if place < late else dice.whole(372, 440))
        session.add(
            JihadiGroup(
                name=f"گروه جهادی {name}",
                speciality=speciality,
                leader=person(dice),
                phone=mobile(dice),
                formed_on=date.fromordinal(workday(day)),
                county_id=counties[county],
            )
        )
    session.flush()


def _lists(session: Session) -> Lists:
    lists = Lists(
        {row.name: row.id for row in session.scalars(select(County).order_by(County.id))},
        {row.code: row.id for row in session.scalars(select(Industry))},
        {row.code: row.id for row in session.scalars(select(Bank))},
    )
    for estate in session.scalars(select(Estate).order_by(Estate.id)):
        if estate.county_id is not None:
            lists.estates.setdefault(estate.county_id, []).append((estate.id, estate.name))
    for group in session.scalars(select(JihadiGroup).order_by(JihadiGroup.id)):
        if group.county_id is not None:
            lists.groups.setdefault(group.county_id, []).append(group.id)
    return lists
