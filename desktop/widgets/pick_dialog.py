"""The dialogs a filter is set with: some of a list, or from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db import calendar, text
from db.errors import RuleError, Violation
from desktop import kinds
from desktop.fields import Field
from desktop.theme import SPACE
from desktop.widgets.common import muted
from desktop.widgets.form import FieldForm

if TYPE_CHECKING:
    from collections.abc import Sequence

_VALUE = Qt.ItemDataRole.UserRole


class _FilterDialog(QDialog):
    """«پالودن», or what else is done with the choice, takes it."""

    def __init__(self, parent: QWidget, title: str, act: str = "پالودن") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(SPACE[2])
        buttons = QDialogButtonBox()
        buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)  # Enter presses it
        buttons.addButton("انصراف", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addWidget(buttons)

    def put(self, widget: QWidget) -> None:
        self.column.insertWidget(self.column.count() - 1, widget)


class PickDialog(_FilterDialog):
    """Some of a list of (value, name); nothing ticked takes the filter off."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        choices: Sequence[tuple[Any, str]],
        chosen: Any,
        act: str = "پالودن",
    ) -> None:
        super().__init__(parent, title, act)
        self._find = QLineEdit()
        self._find.setPlaceholderText("جستجو")
        self._find.setVisible(len(choices) > 8)
        self._list = QListWidget()
        for value, name in choices:
            item = QListWidgetItem(name)
            item.setData(_VALUE, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = value in (chosen or [])
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._find.textChanged.connect(self._narrow)
        self._list.itemDoubleClicked.connect(self._toggle)
        self.put(self._find)
        self.put(self._list)

    def chosen(self) -> list[Any] | None:
        items = (self._list.item(row) for row in range(self._list.count()))
        ticked = [i.data(_VALUE) for i in items if i.checkState() == Qt.CheckState.Checked]
        return ticked or None

    def _toggle(self, item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _narrow(self, typed: str) -> None:
        key = text.search_key(typed)
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setHidden(key not in text.search_key(item.text()))


class RangeDialog(_FilterDialog):
    """From a day to a day, either of them open; values are ISO text."""

    FIRST = Field("first", "از روز", kinds.DAY)
    LAST = Field("last", "تا روز", kinds.DAY)

    def __init__(self, parent: QWidget, title: str, chosen: Any) -> None:
        super().__init__(parent, title)
        first, last = chosen or (None, None)
        self._form = FieldForm({"": (self.FIRST, self.LAST)}, cards=False)
        self._form.load({"first": _day(first), "last": _day(last)})
        self._form.finished.connect(self.accept)
        self.put(muted("هر دو روز به شمار می‌آیند؛ هر یک را می‌توان خالی گذاشت."))
        self.put(self._form)

    def accept(self) -> None:
        try:
            values = self._form.values()
        except RuleError as error:
            self._form.complain(error.violations, go=True)
            return
        first, last = values["first"], values["last"]
        if first and last and last < first:
            self._form.complain([Violation("last", "day_before_first", (first,))], go=True)
            return
        super().accept()

    def chosen(self) -> list[str | None] | None:
        values = self._form.values()
        days = [values["first"], values["last"]]
        return [d.isoformat() if d else None for d in days] if any(days) else None


class DayDialog(QDialog):
    """One day, for «تا تاریخ»; «امروز» goes back to the present."""

    DAY = Field("day", "تا پایان روز", kinds.DAY)

    def __init__(self, parent: QWidget, day: date | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("تا تاریخ")
        self.setMinimumWidth(380)
        self.day: date | None = day
        self._form = FieldForm({"": (self.DAY,)}, cards=False)
        self._form.load({"day": day or calendar.today()})
        self._form.finished.connect(self.accept)
        buttons = QDialogButtonBox()
        buttons.addButton("نمایش آن روز", QDialogButtonBox.ButtonRole.AcceptRole)
        now = buttons.addButton("امروز", QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton("انصراف", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        now.clicked.connect(self._today)
        column = QVBoxLayout(self)
        column.addWidget(muted("همهٔ عددها و فهرست‌ها چنان‌که در پایان آن روز بوده‌اند."))
        column.addWidget(self._form)
        column.addWidget(buttons)

    def _today(self) -> None:
        self.day = None
        super().accept()

    def accept(self) -> None:
        try:
            day = self._form.values()["day"]
        except RuleError as error:
            self._form.complain(error.violations, go=True)
            return
        if day is not None and day > calendar.today():
            self._form.complain([Violation("day", "future")], go=True)
            return
        self.day = None if day == calendar.today() else day
        super().accept()


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
