"""The list of loans; the page of one is imported when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands import loans as commands
from db.queries import loans as queries
from desktop.loans import fields
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.widgets.filter_bar import Fixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.loans.record import LoanPage
    from desktop.widgets.frame import Frame


class LoansPage(ListPage):
    """The list of loans."""

    WATCHES = frozenset({"loan", "tranche", "unit", "bank", "county"})

    def __init__(self, frame: Frame, filters: Mapping[str, Any] | None = None) -> None:
        super().__init__(frame, SPEC, filters)


def make_record(frame: Frame, record_id: int | None, values: Mapping[str, Any]) -> LoanPage:
    from desktop.loans.record import LoanPage

    return LoanPage(frame, record_id, values)


SPEC = ListSpec(
    page="loans",
    title="تسهیلات",
    new_title="تسهیلات تازه",
    icon="loans",
    empty="هنوز تسهیلاتی ثبت نشده است.",
    source=queries.SOURCE,
    table=fields.TABLE,
    shown=fields.SHOWN,
    card=fields.CARD,
    name=fields.UNIT,
    make_record=make_record,
    archive=commands.archive_loan,
    restore=commands.restore_loan,
    filters=(fields.STAGE, fields.BANK, fields.COUNTY_CHOICE, fields.PURPOSE, fields.APPLIED_ON,
             fields.APPROVED_ON),
    fixed=(Fixed("standing", "مصوب و معتبر"), Fixed("has_paid", "دست‌کم یک پرداخت")),
    own=(fields.CONTRACT_NO, fields.SHEBA),
    sums=(fields.AMOUNT_ASKED, fields.AMOUNT_APPROVED, fields.PAID),
)  # fmt: skip
