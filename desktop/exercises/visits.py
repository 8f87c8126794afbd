"""What an exercise saw: the visits of its days by its groups are offered, and taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import text
from db.commands import exercises as commands
from db.queries import exercises
from db.rules.exercises import is_within
from desktop.exercises import fields
from desktop.theme import SPACE
from desktop.widgets.common import Banner, Card, button, muted, primary_button
from desktop.widgets.frame import Door
from desktop.widgets.inner_table import InnerTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.queries.exercises import Seen
    from desktop.widgets.frame import Frame

    Command = Callable[[Any, int, Sequence[int]], int]


class VisitsTab(QWidget):
    """Offered above, taken below; each way all or those that are chosen."""

    def __init__(self, frame: Frame, exercise_id: int) -> None:
        super().__init__()
        self.frame, self.exercise_id = frame, exercise_id
        self.offered, self.seen = InnerTable(fields.SEEN), InnerTable(fields.SEEN)
        self.told_offered, self.told_seen = muted(""), muted("")
        self.outside = Banner()
        self.take_all = primary_button("افزودن همه", "add")
        self.take_some = button("افزودن برگزیده‌ها", "add")
        self.leave_some = button("کنار گذاشتن برگزیده‌ها", "close")
        self._offered: list[Seen] = []
        self._seen: list[Seen] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self.outside)
        column.addWidget(
            _card("پایش‌های پیشنهادی", self.told_offered, self.offered,
                  self.take_all, self.take_some)
        )  # fmt: skip
        column.addWidget(_card("دیده‌شده‌ها", self.told_seen, self.seen, self.leave_some))
        column.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        for table in (self.offered, self.seen):
            table.opened.connect(lambda row: self.frame.go(Door("units", record=row.unit_id)))
            table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.take_all.clicked.connect(lambda: self.take(self._offered))
        self.take_some.clicked.connect(lambda: self.take(_chosen(self.offered)))
        self.leave_some.clicked.connect(lambda: self.leave(_chosen(self.seen)))

    def refresh(self) -> None:
        with self.frame.database.read() as session:
            of = exercises.get(session, self.exercise_id)
            groups = exercises.group_ids(session, self.exercise_id)
            self._offered = exercises.offered(session, self.exercise_id)
            self._seen = exercises.seen(session, self.exercise_id)
        for table, rows in ((self.offered, self._offered), (self.seen, self._seen)):
            table.set_rows(rows)
            table.setVisible(bool(rows))
        outside = sum(not is_within(row.day, of.starts_on, of.ends_on) for row in self._seen)
        self.outside.say(
            f"{text.grouped(outside)} پایش بیرون از روزهای رزمایش است؛ روزها را درست کنید یا "
            "آن‌ها را کنار بگذارید.", "warn",
        )  # fmt: skip
        self.outside.setVisible(outside > 0)
        self._tell(bool(groups))
        self._enable()

    def _tell(self, any_group: bool) -> None:
        count = len(self._offered)
        if not any_group:
            words = "نخست گروه‌های شرکت‌کننده را در برگهٔ «گروه‌ها» بیفزایید."
        elif count == exercises.MOST_OFFERED:
            words = f"{text.grouped(count)} پایش نخست این روزها؛ پس از افزودن، دیگران می‌آیند."
        elif count:
            words = f"{text.grouped(count)} پایش این گروه‌ها در این روزها، که هنوز افزوده نشده است."
        else:
            words = "پایش دیگری از این گروه‌ها در این روزها نیست."
        self.told_offered.setText(words)
        units = len({row.unit_id for row in self._seen})
        self.told_seen.setText(
            f"{text.grouped(units)} واحد در {text.grouped(len(self._seen))} پایش"
            if self._seen else "هنوز پایشی افزوده نشده است."
        )  # fmt: skip

    def _enable(self) -> None:
        self.take_all.setVisible(bool(self._offered))
        self.take_some.setVisible(bool(self._offered))
        self.leave_some.setVisible(bool(self._seen))
        self.take_some.setEnabled(bool(self.offered.selected_positions()))
        self.leave_some.setEnabled(bool(self.seen.selected_positions()))

    # what the user does

    def take(self, rows: Sequence[Seen]) -> None:
        self._do("افزودن", "به رزمایش افزوده شد.", commands.take_visits, rows)

    def leave(self, rows: Sequence[Seen]) -> None:
        self._do("کنار گذاشتن", "کنار گذاشته شد.", commands.release_visits, rows)

    def _do(self, act: str, done: str, command: Command, rows: Sequence[Seen]) -> None:
        if not rows:
            return
        words = f"{text.grouped(len(rows))} پایش"
        self.frame.steps.do(
            f"{act} {words}",
            lambda session, ids: command(session, self.exercise_id, ids),
            [row.id for row in rows],
            lambda: self.frame.toast(f"{words} {done}", undo=True),
        )


def _chosen(table: InnerTable) -> list[Seen]:
    return [table.rows.row_at(place) for place in table.selected_positions()]


def _card(title: str, told: QWidget, table: InnerTable, *buttons: QWidget) -> Card:
    made = Card(title)
    row = QHBoxLayout()
    row.setSpacing(SPACE[1])
    for each in buttons:
        row.addWidget(each)
    row.addStretch(1)
    made.body.addWidget(told)
    made.body.addWidget(table)
    made.body.addLayout(row)
    return made
