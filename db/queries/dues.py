"""The due calendar (سررسیدها): instalments that are not paid, and the loans to be called about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Date, and_, bindparam, case, extract, func, or_, select
from sqlalchemy.orm import aliased

from db import calendar
from db.models import Bank, Call, County, Holiday, Instalment, JihadiGroup, Loan, Position, Unit
from db.queries import positions
from db.queries.listing import AS_OF, Column, Filter, Source, between, one_of, persian
from db.queries.loans import numbered, units_called

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import ColumnElement

FRIDAY: Final = 5  # as SQL counts the days of a week
_ENDS = ("week_first", "week_last", "month_first", "month_last", "latest")
_DAY = {name: bindparam(name, type_=Date) for name in _ENDS}


def days(as_of: date) -> dict[str, date]:
    """With the first and last day of the week (from Saturday) and of the Jalali month."""
    week, month = calendar.week_range(as_of), calendar.month_range(*calendar.month_of(as_of))
    ends = (*week, *month, max(week[1], month[1]))
    return {**positions.days(as_of), **dict(zip(_ENDS, ends, strict=True))}


WINDOWS: Final[dict[str, ColumnElement[bool]]] = {
    # What fell due earlier is looked for in the loans that are behind alone.
    "overdue": and_(Instalment.due_on < AS_OF, positions.BEHIND),
    "this_week": Instalment.due_on.between(_DAY["week_first"], _DAY["week_last"]),
    "this_month": Instalment.due_on.between(_DAY["month_first"], _DAY["month_last"]),
}


def _in_windows(names: Any) -> ColumnElement[bool]:
    any_of = or_(*(WINDOWS[name] for name in names))
    # Of several no index would know where they end.
    return any_of if len(names) == 1 else and_(any_of, Instalment.due_on <= _DAY["latest"])


# Calls

A_CALL: Any = aliased(Call, name="a_call")
_later: Any = aliased(Call, name="a_later_call")
_newer = select(_later.id).where(
    _later.loan_id == A_CALL.loan_id,
    _later.archived_on.is_(None),
    _later.day <= AS_OF,
    or_(_later.day > A_CALL.day, and_(_later.day == A_CALL.day, _later.id > A_CALL.id)),
)
# True of the last call of a loan, if it says when to call again.
TELLS_WHEN = and_(
    A_CALL.archived_on.is_(None), A_CALL.day <= AS_OF, A_CALL.again_on.is_not(None),
    ~_newer.exists(),
)  # fmt: skip
TO_CALL_AGAIN = select(A_CALL.loan_id).where(TELLS_WHEN)
TODAY = Position.loan_id.in_(TO_CALL_AGAIN.where(A_CALL.again_on <= AS_OF))
_LAST = (
    select(A_CALL.id)
    .where(A_CALL.loan_id == Position.loan_id, A_CALL.archived_on.is_(None), A_CALL.day <= AS_OF)
    .order_by(A_CALL.day.desc(), A_CALL.id.desc())
    .limit(1)
    .correlate(Position)
    .scalar_subquery()
)
LAST_CALL = Call.id == _LAST
CALL_STATES = ("today", "never", "called", "later")
CALL_STATE = case(
    (Call.id.is_(None), "never"),
    (Call.again_on.is_(None), "called"),
    (Call.again_on <= AS_OF, "today"),
    else_="later",
)


# Days on which banks are closed

_is_friday = extract("dow", Instalment.due_on) == FRIDAY
_first, _last = func.min(Holiday.name), func.max(Holiday.name)
_HOLIDAY = (
    select(_first + case((_first < _last, "، " + _last), else_=""))
    .where(Holiday.day == Instalment.due_on, Holiday.archived_on.is_(None))
    .correlate(Instalment)
    .scalar_subquery()
)
# As `holidays.closed` says it.
CLOSED = func.coalesce(_HOLIDAY, case((_is_friday, calendar.WEEKDAYS[-1])))
_holidays = select(Holiday.day).where(Holiday.archived_on.is_(None))
_is_closed = or_(_is_friday, Instalment.due_on.in_(_holidays))


def _open_or_closed(values: Any) -> ColumnElement[bool]:
    return or_(*(_is_closed if each == "closed" else ~_is_closed for each in values))


# What both lists show and ask

_COLUMNS = {
    "unit": Column(Unit.name, (Unit.sort_key, Unit.id), ("loan", "unit")),
    "unit_id": Column(Loan.unit_id, joins=("loan",)),
    "unit_code": Column(Unit.code, joins=("loan", "unit")),
    "county": Column(County.name, County.sort_key, ("loan", "unit", "county")),
    "group": Column(
        JihadiGroup.name, JihadiGroup.sort_key, ("loan", "unit", "group"), nullable=True
    ),
    **{
        name: persian(getattr(Unit, name))._replace(joins=("loan", "unit"))
        for name in ("owner", "manager")
    },
    **{name: Column(getattr(Unit, name), joins=("loan", "unit")) for name in ("mobile", "phone")},
    "bank": Column(Bank.name, Bank.sort_key, ("loan", "bank")),
    **{
        name: persian(getattr(Loan, name))._replace(joins=("loan",))
        for name in ("branch", "contract_no")
    },
    "loan_class": Column(positions.CLASS, positions.BY_CLASS),
    "last_call": Column(Call.day, joins=("call",), nullable=True),
    "spoke_to": Column(
        Call.spoke_to, func.sort_key(Call.spoke_to), ("call",), nullable=True
    ),
    "again_on": Column(Call.again_on, joins=("call",), nullable=True),
    "call_state": Column(
        CALL_STATE,
        case({each: place for place, each in enumerate(CALL_STATES)}, value=CALL_STATE),
        ("call",),
    ),
}  # fmt: skip
_JOINS: dict[str, tuple[Any, ColumnElement[bool]]] = {
    "unit": (Unit, Unit.id == Loan.unit_id),
    "county": (County, County.id == Unit.county_id),
    "group": (JihadiGroup, JihadiGroup.id == Unit.group_id),
    "bank": (Bank, Bank.id == Loan.bank_id),
    "call": (Call, LAST_CALL),
}
_ALWAYS_THERE = frozenset({"position", "loan", "unit", "county", "bank"})


def _of_loans(column: Any) -> Callable[[Any], ColumnElement[bool]]:
    """By the loan or its unit: found by their own indexes, not beside each instalment."""

    def where(values: Any) -> ColumnElement[bool]:
        loans = select(Loan.id).where(Loan.archived_on.is_(None), one_of(column)(values))
        if column.class_ is Unit:
            loans = loans.join(Unit, Unit.id == Loan.unit_id)
        return Position.loan_id.in_(loans)

    return where


_FILTERS = {
    "bank_id": Filter(_of_loans(Loan.bank_id)),
    "group_id": Filter(_of_loans(Unit.group_id)),
    "county_id": Filter(_of_loans(Unit.county_id)),
    "unit_id": Filter(_of_loans(Loan.unit_id)),
    "loan_class": Filter(one_of(positions.CLASS)),
    "again": Filter(lambda _: TODAY),
    "call_state": Filter(one_of(CALL_STATE), ("call",)),
}


def _search(term: str) -> ColumnElement[bool]:
    """By the unit, or by the contract's number."""
    of_units = select(Loan.id).where(Loan.unit_id.in_(units_called(term)))
    if not any(char.isdigit() for char in term):
        return Position.loan_id.in_(of_units)
    return or_(Position.loan_id.in_(of_units), Position.loan_id.in_(numbered(term)))


