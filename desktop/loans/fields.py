"""Every field of a loan and of what it is paid out and repaid by, and which each screen shows."""

from __future__ import annotations

from db.models.call import Call
from db.models.correction import Correction
from db.models.loan import Loan
from db.models.payment import Payment
from db.models.rescheduling import Rescheduling
from db.models.tranche import Tranche
from db.models.waiver import Waiver
from desktop import choices, kinds
from desktop.fields import Field

UNIT = Field.of(Loan.unit_id, "واحد", kinds.link("unit"), 30)
BANK = Field.of(Loan.bank_id, "بانک عامل", kinds.link("bank"), 18)
BRANCH = Field.of(Loan.branch, "شعبه", kinds.TEXT, 18)
CONTRACT = Field.of(Loan.contract, "نوع عقد", choices.CONTRACT, 14)
PURPOSE = Field.of(Loan.purpose, "مصرف", choices.PURPOSE, 16)
METHOD = Field.of(Loan.method, "روش قسط‌بندی", choices.METHOD, 20)
AMOUNT_ASKED = Field.of(Loan.amount_asked, "مبلغ درخواستی", kinds.RIAL, 20)
AMOUNT_APPROVED = Field.of(Loan.amount_approved, "مبلغ مصوب", kinds.RIAL, 20)
RATE = Field.of(Loan.rate, "نرخ سالانه", kinds.RATE, 10)
MONTHS = Field.of(Loan.months, "مدت بازپرداخت", kinds.MONTHS, 10)
GRACE_MONTHS = Field.of(Loan.grace_months, "دورهٔ تنفس", kinds.MONTHS, 10)
GRACE_PROFIT = Field.of(Loan.grace_profit, "سود دورهٔ تنفس", choices.GRACE_PROFIT, 16)
PENALTY_POINTS = Field.of(Loan.penalty_points, "افزودهٔ دیرکرد", kinds.RATE, 10)
APPLIED_ON = Field.of(Loan.applied_on, "روز درخواست", kinds.DAY, 12)
INTRODUCED_ON = Field.of(Loan.introduced_on, "روز معرفی به بانک", kinds.DAY, 12)
APPROVED_ON = Field.of(Loan.approved_on, "روز تصویب", kinds.DAY, 12)
CONTRACT_ON = Field.of(Loan.contract_on, "روز قرارداد", kinds.DAY, 12)
FIRST_DUE_ON = Field.of(Loan.first_due_on, "روز نخستین قسط", kinds.DAY, 12)
REJECTED_ON = Field.of(Loan.rejected_on, "روز رد", kinds.DAY, 12)
WITHDRAWN_ON = Field.of(Loan.withdrawn_on, "روز انصراف", kinds.DAY, 12)
CONTRACT_NO = Field.of(Loan.contract_no, "شمارهٔ قرارداد", kinds.REFERENCE, 16)
SHEBA = Field.of(Loan.sheba, "شبا", kinds.SHEBA, 28)
GUARANTORS = Field.of(Loan.guarantors, "ضامن‌ها", kinds.TEXT, 30)
JOBS_PROMISED = Field.of(Loan.jobs_promised, "اشتغال تعهدشده", kinds.PEOPLE, 12)
NOTE = Field.of(Loan.note, "توضیح", kinds.NOTE, 40)
ARCHIVED_ON = Field.of(Loan.archived_on, "روز بایگانی", kinds.DAY, 12)
ARCHIVE_REASON = Field.of(Loan.archive_reason, "دلیل بایگانی", kinds.TEXT, 24)

