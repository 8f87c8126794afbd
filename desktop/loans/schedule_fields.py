"""What is worked out of a loan's instalments and payments, and the tables that show it."""

from __future__ import annotations

from desktop import choices, kinds
from desktop.fields import Field
from desktop.loans import fields

NUMBER = Field("number", "قسط", kinds.COUNT, 6)
DUE_ON = Field("due_on", "سررسید", kinds.DAY, 12)
OFF_DAY = Field("off_day", "تعطیل", kinds.TEXT, 9)
PRINCIPAL = Field("principal", "اصل", kinds.RIAL, 12)
PROFIT = Field("profit", "سود یا کارمزد", kinds.RIAL, 12)
TOTAL = Field("total", "قسط", kinds.RIAL, 12)
PAID = Field("paid", "پرداخت‌شده", kinds.RIAL, 12)
LEFT = Field("left", "مانده", kinds.RIAL, 12)
DAYS_LATE = Field("days_late", "روز دیرکرد", kinds.COUNT, 8)
CLASS = Field("loan_class", "طبقه", choices.LOAN_CLASS, 11)
PENALTY = Field("penalty", "وجه التزام", kinds.RIAL, 12)
BY_PAPER = Field("by_paper", "برگهٔ بانک", kinds.FLAG, 8)
SCHEDULE = (
    NUMBER, DUE_ON, OFF_DAY, PRINCIPAL, PROFIT, TOTAL, PAID, LEFT, DAYS_LATE, CLASS, PENALTY,
    BY_PAPER,
)  # fmt: skip

TO_PRINCIPAL = Field("principal", "از اصل", kinds.RIAL, 14)
TO_PROFIT = Field("profit", "از سود", kinds.RIAL, 14)
TO_PENALTY = Field("penalty", "از وجه التزام", kinds.RIAL, 14)
CREDIT = Field("credit", "بستانکاری", kinds.RIAL, 14)
PAYMENTS = (
    fields.PAYMENT_DAY, fields.PAYMENT_AMOUNT, fields.RECEIPT_NO, TO_PRINCIPAL, TO_PROFIT,
    TO_PENALTY, CREDIT, fields.SETTLES,
)  # fmt: skip
