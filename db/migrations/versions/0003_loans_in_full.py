"""Loans in full: instalments, payments, waivers, reschedulings, calls, and the holidays."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def text(name: str, length: int = 120) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def number(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def rial(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def percent(name: str) -> sa.Column[Any]:
    exact = sa.Numeric(14, 6).with_variant(sa.BigInteger(), "sqlite")
    return sa.Column(name, exact, nullable=False)


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
            [column], [f"{to}.id"], name=op.f(f"fk_{name}_{column}_{to}"), ondelete=ondelete
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
    kept = (number("version"), day("archived_on", nullable=True), text("archive_reason"))
    table(name, *columns, *kept, links=links)


def live(name: str, table: str, *columns: str, where: str = "", on_a_server: str = "") -> None:
    """`on_a_server`: the condition where it is said otherwise there."""
    ours, theirs = (
        sa.text("archived_on IS NULL" + (f" AND {each}" if each else ""))
        for each in (where, on_a_server or where)
    )
    op.create_index(
        name, table, [*columns, "archived_on"], sqlite_where=ours, postgresql_where=theirs
    )


def archived(table: str) -> None:
    condition = sa.text("archived_on IS NOT NULL")
    op.create_index(
        f"ix_{table}_archived", table, ["archived_on"], sqlite_where=condition,
        postgresql_where=condition,
    )  # fmt: skip


def upgrade() -> None:
    _loans()
    _repayment()
    _derived()
    _calls()


def _loans() -> None:
    op.add_column("loan", day("first_due_on", nullable=True))
    op.drop_index("ix_loan_live_applied", "loan")
    live("ix_loan_live_applied", "loan", "applied_on", "id", "unit_id", "bank_id", "method",
         "amount_approved", "introduced_on", "approved_on", "contract_on", "rejected_on",
         "withdrawn_on")  # fmt: skip
    with op.batch_alter_table("tranche") as tranche:
        tranche.add_column(number("visit_id", nullable=True))
        tranche.create_foreign_key(op.f("fk_tranche_visit_id_visit"), "visit", ["visit_id"], ["id"])
        tranche.create_index(op.f("ix_tranche_visit_id"), ["visit_id"])
    live("ix_tranche_live_by_day", "tranche", "day", "loan_id", "amount")


def _repayment() -> None:
    record(
        "payment", number("loan_id"), day("day"), *rial("amount"), text("receipt_no"),
        flag("settles"), flag("keeps_credit"), text("note", 2000), links={"loan_id": "loan"},
    )  # fmt: skip
    live("ix_payment_live", "payment", "loan_id", "day", "id", "amount", "settles")
    live("ix_payment_live_by_day", "payment", "day", "loan_id", "amount", "id")
    live("ix_payment_live_settling", "payment", "loan_id", "day", where="settles = 1",
         on_a_server="settles")  # fmt: skip
    live("ix_payment_live_by_receipt", "payment", "receipt_no", "loan_id", "id",
         where="receipt_no <> ''")  # fmt: skip
    record(
        "waiver", number("loan_id"), day("day"), *rial("amount"), text("reason", 300),
        links={"loan_id": "loan"},
    )  # fmt: skip
    live("ix_waiver_live", "waiver", "loan_id", "day", "id", "amount")
    record(
        "rescheduling", number("loan_id"), day("since"), text("method", 40), percent("rate"),
        number("months"), day("first_due_on"), number("grace_months"), text("grace_profit", 40),
        percent("penalty_points"), *rial("principal", "carried"), text("reason", 300),
        links={"loan_id": "loan"},
    )  # fmt: skip
    live("ix_rescheduling_live", "rescheduling", "loan_id", "since", "id")
    record(
        "correction", number("loan_id"), number("rescheduling_id", nullable=True),
        number("number"), day("due_on"), *rial("principal", "profit"),
        links={"loan_id": "loan", "rescheduling_id": "rescheduling"},
    )  # fmt: skip
    live("ix_correction_live", "correction", "loan_id", "rescheduling_id", "number", "id")
    for name in ("payment", "waiver", "rescheduling", "correction"):
        archived(name)


def _derived() -> None:
    table(
        "instalment", number("loan_id"), number("rescheduling_id", nullable=True),
        number("number"), day("due_on"), *rial("principal", "profit"), flag("by_paper"),
        day("since"), day("until"), links={"loan_id": "loan"}, ondelete="CASCADE",
    )  # fmt: skip
    parts = ["since", "until", "principal", "profit", "number", "id"]
    op.create_index("ix_instalment_loan", "instalment", ["loan_id", "due_on", *parts])
    op.create_index(
        "ix_instalment_due", "instalment", ["due_on", *parts[:2], "loan_id", *parts[2:]]
    )
    table(
        "position", number("loan_id"), day("since"), day("until"),
        *rial("principal", "profit", "repaid_principal", "repaid_profit", "penalty_paid",
              "penalty_waived", "credit"),
        day("oldest_due_on", nullable=True), *rial("oldest_paid"), flag("rescheduled"),
        links={"loan_id": "loan"}, ondelete="CASCADE",
    )  # fmt: skip
    parts = ["oldest_paid", "principal", "profit", "repaid_principal", "repaid_profit",
             "rescheduled", "id"]  # fmt: skip
    op.create_index(
        "ix_position_loan", "position", ["loan_id", "until", "since", "oldest_due_on", *parts]
    )
    op.create_index(
        "ix_position_day", "position", ["until", "since", "oldest_due_on", "loan_id", *parts]
    )


def _calls() -> None:
    record(
        "call", number("loan_id"), day("day"), text("spoke_to"), day("again_on", nullable=True),
        text("note", 2000), links={"loan_id": "loan"},
    )  # fmt: skip
    live("ix_call_live", "call", "loan_id", "day", "id", "again_on")
    archived("call")
    record(
        "holiday", day("day"), text("name"), text("sort_key", 1000), text("search_key", 1000),
    )  # fmt: skip
    live("ix_holiday_live_by_day", "holiday", "day", "name")
