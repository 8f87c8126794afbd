"""The payouts of a loan: what the bank has really paid, against what it approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from db import calendar
from db.commands import loans as commands
from db.queries import loans, lookups
from desktop.kinds import RIAL
from desktop.loans import fields
from desktop.pages.part_editor import PartEditor
from desktop.widgets.common import muted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.tranche import Tranche
    from desktop.widgets.frame import Frame


class TrancheRow(NamedTuple):
    """A payout, and the inspection that allowed it; rial."""

    id: int
    number: int
    day: date
    amount: int
    visit: str


class TranchesTab(PartEditor):
    """All payouts together stay within the amount approved."""

    RECORD = "tranche"
    TITLE = "پرداخت تسهیلات"
    NEW = "ثبت پرداخت"
    HINT = "هر بار که بانک بخشی از تسهیلات را پرداخت، روز و مبلغ آن و پایش پیش از آن را بنویسید."
    TABLE = fields.TRANCHE_TABLE
    FORM = fields.TRANCHE_FORM

    def __init__(self, frame: Frame, owner_id: int) -> None:
        super().__init__(frame, owner_id)
        self.sums = muted("")
        self.body.insertWidget(1, self.sums)

    def fetch(self, session: Session) -> Sequence[Tranche]:
        found = loans.tranches(session, self.owner_id)
        approved = loans.get(session, self.owner_id).amount_approved or 0
        paid = sum(tranche.amount for tranche in found)
        self.sums.setText(
            f"مصوب {RIAL.show(approved)} ریال، پرداخت‌شده {RIAL.show(paid)} ریال، "
            f"مانده {RIAL.show(approved - paid)} ریال"
        )
        return found

    def shown(self, session: Session, records: Sequence[Any]) -> Sequence[TrancheRow]:
        return [
            TrancheRow(each.id, each.number, each.day, each.amount, _visit(session, each.visit_id))
            for each in records
        ]

    def around(self) -> dict[str, Any]:
        """The visits that are offered are those of its unit."""
        with self.frame.database.read() as session:
            return {"unit_id": loans.get(session, self.owner_id).unit_id}

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check_payout(session, self.owner_id, record_id, values)

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Tranche:
        return commands.save_tranche(session, self.owner_id, record_id, values, version)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        commands.archive_tranche(session, record_id, reason)

    def new_values(self) -> dict[str, Any]:
        return {"day": calendar.today()}


def _visit(session: Session, visit_id: int | None) -> str:
    return lookups.label(session, "visit", visit_id) if visit_id is not None else ""
