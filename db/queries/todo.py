"""What waits to be done by the end of a day: late, due this week, or without a day of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import Date, bindparam, case, exists, func, or_, select
from sqlalchemy import literal as constant
from sqlalchemy.orm import aliased

from db.models import Action, County, JihadiGroup, Loan, Tranche, Unit, Visit
from db.queries import progress
from db.queries.actions import OPEN
from db.queries.listing import AS_OF
from db.queries.visits import AWAITED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from db.models import Programme

Kind = Literal["action", "visit", "first_visit", "loan"]
When = Literal["late", "week", "no_day"]
KINDS: Final[tuple[Kind, ...]] = ("action", "visit", "first_visit", "loan")
FRIDAY: Final = 4  # as `date.weekday` counts
SHOWN: Final = 50  # rows of each kind; the list behind them has all

_group = aliased(JihadiGroup, name="of_group")
_earlier = aliased(Visit, name="earlier")


@dataclass(frozen=True)
class Task:
    """`id` is of the action, visit, unit or loan; `word` the visit's kind or the loan's stage.

    `since` is the day it was decided, visited, registered, or came to that stage.
    """

    kind: Kind
    id: int
    unit: str
    county: str
    group: str
    what: str
    word: str
    since: date
    due_on: date | None


@dataclass(frozen=True)
class Tasks:
    """All tasks of a kind at one time: how many, the first of them, and every id if it is short.

    `ids` are given of first visits and loans, whose lists have no filter for them.
    """

    kind: Kind
    when: When
    count: int
    first: Sequence[Task]
    ids: Sequence[int] = ()


def week_end(day: date) -> date:
    """The Friday of the day's week, which begins on Saturday."""
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def tasks(
    session: Session,
    as_of: date,
    group_ids: Sequence[int] = (),
    county_ids: Sequence[int] = (),
    shown: int = SHOWN,
) -> list[Tasks]:
    """What waits, of some groups and counties or of all; empty heaps are left out."""
    asked = _Asked(session, as_of, group_ids, county_ids, shown)
    found = [
        asked.heap("action", "late", _actions(Action.due_on < AS_OF), Action.due_on),
        asked.heap("visit", "late", _visits(Visit.next_due_on < AS_OF), Visit.next_due_on),
        *asked.first_visits(),
        *asked.loans(progress.programme(session)),
        asked.heap("action", "week", _actions(_this_week(Action.due_on)), Action.due_on),
        asked.heap("visit", "week", _visits(_this_week(Visit.next_due_on)), Visit.next_due_on),
        asked.heap("action", "no_day", _actions(Action.due_on.is_(None)), Action.decided_on),
    ]
    return [heap for heap in found if heap.count]


_END: ColumnElement[date] = bindparam("week_end", type_=Date)


def _this_week(day: Any) -> ColumnElement[bool]:
    within: ColumnElement[bool] = day.between(AS_OF, _END)
    return within


def _rows(record: Any, group_id: Any, what: Any, word: Any, since: Any, due_on: Any) -> Select[Any]:
    """A task's fields in their order, of units that are not archived."""
    unit_id = Unit.id if record is Unit else record.unit_id
    some = select(record.id, Unit.name, County.name, func.coalesce(_group.name, ""), what, word,
                  since, due_on).select_from(record)  # fmt: skip
    if record is not Unit:
        some = some.join(Unit, Unit.id == unit_id)
    some = some.join(County, County.id == Unit.county_id)
    return some.join(_group, _group.id == group_id, isouter=True).where(
        record.archived_on.is_(None), Unit.archived_on.is_(None)
    )


def _actions(when: ColumnElement[bool]) -> tuple[Select[Any], Any]:
    rows = _rows(Action, Action.group_id, Action.what, Action.kind, Action.decided_on,
                 Action.due_on)  # fmt: skip
    return rows.where(OPEN, Action.decided_on <= AS_OF, when), Action.group_id


def _visits(when: ColumnElement[bool]) -> tuple[Select[Any], Any]:
    rows = _rows(Visit, Visit.group_id, constant(""), Visit.kind, Visit.day, Visit.next_due_on)
    return rows.where(AWAITED, when), Visit.group_id


