"""The columns of the portfolio's tables: in millions of rial on the screen, whole on a sheet."""

from __future__ import annotations

from dataclasses import replace

from desktop import kinds
from desktop.fields import Field

WHOLE = 21  # characters of an amount
NAME = Field("name", "", kinds.TEXT, 18)
LOANS = Field("loans", "فقره", kinds.COUNT, 6)
APPROVED = Field("approved", "مصوب", kinds.RIAL, 11)
PAID_OUT = Field("paid_out", "پرداخت‌شده", kinds.RIAL, 11)
DUE = Field("due", "سررسیدشده", kinds.RIAL, 11)
COLLECTED = Field("collected", "وصول از آن", kinds.RIAL, 11)
RATE = Field("rate", "نرخ وصول", kinds.PERCENT, 8)
OVERDUE = Field("overdue", "معوقه", kinds.RIAL, 11)
REPAID = Field("repaid", "بازپرداخت‌شده", kinds.RIAL, 12)
OUTSTANDING = Field("outstanding", "مانده", kinds.RIAL, 11)
LATE = Field("late", "دارای معوقه", kinds.COUNT, 9)
SHARES = (NAME, LOANS, APPROVED, PAID_OUT, DUE, COLLECTED, RATE, OVERDUE, OUTSTANDING)
SHARE_SHEET = (*SHARES, REPAID, LATE)

CLASS = Field("loan_class", "طبقه", kinds.TEXT, 16)
MOVED = Field("moved", "در این طبقه", kinds.RIAL, 11)
AGES = (replace(NAME, width=22), CLASS, LOANS, OVERDUE, OUTSTANDING, MOVED)

RECEIVED = Field("received", "دریافتی ماه", kinds.RIAL, 11)
MONTHS = (replace(NAME, width=14), APPROVED, PAID_OUT, DUE, COLLECTED, RATE, OVERDUE, RECEIVED)

INSTALMENTS = Field("instalments", "قسط", kinds.COUNT, 7)
LEFT = Field("left", "ماندهٔ قسط‌ها", kinds.RIAL, 12)
INFLOW = (NAME, INSTALMENTS, LEFT)

UNITS = Field("units", "واحد", kinds.COUNT, 6)
PROMISED = Field("promised", "اشتغال تعهدشده", kinds.PEOPLE, 11)
SEEN = Field("seen", "پایش‌شده", kinds.COUNT, 8)
MADE = Field("made", "اشتغال پدیدآمده", kinds.PEOPLE, 11)
PER_JOB = Field("rial_per_job", "ریال برای هر شغل", kinds.RIAL_EACH, 13)
LOST = Field("lost", "احیانشده (فقره)", kinds.COUNT, 9)
LOST_PAID = Field("lost_paid_out", "پرداختی احیانشده", kinds.RIAL, 12)
JOBS = (NAME, UNITS, LOANS, PAID_OUT, PROMISED, SEEN, MADE, PER_JOB, LOST, LOST_PAID)


def short(fields: tuple[Field, ...], name: str) -> tuple[Field, ...]:
    """As the screen has room for them; `name` heads the first. What a job cost is told whole."""
    return tuple(
        replace(field, kind=kinds.MILLIONS) if field.kind is kinds.RIAL else field
        for field in named(fields, name)
    )


def whole(fields: tuple[Field, ...], name: str) -> tuple[Field, ...]:
    """As a sheet has them, with room for every rial."""
    amounts = (kinds.RIAL, kinds.RIAL_EACH)
    return tuple(
        replace(field, width=WHOLE) if field.kind in amounts else field
        for field in named(fields, name)
    )


def named(fields: tuple[Field, ...], name: str) -> tuple[Field, ...]:
    """With a word over the names."""
    return (replace(fields[0], label=name), *fields[1:])
