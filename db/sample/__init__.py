"""A made-up programme of any size, the same for the same seed: to look around in and to measure."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from db import history, seeds
from db.commands import saving
from db.commands.programme import new_file
from db.errors import raise_on
from db.models import (
    Agency,
    Bank,
    Base,
    County,
    Estate,
    Industry,
    Instalment,
    JihadiGroup,
    ObstacleKind,
    Position,
    Programme,
    Record,
    Standing,
    Unit,
)
from db.rules import positions, standing
from db.rules.common import check_range
from db.rules.programme import MOST_UNITS
from db.sample.dice import Dice
from db.sample.events import add_awards, add_events
from db.sample.groups import add_groups
from db.sample.instalments import InstalmentWriter
from db.sample.records import MODELS, RecordMaker, Rows
from db.sample.repaying import RepaymentMaker
from db.sample.story import BASELINE_ON, FIRST_DAY, LAST_DAY, SMALL, fates, programme_values
from db.sample.units import Lists
from db.sample.writer import Writer, drop_indexes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from db.database import Database
    from db.sample.story import Fate
    from db.sample.units import Row

__all__ = ["BASELINE_ON", "FIRST_DAY", "LAST_DAY", "make"]

_OF_LOANS: Final = 1_000_003  # added to the seed: a dice of their own changes nothing else
# Their rows are tuples, as the rules give them; the file gives them their ids.
_DERIVED: Final[dict[type[Base], tuple[str, ...]]] = {
    Standing: ("unit_id", *standing.Span._fields),
    Position: ("loan_id", *positions.Span._fields),
}
BATCH: Final = 1000  # units written at a time: half a second at most between two looks at Cancel


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
    progress(0, units + units // 5)
    with new_file(path) as database, _no_collecting():
        _write_once(database)
        _fill(database, units, seed, progress)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Rows hold no cycles, and there are millions: to look for some takes a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _write_once(database: Database) -> None:
    """The journal stays in memory: a file that is cut off has no name yet, and is thrown away."""
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        for mode in ("DELETE", "MEMORY"):  # out of the WAL there is no other way
            raw.execute(f"PRAGMA journal_mode={mode}")


def _fill(
    database: Database, units: int, seed: int, progress: Callable[[int, int], object]
) -> None:
    dice = Dice(seed)
    values = programme_values(units)
    with database.write() as session:
        seeds.fill(session)
        saving.assign(session, Programme(), values)
        lists = _lists(session, dice)
        connection = session.connection()
        missing = values["target_units"] - values["baseline_units"]
        maker = _maker(units, seed, dice, lists)
        writers = [(model, _writer(connection, model)) for model in MODELS]
        indexes = drop_indexes(connection, MODELS)
        rest, done = units // 5, 0  # what the indexes take, as if they were units
        for batch in _batches(maker, fates(dice, units, missing)):
            for model, writer in writers:
                writer.write(batch[model])
            if units <= SMALL:
                history.record_inserts(connection, _records(batch))
            done += len(batch[Unit])
            progress(done, units + rest)
        for place, statement in enumerate(indexes, 1):
            connection.exec_driver_sql(statement)
            progress(units + rest * place // len(indexes), units + rest)
        add_awards(session, lists.events)
        history.record_event(connection, "unit", {"units": units, "seed": seed})
        connection.exec_driver_sql("ANALYZE")


def _maker(units: int, seed: int, dice: Dice, lists: Lists) -> RecordMaker:
    """In a small file half of the loans may take an unusual course: there are few to look at."""
    is_small = units <= SMALL
    repayments = RepaymentMaker(Dice(seed + _OF_LOANS), unusual=50 if is_small else 2)
    return RecordMaker(dice, lists, repayments, documents=is_small)


def _writer(connection: Connection, model: type[Base]) -> Writer | InstalmentWriter:
    if model is Instalment:
        return InstalmentWriter(connection)
    return Writer(connection, model, _DERIVED.get(model, ()))


def _batches(maker: RecordMaker, found: Iterable[Fate]) -> Iterator[Rows]:
    numbered = enumerate(found, 1)
    while some := list(islice(numbered, BATCH)):
        batch: Rows = defaultdict(list)
        for number, fate in some:
            for model, rows in maker.records(number, fate).items():
                batch[model] += rows
        yield batch


def _records(batch: Rows) -> Iterator[tuple[type[Record], list[Row]]]:
    """What a person keeps, in the order in which it was written."""
    return ((model, batch[model]) for model in MODELS if issubclass(model, Record))


def _lists(session: Session, dice: Dice) -> Lists:
    crews = add_groups(session, dice)
    lists = Lists(
        {row.name: row.id for row in session.scalars(select(County).order_by(County.id))},
        {row.code: row.id for row in session.scalars(select(Industry))},
        {row.code: row.id for row in session.scalars(select(Bank))},
        crews=crews,
        agencies={row.code: row.id for row in session.scalars(select(Agency))},
        obstacle_kinds={row.code: row.id for row in session.scalars(select(ObstacleKind))},
        events=add_events(session, dice, crews),
    )
    for estate in session.scalars(select(Estate).order_by(Estate.id)):
        if estate.county_id is not None:
            lists.estates.setdefault(estate.county_id, []).append((estate.id, estate.name))
    for group in session.scalars(select(JihadiGroup).order_by(JihadiGroup.id)):
        if group.county_id is not None:
            lists.groups.setdefault(group.county_id, []).append(group.id)
    return lists
