"""What is worked out of a loan's instalments and payments, and the tables that show it."""

from __future__ import annotations

from dataclasses import replace

from desktop import choices, kinds
from desktop.fields import Field
from desktop.loans import fields
from desktop.pages.schedule import DUE_ON, NUMBER, PRINCIPAL, PROFIT, TOTAL

OFF_DAY = Field("off_day", "تعطیل", kinds.TEXT, 10)
PAID = Field("paid", "پرداخت‌شده", kinds.RIAL, 12)
LEFT = Field("left", "مانده", kinds.RIAL, 12)
DAYS_LATE = Field("days_late", "دیرکرد (روز)", kinds.ORDINAL, 9)
CLASS = Field("loan_class", "طبقه", choices.LOAN_CLASS, 14)
PENALTY = Field("penalty", "وجه التزام", kinds.RIAL, 12)
PASSED_ON = Field("passed_on", "امهال‌شده", kinds.RIAL, 12)
FELL_AWAY = Field("fell_away", "سود بخشیده", kinds.RIAL, 12)
BY_PAPER = Field("by_paper", "برگهٔ بانک", kinds.FLAG, 9)
# Those at the end are shown where one of the instalments has them.
NOW_AND_THEN = (PASSED_ON, FELL_AWAY, BY_PAPER)
SCHEDULE = (
    NUMBER, DUE_ON, OFF_DAY, TOTAL, PAID, LEFT, DAYS_LATE, CLASS, PENALTY, PRINCIPAL, PROFIT,
    *NOW_AND_THEN,
)  # fmt: skip

TO_PRINCIPAL = Field("principal", "از اصل", kinds.RIAL, 12)
TO_PROFIT = Field("profit", "از سود", kinds.RIAL, 12)
TO_PENALTY = Field("penalty", "از وجه التزام", kinds.RIAL, 12)
CREDIT = Field("credit", "بستانکاری", kinds.RIAL, 12)
PLAN = Field("plan", "جدول", kinds.TEXT, 10)
PAYMENTS = (
    fields.PAYMENT_DAY, replace(fields.PAYMENT_AMOUNT, width=14), fields.RECEIPT_NO, TO_PROFIT,
    TO_PRINCIPAL, TO_PENALTY, CREDIT, fields.SETTLES, fields.PAYMENT_NOTE,
)  # fmt: skip
RARE_IN_PAYMENTS = (fields.RECEIPT_NO, TO_PENALTY, CREDIT, fields.SETTLES, fields.PAYMENT_NOTE)
SETTLED = (NUMBER, DUE_ON, TO_PROFIT, TO_PRINCIPAL, TO_PENALTY, PLAN)
RENEWALS = (
    fields.SINCE, replace(fields.NEW_METHOD, width=22), replace(fields.NEW_RATE, width=8),
    replace(fields.NEW_MONTHS, width=8), fields.NEW_FIRST_DUE_ON,
    replace(fields.NEW_PRINCIPAL, width=14), replace(fields.CARRIED, width=13), fields.NEW_REASON,
)  # fmt: skip
