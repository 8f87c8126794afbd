"""The instalments of a loan's plans as they stand by a day, ready for a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from db.calendar import to_persian_date
from db.queries import holidays, repayment, repayment_preview
from db.text import grouped
from desktop.kinds import RATE
from desktop.pages.schedule import terms_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from db.rules.plans import Terms
    from db.rules.repayment import Line

CONTRACT = "قرارداد"


class ScheduleRow(NamedTuple):
    """An instalment as the table shows it; amounts in rial, what is nothing is left empty.

    `passed_on` went into a new schedule; `fell_away` is profit that need not be paid.
    """

    number: int
    due_on: date
    off_day: str
    total: int
    paid: int | None
    left: int
    days_late: int | None
    loan_class: str | None
    penalty: int | None
    principal: int
    profit: int
    passed_on: int | None
    fell_away: int | None
    by_paper: bool | None


@dataclass(frozen=True)
class Plan:
    """One schedule of a loan; without `renewal_id` it is that of the contract."""

    name: str
    renewal_id: int | None
    principal: int
    terms: Terms
    since: date | None
    lines: Sequence[Line]
    rows: Sequence[ScheduleRow]

    @property
    def words(self) -> str:
        """Its terms in a line."""
        told = terms_in_words(*self.terms[:3], *self.terms[4:6])
        points = f"افزودهٔ دیرکرد {RATE.show(self.terms.penalty_points)} درصد"
        begins = f"از {to_persian_date(self.since)}؛ " if self.since else ""
        return f"{begins}{told}، {points}"


def plans_of(session: Session, loan_id: int, as_of: date) -> list[Plan]:
    """In order of their days, the last one in force; empty before there are instalments."""
    state = repayment.state(session, loan_id, as_of)
    known = repayment.on_record(session, loan_id)
    if state is None or known is None:
        return []
    papers = repayment_preview.papers(session, loan_id)
    days = [line.due_on for line in state.lines]
    named = holidays.names(session, min(days), max(days))
    made = []
    for place in range(1 + state.lines[-1].plan):
        lines = [line for line in state.lines if line.plan == place]
        rows = rows_of(lines, named, papers.get(place, frozenset()))
        if place:
            renewal = known.renewals[place - 1]
            made.append(Plan(plan_name(place), renewal.id, renewal.principal,
                             renewal.terms, renewal.since, lines, rows))  # fmt: skip
        else:
            lent = sum(amount for day, amount in known.tranches if day <= as_of)
            made.append(Plan(plan_name(0), None, lent, known.terms, None, lines, rows))
    return made


def plan_name(place: int) -> str:
    """«امهال ۲»; `place` counts the reschedulings before it, 0 is the contract's own."""
    return f"امهال {grouped(place)}" if place else CONTRACT


def rows_of(
    lines: Sequence[Line], named: Mapping[date, str], papers: frozenset[int] = frozenset()
) -> list[ScheduleRow]:
    """`named` are the holidays by their day; `papers` the numbers that are by the bank's paper."""
    return [
        _row(line, holidays.closed(line.due_on, named), line.number in papers) for line in lines
    ]


def _row(line: Line, off_day: str, by_paper: bool) -> ScheduleRow:
    """What is late is told only of what is late."""
    late = line.days_overdue
    return ScheduleRow(
        line.number, line.due_on, off_day, line.principal + line.profit,
        line.paid_principal + line.paid_profit or None, line.left, late or None,
        line.loan_class if late else None, line.penalty_left or None, line.principal, line.profit,
        line.passed_on_principal + line.passed_on_profit or None, line.fell_away or None,
        by_paper or None,
    )  # fmt: skip
