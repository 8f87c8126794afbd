"""The kinds of what waits to be done: where each is found, and what is told of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Date, and_, bindparam, case, exists, or_, select
from sqlalchemy import literal as constant
from sqlalchemy.orm import aliased

from db.models import Action, Call, Loan, Position, Tranche, Unit, Visit
from db.queries import dues, of_units, positions
from db.queries.actions import OPEN
from db.queries.listing import AS_OF
from db.queries.visits import AWAITED_PARTS

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement

END: ColumnElement[date] = bindparam("week_end", type_=Date)
_earlier = aliased(Visit, name="earlier")
_nothing = constant("")


@dataclass(frozen=True)
class Waiting:
    """Where tasks of a kind come from: the record, and the parts of a `Task`.

    They are found by `id`, `group_id` and `where` alone; `joins` are for what is told of one. Of
    several `parts` one is true of each; apart, each is a stretch of an index.
    """

    kind: str
    record: Any
    id: Any
    group_id: Any
    what: Any
    word: Any
    since: Any
    due_on: Any
    where: ColumnElement[bool]
    parts: tuple[Any, ...] = (True,)
    joins: tuple[tuple[Any, Any], ...] = ()

    @property
    def unit_id(self) -> Any:
        return Unit.id if self.record is Unit else self.record.unit_id

    def of_units(self, units: Any) -> ColumnElement[bool]:
        """True of the tasks of some units, given as a query of their ids."""
        if self.id.class_ is self.record:
            found: ColumnElement[bool] = self.unit_id.in_(units)
            return found
        return self.id.in_(select(Loan.id).where(Loan.unit_id.in_(units)))  # type: ignore[no-any-return]


ACTIONS: Final = Waiting(
    "action", Action, Action.id, Action.group_id, Action.what, Action.kind, Action.decided_on,
    Action.due_on,
    and_(Action.archived_on.is_(None), OPEN, Action.decided_on <= AS_OF, of_units.live(Action)),
)  # fmt: skip
VISITS: Final = Waiting(
    "visit", Visit, Visit.id, Visit.group_id, _nothing, Visit.kind, Visit.day, Visit.next_due_on,
    and_(Visit.archived_on.is_(None), of_units.live(Visit)), AWAITED_PARTS,
)  # fmt: skip
FIRST_VISITS: Final = Waiting(
    "first_visit", Unit, Unit.id, Unit.group_id, _nothing, _nothing, Unit.registered_on,
    Unit.first_visit_due_on,
    and_(
        Unit.archived_on.is_(None),
        Unit.registered_on <= AS_OF,
        Unit.first_visit_due_on.is_not(None),
        Unit.first_visit_due_on <= END,
        ~exists().where(
            _earlier.unit_id == Unit.id,
            _earlier.archived_on.is_(None),
            _earlier.review == "accepted",
            _earlier.day <= AS_OF,
        ),
    ),
)  # fmt: skip
# The stages in which a loan waits for somebody, the newest first, with the day each began.
STAGES: Final = {
    "contract": Loan.contract_on,
    "approved": Loan.approved_on,
    "introduced": Loan.introduced_on,
    "applied": Loan.applied_on,
}
_stage = case(*((day <= AS_OF, stage) for stage, day in STAGES.items()))
_since = case(*((day <= AS_OF, day) for day in STAGES.values()))
_paid = select(Tranche.loan_id).where(Tranche.archived_on.is_(None), Tranche.day <= AS_OF)
LOANS: Final = Waiting(
    "loan", Loan, Loan.id, Unit.group_id, _nothing, _stage, _since, constant(None),
    and_(
        Loan.archived_on.is_(None),
        Loan.applied_on <= AS_OF,
        or_(Loan.rejected_on.is_(None), Loan.rejected_on > AS_OF),
        or_(Loan.withdrawn_on.is_(None), Loan.withdrawn_on > AS_OF),
        Loan.id.not_in(_paid),
        of_units.live(Loan),
    ),
)  # fmt: skip
# A loan waits once: for the call that the last one has promised, or for its oldest instalment.
CALLS: Final = Waiting(
    "call", Loan, dues.A_CALL.loan_id, Unit.group_id, Call.spoke_to, _nothing, Call.day,
    Call.again_on,
    and_(
        dues.TELLS_WHEN,
        exists().where(
            positions.held(dues.A_CALL.loan_id),
            or_(positions.BEHIND, dues.A_CALL.again_on <= AS_OF),
        ),
    ),
    joins=((Position, positions.held(Loan.id)), (Call, dues.LAST_CALL)),
)  # fmt: skip
INSTALMENTS: Final = Waiting(
    "instalment", Loan, Position.loan_id, Unit.group_id, _nothing, positions.CLASS,
    Position.oldest_due_on, Position.oldest_due_on,
    and_(
        Position.until > AS_OF,
        Position.since <= AS_OF,
        Position.loan_id.not_in(dues.TO_CALL_AGAIN),
    ),
    joins=((Position, positions.held(Loan.id)),),
)  # fmt: skip
