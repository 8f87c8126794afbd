"""All loans by a day, added up by bank, method, stage and age together: tables are sums of these.

Those that were paid out are gone through one by one, with what was repaid; of the others only the
days count. It is the sorting into groups that takes time: so the four are told by one number, and
all values are worked out before (`offset(0)` keeps the database from doing it afterwards).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, case, func, literal, select

from db.models import Loan, Position, Tranche, Unit
from db.queries import positions
from db.queries.fell_due import COLLECTED, REPAID
from db.queries.listing import AS_OF
from db.queries.loans import ANY_PAID, STAGES, STANDS, stage_as
from db.rules.arrears import CLASS_OF_AGE
from db.rules.schedule import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

NO_AGE: Final = ""  # of a loan that has no instalments yet


class Key(NamedTuple):
    """What the loans of a sum have in common; `age` is empty without instalments."""

    bank_id: int
    method: str
    stage: str
    age: str


_AGES: Final[tuple[str, ...]] = (NO_AGE, *CLASS_OF_AGE)


def _key_of(number: int) -> Key:
    rest, age = divmod(number, len(_AGES))
    rest, stage = divmod(rest, len(STAGES))
    bank_id, method = divmod(rest, len(METHODS))
    return Key(bank_id, METHODS[method], STAGES[stage], _AGES[age])


def _number_of(paid: Any, age: Any) -> Any:
    method = case({each: place for place, each in enumerate(METHODS)}, value=Loan.method)
    of_method = Loan.bank_id * len(METHODS) + method
    of_stage = of_method * len(STAGES) + stage_as(STAGES.index, paid)
    return (of_stage * len(_AGES) + age).label("key")


class Sums(NamedTuple):
    """Of some loans, in whole rial but for the counts.

    `approved` stands: neither rejected nor withdrawn by the day. `due` was to be paid before the
    day by the schedules in force, of which `overdue` is not; what was settled early did not fall
    due. `late` are loans that are behind.
    """

    loans: int = 0
    approved: int = 0
    paid_out: int = 0
    due: int = 0
    overdue: int = 0
    repaid: int = 0
    outstanding: int = 0
    late: int = 0

    def plus(self, other: Sums) -> Sums:
        return Sums(*(one + two for one, two in zip(self, other, strict=True)))

    @property
    def collected(self) -> int:
        """Of what fell due."""
        return self.due - self.overdue

    @property
    def rate(self) -> float | None:
        """Percent of what fell due that was collected; None while nothing has."""
        return None if not self.due else round(100 * self.collected / self.due, 1)


ARCHIVED = select(Unit.id).where(Unit.archived_on.is_not(None))
LIVE = and_(
    Loan.archived_on.is_(None), Loan.applied_on <= AS_OF, Loan.unit_id.not_in(ARCHIVED)
)  # fmt: skip
_paid = (
    select(Tranche.loan_id, func.sum(Tranche.amount).label("amount"))
    .where(Tranche.archived_on.is_(None), Tranche.day <= AS_OF)
    .group_by(Tranche.loan_id)
    .subquery("paid")
)
_approved = case((STANDS, Loan.amount_approved), else_=0)

_age = case((Position.id.is_(None), 0), else_=1 + positions.BY_AGE)
_of_paid = (
    select(
        _number_of(_paid.c.amount, _age),
        _approved.label("approved"),
        _paid.c.amount.label("paid_out"),
        COLLECTED.label("collected"),
        positions.OVERDUE.label("overdue"),
        REPAID.label("repaid"),
        (Position.principal + Position.profit).label("outstanding"),
        case((positions.BEHIND, 1), else_=0).label("late"),
    )
    .select_from(_paid)
    .join(Loan, Loan.id == _paid.c.loan_id)
    .join(Position, positions.held(Loan.id), isouter=True)
    .where(LIVE)
    .offset(0)
    .subquery("of_paid")
)
_of_others = (
    select(_number_of(literal(0), 0), _approved.label("approved"))
    .where(LIVE, Loan.id.not_in(ANY_PAID))
    .offset(0)
    .subquery("of_others")
)


def _grouped(of: Any) -> Any:
    key, *values = of.c
    return select(key, func.count(), *map(func.sum, values)).group_by(key)


_PAID_OUT, _OTHERS = _grouped(_of_paid), _grouped(_of_others)


def loan_sums(session: Session, as_of: date) -> Iterator[tuple[Key, Sums]]:
    """Every group of loans by the end of a day; two of them may have one key."""
    at = positions.days(as_of)
    for key, *row in session.execute(_OTHERS, at):
        yield _key_of(key), Sums(*map(int, row))
    for key, *row in session.execute(_PAID_OUT, at):
        loans, approved, paid_out, collected, overdue, *more = (int(each or 0) for each in row)
        yield _key_of(key), Sums(loans, approved, paid_out, collected + overdue, overdue, *more)
