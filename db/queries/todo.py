"""What waits to be done by the end of a day: late, due this week, or without a day of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import case, func, not_, select, union_all
from sqlalchemy.orm import aliased

from db import calendar
from db.models import Action, County, JihadiGroup, Position, Unit, Visit
from db.queries import dues, positions, progress
from db.queries.listing import AS_OF
from db.queries.waiting import (
    ACTIONS,
    CALLS,
    END,
    FIRST_VISITS,
    INSTALMENTS,
    LOANS,
    STAGES,
    VISITS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from db.queries.waiting import Waiting

Kind = Literal["action", "visit", "first_visit", "loan", "call", "instalment"]
When = Literal["late", "week", "no_day"]
KINDS: Final[tuple[Kind, ...]] = ("action", "visit", "first_visit", "loan", "call", "instalment")
SHOWN: Final = 50  # rows of each kind; the list behind them has all

_group = aliased(JihadiGroup, name="of_group")


@dataclass(frozen=True)
class Task:
    """`id` is of the action, visit, unit or loan; `word` the visit's kind, the loan's stage or
    class.

    `since` is the day it was decided, visited, registered, came to that stage, was called about
    or fell due. `what` is what is to be done; of a call whom the last one spoke to.
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

    `ids` are given of first visits and loans, whose lists have no filter for them. An instalment
    stands for its loan: it is the oldest one that is not paid.
    """

    kind: Kind
    when: When
    count: int
    first: Sequence[Task]
    ids: Sequence[int] = ()


def week_end(day: date) -> date:
    """The Friday of the day's week, which begins on Saturday."""
    return calendar.week_range(day)[1]


def tasks(
    session: Session,
    as_of: date,
    group_ids: Sequence[int] = (),
    county_ids: Sequence[int] = (),
    shown: int = SHOWN,
) -> list[Tasks]:
    """What waits, of some groups and counties or of all; empty heaps are left out."""
    asked = _Asked(session, as_of, group_ids, county_ids, shown)
    again_on, oldest_due_on = dues.A_CALL.again_on, Position.oldest_due_on
    in_time = (
        (ACTIONS, asked.counted(ACTIONS, Action.due_on)),
        (VISITS, asked.counted(VISITS, Visit.next_due_on)),
        (FIRST_VISITS, asked.listed(FIRST_VISITS, Unit.first_visit_due_on)),
        (LOANS, asked.loans()),
        (CALLS, asked.listed(CALLS, again_on)),
        (INSTALMENTS, asked.listed(INSTALMENTS, oldest_due_on)),
    )
    without = asked.without_day(ACTIONS, Action.due_on)
    found = [
        Tasks(_kind(of), when, heaps[when].count, asked.told(of, heaps[when]), heaps[when].ids)
        for when in ("late", "week")
        for of, heaps in in_time
    ]
    found.append(Tasks("action", "no_day", without.count, asked.told(ACTIONS, without)))
    return [heap for heap in found if heap.count]


@dataclass(frozen=True)
class _Heap:
    """How many, the ids of the first of them in order, and every id if it is asked for."""

    count: int
    first: Sequence[int]
    ids: Sequence[int] = ()


