"""What waits to be done by the end of a day: late, due this week, or without a day of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import Date, and_, bindparam, case, exists, func, or_, select
from sqlalchemy import literal as constant
from sqlalchemy.orm import aliased

from db.models import Action, County, JihadiGroup, Loan, Tranche, Unit, Visit
from db.queries import of_units, progress
from db.queries.actions import OPEN
from db.queries.listing import AS_OF
from db.queries.visits import AWAITED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

Kind = Literal["action", "visit", "first_visit", "loan"]
When = Literal["late", "week", "no_day"]
KINDS: Final[tuple[Kind, ...]] = ("action", "visit", "first_visit", "loan")
FRIDAY: Final = 4  # as `date.weekday` counts
SHOWN: Final = 50  # rows of each kind; the list behind them has all

_group = aliased(JihadiGroup, name="of_group")
_earlier = aliased(Visit, name="earlier")
_END: ColumnElement[date] = bindparam("week_end", type_=Date)


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
        asked.heap(_ACTIONS, "late", Action.due_on < AS_OF),
        asked.heap(_VISITS, "late", Visit.next_due_on < AS_OF),
        *asked.first_visits(),
        *asked.loans(),
        asked.heap(_ACTIONS, "week", Action.due_on.between(AS_OF, _END)),
        asked.heap(_VISITS, "week", Visit.next_due_on.between(AS_OF, _END)),
        asked.heap(_ACTIONS, "no_day", Action.due_on.is_(None)),
    ]
    return [heap for heap in found if heap.count]


@dataclass(frozen=True)
class _Of:
    """Where the tasks of a kind come from: its record, and the parts of a `Task`."""

    kind: Kind
    record: Any
    group_id: Any
    what: Any
    word: Any
    since: Any
    due_on: Any
    where: ColumnElement[bool]

    @property
    def unit_id(self) -> Any:
        return Unit.id if self.record is Unit else self.record.unit_id


_nothing = constant("")
_ACTIONS = _Of(
    "action", Action, Action.group_id, Action.what, Action.kind, Action.decided_on, Action.due_on,
    and_(OPEN, Action.decided_on <= AS_OF, of_units.live(Action)),
)  # fmt: skip
_VISITS = _Of(
    "visit", Visit, Visit.group_id, _nothing, Visit.kind, Visit.day, Visit.next_due_on,
    and_(AWAITED, of_units.live(Visit)),
)  # fmt: skip
_UNITS = _Of(
    "first_visit", Unit, Unit.group_id, _nothing, _nothing, Unit.registered_on,
    Unit.first_visit_due_on,
    and_(
        Unit.registered_on <= AS_OF,
        Unit.first_visit_due_on.is_not(None),
        Unit.first_visit_due_on <= _END,
        ~exists().where(
            _earlier.unit_id == Unit.id,
            _earlier.archived_on.is_(None),
            _earlier.review == "accepted",
            _earlier.day <= AS_OF,
        ),
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
_paid = select(Tranche.loan_id).where(Tranche.archived_on.is_(None), Tranche.day <= AS_OF)
_LOANS = _Of(
    "loan", Loan, Unit.group_id, _nothing, _stage, _since, constant(None),
    and_(
        Loan.applied_on <= AS_OF,
        or_(Loan.rejected_on.is_(None), Loan.rejected_on > AS_OF),
        or_(Loan.withdrawn_on.is_(None), Loan.withdrawn_on > AS_OF),
        Loan.id.not_in(_paid),
        of_units.live(Loan),
    ),
)  # fmt: skip


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
        self.days = {"as_of": as_of, "week_end": self.end}

    def heap(self, of: _Of, when: When, at: ColumnElement[bool]) -> Tasks:
        """Counted whole, fetched as far as it is shown, in the order of a day."""
        those = (of.record.archived_on.is_(None), of.where, at, *self._of_whom(of))
        count = self.session.scalar(select(func.count(of.record.id)).where(*those), self.days) or 0
        order = of.since if when == "no_day" else of.due_on
        some = select(of.record.id).where(*those).order_by(order, of.record.id).limit(self.shown)
        ids = self.session.scalars(some, self.days).all() if count else ()
        return Tasks(of.kind, when, count, self._tasks(of, ids))

    def first_visits(self) -> list[Tasks]:
        return self._apart(_UNITS, self._days(_UNITS, Unit.first_visit_due_on))

    def loans(self) -> list[Tasks]:
        """Those that are in a stage for longer than the programme allows, or will be this week."""
        plan = progress.programme(self.session)
        limits = {
            stage: timedelta(days=getattr(plan, f"{stage}_days")) for stage in (*_STAGES, "applied")
        }
        latest = case({stage: self.end - limit for stage, limit in limits.items()}, value=_stage)
        found = self._days(_LOANS, _since, _stage, where=_since <= latest)
        # A loan is late on the day after its limit.
        return self._apart(
            _LOANS, ((number, since + limits[stage]) for number, since, stage in found)
        )

    def _days(self, of: _Of, day: Any, *more: Any, where: Any = True) -> Iterator[Any]:
        """The id, a day and more of each; as one value, which the driver hands out faster."""
        packed = func.json_group_array(func.json_array(of.record.id, day, *more))
        query = select(packed).where(
            where, of.record.archived_on.is_(None), of.where, *self._of_whom(of)
        )
        for number, iso, *rest in json.loads(str(self.session.scalar(query, self.days))):
            yield (number, date.fromisoformat(iso), *rest)

    def _of_whom(self, of: _Of) -> list[ColumnElement[bool]]:
        found = []
        if self.group_ids and of.group_id.class_ is of.record:
            found.append(of.group_id.in_(self.group_ids))
        elif self.group_ids:
            found.append(of.unit_id.in_(select(Unit.id).where(of.group_id.in_(self.group_ids))))
        if self.county_ids:
            inside = select(Unit.id).where(Unit.county_id.in_(self.county_ids))
            found.append(of.unit_id.in_(inside))
        return found

    def _apart(self, of: _Of, due: Iterable[Any]) -> list[Tasks]:
        """The late ones and those of this week, of (id, day)."""
        ordered = sorted((day, number) for number, day in due)
        late = [pair for pair in ordered if pair[0] < self.as_of]
        times: tuple[tuple[When, list[Any]], ...] = (
            ("late", late), ("week", ordered[len(late) :]),
        )  # fmt: skip
        return [
            Tasks(of.kind, when, len(some), self._dated(of, some), [n for _, n in some])
            for when, some in times
        ]

    def _dated(self, of: _Of, some: Sequence[Any]) -> list[Task]:
        days = {number: day for day, number in some[: self.shown]}
        return [replace(task, due_on=days[task.id]) for task in self._tasks(of, list(days))]

    def _tasks(self, of: _Of, ids: Sequence[int]) -> list[Task]:
        """With their names, in the order of the ids."""
        group = func.coalesce(_group.name, "")
        rows = select(of.record.id, Unit.name, County.name, group, of.what, of.word, of.since,
                      of.due_on).select_from(of.record)  # fmt: skip
        if of.record is not Unit:
            rows = rows.join(Unit, Unit.id == of.unit_id)
        rows = rows.join(County, County.id == Unit.county_id)
        rows = rows.join(_group, _group.id == of.group_id, isouter=True)
        wanted = rows.where(of.record.id.in_(list(ids)))
        found = {row[0]: Task(of.kind, *row) for row in self.session.execute(wanted, self.days)}
        return [found[number] for number in ids]
