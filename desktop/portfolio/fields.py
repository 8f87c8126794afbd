"""The tables of the portfolio: what each row says, and the door to its loans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from db.calendar import month_range, month_title
from db.queries.portfolio import NO_CLASS
from desktop import choices, kinds
from desktop.fields import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db.queries.portfolio import Month, Portfolio, Share, Sums

ALL = "جمع"
CLASSES, BANKS = "طبقه‌ها (جدول سنی)", "بانک‌ها"
METHODS, STAGES = "روش‌های قسط‌بندی", "مرحله‌ها"
UNSCHEDULED = "بی‌قسط"

NAME = Field("name", "", kinds.TEXT, 26)
LOANS = Field("loans", "شمار", kinds.COUNT, 8)
APPROVED = Field("approved", "مصوب", kinds.RIAL, 18)
PAID_OUT = Field("paid_out", "پرداخت‌شده", kinds.RIAL, 18)
REPAID = Field("repaid", "بازپرداخت‌شده", kinds.RIAL, 18)
OUTSTANDING = Field("outstanding", "مانده", kinds.RIAL, 18)
OVERDUE = Field("overdue", "معوقه", kinds.RIAL, 18)
LATE = Field("late", "دارای معوقه", kinds.COUNT, 10)
SHARES = (NAME, LOANS, APPROVED, PAID_OUT, REPAID, OUTSTANDING, OVERDUE, LATE)

DUE = Field("due", "سررسیدشده", kinds.RIAL, 18)
COLLECTED = Field("collected", "وصول‌شده", kinds.RIAL, 18)
UNPAID = Field("overdue", "مانده از سررسید", kinds.RIAL, 18)
MONTHS = (NAME, APPROVED, PAID_OUT, DUE, COLLECTED, UNPAID)

INSTALMENTS = Field("instalments", "شمار قسط", kinds.COUNT, 10)
LEFT = Field("left", "مانده", kinds.RIAL, 18)
INFLOW = (NAME, INSTALMENTS, LEFT)


Leads = tuple[str, dict[str, Any]]  # a page, and the filters of its list


class ShareRow(NamedTuple):
    """Amounts in rial; `leads_to` is the loans it sums up."""

    name: str
    loans: int
    approved: int
    paid_out: int
    repaid: int
    outstanding: int
    overdue: int
    late: int
    leads_to: Leads


class MonthRow(NamedTuple):
    """Of a past month, in rial; `leads_to` is the loans approved in it."""

    name: str
    approved: int
    paid_out: int
    due: int
    collected: int
    overdue: int
    leads_to: Leads


class InflowRow(NamedTuple):
    """What is to be paid in a month to come, in rial; `leads_to` is its instalments."""

    name: str
    instalments: int
    left: int
    leads_to: Leads


def tables(found: Portfolio) -> dict[str, list[ShareRow]]:
    """The rows of each table by its title, each with the sum at its end."""
    return {
        CLASSES: _shares(found.classes, found.sums, _class, "loan_class"),
        BANKS: _shares(found.banks, found.sums, lambda share: share.name, "bank_id"),
        METHODS: _shares(
            found.methods, found.sums, lambda share: choices.METHOD.show(share.key), "method"
        ),
        STAGES: _shares(
            found.stages, found.sums, lambda share: choices.STAGE.show(share.key), "stage"
        ),
    }


def sheets(
    found: Portfolio,
) -> tuple[list[tuple[str, list[ShareRow]]], list[MonthRow], list[InflowRow]]:
    """For a workbook, whose own lines tell the sums: the shares by title, and the months."""
    shares = [(title, rows[:-1]) for title, rows in tables(found).items()]
    return shares, list(month_rows(found.months)), list(inflow_rows(found))


def _class(share: Share) -> str:
    return choices.LOAN_CLASS.show(share.key) if share.key != NO_CLASS else UNSCHEDULED


def _shares(
    shares: Sequence[Share], sums: Sums, name: Callable[[Share], str], column: str
) -> list[ShareRow]:
    every: Leads = ("loans", {})
    rows = [
        ShareRow(name(share), *share.sums, _door(column, share.key) or every) for share in shares
    ]
    return [*rows, ShareRow(ALL, *sums, every)]


def _door(column: str, key: Any) -> Leads | None:
    """Without instalments a loan has no class to be filtered by."""
    return None if key == NO_CLASS else ("loans", {column: [key]})


def month_rows(months: Sequence[Month]) -> Iterator[MonthRow]:
    for month in months:
        key = month.year, month.month
        ends = [day.isoformat() for day in month_range(*key)]
        yield MonthRow(month_title(key), *month[2:], ("loans", {"approved_on": ends}))


def inflow_rows(found: Portfolio) -> Iterator[InflowRow]:
    """The running month from the day on."""
    for each in found.inflow:
        first, last = month_range(each.year, each.month)
        ends = [max(first, found.as_of).isoformat(), last.isoformat()]
        door = ("dues", {"due_on": ends})
        yield InflowRow(month_title((each.year, each.month)), each.instalments, each.left, door)
