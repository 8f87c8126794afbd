"""Every field of a loan and of its tranches, and which of them each screen shows, in order."""

from __future__ import annotations

from db.models.loan import Loan
from db.models.tranche import Tranche
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
APPROVED_STANDING = Field("approved_standing", "مصوب معتبر (ریال)", kinds.RIAL, 20)

SHOWN = (UNIT, COUNTY, BANK, STAGE, AMOUNT_ASKED, AMOUNT_APPROVED, PAID, APPLIED_ON, APPROVED_ON)
TABLE = (
    *SHOWN, UNIT_CODE, BRANCH, CONTRACT, PURPOSE, METHOD, RATE, MONTHS, GRACE_MONTHS, GRACE_PROFIT,
    PENALTY_POINTS, INTRODUCED_ON, CONTRACT_ON, REJECTED_ON, WITHDRAWN_ON, CONTRACT_NO, SHEBA,
    GUARANTORS, JOBS_PROMISED, NOTE, ARCHIVED_ON, ARCHIVE_REASON,
)  # fmt: skip
FORM = {
    "درخواست": (UNIT, BANK, BRANCH, AMOUNT_ASKED, PURPOSE, JOBS_PROMISED, APPLIED_ON,
                INTRODUCED_ON),
    "تصویب و قرارداد": (APPROVED_ON, AMOUNT_APPROVED, CONTRACT_ON, CONTRACT_NO, CONTRACT, METHOD,
                        RATE, MONTHS, GRACE_MONTHS, GRACE_PROFIT, PENALTY_POINTS),
    "پایان بی‌پرداخت": (REJECTED_ON, WITHDRAWN_ON),
    "حساب و ضمانت": (SHEBA, GUARANTORS, NOTE),
}  # fmt: skip
CARD = (UNIT, COUNTY, BANK, BRANCH, STAGE, AMOUNT_ASKED, AMOUNT_APPROVED, PAID, APPLIED_ON,
        APPROVED_ON, CONTRACT_ON, JOBS_PROMISED)  # fmt: skip
REPORT = (
    UNIT_CODE, UNIT, COUNTY, BANK, BRANCH, STAGE, PURPOSE, AMOUNT_ASKED, AMOUNT_APPROVED,
    APPROVED_STANDING, PAID, RATE, MONTHS, APPLIED_ON, INTRODUCED_ON, APPROVED_ON, CONTRACT_ON,
    REJECTED_ON, WITHDRAWN_ON, JOBS_PROMISED,
)  # fmt: skip

NUMBER = Field.of(Tranche.number, "مرحله", kinds.COUNT, 8)
DAY = Field.of(Tranche.day, "روز پرداخت", kinds.DAY, 12)
AMOUNT = Field.of(Tranche.amount, "مبلغ پرداخت", kinds.RIAL, 20)
TRANCHE_TABLE = (NUMBER, DAY, AMOUNT)
TRANCHE_FORM = {"": (DAY, AMOUNT)}