# Worked out by `db.queries.loans`
UNIT_CODE = Field("unit_code", "کد واحد", kinds.CODE, 10)
COUNTY = Field("county", "شهرستان", kinds.TEXT, 14)
COUNTY_CHOICE = Field("county_id", "شهرستان", kinds.link("county"), 14, required=True)
STAGE = Field("stage", "مرحله", choices.STAGE, 14)
PAID = Field("paid", "پرداخت‌شده", kinds.RIAL, 20)
REPAID = Field("repaid", "بازپرداخت‌شده", kinds.RIAL, 20)
BALANCE = Field("balance", "ماندهٔ اصل و سود", kinds.RIAL, 20)
DUE = Field("due", "سررسیدشده", kinds.RIAL, 18)
OVERDUE = Field("overdue", "معوقه", kinds.RIAL, 18)
DAYS_LATE = Field("days_late", "روز دیرکرد", kinds.COUNT, 10)
CLASS = Field("loan_class", "طبقه", choices.LOAN_CLASS, 14)
AGE = Field("age", "سن دیرکرد", choices.AGE, 16)
REVIVED = Field("revived", "واحد احیاشده", kinds.FLAG, 10)
JOBS_COUNTED = Field("jobs_counted", "اشتغال پدیدآمدهٔ واحد (یک بار)", kinds.PEOPLE, 14)
PAID_ON = Field("paid_on", "روز پرداخت بانک", kinds.DAY, 12)  # filters only
RECEIVED_ON = Field("received_on", "روز دریافت قسط", kinds.DAY, 12)
FELL_DUE_ON = Field("fell_due_on", "روز سررسید قسط", kinds.DAY, 12)
JOBS_MADE = Field("jobs_made", "اشتغال پدیدآمده", kinds.PEOPLE, 12)
RIAL_PER_JOB = Field("rial_per_job", "ریال برای هر شغل", kinds.RIAL_EACH, 18)
APPROVED_STANDING = Field("approved_standing", "مصوب معتبر (ریال)", kinds.RIAL, 20)

SHOWN = (UNIT, COUNTY, BANK, STAGE, AMOUNT_APPROVED, PAID, BALANCE, OVERDUE, CLASS, APPLIED_ON)
TABLE = (
    *SHOWN, AMOUNT_ASKED, APPROVED_ON, DAYS_LATE, AGE, DUE, REPAID, JOBS_MADE, RIAL_PER_JOB,
    REVIVED, UNIT_CODE, BRANCH, CONTRACT, PURPOSE, METHOD, RATE, MONTHS, GRACE_MONTHS, GRACE_PROFIT,
    PENALTY_POINTS, INTRODUCED_ON, CONTRACT_ON, FIRST_DUE_ON, REJECTED_ON, WITHDRAWN_ON,
    CONTRACT_NO, SHEBA, GUARANTORS, JOBS_PROMISED, NOTE, ARCHIVED_ON, ARCHIVE_REASON,
)  # fmt: skip
FORM = {
    "درخواست": (UNIT, BANK, BRANCH, AMOUNT_ASKED, PURPOSE, JOBS_PROMISED, APPLIED_ON,
                INTRODUCED_ON),
    "تصویب و قرارداد": (APPROVED_ON, AMOUNT_APPROVED, CONTRACT_ON, CONTRACT_NO, CONTRACT, METHOD,
                        RATE, MONTHS, FIRST_DUE_ON, GRACE_MONTHS, GRACE_PROFIT, PENALTY_POINTS),
    "پایان بی‌پرداخت": (REJECTED_ON, WITHDRAWN_ON),
    "حساب و ضمانت": (SHEBA, GUARANTORS, NOTE),
}  # fmt: skip
CARD = (UNIT, COUNTY, BANK, BRANCH, STAGE, AMOUNT_ASKED, AMOUNT_APPROVED, PAID, BALANCE, OVERDUE,
        DAYS_LATE, CLASS, APPLIED_ON, APPROVED_ON, CONTRACT_ON, JOBS_PROMISED,
        JOBS_MADE)  # fmt: skip
REPORT = (
    UNIT_CODE, UNIT, COUNTY, BANK, BRANCH, STAGE, PURPOSE, AMOUNT_ASKED, AMOUNT_APPROVED,
    APPROVED_STANDING, PAID, DUE, REPAID, BALANCE, OVERDUE, CLASS, AGE, METHOD, RATE, MONTHS,
    APPLIED_ON, INTRODUCED_ON, APPROVED_ON, CONTRACT_ON, REJECTED_ON, WITHDRAWN_ON,
    JOBS_PROMISED, JOBS_COUNTED, REVIVED,
)  # fmt: skip

NUMBER = Field.of(Tranche.number, "مرحله", kinds.COUNT, 8)
DAY = Field.of(Tranche.day, "روز پرداخت", kinds.DAY, 12)
AMOUNT = Field.of(Tranche.amount, "مبلغ پرداخت", kinds.RIAL, 20)
VISIT = Field.of(Tranche.visit_id, "پایش پیش از پرداخت", kinds.link("visit"), 26)
TRANCHE_TABLE = (NUMBER, DAY, AMOUNT, VISIT)
TRANCHE_FORM = {"": (DAY, AMOUNT, VISIT)}

