"""Every list worked out a second way: plain Python over whole records, to hold the queries to."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.models import (
    Action,
    Agency,
    Bank,
    Call,
    County,
    Estate,
    Exercise,
    Holiday,
    Industry,
    JihadiGroup,
    Loan,
    Obstacle,
    ObstacleKind,
    Payment,
    Programme,
    Tranche,
    Unit,
    Visit,
)
from db.queries import repayment
from db.rules import arrears
from db.rules.standing import STAGES
from db.text import sort_key
from tests.db.plain_groups import obstacles_of
from tests.db.plain_standing import Standings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.rules.repayment import Line, State

Row = dict[str, Any]
LOOKUPS: dict[str, Any] = {
    "county": County,
    "estate": Estate,
    "industry": Industry,
    "obstacle_kind": ObstacleKind,
    "bank": Bank,
    "agency": Agency,
    "holiday": Holiday,
    "group": JihadiGroup,
}
# Columns whose text is in Persian order; the others go by the value itself.
PERSIAN = frozenset(
    {"name", "owner", "manager", "address", "product", "capacity_measure", "note", "archive_reason",
     "county", "estate", "industry", "group", "unit", "bank", "branch", "contract_no",
     "guarantors", "speciality", "leader", "visitors", "findings", "return_reason", "exercise",
     "agency", "removed_by", "removal", "what", "person", "outcome", "obstacle",
     "place", "closed", "spoke_to", "call_note"}
)  # fmt: skip
# Columns whose words go in an order of their own.
ORDERS = {
    "stage": STAGES,
    "severity": ("low", "medium", "high"),
    "state": ("late", "open", "done", "not_done", "removed"),
    "loan_class": ("current", "past_due", "overdue", "doubtful"),
    "age": tuple(arrears.CLASS_OF_AGE),
    "call_state": ("today", "never", "called", "later"),
}
OTHERS: dict[str, Any] = {"agency": Agency, "exercise": Exercise}


class Plain:
    """All records of a file, and the rows of its lists by the end of a day."""

    def __init__(self, session: Session, day: date) -> None:
        self.session, self.day = session, day
        self.plan = list(session.scalars(select(Programme).order_by(Programme.id)))[-1]
        self.names = {
            name: {row.id: row.name for row in session.scalars(select(model))}
            for name, model in (LOOKUPS | OTHERS).items()
        }
        self.units = {unit.id: unit for unit in session.scalars(select(Unit))}
        self.loans = {loan.id: loan for loan in session.scalars(select(Loan))}
        self.calls: dict[int, list[Call]] = defaultdict(list)
        for call in session.scalars(select(Call)):
            self.calls[call.loan_id].append(call)
        self.paid = self._paid()
        self.standings = Standings(session, self.plan)

    def _by(self, day: date | None) -> bool:
        return day is not None and day <= self.day

    def _paid(self) -> Counter[int]:
        paid: Counter[int] = Counter()
        for tranche in self.session.scalars(select(Tranche)):
            if tranche.archived_on is None and self._by(tranche.day):
                paid[tranche.loan_id] += tranche.amount
        return paid

    def unit_rows(self) -> list[Row]:
        return [self._unit(unit) for unit in self.units.values()]

    def _unit(self, unit: Unit) -> Row:
        stands = self.standings.by(unit.id, self.day)
        after = None if stands is None else stands.jobs_after
        apart = (
            stands is not None
            and stands.claimed
            and (self.plan.baseline_kind == "records" or stands.returned_on > self.plan.baseline_on)
        )
        loans = [
            loan
            for loan in self.loans.values()
            if loan.unit_id == unit.id and loan.archived_on is None
        ]
        return {
            **_own(unit),
            "county": self.names["county"][unit.county_id],
            "estate": self.names["estate"].get(unit.estate_id or 0),
            "industry": self.names["industry"].get(unit.industry_id or 0),
            "group": self.names["group"].get(unit.group_id or 0),
            "stage": "archived" if unit.archived_on else stands and stands.stage,
            "missing": (stands and stands.missing) or None,
            "returned_on": stands and stands.returned_on,
            "jobs_after": stands and stands.jobs_after,
            "capacity_after": stands and stands.capacity_after,
            "stopped_on": stands and stands.stopped_on,
            "claimed": stands and apart,
            "counted": stands and apart and stands.counted,
            "sustained": stands and stands.sustained,
            "stopped": stands and stands.stopped,
            "jobs_created": max(0, after - unit.found_jobs) if after is not None else 0,
            "loans": sum(1 for loan in loans if self._by(loan.applied_on)),
            "paid": sum(self.paid[loan.id] for loan in loans),
        }

    def loan_rows(self) -> list[Row]:
        """The loans of units that are not archived."""
        live = (loan for loan in self.loans.values() if not self.units[loan.unit_id].archived_on)
        return [self._loan(loan) for loan in live]

    def _loan(self, loan: Loan) -> Row:
        unit = self.units[loan.unit_id]
        stands = not self._by(loan.rejected_on) and not self._by(loan.withdrawn_on)
        approved = loan.amount_approved if stands and self._by(loan.approved_on) else 0
        return {
            **_own(loan),
            "unit": unit.name,
            "unit_code": unit.code,
            "county_id": unit.county_id,
            "county": self.names["county"][unit.county_id],
            "bank": self.names["bank"][loan.bank_id],
            "stage": self._stage(loan),
            "paid": self.paid[loan.id],
            "approved_standing": approved,
            "not_revived": self.paid[loan.id] > 0 and not self._is_counted(unit),
            "revived": self._is_counted(unit),
            "paid_days": self._days_of(Tranche, loan),
            "received_days": self._days_of(Payment, loan),
            **self._repayment(loan),
            **self._jobs(loan, unit),
        }

    def _days_of(self, model: Any, loan: Loan) -> set[date]:
        return {
            each.day
            for each in self.session.scalars(select(model).where(model.loan_id == loan.id))
            if each.archived_on is None and self._by(each.day)
        }

    def _is_counted(self, unit: Unit) -> bool:
        stands = self.standings.by(unit.id, self.day)
        return stands is not None and stands.counted

    def _repayment(self, loan: Loan) -> Row:
        """How it stands by the rules, every entry gone through."""
        state = None
        if loan.archived_on is None:
            state = repayment.state(self.session, loan.id, self.day)
        if state is None:
            return dict.fromkeys(
                ("repaid", "balance", "due", "overdue", "days_late", "loan_class", "age"),
            ) | {"fell_due_days": set()}
        return {
            "due": sum(line.principal + line.profit for line in self._fallen(loan, state)),
            "fell_due_days": {line.due_on for line in self._fallen(loan, state)},
            "age": self._age(state),
            "repaid": sum(line.paid_principal + line.paid_profit for line in state.lines),
            "balance": state.balance,
            "overdue": state.overdue,
            "days_late": state.days_overdue or None,
            "loan_class": state.loan_class,
        }

    def _fallen(self, loan: Loan, state: State) -> list[Line]:
        """Of the newest plan what was to be paid before the day; nothing after an early end."""
        newest = max(line.plan for line in state.lines)
        ends = [
            payment.day
            for payment in self.session.scalars(select(Payment).where(Payment.loan_id == loan.id))
            if payment.settles and payment.archived_on is None and self._by(payment.day)
        ]
        last = min(ends) if ends and not state.balance else date.max
        return [
            line
            for line in state.lines
            if line.plan == newest and line.due_on < self.day and line.due_on <= last
        ]

    def _age(self, state: State) -> str:
        """Of the oldest instalment that is not paid."""
        unpaid = [line for line in state.lines if line.left]
        found = arrears.age(unpaid[0].due_on, self.day) if unpaid else "on_time"
        if found in ("on_time", "upto_1", "upto_2") and state.loan_class == "past_due":
            return "rescheduled"
        return found

    def _jobs(self, loan: Loan, unit: Unit) -> Row:
        seen = [
            visit
            for visit in self.session.scalars(select(Visit).where(Visit.unit_id == unit.id))
            if visit.archived_on is None and visit.review == "accepted"
            and visit.kind == "follow_up" and self._by(visit.day)
        ]  # fmt: skip
        newest = max(seen, key=lambda visit: (visit.day, visit.id), default=None)
        made = None if newest is None else max(0, newest.heads - unit.found_jobs)
        paid = sum(
            self.paid[each.id]
            for each in self.loans.values()
            if each.unit_id == unit.id and each.archived_on is None
        )
        first = min(
            (each.id for each in self.loans.values() if each.unit_id == unit.id
             and each.archived_on is None and self.paid[each.id]),
            default=None,
        )  # fmt: skip
        return {
            "jobs_made": made,
            "jobs_counted": made if loan.id == first else None,
            "rial_per_job": paid // made if made and paid else None,
        }

    def _stage(self, loan: Loan) -> str:
        paid = self.paid[loan.id]
        steps = {
            "withdrawn": self._by(loan.withdrawn_on),
            "rejected": self._by(loan.rejected_on),
            "paid_out": loan.amount_approved is not None and paid >= loan.amount_approved,
            "paying": paid > 0,
            "contract": self._by(loan.contract_on),
            "approved": self._by(loan.approved_on),
            "introduced": self._by(loan.introduced_on),
        }
        return next((stage for stage, reached in steps.items() if reached), "applied")

    def visit_rows(self) -> list[Row]:
        return [self._visit(visit) for visit in self._of_live_units(Visit)]

    def _visit(self, visit: Visit) -> Row:
        others = [
            other.day
            for other in self.standings.visits(visit.unit_id, self.day)
            if (other.day, other.id) > (visit.day, visit.id)
        ]
        awaited = (
            visit.review == "accepted"
            and visit.archived_on is None
            and visit.next_due_on is not None
            and self._by(visit.day)
            and not others
        )
        return {
            **_own(visit),
            **self._of_unit(visit),
            "exercise": self.names["exercise"].get(visit.exercise_id or 0),
            "awaited": awaited,
            "due": awaited and self._by(visit.next_due_on),
        }

    def obstacle_rows(self) -> list[Row]:
        return [self._obstacle(obstacle) for obstacle in self._of_live_units(Obstacle)]

    def _obstacle(self, obstacle: Obstacle) -> Row:
        removed = self._by(obstacle.removed_on)
        return {
            **_own(obstacle),
            **self._of_unit(obstacle),
            "kind": self.names["obstacle_kind"][obstacle.kind_id],
            "agency": self.names["agency"].get(obstacle.agency_id or 0),
            "state": "removed" if removed else "open",
            "removed_on": obstacle.removed_on if removed else None,
        }

    def action_rows(self) -> list[Row]:
        return [self._action(action) for action in self._of_live_units(Action)]

    def _action(self, action: Action) -> Row:
        closed = self._by(action.done_on)
        late = action.due_on is not None and action.due_on < self.day
        of = self.session.get(Obstacle, action.obstacle_id or 0)
        return {
            **_own(action),
            **self._of_unit(action),
            "obstacle": of and self.names["obstacle_kind"][of.kind_id],
            "agency": self.names["agency"].get(action.agency_id or 0),
            "state": action.result if closed else "late" if late else "open",
            "done_on": action.done_on if closed else None,
        }

    def _of_live_units(self, model: Any) -> list[Any]:
        rows = self.session.scalars(select(model))
        return [row for row in rows if not self.units[row.unit_id].archived_on]

    def _of_unit(self, record: Any) -> Row:
        unit = self.units[record.unit_id]
        return {
            "unit": unit.name,
            "unit_code": unit.code,
            "unit_key": unit.search_key,
            "county_id": unit.county_id,
            "county": self.names["county"][unit.county_id],
            "group": self.names["group"].get(record.group_id or 0),
        }

    def _formed(self, group: JihadiGroup) -> bool:
        return group.formed_on is None or self._by(group.formed_on)

    def lookup_rows(self, source: str) -> list[Row]:
        rows = self.session.scalars(select(LOOKUPS[source]))
        return [self._lookup(source, row) for row in rows]

    def _lookup(self, source: str, row: Any) -> Row:
        column = f"{source}_id"
        units = [
            unit
            for unit in self.units.values()
            if unit.archived_on is None and getattr(unit, column, None) == row.id
        ]
        loans = [
            loan
            for loan in self.loans.values()
            if loan.bank_id == row.id
            and loan.archived_on is None
            and self.units[loan.unit_id].archived_on is None
        ]
        return {
            **_own(row),
            "active_by": source == "group" and row.active and self._formed(row),
            "county": self.names["county"].get(getattr(row, "county_id", None) or 0),
            "units": sum(1 for unit in units if self._by(unit.registered_on)),
            "revived": sum(1 for unit in units if self._unit(unit)["counted"]),
            "loans": sum(1 for loan in loans if self._by(loan.applied_on)),
            "obstacles": obstacles_of(
                self, "kind_id" if source == "obstacle_kind" else "agency_id", row.id
            ),
        }


def _own(record: Any) -> Row:
    return {column.key: getattr(record, column.key) for column in record.__table__.columns}


def in_order(rows: list[Row], name: str, *, descending: bool = False) -> list[int]:
    """Ids by a column: what is empty last whichever way, ties by the id."""
    given = [row for row in rows if row[name] is not None]
    empty = [row for row in rows if row[name] is None]

    def key(row: Row) -> Any:
        value = sort_key(row[name]) if name in PERSIAN else row[name]
        if name == "kind" and not value.isascii():  # the name of an obstacle's kind, not a code
            value = sort_key(value)
        if value in ORDERS.get(name, ()):
            value = ORDERS[name].index(value)
        # Rows of one unit stand together, also when two units have one name.
        return (value, row["unit_id"], row["id"]) if name == "unit" else (value, row["id"])

    given.sort(key=key, reverse=descending)
    empty.sort(key=lambda row: row["id"], reverse=descending)
    return [row["id"] for row in (*given, *empty)]
