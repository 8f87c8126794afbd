"""The figures of the field work counted a second way: plain Python over whole records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.models import Action, Agency, Loan, Obstacle, ObstacleKind, Unit, Visit
from db.queries import repayment
from db.queries.field import FieldFigures, Obstacles
from db.queries.owed import Owed
from db.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session


def plain_field(session: Session, day: date) -> FieldFigures:
    """What `db.queries.field.field_figures` has to say, by another road."""

    def live(model: Any) -> list[Any]:
        return [row for row in session.scalars(select(model)) if row.archived_on is None]

    units = {unit.id: unit for unit in live(Unit)}
    seen = [v for v in live(Visit) if v.unit_id in units and v.day <= day]
    visits = [v for v in seen if v.review == "accepted"]
    obstacles = [o for o in live(Obstacle) if o.unit_id in units and o.found_on <= day]
    actions = [a for a in live(Action) if a.unit_id in units and a.decided_on <= day]
    removed = {o.id for o in obstacles if o.removed_on is not None and o.removed_on <= day}
    opened = [a for a in actions if a.done_on is None or a.done_on > day]
    newest: dict[int, Any] = {}
    for visit in sorted(visits, key=lambda v: (v.day, v.id)):
        newest[visit.unit_id] = visit
    due = [v for v in newest.values() if v.next_due_on is not None and v.next_due_on <= day]
    first = [
        u
        for u in units.values()
        if u.first_visit_due_on is not None
        and u.first_visit_due_on <= day
        and u.registered_on <= day
        and u.id not in newest
    ]

    def shares(model: Any, column: str) -> tuple[Obstacles, ...]:
        names = {row.id: row.name for row in session.scalars(select(model))}
        still = Counter(getattr(o, column) for o in obstacles if o.id not in removed)
        gone = Counter(getattr(o, column) for o in obstacles if o.id in removed)
        found = [
            Obstacles(number, names.get(number, ""), still[number], gone[number])
            for number in {*still, *gone}
        ]
        return tuple(sorted(found, key=lambda o: (-o.open, -o.removed, sort_key(o.name))))

    return FieldFigures(
        as_of=day,
        visits_done=len(visits),
        visits_due=len(due),
        first_visits_due=len(first),
        obstacles_open=len(obstacles) - len(removed),
        obstacles_removed=len(removed),
        actions_open=len(opened),
        actions_late=sum(1 for a in opened if a.due_on is not None and a.due_on < day),
        kinds=shares(ObstacleKind, "kind_id"),
        agencies=shares(Agency, "agency_id"),
        owed=_owed(session, [loan.id for loan in live(Loan) if loan.unit_id in units], day),
    )


def _owed(session: Session, loan_ids: Iterable[int], day: date) -> Owed:
    """Every loan settled by the rules."""
    states = [repayment.state(session, number, day) for number in loan_ids]
    known = [state for state in states if state is not None]
    paid = [line.paid_principal + line.paid_profit for state in known for line in state.lines]
    return Owed(
        sum(paid), sum(state.balance for state in known), sum(state.overdue for state in known)
    )
