"""Changing units and their returns to production. Checks the rules, then writes; never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, cast, func, select
from sqlalchemy import text as sql

from db.commands import saving
from db.errors import RuleError, Violation, raise_on
from db.models import JihadiGroup, Revival, Unit
from db.queries import actions, obstacles, progress, units, visits
from db.rules.revival import check_revival
from db.rules.units import check_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.commands.saving import Ids

FIRST_CODE = 100_001
UNIQUE = {"licence_no": "licence_taken", "sso_workshop_code": "workshop_taken"}
OWNER_IDS = ("national_code", "legal_national_id")


def check(session: Session, unit_id: int | None, values: Mapping[str, Any]) -> list[Violation]:
    """Every complaint about a unit's values, duplicates and warnings included."""
    return [*complaints(session, unit_id, values), *_similar(session, unit_id, values)]


def complaints(
    session: Session, unit_id: int | None, values: Mapping[str, Any]
) -> Iterator[Violation]:
    """What `check` finds but names that are alike, which never stop a save and take long."""
    yield from check_unit(values)
    yield from _duplicates(session, unit_id, values)
    yield from _began_before(session, unit_id, values)


def save_unit(
    session: Session, unit_id: int | None, values: Mapping[str, Any], version: int | None = None
) -> Unit:
    """Create the unit, or change the one of `unit_id`. Raises RuleError, ConflictError."""
    unit = saving.fetch(session, Unit, unit_id, version)
    raise_on(list(complaints(session, unit_id, values)))
    if unit_id is None:
        unit.code = _next_code(session)
    given = {name: value for name, value in values.items() if name != "code"}
    return saving.assign(session, unit, given)


def archive_unit(session: Session, ids: Ids, reason: str) -> None:
    saving.archive(session, Unit, ids, reason)


def give_group(session: Session, ids: Sequence[int], group_id: int) -> None:
    """Make a group responsible for units. Raises RuleError if it is archived."""
    group = session.get(JihadiGroup, group_id)
    if group is None or group.archived_on is not None:
        raise RuleError([Violation("group_id", "unreadable_choice")])
    for unit in saving.some(session, Unit, ids):
        if unit.archived_on is None:
            unit.group_id = group_id
    session.flush()


def restore_unit(session: Session, unit_id: int) -> None:
    """Raises RuleError if another unit has taken one of its identifiers meanwhile."""
    unit = units.get(session, unit_id)
    raise_on([*_duplicates(session, unit_id, saving.values_of(unit))])
    saving.restore(session, Unit, unit_id)


def check_return(
    session: Session, unit_id: int, revival_id: int | None, values: Mapping[str, Any]
) -> list[Violation]:
    others = [
        (revival.returned_on, revival.stopped_on)
        for revival in units.revivals(session, unit_id)
        if revival.id != revival_id
    ]
    registered_on = units.get(session, unit_id).registered_on
    return [*check_revival(values, registered_on, others), *_in_baseline(session, values, others)]


def save_revival(
    session: Session,
    unit_id: int,
    revival_id: int | None,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Revival:
    """A return (jobs in heads, capacity in percent). Raises RuleError, ConflictError."""
    revival = saving.fetch(session, Revival, revival_id, version)
    raise_on(check_return(session, unit_id, revival_id, values))
    return saving.assign(session, revival, {**values, "unit_id": unit_id})


def archive_revival(session: Session, revival_id: int, reason: str) -> None:
    saving.archive(session, Revival, revival_id, reason)


def _in_baseline(
    session: Session, values: Mapping[str, Any], others: Sequence[Any]
) -> Iterator[Violation]:
    """A return of the baseline's days is in its number already: the sum is shown."""
    plan, day = progress.programme(session), values.get("returned_on")
    if plan.baseline_kind != "number" or others or day is None or day > plan.baseline_on:
        return
    recorded, _ = progress.before_baseline(session)
    detail = (plan.baseline_units, recorded)
    yield Violation("returned_on", "in_baseline", detail, warning=True)


def _next_code(session: Session) -> str:
    newest = session.scalar(select(func.max(cast(Unit.code, Integer))))
    return str(max(FIRST_CODE, (newest or 0) + 1))


def _duplicates(
    session: Session, unit_id: int | None, values: Mapping[str, Any]
) -> Iterator[Violation]:
    for name, code in UNIQUE.items():
        for other in _others_with(session, unit_id, name, values.get(name)):
            yield Violation(name, code, (other.name, other.code))
    for name in OWNER_IDS:
        for other in _others_with(session, unit_id, name, values.get(name)):
            # One owner may have several units: then each has its own licence.
            told_apart = bool(values.get("licence_no") and other.licence_no)
            code = "owner_has_other_unit" if told_apart else "owner_taken"
            yield Violation(name, code, (other.name, other.code), warning=told_apart)
            break


def _others_with(session: Session, unit_id: int | None, name: str, value: Any) -> list[Any]:
    if not value:
        return []
    column = getattr(Unit, name)
    query = select(Unit.id, Unit.name, Unit.code, Unit.licence_no).where(
        column == value,
        column != sql("''"),  # else the index of those that are given would not be looked into
        Unit.archived_on.is_(None),
        Unit.id != (unit_id or 0),
    )
    return list(session.execute(query.order_by(Unit.licence_no, Unit.id).limit(1)))


def _began_before(
    session: Session, unit_id: int | None, values: Mapping[str, Any]
) -> Iterator[Violation]:
    """A unit's own day may not move past its first return, visit, obstacle or action."""
    day = values.get("registered_on")
    if unit_id is None or day is None:
        return
    returns = units.revivals(session, unit_id)
    if returns and returns[0].returned_on < day:
        yield Violation("registered_on", "after_return", (returns[0].returned_on,))
    if (first := visits.first_day(session, unit_id)) is not None and first < day:
        yield Violation("registered_on", "after_visit", (first,))
    if (first := obstacles.first_day(session, unit_id)) is not None and first < day:
        yield Violation("registered_on", "after_obstacle", (first,))
    if (first := actions.first_day(session, unit_id)) is not None and first < day:
        yield Violation("registered_on", "after_action", (first,))


def _similar(
    session: Session, unit_id: int | None, values: Mapping[str, Any]
) -> Iterator[Violation]:
    name, county_id = values.get("name"), values.get("county_id")
    if not name or not county_id:
        return
    for _, other, code in units.similar(session, name, county_id, unit_id)[:1]:
        yield Violation("name", "similar_name", (other, code), warning=True)