class _Asked:
    """One question: the day, whose tasks, and how many of them are wanted.

    They are found by their indexes alone; names are fetched only of those that are shown.
    """

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
        self.days = {**positions.days(as_of), "week_end": self.end}
        self.limits: dict[str, timedelta] = {}  # how long a loan may be in a stage

    # What is found of a kind: late, and due this week

    def counted(self, of: Waiting, day: Any) -> dict[str, _Heap]:
        """Of a kind that an index has in the order of the day: it need not be gone through."""
        return {
            "late": self._heap(of, day, day < AS_OF),
            "week": self._heap(of, day, day.between(AS_OF, END)),
        }

    def without_day(self, of: Waiting, day: Any) -> _Heap:
        return self._heap(of, of.since, day.is_(None))

    def _heap(self, of: Waiting, day: Any, at: ColumnElement[bool]) -> _Heap:
        found = select(of.id.label("id"), day.label("day")).where(of.where, at, *self._of_whom(of))
        whole = union_all(*(found.where(part) for part in of.parts)).subquery()
        count = self.session.scalar(select(func.count()).select_from(whole), self.days) or 0
        some = select(whole.c.id).order_by(whole.c.day, whole.c.id).limit(self.shown)
        return _Heap(count, self.session.scalars(some, self.days).all() if count else ())

    def listed(self, of: Waiting, day: Any) -> dict[str, _Heap]:
        return self._at_one_go(of, day, day < AS_OF, day <= END)

    def loans(self) -> dict[str, _Heap]:
        """Those that are in a stage for longer than the programme allows, or will be this week."""
        plan = progress.programme(self.session)
        limits = {stage: timedelta(days=getattr(plan, f"{stage}_days")) for stage in STAGES}
        self.limits = limits
        # A loan is late on the day after its limit.
        late, by_friday = (
            case(*((day <= AS_OF, day <= last - limits[stage]) for stage, day in STAGES.items()))
            for last in (self.as_of - timedelta(days=1), self.end)
        )
        left = case(
            *(
                (day <= AS_OF, positions.days_between(AS_OF, day) + limits[stage].days)
                for stage, day in STAGES.items()
            )
        )
        return self._at_one_go(LOANS, left, late, by_friday)

    def _at_one_go(self, of: Waiting, order: Any, late: Any, at: Any) -> dict[str, _Heap]:
        """Every id, once through all of them; those that are late, and the others."""
        whole = (
            select(of.id.label("id"), late.label("late"))
            .where(of.where, at, *self._of_whom(of))
            .order_by(order, of.id)
            .subquery()
        )
        # As one value: the driver takes longer to hand out many than SQLite to find them.
        ids = func.json_group_array(whole.c.id)
        both = select(ids.filter(whole.c.late), ids.filter(not_(whole.c.late)))
        row = self.session.execute(both, self.days).one()
        every = [json.loads(str(packed)) for packed in row]
        return {
            when: _Heap(len(some), some[: self.shown], some)
            for when, some in zip(("late", "week"), every, strict=True)
        }

    def _of_whom(self, of: Waiting) -> list[ColumnElement[bool]]:
        found = []
        if self.group_ids and of.group_id.class_ is of.record:
            found.append(of.group_id.in_(self.group_ids))
        elif self.group_ids:
            found.append(of.of_units(select(Unit.id).where(Unit.group_id.in_(self.group_ids))))
        if self.county_ids:
            inside = select(Unit.id).where(Unit.county_id.in_(self.county_ids))
            found.append(of.of_units(inside))
        return found

    # What is told of those that are shown

    def told(self, of: Waiting, heap: _Heap) -> list[Task]:
        """With their names, in the order of the ids."""
        if not heap.first:
            return []
        group = func.coalesce(_group.name, "")
        rows = select(of.record.id, Unit.name, County.name, group, of.what, of.word, of.since,
                      of.due_on).select_from(of.record)  # fmt: skip
        for target, on in of.joins:
            rows = rows.join(target, on)
        if of.record is not Unit:
            rows = rows.join(Unit, Unit.id == of.unit_id)
        rows = rows.join(County, County.id == Unit.county_id)
        rows = rows.join(_group, _group.id == of.group_id, isouter=True)
        wanted = rows.where(of.record.id.in_(list(heap.first)))
        found = {row[0]: Task(_kind(of), *row) for row in self.session.execute(wanted, self.days)}
        return [self._due(found[number]) for number in heap.first]

    def _due(self, task: Task) -> Task:
        if task.kind != "loan":
            return task
        return replace(task, due_on=task.since + self.limits[task.word])


def _kind(of: Waiting) -> Kind:
    return next(kind for kind in KINDS if kind == of.kind)
