"""Units by their stage: how many stand at each, and those that have stood there longest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.models import County, Standing, Unit
from db.rules.standing import STAGES

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

ROWS = 40  # of a stage; the list has the rest


@dataclass(frozen=True)
class Standee:
    """A unit at its stage since a day."""

    id: int
    name: str
    code: str
    county: str
    since: date


@dataclass(frozen=True)
class Column:
    """A stage of the board: how many units, and the first of them."""

    stage: str
    units: int
    first: tuple[Standee, ...]


def columns(session: Session, day: date, county_id: int | None = None) -> tuple[Column, ...]:
    """Every stage by the end of a day, in the order of the journey."""
    place = func.row_number().over(
        partition_by=Standing.stage, order_by=(Standing.since, Standing.unit_id)
    )
    many = func.count().over(partition_by=Standing.stage)
    ranked = select(
        Standing.stage, Standing.unit_id, Standing.since, place.label("place"), many.label("many")
    ).where(Standing.until > day, Standing.since <= day)
    if county_id is not None:
        ranked = ranked.join(Unit, Unit.id == Standing.unit_id).where(Unit.county_id == county_id)
    top = ranked.subquery()
    query = (
        select(top.c.stage, top.c.many, Unit.id, Unit.name, Unit.code,
               County.name.label("county"), top.c.since)
        .join(Unit, Unit.id == top.c.unit_id)
        .join(County, County.id == Unit.county_id)
        .where(top.c.place <= ROWS)
        .order_by(top.c.since, Unit.id)
    )  # fmt: skip
    found: dict[str, list[Standee]] = {stage: [] for stage in STAGES}
    counts = dict.fromkeys(STAGES, 0)
    for stage, number, *row in session.execute(query):
        counts[stage] = number
        found[stage].append(Standee(*row))
    return tuple(Column(stage, counts[stage], tuple(found[stage])) for stage in STAGES)
