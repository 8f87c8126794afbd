"""What each record is called, and whose page shows it.

The records are read when one of them is to be named: a start names few.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from db import models, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

# record → its model, the column of its owner, whose page shows it
_OF_OWNER: Final = {
    "revival": ("Revival", "unit_id", "unit"),
    "document": ("Document", "unit_id", "unit"),
    **{
        record: (model, "loan_id", "loan")
        for record, model in (
            ("tranche", "Tranche"),
            ("payment", "Payment"),
            ("waiver", "Waiver"),
            ("rescheduling", "Rescheduling"),
            ("correction", "Correction"),
            ("call", "Call"),
        )
    },
    "volunteer": ("Volunteer", "group_id", "jihadi_group"),
    "participation": ("Participation", "exercise_id", "exercise"),
    "award": ("Award", "exercise_id", "exercise"),
}
# Without a name of their own, but with a page: they are called by their unit.
_OF_UNIT: Final = {"visit": "Visit", "obstacle": "Obstacle", "action": "Action"}
_OWN: Final = {
    "county": "County", "estate": "Estate", "industry": "Industry", "bank": "Bank",
    "obstacle_kind": "ObstacleKind", "agency": "Agency", "jihadi_group": "JihadiGroup",
    "exercise": "Exercise", "holiday": "Holiday",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """`record` is the table whose page shows it; `detail` tells it from others of its name."""

    record: str
    id: int
    title: str
    detail: str


def names(session: Session, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Found]:
    """(table, id) → what it is called and whose page shows it: of a return its unit, of a tranche
    or a payment its loan; a visit, an obstacle or an action is called by its unit. What has no
    name at all (a programme, a bulk entry) is left out.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for record, number in keys:
        wanted[record].add(number)
    found: dict[tuple[str, int], Found] = {}
    for record, numbers in wanted.items():
        found |= {(record, number): each for number, each in _named(session, record, numbers)}
    return found


def _named(session: Session, record: str, numbers: set[int]) -> list[tuple[int, Found]]:
    if record == "unit":
        return [(row.id, unit_found(row)) for row in unit_rows(session, numbers)]
    if record == "loan":
        return [(row.id, loan_found(row)) for row in loan_rows(session, numbers)]
    if record in _OF_OWNER:
        return _named_by_owner(session, record, numbers)
    if record in _OF_UNIT:
        return _named_by_unit(session, record, numbers)
    if record not in _OWN:
        return []
    model = getattr(models, _OWN[record])
    rows = session.execute(select(model.id, model.name).where(model.id.in_(numbers)))
    return [(row.id, Found(record, row.id, row.name, "")) for row in rows]


def _named_by_unit(session: Session, record: str, numbers: set[int]) -> list[tuple[int, Found]]:
    model, named = getattr(models, _OF_UNIT[record]), models.Unit
    rows = session.execute(
        select(model.id, named.name, named.code)
        .join(named, named.id == model.unit_id)
        .where(model.id.in_(numbers))
    )
    return [(row.id, Found(record, row.id, row.name, _shown_code(row.code))) for row in rows]


def _named_by_owner(session: Session, record: str, numbers: set[int]) -> list[tuple[int, Found]]:
    name, column, owners = _OF_OWNER[record]
    model = getattr(models, name)
    query = select(model.id, getattr(model, column)).where(model.id.in_(numbers))
    rows = session.execute(query).all()
    named = dict(_named(session, owners, {row[1] for row in rows}))
    return [(row[0], named[row[1]]) for row in rows if row[1] in named]


def unit_rows(session: Session, numbers: Iterable[int]) -> Sequence[Any]:
    """In the order of their names."""
    unit, county = models.Unit, models.County
    query = (
        select(unit.id, unit.name, unit.code, unit.owner, county.name.label("county"))
        .join(county, county.id == unit.county_id)
        .where(unit.id.in_(list(numbers)))
        .order_by(unit.sort_key, unit.id)
    )
    return session.execute(query).all()


def unit_found(row: Any) -> Found:
    return Found("unit", row.id, row.name, joined(_shown_code(row.code), row.county, row.owner))


def loan_rows(session: Session, numbers: Iterable[int]) -> Sequence[Any]:
    loan, unit, bank = models.Loan, models.Unit, models.Bank
    query = (
        select(loan.id, loan.contract_no, unit.name, unit.archived_on, bank.name.label("bank"))
        .join(unit, unit.id == loan.unit_id)
        .join(bank, bank.id == loan.bank_id)
        .where(loan.id.in_(list(numbers)))
        .order_by(loan.id)
    )
    return session.execute(query).all()


def loan_found(row: Any) -> Found:
    number = f"قرارداد {text.to_persian_digits(row.contract_no)}" if row.contract_no else ""
    return Found("loan", row.id, row.name, joined(row.bank, number))


def _shown_code(code: str) -> str:
    return f"کد {text.to_persian_digits(code)}"


def joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
