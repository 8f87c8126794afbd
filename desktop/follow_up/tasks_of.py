"""What waits to be done, as the rows and doors of «کارهای من»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from db import calendar, text
from db.queries.todo import week_end
from desktop import choices
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from db.queries.todo import Kind, Task, Tasks, When

TIMES: Final[dict[When, str]] = {
    "late": "دیرشده",
    "week": "سررسید این هفته، تا جمعه",
    "no_day": "بی‌سررسید",
}
WORDS: Final[dict[Kind, str]] = {
    "action": "اقدام",
    "visit": "پایش بعدی",
    "first_visit": "نخستین پایش",
    "loan": "تسهیلات",
    "call": "تماس دوباره",
    "instalment": "پیگیری قسط",
}
PAGES: Final[dict[Kind, str]] = {
    "action": "actions",
    "visit": "visits",
    "first_visit": "units",
    "loan": "loans",
    "call": "loans",
    "instalment": "loans",
}
TODAY, TOMORROW = "امروز", "فردا"


@dataclass(frozen=True)
class TaskRow:
    """A line of the table; `door` leads to its record."""

    kind: str
    unit: str
    what: str
    due_on: date | None
    waits: str
    county: str
    group: str
    door: Door


def row(task: Task, as_of: date) -> TaskRow:
    return TaskRow(
        kind=task.word if task.kind == "action" else task.kind,
        unit=task.unit,
        what=_what(task),
        due_on=task.due_on,
        waits=_waits(task, as_of),
        county=task.county,
        group=task.group,
        door=Door(PAGES[task.kind], record=task.id, returns=task.kind != "action"),
    )


def _what(task: Task) -> str:
    since = calendar.to_persian_date(task.since)
    match task.kind:
        case "action":
            return task.what
        case "visit":
            return f"پس از {choices.VISIT_KIND.show(task.word)} {since}"
        case "first_visit":
            return f"ثبت‌شده در {since}"
        case "call":
            return f"پس از تماس {since}" + (f" با {task.what}" if task.what else "")
        case "instalment":
            return f"قسط پرداخت‌نشده، طبقهٔ {choices.LOAN_CLASS.show(task.word)}"
        case _:
            return f"از {since} در مرحلهٔ «{choices.STAGE.show(task.word)}»"


def _waits(task: Task, as_of: date) -> str:
    """How long it is late, or how long there still is; without a day, since when it waits."""
    if task.due_on is None:
        return f"{_days((as_of - task.since).days)} پیش"
    left = (task.due_on - as_of).days
    if left < 0:
        return f"{_days(-left)} گذشته"
    return TODAY if left == 0 else TOMORROW if left == 1 else f"{_days(left)} مانده"


def _days(count: int) -> str:
    return f"{text.grouped(count)} روز"


def rows(heaps: Sequence[Tasks], when: When, as_of: date) -> list[TaskRow]:
    """All shown tasks of a time, whatever their kind, in the order of their days."""
    some = [task for heap in heaps if heap.when == when for task in heap.first]
    some.sort(key=lambda task: task.due_on or task.since)
    return [row(task, as_of) for task in some]


def count_words(heap: Tasks) -> str:
    """«۱۲ اقدام»."""
    return f"{text.grouped(heap.count)} {WORDS[heap.kind]}"


def door(heap: Tasks, as_of: date, chosen: Mapping[str, Any]) -> Door:
    """The list with exactly the tasks of a heap; `chosen` are the filters of group and county."""
    if heap.kind in ("first_visit", "loan"):
        return Door(PAGES[heap.kind], {"id": list(heap.ids)})
    page = "dues" if heap.kind in ("call", "instalment") else PAGES[heap.kind]
    return Door(page, {**_filters(heap, as_of), **chosen})


def _filters(heap: Tasks, as_of: date) -> dict[str, Any]:
    is_late = heap.when == "late"
    week = [as_of.isoformat(), week_end(as_of).isoformat()]
    days = [None, (as_of - timedelta(days=1)).isoformat()] if is_late else week
    match heap.kind:
        case "visit":
            return {"awaited": True, "next_due_on": days}
        case "call":
            return {"again_on": days}
        case "instalment":
            of_whom = {"behind": True} if is_late else {"first": True, "due_on": days}
            return {**of_whom, "call_state": ["never", "called"]}
    if is_late:
        return {"state": ["late"]}
    if heap.when == "week":
        return {"state": ["open"], "due_on": week}
    return {"state": ["open"], "no_due": True}
