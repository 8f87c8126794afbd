"""What fell due of a loan before the day, and what of it was collected, as parts of a query.

By the schedule in force: what a rescheduling took over falls due under the new one. A loan that
was settled early has nothing falling due after that day. The query has the loan's `Position`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, func, select, union_all

from db.models import Correction, Instalment, Payment, Position, Rescheduling
from db.queries import positions
from db.queries.listing import AS_OF

_ended = and_(Payment.archived_on.is_(None), Payment.settles, Payment.day <= AS_OF)
# A loan with nothing left ended early on the first of these days.
SETTLED = (
    select(Payment.loan_id, func.min(Payment.day).label("day"))
    .where(_ended)
    .group_by(Payment.loan_id)
    .subquery("settled")
)
CORRECTED = select(Correction.loan_id).where(Correction.archived_on.is_(None))
_renewed = select(Rescheduling.loan_id).where(
    Rescheduling.archived_on.is_(None), Rescheduling.since <= AS_OF
)
_settled_on = (
    select(func.min(Payment.day))
    .where(_ended, Payment.loan_id == Position.loan_id)
    .correlate(Position)
    .scalar_subquery()
)
_ended_early = and_(
    Position.oldest_due_on.is_(None), Position.loan_id.in_(select(Payment.loan_id).where(_ended))
)


def _fell_due(*more: Any) -> Any:
    """Rial of the instalments in force that were to be paid before the day."""
    total = func.sum(Instalment.principal + Instalment.profit)
    query = select(func.coalesce(total, 0)).where(
        Instalment.loan_id == Position.loan_id, positions.in_force(), Instalment.due_on < AS_OF,
        *more,
    )  # fmt: skip
    return query.correlate(Position).scalar_subquery()


FALLEN = and_(  # true of an instalment in force that fell due
    Instalment.due_on < AS_OF,
    case((_ended_early, Instalment.due_on <= _settled_on), else_=Instalment.due_on < AS_OF),
)
REPAID = Position.repaid_principal + Position.repaid_profit
_ahead = case((Position.oldest_due_on >= AS_OF, Position.oldest_paid), else_=0)
# Mostly it is all that was repaid; the instalments are added up only where it may be less.
COLLECTED = case(
    (REPAID == 0, 0),
    (
        and_(positions.NONE_AHEAD, Position.loan_id.not_in(union_all(_renewed, CORRECTED))),
        REPAID - _ahead,
    ),
    (_ended_early, _fell_due(Instalment.due_on <= _settled_on)),
    (Position.id.is_not(None), _fell_due() - positions.OVERDUE),
    else_=0,
)
