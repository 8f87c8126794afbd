"""The rows of the portfolio's tables, and where each figure of them leads. No window here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from db.calendar import month_range, month_title
from db.queries.loan_sums import Sums
from db.queries.portfolio import NO_CLASS
from desktop import choices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from db.queries.jobs import Jobs, JobSums
    from db.queries.portfolio import Age, Month, Portfolio, Share

Leads = tuple[str, dict[str, Any]]  # a page, and the filters of its list

ALL: Final = "جمع"
UNSCHEDULED: Final = "بی‌قسط"
NOT_DUE: Final = "سررسیدنشدهٔ دیرکرده‌ها"
EVER: Final = [None, None]  # days without a first or a last
# What a figure of some loans asks of them beside their own filter.
_OF_FIGURE: Final[dict[str, dict[str, Any]]] = {
    "approved": {"standing": True},
    "paid_out": {"has_paid": True},
    "due": {"fell_due_on": EVER},
    "collected": {"fell_due_on": EVER},
    "rate": {"fell_due_on": EVER},
    "overdue": {"behind": True},
    "late": {"behind": True},
}


class ShareRow(NamedTuple):
    """Loans of one bank, method, stage or class, in rial; `filters` list just these."""

    name: str
    sums: Sums
    filters: dict[str, Any]
    key: Any = None  # None: of all

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sums, name)

    @property
    def word(self) -> str:
        """What its loans are told by on their own sheet."""
        return "" if self.key == NO_CLASS else self.name

    def leads_to(self, figure: str) -> Leads:
        return "loans", {**self.filters, **_OF_FIGURE.get(figure, {})}


class AgeRow(NamedTuple):
    """Loans that are equally late, in rial; or what of late loans is still current."""

    name: str
    loan_class: str
    loans: int | None
    overdue: int | None
    outstanding: int | None
    moved: int
    key: str | None = None  # None: of all

    @property
    def word(self) -> str | None:
        """What its loans are told by on their own sheet."""
        return None if self.loans is None else self.name

    def leads_to(self, figure: str) -> Leads:
        if self.loans is None:
            return "loans", {"loan_class": ["past_due", "overdue"]}
        filters = {"age": [self.key] if self.key else list(choices.AGE.choices)}
        return "loans", {**filters, **_OF_FIGURE.get(figure, {})}


class MonthRow(NamedTuple):
    """Of a past month, in rial, until the day that is looked at."""

    name: str
    approved: int
    paid_out: int
    due: int
    collected: int
    rate: float | None
    overdue: int
    received: int
    key: tuple[int, int]
    days: tuple[date, date]
    as_of: date

    def leads_to(self, figure: str) -> Leads:
        days = [day.isoformat() for day in self.days]
        match figure:
            case "paid_out":
                return "loans", {"paid_on": days}
            case "due" | "collected" | "rate":
                return "loans", {"fell_due_on": days}
            case "overdue":
                # What falls due on the day itself is not overdue.
                before = min(self.days[1], self.as_of - timedelta(days=1))
                return "dues", {"due_on": [days[0], before.isoformat()]}
            case "received":
                return "loans", {"received_on": days}
        return "loans", {"standing": True, "approved_on": days}


class InflowRow(NamedTuple):
    """What is still to be paid, in rial; `key` is the month, if it is one."""

    name: str
    instalments: int | None
    left: int
    days: tuple[date | None, date | None] = (None, None)
    key: tuple[int, int] | None = None

    def leads_to(self, figure: str) -> Leads:
        return "dues", {"due_on": [day and day.isoformat() for day in self.days]}


class JobsRow(NamedTuple):
    """The units of a county that were paid out a loan."""

    name: str
    sums: JobSums
    filters: dict[str, Any]
    key: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sums, name)

    def leads_to(self, figure: str) -> Leads:
        lost = figure in ("lost", "lost_paid_out")
        return "loans", {**self.filters, **({"not_revived": True} if lost else {"has_paid": True})}


def bank_rows(found: Portfolio) -> list[ShareRow]:
    return _shares(found.banks, found.sums, lambda share: share.name, "bank_id")


def method_rows(found: Portfolio) -> list[ShareRow]:
    return _shares(found.methods, found.sums, lambda s: choices.METHOD.show(s.key), "method")


def stage_rows(found: Portfolio) -> list[ShareRow]:
    return _shares(found.stages, found.sums, lambda s: choices.STAGE.show(s.key), "stage")


def class_rows(found: Portfolio) -> list[ShareRow]:
    return _shares(found.classes, found.sums, _class_name, "loan_class")


def _class_name(share: Share) -> str:
    return UNSCHEDULED if share.key == NO_CLASS else choices.LOAN_CLASS.show(share.key)


def _shares(
    shares: Sequence[Share], sums: Sums, name: Callable[[Share], str], column: str
) -> list[ShareRow]:
    """With the sum at their end; a loan without instalments has no class."""
    if not shares:
        return []
    rows = [
        ShareRow(name(share), share.sums, {column: [share.key or None]}, share.key)
        for share in shares
    ]
    return [*rows, ShareRow(ALL, sums, {})]


def age_rows(found: Portfolio) -> list[AgeRow]:
    """With the sum at their end; before it what of the late did not fall due, if there is any."""
    if not found.ages:
        return []
    rows = [_age_row(each) for each in found.ages]
    loans, overdue, outstanding = (
        sum(getattr(each.sums, name) for each in found.ages)
        for name in ("loans", "overdue", "outstanding")
    )
    rest = outstanding - sum(row.moved for row in rows)
    if rest:
        current = choices.LOAN_CLASS.show("current")
        rows.append(AgeRow(NOT_DUE, current, None, None, None, rest))
    return [*rows, AgeRow(ALL, "", loans, overdue, outstanding, outstanding)]


def _age_row(of: Age) -> AgeRow:
    return AgeRow(
        choices.AGE.show(of.age), choices.LOAN_CLASS.show(of.loan_class), of.sums.loans,
        of.sums.overdue, of.sums.outstanding, of.moved, of.age,
    )  # fmt: skip


def month_rows(found: Portfolio) -> list[MonthRow]:
    """Every month, the oldest first."""
    return [_month_row(month, found.as_of) for month in found.months]


def _month_row(month: Month, as_of: date) -> MonthRow:
    first, last = month_range(month.year, month.month)
    return MonthRow(
        month_title((month.year, month.month)), month.approved, month.paid_out, month.due,
        month.collected, Sums(due=month.due, overdue=month.overdue).rate, month.overdue,
        month.received, (month.year, month.month), (first, min(last, as_of)), as_of,
    )  # fmt: skip


def inflow_rows(found: Portfolio) -> list[InflowRow]:
    """The months to come, the first from the day on."""
    rows = []
    for each in found.inflow:
        first, last = month_range(each.year, each.month)
        name, rest = month_title((each.year, each.month)), first < found.as_of
        rows.append(
            InflowRow(
                f"ماندهٔ {name}" if rest else name,
                each.instalments,
                each.left,
                (max(first, found.as_of), last),
                (each.year, each.month),
            )
        )
    return rows


def balance_rows(found: Portfolio) -> list[InflowRow]:
    """All that is outstanding: overdue, in the months to come, and after them."""
    if not found.sums.outstanding:
        return []
    ahead = inflow_rows(found)
    before = found.as_of - timedelta(days=1)
    after = month_range(found.inflow[-1].year, found.inflow[-1].month)[1] + timedelta(days=1)
    return [
        InflowRow("معوقه", None, found.sums.overdue, (None, before)),
        *ahead,
        InflowRow("پس از آن", None, found.later, (after, None)),
        InflowRow(ALL, None, found.sums.outstanding),
    ]


def county_rows(found: Jobs) -> list[JobsRow]:
    """The most paid out first, with the sum at their end."""
    if not found.counties:
        return []
    by_sum = sorted(found.counties, key=lambda each: -each.sums.paid_out)
    rows = [JobsRow(each.name, each.sums, {"county_id": [each.id]}, each.id) for each in by_sum]
    return [*rows, JobsRow(ALL, found.sums, {})]
