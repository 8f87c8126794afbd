"""Every field of a loan's repayment, and which of them each screen shows, in order."""

from __future__ import annotations

from db.models.call import Call
from db.models.correction import Correction
from db.models.payment import Payment
from db.models.rescheduling import Rescheduling
from db.models.waiver import Waiver
from desktop import choices, kinds
from desktop.fields import Field

PAID_ON = Field.of(Payment.day, "روز پرداخت", kinds.DAY, 12)
AMOUNT = Field.of(Payment.amount, "مبلغ پرداخت", kinds.RIAL, 18)
RECEIPT = Field.of(Payment.receipt_no, "شمارهٔ رسید", kinds.REFERENCE, 14)
SETTLES = Field.of(Payment.settles, "تسویهٔ کامل تسهیلات", kinds.FLAG, 10)
KEEPS_CREDIT = Field.of(Payment.keeps_credit, "مازاد بستانکار بماند", kinds.FLAG, 10)
PAYMENT_NOTE = Field.of(Payment.note, "توضیح", kinds.NOTE, 30)
PAYMENT_LOAN = Field.of(Payment.loan_id, "تسهیلات", kinds.COUNT, 10)

WAIVED_ON = Field.of(Waiver.day, "روز بخشودگی", kinds.DAY, 12)
WAIVED = Field.of(Waiver.amount, "مبلغ بخشوده", kinds.RIAL, 18)
WAIVER_REASON = Field.of(Waiver.reason, "دلیل", kinds.TEXT, 40)
WAIVER_LOAN = Field.of(Waiver.loan_id, "تسهیلات", kinds.COUNT, 10)

SINCE = Field.of(Rescheduling.since, "روز امهال", kinds.DAY, 12)
METHOD = Field.of(Rescheduling.method, "روش قسط‌بندی", choices.METHOD, 20)
RATE = Field.of(Rescheduling.rate, "نرخ سالانه", kinds.RATE, 10)
MONTHS = Field.of(Rescheduling.months, "مدت بازپرداخت", kinds.MONTHS, 10)
FIRST_DUE_ON = Field.of(Rescheduling.first_due_on, "نخستین سررسید", kinds.DAY, 12)
GRACE_MONTHS = Field.of(Rescheduling.grace_months, "دورهٔ تنفس", kinds.MONTHS, 10)
GRACE_PROFIT = Field.of(Rescheduling.grace_profit, "سود دورهٔ تنفس", choices.GRACE_PROFIT, 16)
PENALTY_POINTS = Field.of(Rescheduling.penalty_points, "افزودهٔ دیرکرد", kinds.RATE, 10)
PRINCIPAL = Field.of(Rescheduling.principal, "اصل مانده", kinds.RIAL, 18)
CARRIED = Field.of(Rescheduling.carried, "سود مانده", kinds.RIAL, 18)
REASON = Field.of(Rescheduling.reason, "دلیل", kinds.TEXT, 40)
RESCHEDULING_LOAN = Field.of(Rescheduling.loan_id, "تسهیلات", kinds.COUNT, 10)

CALLED_ON = Field.of(Call.day, "روز تماس", kinds.DAY, 12)
SPOKE_TO = Field.of(Call.spoke_to, "گفت‌وگو با", kinds.TEXT, 20)
AGAIN_ON = Field.of(Call.again_on, "تماس دوباره", kinds.DAY, 12)
CALL_NOTE = Field.of(Call.note, "نتیجهٔ تماس", kinds.NOTE, 40)
CALL_LOAN = Field.of(Call.loan_id, "تسهیلات", kinds.COUNT, 10)

NUMBER = Field.of(Correction.number, "شماره", kinds.COUNT, 8)
DUE_ON = Field.of(Correction.due_on, "سررسید", kinds.DAY, 12)
PART_PRINCIPAL = Field.of(Correction.principal, "اصل", kinds.RIAL, 16)
PART_PROFIT = Field.of(Correction.profit, "سود یا کارمزد", kinds.RIAL, 16)
CORRECTION_LOAN = Field.of(Correction.loan_id, "تسهیلات", kinds.COUNT, 10)
CORRECTED_PLAN = Field.of(Correction.rescheduling_id, "امهال", kinds.COUNT, 10)

# Worked out by `db.rules.settling`
TO_PRINCIPAL = Field("principal", "از اصل", kinds.RIAL, 16)
TO_PROFIT = Field("profit", "از سود", kinds.RIAL, 16)
TO_PENALTY = Field("penalty", "از وجه التزام", kinds.RIAL, 16)
CREDIT = Field("credit", "بستانکاری", kinds.RIAL, 14)
OFF_DAY = Field("off_day", "تعطیل", kinds.TEXT, 14)
TOTAL = Field("total", "قسط", kinds.RIAL, 16)
PAID = Field("paid", "پرداخت‌شده", kinds.RIAL, 16)
LEFT = Field("left", "مانده", kinds.RIAL, 16)
DAYS_LATE = Field("days_late", "روز دیرکرد", kinds.COUNT, 10)
CLASS = Field("loan_class", "طبقه", choices.LOAN_CLASS, 14)
PENALTY = Field("penalty", "وجه التزام", kinds.RIAL, 16)
BY_PAPER = Field("by_paper", "برابر برگهٔ بانک", kinds.FLAG, 12)

PAYMENT_TABLE = (PAID_ON, AMOUNT, RECEIPT, TO_PRINCIPAL, TO_PROFIT, TO_PENALTY, CREDIT, SETTLES)
PAYMENT_FORM = {"": (PAID_ON, AMOUNT, RECEIPT, SETTLES, KEEPS_CREDIT, PAYMENT_NOTE)}
WAIVER_TABLE = (WAIVED_ON, WAIVED, WAIVER_REASON)
WAIVER_FORM = {"": WAIVER_TABLE}
RESCHEDULING_TABLE = (SINCE, PRINCIPAL, CARRIED, METHOD, RATE, MONTHS, FIRST_DUE_ON, REASON)
RESCHEDULING_FORM = {
    "": (SINCE, FIRST_DUE_ON, MONTHS, METHOD, RATE, GRACE_MONTHS, GRACE_PROFIT, PENALTY_POINTS,
         REASON)
}  # fmt: skip
CALL_TABLE = (CALLED_ON, SPOKE_TO, AGAIN_ON, CALL_NOTE)
CALL_FORM = {"": CALL_TABLE}
SCHEDULE_TABLE = (
    NUMBER, DUE_ON, OFF_DAY, PART_PRINCIPAL, PART_PROFIT, TOTAL, PAID, LEFT, DAYS_LATE, CLASS,
    PENALTY, BY_PAPER,
)  # fmt: skip
