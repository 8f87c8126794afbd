"""Everything that happened to a unit, in order of its day, as plain rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, func, select

from db.models import (
    Action,
    Agency,
    Bank,
    Change,
    Content,
    Document,
    Exercise,
    JihadiGroup,
    Loan,
    Obstacle,
    ObstacleKind,
    Payment,
    Rescheduling,
    Revival,
    Standing,
    Tranche,
    Unit,
    Visit,
    Waiver,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy.orm import Session

    Source = Callable[[Session, int], Iterator["Entry"]]

# In what order things of one day are told: the stage comes after what has made it.
EVENTS: Final = (
    "stagnant_since", "registered", "visit", "obstacle_found", "action_decided", "loan_applied",
    "loan_introduced", "loan_approved", "loan_contract", "loan_rejected", "loan_withdrawn",
    "tranche", "payment", "waiver", "rescheduling", "obstacle_removed", "action_done", "returned",
    "stopped", "document", "stage",
)  # fmt: skip
KINDS: Final = ("unit", "visit", "obstacle", "action", "loan", "revival", "document", "stage")
_RANK: Final = {event: rank for rank, event in enumerate(EVENTS)}
_LOAN_DAYS: Final = ("applied", "introduced", "approved", "contract", "rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `kind` is what it is filtered by, `record` and `record_id` the row
    it opens; `facts` are its own values by the columns' names (amounts in rial).
    """

    day: date
    kind: str
    event: str
    record: str
    record_id: int
    facts: Mapping[str, Any] = field(default_factory=dict)


def entries(session: Session, unit_id: int, as_of: date | None = None) -> list[Entry]:
    """The oldest first; with `as_of`, what had happened by the end of that day."""
    found = [entry for source in _SOURCES for entry in source(session, unit_id)]
    if as_of is not None:
        found = [entry for entry in found if entry.day <= as_of]
    return sorted(found, key=lambda each: (each.day, _RANK[each.event], each.record_id))


def _rows(session: Session, query: Any, model: Any, unit_id: int) -> Iterator[Any]:
    found = session.execute(query.where(model.unit_id == unit_id, model.archived_on.is_(None)))
    return (row._mapping for row in found)  # noqa: SLF001 - its public name in SQLAlchemy


