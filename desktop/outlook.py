"""Where the programme stands, in words: the same on the dashboard, in the report, in a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from db.calendar import long_jalali, month_of, month_title
from db.text import grouped
from desktop.kinds import show_decimal

if TYPE_CHECKING:
    from db.queries.progress import Figures

NO_UNITS: Final = "هنوز واحدی ثبت نشده است."
NO_UNITS_BY_THEN: Final = "تا این روز واحدی ثبت نشده بود."
TOO_EARLY: Final = "پیش از روز مبنا شمرده نمی‌شود."
FIRST_DAY: Final = "هنوز روزی از مبنا نگذشته است."
NOTHING_ADDED: Final = "از روز مبنا واحدی افزوده نشده است."
REACHED: Final = "هدف به دست آمده است."
NONE_COUNTED: Final = "هنوز واحدی با گواه کامل شمرده نشده است."
OVER: Final = "مهلت گذشته است."
TOO_FAR: Final = "با این آهنگ، روزی دورتر از تقویم برنامه است."

TONES: Final = {"reached": "good", "on_track": "good", "behind": "warn", "no_pace": "warn",
                "missed": "bad"}  # fmt: skip


@dataclass(frozen=True)
class Sentences:
    """`how_far` is the headline, `outlook` what follows from it; `tone` good, warn, bad or none."""

    how_far: str
    outlook: str
    tone: str


def sentences(figures: Figures) -> Sentences:
    """What the figures say; each `figures.outlook` has words of its own."""
    outlook = _OUTLOOKS[figures.outlook](figures)
    return Sentences(_how_far(figures), outlook, TONES.get(figures.outlook, ""))


def tenths(value: float) -> str:
    """A measured number with one decimal at most: «۵۳٫۵»."""
    return show_decimal(round(Decimal(str(value)), 1))


def reached_in(figures: Figures) -> tuple[int, int] | None:
    """The Jalali (year, month) in which the target was reached; None if not, or by the baseline."""
    if figures.reached_before >= figures.target:
        return None
    by_then = ((of.year, of.month) for of in figures.months if of.total >= figures.target)
    return next(by_then, None)


def why_no_median(figures: Figures) -> str:
    return TOO_EARLY if figures.revived is None else NONE_COUNTED


def why_no_pace(figures: Figures) -> str:
    return TOO_EARLY if figures.revived is None else FIRST_DAY


def why_nothing_required(figures: Figures) -> str:
    return TOO_EARLY if figures.remaining is None else OVER


def why_no_forecast(figures: Figures) -> str:
    """Why there is no day on which the target would be reached."""
    if figures.pace_per_30_days is None:
        return why_no_pace(figures)
    return TOO_FAR if figures.pace_per_30_days > 0 else NOTHING_ADDED


def _how_far(figures: Figures) -> str:
    if figures.revived is None:
        return f"شمارش از روز مبنا، {long_jalali(figures.baseline_on)}، آغاز می‌شود"
    counted = f"{grouped(figures.revived)} از {grouped(figures.target)} واحد"
    left = f"{grouped(figures.remaining or 0)} واحد"
    if figures.outlook == "reached":
        return f"{counted}؛ هدف به دست آمد"
    if figures.outlook == "missed":
        return f"{counted}؛ مهلت گذشت و {left} ماند"
    return f"{counted}؛ {left} تا {long_jalali(figures.deadline)}"


def _before_baseline(_: Figures) -> str:
    return "پیش از آن چیزی برای شمردن نیست؛ «تا تاریخ» را روزی پس از روز مبنا بگذارید."


def _not_started(_: Figures) -> str:
    return "این روز، روز مبناست؛ آهنگ از فردای آن سنجیده می‌شود."


def _no_pace(figures: Figures) -> str:
    since = f"از روز مبنا ({long_jalali(figures.baseline_on)}) واحدی افزوده نشده است"
    if figures.required_per_30_days is None:
        return f"{since}."
    return f"{since}؛ تا مهلت، هر ۳۰ روز {tenths(figures.required_per_30_days)} واحد لازم است."


def _on_track(figures: Figures) -> str:
    if figures.forecast_date is None:
        return "با آهنگ کنونی هدف تا مهلت به دست می‌آید."
    early = (figures.deadline - figures.forecast_date).days
    when = f"{grouped(early)} روز پیش از مهلت" if early else "همان روز مهلت"
    return f"با آهنگ کنونی هدف در {long_jalali(figures.forecast_date)} به دست می‌آید، {when}."


def _behind(figures: Figures) -> str:
    short = grouped(figures.target - (figures.projected_at_deadline or 0))
    told = f"با آهنگ کنونی تا مهلت {short} واحد کم می‌آید"
    if figures.forecast_date is None:
        return f"{told}."
    return f"{told} و هدف در {long_jalali(figures.forecast_date)} به دست می‌آید."


def _missed(figures: Figures) -> str:
    over = f"مهلت {long_jalali(figures.deadline)} بود"
    if figures.forecast_date is not None:
        return f"{over}؛ با آهنگ کنونی هدف در {long_jalali(figures.forecast_date)} به دست می‌آید."
    return f"{over}." if figures.pace_per_30_days else f"{over}؛ {NOTHING_ADDED}"


def _reached(figures: Figures) -> str:
    month = reached_in(figures)
    if month is None:
        return "هدف پیش از روز مبنا به دست آمده بود."
    told = f"هدف در {month_title(month)} به دست آمد"
    if month > month_of(figures.deadline):
        return f"{told}، پس از مهلت ({long_jalali(figures.deadline)})."
    if figures.days_left:
        return f"{told} و {grouped(figures.days_left)} روز تا مهلت مانده است."
    return f"{told}."


_OUTLOOKS: Final = {
    "no_baseline_yet": _before_baseline,
    "not_started": _not_started,
    "no_pace": _no_pace,
    "on_track": _on_track,
    "behind": _behind,
    "missed": _missed,
    "reached": _reached,
}