# One row an instalment that is not paid whole by the end of the day.
SOURCE = Source(
    record=Instalment,
    columns={
        **_COLUMNS,
        "loan_id": Column(Instalment.loan_id),
        "number": Column(Instalment.number),
        "due_on": Column(Instalment.due_on),
        "closed": Column(CLOSED, func.sort_key(CLOSED), nullable=True),
        "principal": Column(Instalment.principal),
        "profit": Column(Instalment.profit),
        "total": Column(Instalment.principal + Instalment.profit),
        "left": Column(positions.left()),
        "late": Column(
            case((Instalment.due_on < AS_OF, positions.days_between(Instalment.due_on, AS_OF))),
            nullable=True,
        ),
    },
    joins={
        "position": (Position, positions.held(Instalment.loan_id)),
        "loan": (Loan, Loan.id == Instalment.loan_id),
        **_JOINS,
    },
    filters={
        **_FILTERS,
        "id": Filter(one_of(Instalment.id)),
        "loan_id": Filter(one_of(Instalment.loan_id)),
        "window": Filter(_in_windows),
        "due_on": Filter(between(Instalment.due_on)),
        "first": Filter(lambda _: Instalment.due_on == Position.oldest_due_on),
        "banks": Filter(_open_or_closed),
    },
    search=_search,
    sort="due_on",
    where=and_(positions.in_force(), positions.unpaid()),
    required=_ALWAYS_THERE,
    always=("position",),
    archives=False,
    totals=("left",),
    days=days,
)

# One row a loan that is behind, or that was to be called again by the end of the day.
CALLS = Source(
    record=Loan,
    columns={
        **_COLUMNS,
        "call_note": Column(Call.note, func.sort_key(Call.note), ("call",), nullable=True),
        "oldest_due_on": Column(Position.oldest_due_on, nullable=True),
        "late": Column(positions.DAYS_LATE, nullable=True),
        "instalments": Column(positions.COUNT_OVERDUE),
        "overdue": Column(positions.OVERDUE),
        "unpaid": Column(Position.principal + Position.profit),
    },
    joins={"position": (Position, positions.held(Loan.id)), **_JOINS},
    filters={
        **_FILTERS,
        "id": Filter(one_of(Loan.id)),
        "behind": Filter(lambda _: positions.BEHIND),
        "oldest_due_on": Filter(between(Position.oldest_due_on)),
        "again_on": Filter(between(Call.again_on), ("call",)),
        "last_call": Filter(between(Call.day), ("call",)),
    },
    search=_search,
    sort="oldest_due_on",
    where=or_(positions.BEHIND, TODAY),
    required=_ALWAYS_THERE,
    always=("position",),
    archives=False,
    totals=("overdue",),
    days=days,
)  # fmt: skip