def _facts(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Those that say something."""
    return {name: row[name] for name in names if row[name] not in (None, "", False)}


def _unit(session: Session, unit_id: int) -> Iterator[Entry]:
    unit = session.get_one(Unit, unit_id)
    if unit.stagnant_since is not None:
        yield Entry(unit.stagnant_since, "unit", "stagnant_since", "unit", unit_id)
    facts = {
        "found_state": unit.found_state,
        "found_jobs": unit.found_jobs,
        "found_capacity": unit.found_capacity,
    }
    yield Entry(unit.registered_on, "unit", "registered", "unit", unit_id, facts)


_VISITS = (
    select(
        Visit.id, Visit.day, Visit.kind, Visit.state_seen, Visit.heads, Visit.capacity,
        Visit.visitors, Visit.findings, Visit.review, Visit.return_reason,
        JihadiGroup.name.label("group"), Exercise.name.label("exercise"),
    )
    .outerjoin(JihadiGroup, JihadiGroup.id == Visit.group_id)
    .outerjoin(Exercise, Exercise.id == Visit.exercise_id)
)  # fmt: skip


def _visits(session: Session, unit_id: int) -> Iterator[Entry]:
    for row in _rows(session, _VISITS, Visit, unit_id):
        facts = {name: row[name] for name in row if name not in ("id", "day")}
        yield Entry(row["day"], "visit", "visit", "visit", row["id"], facts)


_OBSTACLES = (
    select(
        Obstacle.id, Obstacle.found_on, Obstacle.removed_on, Obstacle.severity, Obstacle.main,
        Obstacle.removed_by, Obstacle.removal, Obstacle.note,
        ObstacleKind.name.label("kind"), Agency.name.label("agency"),
    )
    .join(ObstacleKind, ObstacleKind.id == Obstacle.kind_id)
    .outerjoin(Agency, Agency.id == Obstacle.agency_id)
)  # fmt: skip


def _obstacles(session: Session, unit_id: int) -> Iterator[Entry]:
    for row in _rows(session, _OBSTACLES, Obstacle, unit_id):
        found = _facts(row, "kind", "severity", "main", "agency", "note")
        yield Entry(row["found_on"], "obstacle", "obstacle_found", "obstacle", row["id"], found)
        if row["removed_on"] is not None:
            how = _facts(row, "kind", "severity", "main", "agency", "removed_by", "removal")
            yield Entry(
                row["removed_on"], "obstacle", "obstacle_removed", "obstacle", row["id"], how
            )


_ACTIONS = (
    select(
        Action.id, Action.kind, Action.what, Action.person, Action.decided_on, Action.due_on,
        Action.done_on, Action.result, Action.outcome,
        Agency.name.label("agency"), JihadiGroup.name.label("group"),
    )
    .outerjoin(Agency, Agency.id == Action.agency_id)
    .outerjoin(JihadiGroup, JihadiGroup.id == Action.group_id)
)  # fmt: skip


def _actions(session: Session, unit_id: int) -> Iterator[Entry]:
    for row in _rows(session, _ACTIONS, Action, unit_id):
        told = _facts(row, "kind", "what", "agency", "person", "group", "due_on")
        yield Entry(row["decided_on"], "action", "action_decided", "action", row["id"], told)
        if row["done_on"] is not None:
            told = _facts(row, "kind", "what", "agency", "person", "result", "outcome", "due_on")
            yield Entry(row["done_on"], "action", "action_done", "action", row["id"], told)


_LOANS = select(
    Loan.id, Loan.amount_asked, Loan.amount_approved, Loan.purpose, Loan.contract_no,
    *(getattr(Loan, f"{step}_on") for step in _LOAN_DAYS), Bank.name.label("bank"),
).join(Bank, Bank.id == Loan.bank_id)  # fmt: skip


def _of_loans(model: Any, day: Any, *facts: Any) -> tuple[str, Any, list[str]]:
    """The event, the rows and the names of their facts."""
    query = (
        select(model.loan_id, day.label("day"), Bank.name.label("bank"), *facts)
        .join(Loan, Loan.id == model.loan_id)
        .join(Bank, Bank.id == Loan.bank_id)
        .where(model.archived_on.is_(None))
    )
    return model.__tablename__, query, ["bank", *(column.key for column in facts)]


_PARTS = (
    _of_loans(Tranche, Tranche.day, Tranche.amount, Tranche.number),
    _of_loans(Payment, Payment.day, Payment.amount, Payment.receipt_no, Payment.settles),
    _of_loans(Waiver, Waiver.day, Waiver.amount, Waiver.reason),
    _of_loans(Rescheduling, Rescheduling.since, Rescheduling.months, Rescheduling.first_due_on,
              Rescheduling.principal, Rescheduling.reason),
)  # fmt: skip


def _loans(session: Session, unit_id: int) -> Iterator[Entry]:
    for row in _rows(session, _LOANS, Loan, unit_id):
        for step in _LOAN_DAYS:
            if (day := row[f"{step}_on"]) is not None:
                told = _facts(
                    row, "bank", "amount_asked", "amount_approved", "purpose", "contract_no"
                )
                yield Entry(day, "loan", f"loan_{step}", "loan", row["id"], told)
    for event, query, names in _PARTS:
        for row in _rows(session, query, Loan, unit_id):
            told = _facts(row, *names)
            yield Entry(row["day"], "loan", event, "loan", row["loan_id"], told)


_RETURNS = select(
    Revival.id, Revival.returned_on, Revival.stopped_on, Revival.jobs_after,
    Revival.capacity_after, Revival.stop_reason,
)  # fmt: skip


def _returns(session: Session, unit_id: int) -> Iterator[Entry]:
    for row in _rows(session, _RETURNS, Revival, unit_id):
        told = {name: row[name] for name in ("jobs_after", "capacity_after")}
        yield Entry(row["returned_on"], "revival", "returned", "revival", row["id"], told)
        if row["stopped_on"] is not None:
            why = _facts(row, "stop_reason")
            yield Entry(row["stopped_on"], "revival", "stopped", "revival", row["id"], why)


_ADDED = (
    select(func.min(Change.at))
    .where(Change.record == "document", Change.record_id == Document.id)
    .correlate(Document)
    .scalar_subquery()
)
_DOCUMENTS = select(
    Document.id, Document.day, Document.kind, Document.title, Document.capacity, Document.heads,
    Document.media_type, Content.size,
    case((Document.day.is_(None), _ADDED)).label("added"),
).join(Content, Content.sha256 == Document.sha256)  # fmt: skip


def _documents(session: Session, unit_id: int) -> Iterator[Entry]:
    """One that speaks of no day stands where it was added."""
    for row in _rows(session, _DOCUMENTS, Document, unit_id):
        day = row["day"]
        if day is None:
            day = row["added"].replace(tzinfo=UTC).astimezone().date()
        told = {name: row[name] for name in ("kind", "title", "heads", "capacity", "size")}
        told["undated"] = row["day"] is None
        yield Entry(day, "document", "document", "document", row["id"], told)


def _stages(session: Session, unit_id: int) -> Iterator[Entry]:
    """Where the stage changed; the first one is told by the registration."""
    query = select(Standing.since, Standing.stage, Standing.missing)
    stages = session.execute(query.where(Standing.unit_id == unit_id).order_by(Standing.since))
    before = "registered"
    for since, stage, missing in stages:
        if stage != before:
            told = {"stage": stage, "before": before, "missing": missing}
            yield Entry(since, "stage", "stage", "unit", unit_id, told)
        before = stage


_SOURCES: tuple[Source, ...] = (
    _unit, _visits, _obstacles, _actions, _loans, _returns, _documents, _stages
)  # fmt: skip
