"""The first schema."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

# Exact decimals: millionths on SQLite, which has only binary floats.
EXACT = sa.Numeric(14, 6).with_variant(sa.BigInteger(), "sqlite")

revision = "0001"
down_revision = None

LIVE: dict[str, Any] = {
    "sqlite_where": sa.text("archived_on IS NULL"),
    "postgresql_where": sa.text("archived_on IS NULL"),
}
ARCHIVED: dict[str, Any] = {
    "sqlite_where": sa.text("archived_on IS NOT NULL"),
    "postgresql_where": sa.text("archived_on IS NOT NULL"),
}


def upgrade() -> None:
    op.create_table(
        "bank",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("sort_key", sa.String(length=1000), nullable=False),
        sa.Column("search_key", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=40), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("ix_change_record", ["record", "record_id", "id"], unique=False)

    op.create_table(
        "county",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("sort_key", sa.String(length=1000), nullable=False),
        sa.Column("search_key", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county")),
    )
    op.create_table(
        "industry",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.String(length=40), nullable=False),
        sa.Column("sort_key", sa.String(length=1000), nullable=False),
        sa.Column("search_key", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_industry")),
    )
    op.create_table(
        "obstacle_kind",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("sort_key", sa.String(length=1000), nullable=False),
        sa.Column("search_key", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle_kind")),
    )
    op.create_table(
        "programme",
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("target_units", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=False),
        sa.Column("baseline_units", sa.Integer(), nullable=False),
        sa.Column("baseline_jobs", sa.Integer(), nullable=False),
        sa.Column("revived_capacity", EXACT, nullable=False),
        sa.Column("follow_up_months", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_table(
        "report_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(length=120), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_run")),
    )
    op.create_table(
        "estate",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=True),
        sa.Column("sort_key", sa.String(length=1000), nullable=False),
        sa.Column("search_key", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id"], ["county.id"], name=op.f("fk_estate_county_id_county")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estate")),
    )
    with op.batch_alter_table("estate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_estate_county_id"), ["county_id"], unique=False)

    op.create_table(
        "jihadi_group",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("speciality", sa.String(length=120), nullable=False),
        sa.Column("leader", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("county_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("sort_key", sa.String(length=1000), nullable=False),
        sa.Column("search_key", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id"], ["county.id"], name=op.f("fk_jihadi_group_county_id_county")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jihadi_group")),
    )
    with op.batch_alter_table("jihadi_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jihadi_group_county_id"), ["county_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_milestone_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_milestone_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "unit",
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("person_kind", sa.String(length=40), nullable=False),
        sa.Column("national_code", sa.String(length=30), nullable=False),
        sa.Column("legal_national_id", sa.String(length=30), nullable=False),
        sa.Column("registration_no", sa.String(length=30), nullable=False),
        sa.Column("economic_no", sa.String(length=30), nullable=False),
        sa.Column("sso_workshop_code", sa.String(length=30), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("manager", sa.String(length=120), nullable=False),
        sa.Column("mobile", sa.String(length=30), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("estate_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postal_code", sa.String(length=30), nullable=False),
        sa.Column("latitude", EXACT, nullable=True),
        sa.Column("longitude", EXACT, nullable=True),
        sa.Column("industry_id", sa.Integer(), nullable=True),
        sa.Column("product", sa.String(length=120), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=False),
        sa.Column("licence_no", sa.String(length=30), nullable=False),
        sa.Column("licence_on", sa.Date(), nullable=True),
        sa.Column("nominal_capacity", EXACT, nullable=True),
        sa.Column("capacity_measure", sa.String(length=120), nullable=False),
        sa.Column("found_state", sa.String(length=40), nullable=False),
        sa.Column("stagnant_since", sa.Date(), nullable=True),
        sa.Column("found_jobs", sa.Integer(), nullable=False),
        sa.Column("found_capacity", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("sort_key", sa.String(length=1000), nullable=False),
        sa.Column("search_key", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id"], ["county.id"], name=op.f("fk_unit_county_id_county")
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name=op.f("fk_unit_estate_id_estate")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["jihadi_group.id"], name=op.f("fk_unit_group_id_jihadi_group")
        ),
        sa.ForeignKeyConstraint(
            ["industry_id"], ["industry.id"], name=op.f("fk_unit_industry_id_industry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index("ix_unit_archived", ["archived_on"], **ARCHIVED)
        batch_op.create_index(batch_op.f("ix_unit_estate_id"), ["estate_id"], unique=False)
        batch_op.create_index("ix_unit_legal_national_id", ["legal_national_id"], unique=False)
        batch_op.create_index("ix_unit_live_by_code", ["code", "id", "archived_on"], **LIVE)
        batch_op.create_index(
            "ix_unit_live_by_county", ["county_id", "sort_key", "id", "archived_on"], **LIVE
        )
        batch_op.create_index("ix_unit_live_by_day", ["registered_on", "id", "archived_on"], **LIVE)
        batch_op.create_index(
            "ix_unit_live_by_group", ["group_id", "sort_key", "id", "archived_on"], **LIVE
        )
        batch_op.create_index(
            "ix_unit_live_by_industry", ["industry_id", "sort_key", "id", "archived_on"], **LIVE
        )
        batch_op.create_index("ix_unit_live_by_jobs", ["found_jobs", "id", "archived_on"], **LIVE)
        batch_op.create_index(
            "ix_unit_live_by_name",
            [
                "sort_key",
                "id",
                "found_state",
                "sector",
                "registered_on",
                "county_id",
                "estate_id",
                "industry_id",
                "group_id",
                "archived_on",
            ],
            **LIVE,
        )
        batch_op.create_index(
            "ix_unit_live_core",
            ["id", "county_id", "industry_id", "found_jobs", "found_state", "archived_on"],
            **LIVE,
        )
        batch_op.create_index(
            "ix_unit_live_found", ["sort_key", "id", "search_key", "archived_on"], **LIVE
        )
        batch_op.create_index(
            "ix_unit_live_shares",
            ["county_id", "industry_id", "registered_on", "archived_on"],
            **LIVE,
        )
        batch_op.create_index("ix_unit_national_code", ["national_code"], unique=False)
        batch_op.create_index(
            "uq_unit_licence_no",
            ["licence_no"],
            unique=True,
            sqlite_where=sa.text("archived_on IS NULL AND licence_no <> ''"),
            postgresql_where=sa.text("archived_on IS NULL AND licence_no <> ''"),
        )
        batch_op.create_index(
            "uq_unit_sso_workshop_code",
            ["sso_workshop_code"],
            unique=True,
            sqlite_where=sa.text("archived_on IS NULL AND sso_workshop_code <> ''"),
            postgresql_where=sa.text("archived_on IS NULL AND sso_workshop_code <> ''"),
        )

    op.create_table(
        "loan",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.String(length=120), nullable=False),
        sa.Column("contract", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("amount_asked", sa.BigInteger(), nullable=False),
        sa.Column("amount_approved", sa.BigInteger(), nullable=True),
        sa.Column("rate", EXACT, nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("grace_months", sa.Integer(), nullable=False),
        sa.Column("grace_profit", sa.String(length=40), nullable=False),
        sa.Column("penalty_points", EXACT, nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("introduced_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("contract_on", sa.Date(), nullable=True),
        sa.Column("rejected_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("contract_no", sa.String(length=120), nullable=False),
        sa.Column("sheba", sa.String(length=30), nullable=False),
        sa.Column("guarantors", sa.String(length=500), nullable=False),
        sa.Column("jobs_promised", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_loan_bank_id_bank")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_loan_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
    )
    with op.batch_alter_table("loan", schema=None) as batch_op:
        batch_op.create_index("ix_loan_archived", ["archived_on"], **ARCHIVED)
        batch_op.create_index(
            "ix_loan_live_applied", ["applied_on", "id", "unit_id", "archived_on"], **LIVE
        )
        batch_op.create_index(
            "ix_loan_live_approved",
            [
                "approved_on",
                "amount_approved",
                "rejected_on",
                "withdrawn_on",
                "unit_id",
                "id",
                "archived_on",
            ],
            **LIVE,
        )
        batch_op.create_index(
            "ix_loan_live_by_bank", ["bank_id", "id", "unit_id", "archived_on"], **LIVE
        )
        batch_op.create_index(
            "ix_loan_live_by_number", ["contract_no", "id", "archived_on"], **LIVE
        )
        batch_op.create_index(
            "ix_loan_live_by_unit",
            [
                "unit_id",
                "id",
                "bank_id",
                "purpose",
                "amount_approved",
                "applied_on",
                "introduced_on",
                "approved_on",
                "contract_on",
                "rejected_on",
                "withdrawn_on",
                "archived_on",
            ],
            **LIVE,
        )

    op.create_table(
        "revival",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("jobs_after", sa.Integer(), nullable=False),
        sa.Column("capacity_after", sa.Integer(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("stop_reason", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_revival_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revival")),
    )
    with op.batch_alter_table("revival", schema=None) as batch_op:
        batch_op.create_index(
            "ix_revival_live",
            ["unit_id", "returned_on", "id", "stopped_on", "jobs_after", "archived_on"],
            **LIVE,
        )

    op.create_table(
        "tranche",
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_reason", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_tranche_loan_id_loan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tranche")),
    )
    with op.batch_alter_table("tranche", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tranche_live", ["loan_id", "day", "amount", "archived_on"], **LIVE
        )
