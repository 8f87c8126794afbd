"""What all loans amount to by a day: by bank, method, stage and class, how late, and by month.

Whole rial. The loans are added up once, by all that they are told by together; each table is a sum
of that, and so comes to the same total.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select

from db import calendar
from db.models import Bank
from db.queries.loan_days import past, to_come
from db.queries.loan_sums import NO_AGE, Sums, loan_sums
from db.queries.loans import STAGES
from db.rules.arrears import CLASS_OF_AGE, CLASSES
from db.rules.schedule import METHODS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    from db.queries.loan_sums import Key
    from db.rules.arrears import LoanClass

AHEAD: Final = 12  # Jalali months to come that are told, after the running one
NO_CLASS: Final = ""  # of a loan that has no instalments yet

Cube = list[tuple["Key", Sums]]


class Share(NamedTuple):
    """The loans of one bank, method, stage or class; `name` is a bank's, else empty."""

    key: Any
    name: str
    sums: Sums


class Age(NamedTuple):
    """Loans that are equally late (see `db.rules.arrears.AGE_MONTHS`).

    Of those of the classes past due and overdue only the unpaid part that fell due moves into
    the class; the whole balance of the doubtful does. `moved` is that; the rest stays current.
    """

    age: str
    loan_class: LoanClass
    sums: Sums

    @property
    def moved(self) -> int:
        return moved(self.loan_class, self.sums)


class Month(NamedTuple):
    """Of a Jalali month, until the day. `due` was to be paid in it and before the day, of which
    `overdue` is unpaid; `received` was paid in it, penalties and what stayed as credit included.
    """

    year: int
    month: int
    approved: int
    paid_out: int
    due: int
    overdue: int
    received: int

    @property
    def collected(self) -> int:
        """Of what fell due in the month."""
        return self.due - self.overdue


class Inflow(NamedTuple):
    """What is unpaid of the instalments of a Jalali month, from the day on."""

    year: int
    month: int
    instalments: int
    left: int


@dataclass(frozen=True)
class Portfolio:
    """`inflow` begins with the rest of the running month; `later` is to be paid after all of it.

    `unscheduled` are the loans that were paid out and have no instalments: none of their sums
    but what was paid out is known.
    """

    as_of: date
    sums: Sums
    banks: tuple[Share, ...]
    methods: tuple[Share, ...]
    stages: tuple[Share, ...]
    classes: tuple[Share, ...]
    ages: tuple[Age, ...]
    months: tuple[Month, ...]
    inflow: tuple[Inflow, ...]
    unscheduled: Sums

    @property
    def later(self) -> int:
        ahead = sum(each.left for each in self.inflow)
        return self.sums.outstanding - self.sums.overdue - ahead


def moved(loan_class: str, sums: Sums) -> int:
    """Rial of the balance of some loans that are in their class; of the current all."""
    if loan_class in ("past_due", "overdue"):
        return sums.overdue
    return sums.outstanding


def portfolio(session: Session, as_of: date) -> Portfolio:
    """All of it by the end of a day."""
    cube = list(loan_sums(session, as_of))
    names = {row.id: row.name for row in session.execute(select(Bank.id, Bank.name))}
    ages = _by(cube, lambda key: key.age)
    banks = (Share(key, names[key], of) for key, of in _by(cube, lambda k: k.bank_id).items())
    return Portfolio(
        as_of,
        _added(sums for _, sums in cube),
        tuple(sorted(banks, key=lambda s: (-s.sums.outstanding, -s.sums.paid_out, s.name))),
        _shares(METHODS, _by(cube, lambda key: key.method)),
        _shares(STAGES, _by(cube, lambda key: key.stage)),
        _shares((*CLASSES, NO_CLASS), _by(cube, lambda key: _class_of(key.age))),
        tuple(Age(age, of, ages[age]) for age, of in CLASS_OF_AGE.items() if age in ages),
        _months(session, as_of),
        _inflow(session, as_of),
        _added(sums for key, sums in cube if key.age == NO_AGE and sums.paid_out),
    )


def _class_of(age: Any) -> str:
    return NO_CLASS if age == NO_AGE else CLASS_OF_AGE[age]


def _added(every: Iterable[Sums]) -> Sums:
    total = Sums()
    for sums in every:
        total = total.plus(sums)
    return total


def _by(cube: Cube, told: Callable[[Key], Any]) -> dict[Any, Sums]:
    found: dict[Any, list[Sums]] = defaultdict(list)
    for key, sums in cube:
        found[told(key)].append(sums)
    return {key: _added(every) for key, every in found.items()}


def _shares(order: Iterable[str], found: dict[Any, Sums]) -> tuple[Share, ...]:
    return tuple(Share(key, "", found[key]) for key in order if key in found)


def _months(session: Session, as_of: date) -> tuple[Month, ...]:
    """From the first in which there was anything to that of the day; empty without any."""
    sums = past(session, as_of)
    there = {month for months in sums for month, amount in months.items() if amount}
    if not there:
        return ()
    began = calendar.month_range(*min(there))[0]
    return tuple(
        Month(*month, *(each[month] for each in sums))
        for month in calendar.months_between(began, as_of)
    )


def _inflow(session: Session, as_of: date) -> tuple[Inflow, ...]:
    first = calendar.month_range(*calendar.month_of(as_of))[0]
    last = calendar.month_range(*calendar.month_of(calendar.add_months(first, AHEAD)))[1]
    ahead = to_come(session, as_of, last)
    return tuple(
        Inflow(*month, ahead.instalments[month], ahead.left[month])
        for month in calendar.months_between(as_of, last)
    )
