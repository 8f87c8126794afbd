"""The tour: every page of the program as a picture, taken off the screen."""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from desktop.app import Program

SIZE = (1366, 768)
BEFORE_DEADLINE = timedelta(days=60)


def take(file: Path, output: Path) -> int:
    """Write a PNG of each page into `output`; 0 if all were made. Raises DatabaseProblem."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported
    from desktop import log, paths
    from desktop.app import Program, make_application
    from desktop.crash import log_qt_messages
    from desktop.settings import Settings

    log.start(paths.log_folder())
    log_qt_messages()
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.json")
        app = make_application(["ehya"], settings)
        program = Program(app, settings)
        program.do("theme:light")
        program.window.resize(*SIZE)
        program.window.show()
        for number, (name, widget) in enumerate(_pages(program, file), start=1):
            settle()
            widget.grab().save(str(output / f"{number:02} {name}.png"))
        program.end()
        program.window.close()
        settle()
    return 0


def settle() -> None:
    """Until nothing is being worked on and nothing is left to paint."""
    from PySide6.QtCore import QEventLoop, QThreadPool
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        QApplication.sendPostedEvents()


def _pages(program: Program, file: Path) -> Iterator[tuple[str, QWidget]]:
    window = program.window
    program.welcome()
    yield "welcome", window
    yield from _new_file(program)
    if not program.open(file):
        return
    window.set_as_of(_lively_day(program))
    for shade in ("light", "dark"):
        program.do(f"theme:{shade}")
        for name, show in STEPS.items():
            _drop_changes(program)  # or the next page would wait for an answer
            settle()
            show(program)
            yield f"{name} {shade}", window
    _drop_changes(program)
    window.set_as_of(None)
    window.show_page("dashboard")
    yield "dashboard today dark", window


def _drop_changes(program: Program) -> None:
    for page in program.window.pages.values():
        record = getattr(page, "record", None)
        if record is not None:
            record.form.changed = False


def _lively_day(program: Program) -> date | None:
    """A day on which there is still something to reach, if the deadline has passed."""
    from db import calendar
    from db.queries import progress

    with program.window.database.read() as session:
        plan = progress.programme(session)
    late = calendar.today() > plan.deadline
    return max(plan.baseline_on, plan.deadline - BEFORE_DEADLINE) if late else None


def _new_file(program: Program) -> Iterator[tuple[str, QWidget]]:
    from desktop.welcome.new_file import NewFileDialog

    dialog = NewFileDialog(program.window, Path("Documents"))
    dialog.show()
    yield "new file", dialog
    dialog.close()


def _page(key: str) -> Callable[[Program], None]:
    def show(program: Program) -> None:
        program.window.show_page(key)

    return show


def _list(key: str) -> Callable[[Program], None]:
    def show(program: Program) -> None:
        program.window.show_page(key)
        page = program.window.pages[key]
        page.close_record()
        page.show_filters({})
        getattr(page, "current", page).table.go_to(2)

    return show


# Records that have something to show.
LIVELY: dict[str, dict[str, Any]] = {
    "units": {"sustained": True},
    "loans": {"has_paid": True},
    "visits": {"kind": ["deep_diagnosis"]},
    "obstacles": {"main": True},
    "actions": {"kind": ["resolution"], "state": ["open", "late"]},
}


def _record(key: str, tab: str = "", having: str = "") -> Callable[[Program], None]:
    """The first record of a list that has something to show, at one of its tabs or the first.

    `having` is what it has some of: the model of the tab's rows.
    """

    def show(program: Program) -> None:
        program.window.show_page(key)
        page = program.window.pages[key]
        page.close_record()
        page.show_filters(LIVELY.get(key, {}))
        if not len(page.listing):
            page.show_filters({})
        if len(page.listing):
            page.open(_with_some(program, page.listing.ids, key, having))
            tabs = page.record.tabs
            titles = [tabs.tabText(place) for place in range(tabs.count())]
            tabs.setCurrentIndex(titles.index(tab) if tab else 0)

    return show


def _with_some(program: Program, ids: Sequence[int], key: str, having: str) -> int:
    """The first of the units or loans that has such a record, or else the first."""
    if not having:
        return ids[0]
    from sqlalchemy import select

    from db import models

    model: Any = getattr(models, having)
    owner = model.unit_id if key == "units" else model.loan_id
    with program.window.database.read() as session:
        owners = set(session.scalars(select(owner).where(model.archived_on.is_(None))))
    return next((each for each in ids if each in owners), ids[0])


def _new(key: str) -> Callable[[Program], None]:
    def show(program: Program) -> None:
        program.window.show_page(key)
        page = program.window.pages[key]
        page.close_record()
        page.new_with({})

    return show


def _tab(key: str, tab: int) -> Callable[[Program], None]:
    def show(program: Program) -> None:
        program.window.show_page(key)
        page = program.window.pages[key]
        page.close_record()
        page.tabs.setCurrentIndex(tab)
        settle()
        page.current.table.go_to(1)

    return show


def _group_tab(tab: int) -> Callable[[Program], None]:
    """The first group, at one of its tabs."""

    def show(program: Program) -> None:
        _list("groups")(program)
        page = program.window.pages["groups"]
        if len(page.groups.listing):
            page.open(page.groups.listing.ids[0])
            page.record.tabs.setCurrentIndex(tab)

    return show


def _festival(tab: int) -> Callable[[Program], None]:
    """The newest festival, at one of its tabs."""

    def show(program: Program) -> None:
        _list("exercises")(program)
        page = program.window.pages["exercises"]
        page.show_filters({"kind": ["festival"]})
        if len(page.listing):
            page.open(page.listing.ids[0])
            page.record.tabs.setCurrentIndex(tab)

    return show


def _complaints(program: Program) -> None:
    """A new unit with mistakes, each told beside its field."""
    program.window.show_page("units")
    page = program.window.pages["units"]
    page.close_record()
    page.new_with({"national_code": "1111111111", "mobile": "0917"})
    page.save()


def _payment(program: Program) -> None:
    """With the instalments that the first payment of a loan has settled."""
    _record("loans", "بازپرداخت", "Payment")(program)
    settle()
    page = program.window.pages["loans"]
    if page.record is not None:
        page.record.editor_of("payment").table.go_to(0)


def _calculator(program: Program) -> None:
    """With the loan that the sources reckon through."""
    program.window.show_page("calculator")
    program.window.pages["calculator"].new_with({"principal": 1_500_000_000, "grace_months": 6})


def _dues(tab: int, filters: Mapping[str, Any] | None = None) -> Callable[[Program], None]:
    """The due calendar: its instalments, its call list, its month."""

    def show(program: Program) -> None:
        program.window.show_page("dues")
        page = program.window.pages["dues"]
        page.tabs.setCurrentIndex(tab)
        if filters is not None:
            page.show_filters(filters)
            settle()
            page.current.table.go_to(1)

    return show


STEPS: dict[str, Callable[[Program], None]] = {
    "dashboard": _page("dashboard"),
    "units": _list("units"),
    "board": _page("board"),
    "unit": _record("units"),
    "unit visits": _record("units", "پایش"),
    "unit obstacles": _record("units", "موانع"),
    "unit actions": _record("units", "اقدام‌ها"),
    "unit returns": _record("units", "احیا"),
    "unit loans": _record("units", "تسهیلات", "Loan"),
    "unit documents": _record("units", "اسناد", "Document"),
    "unit file": _record("units", "پرونده"),
    "unit history": _record("units", "تاریخچه"),
    "unit complaints": _complaints,
    "visits": _list("visits"),
    "visit new": _new("visits"),
    "visit": _record("visits"),
    "obstacles": _list("obstacles"),
    "obstacle": _record("obstacles"),
    "to do": _page("actions"),
    "actions": _list("actions"),
    "action": _record("actions"),
    "loans": _list("loans"),
    "loan": _record("loans"),
    "loan payouts": _record("loans", "پرداخت تسهیلات"),
    "loan instalments": _record("loans", "اقساط"),
    "loan payments": _payment,
    "loan rescheduled": _record("loans", "امهال و بخشودگی", "Rescheduling"),
    "loan calls": _record("loans", "تماس‌ها", "Call"),
    "dues": _dues(0, {"window": ["this_month"]}),
    "dues calls": _dues(1, {"behind": True}),
    "dues month": _dues(2),
    "calculator": _calculator,
    "portfolio": _page("portfolio"),
    "groups": _list("groups"),
    "group members": _group_tab(1),
    "league": _tab("groups", 2),
    "exercises": _list("exercises"),
    "exercise groups": _festival(1),
    "exercise units": _festival(2),
    "festival awards": _festival(3),
    "lists": _page("lookups"),
    "programme": _page("programme"),
    "history": _page("history"),
    "preferences": _page("preferences"),
}
