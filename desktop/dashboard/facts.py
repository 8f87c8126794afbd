"""The figures as they are read: value, unit, remark, reason when unknown, and the door behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from db.calendar import long_jalali, month_title
from db.text import grouped, short_toman
from desktop import outlook
from desktop.dashboard import doors
from desktop.widgets.figure import UNKNOWN, WAITING

if TYPE_CHECKING:
    from db.queries.field import FieldFigures
    from db.queries.progress import Figures
    from desktop.widgets.frame import Door

LABELS: Final = {
    "remaining": "مانده تا هدف",
    "days_left": "روزهای مانده",
    "pace": "آهنگ در هر ۳۰ روز",
    "forecast": "پیش‌بینی",
    "claimed": "احیای اعلام‌شده",
    "counted": "احیای شمرده‌شده",
    "sustained": "احیای پایدار",
    "running": "همچنان در حال کار",
    "jobs": "اشتغال مستقیم",
    "units": "واحدهای ثبت‌شده",
    "groups": "گروه‌های جهادی",
    "visits": "پایش‌ها",
    "visits_due": "پایش‌های سررسیدشده",
    "obstacles": "مانع‌های باز",
    "actions": "اقدام‌های دیرکرده",
    "exercises": "رزمایش‌ها",
    "median": "از ثبت تا بازگشت",
    "loans": "تسهیلات",
    "approved": "تسهیلات مصوب",
    "paid_out": "پرداخت‌شده",
}
_BRIEF: Final = {  # a reason, as short as a remark must be
    outlook.TOO_EARLY: "از روز مبنا",
    outlook.FIRST_DAY: "از فردای روز مبنا",
    outlook.OVER: "مهلت گذشته است",
    outlook.NOTHING_ADDED: "چیزی افزوده نشده",
    outlook.TOO_FAR: "با این آهنگ، بسیار دور",
    outlook.NONE_COUNTED: "واحدی شمرده نشده",
}


@dataclass(frozen=True)
class Fact:
    """One figure; `tone` colours its remark. `value` is a dash when it is unknown."""

    key: str
    value: str = UNKNOWN
    unit: str = ""
    note: str = ""
    tone: str = ""
    tip: str = ""
    door: Door | None = None

    @property
    def label(self) -> str:
        return LABELS[self.key]

    @property
    def said(self) -> str:
        """The whole of it in one line, for a screen reader."""
        words = f"{self.label}: {self.value} {self.unit}".strip()
        return "؛ ".join(part for part in (words, self.note, self.tip) if part)


def waiting(key: str) -> Fact:
    """Until the figures are there."""
    return Fact(key, WAITING)


def facts(figures: Figures) -> tuple[Fact, ...]:
    """Every figure, in the order it is read."""
    return (
        _remaining(figures),
        _days_left(figures),
        _pace(figures),
        _forecast(figures),
        _claimed(figures),
        _counted(figures),
        _sustained(figures),
        _running(figures),
        _jobs(figures),
        *_loans(figures),
    )


def field_facts(figures: Figures, field: FieldFigures) -> tuple[Fact, ...]:
    """The figures of the field work, in the order they are read."""
    return (
        Fact("visits", grouped(field.visits_done), "پایش", "پذیرفته‌شده", door=doors.VISITS),
        _visits_due(field),
        _obstacles(field),
        _late(field),
        Fact("units", grouped(figures.units), "واحد", "احیاشده و نشده", door=doors.UNITS),
        Fact("groups", grouped(figures.groups), "گروه", "فعال تا این روز", door=doors.GROUPS),
        Fact("exercises", grouped(figures.exercises), "رزمایش", "برگزارشده", door=doors.EXERCISES),
        _median(figures),
    )


def _visits_due(field: FieldFigures) -> Fact:
    due, first = field.visits_due, field.first_visits_due
    note = f"و {grouped(first)} نخستین پایش" if first else "انجام‌نشده تا این روز"
    tone = "warn" if due or first else "good"
    return Fact("visits_due", grouped(due), "پایش", note, tone, door=doors.VISITS_DUE)


def _obstacles(field: FieldFigures) -> Fact:
    note = f"{grouped(field.obstacles_removed)} مانع برداشته شده"
    return Fact("obstacles", grouped(field.obstacles_open), "مانع", note, door=doors.OBSTACLES)


def _late(field: FieldFigures) -> Fact:
    note = f"از {grouped(field.actions_open)} اقدام باز"
    tone = "bad" if field.actions_late else "good"
    return Fact("actions", grouped(field.actions_late), "اقدام", note, tone, door=doors.LATE)


def behind_door(figures: Figures) -> str:
    """What the list of the counted units shows, and what it cannot show."""
    rows = (figures.revived or 0) - figures.baseline_units
    shown = f"نمایش {grouped(rows)} واحد ثبت‌شده"
    if not figures.baseline_units:
        return shown
    return f"{shown}؛ {without_rows(figures)}"


def without_rows(figures: Figures) -> str:
    return f"{grouped(figures.baseline_units)} واحد مبنا ردیف ندارند"


def _unknown(key: str, reason: str) -> Fact:
    return Fact(key, note=_BRIEF[reason], tip=reason)


def _remaining(figures: Figures) -> Fact:
    if figures.remaining is None or figures.percent is None:
        return _unknown("remaining", outlook.TOO_EARLY)
    share = f"{outlook.tenths(figures.percent)} درصد هدف"
    return Fact("remaining", grouped(figures.remaining), "واحد", share)


def _days_left(figures: Figures) -> Fact:
    deadline = long_jalali(figures.deadline)
    if figures.days_left:
        return Fact("days_left", grouped(figures.days_left), "روز", f"تا {deadline}")
    tone = "" if figures.outlook == "reached" else "bad"
    tip = f"مهلت {deadline} بود."
    return Fact("days_left", grouped(0), "روز", _BRIEF[outlook.OVER], tone, tip)


def _pace(figures: Figures) -> Fact:
    kept, needed = figures.pace_per_30_days, figures.required_per_30_days
    if kept is None:
        unknown = _unknown("pace", outlook.why_no_pace(figures))
        return unknown if needed is None else replace(unknown, note=_needed(needed))
    told = f"واحدهای احیاشده در هر ۳۰ روز، از روز مبنا ({long_jalali(figures.baseline_on)})"
    tip = f"{told}؛ {behind_door(figures)}"
    if needed is None:
        note, tone = _BRIEF[outlook.why_nothing_required(figures)], ""
    else:
        note, tone = _needed(needed), "good" if kept >= needed else "warn"
    return Fact("pace", outlook.tenths(kept), "واحد", note, tone, tip, doors.added(figures))


def _needed(per_30_days: float) -> str:
    return f"لازم: {outlook.tenths(per_30_days)}" if per_30_days else "بیش از این لازم نیست"


def _forecast(figures: Figures) -> Fact:
    tone, day = outlook.TONES.get(figures.outlook, ""), figures.forecast_date
    reached = outlook.reached_in(figures)
    if figures.outlook == "reached":
        when = "پیش از مبنا" if reached is None else month_title(reached)
        return Fact("forecast", when, note="هدف به دست آمد", tone=tone)
    if day is not None and figures.outlook in ("on_track", "missed"):
        if figures.outlook == "missed":
            return Fact("forecast", long_jalali(day), note="اگر آهنگ همین بماند")
        return Fact("forecast", long_jalali(day), note="روز رسیدن به هدف", tone=tone)
    if figures.projected_at_deadline is not None:
        if day is None:
            tip = outlook.why_no_forecast(figures)
        else:
            tip = f"هدف با آهنگ کنونی در {long_jalali(day)} به دست می‌آید."
        counted = grouped(figures.projected_at_deadline)
        return Fact("forecast", counted, "واحد", "در روز مهلت", tone, tip)
    return _unknown("forecast", outlook.why_no_forecast(figures))


def _claimed(figures: Figures) -> Fact:
    """Its remark leads to those that are not shown yet, which is what there is to do."""
    if figures.claimed is None or figures.revived is None:
        return _unknown("claimed", outlook.TOO_EARLY)
    waiting = figures.claimed - figures.revived
    if not waiting:
        return Fact("claimed", grouped(figures.claimed), "واحد", "همه گواه دارند", "good",
                    door=doors.CLAIMED)  # fmt: skip
    tip = f"نمایش {grouped(waiting)} واحدی که گواه احیایشان کامل نیست"
    return Fact("claimed", grouped(figures.claimed), "واحد", f"{grouped(waiting)} بی گواه کامل",
                "warn", tip, doors.UNPROVEN)  # fmt: skip


def _counted(figures: Figures) -> Fact:
    if figures.revived is None:
        return _unknown("counted", outlook.TOO_EARLY)
    tip = f"احیایی که گواه آن کامل است؛ {behind_door(figures)}"
    return Fact("counted", grouped(figures.revived), "واحد", "با گواه کامل", tip=tip,
                door=doors.counted())  # fmt: skip


def _sustained(figures: Figures) -> Fact:
    if figures.sustained is None:
        return _unknown("sustained", outlook.TOO_EARLY)
    tip = "واحدهایی که پایش‌های پس از احیا، ماه‌های خواسته‌شده را گواهی می‌دهد"
    if figures.baseline_units:
        tip = f"{tip}؛ {without_rows(figures)} و در این عدد نیستند"
    return Fact("sustained", grouped(figures.sustained), "واحد", "پایش‌ها گواهی می‌دهد", tip=tip,
                door=doors.SUSTAINED)  # fmt: skip


def _median(figures: Figures) -> Fact:
    if figures.median_days is None:
        return _unknown("median", outlook.why_no_median(figures))
    tip = f"نیمی از واحدهای شمرده‌شده زودتر و نیمی دیرتر بازگشته‌اند؛ {behind_door(figures)}"
    return Fact("median", outlook.tenths(figures.median_days), "روز", "میانهٔ واحدها", tip=tip,
                door=doors.counted())  # fmt: skip


def _running(figures: Figures) -> Fact:
    if figures.running is None or figures.revived is None:
        return _unknown("running", outlook.TOO_EARLY)
    stopped = figures.revived - figures.running
    note = f"{grouped(stopped)} بازایستاده" if stopped else "بی توقف دوباره"
    rows = figures.running - figures.baseline_units
    tip = f"نمایش {grouped(rows)} واحد ثبت‌شده"
    if figures.baseline_units:
        tip = f"{tip}؛ {without_rows(figures)} و در حال کار شمرده شده‌اند"
    tone = "warn" if stopped else ""
    return Fact("running", grouped(figures.running), "واحد", note, tone, tip, doors.RUNNING)


def _jobs(figures: Figures) -> Fact:
    if figures.direct_jobs is None:
        return _unknown("jobs", outlook.TOO_EARLY)
    tip = f"شاغلان مبنا و افزودهٔ واحدهای احیاشده؛ {behind_door(figures)}"
    jobs = grouped(figures.direct_jobs)
    return Fact("jobs", jobs, "نفر", "مبنا و افزوده", tip=tip, door=doors.counted())


def _loans(figures: Figures) -> tuple[Fact, ...]:
    loans = figures.loans
    approved, paid = short_toman(loans.approved), short_toman(loans.paid_out)
    return (
        Fact("loans", grouped(loans.count), "فقره", "همهٔ درخواست‌ها", door=doors.LOANS),
        Fact(
            "approved", grouped(loans.approved), "ریال", approved, door=doors.APPROVED,
            tip="بی آن‌ها که رد شده‌اند یا انصراف داده‌اند",
        ),
        Fact("paid_out", grouped(loans.paid_out), "ریال", paid, door=doors.PAID),
    )  # fmt: skip
