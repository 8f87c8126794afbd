"""«بازپرداخت»: the payments of a unit, what each settled, waivers of penalties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from db import calendar
from db.commands import repayment as commands
from db.queries import repayment, repayment_preview
from desktop.kinds import RIAL
from desktop.loans import fields, schedule_fields
from desktop.pages.part_editor import PartEditor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.payment import Payment
    from db.models.waiver import Waiver


class PaymentRow(NamedTuple):
    """A payment with what it settled, in rial; what is nothing is left empty."""

    id: int
    day: date
    amount: int
    receipt_no: str
    principal: int | None
    profit: int | None
    penalty: int | None
    credit: int | None
    settles: bool | None


class PaymentsEditor(PartEditor):
    """The oldest instalments are settled first; a payment is undone with a reason."""

    RECORD = "payment"
    TITLE = "پرداخت قسط‌ها"
    NEW = "پرداخت تازه"
    HINT = (
        "هر پرداخت نخست قسط‌های سررسیدشده را از کهنه‌ترین تسویه می‌کند، سپس وجه التزام و آنگاه "
        "قسط‌های آینده را. پرداخت اشتباه را با «برگرداندن» و نوشتن دلیل برگردانید."
    )
    REMOVE, EXAMPLE = "برگرداندن", "رسید برای تسهیلات دیگری بود"
    TABLE = schedule_fields.PAYMENTS
    FORM = fields.PAYMENT_FORM

    def fetch(self, session: Session) -> Sequence[Payment]:
        return repayment.payments(session, self.owner_id)

    def shown(self, session: Session, records: Sequence[Any]) -> Sequence[PaymentRow]:
        """By the last day of all: what a payment settled does not change with the day."""
        state = repayment.state(session, self.owner_id, calendar.LAST_DAY)
        return [_row(record, state) for record in records]

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check_payment(session, self.owner_id, record_id, values)

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Payment:
        return commands.save_payment(session, self.owner_id, record_id, values, version)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        commands.undo_payment(session, record_id, reason)

    def new_values(self) -> dict[str, Any]:
        return {"day": calendar.today()}

    def foretell(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[tuple[str, dict[str, Any]]]:
        """What would end the loan that day, and what the payment would settle."""
        day, amount = values.get("day"), values.get("amount")
        if day is None:
            return []
        told = []
        ends = repayment.settlement(session, self.owner_id, day)
        if ends is not None and ends.total:
            away = f"، {RIAL.show(ends.falls_away)} ریال سود آینده بخشیده می‌شود"
            words = f"تسویهٔ کامل در این روز: {RIAL.show(ends.total)} ریال"
            told.append((words + (away if ends.falls_away else ""),
                         {"amount": ends.total, "settles": True}))  # fmt: skip
        if amount:
            told.append((self._settled_by(session, record_id, values), {}))
        return [each for each in told if each[0]]

    def _settled_by(self, session: Session, record_id: int | None, values: dict[str, Any]) -> str:
        shares = repayment_preview.settled_by(session, self.owner_id, record_id, values)
        if shares is None:
            return ""
        parts = {
            "اصل": shares.principal, "سود": shares.profit, "وجه التزام": shares.penalty,
            "بستانکاری": shares.credit,
        }  # fmt: skip
        words = "، ".join(f"{RIAL.show(n)} ریال {word}" for word, n in parts.items() if n)
        return f"این پرداخت: {words}" if words else ""


class WaiversEditor(PartEditor):
    """Penalties that are forgiven, each with its reason."""

    RECORD = "waiver"
    TITLE = "بخشودگی وجه التزام"
    NEW = "ثبت بخشودگی"
    HINT = "آنچه از وجه التزام بخشیده شده است، با دلیل و شمارهٔ مصوبهٔ آن."
    TABLE = fields.WAIVER_TABLE
    FORM = fields.WAIVER_FORM

    def fetch(self, session: Session) -> Sequence[Waiver]:
        return repayment.waivers(session, self.owner_id)

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check_waiver(session, self.owner_id, record_id, values)

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Waiver:
        return commands.save_waiver(session, self.owner_id, record_id, values, version)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        commands.archive_waiver(session, record_id, reason)

    def new_values(self) -> dict[str, Any]:
        return {"day": calendar.today()}


def _row(record: Payment, state: Any) -> PaymentRow:
    shares = [each for each in state.shares if each.payment == record.id] if state else []
    credit = sum(each.amount for each in state.credits if each.payment == record.id) if state else 0
    principal, profit, penalty = (
        sum(getattr(each, name) for each in shares) for name in ("principal", "profit", "penalty")
    )
    return PaymentRow(
        record.id, record.day, record.amount, record.receipt_no, principal or None,
        profit or None, penalty or None, credit or None, record.settles or None,
    )  # fmt: skip
