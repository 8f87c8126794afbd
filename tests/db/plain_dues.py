"""The due calendar and the call list a second way: by settling every loan in Python, by a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.calendar import jalali_parts, weekday
from db.models import Call, Holiday, Instalment
from db.queries import repayment

if TYPE_CHECKING:
    from datetime import date

    from db.models import Loan
    from db.rules.repayment import Line, State
    from tests.db.plain_lists import Plain, Row


def instalment_rows(of: Plain) -> list[Row]:
    """Every instalment that is not paid, by the line that settling makes of it."""
    numbers = _numbers(of)
    holidays = _holidays(of)
    found = []
    for loan, state in _states(of):
        first = min((line.due_on for line in state.lines if line.left), default=None)
        for line in state.lines:
            if line.left:
                number = numbers[loan.id, line.number, line.due_on]
                found.append(
                    {**_of_loan(of, loan, state), **_instalment(of.day, line, holidays),
                     "id": number, "loan_id": loan.id, "first": line.due_on == first}
                )  # fmt: skip
    return found


def _instalment(day: date, line: Line, holidays: dict[date, str]) -> Row:
    due_on = line.due_on
    friday = "جمعه" if weekday(due_on) == 6 else None
    return {
        "number": line.number,
        "due_on": due_on,
        "closed": holidays.get(due_on, friday),
        "principal": line.principal,
        "profit": line.profit,
        "total": line.principal + line.profit,
        "left": line.left,
        "late": (day - due_on).days if due_on < day else None,
        "window": set(_windows(due_on, day)),
    }


def _windows(due_on: date, day: date) -> Any:
    if due_on < day:
        yield "overdue"
    saturday = day - timedelta(days=weekday(day))
    if 0 <= (due_on - saturday).days < 7:
        yield "this_week"
    if jalali_parts(due_on)[:2] == jalali_parts(day)[:2]:
        yield "this_month"


def call_rows(of: Plain) -> list[Row]:
    found = []
    for loan, state in _states(of):
        row = _of_loan(of, loan, state)
        behind = [line for line in state.lines if line.left and line.due_on < of.day]
        if not behind and not row["again"]:
            continue
        unpaid = [line.due_on for line in state.lines if line.left]
        found.append(
            {
                **row,
                "id": loan.id,
                "behind": bool(behind),
                "oldest_due_on": min(unpaid, default=None),
                "late": (of.day - min(unpaid)).days if behind else None,
                "instalments": len(behind),
                "overdue": state.overdue,
                "unpaid": state.balance,
            }
        )
    return found


def _of_loan(of: Plain, loan: Loan, state: State) -> Row:
    unit = of.units[loan.unit_id]
    calls = [call for call in of.calls[loan.id] if call.archived_on is None and call.day <= of.day]
    last = max(calls, key=lambda call: (call.day, call.id), default=None)
    again_on = last.again_on if last is not None else None
    return {
        "unit": unit.name,
        "unit_id": unit.id,
        "unit_code": unit.code,
        "unit_key": unit.search_key,
        "county_id": unit.county_id,
        "county": of.names["county"][unit.county_id],
        "group_id": unit.group_id,
        "group": of.names["group"].get(unit.group_id or 0),
        **{name: getattr(unit, name) for name in ("owner", "manager", "mobile", "phone")},
        "bank_id": loan.bank_id,
        "bank": of.names["bank"][loan.bank_id],
        "branch": loan.branch,
        "contract_no": loan.contract_no,
        "loan_class": state.loan_class,
        "last_call": last and last.day,
        "spoke_to": last and last.spoke_to,
        "call_note": last and last.note,
        "again_on": again_on,
        "again": again_on is not None and again_on <= of.day,
        "call_state": _call_state(last, of.day),
        "archived_on": None,
    }


def _call_state(last: Call | None, day: date) -> str:
    if last is None:
        return "never"
    if last.again_on is None:
        return "called"
    return "today" if last.again_on <= day else "later"


def _states(of: Plain) -> Any:
    """How each loan stands that is on record and was paid out by the day."""
    for loan in of.loans.values():
        state = repayment.state(of.session, loan.id, of.day)
        if state is not None:
            yield loan, state


def _numbers(of: Plain) -> dict[tuple[int, int, date], int]:
    return {
        (row.loan_id, row.number, row.due_on): row.id
        for row in of.session.scalars(select(Instalment))
        if row.since <= of.day < row.until
    }


def _holidays(of: Plain) -> dict[date, str]:
    found: dict[date, list[str]] = defaultdict(list)
    for holiday in of.session.scalars(select(Holiday)):
        if holiday.archived_on is None:
            found[holiday.day].append(holiday.name)
    return {day: "، ".join(sorted(names)) for day, names in found.items()}
