"""The list of loans; the page of one is imported when it is opened."""

from __future__ import annotations

from db.commands import loans as commands
from db.queries import loans as queries
from desktop.loans import fields
from desktop.pages.later import later
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.widgets.filter_bar import Fixed

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
    make_record=later("desktop.loans.record", "LoanPage"),
    archive=commands.archive_loan,
    restore=commands.restore_loan,
    filters=(fields.STAGE, fields.CLASS, fields.AGE, fields.BANK, fields.METHOD,
             fields.COUNTY_CHOICE, fields.PURPOSE, fields.APPLIED_ON, fields.APPROVED_ON,
             fields.PAID_ON, fields.RECEIVED_ON, fields.FELL_DUE_ON),
    fixed=(
        Fixed("standing", "مصوب و معتبر"),
        Fixed("has_paid", "دست‌کم یک پرداخت"),
        Fixed("behind", "دارای معوقه"),
        Fixed("not_revived", "پرداخت‌شده و احیانشده"),
        Fixed("unscheduled", "پرداخت‌شدهٔ بی‌قسط"),
    ),
    own=(fields.CONTRACT_NO, fields.SHEBA),
    sums=(fields.AMOUNT_APPROVED, fields.PAID, fields.BALANCE, fields.OVERDUE),
)  # fmt: skip


class LoansPage(ListPage):
    """The list of loans."""

    SPEC = SPEC
    WATCHES = frozenset({"loan", "tranche", "payment", "waiver", "rescheduling", "correction",
                         "call", "holiday", "visit", "revival", "unit", "bank",
                         "county"})  # fmt: skip
