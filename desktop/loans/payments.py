"""«بازپرداخت»: the payments of a unit, what each settled, waivers of penalties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from db import calendar
from db.commands import repayment as commands
from db.queries import repayment, repayment_preview
from db.queries.repayment_preview import Settled
from desktop.kinds import RIAL
from desktop.loans import fields, schedule_fields
from desktop.loans.schedule_rows import plan_name
from desktop.pages.part_editor import PartEditor
from desktop.pages.part_preview import MOST_ROWS, ROW_HEIGHT
from desktop.widgets.common import label
from desktop.widgets.inner_table import InnerTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.payment import Payment
    from db.models.waiver import Waiver
    from desktop.widgets.frame import Frame


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
    note: str


class PartRow(NamedTuple):
    """What a payment settled of an instalment, in rial; what is nothing is left empty."""

    number: int
    due_on: date
    principal: int | None
    profit: int | None
    penalty: int | None
    plan: str


class PaymentsEditor(PartEditor):
    """The oldest instalments are settled first; a payment is undone with a reason."""

    RECORD = "payment"
    TITLE = "پرداخت قسط‌ها"
    NEW = "پرداخت تازه"
    HINT = "نخست قسط‌های سررسیدشده از کهنه‌ترین تسویه می‌شود، سپس وجه التزام، آنگاه قسط‌های آینده."
    REMOVE, EXAMPLE = "برگرداندن", "رسید برای تسهیلات دیگری بود"
    TABLE = schedule_fields.PAYMENTS
    NOW_AND_THEN = schedule_fields.RARE_IN_PAYMENTS
    FORM = fields.PAYMENT_FORM
    WIDTH = 800
    FORETOLD = schedule_fields.SETTLED

    def __init__(self, frame: Frame, owner_id: int) -> None:
        super().__init__(frame, owner_id)
        self._settled: Mapping[int, Settled] = {}
        self.settled_by = label("", "muted")
        self.parts = InnerTable(
            schedule_fields.SETTLED, MOST_ROWS, ROW_HEIGHT, schedule_fields.SETTLED
        )
        place = self.body.count() - 1  # before the stretch
        for part in (self.parts, self.settled_by):
            self.body.insertWidget(place, part)
            part.hide()
        self.table.chosen.connect(self._show_parts)

    def _show_parts(self, row: PaymentRow | None) -> None:
        """Which instalments the chosen payment has settled."""
        found = Settled() if row is None else self._settled.get(row.id, Settled())
        for part in (self.parts, self.settled_by):
            part.setVisible(bool(found.parts))
        if row is not None and found.parts:
            day = calendar.to_persian_date(row.day)
            self.settled_by.setText(f"پرداخت {day} این قسط‌ها را تسویه کرده است:")
            self.parts.set_rows(parts_of(found))

    def fetch(self, session: Session) -> Sequence[Payment]:
        return repayment.payments(session, self.owner_id)

    def shown(self, session: Session, records: Sequence[Any]) -> Sequence[PaymentRow]:
        """By the last day of all: what a payment settled does not change with the day."""
        self._settled = repayment_preview.settled(session, self.owner_id)
        return [_row(record, self._settled.get(record.id, Settled())) for record in records]

    def refresh(self) -> None:
        super().refresh()
        self._show_parts(None)

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

    def foretell_rows(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[PartRow]:
        """The instalments it would settle, the oldest first."""
        if values.get("day") is None or not values.get("amount"):
            return []
        found = repayment_preview.settled_by(session, self.owner_id, record_id, values)
        return parts_of(found or Settled())

    def _settled_by(self, session: Session, record_id: int | None, values: dict[str, Any]) -> str:
        found = repayment_preview.settled_by(session, self.owner_id, record_id, values)
        if found is None:
            return ""
        parts = {
            "اصل": found.principal, "سود": found.profit, "وجه التزام": found.penalty,
            "بستانکاری": found.credit,
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


def _row(record: Payment, found: Settled) -> PaymentRow:
    return PaymentRow(
        record.id, record.day, record.amount, record.receipt_no, found.principal or None,
        found.profit or None, found.penalty or None, found.credit or None, record.settles or None,
        record.note,
    )  # fmt: skip


def parts_of(found: Settled) -> list[PartRow]:
    """Rows for a table."""
    return [
        PartRow(part.number, part.due_on, part.principal or None, part.profit or None,
                part.penalty or None, plan_name(part.plan) if part.plan else "")
        for part in found.parts
    ]  # fmt: skip
