"""The figures of the programme for other programs (JSON) and for a terminal. No Qt, no openpyxl."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import calendar, text
from desktop import kinds

if TYPE_CHECKING:
    from datetime import date

    from db.check import Health
    from db.queries.field import FieldFigures
    from db.queries.progress import Figures


def as_json(figures: Figures, field: FieldFigures) -> dict[str, Any]:
    """The figures by the names others call: days as Jalali text, unknown as None.

    Both are of one day; later names come after those that were there before.
    """
    sums = figures.loans
    return {
        "as_of": calendar.to_jalali(figures.as_of),
        "target": figures.target,
        "revived": figures.revived,
        "claimed": figures.claimed,
        "sustained": figures.sustained,
        "running": figures.running,
        "remaining": figures.remaining,
        "percent": figures.percent,
        "days_left": figures.days_left,
        "required_per_30_days": figures.required_per_30_days,
        "pace_per_30_days": figures.pace_per_30_days,
        "projected_at_deadline": figures.projected_at_deadline,
        "forecast_date": _jalali(figures.forecast_date),
        "direct_jobs": figures.direct_jobs,
        "groups": figures.groups,
        "exercises": figures.exercises,
        "loans": {
            "count": sums.count,
            "approved": sums.approved,
            "paid_out": sums.paid_out,
            **field.owed._asdict(),
        },
        "median_days_to_revival": figures.median_days,
        "stages": dict(figures.stages),
        "visits": {
            "done": field.visits_done,
            "due": field.visits_due,
            "first_due": field.first_visits_due,
        },
        "obstacles": {"open": field.obstacles_open, "removed": field.obstacles_removed},
        "actions": {"open": field.actions_open, "late": field.actions_late},
    }


def _jalali(day: date | None) -> str | None:
    return None if day is None else calendar.to_jalali(day)


def lines(figures: Figures, field: FieldFigures) -> str:
    """A few lines in Persian for whoever asks on a terminal."""
    told = (
        ("تا پایان", calendar.long_jalali(figures.as_of)),
        ("احیای شمرده‌شده", _shown(figures.revived)),
        ("احیای اعلام‌شده", _shown(figures.claimed)),
        ("احیای پایدار", _shown(figures.sustained)),
        ("هدف", _shown(figures.target)),
        ("مانده", _shown(figures.remaining)),
        ("در حال کار", _shown(figures.running)),
        ("روز مانده", _shown(figures.days_left)),
        ("لازم در هر ۳۰ روز", _shown(figures.required_per_30_days)),
        ("آهنگ در هر ۳۰ روز", _shown(figures.pace_per_30_days)),
        ("پیش‌بینی در مهلت", _shown(figures.projected_at_deadline)),
        ("روز رسیدن به هدف", _shown(figures.forecast_date)),
        ("اشتغال مستقیم", _shown(figures.direct_jobs)),
        ("پایش‌های پذیرفته‌شده", _shown(field.visits_done)),
        ("پایش‌های سررسیدشده", _shown(field.visits_due + field.first_visits_due)),
        ("مانع‌های باز", _shown(field.obstacles_open)),
        ("اقدام‌های دیرکرده", _shown(field.actions_late)),
        ("تسهیلات مصوب (ریال)", _shown(figures.loans.approved)),
        ("تسهیلات پرداخت‌شده (ریال)", _shown(figures.loans.paid_out)),
    )
    return "\n".join(f"{label}: {value}" for label, value in told)


def health_lines(health: Health) -> str:
    """What the check of a file found, a line each, in Persian."""
    if health.is_damaged:
        return "صفحه‌های پرونده: آسیب دیده است؛ نسخهٔ پشتیبان را باز کنید."
    wrong = "جور نیست"
    lines = [
        "صفحه‌های پرونده: درست است.",
        "پیوند ردیف‌ها: درست است."
        if not health.links
        else f"پیوند ردیف‌ها: {text.grouped(health.links)} پیوند {wrong}.",
        "زنجیرهٔ تاریخچه: درست است."
        if health.history is None
        else f"زنجیرهٔ تاریخچه: از تغییر شمارهٔ {text.grouped(health.history)} دست خورده است.",
        "مرحلهٔ واحدها: درست است."
        if not health.standings
        else f"مرحلهٔ واحدها: {text.grouped(len(health.standings))} واحد با ردیف‌هایش {wrong}.",
        "قسط‌ها و ماندهٔ تسهیلات: درست است."
        if not health.loans
        else f"قسط‌ها و ماندهٔ تسهیلات: {text.grouped(len(health.loans))} تسهیلات با "
        f"ردیف‌هایش {wrong}.",
        "اسناد: درست است."
        if not health.contents
        else f"اسناد: بایت‌های {text.grouped(len(health.contents))} پرونده دگرگون شده است.",
    ]
    return "\n".join(lines)


def _shown(value: float | date | None) -> str:
    if value is None:
        return "—"
    if isinstance(value, int):
        return text.grouped(value)
    if isinstance(value, float):
        return kinds.PERCENT.show(value).removesuffix("٪")
    return calendar.to_persian_date(value)
