"""The portfolio as sheets of a workbook: the same rows as on the screen, whole. No window here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.excel.loan_tables import Portfolio
from desktop.excel.tables import Table
from desktop.portfolio import fields, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.jobs import Jobs
    from db.queries.portfolio import Portfolio as Found
    from desktop.fields import Field


def portfolio(found: Found, made: Jobs) -> Portfolio:
    """A sheet tells its sums in a line of its own: the last rows, which tell them, stay away."""
    shares = fields.SHARE_SHEET
    return Portfolio(
        {
            "bank": _table("تسهیلات به بانک", shares, "بانک", rows.bank_rows(found)[:-1]),
            "method": _table("تسهیلات به روش", shares, "روش", rows.method_rows(found)[:-1]),
            "stage": _table("تسهیلات به مرحله", shares, "مرحله", rows.stage_rows(found)[:-1]),
            "loan_class": _table("تسهیلات به طبقه", shares, "طبقه", rows.class_rows(found)[:-1]),
        },
        _table("سن معوقات", fields.AGES, "دیرکرد", rows.age_rows(found)[:-1]),
        _table("تسهیلات به ماه", fields.MONTHS, "ماه", rows.month_rows(found)),
        _table("دریافت‌های پیش رو", fields.INFLOW, "سررسید", rows.balance_rows(found)[:-1]),
        _table("اشتغال تسهیلات", fields.JOBS, "شهرستان", rows.county_rows(made)[:-1]),
    )


def _table(title: str, columns: tuple[Field, ...], name: str, held: Sequence[Any]) -> Table:
    return Table(title, fields.whole(columns, name), held, len(held))
