"""Field work: visits, obstacles, actions, exercises, documents, and how each unit stood."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

FINDABLE = (("sort_key", 1000), ("search_key", 1000))
SETTINGS = {
    "monitoring_days": 30,
    "diagnosis_days": 15,
    "follow_up_days": 30,
    "applied_days": 30,
    "introduced_days": 30,
    "approved_days": 30,
    "contract_days": 45,
    "document_mebibytes": 20,
}


def text(name: str, length: int = 120) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def day(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def number(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def table(
    name: str,
    *columns: sa.Column[Any],
    links: dict[str, str] | None = None,
    ondelete: str | None = None,
) -> None:
    keys = [
        sa.ForeignKeyConstraint(
            [column],
            [to if "." in to else f"{to}.id"],
            name=op.f(f"fk_{name}_{column}_{to.partition('.')[0]}"),
            ondelete=ondelete,
        )
        for column, to in (links or {}).items()
    ]
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.Integer(), nullable=False),
        *keys,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def record(name: str, *columns: sa.Column[Any], links: dict[str, str] | None = None) -> None:
    kept = (number("version"), day("archived_on"), text("archive_reason"))
    table(name, *columns, *kept, links=links)


def findable(name: str, *columns: sa.Column[Any], links: dict[str, str] | None = None) -> None:
    record(name, *columns, *(text(*key) for key in FINDABLE), links=links)


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def live(name: str, table: str, *columns: str, where: str = "") -> None:
    condition = sa.text("archived_on IS NULL" + (f" AND {where}" if where else ""))
    op.create_index(
        name, table, [*columns, "archived_on"], sqlite_where=condition, postgresql_where=condition
    )


def archived(table: str) -> None:
    condition = sa.text("archived_on IS NOT NULL")
    op.create_index(
        f"ix_{table}_archived", table, ["archived_on"], sqlite_where=condition,
        postgresql_where=condition,
    )  # fmt: skip


def found(table: str) -> None:
    live(f"ix_{table}_live_found", table, "id", "search_key", where="search_key <> ''")


def upgrade() -> None:
    _lists()
    _exercises()
    _visits()
    _obstacles()
    _documents()
    _standing()
    _settings()


def _lists() -> None:
    findable("agency", text("name"), text("code", 40))
    findable(
        "volunteer", number("group_id"), text("name"), text("speciality"), text("phone", 30),
        text("national_code", 30), day("joined_on"), text("note", 2000),
        links={"group_id": "jihadi_group"},
    )  # fmt: skip
    index("volunteer", "group_id")


def _exercises() -> None:
    findable(
        "exercise", text("name"), text("kind", 40), day("starts_on", nullable=False),
        day("ends_on"), text("place"), text("outcome", 2000),
    )  # fmt: skip
    of = {"exercise_id": "exercise", "group_id": "jihadi_group"}
    record("participation", number("exercise_id"), number("group_id"), text("note"), links=of)
    record(
        "award", number("exercise_id"), number("group_id"), number("rank"), text("title"),
        text("measure", 40), number("value"), links=of,
    )  # fmt: skip
    for name in ("participation", "award"):
        index(name, "exercise_id")
        index(name, "group_id")


def _visits() -> None:
    record(
        "visit", number("unit_id"), day("day", nullable=False), number("group_id", nullable=True),
        text("visitors", 300), text("kind", 40), text("state_seen", 40), number("heads"),
        number("capacity"), text("findings", 2000), day("next_due_on"),
        number("exercise_id", nullable=True), text("review", 40), text("return_reason"),
        day("followed_on"), text("search_key", 1000),
        links={"unit_id": "unit", "group_id": "jihadi_group", "exercise_id": "exercise"},
    )  # fmt: skip
    index("visit", "exercise_id")
    live("ix_visit_live_by_day", "visit", "day", "id", "unit_id", "group_id", "review", "kind",
         "state_seen", "exercise_id")  # fmt: skip
    live("ix_visit_live_by_unit", "visit", "unit_id", "day", "id", "review", "kind", "state_seen",
         "capacity")  # fmt: skip
    live("ix_visit_live_by_group", "visit", "group_id", "day", "review", "id", "unit_id")
    live("ix_visit_live_due", "visit", "followed_on", "next_due_on", "day", "unit_id", "id",
         "review", "group_id",
         where="review = 'accepted' AND next_due_on IS NOT NULL")  # fmt: skip
    live("ix_visit_live_waiting", "visit", "review", "group_id", "id",
         where="review <> 'accepted'")  # fmt: skip
    found("visit")
    archived("visit")


def _obstacles() -> None:
    record(
        "obstacle", number("unit_id"), number("visit_id", nullable=True), number("kind_id"),
        text("severity", 40), flag("main"), number("agency_id", nullable=True),
        number("group_id", nullable=True), day("found_on", nullable=False), day("removed_on"),
        text("removed_by"), text("removal"), text("note", 2000), text("search_key", 1000),
        links={"unit_id": "unit", "visit_id": "visit", "kind_id": "obstacle_kind",
               "agency_id": "agency", "group_id": "jihadi_group"},
    )  # fmt: skip
    index("obstacle", "visit_id")
    live("ix_obstacle_live_by_unit", "obstacle", "unit_id", "found_on", "removed_on", "id", "main")
    live("ix_obstacle_live_shares", "obstacle", "kind_id", "agency_id", "found_on", "removed_on",
         "unit_id")  # fmt: skip
    live("ix_obstacle_live_by_agency", "obstacle", "agency_id", "found_on", "removed_on",
         "unit_id", "id")  # fmt: skip
    live("ix_obstacle_live_by_day", "obstacle", "found_on", "id", "unit_id", "removed_on",
         "kind_id", "agency_id", "group_id", "severity", "main")  # fmt: skip
    live("ix_obstacle_live_by_group", "obstacle", "group_id", "removed_on", "unit_id", "id")
    found("obstacle")
    archived("obstacle")
    record(
        "action", number("unit_id"), number("obstacle_id", nullable=True), text("kind", 40),
        text("what", 300), number("agency_id", nullable=True), text("person"),
        number("group_id", nullable=True), day("decided_on", nullable=False), day("due_on"),
        day("done_on"), text("result", 40), text("outcome"), text("note", 2000),
        text("search_key", 1000),
        links={"unit_id": "unit", "obstacle_id": "obstacle", "agency_id": "agency",
               "group_id": "jihadi_group"},
    )  # fmt: skip
    for name in ("obstacle_id", "agency_id", "group_id"):
        index("action", name)
    live("ix_action_live_by_unit", "action", "unit_id", "decided_on", "done_on", "id")
    live("ix_action_live_due", "action", "due_on", "done_on", "decided_on", "unit_id", "id")
    live("ix_action_live_by_day", "action", "decided_on", "id", "unit_id", "done_on", "due_on",
         "result", "kind", "agency_id", "group_id")  # fmt: skip
    found("action")
    archived("action")


def _documents() -> None:
    table(
        "content", text("sha256", 64), number("size"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )  # fmt: skip
    with op.batch_alter_table("content") as content:
        content.create_unique_constraint(op.f("uq_content_sha256"), ["sha256"])
    findable(
        "document", number("unit_id"), number("visit_id", nullable=True),
        number("loan_id", nullable=True), number("revival_id", nullable=True), text("kind", 40),
        text("title"), text("file_name"), text("media_type"), text("sha256", 64), day("day"),
        number("heads", nullable=True), number("capacity", nullable=True),
        links={"unit_id": "unit", "visit_id": "visit", "loan_id": "loan",
               "revival_id": "revival", "sha256": "content.sha256"},
    )  # fmt: skip
    for name in ("visit_id", "loan_id", "revival_id", "sha256"):
        index("document", name)
    live("ix_document_live_by_unit", "document", "unit_id", "day", "capacity", "id")
    archived("document")
    for older in ("revival", "tranche"):  # for the history of a unit
        archived(older)


def _standing() -> None:
    table(
        "standing", number("unit_id"), day("since", nullable=False), day("until", nullable=False),
        text("stage", 40), flag("claimed"), flag("counted"), flag("sustained"), flag("stopped"),
        text("missing", 40), day("returned_on"), number("jobs_after", nullable=True),
        number("capacity_after", nullable=True), day("stopped_on"), links={"unit_id": "unit"},
        ondelete="CASCADE",
    )  # fmt: skip
    op.create_index("ix_standing_unit", "standing", ["unit_id", "until", "since", "stage", "id"])
    op.create_index(
        "ix_standing_stage", "standing",
        ["until", "stage", "since", "counted", "returned_on", "unit_id", "jobs_after", "claimed",
         "sustained", "stopped", "id"],
    )  # fmt: skip


def _settings() -> None:
    """Existing programmes get the defaults; the table itself has none, as the models say."""
    with op.batch_alter_table("programme") as programme:
        programme.add_column(
            sa.Column(
                "baseline_kind", sa.String(length=40), nullable=False, server_default="number"
            )
        )
        for name, value in SETTINGS.items():
            programme.add_column(
                sa.Column(name, sa.Integer(), nullable=False, server_default=str(value))
            )
    with op.batch_alter_table("programme") as programme:
        programme.alter_column("baseline_kind", server_default=None)
        for name in SETTINGS:
            programme.alter_column(name, server_default=None)
    op.add_column("unit", day("first_visit_due_on"))
    for name in ("ix_unit_live_by_group", "ix_unit_live_shares", "ix_unit_live_core"):
        op.drop_index(name, "unit")
    live("ix_unit_live_by_group", "unit", "group_id", "sort_key", "id", "registered_on")
    live("ix_unit_live_shares", "unit", "county_id", "industry_id", "group_id", "registered_on")
    live("ix_unit_live_core", "unit", "id", "county_id", "industry_id", "group_id",
         "registered_on", "found_jobs")  # fmt: skip
    live("ix_unit_live_first_visit", "unit", "first_visit_due_on", "id",
         where="first_visit_due_on IS NOT NULL")  # fmt: skip
