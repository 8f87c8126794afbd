"""How a unit stands by a day, worked out a second way: plain Python over whole records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from db.calendar import add_months
from db.models import Action, Document, Loan, Obstacle, Revival, Unit, Visit

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from db.models import Programme


class Stands(NamedTuple):
    """The same words as `db.models.standing`."""

    stage: str
    claimed: bool = False
    counted: bool = False
    sustained: bool = False
    stopped: bool = False
    missing: str = ""
    returned_on: Any = None  # a day of all that are claimed
    jobs_after: int | None = None
    capacity_after: int | None = None
    stopped_on: date | None = None


class Standings:
    """All records of a file by their unit, the archived left out."""

    def __init__(self, session: Session, plan: Programme) -> None:
        self.plan = plan
        self.units = {unit.id: unit for unit in _live(session, Unit)}
        self.of: dict[tuple[str, int], list[Any]] = {}
        for model in (Visit, Obstacle, Action, Loan, Revival, Document):
            for row in _live(session, model):
                self.of.setdefault((model.__name__, row.unit_id), []).append(row)

    def _rows(self, model: str, unit_id: int) -> list[Any]:
        return self.of.get((model, unit_id), [])

    def visits(self, unit_id: int, day: date) -> list[Visit]:
        """The accepted ones by a day, the oldest first."""
        rows = [v for v in self._rows("Visit", unit_id) if v.review == "accepted" and v.day <= day]
        return sorted(rows, key=lambda visit: (visit.day, visit.id))

    def by(self, unit_id: int, day: date) -> Stands | None:
        """None before the unit was registered, or if it is archived."""
        unit = self.units.get(unit_id)
        if unit is None or unit.registered_on > day:
            return None
        returns = sorted(
            (r for r in self._rows("Revival", unit_id) if r.returned_on <= day),
            key=lambda revival: (revival.returned_on, revival.id),
        )
        if not returns:
            return Stands(self._stage_before(unit_id, day))
        lacks = [self._lacks(revival, day) for revival in returns]
        stop = returns[-1].stopped_on
        has_stopped = stop is not None and stop <= day
        counts = "" in lacks
        lasts = counts and not has_stopped and not lacks[-1] and self._lasted(returns[-1], day)
        shown = returns[lacks.index("")] if counts else returns[0]
        stage = "sustained" if lasts else "counted" if counts else "claimed"
        return Stands(
            "stopped" if has_stopped else stage, True, counts, lasts, has_stopped,
            "" if counts else lacks[-1], returns[0].returned_on, shown.jobs_after,
            shown.capacity_after, stop if has_stopped else None,
        )  # fmt: skip

    def _stage_before(self, unit_id: int, day: date) -> str:
        visits = self.visits(unit_id, day)
        helped = any(action.decided_on <= day for action in self._rows("Action", unit_id))
        for loan in self._rows("Loan", unit_id):
            ends = [end for end in (loan.rejected_on, loan.withdrawn_on) if end is not None]
            helped = helped or (loan.applied_on <= day and not any(end <= day for end in ends))
        if helped:
            return "in_support"
        found = any(obstacle.found_on <= day for obstacle in self._rows("Obstacle", unit_id))
        if found or any("diagnosis" in visit.kind for visit in visits):
            return "diagnosed"
        return "visited" if visits else "registered"

    def _window(self, revival: Revival, day: date) -> tuple[list[Visit], list[date]]:
        """The visits between the return and its stop, and the days that show activity."""
        last = day if revival.stopped_on is None else min(day, revival.stopped_on)
        visits = [v for v in self.visits(revival.unit_id, last) if v.day >= revival.returned_on]
        shown = [v.day for v in visits if v.kind == "follow_up" and self._is_good(v)]
        for paper in self._rows("Document", revival.unit_id):
            speaks = paper.day is not None and revival.returned_on <= paper.day <= last
            if speaks and (paper.capacity or 0) >= self.plan.revived_capacity:
                shown.append(paper.day)
        return visits, sorted(shown)

    def _is_good(self, visit: Visit) -> bool:
        return visit.state_seen == "active" and visit.capacity >= self.plan.revived_capacity

    def _lacks(self, revival: Revival, day: date) -> str:
        visits, shown = self._window(revival, day)
        if not revival.jobs_after:
            return "jobs"
        if not shown:
            return "evidence"
        has_stopped = revival.stopped_on is not None and revival.stopped_on <= day
        idle = bool(visits) and visits[-1].state_seen == "stagnant" and not has_stopped
        return "contradicted" if idle and visits[-1].day >= shown[-1] else ""

    def _lasted(self, revival: Revival, day: date) -> bool:
        """Some day since it was last stagnant, the good days reached back far enough."""
        visits, shown = self._window(revival, day)
        idle = [visit.day for visit in visits if visit.state_seen == "stagnant"]
        bad = [visit.day for visit in visits if not self._is_good(visit)]
        seen_idle = [v.day for v in self.visits(revival.unit_id, day) if v.state_seen == "stagnant"]
        for last in shown:
            if seen_idle and last <= max(seen_idle):
                continue  # it begins anew
            if idle and last <= idle[-1]:
                continue
            since: date | None = revival.returned_on
            worst = max((each for each in bad if each <= last), default=None)
            if worst is not None:
                since = next((each for each in shown if each > worst), None)
            asked = None if since is None else add_months(since, self.plan.follow_up_months)
            if asked is not None and asked <= last:
                return True
        return False


def _live(session: Session, model: Any) -> list[Any]:
    rows = session.scalars(select(model).order_by(model.id))
    return [row for row in rows if row.archived_on is None]