PAYMENT_DAY = Field.of(Payment.day, "روز پرداخت", kinds.DAY, 12)
PAYMENT_AMOUNT = Field.of(Payment.amount, "مبلغ", kinds.RIAL, 20)
RECEIPT_NO = Field.of(Payment.receipt_no, "شمارهٔ رسید", kinds.REFERENCE, 16)
SETTLES = Field.of(Payment.settles, "تسویهٔ کامل", kinds.FLAG, 12)
KEEPS_CREDIT = Field.of(Payment.keeps_credit, "مازاد، بستانکار بماند", kinds.FLAG, 16)
PAYMENT_NOTE = Field.of(Payment.note, "توضیح", kinds.NOTE, 40)
PAYMENT_TABLE = (PAYMENT_DAY, PAYMENT_AMOUNT, RECEIPT_NO, SETTLES, PAYMENT_NOTE)
PAYMENT_FORM = {"": (PAYMENT_DAY, PAYMENT_AMOUNT, RECEIPT_NO, SETTLES, KEEPS_CREDIT, PAYMENT_NOTE)}

WAIVER_DAY = Field.of(Waiver.day, "روز بخشودگی", kinds.DAY, 12)
WAIVER_AMOUNT = Field.of(Waiver.amount, "وجه التزام بخشوده", kinds.RIAL, 20)
WAIVER_REASON = Field.of(Waiver.reason, "دلیل", kinds.TEXT, 40)
WAIVER_TABLE = (WAIVER_DAY, WAIVER_AMOUNT, WAIVER_REASON)
WAIVER_FORM = {"": WAIVER_TABLE}

SINCE = Field.of(Rescheduling.since, "روز امهال", kinds.DAY, 12)
NEW_METHOD = Field.of(Rescheduling.method, "روش قسط‌بندی", choices.METHOD, 20)
NEW_RATE = Field.of(Rescheduling.rate, "نرخ سالانه", kinds.RATE, 10)
NEW_MONTHS = Field.of(Rescheduling.months, "مدت بازپرداخت", kinds.MONTHS, 10)
NEW_FIRST_DUE_ON = Field.of(Rescheduling.first_due_on, "روز نخستین قسط", kinds.DAY, 12)
NEW_GRACE_MONTHS = Field.of(Rescheduling.grace_months, "دورهٔ تنفس", kinds.MONTHS, 10)
NEW_GRACE_PROFIT = Field.of(Rescheduling.grace_profit, "سود دورهٔ تنفس", choices.GRACE_PROFIT, 16)
NEW_POINTS = Field.of(Rescheduling.penalty_points, "افزودهٔ دیرکرد", kinds.RATE, 10)
NEW_PRINCIPAL = Field.of(Rescheduling.principal, "اصل امهال‌شده", kinds.RIAL, 20)
CARRIED = Field.of(Rescheduling.carried, "سود مانده از پیش", kinds.RIAL, 20)
NEW_REASON = Field.of(Rescheduling.reason, "دلیل", kinds.TEXT, 40)
RESCHEDULING_FORM = {
    "": (SINCE, NEW_METHOD, NEW_RATE, NEW_MONTHS, NEW_FIRST_DUE_ON, NEW_GRACE_MONTHS,
         NEW_GRACE_PROFIT, NEW_POINTS, NEW_REASON)
}  # fmt: skip

# An instalment as the bank's own paper has it
INSTALMENT_NUMBER = Field.of(Correction.number, "قسط", kinds.COUNT, 6)
DUE_ON = Field.of(Correction.due_on, "روز سررسید", kinds.DAY, 12)
PRINCIPAL = Field.of(Correction.principal, "اصل", kinds.RIAL, 20)
PROFIT = Field.of(Correction.profit, "سود یا کارمزد", kinds.RIAL, 20)
CORRECTION_FORM = {"": (DUE_ON, PRINCIPAL, PROFIT)}

CALL_DAY = Field.of(Call.day, "روز تماس", kinds.DAY, 12)
SPOKE_TO = Field.of(Call.spoke_to, "گفت‌وگو با", kinds.TEXT, 20)
AGAIN_ON = Field.of(Call.again_on, "تماس دوباره", kinds.DAY, 12)
CALL_NOTE = Field.of(Call.note, "توضیح", kinds.NOTE, 40)
CALL_TABLE = (CALL_DAY, SPOKE_TO, AGAIN_ON, CALL_NOTE)
CALL_FORM = {"": CALL_TABLE}
