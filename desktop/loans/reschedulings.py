"""«امهال»: a new schedule for what is unpaid, the old one kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import calendar
from db.commands import repayment as commands
from db.queries import holidays, loans, repayment, repayment_preview
from desktop.kinds import RIAL
from desktop.loans import fields, schedule_fields
from desktop.pages.part_editor import PartEditor
from desktop.pages.schedule import SCHEDULE, planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.rescheduling import Rescheduling
    from desktop.pages.schedule import Planned

_TERMS = ("method", "rate", "months", "penalty_points")


class ReschedulingsEditor(PartEditor):
    """Each takes over the principal and the earned profit that were unpaid on its day."""

    RECORD = "rescheduling"
    TITLE = "امهال"
    NEW = "امهال تازه"
    HINT = (
        "از پایان روز امهال، ماندهٔ اصل و سود تحقق‌یافته با شرط‌های تازه قسط‌بندی می‌شود؛ جدول پیشین "
        "می‌ماند و وجه التزام آن بر جای خود است."
    )
    TABLE = schedule_fields.RENEWALS
    NOW_AND_THEN = (schedule_fields.RENEWALS[-2],)
    FORM = fields.RESCHEDULING_FORM
    WIDTH = 800
    FORETOLD = SCHEDULE

    def fetch(self, session: Session) -> Sequence[Rescheduling]:
        return repayment.reschedulings(session, self.owner_id)

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check_rescheduling(session, self.owner_id, record_id, values)

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Rescheduling:
        return commands.save_rescheduling(session, self.owner_id, record_id, values, version)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        commands.archive_rescheduling(session, record_id, reason)

    def new_values(self) -> dict[str, Any]:
        """The terms of the loan, from today, the first instalment in a month."""
        today = calendar.today()
        with self.frame.database.read() as session:
            loan = loans.get(session, self.owner_id)
            terms = {name: getattr(loan, name) for name in _TERMS}
        return {**terms, "since": today, "first_due_on": calendar.add_months(today, 1),
                "grace_months": 0, "grace_profit": "separate"}  # fmt: skip

    def foretell(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[tuple[str, dict[str, Any]]]:
        """What the new schedule would take over, and the instalments it would make."""
        if record_id is not None or values.get("since") is None:
            return []
        rest = repayment.settlement(session, self.owner_id, values["since"])
        rows = repayment_preview.rescheduled(session, self.owner_id, values)
        if rest is None or not rows:
            return []
        usual = rows[min(1, len(rows) - 1)]
        profit = sum(row.profit for row in rows)
        takes = (
            f"اصل مانده {RIAL.show(rest.principal)} ریال و سود مانده {RIAL.show(rest.profit)} ریال"
        )
        makes = f"{RIAL.show(len(rows))} قسط، معمول هر یک {RIAL.show(usual.total)} ریال"
        return [
            (f"{takes} به جدول تازه می‌رود.", {}),
            (f"{makes}؛ سود همه {RIAL.show(profit)} ریال.", {}),
        ]

    def foretell_rows(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Planned]:
        """The new schedule."""
        if record_id is not None or values.get("since") is None:
            return []
        rows = repayment_preview.rescheduled(session, self.owner_id, values)
        if not rows:
            return []
        return planned(rows, holidays.names(session, rows[0].due_on, rows[-1].due_on))