_units = _rows(Unit, Unit.group_id, constant(""), constant(""), Unit.registered_on,
               Unit.first_visit_due_on).where(
    Unit.registered_on <= AS_OF,
    Unit.first_visit_due_on.is_not(None),
    ~exists().where(
        _earlier.unit_id == Unit.id,
        _earlier.archived_on.is_(None),
        _earlier.review == "accepted",
        _earlier.day <= AS_OF,
    ),
)  # fmt: skip

# The stages in which a loan waits for somebody, the newest first, with the day each began.
_STAGES: Final = {
    "contract": Loan.contract_on,
    "approved": Loan.approved_on,
    "introduced": Loan.introduced_on,
}
_stage = case(*((day <= AS_OF, stage) for stage, day in _STAGES.items()), else_="applied")
_since = case(*((day <= AS_OF, day) for day in _STAGES.values()), else_=Loan.applied_on)
_loans = _rows(Loan, Unit.group_id, constant(""), _stage, _since, constant(None)).where(
    Loan.applied_on <= AS_OF,
    or_(Loan.rejected_on.is_(None), Loan.rejected_on > AS_OF),
    or_(Loan.withdrawn_on.is_(None), Loan.withdrawn_on > AS_OF),
    ~exists().where(
        Tranche.loan_id == Loan.id, Tranche.archived_on.is_(None), Tranche.day <= AS_OF
    ),
)


class _Asked:
    """One question: the day, whose tasks, and how many of them are wanted."""

    def __init__(
        self,
        session: Session,
        as_of: date,
        group_ids: Sequence[int],
        county_ids: Sequence[int],
        shown: int,
    ) -> None:
        self.session, self.as_of, self.shown = session, as_of, shown
        self.group_ids, self.county_ids = list(group_ids), list(county_ids)
        self.end = week_end(as_of)
        self.days = {"as_of": as_of, "week_end": self.end}

    def heap(self, kind: Kind, when: When, asked: tuple[Select[Any], Any], order: Any) -> Tasks:
        """Counted whole, fetched as far as it is shown, in the order of a day."""
        query = self._of_whom(*asked)
        whole = query.with_only_columns(func.count(), maintain_column_froms=True)
        count = self.session.scalar(whole, self.days) or 0
        some = query.order_by(order, asked[0].selected_columns[0]).limit(self.shown)
        rows = self.session.execute(some, self.days) if count else ()
        return Tasks(kind, when, count, [Task(kind, *row) for row in rows])

    def first_visits(self) -> list[Tasks]:
        due = self._of_whom(_units, Unit.group_id).where(Unit.first_visit_due_on <= _END)
        rows = self.session.execute(due, self.days)
        return self._apart([Task("first_visit", *row) for row in rows], "first_visit")

    def loans(self, programme: Programme) -> list[Tasks]:
        """Those that are in a stage for longer than the programme allows, or will be this week."""
        limits = {
            stage: timedelta(days=getattr(programme, f"{stage}_days"))
            for stage in (*_STAGES, "applied")
        }
        latest = case({stage: self.end - limit for stage, limit in limits.items()}, value=_stage)
        query = self._of_whom(_loans, Unit.group_id).where(_since <= latest)
        rows = self.session.execute(query, self.days)
        # A loan is late on the day after its limit.
        found = [Task("loan", *row) for row in rows]
        return self._apart(
            [replace(task, due_on=task.since + limits[task.word]) for task in found], "loan"
        )

    def _of_whom(self, query: Select[Any], group_id: Any) -> Select[Any]:
        if self.group_ids:
            query = query.where(group_id.in_(self.group_ids))
        if self.county_ids:
            query = query.where(Unit.county_id.in_(self.county_ids))
        return query

    def _apart(self, found: list[Task], kind: Kind) -> list[Tasks]:
        """The late ones and those of this week."""
        found.sort(key=lambda task: (task.due_on or task.since, task.id))
        late = [task for task in found if task.due_on is None or task.due_on < self.as_of]
        rest = found[len(late) :]
        times: tuple[tuple[When, list[Task]], ...] = (("late", late), ("week", rest))
        return [
            Tasks(kind, when, len(some), some[: self.shown], [task.id for task in some])
            for when, some in times
        ]
