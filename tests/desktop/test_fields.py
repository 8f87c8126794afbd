"""Drift: every column has a field or is hidden on purpose; what a screen asks for is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from db import models
from db.calendar import from_jalali
from db.queries import loans as loan_queries
from db.queries import lookups, units
from db.queries.listing import Listing, View
from desktop import kinds, page_list, reports
from desktop.documents import fields as document_fields
from desktop.dues import fields as due_fields
from desktop.dues import lists as due_lists
from desktop.exercises import fields as exercise_fields
from desktop.exercises import page as exercises_page
from desktop.fields import Field
from desktop.follow_up import fields as action_fields
from desktop.follow_up import page as actions_page
from desktop.groups import fields as group_fields
from desktop.groups import page as groups_page
from desktop.groups import volunteer as volunteer_page
from desktop.kinds import Choice, Link
from desktop.loans import fields as loan_fields
from desktop.loans import page as loans_page
from desktop.lookups import fields as lookup_fields
from desktop.lookups import page as lookups_page
from desktop.pages.history_view import ARCHIVING
from desktop.units import fields as unit_fields
from desktop.units import page as units_page
from desktop.visits import fields as visit_fields
from desktop.visits import obstacle_fields, obstacles_page
from desktop.visits import page as visits_page
from tests.desktop.records import add_group, add_loan, add_return, add_tranche, add_unit, approved

if TYPE_CHECKING:
    from db.database import Database
    from desktop.pages.list_spec import RowsSpec

MADE_BY_PROGRAM = {"id", "version", "sort_key", "search_key", "followed_on"}
# Not fields of a screen: the rows belong to the record around them.
PARENTS = {
    ("revival", "unit_id"),
    *((part, "loan_id") for part in ("tranche", "payment", "waiver", "rescheduling", "call")),
    *(("correction", name) for name in ("loan_id", "rescheduling_id")),
    ("milestone", "programme_id"),
    ("obstacle", "visit_id"),
    ("participation", "exercise_id"),
    ("award", "exercise_id"),
    *(("document", name) for name in ("unit_id", "visit_id", "loan_id", "revival_id")),
}
models.load_all()
# Written by the program, read as they are.
KEPT_WHOLE = {"Change", "Content", "Instalment", "Position", "ReportRun", "Standing"}
RECORDS = [m for m in models.Base.__subclasses__() if m.__name__ not in {"Record", *KEPT_WHOLE}]
RECORDS += models.Record.__subclasses__()
SPECS: dict[str, RowsSpec] = {
    "units": units_page.SPEC,
    "loans": loans_page.SPEC,
    "groups": groups_page.SPEC,
    "visits": visits_page.SPEC,
    "obstacles": obstacles_page.SPEC,
    "actions": actions_page.SPEC,
    "volunteers": volunteer_page.SPEC,
    "exercises": exercises_page.SPEC,
    "dues": due_lists.INSTALMENTS,
    "calls": due_lists.CALLS,
    **{source: lookups_page.spec(source) for source in lookups_page.LISTS},
}


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__tablename__)
def test_every_column_has_a_field(model: Any) -> None:
    """So that the history, too, names each change in words."""
    record = model.__tablename__
    assert record in page_list.RECORDS
    _, fields = page_list.fields_of(record)
    hidden = MADE_BY_PROGRAM | {name for owner, name in PARENTS if owner == record}
    known = set(fields) | set(ARCHIVING)
    assert set(model.__table__.columns.keys()) - hidden == known


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__tablename__)
def test_a_field_says_what_its_column_says(model: Any) -> None:
    for field in page_list.fields_of(model.__tablename__)[1].values():
        column = model.__table__.columns[field.name]
        assert field.model == model.__name__
        assert field.max_length == getattr(column.type, "length", None)
        assert field.required == (not column.nullable and column.default is None)
        # A file is named by its bytes: nobody chooses it from a list.
        by_id = any(key.column.name == "id" for key in column.foreign_keys)
        assert isinstance(field.kind, Link) == by_id
        if field.max_length is None and not column.nullable:
            assert field.empty != ""


def test_fields_of_an_unknown_record_are_none() -> None:
    assert page_list.fields_of("no_such") == ("no_such", {})


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_every_column_of_a_table_can_be_fetched_and_sorted(spec: RowsSpec) -> None:
    assert len({field.name for field in spec.table}) == len(spec.table)
    for field in (*spec.table, *spec.card, *spec.sums, spec.name):
        assert field.shown in spec.source.columns, field.name
    assert all(field in spec.table for field in spec.shown)
    assert spec.source.sort in {field.shown for field in spec.table}


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_every_filter_is_one_of_its_source(spec: RowsSpec) -> None:
    for field in spec.filters:
        assert field.name in spec.source.filters, field.name
        assert isinstance(field.kind, Choice | Link) or field.kind.editor == "day"
    for fixed in spec.fixed:
        assert fixed.name in spec.source.filters


@pytest.mark.parametrize("report", reports.LISTS.values(), ids=reports.LISTS)
def test_every_column_of_a_report_can_be_fetched(report: reports.ListReport) -> None:
    for field in report.fields:
        assert field.shown in report.source.columns, field.name
    assert bool(report.more) == (report.work_out is not None)


@pytest.mark.parametrize("source", lookups.SOURCES)
def test_the_word_of_a_link_is_a_list(source: str) -> None:
    assert source in lookups.MODELS


def every_field() -> list[Field]:
    modules = (unit_fields, loan_fields, group_fields, exercise_fields, lookup_fields,
               visit_fields, obstacle_fields, action_fields, document_fields,
               due_fields)  # fmt: skip
    return [value for module in modules for value in vars(module).values()
            if isinstance(value, Field)]  # fmt: skip


def test_links_lead_to_lists_that_are_there() -> None:
    for field in every_field():
        if isinstance(field.kind, Link):
            assert field.kind.source in lookups.MODELS


def test_every_form_shows_what_its_record_cannot_do_without() -> None:
    forms: list[tuple[Any, Any]] = [
        (models.Unit, unit_fields.FORM),
        (models.Revival, unit_fields.REVIVAL_FORM),
        (models.Loan, loan_fields.FORM),
        (models.Tranche, loan_fields.TRANCHE_FORM),
        (models.Payment, loan_fields.PAYMENT_FORM),
        (models.Waiver, loan_fields.WAIVER_FORM),
        (models.Rescheduling, loan_fields.RESCHEDULING_FORM),
        (models.Correction, loan_fields.CORRECTION_FORM),
        (models.Call, loan_fields.CALL_FORM),
        (models.JihadiGroup, group_fields.FORM),
        (models.Visit, visit_fields.FORM),
        (models.Obstacle, obstacle_fields.FORM),
        (
            models.Obstacle,
            {
                **obstacle_fields.FOUND_FORM,
                "of the visit": [obstacle_fields.UNIT, obstacle_fields.FOUND_ON],
            },
        ),
        (models.Action, action_fields.FORM),
        (models.Volunteer, group_fields.VOLUNTEER_FORM),
        (models.Exercise, exercise_fields.FORM),
        (models.Award, exercise_fields.AWARD_FORM),
        (models.Document, document_fields.FORM),
    ]
    given = {
        "code",
        "unit_id",
        "loan_id",
        "exercise_id",
        "number",
        "principal",
        "file_name",
        "sha256",
    } | MADE_BY_PROGRAM  # by the commands
    for model, form in forms:
        shown = {field.name for group in form.values() for field in group}
        required = {f.name for f in page_list.fields_of(model.__tablename__)[1].values()
                    if f.required}  # fmt: skip
        assert required - given <= shown


def test_a_row_is_read_through_its_fields(database: Database) -> None:
    group = add_group(database)
    number = add_unit(database, "نساجی شیراز", group_id=group, found_jobs=4)
    add_return(database, number, "1402/05/01", jobs_after=15)
    loan = add_loan(database, number, **approved(4_000_000_000))
    add_tranche(database, loan, "1402/05/01", 1_500_000_000)
    view = View(as_of=from_jalali("1402/12/29"))
    (row,) = Listing(database.read, units.SOURCE, view).rows(0, 1)
    assert row is not None
    told = {field.name: field.text(row) for field in unit_fields.TABLE}
    assert told["name"] == "نساجی شیراز"
    assert told["code"] == "۱۰۰۰۰۱"
    assert told["county_id"] == "شیراز"
    assert told["group_id"] == "گروه جهادی شهید رجایی"
    assert told["stage"] == "احیای شمرده‌شده"
    assert told["returned_on"] == "۱۴۰۲/۰۵/۰۱"
    assert told["paid"] == "۱٬۵۰۰٬۰۰۰٬۰۰۰"
    assert told["stagnant_since"] == ""
    assert unit_fields.PAID.excel(row) == 1_500_000_000
    assert unit_fields.STAGNANT_SINCE.excel(row) is None
    assert unit_fields.COUNTED.excel(row) == "بله"
    assert unit_fields.JOBS_CREATED.value(row) == 11
    (row,) = Listing(database.read, loan_queries.SOURCE, view).rows(0, 1)
    assert row is not None
    told = {field.name: field.text(row) for field in loan_fields.TABLE}
    assert told["unit_id"] == "نساجی شیراز"
    assert told["stage"] == "پرداخت مرحله‌ای"
    assert told["rate"] == "۴"
    assert loan_fields.APPROVED_STANDING.value(row) == 4_000_000_000
    assert kinds.RIAL.show(loan_fields.PAID.value(row)) == "۱٬۵۰۰٬۰۰۰٬۰۰۰"
