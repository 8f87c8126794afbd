"""An industrial unit: the thing that is found, visited, helped and revived."""

from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Findable, Record, archive_index, index, live_index
from db.types import Count, Day, Digits, Exact, Name, Note, Word


class Unit(Findable, Record):
    """Its stage is derived from its records: see `db.models.standing`.

    One owner may have several units, so an owner's identifier is not unique here.
    """

    __tablename__ = "unit"
    SEARCHED: ClassVar[tuple[str, ...]] = (
        "name", "code", "owner", "manager", "product", "national_code", "legal_national_id",
        "licence_no", "mobile",
    )  # fmt: skip
    INDEXES = (
        # The order of the list, with what it is filtered by.
        live_index("ix_unit_live_by_name", "sort_key", "id", "found_state", "sector",
                   "registered_on", "county_id", "estate_id", "industry_id", "group_id"),
        live_index("ix_unit_live_found", "sort_key", "id", "search_key"),  # as one types
        live_index("ix_unit_live_by_code", "code", "id"),
        live_index("ix_unit_live_by_jobs", "found_jobs", "id"),
        live_index("ix_unit_live_by_county", "county_id", "sort_key", "id"),
        live_index("ix_unit_live_by_industry", "industry_id", "sort_key", "id"),
        live_index("ix_unit_live_by_group", "group_id", "sort_key", "id", "registered_on"),
        live_index("ix_unit_live_by_day", "registered_on", "id"),
        live_index("ix_unit_live_shares", "county_id", "industry_id", "group_id", "registered_on"),
        # What a figure of returns needs of their units, a tenth as wide as the table.
        live_index("ix_unit_live_core", "id", "county_id", "industry_id", "group_id",
                   "registered_on", "found_jobs"),
        archive_index("ix_unit_archived"),
        live_index("uq_unit_licence_no", "licence_no", where="licence_no <> ''", unique=True),
        live_index("uq_unit_sso_workshop_code", "sso_workshop_code",
                   where="sso_workshop_code <> ''", unique=True),
        live_index("ix_unit_live_first_visit", "first_visit_due_on", "id",
                   where="first_visit_due_on IS NOT NULL"),
        index("ix_unit_national_code", "national_code"),
        index("ix_unit_legal_national_id", "legal_national_id"),
    )  # fmt: skip

    code: Mapped[Digits] = mapped_column(unique=True)
    name: Mapped[Name]
    person_kind: Mapped[Word] = mapped_column(default="legal")
    national_code: Mapped[Digits] = mapped_column(default="")
    legal_national_id: Mapped[Digits] = mapped_column(default="")
    registration_no: Mapped[Digits] = mapped_column(default="")
    economic_no: Mapped[Digits] = mapped_column(default="")
    sso_workshop_code: Mapped[Digits] = mapped_column(default="")
    owner: Mapped[Name] = mapped_column(default="")
    manager: Mapped[Name] = mapped_column(default="")
    mobile: Mapped[Digits] = mapped_column(default="")
    phone: Mapped[Digits] = mapped_column(default="")
    county_id: Mapped[int] = mapped_column(ForeignKey("county.id"))
    estate_id: Mapped[int | None] = mapped_column(ForeignKey("estate.id"), index=True)
    address: Mapped[str] = mapped_column(String(300), default="")
    postal_code: Mapped[Digits] = mapped_column(default="")
    latitude: Mapped[Exact | None]
    longitude: Mapped[Exact | None]
    industry_id: Mapped[int | None] = mapped_column(ForeignKey("industry.id"))
    product: Mapped[Name] = mapped_column(default="")
    sector: Mapped[Word] = mapped_column(default="industry")
    licence_no: Mapped[Digits] = mapped_column(default="")
    licence_on: Mapped[Day | None]
    nominal_capacity: Mapped[Exact | None]
    capacity_measure: Mapped[Name] = mapped_column(default="")
    found_state: Mapped[Word]
    stagnant_since: Mapped[Day | None]
    found_jobs: Mapped[Count]
    found_capacity: Mapped[Count | None]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("jihadi_group.id"))
    registered_on: Mapped[Day]
    first_visit_due_on: Mapped[Day | None]
    note: Mapped[Note]
