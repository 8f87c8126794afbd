"""The figures over the portfolio's tables: value, unit, remark, and the rows behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from db.rules.arrears import CLASSES
from db.text import grouped, short_toman
from desktop.kinds import show_decimal
from desktop.portfolio.rows import EVER
from desktop.widgets.figure import UNKNOWN, WAITING
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from db.queries.jobs import JobSums
    from db.queries.portfolio import Portfolio

LABELS: Final = {
    "outstanding": "مانده",
    "overdue": "معوقه",
    "rate": "نرخ وصول",
    "doubtful": "مشکوک‌الوصول",
    "approved": "مصوب",
    "paid_out": "پرداخت‌شده",
    "due": "سررسیدشده",
    "repaid": "بازپرداخت‌شده",
    "promised": "اشتغال تعهدشده",
    "made": "اشتغال پدیدآمده",
    "per_job": "ریال برای هر شغل",
    "lost": "پول رفته، واحد احیا نشده",
}
GROUPS: Final = (
    (("outstanding", 3), ("overdue", 3), ("rate", 2), ("doubtful", 3)),
    (("approved", 3), ("paid_out", 3), ("due", 3), ("repaid", 3)),
    (("promised", 2), ("made", 2), ("per_job", 3), ("lost", 3)),
)
NOTHING_DUE: Final = "هنوز قسطی سررسید نشده است"
NO_FOLLOW_UP: Final = "هنوز پایش پس از احیایی نیست"
NO_JOB: Final = "هنوز شغلی پدید نیامده است"
NOTHING_LENT: Final = "هنوز پرداختی نیست"
_ALL: Final = Door("loans", {"loan_class": list(CLASSES)})


@dataclass(frozen=True)
class Fact:
    """As `desktop.widgets.figure` asks for it."""

    key: str
    value: str = UNKNOWN
    unit: str = ""
    note: str = ""
    tone: str = ""
    tip: str = ""
    door: Door | None = field(default=None, hash=False)

    @property
    def label(self) -> str:
        return LABELS[self.key]

    @property
    def said(self) -> str:
        words = f"{self.label}: {self.value} {self.unit}".strip()
        return "؛ ".join(part for part in (words, self.note, self.tip) if part)


def waiting(key: str) -> Fact:
    """Until the figures are there."""
    return Fact(key, WAITING)


def facts(found: Portfolio) -> tuple[Fact, ...]:
    """The figures of the loans, in the order they are read."""
    sums = found.sums
    return (
        _rial("outstanding", sums.outstanding, _ALL, "اصل و سود پرداخت‌نشده، سررسیدشده یا نه"),
        _overdue(found),
        _rate(found),
        _doubtful(found),
        _rial("approved", sums.approved, Door("loans", {"standing": True}),
              "بی آن‌ها که رد شده‌اند یا انصراف داده‌اند"),
        _rial("paid_out", sums.paid_out, Door("loans", {"has_paid": True}), "همهٔ پرداخت‌های بانک"),
        _rial("due", sums.due, Door("loans", {"fell_due_on": EVER}),
              "قسط‌هایی که پیش از این روز باید پرداخت می‌شد، به برنامهٔ کنونی هر تسهیلات"),
        _rial("repaid", sums.repaid, Door("loans", {"received_on": EVER}),
              "اصل و سودی که بازگشته است، بی وجه التزام"),
    )  # fmt: skip


def job_facts(sums: JobSums) -> tuple[Fact, ...]:
    """Of the units whose loans were paid out."""
    lent = Door("loans", {"has_paid": True})
    if not sums.loans:
        return tuple(Fact(key, note=NOTHING_LENT) for key, _ in GROUPS[-1])
    return (
        Fact("promised", grouped(sums.promised), "نفر", f"{grouped(sums.units)} واحد وام‌گرفته",
             door=lent),
        _made(sums, lent),
        _per_job(sums, lent),
        _lost(sums),
    )  # fmt: skip


def _rial(key: str, amount: int, door: Door, tip: str) -> Fact:
    return Fact(key, grouped(amount), "ریال", short_toman(amount), tip=tip, door=door)


def _overdue(found: Portfolio) -> Fact:
    overdue, late = found.sums.overdue, found.sums.late
    tip = f"آنچه پیش از این روز باید پرداخت می‌شد و نشده است؛ {grouped(late)} تسهیلات"
    note = short_toman(overdue) if overdue else "هیچ قسطی پس نیفتاده است"
    tone = "bad" if overdue else "good"
    return Fact("overdue", grouped(overdue), "ریال", note, tone, tip, Door("loans", _BEHIND))


_BEHIND: Final[dict[str, Any]] = {"behind": True}


def _rate(found: Portfolio) -> Fact:
    rate = found.sums.rate
    if rate is None:
        return Fact("rate", note=NOTHING_DUE)
    note = f"وصول {short_toman(found.sums.collected)}"
    tip = f"وصول‌شده {grouped(found.sums.collected)} از {grouped(found.sums.due)} ریال سررسیدشده"
    door = Door("loans", {"fell_due_on": EVER})
    return Fact("rate", show_decimal(Decimal(str(rate))), "درصد", note, tip=tip, door=door)


def _doubtful(found: Portfolio) -> Fact:
    share = next((each.sums for each in found.classes if each.key == "doubtful"), None)
    amount, loans = (share.outstanding, share.loans) if share else (0, 0)
    door = Door("loans", {"loan_class": ["doubtful"]})
    return Fact("doubtful", grouped(amount), "ریال", f"{grouped(loans)} تسهیلات",
                "bad" if loans else "", "همهٔ ماندهٔ آن‌ها: بیش از ۱۸ ماه دیرکرد", door)  # fmt: skip


def _made(sums: JobSums, door: Door) -> Fact:
    if not sums.seen:
        return Fact("made", note=NO_FOLLOW_UP)
    enough = sums.made >= sums.seen_promised
    tip = (
        f"واپسین پایش پس از احیای هر واحد، افزون بر شاغلان هنگام شناسایی؛ "
        f"{grouped(sums.seen)} واحد پایش‌شده {grouped(sums.seen_promised)} نفر تعهد کرده‌اند"
    )
    note = f"از {grouped(sums.seen_promised)} تعهد پایش‌شده‌ها"
    return Fact("made", grouped(sums.made), "نفر", note, "good" if enough else "warn", tip, door)


def _per_job(sums: JobSums, door: Door) -> Fact:
    each = sums.rial_per_job
    if each is None:
        return Fact("per_job", note=NO_JOB if sums.seen else NO_FOLLOW_UP)
    tip = "پرداختی واحدهای پایش‌شده، بر شغل‌هایی که پدید آورده‌اند"
    return Fact("per_job", grouped(each), "ریال", short_toman(each), tip=tip, door=door)


def _lost(sums: JobSums) -> Fact:
    tip = "تسهیلاتی که پرداخت شده و واحد آن هنوز احیای شمرده‌شده ندارد"
    note = short_toman(sums.lost_paid_out) if sums.lost else "همه احیا شده‌اند"
    tone = "warn" if sums.lost else "good"
    door = Door("loans", {"not_revived": True})
    return Fact("lost", grouped(sums.lost), "فقره", note, tone, tip, door)
