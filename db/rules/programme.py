"""What may be said of a programme and of the milestones of its plan: pure checks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from db.errors import Violation
from db.models.programme import Milestone, Programme
from db.rules.columns import check_columns
from db.rules.common import check_not_future, check_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

MOST_UNITS = 1_000_000
MOST_JOBS = 100_000_000
MOST_DAYS = 3650  # ten years: more is a slip of the finger
DAYS = ("monitoring_days", "diagnosis_days", "follow_up_days", "applied_days", "introduced_days",
        "approved_days", "contract_days")  # fmt: skip
MOST_MEBIBYTES = 200  # a document is taken into memory whole


def check_programme(values: Mapping[str, Any]) -> Iterator[Violation]:
    """Every broken rule of the values given (capacity in percent, follow-up in months)."""
    yield from check_columns(Programme, values)
    # A default, but no empty field.
    for name in ("revived_capacity", "follow_up_months", "document_mebibytes", *DAYS):
        if name in values and values[name] is None:
            yield Violation(name, "required")
    yield from check_range(values, "target_units", 1, MOST_UNITS)
    yield from check_range(values, "baseline_units", 0, MOST_UNITS)
    yield from check_range(values, "baseline_jobs", 0, MOST_JOBS)
    yield from check_range(values, "revived_capacity", 1, 100)
    yield from check_range(values, "follow_up_months", 0, 60)
    for name in DAYS:
        yield from check_range(values, name, 1, MOST_DAYS)
    yield from check_range(values, "document_mebibytes", 1, MOST_MEBIBYTES)
    yield from check_not_future(values, "baseline_on")
    yield from _check_days(values)
    target, baseline = values.get("target_units"), values.get("baseline_units")
    if target is not None and baseline is not None and baseline >= target > 0:
        yield Violation("baseline_units", "target_reached", (target,), warning=True)


def _check_days(values: Mapping[str, Any]) -> Iterator[Violation]:
    deadline, baseline_on = values.get("deadline"), values.get("baseline_on")
    starts_on = values.get("starts_on")
    if deadline and baseline_on and deadline <= baseline_on:
        yield Violation("deadline", "not_after_baseline", (baseline_on,))
    if deadline and starts_on and starts_on > deadline:
        yield Violation("starts_on", "after_deadline", (deadline,))


def check_milestone(
    plan: Mapping[str, Any], day: date | None, units: int | None
) -> Iterator[Violation]:
    """One point of the plan, against the values of its programme."""
    yield from check_columns(Milestone, {"day": day, "units": units})
    yield from check_range({"units": units}, "units", 0, MOST_UNITS)
    first, last = plan.get("baseline_on"), plan.get("deadline")
    if day and first and last and not first < day < last:
        yield Violation("day", "outside_programme", (first, last))
    target, baseline = plan.get("target_units"), plan.get("baseline_units")
    if units is not None and baseline is not None and 0 <= units < baseline:
        yield Violation("units", "below_baseline", (baseline,), warning=True)
    if units is not None and target is not None and target < units <= MOST_UNITS:
        yield Violation("units", "above_target", (target,), warning=True)


def check_milestones(
    plan: Mapping[str, Any], points: Sequence[tuple[date, int]]
) -> Iterator[Violation]:
    """All points of a plan together: each by itself, one a day, and a plan that never falls."""
    for day, units in points:
        yield from check_milestone(plan, day, units)
    for (day, units), (next_day, next_units) in pairwise(sorted(points)):
        if day == next_day:
            yield Violation("day", "day_taken", (day,))
        elif next_units < units:
            yield Violation("units", "below_earlier", (day, units), warning=True)
